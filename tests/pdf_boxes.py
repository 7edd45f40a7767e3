"""Looks at laid out pages, before a PDF is made of them: lines of cells, what stands where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from evalpress.pdf.layout import laid_out
from evalpress.pdf.lines import JOINER

_CUT = re.compile(r"[0-9.]／(?:[0-9.%％]|[年月日个项人万亿元户号亩米吨分])")
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_TEXTS = {"p", "li", "dd", "h2", "h3", "h4", "h5", "h6", "figcaption"}
_LEAST = 3  # signs of a last line


def flaws(html: str) -> list[str]:
    """What a reader of the laid out document would stumble over, with the page it is on."""
    pages = [page._page_box for page in laid_out(html).pages]
    told = [*map(_flaws, pages), *(map(_alone, pages) if len(pages) > 1 else ())]
    numbers = [*range(1, len(pages) + 1)] * 2
    return [
        f"{number}: {said}" for number, found in zip(numbers, told, strict=False) for said in found
    ]


def _alone(page: Any) -> Iterator[str]:
    """A page of a few lines, without a table or a picture."""
    shown = [*inside(page)]
    large = (boxes.TableBox, boxes.BlockReplacedBox, boxes.InlineReplacedBox)
    lines = {
        round(box.position_y) for box in shown if isinstance(box, boxes.LineBox) and _text(box)
    }
    is_cover = any(_is_of(box, "print-cover") for box in shown)
    if len(lines) < 5 and not is_cover and not any(isinstance(box, large) for box in shown):
        yield f"only {len(lines)} lines on a page"


def _is_of(box: Any, name: str) -> bool:
    return box.element is not None and name in (box.element.get("class") or "").split()


def _flaws(page: Any) -> Iterator[str]:
    right = page.content_box_x() + page.width + 1.0  # a table's frame is drawn on its edge
    for box in inside(page):
        if isinstance(box, boxes.TableBox) and box.position_x + box.margin_width() > right:
            yield "a table sticks out"
        if isinstance(box, boxes.TableCellBox):
            yield from _flaws_of_cell(box)
        if box.element_tag in _TEXTS and isinstance(box, boxes.BlockBox):
            yield from _flaws_of_text(box)
    shown = [box for box in inside(page) if box.element_tag and _is_block(box)]
    names = [box.element_tag for box in shown]
    if names and names[-1] in {*_HEADINGS, "caption", "thead"}:
        yield f"{names[-1]} ends a page"
    if shown and "print-label" in (shown[-1].element.get("class") or ""):
        yield "a label ends a page"
    if "td" in names and "thead" not in names and _has_head(shown):
        yield "a table goes on without its head"


def _has_head(shown: list[Any]) -> bool:
    cells = [box for box in shown if isinstance(box, boxes.TableCellBox)]
    return any(box.element.get("data-label") or box.element.get("scope") for box in cells)


def _is_block(box: Any) -> bool:
    return isinstance(box, boxes.BlockLevelBox | boxes.TableRowGroupBox | boxes.TableCellBox)


def _flaws_of_cell(cell: Any) -> Iterator[str]:
    for lines in _blocks(cell):
        told = "／".join(lines)
        if len(lines) > 1 and 1 in (len(lines[0]), len(lines[-1])):
            yield f"one sign stands alone: {told}"
        if _CUT.search(told):
            yield f"a number is cut off: {told}"


def _flaws_of_text(box: Any) -> Iterator[str]:
    for lines in _blocks(box):
        told = "／".join(lines)
        if len(lines) > 1 and len(lines[-1]) < _LEAST:
            yield f"a last line is too short: {told}"
        if _CUT.search(told):
            yield f"a number is cut off: {told}"


def _blocks(box: Any) -> Iterator[list[str]]:
    """The lines of each block of text in a box."""
    lines = [_text(child).strip() for child in _children(box) if isinstance(child, boxes.LineBox)]
    if any(lines):
        yield [line for line in lines if line]
    for child in _children(box):
        if not isinstance(child, boxes.LineBox):
            yield from _blocks(child)


def lines_in(box: Any) -> list[str]:
    """The lines of text in a box."""
    return [line for lines in _blocks(box) for line in lines]


def inside(box: Any) -> Iterator[Any]:
    """Every box inside this one, in reading order."""
    for child in _children(box):
        yield child
        yield from inside(child)


def _children(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        yield getattr(child, "_box", child)


def _text(box: Any) -> str:
    if isinstance(box, boxes.TextBox):
        return str(box.text).replace(JOINER, "")
    return "".join(map(_text, _children(box)))
