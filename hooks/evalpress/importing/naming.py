"""Ids for what was read: the one that it has had before where its name is the same, that of an
indicator which departments share, else one that is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evalpress.importing.labels import plain
from evalpress.importing.reading import Values
from evalpress.load import Loaded
from evalpress.model import Indicator, Key, Reference, Report, Scheme
from evalpress.wording import word


@dataclass(frozen=True)
class Before:
    """The reports that a new one takes ids from, nearest first: its own draft, earlier years."""

    reports: tuple[Report, ...] = ()

    @classmethod
    def of(cls, key: Key, loaded: Loaded) -> Before:
        """The reports of the same document up to this year, newest first."""
        found = [
            r
            for r in loaded.reports
            if (r.key.department, r.key.slug) == (key.department, key.slug)
            and r.key.year <= key.year
        ]
        return cls(tuple(sorted(found, key=lambda r: -r.key.year)))


def indicator_ids(
    rows: Sequence[Values], before: Before, reference: Reference, scheme: Scheme | None
) -> list[str]:
    """An id for each indicator, none twice."""
    known = [
        _by_name((i.id, _key(i.name, i.level1, i.level2)) for i in r.content.indicators)
        for r in before.reports
    ]
    loose = [_by_name((i.id, (plain(_label(i)),)) for i in r.content.indicators)
             for r in before.reports]  # fmt: skip
    shared = _shared(reference)
    taken: set[str] = set()
    for maps in (*known, *loose):
        taken.update(maps.values())
    found: list[str] = []
    for row in rows:
        name, level1, level2 = (_text(row, m) for m in ("name", "level1", "level2"))
        full, short = _key(name, level1, level2), (plain(name or level2),)
        candidates = [m.get(full) for m in known] + [m.get(short) for m in loose]
        candidates.append(shared.get(short))
        chosen = next((c for c in candidates if c and c not in found), None)
        found.append(chosen or _proposed(level1, scheme, {*taken, *found}))
    return found


def common_ids(
    rows: Sequence[Values], ids: Sequence[str], before: Before, reference: Reference
) -> list[str]:
    """The indicator of the shared list that each one is, by its name there, else as the report
    before says of its id; empty for none. What two of them would be, neither is."""
    shared = _shared(reference)
    said = {
        i.id: i.common for r in reversed(before.reports) for i in r.content.indicators if i.common
    }  # fmt: skip
    names = [(plain(_text(row, "name") or _text(row, "level2")),) for row in rows]
    found = [shared.get(name) or said.get(own, "") for name, own in zip(names, ids, strict=True)]
    return [one if found.count(one) == 1 else "" for one in found]


def common_doubts(
    rows: Sequence[Values], found: Sequence[str], reference: Reference
) -> Iterator[str]:
    """What to say where a name is that of several shared indicators, or several rows have that of
    one, so that `common_ids` has chosen none."""
    known = reference.common_indicators.values()
    open_ = [_text(r, "name") or _text(r, "level2") for r, own in zip(rows, found, strict=True)
             if not own]  # fmt: skip
    for name in dict.fromkeys(filter(None, open_)):
        ids = [one.id for one in known if plain(name) in map(plain, one.names)]
        if len(ids) > 1:
            yield word("import", "common_names").format(name=name, ids="、".join(ids))
        elif ids:
            yield word("import", "common_rows").format(name=name, id=ids[0])


def _shared(reference: Reference) -> dict[tuple[str, ...], str]:
    """The ids of the list of indicators that departments share, by their names."""
    known = reference.common_indicators.values()
    return _by_name((one.id, (plain(name),)) for one in known for name in one.names)


def _label(indicator: Indicator) -> str:
    return indicator.name or indicator.text or indicator.level2 or ""


def _key(name: str | None, level1: str | None, level2: str | None) -> tuple[str, ...]:
    return tuple(plain(text or "") for text in (name or level2, level1, level2))


def _text(row: Values, means: str) -> str:
    return str(row[means].value) if means in row else ""


def _by_name(pairs: Iterable[tuple[str, tuple[str, ...]]]) -> dict[tuple[str, ...], str]:
    """Ids by name; a name that two have tells nothing."""
    found: dict[tuple[str, ...], str] = {}
    twice: set[tuple[str, ...]] = set()
    for own, name in pairs:
        twice |= {name} if name in found else set()
        found[name] = own
    return {name: own for name, own in found.items() if name not in twice and name[0]}


def _proposed(level1: str, scheme: Scheme | None, taken: set[str]) -> str:
    dimension = scheme.dimension(plain(level1)) if scheme else None
    return free_id(dimension.id if dimension else "indicator", taken)


def free_id(stem: str, taken: Iterable[str]) -> str:
    """`stem-1` or the first one after it that nobody has."""
    used, number = set(taken), 1
    while f"{stem}-{number}" in used:
        number += 1
    return f"{stem}-{number}"


def line_ids(names: Sequence[str], before: Before) -> list[str]:
    """Ids for rows that a fund table does not have."""
    known: dict[str, str] = {}
    for report in reversed(before.reports):
        rows = report.content.funds.rows if report.content.funds else ()
        known |= {plain(row.name): row.id for row in rows if row.name}
    found: list[str] = []
    for name in names:
        own = known.get(plain(name), "")
        found.append(
            own if own and own not in found else free_id("line", [*known.values(), *found])
        )
    return found
