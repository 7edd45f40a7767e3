"""6 export: what a group's CSV files are, as a Data Package (Frictionless, version 1 of the
standard): schemas, units, keys between tables, and the licence, if the bureau gives one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from evalpress.exports.groups import Group, group_format
from evalpress.exports.table import Field, FieldKind, Table, tables, told
from evalpress.exports.workbooks import unit_words
from evalpress.wording import word

_TYPES = {
    FieldKind.TEXT: "string", FieldKind.NUMBER: "number", FieldKind.INTEGER: "integer",
    FieldKind.FLAG: "boolean", FieldKind.DATE: "date",
}  # fmt: skip


@group_format("datapackage", "application/json")
def data_package(group: Group) -> Iterator[tuple[str, bytes]]:
    """`datapackage.json` beside the CSV files."""
    text = json.dumps(_package(group), ensure_ascii=False, indent=1)
    yield "datapackage.json", f"{text}\n".encode()


def _package(group: Group) -> dict[str, Any]:
    found: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "-".join(["evaluations", *group.path.strip("/").split("/")]),
        "title": group.title,
        "description": word("groups", "package"),
    }
    if group.licence:
        found["licenses"] = [group.licence.as_data()]
    return found | {"resources": [_resource(group, table) for table in group.rows]}


def _resource(group: Group, table: Table) -> dict[str, Any]:
    content = group.csv[table]
    return {
        "profile": "tabular-data-resource",
        "name": table.file,
        "path": f"{table.file}.csv",
        "title": table.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema(table),
    }


def schema(table: Table) -> dict[str, Any]:
    """A table's Table Schema; its columns are named as in the file, `id` is what they are called
    in the database and the interface."""
    found: dict[str, Any] = {
        "fields": [_field(table, column) for column in table.fields],
        "missingValues": [""],
        "primaryKey": [_name(table, name) for name in table.key],
    }
    if table.key != ("address",):
        report = next(one for one in tables() if one.name == "report")
        reference = {"resource": report.file, "fields": [_name(report, "address")]}
        found["foreignKeys"] = [{"fields": [_name(table, "address")], "reference": reference}]
    return found


def _name(table: Table, column: str) -> str:
    return told(table, Field(column))["name"]


def _field(table: Table, column: Field) -> dict[str, Any]:
    entry = told(table, column)
    found: dict[str, Any] = {
        "name": entry["name"], "id": column.id, "type": _TYPES[column.kind],
        "description": entry["about"],
    }  # fmt: skip
    if unit := unit_words(table, column):
        found["unit"] = unit
    if column.kind is FieldKind.FLAG:
        found |= {"trueValues": [word("flags", "yes")], "falseValues": [word("flags", "no")]}
    if column.id in table.key:
        found["constraints"] = {"required": True}
    return found
