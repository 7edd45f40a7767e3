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

_CONTAINERS = frozenset({"content", "rows", "amounts", "items", "list", "stages"})
# What follows from reference data or from the content, and is compared by rules of its own.
_DERIVED = frozenset({"order", "headings", "tables", "files"})


@dataclass(frozen=True)
class Change:
    """A place that differs: what stood there and what stands there now; "" is nothing."""

    place: str
    old: str
    new: str


def differences(old: Form, new: Form) -> list[Change]:
    """Every place where two forms differ; none where they have the same hash, at least one where
    they have not. What only follows from another difference is not told again."""
    found = list(_compare(_given(old), _given(new), ""))
    for compare in (_orders, _headings, _tables, _files):
        found += compare(old, new)
    return found


def _given(form: Form) -> Form:
    return {name: value for name, value in form.items() if name not in _DERIVED}


def _both(name: str, old: Form, new: Form) -> Iterator[tuple[str, Any, Any]]:
    """The entries of a part of two forms that have a key in common, or only one of them has it."""
    before, after = old.get(name, {}), new.get(name, {})
    for key in dict.fromkeys([*before, *after]):
        yield key, before.get(key), after.get(key)


def _orders(old: Form, new: Form) -> Iterator[Change]:
    """What both have stands in another order."""
    for place, before, after in _both("order", old, new):
        kept = [key for key in before or () if key in (after or ())]
        moved = [key for key in after or () if key in (before or ())]
        if kept != moved:
            yield Change(place, "、".join(kept), "、".join(moved))


def _headings(old: Form, new: Form) -> Iterator[Change]:
    """A section that both have stands under another heading of its outline."""
    sections = [form.get("content", {}).get("body", {}) for form in (old, new)]
    for section, before, after in _both("headings", old, new):
        if before != after and all(section in body for body in sections):
            yield Change(f"body/{section}", before or "", after or "")


def _tables(old: Form, new: Form) -> Iterator[Change]:
    """Rows, columns and full marks that both use are called or weighed otherwise."""
    for owner, before, after in _both("tables", old, new):
        prefix = f"projects/{owner}/" if owner else ""
        for kind, one, other in _both_kinds(before or {}, after or {}):
            for name in dict.fromkeys([*one, *other]):
                if one.get(name) != other.get(name) and _in_both(old, new, owner, kind, name):
                    place = f"{prefix}{_PLACES[kind].format(name)}"
                    yield Change(place, one.get(name, ""), other.get(name, ""))


_PLACES = {"unit": "funds", "rows": "funds/{}", "columns": "funds", "full_marks": "scores"}


def _both_kinds(old: Form, new: Form) -> Iterator[tuple[str, Any, Any]]:
    for kind in _PLACES:
        yield kind, _named(old.get(kind, {})), _named(new.get(kind, {}))


def _named(found: Any) -> dict[str, str]:
    return {"": found} if isinstance(found, str) else found


def _in_both(old: Form, new: Form, owner: str, kind: str, name: str) -> bool:
    """Whether both forms use what is named, so that only its name or weight can have changed."""
    return all(name in _used(_owner(form, owner), kind, name) for form in (old, new)) and (
        kind != "full_marks" or _owner(old, owner).get("scheme") == _owner(new, owner).get("scheme")
    )


def _owner(form: Form, owner: str) -> Form:
    content: Form = form.get("content", {})
    projects = {p.get("id"): p for p in content.get("projects", [])}
    return projects.get(owner, {}) if owner else content


def _used(owner: Form, kind: str, name: str) -> set[str]:
    funds = owner.get("funds") or {}
    rows = funds.get("rows", [])
    if kind == "rows":
        return {str(row.get("id")) for row in rows}
    if kind == "columns":
        return {column for row in rows for column in row.get("amounts", {})}
    used = owner.get("scores") or owner.get("indicators")
    if kind == "unit":
        used = funds and "unit" not in funds
    return {name} if used else set()


def _files(old: Form, new: Form) -> Iterator[Change]:
    """A file of the same name has other bytes."""
    for name, before, after in _both("files", old, new):
        if before and after and before != after:
            places = (p for p, value in leaves(new.get("content", {})) if value == name)
            yield Change(next(places, f"files/{name}"), before, after)


def leaves(node: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every text and figure of public data with its place."""
    if isinstance(node, dict):
        for key, child in node.items():
            yield from leaves(child, _below(place, str(key)))
    elif isinstance(node, list):
        for at, child in enumerate(node):
            yield from leaves(child, _below(place, _name_or_number(child, at)))
    else:
        yield place, node


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
