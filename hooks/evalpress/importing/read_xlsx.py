"""An XLSX -> its sheets as they are shown: numbers and dates by their formats, formulas by the
values that were kept, merged cells as one."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from evalpress.files.excel_values import number_format_of, plain, shown
from evalpress.files.scan.packages import Package
from evalpress.files.word_symbols import in_font, is_symbol_font
from evalpress.importing.besides import besides, in_cell
from evalpress.importing.covered import behind
from evalpress.importing.emptied import forget_addresses, sheets_of
from evalpress.importing.fieldtexts import BLANKS
from evalpress.importing.intake import reads
from evalpress.importing.neutral import Cell, Document, Grid, Picture, Refusal, Told
from evalpress.importing.spreadsheet import (
    ERRORS,
    TELLING_RUNS,
    Box,
    Spot,
    digits_lost,
    font_of,
    name_of,
    rectangle,
    text_of_runs,
    unseen,
)
from evalpress.wording import word

MAX_SHEETS = 100
MAX_MERGED = 200_000
MAX_RANGES = 200_000  # characters of the lists of cells that rules of a sheet are for
# An area of which openpyxl makes an object for every cell.
_AREA = re.compile(
    rb"<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\bref=[\"']"
    rb"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})[\"']",
    re.IGNORECASE,
)
_RANGES = re.compile(rb"sqref=([\"'])(.*?)\1", re.DOTALL)
_COMPUTED = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=\"([A-Z]{1,3}\d{1,7})\"[^>]*>\s*<(?:\w+:)?f[\s/>]")
# A formula whose kept value is an empty text, as of =IF(A1="","",A1).
_EMPTY = re.compile(
    rb"<(?:\w+:)?c\s(?=[^>]*\bt=\"str\")[^>]*\br=\"([A-Z]{1,3}\d{1,7})\"[^>]*>\s*"
    rb"<(?:\w+:)?f(?:\s[^>]*/>|[^<]*</(?:\w+:)?f>)\s*<(?:\w+:)?v(?:\s*/>|[^>]*></)"
)
_NOWHERE = re.compile(rb"<(?:\w+:)?c(?=[\s>])(?![^>]*\br=)[^>]*>\s*<(?:\w+:)?f[\s/>]")
# A number in a cell that openpyxl may take for a date.
_NUMBER = re.compile(rb"<(?:\w+:)?c\s(?![^>]*\bt=\"[^n])[^>]*?\br=\"([A-Z]{1,3}\d{1,7})\"[^>]*>"
                     rb"(?:<(?:\w+:)?f[^<]*</(?:\w+:)?f>)?<(?:\w+:)?v>([^<]*)<")  # fmt: skip
_STYLED = re.compile(rb"<(?:\w+:)?c\s[^>]*\bs=\"[1-9]")
_WITH_TEXTS = ("sharedstrings+xml", "worksheet+xml")


@reads("xlsx")
def read_xlsx(name: str, content: bytes) -> Document:
    """Every visible sheet as a grid; what is hidden, drawn or noted beside is told."""
    package = Package(content)
    sheets_raw = _sheets_of(package)
    if len(sheets_raw) > MAX_SHEETS:
        raise Refusal("too_large")
    for raw in sheets_raw.values():
        _weigh_areas(raw)
    rich = _has_telling_runs(package)
    values = load_workbook(io.BytesIO(content), data_only=True, rich_text=rich)
    forget_addresses(values, content)
    under = behind(content, sheets_raw, values)
    formulas = {title: _without_value(raw) for title, raw in sheets_raw.items()}
    mac = values.epoch == CALENDAR_MAC_1904
    grids: list[Grid] = []
    pictures: list[Picture] = []
    told: list[Told] = []
    sheets = [sheet for sheet in values.worksheets if not _is_list(sheet)]
    for sheet in sheets:
        computed = formulas.get(sheet.title, frozenset())
        raw = sheets_raw.get(sheet.title, b"")
        grid, hidden = _grid(sheet, computed, mac, under.get(sheet.title, []), raw)
        if sheet.sheet_state != "visible":
            told += (Told("hidden_sheet", c.source, c.text) for c in grid.cells() if not c.blank)
            continue
        grids += [grid] if grid.rows else []
        told += hidden
    for found in besides(values, sheets, package):
        if isinstance(found, Picture):
            pictures.append(found)
        else:
            told.append(found)
    return Document(name, (*grids, *pictures), tuple(told))


def _without_value(raw: bytes) -> frozenset[bytes]:
    """The cells of a sheet whose formulas may have no kept value: none is written down."""
    found = frozenset(_COMPUTED.findall(raw))
    return found - frozenset(_EMPTY.findall(raw)) if found else found


def _is_list(sheet: Worksheet) -> bool:
    """The list of findings that the program has put into a marked copy."""
    return bool(sheet["A1"].value == word("workbook", "marked", "heading"))


def _sheets_of(package: Package) -> dict[str, bytes]:
    """The XML of every sheet by its title, wherever it lies. Raises Refusal where a sheet is gone,
    or the formats that its cells name, or the place of a formula."""
    named = sheets_of(package)
    if not all(name in package.parts for name in named.values()):
        raise Refusal("damaged")
    found = {title: package.content(name) for title, name in named.items()}
    without_formats = not package.used_as("styles", by=package.main)
    if any(_NOWHERE.search(s) or (without_formats and _STYLED.search(s)) for s in found.values()):
        raise Refusal("damaged")
    return found


def _weigh_areas(raw: bytes) -> None:
    """Refuse a sheet with more, or larger, areas than any form has."""
    ranges = sum(len(listed) for _, listed in _RANGES.findall(raw))
    if ranges > MAX_RANGES or sum(map(_area, _AREA.findall(raw))) > MAX_MERGED:
        raise Refusal("too_large")


def _area(box: tuple[bytes, ...]) -> int:
    """How many cells an area covers."""
    left, top, right, bottom = (part.decode().upper() for part in box)
    wide = column_index_from_string(right) - column_index_from_string(left) + 1
    return wide * (int(bottom) - int(top) + 1)


def _has_telling_runs(package: Package) -> bool:
    """Whether the look of a part of a cell's text says something; only then texts are read run by
    run."""
    parts = (n for n, part in package.parts.items() if part.kind.lower().endswith(_WITH_TEXTS))
    return any(TELLING_RUNS.search(package.content(name)) for name in parts)


def _grid(
    sheet: Worksheet, formulas: frozenset[bytes], mac: bool, under: list[Any], raw: bytes
) -> tuple[Grid, list[Told]]:
    book = sheet.parent
    struck: list[Told] = []
    fonts = {n for n, font in enumerate(vars(book)["_fonts"]) if font.strike}
    signs = {n: font.name for n, font in enumerate(vars(book)["_fonts"])
             if is_symbol_font(font.name or "")}  # fmt: skip
    cells = {(c.row - 1, c.column - 1): _cell(sheet.title, c, formulas, mac) for c in under}
    for cell in sheet._cells.values():
        if isinstance(cell, MergedCell):
            continue
        spot = (cell.row - 1, cell.column - 1)
        found = _cell(sheet.title, cell, formulas, mac)
        if font_of(cell) in signs:
            found = replace(found, text=in_font(found.text, signs[font_of(cell)]))
        cells[spot] = found
        kept = "" if font_of(cell) in fonts else found.text
        if isinstance(cell.value, CellRichText):
            kept = text_of_runs(cell.value, struck=False)
        if kept != found.text and not found.blank:
            struck.append(Told("struck", found.source, found.text))
            cells[spot] = replace(found, text=kept, stored="", fault="")
    _restore_numbers(cells, raw)
    rows = {at - 1 for at, row in sheet.row_dimensions.items() if row.hidden or row.ht == 0}
    columns = {at for group in _hidden_groups(sheet) for at in group}
    grid, hidden = rectangle(sheet.title, cells, _boxes(sheet), rows, columns)
    return grid, [*hidden, *struck]


def _restore_numbers(cells: dict[Spot, Cell], raw: bytes) -> None:
    """Give the numbers back that no date can be (20250320 in a column of dates): openpyxl makes an
    error of them, Excel shows #####."""
    wrong = {name_of(*spot): spot for spot, cell in cells.items() if cell.text == "#VALUE!"}
    for match in _NUMBER.finditer(raw) if wrong else ():
        spot = wrong.get(match[1].decode())
        if spot is not None:
            with suppress(ValueError):
                cells[spot] = replace(cells[spot], text=plain(match[2].decode()), fault="hashes")


def _boxes(sheet: Worksheet) -> Iterator[Box]:
    for found in sheet.merged_cells.ranges:
        yield found.min_row - 1, found.min_col - 1, found.max_row - 1, found.max_col - 1


def _hidden_groups(sheet: Worksheet) -> Iterator[range]:
    for column in sheet.column_dimensions.values():
        if (column.hidden or column.width == 0) and column.min and column.max:
            yield range(column.min - 1, min(column.max, 1000))


def _cell(sheet: str, cell: Any, formulas: frozenset[bytes], mac: bool) -> Cell:
    spot = (cell.row - 1, cell.column - 1)
    source = f"{sheet}!{name_of(*spot)}"
    rich = isinstance(cell.value, CellRichText)
    value = text_of_runs(cell.value) if rich else cell.value
    if value is None and cell.coordinate.encode() in formulas:
        return Cell("", source, *spot, fault="formula_without_value")
    if isinstance(value, str) and (value in ERRORS or cell.data_type == "e"):
        return Cell(value, source, *spot, fault="formula_error")
    if in_cell(value):
        return Cell("", source, *spot, fault="picture_in_cell")
    if isinstance(value, str):  # _x000D_ is how a file writes the end of a line
        value = unescape(value).replace("\r\n", "\n").replace("\r", "\n")
    text = shown(value, number_format_of(cell), mac and is_number(value))
    if is_number(value) and not value and text in BLANKS and text:
        text = plain(value)  # accounting formats show a zero as a dash
    if fault := unseen(value, text) or digits_lost(value):
        return Cell(shown(value), source, *spot, fault=fault)
    return Cell(text, source, *spot, stored=_stored(value, text))


def is_number(value: Any) -> bool:
    """A number, not a truth value or a date."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _stored(value: Any, text: str) -> str:
    """The number behind what is shown, where that was rounded."""
    if not is_number(value):
        return ""
    exact = plain(value)
    digits = text.replace(",", "").strip()
    try:
        if digits.endswith("%"):
            return "" if _near(Decimal(digits[:-1]) / 100, Decimal(exact)) else exact
        return "" if _near(Decimal(digits), Decimal(exact)) else exact
    except ArithmeticError:
        return ""


def _near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= max(abs(other), Decimal(1)) * Decimal("1e-9")
