"""7 index: a built page -> its text by sections, as readers see it and as links can reach it.

Only what stands in an article with `data-search-body` counts. The HTML is the site's own, so that
tags can be told by their form.
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
# What is no heading but can be linked to.
_PLACES = ('class="ep-problem"',)


@dataclass
class Section:
    """The text from one heading to the next; `id` is "" for what comes before the first one."""

    id: str = ""
    heading: str = ""
    text: str = ""


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
    section, parts, heading = Section(), [], ""
    for piece in _PIECE.finditer(body):
        closing, tag, attributes, text = piece.groups()
        if text:
            parts.append(html.unescape(text))
            continue
        if tag and not closing and (place := _place(tag, attributes)):
            yield _close(section, parts)
            label = "" if tag in _HEADINGS else heading
            section, parts = Section(place, label), []
        elif closing and tag in _HEADINGS and not section.heading:
            section.heading = heading = _lines("".join(parts))
        if tag not in _INLINE:
            parts.append("\n")
    yield _close(section, parts)


def _place(tag: str, attributes: str) -> str:
    """The id of a heading or of another place that begins a section."""
    if tag not in _HEADINGS and not any(place in attributes for place in _PLACES):
        return ""
    return html.unescape(dict(_ATTRIBUTE.findall(attributes)).get("id", ""))


def _close(section: Section, parts: list[str]) -> Section:
    section.text = _lines("".join(parts))
    return section


def _lines(text: str) -> str:
    """Lines without the white space of the markup between them."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())
