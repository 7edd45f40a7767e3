"""6 export: the reports of a group as JSON lines: a line is the JSON beside a report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalpress.exports.groups import Group, group_format

# A line end and what indents the next line; inside a text of JSON it is never written so.
_BETWEEN = re.compile(rb"\n *")


@group_format("jsonl", "application/jsonl", texts=True)
def json_lines(group: Group) -> Iterator[tuple[str, bytes]]:
    """`reports.jsonl`: one line per report, in the order of the group."""
    lines = (group.documents(of.assessment.key) for of in group.reported)
    yield "reports.jsonl", b"".join(_BETWEEN.sub(b"", line) + b"\n" for line in lines)
