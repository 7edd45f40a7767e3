"""7 index: a built page -> its text by sections, as readers see it and as links can reach it.

Only what stands in an article with `data-search-body` counts. The HTML is the site's own, so that
tags can be told by their form. A row of a table whose heads say which cells are target and actual
value (`data-holds`) is a section of its own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_ARTICLE = re.compile(r"<article\b([^>]*\bdata-search-body\b[^>]*)>(.*?)</article>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
# Drawings and programs, and what says on every page alike that a table was made from data.
_UNSHOWN = re.compile(
    r"<(svg|script|style)\b.*?</\1>|<(p|span) class=\"ep-computed__\w+\">.*?</\2>", re.DOTALL
)
_PIECE = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^>\"]|\"[^\"]*\")*)>|<!--.*?-->|([^<]+)", re.DOTALL)
_INLINE = frozenset(
    ["a", "abbr", "b", "code", "em", "mark", "small", "span", "strong", "sub", "sup", "time", "wbr"]
)
_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
_HOLDS = re.compile(r'data-holds="(\w+)"')
_NOTE = 'class="ep-cell-note"'
_MEASURED = ("name", "target", "actual")
# What is no heading but can be linked to.
_PLACES = ('class="ep-problem"',)


@dataclass
class Section:
    """The text from one heading to the next; `id` is "" for what comes before the first one. Of an
    indicator's row `measured` are its name, its target and its actual value."""

    id: str = ""
    heading: str = ""
    text: str = ""
    measured: tuple[str, ...] = ()


@dataclass(frozen=True)
class IndexedPage:
    """A page to be found: `address` from the site's root, with a slash at its end."""

    address: str
    title: str
    kind: str = ""
    sections: tuple[Section, ...] = field(default=(), compare=False)


def read_page(source: str, address: str) -> IndexedPage | None:
    """The text of a built page; None where it does not ask to be found."""
    article = _ARTICLE.search(source)
    if not article:
        return None
    marks = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(article[1])}
    sections = tuple(_sections(_UNSHOWN.sub("", article[2])))
    return IndexedPage(address, marks.get("data-title", ""), marks.get("data-kind", ""), sections)


def _sections(body: str) -> Iterator[Section]:
    section, parts, head = Section(), [], Section()
    columns = _Columns()
    for piece in _PIECE.finditer(body):
        closing, tag, attributes, text = piece.groups("")
        if text:
            parts.append(html.unescape(text))
            columns.say(parts[-1])
            continue
        columns.see(closing, tag, attributes)
        is_parted = columns.are_parted(closing, tag)
        place = _id(attributes) if is_parted or _begins(closing, tag, attributes) else ""
        if place or is_parted:
            yield _close(section, parts, columns)
            heading = "" if tag in _HEADINGS else head.heading
            section, parts = Section(place or head.id, heading), []
            head = section if tag in _HEADINGS else head
        elif closing and tag in _HEADINGS and not section.heading:
            section.heading = _lines("".join(parts))
        if tag not in _INLINE:
            parts.append("\n")
    yield _close(section, parts, columns)


class _Columns:
    """Where in a table the values of its indicators stand, and those of the row that is read."""

    def __init__(self) -> None:
        self._held: dict[int, str] = {}
        self._at = -1
        self._next = 0
        self._taken: dict[int, int] = {}
        self._in_body = self._in_band = self._is_head = False
        self._is_note = False
        self.values: dict[str, str] = {}

    def are_parted(self, closing: str, tag: str) -> bool:
        """Whether a row of such a table begins here, or its last one ends."""
        return bool(self._held) and tag == ("tbody" if closing else "tr")

    def see(self, closing: str, tag: str, attributes: str) -> None:
        """Take notice of a tag."""
        if tag == "table":
            self._held = {}
        elif tag == "tbody":
            self._in_body = not closing
            if not closing:
                self._begin_body()
        elif tag == "tr" and not closing:
            self._at, self._next = -1, 0
            self._taken = {at: rows - 1 for at, rows in self._taken.items() if rows > 1}
        elif tag == "span" and _NOTE in attributes:
            self._is_note = True
        elif tag in ("td", "th"):
            self._is_note = False
            if not closing:
                self._enter(attributes)
            if held := _HOLDS.search(attributes):
                self._held[self._at] = held[1]
                self._is_head, self._in_band = True, self._in_body

    def _begin_body(self) -> None:
        """Forget the row before; the heads too, where they were those of a band of a form."""
        self.values, self._taken, self._is_head = {}, {}, False
        if self._in_band:
            self._held, self._in_band = {}, False

    def _enter(self, attributes: str) -> None:
        """Take the place of a cell: the next one that no cell of a row above reaches into."""
        over, rows = (_span(attributes, name) for name in ("colspan", "rowspan"))
        while self._next in self._taken:
            self._next += 1
        self._at, self._next = self._next, self._next + over
        if rows > 1:
            self._taken |= dict.fromkeys(range(self._at, self._next), rows)

    def say(self, text: str) -> None:
        """Take the text of a cell, but not what is noted below it."""
        if (held := self._held.get(self._at)) and not self._is_note:
            self.values[held] = self.values.get(held, "") + text

    def take(self) -> tuple[str, ...]:
        """Name, target and actual value of the row that ends here; nothing where there is none."""
        found, self.values = self.values, {}
        is_head, self._is_head = self._is_head, False
        given = tuple(" ".join(found.get(name, "").split()) for name in _MEASURED)
        return given if self._held and any(given[1:]) and not is_head else ()


def _span(attributes: str, name: str) -> int:
    """How many columns or rows a cell takes."""
    found = re.search(rf'\b{name}="(\d+)"', attributes)
    return int(found[1]) if found else 1


def _begins(closing: str, tag: str, attributes: str) -> bool:
    """Whether a heading or another place begins here that a section may have its name from."""
    is_place = tag in _HEADINGS or any(place in attributes for place in _PLACES)
    return is_place and not closing


def _id(attributes: str) -> str:
    return html.unescape(dict(_ATTRIBUTE.findall(attributes)).get("id", ""))


def _close(section: Section, parts: list[str], columns: _Columns) -> Section:
    section.text = _lines("".join(parts))
    section.measured = columns.take()
    return section


def _lines(text: str) -> str:
    """Lines without the white space of the markup between them."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())
