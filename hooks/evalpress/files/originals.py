"""Originals of reports that exist as files only -> their text, extracted automatically.

The text is for finding and reading along; the file stays what counts. A file from which nothing
can be taken, or whose text is mixed with what readers would not see in it, gives the reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evalpress.cache.store import Store
from evalpress.files.attachments import attachment_address
from evalpress.files.scan import Scan, scan_content
from evalpress.model import PublicReport
from evalpress.text.markup import visible

MAX_SIGNS = 300_000
_SHOWN_PARTS = frozenset(["page", "text", "row", "line"])
_MIXED = frozenset(
    ["revisions", "hidden_text", "hidden_sheet", "hidden_row", "hidden_column", "covered_text",
     "outside_text", "clipped_text", "hidden_layer"]
)  # fmt: skip
# — 3 —, 第 3 页, 第3页 共12页
_PAGE_NUMBER = re.compile(r"[-—–\s]*(?:第\s*)?\d{1,4}(?:\s*页)?[-—–\s]*(?:共\s*\d+\s*页)?")
_SENTENCE_ENDS = tuple("。；;！!？?：:")
_FULL_LINE = 0.8


@dataclass(frozen=True)
class OriginalText:
    """The paragraphs of an original, or why there are none: a key of the wording. `torn` where
    they are made of the lines of pages, which may tear cells."""

    paragraphs: tuple[str, ...] = ()
    reason: str = ""
    torn: bool = False


def original_texts(
    reports: Iterable[PublicReport], files: Mapping[str, Path], store: Store
) -> dict[str, OriginalText]:
    """The text of every original by the file's address on the site, kept in `store` between runs;
    `files` are those that are published. Raises OSError for a file that cannot be read."""
    found: dict[str, OriginalText] = {}
    for report in reports:
        if original := report.content.original:
            address = attachment_address(report.key, original.file)
            content = files[address].read_bytes()
            found[address] = store.get(("original", content), partial(_read, content))
    return found


def _read(content: bytes) -> OriginalText:
    return extract(scan_content(content))


def extract(found: Scan) -> OriginalText:
    """The paragraphs that a scanned file shows, at most MAX_SIGNS characters, without those of
    files inside it; or the reason why there are none, `mixed` where hidden parts could have got
    into the text."""
    if any(hidden.kind in _MIXED for hidden in found.hidden):
        return OriginalText(reason="mixed")
    if found.reason == "unread_parts":
        return OriginalText(reason=found.reason)
    shown = [p for p in found.texts if p.part in _SHOWN_PARTS and not p.inside]
    if not any(passage.text.strip() for passage in shown):
        return OriginalText(reason=found.reason or "pictures")
    torn = found.kind == "pdf" and not found.paragraphs
    if torn:
        lines = joined(list(_page_lines([passage.text for passage in shown])))
    else:
        texts = found.paragraphs or (passage.text for passage in shown)
        lines = [text.replace("\t", "　") for text in texts]
    return OriginalText(tuple(_within(filter(None, map(_clean, lines)), MAX_SIGNS)), torn=torn)


def _page_lines(pages: list[str]) -> Iterator[str]:
    """The lines of all pages without page numbers and what stands on every page."""
    by_page = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
    counts = Counter(line for lines in by_page for line in set(lines))
    running = {line for line, count in counts.items() if len(pages) > 1 and count == len(pages)}
    for line in (line for lines in by_page for line in lines):
        if line not in running and not _PAGE_NUMBER.fullmatch(line):
            yield line


def joined(lines: list[str]) -> list[str]:
    """Paragraphs from the lines of a page: a full line that ends no sentence goes on."""
    full = max(map(_width, lines), default=0) * _FULL_LINE
    paragraphs: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on:
            paragraphs[-1] += line
        else:
            paragraphs.append(line)
        goes_on = _width(line) >= full and not line.endswith(_SENTENCE_ENDS)
    return paragraphs


def _width(line: str) -> float:
    """How wide a line is printed, in Chinese characters."""
    return sum(0.5 if sign.isascii() else 1 for sign in line)


def _clean(text: str) -> str:
    """The text without signs that no font is known to have: private ones and replacements."""
    kept = (c for c in visible(text) if unicodedata.category(c) not in ("Co", "Cn", "Cs"))
    return "".join(kept).replace("\ufffd", "").strip(" 　")


def _within(paragraphs: Iterable[str], most: int) -> Iterator[str]:
    for paragraph in paragraphs:
        most -= len(paragraph)
        if most < 0:
            yield "……"
            return
        yield paragraph
