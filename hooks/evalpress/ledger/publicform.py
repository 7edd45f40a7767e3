"""A public report -> its public data in a fixed form, and the hash of these: what the ledger holds.

The form is independent of how the program prints, exports or names things, and of every default: a
field that a report does not have is left out, a value stands as it was written. Whoever changes the
form gives it a new number, and a function in `_LIFTS` that makes old data into the new form; so a
new version of the program finds no difference where there is none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from pydantic import ValidationError

from evalpress.files.attachments import file_names
from evalpress.model import Evaluated, PublicReport, Reference, ReportContent, WithheldBlock
from evalpress.model.values import Frozen, Written

FORM = 1
Form = dict[str, Any]


def public_form(
    report: PublicReport, reference: Reference, files: Mapping[str, str] | None = None
) -> Form:
    """Everything that a report tells its readers: its content, what is withheld, the words that
    reference data give it, the hashes of its files (of `files`, hashes by name)."""
    content = report.content
    return _given({
        "department": reference.departments[report.key.department].named_in(report.key.year).name,
        "kind": str(report.kind),
        "provenance": str(report.provenance),
        "content": plain(content),
        "order": _orders(content),
        "withheld": dict(report.withheld),
        "headings": _headings(report, reference),
        "tables": _tables(report, reference),
        "files": {name: (files or {}).get(name, "") for name in sorted(set(file_names(content)))},
    })  # fmt: skip


def digest_of_form(form: Form) -> str:
    """The SHA-256 of public data: of their JSON with sorted keys, without blanks, in UTF-8."""
    text = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def lifted(form: Form, number: int) -> Form:
    """Public data of an earlier form in the present one. Raises KeyError for one of a later
    program."""
    for step in range(number, FORM):
        form = _LIFTS[step](form)
    if number > FORM:
        raise KeyError(number)
    return form


_LIFTS: dict[int, Callable[[Form], Form]] = {}


def _given(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if value not in (None, "", (), [], {})}


def plain(node: Any) -> Any:
    """A part of a report as JSON has it: what is at its default left out, values as written."""
    if isinstance(node, Written):
        return node.written
    if isinstance(node, Frozen):
        own, defaults = node.__dict__, _defaults(type(node))
        return {
            key: plain(v)
            for key, v in own.items()
            if key not in _LEADING and (key not in defaults or v != defaults[key])
        }
    if isinstance(node, tuple):
        return [plain(child) for child in node]
    if isinstance(node, dict):
        return {str(key): plain(child) for key, child in node.items()}
    if isinstance(node, Enum):
        return str(node.value)
    if isinstance(node, date):
        return f"{node:%Y-%m-%d %H:%M:%S}" if isinstance(node, datetime) else node.isoformat()
    return str(node) if isinstance(node, Decimal) else node


# What only leads from a report to others, and is nothing that it says.
_LEADING = frozenset({"common"})


@cache
def _defaults(kind: type[Frozen]) -> dict[str, Any]:
    return {name: f.default for name, f in kind.model_fields.items() if not f.is_required()}


_ORDERED = frozenset({"body", "extra"})


def _orders(node: Any, place: str = "") -> dict[str, list[str]]:
    """The order of sections and further entries, which sorted JSON does not tell."""
    found = {}
    for name, child in _below(node):
        below = f"{place}/{name}" if place else name
        if name in _ORDERED and len(child) > 1:
            found[below] = list(child)
        found |= _orders(child, below)
    return found


def _below(node: Any) -> Iterator[tuple[str, Any]]:
    """The parts of a node that may have parts themselves."""
    if isinstance(node, Frozen) and not isinstance(node, Written):
        pairs: Any = node.__dict__.items()
    elif isinstance(node, dict):
        pairs = node.items()
    else:
        pairs = enumerate(node, 1) if isinstance(node, tuple) else ()
    for name, child in pairs:
        if child and isinstance(child, (Frozen, dict, tuple)):
            yield str(getattr(child, "id", None) or name), child


def _headings(report: PublicReport, reference: Reference) -> dict[str, str]:
    """The headings under which the report's sections stand."""
    outline = reference.outline_of(report.content, report.key, report.kind)
    body = report.content.body
    return (
        {s.id: s.heading for s in outline.walk() if s.id in body and s.heading} if outline else {}
    )


def _tables(report: PublicReport, reference: Reference) -> dict[str, Any]:
    """What the report's tables are called and weighed by, by project; "" for the report itself."""
    owners: list[tuple[str, Evaluated]] = [("", report.content)]
    owners += [(project.id, project) for project in report.content.projects]
    found = {name: _table(owner, report, reference) for name, owner in owners}
    return _given(found)


def _table(owner: Evaluated, report: PublicReport, reference: Reference) -> dict[str, Any]:
    funds, scheme = owner.funds, reference.scheme_of(owner, report.key)
    table = reference.fund_table_of(owner, report.key) if funds else None
    used = {column for row in funds.rows for column in row.amounts} if funds else set()
    rows = {row.id for row in funds.rows} if funds else set()
    return _given({
        "unit": (funds.unit or table.unit) if funds and table else None,
        "rows": {r.id: r.name for r in table.rows if r.id in rows and r.name} if table else {},
        "columns": {c.id: c.name for c in table.columns if c.id in used} if table else {},
        "full_marks": _full_marks(scheme) if scheme and (owner.scores or owner.indicators) else {},
    })  # fmt: skip


def _full_marks(scheme: Any) -> dict[str, str]:
    return {d.name: str(d.full_marks) for d in scheme.dimensions if d.full_marks is not None}


def restored(form: Form) -> ReportContent | None:
    """The content of a report that public data of the present form hold; None where this program
    does not understand them."""
    try:
        return ReportContent.model_validate(_with_notices(form.get("content", {})))
    except ValidationError:
        return None


def _with_notices(node: Any) -> Any:
    """Notices as the blocks that they are: no file that a clerk writes may hold one."""
    if isinstance(node, dict):
        if "withheld" in node and node.keys() <= WithheldBlock.model_fields.keys():
            return WithheldBlock(**node)
        return {key: _with_notices(child) for key, child in node.items()}
    return [_with_notices(child) for child in node] if isinstance(node, list) else node
