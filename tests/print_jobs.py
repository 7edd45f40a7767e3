"""A small print job, and the text that a job is to print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import Executor
from html.parser import HTMLParser
from pathlib import Path

from evalpress import pdf
from evalpress.pages.grids import WEB
from pdf_text import squeeze

# What a PDF gives back for signs that share their glyph with another one.
LOOKALIKES = str.maketrans({"⋯": "…", "〜": "～", "–": "—", "―": "—"})
JOB = pdf.PrintJob(
    name="parks-2025",
    title="青禾县园林绿化中心2025年度绩效自评报告",
    markdown="# 标题\n\n## 一、概况 {#a}\n\n管护公园四个。\n\n### （一）细目 {#b}\n\n正文。",
    author="青禾县园林绿化中心",
    description="摘要",
)


VOID = ("br", "wbr", "img", "col", "hr")


class PrintedText(HTMLParser):
    """The text of a page as it is to be printed; the style puts a colon behind each term and behind
    the heading of the attachments.
    What is in a drawing is part of the picture; what is for the site alone is not printed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        styles = (dict(attrs).get("class") or "").split()
        if tag not in VOID and (self.unprinted or tag == "summary" or WEB in styles):
            self.unprinted += 1
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))
            self.inside = True
            self.colon = dict(attrs).get("id") == "attachments"
        self.drawn = self.drawn or (tag == "svg" and not self.unprinted)

    inside = False
    drawn = False
    colon = False
    unprinted = 0

    def handle_endtag(self, tag: str) -> None:
        if self.unprinted:
            self.unprinted -= tag not in VOID
            return
        if tag == "dt" or (self.inside and self.colon and tag == "h2"):
            self.parts.append("：")
        if re.fullmatch("h[1-6]", tag):
            self.inside = False
        self.drawn = self.drawn and tag != "svg"

    def handle_data(self, data: str) -> None:
        if self.drawn or self.unprinted:
            return
        self.parts.append(data)
        if self.inside:
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)

    @property
    def squeezed(self) -> str:
        return same_looks("".join(self.parts))


def same_looks(text: str) -> str:
    return squeeze(text).translate(LOOKALIKES)


# The style leaves out the text taken from an original: the original itself is what is printed.
_NOT_PRINTED = re.compile('<section class="ep-original-text".*?</section>', re.DOTALL)


def body(job: pdf.PrintJob) -> PrintedText:
    printed = pdf.document_html(job).partition("<body")[2].partition(">")[2]
    return PrintedText(_NOT_PRINTED.sub("", printed))


def print_all(
    jobs: Sequence[pdf.PrintJob], cache_dir: Path, pool: Executor | None = None
) -> tuple[dict[str, Path], int]:
    """Print every job that is not in the cache. Gives the file of each job by name, and how many
    were printed now. Raises PrintFailed after all others have finished."""
    with pdf.Press(cache_dir, pool=pool) as press:
        return press.print(jobs), press.printed
