"""Cells by row and column, merges and what is hidden -> the rectangle that a sheet shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from evalpress.files.excel_values import HASHES
from evalpress.files.word_symbols import in_font
from evalpress.importing.neutral import Cell, Grid, Refusal, Told
from evalpress.importing.raised import raised

Spot = tuple[int, int]
Box = tuple[int, int, int, int]  # first row and column, last row and column, from 0

MARK = "evalpress-check"  # who writes the notes of marked copies
OURS = (MARK, "evalpress")  # and those of forms
ERRORS = frozenset(["#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!"])
_DIGITS_KEPT = 10**15
MAX_CELLS = 60_000  # of one sheet, blanks between counted
MAX_TEXTS = 20_000
MAX_LENGTH = 20_000  # characters of one cell


def name_of(row: int, column: int) -> str:
    """A cell as Excel names it: `H12`."""
    letters = ""
    at = column + 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def font_of(cell: Any) -> int:
    """Which of its workbook's fonts a cell of openpyxl has; `cell.font` would copy it."""
    return int(cell._style.fontId) if cell._style is not None else 0


# What a text set in runs of its own may say that its signs alone do not.
TELLING_RUNS = re.compile(
    rb'<(?:\w+:)?(?:strike|vertAlign)\b|rFont val="(?:Wingdings|Webdings|Symbol)', re.IGNORECASE
)


def text_of_runs(runs: Iterable[Any], struck: bool = True) -> str:
    """The text of openpyxl's runs as it is shown, with or without what is struck through."""
    return "".join(_run(run) for run in runs if struck or not _look(run, "strike"))


def _run(run: Any) -> str:
    return raised(in_font(str(run), _look(run, "rFont") or ""), _look(run, "vertAlign"))


def _look(run: Any, name: str) -> Any:
    return getattr(getattr(run, "font", None), name, None)


def digits_lost(value: Any) -> str:
    """The fault of a number of more digits than Excel keeps; those behind are zeros by now."""
    is_number = isinstance(value, int | float)
    return "digits_lost" if is_number and abs(value) >= _DIGITS_KEPT else ""


def unseen(value: object, text: str) -> str:
    """The fault of a cell whose format shows nothing of its value; a zero may be left out."""
    if text == HASHES and value != text:
        return "hashes"
    return "not_shown" if value and str(value).strip() and not text.strip() else ""


def rectangle(
    name: str,
    cells: Mapping[Spot, Cell],
    merges: Iterable[Box] = (),
    hidden_rows: Collection[int] = (),
    hidden_columns: Collection[int] = (),
) -> tuple[Grid, list[Told]]:
    """The grid that a sheet shows, and the texts that it hides. Cells come with their texts and
    sources; what is merged is filled. Raises Refusal for a sheet beyond all forms."""
    used = {spot: cell for spot, cell in cells.items() if cell.text or cell.fault}
    height = max((row for row, _ in used), default=-1) + 1
    width = max((column for _, column in used), default=-1) + 1
    if height * width > MAX_CELLS or len(used) > MAX_TEXTS:
        raise Refusal("too_large")
    if any(len(cell.text) > MAX_LENGTH for cell in used.values()):
        raise Refusal("too_large")
    filled: dict[Spot, Cell] = {}
    for box in merges:
        _fill(filled, used, box, height, width)
    rows = [[_at(filled, used, name, r, c) for c in range(width)] for r in range(height)]
    grid, hidden = _visible(name, rows, hidden_rows, hidden_columns)
    told = [Told("hidden_cell", cell.source, cell.text) for cell in hidden]
    return grid, [*told, *_covered(filled, used)]


def _covered(filled: Mapping[Spot, Cell], used: Mapping[Spot, Cell]) -> Iterator[Told]:
    """What a merged cell hides: texts of the cells that it covers, other than its own."""
    for spot, cell in used.items():
        over = filled.get(spot, cell)
        if over.source != cell.source and over.text != cell.text:
            yield Told("covered", cell.source, cell.text)


def _at(filled: dict[Spot, Cell], used: Mapping[Spot, Cell], name: str, row: int, col: int) -> Cell:
    spot = (row, col)
    found = filled.get(spot) or used.get(spot)
    return found or Cell("", f"{name}!{name_of(row, col)}", row, col)


def _fill(
    filled: dict[Spot, Cell], used: Mapping[Spot, Cell], box: Box, height: int, width: int
) -> None:
    """A merged area is one cell, as far as the sheet is used."""
    top, left, bottom, right = box[0], box[1], min(box[2], height - 1), min(box[3], width - 1)
    anchor = used.get((top, left))
    if anchor is None or top > bottom or left > right:
        return
    whole = replace(anchor, rows=bottom - top + 1, columns=right - left + 1)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            filled[row, column] = whole


def _visible(
    name: str, rows: list[list[Cell]], hidden_rows: Collection[int], hidden_cols: Collection[int]
) -> tuple[Grid, list[Cell]]:
    """Rows and columns that are shown, counted anew; a merged cell that reaches out of what is
    hidden is shown."""
    kept = [
        [cell for c, cell in enumerate(row) if c not in hidden_cols]
        for r, row in enumerate(rows)
        if r not in hidden_rows
    ]
    shown = {cell for row in kept for cell in row}
    lost = dict.fromkeys(cell for row in rows for cell in row if cell not in shown)
    return renumbered(name, kept), [cell for cell in lost if not cell.blank]


def widened(grid: Grid, width: int) -> Grid:
    """The grid with empty columns at its right."""
    rows = (
        (*row, *(Cell("", "", r, c) for c in range(len(row), width)))
        for r, row in enumerate(grid.rows)
    )
    return Grid(grid.name, tuple(rows))


def renumbered(name: str, rows: list[list[Cell]]) -> Grid:
    """A grid whose cells know their place in it."""
    spots: dict[Cell, list[Spot]] = {}
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            spots.setdefault(cell, []).append((r, c))
    placed = {cell: _placed(cell, where) for cell, where in spots.items()}
    return Grid(name, tuple(tuple(placed[cell] for cell in row) for row in rows))


def _placed(cell: Cell, where: list[Spot]) -> Cell:
    (top, left), (bottom, right) = where[0], where[-1]
    return replace(cell, row=top, column=left, rows=bottom - top + 1, columns=right - left + 1)
