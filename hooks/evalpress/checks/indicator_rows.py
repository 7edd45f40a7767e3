"""2 check: the rows of the indicator tables of a report and of the projects inside it."""

from __future__ import annotations

from typing import NamedTuple

from evalpress.assess.judging import judge, named, target_of
from evalpress.assess.natures import Judgement
from evalpress.checks.rounding import plain
from evalpress.checks.subject import Subject
from evalpress.model import Evaluated, Indicator, IndicatorField, Scheme

REASONS = (IndicatorField.DEVIATION, IndicatorField.CAUSE, IndicatorField.MEASURE)


class IndicatorRow(NamedTuple):
    """An indicator: whose it is, its place, and the scheme that it is judged by."""

    owner: Evaluated
    place: str
    indicator: Indicator
    scheme: Scheme | None


def each_indicator(subject: Subject) -> list[IndicatorRow]:
    """The indicators of a report and its projects, each with its place."""
    return subject.once(_all_rows)


def _all_rows(subject: Subject) -> list[IndicatorRow]:
    return [
        IndicatorRow(owner, f"{start}indicators/{indicator.id}", indicator, scheme)
        for owner, start in subject.owners()
        for scheme in [subject.scheme(owner)]
        for indicator in owner.indicators
    ]


def judgement(subject: Subject, indicator: Indicator) -> Judgement | None:
    """What the actual value of an indicator of this report says of its target, as `judge`; told
    once, however many rules ask."""
    return subject.once(_judgements)[id(indicator)]


def _judgements(subject: Subject) -> dict[int, Judgement | None]:
    return {id(row.indicator): judge(row.indicator) for row in each_indicator(subject)}


def values_of(indicator: Indicator) -> dict[str, str]:
    """What every message about an actual value names."""
    return {
        "name": named(indicator),
        "target": str(target_of(indicator) or ""),
        "actual": str(indicator.actual or ""),
        "score": plain(indicator.score) if indicator.score is not None else "",
        "marks": plain(indicator.full_marks) if indicator.full_marks is not None else "",
    }
