"""A row of a table between a report's tree and a sheet, and the ways through both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from evalpress.authoring.sheet import Tree
from evalpress.importing.modeltree import ValueKind, value_kind
from evalpress.importing.workbook.formsheets import EVERY, Kind, Table, owner_of
from evalpress.wording import word

Path_ = tuple[str | int, ...]
OWNER, KIND = (
    "(owner)",
    "(kind)",
)  # columns that hold no field: whose row it is, and what it stands for


@dataclass
class Row:
    """A row: what it stands for, its texts by column, and what no column shows.

    `shown` are texts that stand in the row though the report does not hold them, `empty` what it
    holds without a text, by its path below the row. A row that is not `is_held` only offers its
    place; what it `offered` counts once somebody has filled in more. `cells` says where the texts
    stand in a file, `notes` what a form says about them.
    """

    kind: Kind
    values: dict[str, str] = field(default_factory=dict)
    base: Path_ = ()
    id: str = ""
    is_held: bool = True
    shown: dict[str, str] = field(default_factory=dict)
    empty: dict[str, Any] = field(default_factory=dict)
    offered: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def owner(self) -> str:
        """The project that the row belongs to; nothing for the report itself."""
        return self.values.get(OWNER, "")

    @property
    def name(self) -> str:
        """The texts by which the row is known again."""
        return " ".join(filter(None, (self.values.get(key, "") for key in self.kind.naming)))

    @property
    def identity(self) -> str:
        """What the row is known by: its kind, whose it is, and its name; nothing without a name."""
        return f"{self.kind.name}|{self.owner}|{self.name}" if self.name else ""

    @property
    def is_blank(self) -> bool:
        """True where nothing was written that is the report's own."""
        unasked = {**self.offered, **self.shown}
        own = (key for key in self.values if key not in (OWNER, KIND))
        return not any(self.values[key] and self.values[key] != unasked.get(key) for key in own)


def get(node: Any, path: Path_) -> Any:
    """What stands at the end of a path; None where it does not lead on."""
    for step in path:
        if isinstance(node, dict):
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return None
    return node


def leaves(node: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every text of a tree, and what is empty, with the way to it."""
    if isinstance(node, dict) and node:
        for key, child in node.items():
            yield from leaves(child, (*path, key))
    elif isinstance(node, list) and node:
        for number, child in enumerate(node):
            yield from leaves(child, (*path, number))
    else:
        yield path, node


def kind_of_value(kind: Kind, column: str) -> ValueKind:
    """How what stands in a column of a row of this kind is written."""
    found = kind.field(column)
    owner = owner_of(kind.model, found) if kind.model and found else None
    return value_kind(*owner) if owner else ValueKind.TEXT


def columns_of(table: Table, kind: Kind, item: Tree) -> Iterator[tuple[str, str]]:
    """The columns of a table that a row of this kind fills, each with its field."""
    for column in table.columns:
        prefix, _, rest = column.key.rpartition(".")
        if rest == EVERY:
            yield from ((f"{prefix}.{key}",) * 2 for key in item.get(prefix) or {})
        elif field_ := kind.field(column.key):
            yield column.key, field_


def mark_of(number: int) -> str:
    """What stands in a cell whose text stands in the sheet of texts."""
    return word("workbook", "mark").format(number)


@cache
def _mark_pattern() -> re.Pattern[str]:
    return re.compile(re.escape(word("workbook", "mark")).replace(r"\{\}", r"\s*\d+\s*"))


def is_mark(text: str) -> bool:
    """True for a text that points to the sheet of texts."""
    return bool(_mark_pattern().fullmatch(text.strip()))
