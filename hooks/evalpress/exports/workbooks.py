"""6 export: the tables of a group as one workbook (XLSX): typed cells, heads that stay and filter,
and a last sheet that explains every column.

XlsxWriter writes 2.4 times as fast as openpyxl's write-only mode and bears no time of its own.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from evalpress.exports.csv_files import written
from evalpress.exports.groups import STEM, Group, group_format
from evalpress.exports.table import Field, FieldKind, Row, Table, Value, heads, told
from evalpress.wording import word

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_CREATED = datetime(2000, 1, 1)  # the same for all, so that the same data give the same bytes
_LARGE = 20_000  # rows from which on a workbook is not held in memory
_ROWS = 1_048_575  # of a sheet, below its head
_CHARACTERS = 32_000  # of a cell; a spreadsheet takes 32,767
_WIDE, _NARROW = 28, 12
_OPTIONS = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}  # fmt: skip


@group_format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
def workbook(group: Group) -> Iterator[tuple[str, bytes]]:
    """One workbook with a sheet per table."""
    yield f"{STEM}.xlsx", _workbook(group)


def _workbook(group: Group) -> bytes:
    import xlsxwriter

    content, large = io.BytesIO(), max(map(len, group.rows.values())) > _LARGE
    options = {**_OPTIONS, "constant_memory": large, "in_memory": not large}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": group.title, "created": _CREATED})
        book.set_size(1600, 1200)
        styles = _Styles(book)
        for table, rows in group.rows.items():
            for number, part in enumerate(_parts(rows), 1):
                name = table.title if number == 1 else f"{table.title}{number}"
                _sheet(book.add_worksheet(name), table, part, styles)
        _explained(book.add_worksheet(word("groups", "sheet")), list(group.rows), styles)
    return content.getvalue()


def _parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows of a table, as many at a time as a sheet takes."""
    found = iter(rows)
    while part := list(islice(found, _ROWS)):
        yield part


class _Styles:
    """The formats of a workbook's cells, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book, self._made = book, dict[str, Any]()
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.date = self.number("yyyy-mm-dd")

    def number(self, pattern: str) -> Any:
        """A format for numbers by its pattern."""
        if pattern not in self._made:
            self._made[pattern] = self._book.add_format({"num_format": pattern})
        return self._made[pattern]

    def decimal(self, value: Decimal, is_percent: bool) -> Any:
        """A format that shows a number with the decimals that it was written with."""
        exponent = value.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        return self.number(f"0{'.' * bool(places)}{'0' * places}{'%' * is_percent}")


def _sheet(sheet: Worksheet, table: Table, rows: Sequence[Row], styles: _Styles) -> None:
    for at, (name, column) in enumerate(zip(heads(table), table.fields, strict=True)):
        sheet.set_column(at, at, _width(column))
        sheet.write_string(0, at, name, styles.head)
    units = _unit_columns(table)
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if value is not None and value != "":
                _write(sheet, number, at, value, units[at] is not None and _is_percent(
                    table.fields[at], row, units[at]), styles)  # fmt: skip
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(table.fields) - 1)


def _width(column: Field) -> int:
    long = column.kind is FieldKind.TEXT and not column.id.endswith(("_how", "_unit"))
    return _WIDE if long and column.id not in _SHORT else _NARROW


_SHORT = frozenset({
    "provenance", "region", "department", "project", "id", "level1", "nature", "unit", "row",
    "column", "meaning", "target_comparator", "outcome", "grade", "state", "slug",
})  # fmt: skip


def _unit_columns(table: Table) -> list[int | None]:
    """For each column with numbers where its unit stands in the row: -1 for one of its own."""
    ids = [column.id for column in table.fields]
    return [
        -1 if column.unit == "%" else ids.index(column.unit_from) if column.unit_from else None
        for column in table.fields
    ]


def _is_percent(column: Field, row: Row, at: int | None) -> bool:
    return column.unit == "%" or (at is not None and at >= 0 and row[at] == "%")


def _write(
    sheet: Worksheet, row: int, at: int, value: Value, is_percent: bool, styles: _Styles
) -> None:
    """A value as the type that it is; a percentage as a percentage."""
    if isinstance(value, str):
        sheet.write_string(row, at, _short(value))
    elif isinstance(value, bool):
        sheet.write_string(row, at, written(value))
    elif isinstance(value, Decimal):
        shown = value.scaleb(-2) if is_percent else value
        sheet.write_number(row, at, float(shown), styles.decimal(value, is_percent))
    elif isinstance(value, int):
        sheet.write_number(row, at, value)
    elif value is not None:
        moment = datetime(value.year, value.month, value.day)
        sheet.write_datetime(row, at, moment, styles.date)


def _short(text: str) -> str:
    """A text that a cell takes; of a longer one the beginning, which says so."""
    return text if len(text) <= _CHARACTERS else text[:_CHARACTERS] + word("groups", "cut")


def _explained(sheet: Worksheet, found: list[Table], styles: _Styles) -> None:
    """Every column of every sheet: what it is, its unit, its permanent id."""
    names = [word("groups", key) for key in ("in_sheet", "column", "about", "kind", "unit", "id")]
    for at, (name, width) in enumerate(zip(names, (10, 24, 70, 10, 16, 24), strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, name, styles.head)
    lines = ((table, column) for table in found for column in table.fields)
    number = 0
    for number, (table, column) in enumerate(lines, 1):
        entry = told(table, column)
        kind, unit = word("groups", "kinds", column.kind), unit_words(table, column)
        for at, text in enumerate(
            (table.title, entry["name"], entry["about"], kind, unit, column.id)
        ):
            sheet.write_string(number, at, text, styles.text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, number, len(names) - 1)


def unit_words(table: Table, column: Field) -> str:
    """The unit of a column for readers: its own, or in which column it stands."""
    if column.unit_from:
        other = next(f for f in table.fields if f.id == column.unit_from)
        return word("groups", "unit_from").format(told(table, other)["name"])
    return word("page", "points") if column.unit == "points" else column.unit
