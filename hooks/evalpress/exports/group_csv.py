"""6 export: the tables of a group as CSV, a file each."""

from __future__ import annotations

from collections.abc import Iterator

from evalpress.exports.groups import Group, group_format


@group_format("csv", "text/csv")
def group_csv(group: Group) -> Iterator[tuple[str, bytes]]:
    """`indicators.csv` and the others that have rows."""
    for table, content in group.csv.items():
        yield f"{table.file}.csv", content
