"""Several files of one report, its text and its form -> one reading; what two of them say
differently is told, not chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from evalpress.importing.drafts import Sourced
from evalpress.importing.labels import plain
from evalpress.importing.reading import Reading, Values


def joined(readings: Sequence[Reading]) -> Reading:
    """One reading from those of several files, the first file's values before the others'."""
    first, *others = readings
    for other in others:
        _join(first, other)
    return first


def _join(into: Reading, other: Reading) -> None:
    into.kind = into.kind or other.kind
    into.title = into.title or other.title
    into.fund_unit = into.fund_unit or other.fund_unit
    into.titles += other.titles
    into.persons += [p for p in other.persons if p not in into.persons]
    into.unplaced += [u for u in other.unplaced if u not in into.unplaced]
    into.labelled += other.labelled
    into.outline = into.outline or other.outline
    into.offers += other.offers
    into.pictures |= other.pictures
    into.beside |= other.beside
    _mapping(into, into.heads, other.heads)
    _mapping(into, into.scores, other.scores)
    into.fund_rows = _list(
        into, into.fund_rows, other.fund_rows, lambda r: {"": r.name, **r.values}
    )
    into.indicators = _list(into, into.indicators, other.indicators, dict)
    into.subtotals = _list(into, into.subtotals, other.subtotals, dict)
    into.goal_targets = _list(into, into.goal_targets, other.goal_targets, lambda s: {"": s})
    into.goal_actuals = _list(into, into.goal_actuals, other.goal_actuals, lambda s: {"": s})
    for section, content in other.body.items():
        into.body.setdefault(section, []).extend(content)


def _mapping(reading: Reading, into: Values, other: Values) -> None:
    for means, value in other.items():
        known = into.setdefault(means, value)
        if plain(str(known.value)) != plain(str(value.value)):
            reading.drop(value.source, str(value.value), "said_twice", before=str(known.value))


def _list(
    reading: Reading, own: list[Any], other: list[Any], values: Callable[[Any], Values]
) -> list[Any]:
    """The own entries, or the other's where there are none; what only the other says is told."""
    if not own:
        return other
    said = {_said(v) for entry in own for v in values(entry).values()}
    for entry in other:
        for value in values(entry).values():
            if _said(value) not in said:
                reading.drop(value.source, str(value.value), "other_file")
    return own


def _said(value: Sourced) -> str:
    return plain(str(value.value))
