"""The tree of a report -> the rows of the form's tables; nothing of it goes without a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from evalpress.authoring.sheet import Tree
from evalpress.importing.modeltree import ValueKind
from evalpress.importing.workbook.formrows import (
    OWNER,
    Path_,
    Row,
    columns_of,
    get,
    is_mark,
    kind_of_value,
    leaves,
    mark_of,
)
from evalpress.importing.workbook.formsheets import BODY, GRIDS, STATE, TABLES, Kind, Shape, Table
from evalpress.model import BLOCK_KEYS
from evalpress.wording import word


@dataclass
class Spread:
    """The rows by table, and what is empty without belonging to a row: whose it is, where it is,
    and which kind of emptiness."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    empty: list[tuple[str, str, Any]] = field(default_factory=list)


def spread(tree: Tree) -> Spread:
    """All rows of a tree that `tree_of` made. Raises ValueError for a text without a column, which
    is a bug of the declaration."""
    return _Spreading(tree).run()


def project_words(tree: Tree) -> list[str]:
    """By which words rows name the projects inside a report, in their order."""
    names = [str(project.get("name") or "") for project in tree.get("projects") or []]
    ids = [str(project.get("id") or "") for project in tree.get("projects") or []]
    return [
        name if name and names.count(name) == 1 else word("workbook", "ambiguous").format(name, id_)
        for name, id_ in zip(names, ids, strict=True)
    ]


class _Spreading:
    """Walks the declaration over a tree and notes which of its texts have a cell."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.found = tree, Spread()
        self.told: set[Path_] = {(STATE,)}
        self.elsewhere: list[tuple[str, Path_]] = []
        self.grids = 0

    def run(self) -> Spread:
        words = enumerate(project_words(self.tree))
        owners = [("", ()), *((name, ("projects", n)) for n, name in words)]
        for owner, base in owners:
            for table in TABLES.values():
                for kind in table.kinds:
                    if not kind.inside and (kind.path or kind.model):
                        self._kind(table, kind, owner, base)
        for mark, base in self.elsewhere:
            row = Row(BODY.kind("elsewhere"), {"section": mark}, (*base, "elsewhere"))
            self.found.rows[BODY.name].append(row)
            self._blocks(base, 1)
        self._rest(owners)
        return self.found

    def _kind(self, table: Table, kind: Kind, owner: str, base: Path_) -> None:
        if owner and not kind.is_of_projects:
            return
        at = (*base, *kind.path)
        for path, key in self._items(kind, at):
            row = self._row(table, kind, owner, path)
            if key:
                row.values[kind.key] = key
            if table is BODY:
                self._blocks((*path, "content") if "content" in get_dict(self.tree, path) else path)

    def _items(self, kind: Kind, at: Path_) -> Iterator[tuple[Path_, str]]:
        found = get(self.tree, at)
        if isinstance(found, list):
            yield from (((*at, n), "") for n in range(len(found)))
        elif isinstance(found, dict) and kind.shape is Shape.PAIRS:
            yield from (((*at, key), key) for key in found)
        elif found is not None:
            yield at, ""

    def _row(self, table: Table, kind: Kind, owner: str, at: Path_) -> Row:
        item = get(self.tree, at)
        row = Row(kind, {OWNER: owner} if owner else {}, at)
        self.found.rows[table.name].append(row)
        if isinstance(item, str):
            self._put(row, kind.text, item, at)
        elif isinstance(item, dict):
            row.id = str(item.get("id") or "")
            self.told |= {(*at, "id")} if row.id else set()
            for column, field_ in columns_of(table, kind, item):
                self._cell(row, column, (*at, *field_.split(".")))
        for child in table.kinds:
            if child.inside == kind.name:
                for path, _ in self._items(child, (*at, *child.path)):
                    self._row(table, child, owner, path)
        return row

    def _cell(self, row: Row, column: str, path: Path_) -> None:
        value = get(self.tree, path)
        is_text = kind_of_value(row.kind, column) is ValueKind.BLOCKS
        if is_text and (isinstance(value, list) or is_mark(value or "")):
            row.values[column] = mark_of(len(self.elsewhere) + 1)
            self.elsewhere.append((row.values[column], path))
        elif isinstance(value, str):
            self._put(row, column, value, path)

    def _put(self, row: Row, column: str, text: str, path: Path_) -> None:
        row.values[column] = text
        self.told.add(path)

    # --- texts ----------------------------------------------------------------------------------

    def _blocks(self, at: Path_, level: int = 1, in_list: bool = False) -> None:
        found = get(self.tree, at)
        if isinstance(found, str):
            self._block(at, level, in_list)
        for number in range(len(found) if isinstance(found, list) else 0):
            self._block((*at, number), level, in_list)
        if found == []:
            self.told.add(at)

    def _block(self, at: Path_, level: int, in_list: bool) -> None:
        kind = _kind_of_block(get(self.tree, at), in_list)
        row = self._row(BODY, kind, "", at)
        row.values["level"] = str(level)
        if kind.name == "table":
            self._grid(row, at)
        elif kind.path and isinstance(get(self.tree, at), dict):
            self._blocks((*at, *kind.path), level + 1, kind.name == "list")

    def _grid(self, row: Row, at: Path_) -> None:
        """A free table goes to a sheet of its own, by its mark."""
        self.grids += 1
        mark = row.values["reference"] = word("workbook", "grid").format(self.grids)
        self.told |= {(*at, "table")}
        columns = [c if isinstance(c, dict) else {"name": c} for c in get(self.tree, at)["columns"]]
        self._grid_row("head", mark, [column["name"] for column in columns])
        for kind in ("group", "numeric"):
            if any(column.get(kind) for column in columns):
                self._grid_row(kind, mark, [column.get(kind) for column in columns])
        for cells in get(self.tree, at)["rows"]:
            self._grid_row("row", mark, cells)
        for part in ("columns", "rows"):
            self.told |= {path for path, _ in leaves(get(self.tree, (*at, part)), (*at, part))}

    def _grid_row(self, kind: str, mark: str, cells: list[str | None]) -> None:
        texts = {f"cells.{n}": text for n, text in enumerate(cells, 1) if text}
        self.found.rows[GRIDS.name].append(Row(GRIDS.kind(kind), {"grid": mark, **texts}))

    # --- what no cell shows ---------------------------------------------------------------------

    def _rest(self, owners: list[tuple[str, Path_]]) -> None:
        rows = {
            row.base: row
            for found in self.found.rows.values()
            for row in found
            if row.base and row.kind.shape is not Shape.ONE
        }
        for path, value in leaves(self.tree):
            if path in self.told or path in rows:
                continue
            if value not in (None, [], {}):
                raise ValueError(f"no column for {path}")
            base = next((path[:n] for n in range(len(path), 0, -1) if path[:n] in rows), None)
            if base and (base[0] != "projects" or len(base) > 2):
                rows[base].empty[".".join(map(str, path[len(base) :]))] = value
            else:
                owner, start = next(o for o in reversed(owners) if path[: len(o[1])] == o[1])
                self.found.empty.append((owner, ".".join(map(str, path[len(start) :])), value))


def get_dict(tree: Tree, path: Path_) -> Tree:
    """What stands at the end of a path where that is a mapping; else an empty one."""
    found = get(tree, path)
    return found if isinstance(found, dict) else {}


def _kind_of_block(node: Any, in_list: bool) -> Kind:
    if in_list:
        return BODY.kind("item")
    key = next(key for key in BLOCK_KEYS if key in node) if isinstance(node, dict) else "text"
    return BODY.kind("paragraph" if key == "text" else key)
