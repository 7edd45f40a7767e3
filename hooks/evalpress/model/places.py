"""Places inside a report, named by ids: `funds/total/executed`, `body/overview`.

Corrections, withheld fields and waivers point at places, so that they hold when something is added
elsewhere. Names of mere containers (rows, items, content …) are left out of a place.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from evalpress.model import FundLine, FundTable, Label, Outline, ReportContent, SectionText
from evalpress.model.values import Written
from evalpress.wording import field_name, words

Steps = tuple[str | int, ...]
_CONTAINERS = {"rows", "amounts", "items", "content", "list", "stages"}


def places(content: BaseModel) -> dict[str, tuple[Steps, Any]]:
    """Every place of a report that holds something, with the way to it and what is there.

    What has neither id nor name is named by its position, as `2`; see `is_lasting`.
    """
    found: dict[str, tuple[Steps, Any]] = {}
    for place, steps, value in walk(content):
        found.setdefault(place, (steps, value))
    return found


Part = tuple[str, Steps, Any]


def walk(content: BaseModel) -> list[Part]:
    """Every part of a report that holds something: its place, the way to it, and what it is.

    One place can name several parts: a container beside its only entry, a column beside a field.
    """
    found: list[Part] = []
    _visit(content, "", (), found)
    return found


def is_lasting(place: str) -> bool:
    """False for a place that is named by a position, which the next edit may shift."""
    return not any(part.isdigit() for part in place.split("/"))


def _visit(node: Any, place: str, steps: Steps, found: list[Part]) -> None:
    """Add what is below a node. Every report is walked at every check, so this is kept quick: one
    list for all, and no call for what has no parts."""
    start = f"{place}/" if place else ""
    for step, name, child in _children(node):
        if not child and isinstance(child, _CONTAINER_TYPES):
            continue
        below = start + name if name else place
        way = (*steps, step)
        if below:
            found.append((below, way, child))
        kind = type(child)
        if kind is not str and not issubclass(kind, _LEAVES):
            _visit(child, below, way, found)


_LEAVES = (str, Decimal, int, date, Written)
_CONTAINER_TYPES = (tuple, dict)


def _children(node: Any) -> list[tuple[str | int, str, Any]]:
    """What a node holds but for None, with the step to it and its name."""
    if isinstance(node, tuple):
        return [
            (i, _own_name(child) or str(i + 1), child)
            for i, child in enumerate(node)
            if child is not None
        ]
    if isinstance(node, dict):
        return [(key, str(key), child) for key, child in node.items() if child is not None]
    if isinstance(node, BaseModel):
        return [
            (key, "" if key in _CONTAINERS else key, child)
            for key, child in node.__dict__.items()
            if child is not None
        ]
    return []


def _own_name(node: Any) -> str:
    if not isinstance(node, BaseModel):
        return ""
    own = node.__dict__
    return str(own.get("id") or own.get("name") or "")


def describe(
    place: str,
    content: ReportContent,
    table: FundTable | None = None,
    outline: Outline | None = None,
    known: Mapping[str, tuple[Steps, Any]] | None = None,
) -> str:
    """The place in Chinese, for readers: 资金 › 年度资金总额 › 全年执行数; a part that has no name
    is shown by its key.

    `table` and `outline` are the report's; they have the names of rows, columns and sections.
    `known` are the report's places where they have been walked before.
    """
    headings = {s.id: s.heading for s in outline.walk() if s.heading} if outline else {}
    known = places(content) if known is None else known
    parts = place.split("/")
    shown: list[str] = []
    owner: Any = content
    for end in range(1, len(parts) + 1):
        key = parts[end - 1]
        value = known.get("/".join(parts[:end]), ((), None))[1]
        named = getattr(value, "name", None) or getattr(value, "heading", None)
        if isinstance(value, Label):
            named = value.label
        if isinstance(value, SectionText):
            named = named or headings.get(key)
        shown.append(str(named or _fund_word(value, owner, key, table) or _field_word(owner, key)))
        owner = value if value is not None else owner
    return " › ".join(shown)


def _fund_word(value: Any, owner: Any, key: str, table: FundTable | None) -> str | None:
    """The name of a fund table's row or column."""
    if isinstance(value, FundLine):
        return next((row.name for row in table.rows if row.id == key), None) if table else None
    if not isinstance(owner, FundLine) or key in FundLine.model_fields:
        return None
    columns = table.columns if table else ()
    return next((c.name for c in columns if c.id == key), words("fund_roles").get(key))


def _field_word(owner: Any, key: str) -> str:
    if isinstance(owner, BaseModel):
        return field_name(type(owner), key)
    return key
