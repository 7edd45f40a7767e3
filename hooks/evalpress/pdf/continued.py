"""5 print: a table that goes on on the next page begins there with the lines that say so.

Its head holds them for each place where it may be cut (breaks.py); none is shown where the table
begins, the right ones wherever it goes on. Takes the place of WeasyPrint's `table_layout`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import block

from evalpress.pdf.breaks import CONTINUED, PLACE
from evalpress.pdf.merged import has_merged, lay_out_merged


@contextmanager
def own_continuations() -> Iterator[None]:
    """While this lasts, tables say on further pages what they continue."""
    theirs = block.table_layout

    def table_layout(
        context: Any, table: Any, bottom_space: Any, skip_stack: Any, *rest: Any, **more: Any
    ) -> Any:
        shown = _with_lines(table, skip_stack)
        lay_out = lay_out_merged(theirs) if has_merged(table) else theirs
        return lay_out(context, shown, bottom_space, skip_stack, *rest, **more)

    block.table_layout = table_layout
    try:
        yield
    finally:
        block.table_layout = theirs


def _with_lines(table: Any, skip_stack: Any) -> Any:
    """The table with the lines that fit where it begins on this page, if any."""
    if not (table.children and table.children[0].is_header):
        return table
    head = table.children[0]
    lines = [row for row in head.children if CONTINUED in _classes(row)]
    if not lines:
        return table
    place = _place(table, skip_stack)
    chosen = [row for row in lines if row.element.get(PLACE) == place]
    rows = [*chosen, *head.children[len(lines) :]]
    shown = table.copy_with_children([head.copy_with_children(rows), *table.children[1:]])
    upright, level = table.collapsed_border_grid
    shown.collapsed_border_grid = tuple(
        [*borders[: len(chosen)], *borders[len(lines) :]] for borders in (upright, level)
    )
    return shown


def _classes(row: Any) -> list[str]:
    return (row.element.get("class") or "").split() if row.element is not None else []


def _place(table: Any, skip_stack: Any) -> str | None:
    """Where a table goes on, as breaks.py numbers it; None where it begins."""
    if not skip_stack:
        return None
    ((group, rows),) = skip_stack.items()
    ((at, within),) = rows.items() if rows else [(0, None)]
    element = table.children[group].children[at].element
    found: str | None = element.get(f"{PLACE}-within" if within else PLACE)
    return found
