"""The public data of two editions -> every place where they differ, with both values.

Places are named as corrections name them: by ids, without mere containers (`funds/total/executed`);
what has neither id nor name by its position, and a list of such by what was put in or taken out.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evalpress.ledger.publicform import Form

_CONTAINERS = frozenset({"content", "rows", "amounts", "items", "list", "stages", "order"})


@dataclass(frozen=True)
class Change:
    """A place that differs: what stood there and what stands there now; "" is nothing."""

    place: str
    old: str
    new: str


def differences(old: Form, new: Form) -> list[Change]:
    """Every place where two forms differ; none where they have the same hash, at least one where
    they have not."""
    return list(_compare(old, new, ""))


def _compare(old: Any, new: Any, place: str) -> Iterator[Change]:
    if old == new and not isinstance(old, dict):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*old, *new]):
            yield from _compare(old.get(key), new.get(key), _below(place, str(key)))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _lists(old, new, place)
    else:
        yield Change(place, shown(old), shown(new))


def _below(place: str, name: str) -> str:
    return place if name in _CONTAINERS else "/".join(filter(None, (place, name)))


def _lists(old: list[Any], new: list[Any], place: str) -> Iterator[Change]:
    before, after = _by_name(old), _by_name(new)
    if before is None or after is None:
        yield from _unnamed(old, new, place)
        return
    for name in dict.fromkeys([*before, *after]):
        yield from _compare(before.get(name), after.get(name), _below(place, name))
    kept = [name for name in before if name in after]
    moved = [name for name in after if name in before]
    if kept != moved:
        yield Change(place, "、".join(kept), "、".join(moved))


def _by_name(entries: Sequence[Any]) -> dict[str, Any] | None:
    """Entries by id or name; None where not every one has its own."""
    names = [_own_name(entry) for entry in entries]
    unique = all(names) and len(set(names)) == len(names)
    return dict(zip(names, entries, strict=True)) if unique else None


def _unnamed(old: list[Any], new: list[Any], place: str) -> Iterator[Change]:
    matcher = difflib.SequenceMatcher(None, _texts(old), _texts(new), autojunk=False)
    for tag, one, two, three, four in matcher.get_opcodes():
        if tag == "equal":
            continue
        common = min(two - one, four - three)
        for at in range(common):
            below = _below(place, _name_or_number(new[three + at], three + at))
            yield from _compare(old[one + at], new[three + at], below)
        for at in range(one + common, two):
            yield Change(_below(place, _name_or_number(old[at], at)), shown(old[at]), "")
        for at in range(three + common, four):
            yield Change(_below(place, _name_or_number(new[at], at)), "", shown(new[at]))


def _texts(entries: list[Any]) -> list[str]:
    return [json.dumps(entry, ensure_ascii=False, sort_keys=True) for entry in entries]


def _own_name(entry: Any) -> str:
    return str(entry.get("id") or entry.get("name") or "") if isinstance(entry, dict) else ""


def _name_or_number(entry: Any, at: int) -> str:
    return _own_name(entry) or str(at + 1)


def shown(value: Any) -> str:
    """A value of public data as one text for people."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(map(shown, value))
    if isinstance(value, dict):
        return "，".join(f"{key} {shown(v)}" for key, v in value.items() if key not in ("id",))
    return str(value)


def places_of(node: Any, place: str = "") -> Iterator[str]:
    """The place of everything that public data hold, containers of names included."""
    if isinstance(node, dict):
        parts = [(str(key), child) for key, child in node.items()]
    elif isinstance(node, list):
        parts = [(_name_or_number(child, at), child) for at, child in enumerate(node)]
    else:
        parts = []
    for name, child in parts:
        below = _below(place, name)
        yield below
        yield from places_of(child, below)
