"""5 print: cells over several rows that a page's end cuts stand again where their rows go on.

WeasyPrint leaves their place empty there and draws no line at the cut. Here a table that is cut is
laid out as one whose cells end with the page and begin anew on the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from weasyprint.layout.table import collapse_table_borders

REPEATS = "repeats_an_earlier_page"  # an attribute of boxes that hold no text of their own


class Begun(NamedTuple):
    """A cell of the row with which a page begins: its place among the row's own cells, None for one
    of a row above."""

    number: int | None
    box: Any


def has_merged(table: Any) -> bool:
    """Whether cells of a table take several rows."""
    rows = (row for group in table.children for row in group.children)
    return any(cell.rowspan > 1 for row in rows for cell in row.children)


def lay_out_merged(theirs: Callable[..., Any]) -> Callable[..., Any]:
    """WeasyPrint's `table_layout` for a table with such cells."""

    def table_layout(
        context: Any, table: Any, bottom_space: Any, skip_stack: Any, *rest: Any, **more: Any
    ) -> Any:
        begun, shown, stack = _resumed(table, skip_stack)
        _draw_lines(shown, shown)
        found, resume_at, *others = theirs(context, shown, bottom_space, stack, *rest, **more)
        if found is not None and resume_at:
            group, at, within = _place(resume_at)
            if within is None:
                _draw_lines(found, _cut(shown, group, at))
            elif begun and skip_stack and _place(skip_stack)[:2] == (group, at):
                resume_at = {group: {at: _as_of_row(begun, within)}}
        return found, resume_at, *others

    return table_layout


def _place(stack: Any) -> tuple[int, int, Any]:
    """Row group, row, and what of the row's cells is done, where a page begins or ends."""
    ((group, rows),) = stack.items()
    ((at, within),) = rows.items() if rows else [(0, None)]
    return group, at, within


def _draw_lines(table: Any, source: Any) -> None:
    """Let a table have the lines between cells that `source` has, a table of the same rows."""
    rows = sum(len(group.children) for group in source.children)
    table.collapsed_border_grid = collapse_table_borders(source, len(table.column_widths), rows)


def _resumed(table: Any, skip_stack: Any) -> tuple[Sequence[Begun], Any, Any]:
    """The first row of the page, the table that begins with it, and where it does."""
    if not skip_stack:
        return (), table, skip_stack
    group, at, within = _place(skip_stack)
    begun = _begun(table, group, at)
    if within is None:
        return begun, _cut(table, group, at), skip_stack
    for one in begun:
        if one.box.rowspan > 1:
            setattr(one.box, REPEATS, True)
    return begun, _cut(table, group, at, begun), {group: {at: _as_begun(begun, within)}}


def _begun(table: Any, group: int, at: int) -> list[Begun]:
    """The cells of a row, and copies of those above that reach into it, in their order."""
    rows = table.children[group].children
    own = [Begun(number, cell.copy()) for number, cell in enumerate(rows[at].children)]
    above = (
        (cell, before + cell.rowspan - at)
        for before, row in enumerate(rows[:at])
        for cell in row.children
    )
    again = [Begun(None, _piece(cell, left, True)) for cell, left in above if left > 0]
    return sorted([*own, *again], key=lambda one: one.box.grid_x)


def _piece(cell: Any, rows: int, repeats: bool = False) -> Any:
    """The part of a cell that takes so many rows."""
    piece = cell.copy()
    piece.rowspan = rows
    if repeats:
        setattr(piece, REPEATS, True)
    return piece


def _cut(table: Any, group: int, at: int, begun: Sequence[Begun] = ()) -> Any:
    """The table with its cells cut above a row."""
    body = table.children[group]
    above = [
        row.copy_with_children(
            [_piece(cell, min(cell.rowspan, at - before)) for cell in row.children]
        )
        for before, row in enumerate(body.children[:at])
    ]
    first = [one.box for one in begun or _begun(table, group, at)]
    rows = [*above, body.children[at].copy_with_children(first), *body.children[at + 1 :]]
    groups = [*table.children]
    groups[group] = body.copy_with_children(rows)
    return table.copy_with_children(groups)


def _as_begun(begun: Sequence[Begun], within: Mapping[int, Any]) -> dict[int, Any]:
    """What of a row's cells is done, by their places among those that the page begins with; cells
    over several rows are shown again."""
    numbers = {one.number: at for at, one in enumerate(begun)}
    done = {numbers[number]: done for number, done in within.items()}
    again = {at: {0: None} for at, one in enumerate(begun) if one.box.rowspan > 1}
    return {**again, **done}


def _as_of_row(begun: Sequence[Begun], within: Mapping[int, Any]) -> dict[int, Any]:
    """The same by their places among the row's own cells."""
    own = ((begun[at], done) for at, done in within.items())
    return {
        one.number: done for one, done in own if one.number is not None and one.box.rowspan == 1
    }
