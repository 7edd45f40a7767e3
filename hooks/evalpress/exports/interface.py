"""6 export: the static interface below api/v1/: what there is, and the reports, indicators and
changes of each department and year as JSON; other modules add the files of the site as a whole.

Numbers are texts as written, as in a report's own JSON; what is not there is left out. Addresses
are those of the site, from its home page. What stands here keeps its name and its meaning; what
could not would stand below api/v2/.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evalpress.exports.csv_files import written
from evalpress.exports.data_packages import schema
from evalpress.exports.groups import Bundle, Group, group_format
from evalpress.exports.table import Row, Table, Value, tables
from evalpress.model import Key
from evalpress.settings import DataLicence

ROOT = "api/v1/"
INDEX = f"{ROOT}index.json"
_OF_REPORT = ("region", "department_name", "kind", "title", "provenance")
_OF_DOCUMENT = ("department", "project", "id")
_LATEST = ("department_name", "project_name", "level1", "level2", "name", "unit")


@group_format("interface", "application/json", ROOT)
def interface(group: Group) -> Iterator[tuple[str, bytes]]:
    """`reports.json`, `indicators.json` and `changes.json` of a group, where it has any."""
    found = {table.file: [*records(table, rows)] for table, rows in group.rows.items()}
    files = {one.assessment.key.address: one.assessment.key for one in group.reported}
    reports = ({**one, **_files(files[one["address"]])} for one in found["reports"])
    yield "reports.json", interface_file("reports", reports)
    if "indicators" in found:
        yield "indicators.json", interface_file("indicators", _over_years(found["indicators"]))
    if "changes" in found:
        yield "changes.json", interface_file("changes", found["changes"])


def _files(key: Key) -> dict[str, str]:
    return {"json": f"{key.address}{key.name}.json"}


def interface_file(name: str, found: Iterable[Any]) -> bytes:
    """A file of the interface: a list under its name."""
    return as_json({"version": 1, name: [*found]})


def as_json(found: Mapping[str, Any]) -> bytes:
    """An object as the interface writes it."""
    return f"{json.dumps(found, ensure_ascii=False, indent=1)}\n".encode()


def records(table: Table, rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Rows as objects by the ids of their columns, without what is not there."""
    ids = [column.id for column in table.fields]
    for row in rows:
        yield {n: _plain(v) for n, v in zip(ids, row, strict=True) if v not in (None, "")}


def _plain(value: Value) -> str | int | bool:
    return value if isinstance(value, str | int) else written(value)


def _over_years(found: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each indicator with its years, oldest first; the newest name is its name."""
    series: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for one in found:
        series.setdefault(tuple(one.get(n, "") for n in _OF_DOCUMENT), []).append(one)
    for identity, entries in series.items():
        entries.sort(key=lambda one: one["year"])
        newest, dropped = entries[-1], {*_OF_REPORT, *_OF_DOCUMENT, "project_name", "place"}
        years = [{n: v for n, v in one.items() if n not in dropped} for one in entries]
        own = {n: newest[n] for n in _LATEST if n in newest}
        yield {**dict(zip(_OF_DOCUMENT, identity, strict=True)), **own, "years": years}


def index(
    bundles: Iterable[Bundle], feeds: Mapping[str, str], title: str, licence: DataLicence | None,
    **more: Any,
) -> bytes:  # fmt: skip
    """What there is: departments, years, feeds, `more` files of the site as a whole, and what every
    column means."""
    found: dict[str, Any] = {"version": 1, "title": title, "documentation": "data/"}
    if licence:
        found["licence"] = licence.as_data()
    found["groups"] = [_entry(bundle) for bundle in bundles]
    found["feeds"] = [{"title": name, "address": address} for address, name in feeds.items()]
    found |= more
    return as_json(found | {"tables": {one.file: schema(one)["fields"] for one in tables()}})


def _entry(bundle: Bundle) -> dict[str, Any]:
    group = bundle.group
    kind, _, name = group.path.strip("/").partition("/")
    return {
        "kind": kind, **({"id": name} if name else {}), "title": group.title, "page": group.page,
        "files": [file.address for file in bundle.files],
    }  # fmt: skip
