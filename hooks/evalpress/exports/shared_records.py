"""6 export: an indicator that departments share (`common`) -> JSON of the static interface: every
department and year of it, with the columns of the table of indicators.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from evalpress.assess import Catalogue
from evalpress.assess.pooled import sharing
from evalpress.cache.kept import Kept
from evalpress.cache.store import program
from evalpress.exports.interface import ROOT, interface_file, records
from evalpress.exports.table import Reported, tables
from evalpress.model import CommonIndicator, Key
from evalpress.pages.shared_indicators import address_of

_TABLE = "indicator"


def shared_address(name: str) -> str:
    """Where the file of a shared indicator lies, by its id."""
    return f"{ROOT}indicators/{name}.json"


def shared_records(
    catalogue: Catalogue, kept: Kept, parts_of: Callable[[Key], tuple[str, ...]]
) -> dict[str, bytes]:
    """A file for every shared indicator that some report has, by address. A report's rows are made
    where `kept` has none that follow from its `parts_of`."""
    found: dict[str, bytes] = {}
    for name, reports in sharing(catalogue).items():
        keys = sorted(one.key for one in reports)
        rows = [one for key in keys for one in _of_report(catalogue, key, name, kept, parts_of)]
        if rows:
            found[shared_address(name)] = interface_file("indicators", rows)
    return found


def _of_report(
    catalogue: Catalogue, key: Key, name: str, kept: Kept,
    parts_of: Callable[[Key], tuple[str, ...]],
) -> list[dict[str, Any]]:  # fmt: skip
    made = partial(_made, catalogue, key)
    every = json.loads(kept.get(("shared records", program(), *parts_of(key)), made))
    return [one for one in every if one["common"] == name]


def _made(catalogue: Catalogue, key: Key) -> bytes:
    """The rows of a report's indicators that are shared, whichever these are."""
    seen = catalogue.within([key], dated=False)
    table = next(one for one in tables() if one.name == _TABLE)
    rows = records(table, table.rows(Reported(seen, seen.assessments[key])))
    return json.dumps([one for one in rows if "common" in one], ensure_ascii=False).encode()


def listed_indicators(
    known: Iterable[CommonIndicator], files: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """What the directory of the interface says of the shared indicators that have a file."""
    for one in known:
        if (address := shared_address(one.id)) in files:
            yield {
                "id": one.id, "names": list(one.names), "page": address_of(one.id),
                "file": address,
            }  # fmt: skip
