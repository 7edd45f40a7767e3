"""1 read: the tree of one data file: mappings, lists and texts, and where each of them stands."""

from __future__ import annotations

from typing import Any

Path_ = tuple[str | int, ...]


class Fields(dict[str, Any]):
    """A mapping of a data file; `marks` tell where each of its fields, and its value, begins."""

    __slots__ = ("marks",)
    marks: dict[str, int]


class Items(list[Any]):
    """A list of a data file; `marks` tell where each of its items begins."""

    __slots__ = ("marks",)
    marks: list[int]


# Two places are one number: a folder has some hundred thousand of them.
BITS = 24
_ONES = (1 << BITS) - 1


def mark_of(key: Any, value: Any) -> int:
    """Lines and columns of where a field and its value begin, counted from 0."""
    place = (key.line << BITS | key.column) << BITS | value.line
    return int(place << BITS | value.column)


def spot_of(mark: int) -> tuple[int, int]:
    """Line and column of a value's beginning, counted from 1; of its key's, shift the mark."""
    return (mark >> BITS & _ONES) + 1, (mark & _ONES) + 1


def holds(node: Any, step: str | int) -> bool:
    """True where a mapping has this key, or a list this position."""
    if isinstance(node, dict):
        return step in node
    return isinstance(node, list) and isinstance(step, int) and step < len(node)
