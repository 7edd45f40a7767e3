"""Rows and heads -> the sheets of a form: to look at, to fill in, to print. Labels are locked,
everything else is open; lists, limits and notes stand where they help."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Literal
from zipfile import ZipFile

from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from evalpress.findings import Mistaken
from evalpress.importing.modeltree import ValueKind
from evalpress.importing.workbook import hiddensheet as hidden
from evalpress.importing.workbook.cellcodec import TEXT_FORMAT, cell_of, format_of, is_too_long
from evalpress.importing.workbook.fitted import Fitted, Head, explained, list_of, tables_of
from evalpress.importing.workbook.formrows import KIND, Row, kind_of_value
from evalpress.importing.workbook.formsheets import INDICATORS, Table
from evalpress.importing.workbook.formulas import Sum, total
from evalpress.importing.workbook.hiddensheet import Records, Remembered, range_of
from evalpress.importing.workbook.packing import MOST_MADE, packed, unpacked_size
from evalpress.importing.workbook.spreading import Spread
from evalpress.wording import catalogue, word

FIRST = 1  # the column of numbers; a label stands in the next one
_LINE = Side(style="thin", color="A6A6A6")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD, _SUM, _SECTION = (PatternFill("solid", fgColor=c) for c in ("E7ECF2", "EEF5EA", "F4F1E6"))
_WRAP = Alignment(vertical="center", wrap_text=True)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_FONT = "宋体"
_BODY, _BOLD = Font(name=_FONT, size=11), Font(name=_FONT, size=11, bold=True)
_FAINT = Font(name=_FONT, size=10, color="7F7F7F")
_LEFT, _RIGHT = (
    Alignment(horizontal=side, vertical="center", wrap_text=True) for side in ("left", "right")
)
_LARGEST = "1000000000000000"  # figures have fifteen digits at the most
_OPEN = Protection(locked=False)
# A cell takes any of these words, and others as well.
_OFFERED = {"level1", "level2", "grade", "unit"}
_LAST_COLUMN = 16_384
_LINE_HEIGHT, _HIGHEST = 15, 400  # points


class TooLong(Mistaken):
    """A text of a report does not fit into a cell, or all of them into a form; says which."""


@dataclass
class Drawing:
    """A form in the making."""

    form: Fitted
    found: Spread
    records: Records
    title: str
    book: Workbook = field(default_factory=Workbook)
    kept: dict[tuple[str, str], str | float] = field(default_factory=dict)
    places: dict[tuple[int, str], Cell] = field(default_factory=dict)

    def draw(self) -> None:
        """All sheets but the sums."""
        assert self.book.active is not None
        self.book.remove(self.book.active)
        _Guide(self).draw()
        for name, tables in tables_of(self.form):
            title = self.records.sheets[name] = word("workbook", "sheets", name)
            sheet = self.book.create_sheet(title)
            _Page(self, sheet).draw(tables)

    def cell(self, row: Row, column: str) -> str | None:
        """Where a column of a row stands, with its sheet; None where it has no cell."""
        found = self.places.get((id(row), column))
        if found is None:
            return None
        sheet = quote_sheetname(found.parent.title)
        return f"{sheet}!${found.column_letter}${found.row}"

    def sum(self, entry: Sum) -> None:
        """Make a cell a formula, with its value beside it."""
        cell = self.places[(id(entry.row), entry.column)]
        kind = kind_of_value(entry.row.kind, entry.column)
        self.formula(cell, entry.formula, entry.value, kind)

    def formula(self, cell: Cell, formula: str, value: str, kind: ValueKind) -> None:
        """Write a formula and the value that it has now."""
        figure, number_format = cell_of(value, kind) if value else ("", format_of(kind))
        cell.value, cell.number_format, cell.fill = formula, number_format, _SUM
        self.kept[(cell.parent.title, cell.coordinate)] = figure

    def finish(self) -> bytes:
        """The file. Raises TooLong for one that would be too large to be read again."""
        self.records.names = list(self.book.defined_names)
        hidden.write(self.records, self.book)
        properties = self.book.properties
        properties.title, properties.creator = self.title, "evalpress"
        content = packed(self.book, self.kept)
        with ZipFile(BytesIO(content)) as package:
            if (size := unpacked_size(package)) > MOST_MADE:
                raise TooLong(word("workbook", "too_large").format(size, MOST_MADE))
        return content


def cell_at(sheet: Worksheet, line: int, column: int) -> Cell:
    """A cell of a sheet without merged ones."""
    found = sheet.cell(line, column)
    assert isinstance(found, Cell)
    return found


def put(cell: Cell, text: str, font: Font | None = None, **style: Any) -> Cell:
    """A text as a text, whatever it looks like."""
    cell.value, cell.data_type, cell.number_format = text, "s", TEXT_FORMAT
    cell.font = font or _BODY
    for name, value in style.items():
        setattr(cell, name, value)
    return cell


def set_up(sheet: Worksheet, title: str) -> None:
    """Ready to print: A4 across, as wide as the paper, with page numbers."""
    sheet.page_setup.paperSize = "9"
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header = 0.9, 0.7, 0.4
    sheet.print_options.horizontalCentered = True
    header, footer = sheet.oddHeader, sheet.oddFooter
    assert header is not None and footer is not None
    header.center.text, footer.center.text = title.replace("&", "&&"), word("workbook", "page")


def lock(sheet: Worksheet) -> None:
    """Labels cannot be changed; rows may be added, deleted and sorted, columns widened.

    A row can be deleted only where every cell of it is open, also beyond the table.
    """
    for dimension in sheet.column_dimensions.values():
        dimension.protection = _OPEN
    beyond = sheet.max_column + 1
    rest = ColumnDimension(sheet, index=get_column_letter(beyond), min=beyond, max=_LAST_COLUMN)
    rest.width, rest.protection = 10, _OPEN
    sheet.column_dimensions[rest.index] = rest
    protection = sheet.protection
    protection.sheet = True
    for allowed in (
        "formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort",
        "autoFilter", "insertHyperlinks",
    ):  # fmt: skip
        setattr(protection, allowed, False)


def heighten(sheet: Worksheet) -> None:
    """Make every line as high as its texts need where nothing else measures them."""
    for number, line in enumerate(sheet.iter_rows(), 1):
        needed = max(_lines_of(sheet, cell) for cell in line)
        if needed > 1:
            sheet.row_dimensions[number].height = min(needed * _LINE_HEIGHT, _HIGHEST)


def _lines_of(sheet: Worksheet, cell: Cell | MergedCell) -> int:
    if isinstance(cell, MergedCell) or not isinstance(cell.value, str) or cell.data_type == "f":
        return 1
    if not cell.alignment.wrap_text:
        return 1
    width = max(sheet.column_dimensions[cell.column_letter].width - 1, 2)
    return sum(max(1, math.ceil(_signs(part) / width)) for part in cell.value.split("\n"))


def _signs(text: str) -> int:
    """The width of a text in half-width signs."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def _comment(text: str) -> Comment:
    return Comment(text, "evalpress", height=40 + 18 * (len(text) // 20), width=300)


class _Guide:
    """The first sheet: how the form is filled in."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.sheet = drawing.book.create_sheet(word("workbook", "sheets", "guide"))

    def draw(self) -> None:
        sheet, drawing = self.sheet, self.drawing
        drawing.records.sheets["guide"] = sheet.title
        set_up(sheet, drawing.title)
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 100
        put(cell_at(sheet, 1, 1), drawing.title, Font(name=_FONT, size=16, bold=True))
        said = catalogue("wording")["workbook"]["guide"]
        for number, line in enumerate(said, 3):
            put(cell_at(sheet, number, 1), str(number - 2), alignment=_CENTRE)
            put(cell_at(sheet, number, 2), line, alignment=_WRAP)
        row = len(said) + 4
        for name, _ in tables_of(drawing.form):
            title = word("workbook", "sheets", name)
            cell = put(
                sheet.cell(row, 1), title, Font(name=_FONT, color="0563C1", underline="single")
            )
            cell.hyperlink = f"#{quote_sheetname(title)}!A1"
            put(cell_at(sheet, row, 2), word("workbook", "about", name), alignment=_WRAP)
            row += 1
        cells = (cell.value for line in sheet.iter_rows() for cell in line)
        drawing.records.texts += [text for text in cells if isinstance(text, str)]
        heighten(sheet)
        lock(sheet)


class _Page:
    """One sheet with its tables."""

    def __init__(self, drawing: Drawing, sheet: Worksheet) -> None:
        self.drawing, self.sheet = drawing, sheet
        self.line = 1

    def draw(self, tables: list[Table]) -> None:
        set_up(self.sheet, self.drawing.title)
        for table in tables:
            self._table(table)
        self._widths(tables)
        heighten(self.sheet)
        if len(tables) == 1:
            self.sheet.freeze_panes = "B3"
            self.sheet.print_title_rows = "1:2"
        lock(self.sheet)

    def _widths(self, tables: list[Table]) -> None:
        widths: dict[int, int] = {FIRST: 6}
        for table in tables:
            if table.is_upright:
                widths[FIRST + 1], widths[FIRST + 2] = 24, 60
                continue
            for column, head in enumerate(self.drawing.form.heads[table.name], FIRST + 1):
                widths[column] = max(widths.get(column, 0), head.width)
        for column, width in widths.items():
            self.sheet.column_dimensions[get_column_letter(column)].width = width

    def _table(self, table: Table) -> None:
        title = word("workbook", "titles", table.name)
        put(cell_at(self.sheet, self.line, FIRST), title, Font(name=_FONT, size=13, bold=True))
        self.drawing.records.texts.append(title)
        self.line += 1
        start = self.line
        (self._upright if table.is_upright else self._across)(table)
        self._named(table, start)
        self.line += 1

    def _named(self, table: Table, start: int) -> None:
        last = get_column_letter(FIRST + len(self.drawing.form.heads[table.name]))
        area = f"{quote_sheetname(self.sheet.title)}!$A${start}:${last}${self.line - 1}"
        title = word("workbook", "titles", table.name)
        name = word("workbook", "named").format(re.sub(r"\W+", "_", title))  # no other signs
        self.drawing.book.defined_names[name] = DefinedName(name, attr_text=area)

    # --- a form of labels

    def _upright(self, table: Table) -> None:
        row = next(iter(self.drawing.found.rows[table.name]), None) or Row(table.kinds[0])
        for head in self.drawing.form.heads[table.name]:
            label = put(cell_at(self.sheet, self.line, FIRST + 1), head.word)
            label.fill, label.border, label.alignment = _HEAD, _BOX, _WRAP
            self._note(label, table, head)
            self._value(table, row, head, FIRST + 2)
            self._limit(table, head, FIRST + 2, self.line, self.line)
            self.line += 1
        self._remember(table, 1, row)

    # --- a table

    def _across(self, table: Table) -> None:
        heads = self.drawing.form.heads[table.name]
        words = [Head("", word("workbook", "number"), 6), *heads]
        for column, head in enumerate(words, FIRST):
            cell = put(cell_at(self.sheet, self.line, column), head.word, _BOLD)
            cell.fill, cell.border, cell.alignment = _HEAD, _BOX, _CENTRE
            self._note(cell, table, head)
        self.line += 1
        start = self.line
        rows = self.drawing.found.rows[table.name]
        for number, row in enumerate(rows, 1):
            self._number(number)
            for column, head in enumerate(heads, FIRST + 1):
                self._value(table, row, head, column)
            self._remember(table, number, row)
            self.line += 1
        blank = Row(table.kinds[0])
        for _ in range(table.spare):
            self._number(None)
            for column, head in enumerate(heads, FIRST + 1):
                self._value(table, blank, head, column)
            self.line += 1
        for column, head in enumerate(heads, FIRST + 1):
            self._limit(table, head, column, start, self.line - 1)
        if table is INDICATORS and rows:
            self._totals(heads, start, rows)

    def _number(self, number: int | None) -> None:
        cell = cell_at(self.sheet, self.line, FIRST)
        cell.value = number
        cell.border, cell.alignment, cell.protection = _BOX, _CENTRE, _OPEN
        cell.font = _FAINT

    def _value(self, table: Table, row: Row, head: Head, column: int) -> None:
        cell = cell_at(self.sheet, self.line, column)
        text = row.values.get(head.column, "")
        if head.column == KIND and (row.values or row.id or not row.is_held):
            text = row.kind.name
        cell.border, cell.protection = _BOX, _OPEN
        cell.font = _BOLD if row.kind.name == "section" else _BODY
        kind = kind_of_value(row.kind, head.column)
        cell.number_format = format_of(kind)
        self.drawing.places[(id(row), head.column)] = cell
        if row.values and row.kind.name in ("section", "elsewhere"):
            cell.fill = _SECTION
        if row.notes.get(head.column):
            cell.comment = _comment(row.notes[head.column])
        if text:
            self._fill(cell, self.drawing.form.shown(table, row.kind, head.column, text), kind)
        is_figure = kind in (ValueKind.NUMBER, ValueKind.PERCENT, ValueKind.COUNT)
        cell.alignment = _LEFT if table.is_upright else _RIGHT if is_figure else _WRAP

    def _fill(self, cell: Cell, text: str, kind: ValueKind) -> None:
        if is_too_long(text):
            where = f"{self.sheet.title}!{cell.coordinate}"
            raise TooLong(word("workbook", "too_long").format(where, len(text), text[:30]))
        value, number_format = cell_of(text, kind)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        cell.number_format = number_format

    def _remember(self, table: Table, number: int, row: Row) -> None:
        rows = self.drawing.records.rows.setdefault(table.name, {})
        rows[number] = Remembered.of(row)

    def _totals(self, heads: list[Head], start: int, rows: list[Row]) -> None:
        """The last line: what the full marks and scores come to."""
        put(cell_at(self.sheet, self.line, FIRST), word("workbook", "sum"), alignment=_CENTRE)
        for column in range(FIRST, FIRST + len(heads) + 1):
            cell = cell_at(self.sheet, self.line, column)
            cell.border, cell.fill = _BOX, _SUM
        for column, head in enumerate(heads, FIRST + 1):
            cell = cell_at(self.sheet, self.line, column)
            if head.column in ("full_marks", "score"):
                area = f"{cell.column_letter}{start}:{cell.column_letter}{self.line - 1}"
                value = total([row.values.get(head.column, "") for row in rows])
                formula = f'=IF(COUNT({area})=0,"",SUM({area}))'
                self.drawing.formula(cell, formula, value, ValueKind.NUMBER)
        self.line += 1

    # --- what helps to fill it in

    def _note(self, cell: Cell, table: Table, head: Head) -> None:
        text = explained(table, head.column)
        if text:
            cell.comment = _comment(text)

    def _limit(self, table: Table, head: Head, column: int, first: int, last: int) -> None:
        letter = get_column_letter(column)
        check = _validation(self.drawing.form, table, head, self._at(table, first))
        if check and last >= first:
            check.add(f"{letter}{first}:{letter}{last}")
            self.sheet.add_data_validation(check)

    def _at(self, table: Table, line: int) -> dict[str, str]:
        """The cells of the first line, by column, for conditions that move along."""
        heads = self.drawing.form.heads[table.name]
        return {h.column: f"{get_column_letter(n)}{line}" for n, h in enumerate(heads, FIRST + 1)}


def _validation(
    form: Fitted, table: Table, head: Head, at: dict[str, str]
) -> DataValidation | None:
    """What a column takes: words of a list, figures within their limits, dates."""
    for kind in table.kinds:
        named = range_of(form, list_of(table, kind, head.column))
        if named:
            return _refusing(DataValidation("list", formula1=named, allow_blank=True), "list")
    is_offered = head.column in _OFFERED and not table.is_upright
    offered = range_of(form, head.column) if is_offered else ""
    if offered:
        found = DataValidation("list", formula1=offered, allow_blank=True)
        found.showErrorMessage = False
        return found
    kinds = {kind_of_value(k, head.column) for k in table.kinds if k.field(head.column)}
    return _figures(kinds.pop(), head, at, table.is_upright) if len(kinds) == 1 else None


def _figures(
    kind: ValueKind, head: Head, at: dict[str, str], is_upright: bool
) -> DataValidation | None:
    own = at.get(head.column, "")
    if head.column == "score" and "full_marks" in at and not is_upright:
        most = at["full_marks"]
        formula = f'AND(ISNUMBER({own}),{own}>=0,OR({most}="",{own}<={most}))'
        found = DataValidation("custom", formula1=formula, allow_blank=True)
        return _refusing(found, "score", "warning")
    if kind in (ValueKind.NUMBER, ValueKind.PERCENT):
        found = DataValidation(
            "decimal", operator="between", formula1=f"-{_LARGEST}", formula2=_LARGEST
        )
        return _refusing(found, "number")
    if kind is ValueKind.COUNT:
        found = DataValidation("whole", operator="between", formula1="0", formula2="999999999999")
        return _refusing(found, "count")
    if kind in (ValueKind.DAY, ValueKind.MOMENT):
        found = DataValidation("date", operator="greaterThan", formula1="18264")
        return _refusing(found, "day", "warning")
    if kind is ValueKind.DATE and not is_upright:
        year, month = word("workbook", "date", "year"), word("workbook", "date", "month")
        formula = (
            f'OR(ISNUMBER(FIND("{year}",{own})),ISNUMBER(FIND("{month}",{own})),LEN({own})>=8)'
        )
        return _refusing(DataValidation("custom", formula1=formula), "date", "warning")
    return None


def _refusing(
    check: DataValidation, why: str, style: Literal["stop", "warning"] = "stop"
) -> DataValidation:
    check.allow_blank, check.showErrorMessage, check.errorStyle = True, True, style
    check.errorTitle = word("workbook", "refused", "title")
    check.error = word("workbook", "refused", why)
    return check
