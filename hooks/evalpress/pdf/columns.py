"""5 print: a document's tables -> the width of each column, from what their cells hold.

A column is at least as wide as its longest piece that stays on one line; what is left goes to the
columns that have most to say. A table too narrow for its pieces lies on a turned sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from evalpress.pages.grids import WEB
from evalpress.pdf.kept import kept, width

# In points; print.css sets the sheet, the letters and the padding of cells.
UPRIGHT, TURNED = 442.2, 637.7
LETTER, NOTE = 10.5, 9.0
FRAME = 8.0  # the padding and the line of a cell, and what rounding takes
_LONGEST = 12.0  # letters; a longer piece may break
_BLOCKS = {"p", "li", "div", "br", "ul", "ol"}
_WIDE = "ep-table--wide"
_NOTES = {"ep-cell-note", "ep-computed__mark"}


@dataclass
class _Column:
    """What a column needs, in points: for its pieces, for each text on one line; how long its
    longest text is, in letters."""

    least: float = 0.0
    most: float = 0.0
    long: float = 0.0
    wide: list[tuple[int, float]] = field(default_factory=list)


def set_columns(root: Any) -> dict[Any, float]:
    """Give every table of a document (ElementTree) the widths of its columns, and the class of a
    turned sheet where an upright one is too narrow. Gives the letters that fit into each cell."""
    rooms: dict[Any, float] = {}
    regions = {table: region for region in root.iter("div") for table in region.findall("table")}
    for table in root.iter("table"):
        region = regions.get(table)
        classes = region.get("class", "").split() if region is not None else []
        columns = _columns(table)
        if not columns:
            continue
        if region is not None and _WIDE not in classes and _needed(columns) > UPRIGHT:
            region.set("class", " ".join([*classes, _WIDE]))
            classes.append(_WIDE)
        widths = shares(columns, TURNED if _WIDE in classes else UPRIGHT)
        _write(table, widths)
        for at, over, cell in placed(table):
            rooms[cell] = (sum(widths[at : at + over]) - FRAME) / LETTER
    return rooms


def _needed(columns: Sequence[_Column]) -> float:
    return sum(column.least for column in columns)


def shares(columns: Sequence[_Column], room: float) -> list[float]:
    """The widths of columns in points; together they are `room`."""
    least = [column.least for column in columns]
    left = room - sum(least)
    if left <= 0:
        return [room * width / sum(least) for width in least]
    wants = [max(0.0, column.most - column.least) for column in columns]
    given = _filled(wants, [column.long**0.6 for column in columns], left)
    rest = left - sum(given)
    widths = [a + b for a, b in zip(least, given, strict=True)]
    return [width + rest * width / sum(widths) for width in widths]


def _filled(wants: Sequence[float], weights: Sequence[float], left: float) -> list[float]:
    """`left` shared by weight, none getting more than it wants."""
    given = [0.0] * len(wants)
    open_ = {at for at, want in enumerate(wants) if want > 0}
    while open_ and left > 0.01:
        unit = left / sum(weights[at] for at in open_)
        full = {at for at in open_ if wants[at] - given[at] <= unit * weights[at]}
        for at in full or open_:
            more = min(wants[at] - given[at], unit * weights[at])
            given[at] += more
            left -= more
        open_ = open_ - full if full else set()
    return given


def _write(table: Any, widths: Sequence[float]) -> None:
    group = table.makeelement("colgroup", {})
    for points in widths:
        group.append(group.makeelement("col", {"style": f"width:{points:.2f}pt"}))
    captions = [at for at, child in enumerate(table) if child.tag == "caption"]
    table.insert(captions[-1] + 1 if captions else 0, group)


def _columns(table: Any) -> list[_Column]:
    """What the columns of a table need; cells over several columns share what is missing."""
    columns: list[_Column] = []
    spans: list[tuple[int, int, float]] = []
    for at, over, cell in placed(table):
        while len(columns) < at + over:
            columns.append(_Column())
        least, most, long = _needs(cell)
        if over > 1:
            spans.append((at, over, least))
            continue
        column = columns[at]
        column.least = max(column.least, least)
        column.most, column.long = max(column.most, most), max(column.long, long)
    for at, over, least in spans:
        missing = least - sum(column.least for column in columns[at : at + over])
        for column in columns[at : at + over] if missing > 0 else ():
            column.least += missing / over
    return columns


def placed(table: Any) -> Iterator[tuple[int, int, Any]]:
    """Every cell of a table with the column that it begins in and how many it covers."""
    taken: dict[int, int] = {}
    for row in table.iter("tr"):
        at = 0
        taken = {column: rows - 1 for column, rows in taken.items() if rows > 1}
        for cell in (cell for cell in row if not is_for_the_web(cell)):
            while at in taken:
                at += 1
            over, rows = _span(cell, "colspan"), _span(cell, "rowspan")
            yield at, over, cell
            if rows > 1:
                taken |= dict.fromkeys(range(at, at + over), rows)
            at += over


def is_for_the_web(element: Any) -> bool:
    """Whether the style leaves an element out of print."""
    return WEB in element.get("class", "").split()


def _span(cell: Any, name: str) -> int:
    found = cell.get(name, "1")
    return max(1, int(found)) if found.isdecimal() else 1


def _needs(cell: Any) -> tuple[float, float, float]:
    """What a cell needs in points for its pieces and on one line, and its length in letters."""
    least = most = long = 0.0
    for text, size in _lines(cell):
        pieces = (text[start:end] for start, end in kept(text, _LONGEST, True))
        least = max(least, size * max([1.0, *map(width, pieces)]))
        most = max(most, size * width(text))
        long += size / LETTER * width(text)
    return least + FRAME, most + FRAME, long


def _lines(cell: Any) -> list[tuple[str, float]]:
    """The texts of a cell, one for each block, with the size of their letters."""
    found: list[tuple[list[str], float]] = [([], LETTER)]
    _read(cell, LETTER, found)
    texts = ((" ".join("".join(parts).split()), size) for parts, size in found)
    return [(text, size) for text, size in texts if text]


def _read(element: Any, size: float, found: list[tuple[list[str], float]]) -> None:
    own = NOTE if _NOTES & set(element.get("class", "").split()) else size
    block = element.tag in _BLOCKS or own != size
    if block:
        found.append(([], own))
    found[-1][0].append(element.text or "")
    for child in element:
        _read(child, own, found)
        found[-1][0].append(child.tail or "")
    if block:
        found.append(([], size))
