"""The goals of a form, expected beside reached -> their texts."""

from __future__ import annotations

from evalpress.importing.fieldtexts import is_blank
from evalpress.importing.headers import Header
from evalpress.importing.labels import NONE
from evalpress.importing.neutral import Cell, Grid
from evalpress.importing.whole import Whole


def read_goals(whole: Whole, grid: Grid, header: Header, sides: frozenset[Cell]) -> int:
    """Read from the header to the end of the goals; gives the row after them."""
    reading, row = whole.reading, header.rows[1]
    reading.know(*header.cells())
    covered = {at for column in header.columns for at in range(*column.span)}
    while row < len(grid.rows) and not whole.ends(grid, row, sides):
        for column in header.columns:
            means = column.meanings[0] if len(column.meanings) == 1 else NONE
            for cell in grid.across(row, column.span):
                if cell.row != row or is_blank(cell.text):
                    continue
                if means == NONE:
                    reading.leave(cell, "no_field", heading=column.heading)
                elif value := reading.value(cell, cell.text.strip()):
                    goals = reading.goal_targets if means == "target" else reading.goal_actuals
                    goals.append(value)
        outside = [c for c in grid.across(row) if c.row == row and c.column not in covered]
        reading.leave_all((c for c in outside if c not in sides), "no_heading")
        row += 1
    return row
