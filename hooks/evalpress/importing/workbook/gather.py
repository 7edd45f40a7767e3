"""The rows of the form's tables -> the tree of a report, its texts with the cells that they stand
in. What cannot be placed is told with its cell and stays out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from evalpress.authoring.sheet import Tree
from evalpress.importing.drafts import Sourced, Unplaced
from evalpress.importing.modeltree import ValueKind
from evalpress.importing.workbook.formrows import OWNER, Path_, Row, is_mark, kind_of_value
from evalpress.importing.workbook.formsheets import (
    BODY,
    GRIDS,
    PROJECTS,
    STATE,
    TABLES,
    Kind,
    Shape,
    Table,
)
from evalpress.model import Table as GridModel
from evalpress.model import TableColumn
from evalpress.wording import word


@dataclass
class Gathered:
    """The tree, where each of its places stands in the file (also those that are empty), and what
    found no place."""

    tree: Tree = field(default_factory=dict)
    cells: dict[Path_, str] = field(default_factory=dict)
    unplaced: list[Unplaced] = field(default_factory=list)


def gather(
    rows: Mapping[str, list[Row]], empty: Iterable[tuple[str, str, Any]], owners: Mapping[str, int]
) -> Gathered:
    """The tree of all rows, which come in their order; `owners` are the projects' words with their
    positions."""
    gathering = _Gathering(owners)
    gathering.run(rows)
    for owner, path, value in empty:
        gathering.restore(owner, path, value)
    return gathering.found


@dataclass
class _Pending:
    """A text that stands in the sheet of texts: where it goes, and its mark."""

    holder: Tree
    key: str
    mark: str
    source: str


class _Gathering:
    """Puts rows into one tree."""

    def __init__(self, owners: Mapping[str, int]) -> None:
        self.found, self.owners = Gathered({STATE: "draft"}), owners
        self.pending: list[_Pending] = []
        self.grids: dict[str, Tree] = {}
        self.elsewhere: dict[str, tuple[list[Any], Row]] = {}

    def run(self, rows: Mapping[str, list[Row]]) -> None:
        self._grids(rows[GRIDS.name])
        others = [table for table in TABLES.values() if table not in (PROJECTS, BODY, GRIDS)]
        for table in (PROJECTS, *others):
            self._table(table, rows[table.name])
        _Texts(self).run(rows[BODY.name])
        for entry in self.pending:
            self._resolve(entry)
        for blocks, row in self.elsewhere.values():
            if blocks:
                self.refuse(row, "section", "no_mark")

    def refuse(self, row: Row, column: str, why: str) -> None:
        """Tell a text that goes nowhere."""
        source = row.cells.get(column) or next(iter(row.cells.values()), "")
        text = row.values.get(column) or row.name or next(iter(row.values.values()), "")
        entry = Unplaced(source, text, word("workbook", "unplaced", why))
        self.found.unplaced.append(entry)

    def _table(self, table: Table, rows: list[Row]) -> None:
        last: dict[str, tuple[Tree, Path_]] = {}
        for row in rows:
            start = self.start(row, last)
            if start is None:
                continue
            item, path = self._place(row, *start)
            if isinstance(item, dict):
                last[row.kind.name] = item, path

    def start(self, row: Row, last: Mapping[str, tuple[Tree, Path_]]) -> tuple[Tree, Path_] | None:
        """What the row belongs to: the report, a project, or the row above it."""
        if row.kind.inside:
            if row.kind.inside not in last:
                self.refuse(row, next(iter(row.values), ""), "nothing_above")
            return last.get(row.kind.inside)
        if not row.owner:
            return self.found.tree, ()
        position = self.owners.get(row.owner)
        if position is None or not row.kind.is_of_projects:
            self.refuse(row, OWNER, "no_owner" if position is None else "not_of_projects")
            return None
        return self.found.tree["projects"][position], ("projects", position)

    def _place(self, row: Row, holder: Tree, base: Path_) -> tuple[Any, Path_]:
        """Put a row's item where it belongs; gives it, and the way to it."""
        path = row.kind.path
        if row.kind.shape is Shape.ONE:
            at = (*base, *path)
            for step in path:
                holder = holder.setdefault(step, {})
            return self.item(row, at, holder), at
        for step in path[:-1]:
            holder = holder.setdefault(step, {})
        if row.kind.shape is Shape.PAIRS:
            pairs = holder.setdefault(path[-1], {})
            at = (*base, *path, row.values.get(row.kind.key, ""))
            pairs[row.values.get(row.kind.key, "")] = item = self.item(row, at)
            return item, at
        siblings = holder.setdefault(path[-1], [])
        at = (*base, *path, len(siblings))
        item = self.item(row, at)
        siblings.append(item)
        return item, at

    def item(self, row: Row, at: Path_, into: Tree | None = None) -> Any:
        """What a row stands for: a text or a mapping, its texts with their cells."""
        texts = {
            column: text
            for column, text in row.values.items()
            if text and row.shown.get(column) != text and self._field(row.kind, column) is not None
        }
        only = texts.keys() <= {row.kind.text} and not row.id and not row.empty
        if row.kind.text and only and (texts or row.kind.model is None):
            self.found.cells[at] = row.cells.get(row.kind.text, "")
            return Sourced(texts.get(row.kind.text), row.cells.get(row.kind.text, ""))
        item: Tree = {} if into is None else into
        item |= {"id": row.id} if row.id else {}
        for column in dict.fromkeys((*texts, *row.cells)):
            field_ = self._field(row.kind, column)
            if field_:
                self._put(row, item, column, field_, at, texts.get(column))
        for key, value in row.empty.items():
            _set(item, key.split("."), value)
        for name, info in (row.kind.model.model_fields if row.kind.model else {}).items():
            if info.is_required() and name in ("text", "table"):
                item.setdefault(name, None)
        return item

    def _field(self, kind: Kind, column: str) -> str | None:
        return column if column == kind.text and kind.model is None else kind.field(column)

    def _put(
        self, row: Row, item: Tree, column: str, field_: str, at: Path_, text: str | None
    ) -> None:
        steps = field_.split(".")
        source = row.cells.get(column, "")
        self.found.cells[(*at, *steps)] = source
        if text is None:
            return
        if kind_of_value(row.kind, column) is ValueKind.BLOCKS and is_mark(text):
            self.pending.append(_Pending(item, field_, text, source))
            item[field_] = None  # holds the place of what comes from the sheet of texts
            return
        _set(item, steps, Sourced(text, source))

    def _resolve(self, entry: _Pending) -> None:
        blocks, _ = self.elsewhere.pop(_squeezed(entry.mark), (None, None))
        if blocks is None:
            del entry.holder[entry.key]
            why = word("workbook", "unplaced", "lost_mark")
            self.found.unplaced.append(Unplaced(entry.source, entry.mark, why))
            return
        is_text = len(blocks) == 1 and not isinstance(blocks[0], dict)
        entry.holder[entry.key] = blocks[0] if is_text else blocks

    def restore(self, owner: str, path: str, value: Any) -> None:
        """Set what the report held without a text, where nothing else stands now."""
        position = self.owners.get(owner)
        if owner and position is None:
            return
        holder = self.found.tree["projects"][position] if owner else self.found.tree
        steps = path.split(".")
        for step in steps[:-1]:
            holder = holder.get(step) if isinstance(holder, dict) else None
        if isinstance(holder, dict):
            holder.setdefault(steps[-1], value)

    # --- free tables ----------------------------------------------------------------------------

    def _grids(self, rows: list[Row]) -> None:
        """The rows of free tables, by their marks."""
        mark = ""
        for row in rows:
            mark = _squeezed(row.values.get("grid") or mark)
            grid = self.grids.setdefault(mark, {"rows": [], "last": row})
            if row.kind.name in grid and row.kind.name != "row":
                self.refuse(row, "grid", "second_head")
            elif row.kind.name == "row":
                grid["rows"].append(row)
            else:
                grid[row.kind.name] = row

    def grid(self, row: Row, at: Path_) -> Tree:
        """Columns and rows of the free table that a row of the texts names."""
        found = self.grids.pop(_squeezed(row.values.get("reference", "")), None)
        if found is None or "head" not in found:
            self.refuse(row, "reference", "lost_grid")
            return {"columns": [], "rows": []}
        width = max([0, *(_width(r) for r in (found["head"], *found["rows"]))])
        columns = [self._grid_column(found, n, (*at, "columns")) for n in range(1, width + 1)]
        rows = [self._grid_row(r, width, (*at, "rows", n)) for n, r in enumerate(found["rows"])]
        return {"columns": columns, "rows": rows}

    def _grid_row(self, row: Row, width: int, at: Path_) -> Any:
        cells = [self._grid_cell(row, number, at) for number in range(1, width + 1)]
        source = next((cell.source for cell in cells if cell), row.cells.get("grid", ""))
        return Sourced([cell.value if cell else None for cell in cells], source)

    def _grid_cell(self, row: Row, number: int, at: Path_) -> Sourced | None:
        key = f"cells.{number}"
        self.found.cells[(*at, number - 1)] = row.cells.get(key, "")
        text = row.values.get(key)
        return Sourced(text, row.cells.get(key, "")) if text else None

    def _grid_column(self, found: Tree, number: int, at: Path_) -> Any:
        name = self._grid_cell(found["head"], number, at)
        more = {
            kind: self._grid_cell(found[kind], number, (*at, number - 1, kind))
            for kind in ("group", "numeric")
            if kind in found
        }
        more = {key: value for key, value in more.items() if value is not None}
        assert TableColumn.from_text == "name"
        return {"name": name, **more} if more else name


def _width(row: Row) -> int:
    filled = [int(key.split(".")[1]) for key, text in row.values.items() if "." in key and text]
    return max(filled, default=0)


def _squeezed(mark: str) -> str:
    return "".join(mark.split())


def _set(item: Tree, steps: list[str], value: Any) -> None:
    for step in steps[:-1]:
        item = item.setdefault(step, {})
    item.setdefault(steps[-1], value)


@dataclass
class _Level:
    """A row that others can stand below: its blocks, and what gets them with the first of them."""

    row: Row
    blocks: list[Any]
    at: Path_
    holder: Tree | None = None

    def append(self, block: Any) -> None:
        """Put a block below the row."""
        if self.holder is not None and not self.blocks:
            self.holder[str(self.at[-1])] = self.blocks
        self.blocks.append(block)


class _Texts:
    """Puts the rows of the sheet of texts below one another, by their levels."""

    def __init__(self, gathering: _Gathering) -> None:
        self.gathering = gathering
        self.levels: list[_Level] = []  # from the section down
        self.items: list[tuple[list[Any], int]] = []
        self.sections: dict[Path_, _Level] = {}

    def run(self, rows: list[Row]) -> None:
        """Place all rows, in their order."""
        for row in rows:
            if row.kind.name == "section":
                self._section(row)
            elif row.kind.name == "elsewhere":
                mark = _squeezed(row.values.get("section", ""))
                level = _Level(row, [], ("elsewhere", mark))
                self.gathering.elsewhere[mark] = level.blocks, row
                self.levels = [level]
            else:
                self._block(row)
        for siblings, position in self.items:
            if siblings[position].keys() == {"text"}:
                siblings[position] = siblings[position]["text"]

    def _section(self, row: Row) -> None:
        start = self.gathering.start(row, {})
        if start is None:
            self.levels = []
            return
        holder, base = start
        sections = holder.setdefault("body", {})
        name = row.values.get("section", "")
        at = (*base, "body", name)
        item = self.gathering.item(row, at)
        self.gathering.found.cells[at] = row.cells.get("section", "")
        if name in sections:
            self.gathering.refuse(row, "section", "second_section")
            self.levels = [self.sections[at]]
            return
        blocks: list[Any] = []
        sections[name] = item or blocks
        level = _Level(row, blocks, (*at, "content"), item) if item else _Level(row, blocks, at)
        self.sections[at] = level
        self.levels = [level]

    def _block(self, row: Row) -> None:
        level = self._level(row, int(row.values.get("level") or 1))
        if level is None:
            self.gathering.refuse(row, "text", "no_section")
            return
        at = (*level.at, len(level.blocks))
        item = self.gathering.item(row, at)
        if row.kind.model is GridModel:
            item |= self.gathering.grid(row, at)
        if row.kind.name == "item" and not isinstance(item, dict):
            item = {"text": item}
        level.append(item)
        if row.kind.name == "item":
            self.items.append((level.blocks, len(level.blocks) - 1))
        if row.kind.name == "list":
            item["list"] = []
        if row.kind.path:
            below = (*at, *row.kind.path)
            self.levels.append(_Level(row, item.get("list", []), below, item))

    def _level(self, row: Row, wanted: int) -> _Level | None:
        """What the row stands below: the last row a level higher that can hold it."""
        del self.levels[max(wanted, 1) :]
        inside_list = row.kind.inside == "list"
        while len(self.levels) > 1 and (self.levels[-1].row.kind.name == "list") != inside_list:
            self.levels.pop()
        fits = self.levels and (self.levels[-1].row.kind.name == "list") == inside_list
        return self.levels[-1] if fits else None
