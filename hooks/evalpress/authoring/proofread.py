"""A report and the file of its signed original -> where the texts of page and original differ.

The page is the one that readers would see. What frames it is left out; tables that the program lays
out from data are looked through cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path

from evalpress.authoring.single import single
from evalpress.checks import RULES
from evalpress.files.originals import OriginalText, extract
from evalpress.files.scan import scan
from evalpress.findings import Finding, Mistaken
from evalpress.load.encoding import decode
from evalpress.model import Provenance
from evalpress.settings import Settings
from evalpress.text.collation import Difference, Origin, Passage, collate, same_key, shared
from evalpress.text.dialect import convert
from evalpress.wording import word, words

# What is no text of a report: its own class or id says so.
_UNREAD = frozenset(
    [
        "ep-panel",
        "ep-computed__note",
        "ep-computed__mark",
        "ep-computed__title",
        "ep-absent",
        "ep-public-record",
    ]
)
# The original itself; what is on no paper.
_COPIED = frozenset(["ep-original-text", "ep-web"])
_SILENT = frozenset(["svg", "script", "style"])
# What the program lays out from data, and what in it and round it are the program's own words.
_DATA = frozenset(["ep-computed", "ep-problem__meta", "ep-attachments"])
_PROGRAM = frozenset(["ep-record", "ep-lead", "ep-original", "ep-withheld"])
_PROGRAM_IDS = frozenset(
    ["corrections", "corrections-table", "withheld", "withheld-table", "attachments", "data-tables"]
)
_HEADS = frozenset(["caption", "thead"])
_NOTE = "ep-note"
_YEAR = re.compile(r"\d{4}年度")
# Of a remark the program writes the label.
_REMARKS = frozenset(["ep-cell-note", "ep-problem__meta"])
_LABEL = re.compile(r"^[^：]*：")
_NUMBER = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[①-⑳])\s*")
_INLINE = frozenset(["a", "strong", "em", "span", "small", "sub", "sup", "code", "wbr"])
_VOID = frozenset(["br", "wbr", "img", "col", "hr"])
# An original of which less than this share is on the page is another document, or unreadable.
_SAME_REPORT = 0.1
# So many signs find a sentence's line.
_LEAD = 12


@dataclass(frozen=True)
class Proof:
    """What a comparison found: each difference with the lines of the data file that it may stand
    in; `unread` says which part of the original nobody could read."""

    report: str
    differences: tuple[tuple[Difference, tuple[int, ...]], ...]
    sentences: int
    unread: str = ""

    @property
    def in_figures(self) -> int:
        """How many of the differences are about figures."""
        return sum(difference.in_figures for difference, _ in self.differences)


class CannotCompare(Mistaken):
    """An original is not there, or its text cannot be read; the text says why."""


def proofread(
    settings: Settings, root: Path, name: str, year: str, slug: str, original: Path
) -> Proof:
    """Compare a report's page with its original.

    Raises CannotCompare, and what `single` raises; mistakes in what the report says do not stop it,
    because the original may show where they come from."""
    text, unread = _text_of(original)
    paragraphs = text.paragraphs
    made = single(settings, root, name, year, slug, _makes_no_page)
    framed = any(text.startswith(word("print", "data")) for text in paragraphs)
    with_title = bool(made.report.content.title)
    passages = list(page_passages(made.page.markdown, with_title, framed))
    if framed:
        paragraphs = tuple(text for text in paragraphs if not _is_imprint(text))
    if shared(paragraphs, passages) < _SAME_REPORT:
        raise CannotCompare(word("proofread", "another").format(original, paragraphs[0][:40]))
    source = made.report.source
    lines = [same_key(line) for line in decode(made.loaded.sources[source].content).splitlines()]
    differences = collate(paragraphs, passages, wrapped=text.torn)
    found = tuple((d, _lines_of(d.copy or d.after, lines)) for d in differences)
    return Proof(source, found, len(passages), unread)


def _is_imprint(text: str) -> bool:
    """Whether a paragraph is one that the program prints into every PDF."""
    natures = (
        f"{word('provenances', name, 'word')}：{word('provenances', name, 'note')}"
        for name in Provenance
    )
    return text.startswith((word("print", "data"), f"{word('print', 'version')}：", *natures))


def _makes_no_page(finding: Finding) -> bool:
    """Whether a mistake leaves no page to compare: what nobody can sign off."""
    rule = RULES.get(finding.rule)
    return rule is None or not rule.signing.allowed


def _text_of(original: Path) -> tuple[OriginalText, str]:
    """The text of an original, and which part of it could not be read."""
    if not original.is_file():
        raise CannotCompare(word("proofread", "no_file").format(original))
    found = scan(original)
    text = extract(found)
    if text.reason:
        raise CannotCompare(word("proofread", "unread").format(original, _why(text.reason)))
    return text, _why("picture_pages", found.detail) if found.detail else ""


def _why(reason: str, detail: str = "") -> str:
    known = {**words("unread"), **words("proofread", "reasons")}
    return known[reason].format(detail=detail)


def _lines_of(text: str, lines: list[str]) -> tuple[int, ...]:
    """The lines of a data file, counted from 1, that hold the beginning of a text; a number may
    come from the outline, and a label stand apart from what follows it."""
    plain = _NUMBER.sub("", text)
    for start in map(same_key, (text, plain, _LABEL.sub("", plain))):
        if start and (found := [n for n, line in enumerate(lines, 1) if start[:_LEAD] in line]):
            return tuple(found)
    return ()


def page_passages(
    markdown: str, with_title: bool = True, framed: bool = False
) -> Iterator[Passage]:
    """The paragraphs and cells of a report's page that an original may have, in their order;
    without its title where the program made it. `framed` with what frames a page, which only a PDF
    of the program has too."""
    reader = _Reader(with_title, framed)
    reader.feed(convert(markdown).html)
    reader.end_passage()
    return iter(reader.found)


@dataclass(frozen=True)
class _Open:
    """An element that is not closed yet: where its text comes from, whether it is a remark."""

    tag: str = ""
    origin: Origin | None = Origin.TEXT
    remark: bool = False


class _Reader(HTMLParser):
    """Collects the passages of a page while its HTML is fed."""

    def __init__(self, with_title: bool, framed: bool) -> None:
        super().__init__()
        self.found: list[Passage] = []
        self._with_title, self._framed = with_title, framed
        self._open: list[_Open] = []
        self._text = ""
        self._row = 0

    @property
    def _inside(self) -> _Open:
        return self._open[-1] if self._open else _Open()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element; all but inline ones end the passage before them."""
        given = dict(attrs)
        classes = frozenset((given.get("class") or "").split())
        if tag not in _INLINE or classes & _REMARKS:
            self.end_passage()
        if tag not in _VOID:
            self._row += tag == "tr"
            origin = self._origin(tag, classes, given.get("id") or "")
            self._open.append(_Open(tag, origin, self._inside.remark or bool(classes & _REMARKS)))

    def _origin(self, tag: str, classes: frozenset[str], own: str) -> Origin | None:
        """Where the text of an element comes from; None for what is not to be read."""
        above = self._inside.origin
        if above is None or tag in _SILENT or classes & _COPIED:
            return None
        if classes & _UNREAD:
            return Origin.PROGRAM if self._framed else None
        untitled = tag == "h1" and not self._with_title
        if above is Origin.PROGRAM or classes & _PROGRAM or own in _PROGRAM_IDS or untitled:
            return Origin.PROGRAM
        if above is Origin.DATA and (tag in _HEADS or _NOTE in classes):
            return Origin.PROGRAM
        return Origin.DATA if classes & _DATA else above

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and end the passage in it."""
        if tag not in _INLINE or self._inside.remark:
            self.end_passage()
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Take a text, if it is to be read."""
        if self._inside.origin is not None:
            self._text += data

    def end_passage(self) -> None:
        """Keep what was collected as one passage; a remark in its parts."""
        text, self._text, inside = self._text.strip(), "", self._inside
        if text and inside.remark:
            self.found += list(_remarks(text))
        elif text and inside.origin is not None:
            is_word = inside.origin is Origin.DATA and _is_program_s(text)
            row = self._row if any(above.tag == "tr" for above in self._open) else 0
            self.found.append(Passage(text, Origin.PROGRAM if is_word else inside.origin, row))


def _remarks(text: str) -> Iterator[Passage]:
    """What a remark says: with its label as the program writes it, and the data alone."""
    for part in text.split("　"):
        yield Passage(part, Origin.PROGRAM)
        yield Passage(_LABEL.sub("", part), Origin.DATA)


def _is_program_s(text: str) -> bool:
    """Whether a cell's text is a word that the program writes for a code of the data."""
    return bool(_YEAR.fullmatch(text)) or text in _program_words()


@cache
def _program_words() -> frozenset[str]:
    groups = ("natures", "followup_status", "flags", "evaluation", "profile")
    codes = (words(group).values() for group in groups)
    own = (word("page", key) for key in ("total_score", "grade", "review"))
    return frozenset([*chain.from_iterable(codes), *own])
