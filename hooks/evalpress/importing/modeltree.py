"""A report as it was read -> the tree of texts that its YAML would say, without sources and notes.

Equal reports give equal trees: what is at its default is left out, a paragraph that is only a text
is that text.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from evalpress.model import FromText, FundLine, Goal, Indicator, SectionText
from evalpress.model.values import (
    LooseDate,
    Measure,
    Written,
    read_count,
    read_day,
    read_flag,
    read_moment,
    read_number,
    read_percent,
)
from evalpress.wording import word


class ValueKind(StrEnum):
    """What a field holds, as far as it matters how it is written down."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    COUNT = "count"
    FLAG = "flag"
    DAY = "day"
    MOMENT = "moment"
    DATE = "date"
    MEASURE = "measure"
    CHOICE = "choice"
    BLOCKS = "blocks"


_READERS: dict[Callable[[Any], Any], ValueKind] = {
    read_number: ValueKind.NUMBER,
    read_percent: ValueKind.PERCENT,
    read_count: ValueKind.COUNT,
    read_flag: ValueKind.FLAG,
    read_day: ValueKind.DAY,
    read_moment: ValueKind.MOMENT,
}

# What these hold by the ids of columns has no order of its own.
_BY_COLUMN = (FundLine, Indicator)


def tree_of(content: BaseModel) -> dict[str, Any]:
    """The tree of a report or a part of it, with texts as leaves; only what differs from what holds
    without being written, and what must be written."""
    tree = _fields(content)
    assert isinstance(tree, dict)
    return tree


@cache
def value_kind(model: type[BaseModel], field: str) -> ValueKind:
    """What a field of a model, or what its mapping or list holds, is written as."""
    return _kind_of(model.model_fields[field])


@cache
def choice_of(model: type[BaseModel], field: str) -> type[StrEnum] | None:
    """The enumeration that a field's values come from; None where it has none."""
    found = [k for k in _classes(model.model_fields[field].annotation) if issubclass(k, StrEnum)]
    return found[0] if found else None


def _kind_of(info: FieldInfo) -> ValueKind:
    for mark in [*info.metadata, *_marks(info.annotation)]:
        if isinstance(mark, BeforeValidator) and mark.func in _READERS:
            return _READERS[mark.func]
    classes = list(_classes(info.annotation))
    if Measure in classes:
        return ValueKind.MEASURE
    if LooseDate in classes:
        return ValueKind.DATE
    if any(issubclass(kind, FromText) for kind in classes) and len(classes) > 4:
        return ValueKind.BLOCKS
    if any(issubclass(kind, StrEnum) for kind in classes):
        return ValueKind.CHOICE
    return ValueKind.TEXT


def _marks(annotation: Any) -> list[Any]:
    own = list(get_args(annotation)[1:]) if get_origin(annotation) is Annotated else []
    return own + [mark for part in get_args(annotation) for mark in _marks(part)]


def _classes(annotation: Any) -> list[type]:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return [annotation]
    return [kind for part in get_args(annotation) for kind in _classes(part)]


def _fields(node: BaseModel) -> Any:
    """The fields of a model that say something."""
    kind = type(node)
    tree = {
        name: _written(kind, name, value)
        for name, value in node.__dict__.items()
        if kind.model_fields[name].is_required() or value != kind.model_fields[name].default
    }
    if kind is Goal and tree["id"] == "overall":
        del tree["id"]
    if isinstance(node, FromText) and tree.keys() == {node.from_text}:
        return tree[node.from_text]
    if kind is SectionText and tree.keys() <= {"content"}:
        return tree.get("content", [])
    return tree


def _written(kind: type[BaseModel], name: str, value: Any) -> Any:
    found = value_kind(kind, name)
    if kind in _BY_COLUMN and isinstance(value, dict):
        value = dict(sorted(value.items()))
    tree = _node(found, value)
    of_data = kind.__module__ != SectionText.__module__
    if found is ValueKind.BLOCKS and of_data and len(tree) == 1:
        return tree[0] if isinstance(tree[0], str) else tree
    return tree


def _node(kind: ValueKind, value: Any) -> Any:
    if isinstance(value, tuple):
        return [_node(kind, child) for child in value]
    if isinstance(value, dict):
        return {key: _node(kind, child) for key, child in value.items()}
    if isinstance(value, BaseModel) and not isinstance(value, Written):
        return _fields(value)
    return None if value is None else _leaf(kind, value)


def _leaf(kind: ValueKind, value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}%" if kind is ValueKind.PERCENT else f"{value:f}"
    if isinstance(value, bool):
        return word("flags", "yes" if value else "no")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
    return value.isoformat() if isinstance(value, date) else str(value)
