"""A fund table whose rows and columns are swapped, sources across and amounts down -> its rows."""

from __future__ import annotations

from dataclasses import replace

from evalpress.importing.fundtable import read_funds
from evalpress.importing.headers import Header, find_header
from evalpress.importing.labels import Vocabulary
from evalpress.importing.neutral import Cell, Grid
from evalpress.importing.whole import Whole
from evalpress.model import FormPart

_FEWEST = 2  # columns of sources, and rows of amounts


def is_turned(header: Header, grid: Grid, vocabulary: Vocabulary) -> bool:
    """Whether a row names sources of funds, and the rows below begin with what is said of them."""
    named = [c for c in header.columns if any(c.meanings)]
    return len(named) >= _FEWEST and (_last(header, grid, vocabulary) - header.rows[1] >= _FEWEST)


def _last(header: Header, grid: Grid, vocabulary: Vocabulary) -> int:
    """The row after the last that begins with a heading of amounts."""
    labels = min(c.span[0] for c in header.columns if any(c.meanings)) - 1
    row = header.rows[1]
    while labels >= 0 and row < len(grid.rows):
        if not vocabulary.knows(FormPart.FUND_COLUMN, grid.rows[row][labels].text):
            break
        row += 1
    return row


def read_turned(whole: Whole, grid: Grid, header: Header, sides: frozenset[Cell]) -> int:
    """Read the table turned over; gives the row after it."""
    last = _last(header, grid, whole.vocabulary)
    labels = min(c.span[0] for c in header.columns if any(c.meanings)) - 1
    rows = grid.rows[header.rows[0] : last]
    other = Grid(grid.name, tuple(
        tuple(_turned(row[column], labels, header.rows[0]) for row in rows)
        for column in range(labels, grid.width)
    ))  # fmt: skip
    beside = frozenset(_turned(cell, labels, header.rows[0]) for cell in sides)
    head = find_header(other, 0, FormPart.FUND_COLUMN, whole.vocabulary, beside)
    read_funds(whole, other, head, beside)
    return last


def _turned(cell: Cell, left: int, top: int) -> Cell:
    return replace(
        cell, row=cell.column - left, column=cell.row - top, rows=cell.columns, columns=cell.rows
    )
