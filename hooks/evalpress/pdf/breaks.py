"""5 print: a document's tables (ElementTree) -> where each may end a page, and what it says on the
next one.

A table that is not high stays whole, a caption keeps two rows, and so do the headings above it; a
row of more than half a page may break. What continues says so, under which level and for which row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Any

from evalpress.pdf.columns import FRAME, LETTER, Settled, lines_of, placed
from evalpress.pdf.unbroken import width
from evalpress.wording import word

# In points, as print.css has them: a line of a cell, and what its padding and frame add.
LINE, PADDING = 15.0, 5.5
_MARGIN = 1.15  # lines end before they are full
_HEADINGS = {f"h{level}" for level in range(1, 7)}
# Attributes by which continued.py finds its way; they stay in the document, not in the PDF.
PLACE, CONTINUED = "data-place", "print-continued"


def settle_breaks(root: Any, tables: Sequence[Settled]) -> None:
    """Mark the tables of a document, their rows and the headings above them for print.css."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for settled in tables:
        heights = _heights(settled)
        half = settled.sheet.height / 2
        if sum(heights.values()) <= half:
            _mark(settled.table, "print-whole")
        for row, height in heights.items():
            if height > half:
                _mark(row, "print-tall")
        for row in [row for row in heights if not _is_head(row, settled.table)][:1]:
            _mark(row, "print-first")
        if sum(heights.values()) > half:
            _announce(settled, heights, half)
        if settled.region is not None and settled.sheet.is_turned:
            _turn_headings(settled.region, parents)


def _mark(element: Any, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


def _is_head(row: Any, table: Any) -> bool:
    head = table.find("thead")
    return head is not None and row in list(head)


def _heights(settled: Settled) -> dict[Any, float]:
    """About how high each row will be, in points."""
    found: dict[Any, float] = dict.fromkeys(settled.table.iter("tr"), 0.0)
    rows = {cell: row for row in found for cell in row}
    for at, over, cell in placed(settled.table):
        if cell.get("rowspan", "1") == "1":
            room = sum(settled.widths[at : at + over]) - FRAME
            high = sum(
                LINE * max(1, ceil(_MARGIN * size * width(text) / max(room, LETTER)))
                for text, size in lines_of(cell)
            )
            found[rows[cell]] = max(found[rows[cell]], high + PADDING)
    return found


def _turn_headings(region: Any, parents: Mapping[Any, Any]) -> None:
    """The headings straight above a table go with it to the turned sheet."""
    siblings = list(parents[region])
    for above in reversed(siblings[: siblings.index(region)]):
        if above.tag not in _HEADINGS or above.tag == "h1":
            break
        _mark(above, "print-turned")


def _announce(settled: Settled, heights: Mapping[Any, float], half: float) -> None:
    """Give a table that will continue a first line for each place where it may be cut."""
    head = settled.table.find("thead")
    if head is None:
        return
    caption = settled.table.find("caption")
    title = (caption.text or "").strip() if caption is not None else ""
    places: dict[tuple[str, ...], int] = {}
    for row, levels in _levels(settled.table, heights):
        cut = (*levels, *_names(row)) if heights[row] > half else levels
        for name, where in ((PLACE, levels), (f"{PLACE}-within", cut)):
            row.set(name, str(places.setdefault(where, len(places))))
    for at, where in reversed([*enumerate(places)]):
        head.insert(0, _line(head, at, title, where, len(settled.widths)))


def _levels(table: Any, rows: Mapping[Any, float]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Every row of the body with the level that it stands under."""
    levels: tuple[str, ...] = ()
    for row in rows:
        if _is_head(row, table):
            continue
        if "ep-group" in row.get("class", "").split():
            levels = ("".join(row.itertext()).strip(),)
        yield row, levels


def _names(row: Any) -> list[str]:
    """What names a row: its cells up to the one that is its head."""
    names = []
    for cell in row:
        names.append("".join(cell.itertext()).strip())
        if cell.tag == "th":
            return [name for name in names if name]
    return names[:1]


def _line(head: Any, place: int, title: str, where: Sequence[str], over: int) -> Any:
    row = head.makeelement("tr", {"class": CONTINUED, PLACE: str(place)})
    cell = row.makeelement("td", {"colspan": str(over)})
    shown = word("print", "continued").format(title)
    cell.text = shown + (word("print", "continued_in").format("、".join(where)) if where else "")
    row.append(cell)
    return row
