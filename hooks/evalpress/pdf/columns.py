"""5 print: a document's tables -> the width of each column, from what their cells hold.

A column is at least as wide as its longest piece that stays on one line; what is left goes to the
columns that have most to say. A table too narrow for its pieces lies on a turned sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evalpress.pages.grids import WEB
from evalpress.pdf.unbroken import kept, longest_piece, width

LETTER, NOTE = 10.5, 9.0  # points, as print.css has them
FRAME = 8.0  # the padding and the line of a cell, and what rounding takes
_LONGEST = 12.0  # letters; a longer piece may break
# In a form, whose columns are many: so many letters fit into a line on an upright sheet, and so
# many stay together that may break.
_FAIR, _JOINED = 3.0, 3.0
_OF_GROUPS = ("rowgroup", "colgroup")
_FEW = 2  # a text over more columns finds room in any of them
_EASY = 5 * LETTER + FRAME  # so wide a column reads easily
_BLOCKS = {"p", "li", "div", "br", "ul", "ol"}
_WIDE = "ep-table--wide"
FORM = "ep-form"  # the class of a region that holds an official form
_NOTES = {"ep-cell-note", "ep-computed__mark"}


@dataclass(frozen=True)
class Sheet:
    """The type area of a sheet in points, as print.css has it."""

    width: float
    height: float

    @property
    def is_turned(self) -> bool:
        """Whether the sheet is wider than high."""
        return self.width > self.height


UPRIGHT, TURNED = Sheet(442.2, 637.7), Sheet(637.7, 442.2)


@dataclass(frozen=True)
class Look:
    """How a table is set, in points, as print.css has it: the size of its letters, and the padding
    and line of a cell with what rounding takes."""

    letter: float
    frame: float


# A small one is that of a table that no sheet is wide enough for.
_USUAL, _SMALL, _FORM = Look(LETTER, FRAME), Look(9.0, FRAME), Look(9.0, 5.0)


@dataclass(frozen=True)
class Settled:
    """A table whose columns are set: its region, if any, the sheet that it lies on, the widths of
    its columns in points, how it is set."""

    table: Any
    region: Any
    sheet: Sheet
    widths: Sequence[float]
    look: Look = _USUAL

    @property
    def is_form(self) -> bool:
        """Whether it is an official form, of several bands."""
        return _is_form(self.region)

    def rooms(self) -> Iterator[tuple[Any, float]]:
        """Every cell with the letters that fit into one of its lines."""
        for at, over, cell in placed(self.table):
            room = sum(self.widths[at : at + over]) - self.look.frame
            yield cell, room / self.look.letter - _indent(cell)


@dataclass
class Needs:
    """What a column needs, in points: for its pieces, for each text on one line; how long its
    longest text is, in letters."""

    least: float = 0.0
    most: float = 0.0
    long: float = 0.0

    def set_as(self, look: Look) -> Needs:
        """What it needs in a table that is set in another way than the usual one."""
        size = look.letter / LETTER
        least, most = ((points - FRAME) * size + look.frame for points in (self.least, self.most))
        return Needs(least, most, self.long)


def set_columns(root: Any) -> list[Settled]:
    """Give every table of a document (ElementTree) the widths of its columns, and the class of a
    turned sheet where an upright one is too narrow."""
    regions = {table: region for region in root.iter("div") for table in region.findall("table")}
    found = []
    for table in root.iter("table"):
        region = regions.get(table)
        if columns := _columns(table, _is_form(region)):
            sheet, look = _sheet(region, columns)
            if look.letter < LETTER:
                table.set("class", f"{table.get('class', '')} print-small".strip())
                columns = [column.set_as(look) for column in columns]
            easy = 0.0 if _is_form(region) else _EASY
            settled = Settled(table, region, sheet, shares(columns, sheet.width, easy), look)
            _write(settled)
            found.append(settled)
    return found


def _is_form(region: Any) -> bool:
    return region is not None and FORM in region.get("class", "").split()


def _sheet(region: Any, columns: Sequence[Needs]) -> tuple[Sheet, Look]:
    """The sheet that a table lies on and how it is set; the class of its region says it to
    print.css. A form is set so that most stay upright."""
    classes = region.get("class", "").split() if region is not None else []
    look, fair = (_FORM, _FAIR) if _is_form(region) else (_USUAL, 0.0)
    if _WIDE not in classes and _needed(columns, look, fair) <= UPRIGHT.width:
        return UPRIGHT, look
    if region is None:
        return UPRIGHT, _SMALL
    region.set("class", " ".join(dict.fromkeys([*classes, _WIDE])))
    fits = look is _FORM or _needed(columns, look) <= TURNED.width
    return TURNED, look if fits else _SMALL


def _needed(columns: Sequence[Needs], look: Look, fair: float = 0.0) -> float:
    """How wide a table has to be; `fair` letters fit into each line at the least."""
    fairly = fair * look.letter + look.frame
    found = (column.set_as(look) for column in columns)
    return sum(max(column.least, min(column.most, fairly)) for column in found)


def shares(columns: Sequence[Needs], room: float, easy: float = _EASY) -> list[float]:
    """The widths of columns in points; together they are `room`. Before the longest texts have
    their way, every column is `easy` wide."""
    least = [column.least for column in columns]
    left = room - sum(least)
    if left <= 0:
        return [room * width / sum(least) for width in least]
    widths = _widened(
        least, [min(column.most, easy) for column in columns], [1.0] * len(columns), room
    )
    by_length = [column.long**0.6 for column in columns]
    widths = _widened(widths, [column.most for column in columns], by_length, room)
    return [width * room / sum(widths) for width in widths]


def _widened(
    widths: Sequence[float], wanted: Sequence[float], weights: Sequence[float], room: float
) -> list[float]:
    """The widths with what `room` leaves, given by weight to those that are less than wanted."""
    wants = [max(0.0, want - width) for want, width in zip(wanted, widths, strict=True)]
    given = _filled(wants, weights, room - sum(widths))
    return [width + more for width, more in zip(widths, given, strict=True)]


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


def _write(settled: Settled) -> None:
    table = settled.table
    group = table.makeelement("colgroup", {})
    for points in settled.widths:
        group.append(group.makeelement("col", {"style": f"width:{points:.2f}pt"}))
    captions = [at for at, child in enumerate(table) if child.tag == "caption"]
    table.insert(captions[-1] + 1 if captions else 0, group)


def _columns(table: Any, is_form: bool) -> list[Needs]:
    """What the columns of a table need; cells over several columns share what is missing, and what
    they have to say. The heads of a form, which break, make no column wider."""
    columns: list[Needs] = []
    spans: list[tuple[int, int, float]] = []
    for at, over, cell in placed(table):
        while len(columns) < at + over:
            columns.append(Needs())
        least, most, long = _needs(cell, _JOINED if is_form else _LONGEST)
        if is_form and cell.get("scope") == "col":
            most, long = least, 0.0
        if over > 1:
            spans.append((at, over, least))
        if over > _FEW or (over > 1 and cell.get("scope") in _OF_GROUPS):
            continue
        for column in columns[at : at + over]:
            column.least = max(column.least, least if over == 1 else 0.0)
            column.most, column.long = max(column.most, most / over), max(column.long, long / over)
    for at, over, least in spans:
        frames = FRAME * (over - 1) if is_form else 0.0  # set_as takes one from each
        missing = least + frames - sum(column.least for column in columns[at : at + over])
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


def _needs(cell: Any, joined: float) -> tuple[float, float, float]:
    """What a cell needs in points for its pieces and on one line, and its length in letters."""
    least = most = long = 0.0
    for text, size in lines_of(cell):
        room = max(joined, longest_piece(text, _LONGEST))
        pieces = (text[start:end] for start, end in kept(text, room, True))
        least = max(least, size * max([1.0, *map(width, pieces)]))
        most = max(most, size * width(text))
        long += size / LETTER * width(text)
    room = FRAME + LETTER * _indent(cell)
    return least + room, most + room, long


def _indent(cell: Any) -> float:
    """How far a cell's text is moved in, in letters."""
    return 1.0 if "ep-indent-1" in cell.get("class", "").split() else 0.0


def lines_of(cell: Any) -> list[tuple[str, float]]:
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
