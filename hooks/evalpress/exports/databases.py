"""6 export: the tables of a group as one file of SQLite, with the ids of columns as their names."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal

from evalpress.exports.groups import STEM, Group, group_format
from evalpress.exports.table import Field, FieldKind, Row, Table, Value, told
from evalpress.exports.workbooks import unit_words

_TYPES = {
    FieldKind.TEXT: "TEXT", FieldKind.NUMBER: "REAL", FieldKind.INTEGER: "INTEGER",
    FieldKind.FLAG: "INTEGER", FieldKind.DATE: "TEXT",
}  # fmt: skip
_COLUMNS = ("file", "id", "name", "about", "kind", "unit")


@group_format("sqlite", "application/vnd.sqlite3")
def database(group: Group) -> Iterator[tuple[str, bytes]]:
    """One database: a table per table, and `columns`, which explains them."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        base.execute("BEGIN")
        _explain(base, list(group.rows))
        for table, rows in group.rows.items():
            _fill(base, table, rows)
        base.execute("COMMIT")
        yield f"{STEM}.sqlite", base.serialize()


def _explain(base: sqlite3.Connection, found: list[Table]) -> None:
    base.execute(f"CREATE TABLE columns ({', '.join(f'{name} TEXT' for name in _COLUMNS)})")
    base.executemany(
        f"INSERT INTO columns VALUES ({_marks(len(_COLUMNS))})",
        [[table.file, *_told(table, column)] for table in found for column in table.fields],
    )


def _told(table: Table, column: Field) -> list[str]:
    entry = told(table, column)
    unit = unit_words(table, column)
    return [column.id, entry["name"], entry["about"], str(column.kind), unit]


def _fill(base: sqlite3.Connection, table: Table, rows: list[Row]) -> None:
    columns = [f'"{column.id}" {_TYPES[column.kind]}' for column in table.fields]
    keys = [f"PRIMARY KEY ({_names(table.key)})"]
    if table.key != ("address",):
        keys.append("FOREIGN KEY (address) REFERENCES reports (address)")
    base.execute(f"CREATE TABLE {table.file} ({', '.join([*columns, *keys])})")
    base.executemany(
        f"INSERT INTO {table.file} VALUES ({_marks(len(columns))})",
        ([_stored(value) for value in row] for row in rows),
    )


def _names(ids: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in ids)


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _stored(value: Value) -> str | int | float | None:
    """Numbers as numbers, flags as 0 and 1, days as texts, which SQLite reads as days."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
