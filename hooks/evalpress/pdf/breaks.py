"""5 print: a document's tables (ElementTree) -> where each may end a page, and what it says on the
next one.

A table that is not high stays whole, a caption keeps two rows, and so do the headings above it; a
row of more than half a page may break. What continues says so, under which level and for which row;
a form repeats the heads of the band that is cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import accumulate
from math import ceil
from typing import Any

from evalpress.pages.bands import HEADS, WHOLE
from evalpress.pdf.columns import LETTER, Settled, lines_of, placed
from evalpress.pdf.heads import named_heads
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
        if settled.is_form:
            _keep_merged(settled, heights)
            _keep_bands(settled, heights)
            _add_head(settled.table)
        half, whole = settled.sheet.height / 2, settled.sheet.height / 3
        if sum(heights.values()) <= whole:
            _mark(settled.table, "print-whole")
        for row, height in heights.items():
            if height > half:
                _mark(row, "print-tall")
        for row in [row for row in heights if not _is_head(row, settled.table)][:1]:
            _mark(row, "print-first")
        if sum(heights.values()) > whole:
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
            room = sum(settled.widths[at : at + over]) - settled.look.frame
            found[rows[cell]] = max(found[rows[cell]], _height(cell, room))
    return found


def _height(cell: Any, room: float, margin: float = _MARGIN) -> float:
    lines = (
        max(1, ceil(margin * size * width(text) / max(room, LETTER)))
        for text, size in lines_of(cell)
    )
    return LINE * sum(lines) + PADDING


def _keep_merged(settled: Settled, heights: Mapping[Any, float]) -> None:
    """Hold the first rows of a cell over several rows together, as many as are as high as its
    text."""
    rows = [*heights]
    owners = {cell: at for at, row in enumerate(rows) for cell in row}
    for at, over, cell in placed(settled.table):
        if (down := int(cell.get("rowspan", "1"))) > 1:
            spanned = rows[owners[cell] : owners[cell] + down]
            text = _height(cell, sum(settled.widths[at : at + over]) - settled.look.frame)
            reached = accumulate(heights[row] / _MARGIN for row in spanned)
            for row, high in zip(spanned[:-1], reached, strict=False):
                if high < text and "print-first" not in row.get("class", "").split():
                    _mark(row, "print-first")


def _keep_bands(settled: Settled, heights: Mapping[Any, float]) -> None:
    """Keep a band of few rows whole, unless it is high."""
    for body in settled.table.iter("tbody"):
        is_short = WHOLE in body.get("class", "").split()
        if is_short and sum(heights[row] for row in body) <= settled.sheet.height / 2:
            _mark(body, "print-whole")


def _add_head(table: Any) -> None:
    """Give a form, whose heads are those of its bands, a place for the lines that continue it."""
    bodies = [at for at, child in enumerate(table) if child.tag == "tbody"]
    table.insert(bodies[0], table.makeelement("thead", {}))


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
    heads = _heads_of_bands(settled.table)
    repeated: dict[int, Any] = {}
    for row, levels in _levels(settled.table, heights):
        cut = (*levels, *_names(row)) if heights[row] > half else levels
        for name, where in ((PLACE, levels), (f"{PLACE}-within", cut)):
            place = places.setdefault(where, len(places))
            row.set(name, str(place))
            repeated.setdefault(place, heads.get(row))
    for at, where in reversed([*enumerate(places)]):
        lines = [_line(head, at, title, where, len(settled.widths)), _again(repeated[at], at)]
        for line in reversed([line for line in lines if line is not None]):
            head.insert(0, line)


def _heads_of_bands(table: Any) -> dict[Any, Any]:
    """The row that heads the columns of each row of a form."""
    found: dict[Any, Any] = {}
    for body in table.iter("tbody"):
        rows = list(body)
        if rows and HEADS in rows[0].get("class", "").split():
            found |= dict.fromkeys(rows[1:], rows[0])
    return found


def _again(heads: Any, place: int) -> Any:
    """The heads of a band as they stand on a further page, where nothing is at their side."""
    if heads is None:
        return None
    row = deepcopy(heads)
    row.set("class", f"{CONTINUED} print-heads")
    row.set(PLACE, str(place))
    aside = row[0]
    row.remove(aside)
    over = {"colspan": aside.get("colspan")} if aside.get("colspan") else {}
    row.insert(0, row.makeelement("td", {"class": "print-aside", **over}))
    return row


def _levels(table: Any, rows: Mapping[Any, float]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Every row of the body with the levels that it stands under."""
    levels: tuple[str, ...] = ()
    heads = named_heads(table)
    for row in rows:
        if _is_head(row, table):
            continue
        if "ep-group" in row.get("class", "").split():
            levels = ("".join(row.itertext()).strip(),)
        elif heads:
            levels = tuple(_said_beside(row, heads))
        yield row, levels


def _said_beside(row: Any, heads: Mapping[Any, Sequence[Any]]) -> Iterator[str]:
    """What stands at the side of a row of a form."""
    named = next((heads[cell] for cell in row if cell in heads), ())
    for head in named:
        if head.get("scope") == "rowgroup":
            yield "".join(head.itertext()).strip()


def _names(row: Any) -> list[str]:
    """What names a row: its cells up to the one that is its head."""
    names = []
    for cell in (cell for cell in row if cell.get("scope") != "rowgroup"):
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
