"""5 print: a document (ElementTree) -> what stays with its end, and with every other text before a
new sheet.

No page holds the last line or two alone: five lines or a table go with an end, taken from the page
before. After a table on a turned sheet a shorter end lies on that sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from evalpress.pages.grids import WEB
from evalpress.pdf.unbroken import width

LINES = 5
# Letters in a line at the most: of the text, of what is set small; print.css has their sizes.
_LINE, _SMALL_LINE = 29.0, 43.0
_INDENT = 2.0  # of a paragraph
_CONTAINERS = {"div", "section", "details", "ol", "ul", "li", "dl", "dd", "blockquote", "body"}
_HIDDEN_TAGS, _HIDDEN = {"summary", "head"}, {WEB, "ep-original-text"}
_SMALL = {"ep-record", "ep-note", "ep-computed__note", "ep-computed__title", "print-origin"}
# Hold as much as a table: nothing before them need come along.
_LARGE_TAGS, _LARGE = {"table", "figure"}, {"ep-panel", "ep-record", "print-cover"}
# Each stays whole, and takes the place of so many lines.
_WHOLE = {"ep-signature": 2, "print-imprint": 2}
_TURNED_TABLE, _TURNED = "ep-table--wide", "print-turned"
_TABLES, _ATTACHMENTS = "data-tables", "attachments"


@dataclass(frozen=True)
class Leaf:
    """What pages break between or within: an element, the child of the body that it lies in, and
    its lines at the least; None for what a page may hold alone."""

    element: Any
    top: Any
    lines: int | None

    @property
    def is_turned(self) -> bool:
        """Whether it lies on a turned sheet."""
        return bool(_classes(self.top) & {_TURNED_TABLE, _TURNED})


def settle_ends(root: Any) -> None:
    """Mark what stays with the ends of a document whose tables are settled, for print.css."""
    leaves = [leaf for top in root.find("body") for leaf in _leaves(top, top)]
    for end in range(1, len(leaves)):
        if _begins_sheet(leaves[end - 1], leaves[end]):
            _settle_end(leaves[:end])
    _settle_end(leaves)


def _begins_sheet(before: Leaf, leaf: Leaf) -> bool:
    """Whether something begins a new sheet wherever the one before it ends."""
    signed = "ep-signature" in _classes(before.element)
    return signed or leaf.element.get("id") == _TABLES or (leaf.is_turned and not before.is_turned)


def _leaves(element: Any, top: Any) -> Iterator[Leaf]:
    classes = _classes(element)
    if classes & _HIDDEN or element.tag in _HIDDEN_TAGS:
        return
    if whole := classes & _WHOLE.keys():
        yield Leaf(element, top, _WHOLE[min(whole)])
    elif element.tag in _LARGE_TAGS or classes & _LARGE or element.find("table") is not None:
        yield Leaf(element, top, None)
    elif element.tag in _CONTAINERS and any(map(_is_block, element)):
        for child in element:
            if isinstance(child.tag, str) and _is_block(child):
                yield from _leaves(child, top)
    else:
        yield Leaf(element, top, _lines(element))


def _is_block(element: Any) -> bool:
    tag = element.tag
    return tag in _CONTAINERS or tag in _LARGE_TAGS or tag in _BLOCKS


_BLOCKS = {"p", "dt", "pre", "hr", *(f"h{level}" for level in range(1, 7))}


def _classes(element: Any) -> set[str]:
    return set((element.get("class") or "").split())


def _lines(element: Any) -> int:
    if element.get("id") == _ATTACHMENTS:
        return 0  # on the line of the first one's name
    is_small = bool(_classes(element) & _SMALL)
    room = _SMALL_LINE if is_small else _LINE
    widths = [width(text) for text in "".join(_text(element)).split("\n")]
    widths[0] += _INDENT if element.tag == "p" and not is_small else 0
    return sum(max(1, ceil(wide / room)) for wide in widths)


def _text(element: Any) -> Iterator[str]:
    """What is printed of an element; its line breaks are the only ones."""
    if isinstance(element.tag, str) and not _classes(element) & _HIDDEN:
        yield "\n" if element.tag == "br" else (element.text or "").replace("\n", " ")
        for child in element:
            yield from _text(child)
            yield (child.tail or "").replace("\n", " ")


def _settle_end(leaves: Sequence[Leaf]) -> None:
    """Hold the last lines together, as far back as it takes; the first one may be torn, so that
    no more than these lines leave the page before."""
    wanted, tail = LINES, list[Leaf]()
    for leaf in reversed(leaves):
        if leaf.lines is None:
            _join_table(leaf, tail)
            return
        if leaf.lines >= wanted:
            leaf.element.set("style", f"widows: {max(2, wanted)}")
            break
        tail.append(leaf)
        wanted -= leaf.lines
    for leaf in tail:
        _mark(leaf.element, "print-kept")


def _join_table(leaf: Leaf, tail: Sequence[Leaf]) -> None:
    """Hold a short end with the table before it, on the same sheet."""
    for joined in tail:
        _mark(joined.element, "print-kept")
    if leaf.is_turned:
        for top in dict.fromkeys(joined.top for joined in tail):
            _mark(top, _TURNED)


def _mark(element: Any, name: str) -> None:
    element.set("class", f"{element.get('class') or ''} {name}".strip())
