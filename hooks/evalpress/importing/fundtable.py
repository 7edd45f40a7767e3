"""The fund table of a form -> its rows with amounts by column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from evalpress.importing.fieldtexts import (
    is_blank,
    marks,
    number,
    numbers_columns,
    one_line,
    percent,
    percent_of_column,
)
from evalpress.importing.headers import Column, Header, settle
from evalpress.importing.labels import NONE, unit_in
from evalpress.importing.neutral import Cell, Grid
from evalpress.importing.reading import FundRow, Reading
from evalpress.importing.whole import Whole
from evalpress.model import FormPart
from evalpress.wording import word

_UNITS = ("百万元", "千元", "万元", "亿元", "元")
_RATHER = frozenset(["full_marks", "score", "rate", "note"])  # columns of no amounts
_OF_ALL = frozenset(["full_marks", "score", "rate"])  # of the total, where rows share them


def read_funds(whole: Whole, grid: Grid, header: Header, sides: frozenset[Cell]) -> int:
    """Read from the header to the end of the fund table; gives the row after it."""
    header = _without_corner(header, grid)
    first, row = header.rows
    names_end = min(column.span[0] for column in header.columns)
    while row < len(grid.rows) and _belongs(whole, grid, row, header, sides, names_end):
        row += 1
    settled = settle(header, grid, range(header.rows[1], row))
    whole.reading.know(*header.cells())
    corner = [c for at in range(*header.rows) for c in grid.across(at, (0, names_end))]
    whole.reading.know(*(c for c in corner if _is_corner(whole, c)))
    unit = _take_unit(whole, grid, first)
    read = [
        found for at in range(header.rows[1], row)
        if (found := _row(whole, grid, at, settled, sides, names_end, unit))
    ]  # fmt: skip
    _share(whole.reading, grid, settled, read)
    whole.reading.fund_rows += [found for _, found in read]
    return row


def _belongs(
    whole: Whole, grid: Grid, row: int, header: Header, sides: frozenset[Cell], names_end: int
) -> bool:
    """A row of the table has a name left of the amounts, and the amounts in cells of their own."""
    if whole.ends(grid, row, sides):
        return False
    if not any(not c.blank and c not in sides for c in grid.across(row)):
        return True
    if numbers_columns(c.text for c in grid.across(row) if c not in sides):
        return True
    amounts = [grid.rows[row][column.span[0]] for column in header.columns if column.meanings]
    named = [c for c in grid.across(row, (0, names_end)) if not c.blank and c not in sides]
    return bool(named) and all(c.column >= names_end for c in amounts) and (
        len(set(amounts)) == len(amounts))  # fmt: skip


def _without_corner(header: Header, grid: Grid) -> Header:
    """Without headings over the names of the rows, even if they could head amounts."""
    if header.rows[1] >= len(grid.rows):
        return header
    columns, below = list(header.columns), grid.rows[header.rows[1]]
    first = below[columns[0].span[0]]
    while len(columns) > 1 and _names_rows(columns[0], below, first):
        del columns[0]
    return replace(header, columns=tuple(columns))


def _names_rows(column: Column, below: Sequence[Cell], first: Cell) -> bool:
    """Whether a column has no amounts: one that nobody knows, or the first one with names. What
    has digits and is no number, as 约480, is no name either."""
    cell = below[column.span[0]]
    if number(cell.text, _UNITS) is not None:
        return False
    named = cell == first and not is_blank(cell.text) and not re.search(r"\d", cell.text)
    return not any(column.meanings) or named


def _is_corner(whole: Whole, cell: Cell) -> bool:
    """A heading over the names of the rows."""
    return any(
        whole.vocabulary.knows(p, cell.text) for p in (FormPart.SECTION, FormPart.FUND_COLUMN)
    )


def _take_unit(whole: Whole, grid: Grid, row: int) -> str:
    """The unit that the head of a table says, which is that of all the form if nothing else is."""
    unit = next((u for cell in grid.across(row) if (u := unit_in(cell.text))), "")
    whole.reading.fund_unit = whole.reading.fund_unit or unit
    return unit


def _share(
    reading: Reading, grid: Grid, header: Header, rows: Sequence[tuple[int, FundRow]]
) -> None:
    """Marks and rates that several rows share are those of the total among them, or nobody's."""
    for column in (c for c in header.columns if c.means in _OF_ALL):
        sharing: dict[Cell, list[FundRow]] = {}
        for at, found in rows:
            sharing.setdefault(grid.rows[at][column.span[0]], []).append(found)
        for cell, mine in sharing.items():
            if len(mine) > 1:
                _give_to_total(reading, column, cell, mine)


def _give_to_total(reading: Reading, column: Column, cell: Cell, rows: Sequence[FundRow]) -> None:
    value = rows[0].values.pop(column.means, None)
    totals = [row for row in rows if row.means == "total"]
    if value is not None and len(totals) == 1:
        totals[0].values[column.means] = value
    elif value is not None:
        reading.leave(cell, "shared_by_rows", heading=column.heading)


def _row(
    whole: Whole, grid: Grid, row: int, header: Header, sides: frozenset[Cell], names_end: int,
    unit: str,
) -> tuple[int, FundRow] | None:  # fmt: skip
    reading = whole.reading
    names = [c for c in grid.across(row, (0, names_end)) if not c.blank and c not in sides]
    if numbers_columns(c.text for c in grid.across(row) if c not in sides):
        reading.leave_all((c for c in grid.across(row) if c not in sides), "column_numbers")
        return None
    if not names:
        reading.leave_all(grid.across(row, (names_end, grid.width)), "no_row_name")
        return None
    own, *others = reversed(names)
    if number(own.text) is not None:
        reading.leave_all((c for c in grid.across(row) if c not in sides), "no_row_name")
        return None
    for cell in others:
        if whole.vocabulary.knows(FormPart.SECTION, cell.text):
            reading.know(cell)
        elif cell.row == row:
            reading.leave(cell, "second_name")
    name = reading.value(own, one_line(own.text) or "")
    if name is None:
        return None
    meanings = whole.vocabulary.meanings(FormPart.FUND_ROW, own.text)
    found = FundRow(name, meanings[0] if len(meanings) == 1 else "")
    unit = _unit_of_row(reading, grid, row, header) or unit_in(own.text) or unit
    for column in header.columns:
        _value(whole, grid, row, column, found, unit)
    return row, found


def _unit_of_row(reading: Reading, grid: Grid, row: int, header: Header) -> str:
    """What stands in a column of units."""
    for column in (c for c in header.columns if c.means == "unit"):
        cell = grid.rows[row][column.span[0]]
        reading.know(cell)
        return "" if is_blank(cell.text) else cell.text.strip()
    return ""


def _value(whole: Whole, grid: Grid, row: int, column: Column, into: FundRow, unit: str) -> None:
    reading = whole.reading
    if column.means == "unit":
        return
    cells = [c for c in grid.across(row, column.span) if not is_blank(c.text) or c.fault]
    if not cells or column.span[0] < 1:
        return
    if column.means == NONE:
        reading.leave_all((c for c in cells if c.row == row), column.why, heading=column.heading)
        return
    if len(cells) > 1:
        reading.leave_all(cells, "two_cells", heading=column.heading)
        return
    cell = cells[0]
    if cell.row != row and column.means != "note":
        return  # merged over several rows: it stands in the first of them
    if column.means in _RATHER or not _is_of_another_unit(reading, column, cell, unit):
        text = _read(column, cell.text, reading.fund_unit)
        if text is None:
            reading.leave(cell, "no_number", heading=column.heading)
        elif value := reading.value(cell, text, _doubt(reading, column, cell)):
            into.values[column.means] = value


def _is_of_another_unit(reading: Reading, column: Column, cell: Cell, unit: str) -> bool:
    """Whether an amount is in another unit than all amounts, which is told: its own, its column's,
    or the one that its row or table says."""
    behind = _unit_behind(cell.text)
    own = behind or unit_in(column.heading) or unit
    reading.fund_unit = reading.fund_unit or own
    reading.unit_of_cells = reading.unit_of_cells or (bool(behind) and own == reading.fund_unit)
    if own in ("", reading.fund_unit):
        return False
    reading.leave(cell, "other_unit", unit=own, usual=reading.fund_unit)
    return True


def _doubt(reading: Reading, column: Column, cell: Cell) -> str:
    """An amount without a unit beside others that bear theirs is looked at."""
    bears = unit_in(column.heading) or _unit_behind(cell.text)
    if bears or column.means in _RATHER or not reading.unit_of_cells:
        return ""
    return word("import", "no_unit").format(reading.fund_unit)


def _unit_behind(text: str) -> str:
    """万元 of 480万元."""
    return next((u for u in _UNITS if number(text, (u,)) and text.strip().endswith(u)), "")


def _read(column: Column, text: str, unit: str) -> str | None:
    if column.means == "note":
        return text.strip()
    if column.means == "rate":
        return percent_of_column(text) if "%" in column.heading else percent(text)
    if column.means in ("full_marks", "score"):
        return marks(text)
    return number(text, (unit,) if unit in _UNITS else ())
