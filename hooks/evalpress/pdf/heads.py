"""5 print: a table (ElementTree) -> the heads that a screen reader says for each of its cells.

A form names them cell by cell. Else only for tables whose rows stand in groups: in all others the
scopes of the heads say enough, but a PDF has no scope for the head of a group (ISO 32000-1, table
349).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalpress.pdf.columns import placed

_GROUP = "rowgroup"


def heads_of_cells(table: Any) -> dict[Any, list[Any]]:
    """The heads that cells name, or those of each cell below the head of a group, in the order in
    which they are said: its group, its columns, its row. Empty for a table without groups."""
    if named := named_heads(table):
        return named
    if not any(cell.get("scope") == _GROUP for cell in table.iter("th")):
        return {}
    head = table.find("thead")
    in_head = set(head.iter("tr")) if head is not None else set()
    columns: dict[int, list[Any]] = {}
    group: Any = None
    found: dict[Any, list[Any]] = {}
    for row, cells in _by_rows(table):
        if row in in_head:
            _learn(columns, cells)
        elif any(cell.get("scope") == _GROUP for _, _, cell in cells):
            group = next(cell for _, _, cell in cells if cell.get("scope") == _GROUP)
        elif group is not None:
            found |= _of_row(group, columns, cells)
    return found


def named_heads(table: Any) -> dict[Any, list[Any]]:
    """The heads of each cell that names some (`headers`)."""
    heads = {cell.get("id"): cell for cell in table.iter("th") if cell.get("id")}
    cells = (cell for tag in ("td", "th") for cell in table.iter(tag) if cell.get("headers"))
    return {cell: [heads[name] for name in cell.get("headers").split()] for cell in cells}


def _by_rows(table: Any) -> Iterator[tuple[Any, list[tuple[int, int, Any]]]]:
    rows: dict[Any, list[tuple[int, int, Any]]] = {row: [] for row in table.iter("tr")}
    owners = {cell: row for row in rows for cell in row}
    for at, over, cell in placed(table):
        rows[owners[cell]].append((at, over, cell))
    yield from rows.items()


def _learn(columns: dict[int, list[Any]], cells: list[tuple[int, int, Any]]) -> None:
    for at, over, cell in cells:
        for column in range(at, at + over) if cell.tag == "th" else ():
            columns.setdefault(column, []).append(cell)


def _of_row(
    group: Any, columns: dict[int, list[Any]], cells: list[tuple[int, int, Any]]
) -> dict[Any, list[Any]]:
    names = [cell for _, _, cell in cells if cell.tag == "th"]
    found = {}
    for at, over, cell in cells:
        above = [head for column in range(at, at + over) for head in columns.get(column, ())]
        own = [] if cell.tag == "th" else [*above, *names]
        found[cell] = list(dict.fromkeys([group, *own]))
    return found
