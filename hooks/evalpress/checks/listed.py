"""2 check: the lists of reference data as files: which file holds a list, where an entry stands
in it, and which ids stand twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from evalpress.checks import Context
from evalpress.load import LISTS, Path_, Source


def file_of(context: Context, list_name: str) -> Source:
    """The file of a list of reference data, an empty one where it was not read."""
    file = LISTS[list_name][0]
    return next((s for n, s in context.loaded.sources.items() if n.endswith(file)), Source(file))


def _raw(source: Source, list_name: str) -> list[Any]:
    raw = source.data.get(list_name) if isinstance(source.data, dict) else None
    return raw if isinstance(raw, list) else []


def entries(context: Context, list_name: str) -> Iterator[tuple[Any, Source, Path_]]:
    """The entries of a list of reference data, with the file and the way to each."""
    source, known = file_of(context, list_name), getattr(context.loaded.reference, list_name)
    seen: set[str] = set()
    for index, entry in enumerate(_raw(source, list_name)):
        name = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(name, str) and name in known and name not in seen:
            seen.add(name)
            yield known[name], source, (list_name, index)


def position_of(source: Source, list_name: str, wanted: str) -> int:
    """The position of an entry in its list, counted from 0 and found by its id; 0 where the file
    does not have it."""
    ids = (e.get("id") if isinstance(e, dict) else None for e in _raw(source, list_name))
    return next((index for index, found in enumerate(ids) if found == wanted), 0)


def repeated(entries: tuple[object, ...]) -> Iterator[tuple[int, str]]:
    """Position and id of every entry whose id an earlier entry of the same list has."""
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        found = entry.__dict__.get("id") if isinstance(entry, BaseModel) else None
        if found and found in seen:
            yield index, found
        seen.add(found or "")
