"""4 write, 5 print: the Markdown that our pages are written in -> HTML, without a second parse.

The pages use a small part of Markdown: headings with ids, paragraphs whose punctuation is encoded,
and blocks of finished HTML, each parted from the next by an empty line. What is finished is never
parsed again. Any Markdown program with attr_list reads the same pages to the same HTML; a test
holds the two together for every kind of page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Any, NamedTuple

from markdown.extensions.toc import slugify_unicode

_HEADING = re.compile(r"(#{1,6}) (.*?)(?: \{#([^}\s]+)\})?")
_BLOCK = re.compile(r"</?(?:div|dl|section|ol|ul|p|figure|table|details|nav|form|blockquote)[\s>]")
_REFERENCE = re.compile(r"&#(\d+);")
_TABLE = re.compile(r'(<div class="ep-table[^>]*>\s*)?<table>.*?</table>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
# Stay as they are: they would end a text or an attribute, or begin a tag or a reference.
_INLINE = re.compile(r"<(?:a|strong|em|span|small|sub|sup|abbr|code|wbr)[\s>]")
_UNSAFE = frozenset('&<>"')


class Entry(NamedTuple):
    """A heading in the list of contents: its level from 1 to 6, its id, its text as HTML."""

    level: int
    id: str
    name: str


@dataclass
class Converted:
    """A page's HTML and its headings in the order of the page."""

    html: str
    headings: list[Entry] = field(default_factory=list)

    def tree(self) -> list[Any]:
        """The headings as Markdown programs hand them on: each with those below it."""
        top: list[Any] = []
        above: list[Any] = []
        for entry in self.headings:
            token = {**entry._asdict(), "children": []}
            while above and above[-1]["level"] >= entry.level:
                above.pop()
            (above[-1]["children"] if above else top).append(token)
            above.append(token)
        return top


def convert(markdown: str) -> Converted:
    """A generated page as HTML. Raises ValueError for HTML that is no block of its own."""
    made = Converted("")
    parts = [_block(block, made) for block in markdown.strip("\n").split("\n\n") if block]
    made.html = with_plain_signs("\n".join(parts).strip("\n"))
    return made


def _block(block: str, made: Converted) -> str:
    block = block.strip("\n")
    if _BLOCK.match(block):
        return f"{block}\n"
    if heading := _HEADING.fullmatch(block):
        return _heading(heading[1], heading[2], heading[3], made)
    if block.startswith("<") and not _INLINE.match(block):
        raise ValueError(f"a block of HTML is torn by an empty line, or unknown: {block[:80]}")
    return f"<p>{block}</p>"


def _heading(marks: str, inner: str, given: str | None, made: Converted) -> str:
    level, taken = len(marks), {entry.id for entry in made.headings}
    name = with_plain_signs(_TAG.sub("", inner))
    own = given or _unique(slug(name), taken)
    made.headings.append(Entry(level, own, name))
    return f'<h{level} id="{own}">{inner}</h{level}>'


def slug(name: str, separator: str = "-") -> str:
    """The id of a heading that has none: its letters, Chinese ones among them, and digits. Every
    Markdown program of the site is told to make the same."""
    return slugify_unicode(unescape(name), separator)


def _unique(wanted: str, taken: set[str]) -> str:
    found, count = wanted, 0
    while found in taken or not found:
        count += 1
        found = f"{wanted}_{count}"
    return found


def with_table_frames(html: str) -> str:
    """A page by hand as a Markdown program made it, with its tables in regions that scroll, as
    generated ones are."""
    return _TABLE.sub(lambda t: t[0] if t[1] else f'<div class="ep-table">{t[0]}</div>', html)


def with_plain_signs(html: str) -> str:
    """HTML whose character references stand for themselves wherever they are safe."""
    return _REFERENCE.sub(_sign, html)


@lru_cache(maxsize=256)
def _signed(number: str) -> str:
    sign = chr(int(number))
    return f"&#{number};" if sign in _UNSAFE else sign


def _sign(found: re.Match[str]) -> str:
    return _signed(found[1])
