"""An XLS of Excel 97 to 2003 -> its sheets as they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import xlrd  # type: ignore[import-untyped]
from xlrd.formatting import std_format_strings  # type: ignore[import-untyped]

from evalpress.files.excel_values import NUMBER_FORMATS, shown
from evalpress.files.word_symbols import in_font
from evalpress.importing.intake import reads
from evalpress.importing.neutral import Cell, Document, Grid, Refusal, Told
from evalpress.importing.raised import raised
from evalpress.importing.spreadsheet import (
    MAX_CELLS,
    Spot,
    digits_lost,
    name_of,
    rectangle,
    unseen,
)
from evalpress.importing.unlocked import without_protection


@reads("xls")
def read_xls(name: str, content: bytes) -> Document:
    """Every visible sheet as a grid, formulas by their kept values; what is hidden is told."""
    book = _opened(content)
    grids: list[Grid] = []
    told: list[Told] = []
    for number in range(book.nsheets):
        sheet = book.sheet_by_index(number)
        grid, hidden = _grid(book, sheet)
        if sheet.visibility:
            told += (Told("hidden_sheet", c.source, c.text) for c in grid.cells() if not c.blank)
        else:
            grids += [grid] if grid.rows else []
            told += hidden
    return Document(name, tuple(grids), tuple(told))


def _opened(content: bytes) -> Any:
    """The workbook; raises Refusal for one with a password."""
    try:
        return xlrd.open_workbook(file_contents=content, formatting_info=True, on_demand=True)
    except xlrd.XLRDError as error:
        if "ncrypt" not in str(error):
            raise Refusal("damaged") from None
    clear = without_protection(content)
    if not clear:
        raise Refusal("locked")
    return xlrd.open_workbook(file_contents=clear, formatting_info=True, on_demand=True)


def _grid(book: Any, sheet: Any) -> tuple[Grid, list[Told]]:
    if sheet.nrows * sheet.ncols > 20 * MAX_CELLS:
        raise Refusal("too_large")
    struck: list[Told] = []
    cells: dict[Spot, Cell] = {
        (row, column): _cell(book, sheet, row, column, struck)
        for row in range(sheet.nrows)
        for column in range(sheet.row_len(row))
        if sheet.cell_type(row, column) not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
    }
    boxes = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    rows = {at for at, info in sheet.rowinfo_map.items() if info.hidden}
    columns = {at for at, info in sheet.colinfo_map.items() if info.hidden}
    grid, hidden = rectangle(sheet.name, cells, boxes, rows, columns)
    return grid, [*hidden, *struck]


def _cell(book: Any, sheet: Any, row: int, column: int, struck: list[Told]) -> Cell:
    cell = sheet.cell(row, column)
    source = f"{sheet.name}!{name_of(row, column)}"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        text = xlrd.error_text_from_code.get(cell.value, "#?")
        return Cell(text, source, row, column, fault="formula_error")
    value = bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value
    text = shown(value, _format(book, cell), bool(book.datemode))
    pieces = list(_pieces(book, sheet, row, column, text))
    if any(font.struck_out for piece, font in pieces if piece):
        struck.append(Told("struck", source, text))
    kept = [_set(piece, font) for piece, font in pieces if not font.struck_out]
    if len(kept) < len(pieces):
        return Cell("".join(kept), source, row, column)
    if fault := unseen(value, text) or digits_lost(value):
        return Cell(shown(value), source, row, column, fault=fault)
    return Cell("".join(kept), source, row, column)


def _pieces(book: Any, sheet: Any, row: int, column: int, text: str) -> Iterator[tuple[str, Any]]:
    """The parts of a text, each with its font."""
    font = book.xf_list[sheet.cell_xf_index(row, column)].font_index
    runs = [(0, font), *sheet.rich_text_runlist_map.get((row, column), ())]
    ends = [*(start for start, _ in runs[1:]), len(text)]
    for (at, number), end in zip(runs, ends, strict=True):
        if at < end:
            yield text[at:end], book.font_list[min(number, len(book.font_list) - 1)]


def _set(text: str, font: Any) -> str:
    """A text as its font sets it."""
    return raised(in_font(text, font.name or ""), font.escapement)


def _format(book: Any, cell: Any) -> str:
    """The number format's code; a built-in one that the file does not spell out has only a number,
    for which xlrd puts the American code."""
    key = book.xf_list[cell.xf_index].format_key
    own = book.format_map[key].format_str if key in book.format_map else "General"
    return NUMBER_FORMATS.get(key, own) if own == std_format_strings.get(key, own) else own
