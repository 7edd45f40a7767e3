"""Cells with contents that merged ones cover. Excel deletes them, other programs keep them and
openpyxl drops them, so such a file is read once more."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evalpress.importing.emptied import filled_in


def behind(content: bytes, raw: dict[str, bytes], book: Workbook) -> dict[str, list[Any]]:
    """These cells by sheet, none for most files; `raw` is the XML of the sheets by title, `book`
    the same file as openpyxl has it."""
    hidden = {sheet.title: _covered(sheet, raw.get(sheet.title, b"")) for sheet in book.worksheets}
    if not any(hidden.values()):
        return {}
    again = load_workbook(io.BytesIO(content), data_only=True, read_only=True)
    return {
        title: [cell for row in again[title].iter_rows() for cell in row
                if cell.value is not None and cell.coordinate in spots]
        for title, spots in hidden.items() if spots
    }  # fmt: skip


def _covered(sheet: Worksheet, raw: bytes) -> set[str]:
    """Where cells with contents stand that a merged one covers."""
    if not sheet.merged_cells.ranges:
        return set()
    return {at for at in filled_in(raw) if isinstance(sheet[at], MergedCell)}
