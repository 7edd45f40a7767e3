"""3 assess: Assessments of one year -> how scores, grades and rates spread, how much is quantified.

Scores of different weight schemes mean different things and are kept apart; what is withheld or
not stated is left out and counted as such, never guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from evalpress.assess.assessment import Assessment
from evalpress.assess.judging import countable, is_quantified
from evalpress.assess.money import percent
from evalpress.assess.targets import owners
from evalpress.model import Grade, GradeId, PublicReport

# Where the bands begin, in per cent.
SCORE_FLOORS = (95, 90, 85, 80, 70, 60)
RATE_FLOORS = (100, 95, 90, 80, 60)


@dataclass(frozen=True)
class Band:
    """How many values lie from `floor`, included, to `ceiling`, not included; None is open."""

    floor: int | None
    ceiling: int | None
    count: int


def bands(values: Iterable[Decimal], floors: Sequence[int]) -> list[Band]:
    """How many of the values lie in each band, the highest band first."""
    found = list(values)
    edges = [None, *floors, None]
    return [
        Band(floor, ceiling, sum(_holds(floor, ceiling, value) for value in found))
        for ceiling, floor in pairwise(edges)
    ]


def _holds(floor: int | None, ceiling: int | None, value: Decimal) -> bool:
    return (floor is None or value >= floor) and (ceiling is None or value < ceiling)


def by_scheme(found: Iterable[Assessment]) -> list[list[Assessment]]:
    """Reports with a score, apart by weight scheme and full marks: only those of one group can be
    held against each other. The largest group first."""
    groups: dict[tuple[str, Decimal | None], list[Assessment]] = {}
    for one in found:
        if one.score is not None:
            key = (one.scheme.id if one.scheme else "", one.full_marks)
            groups.setdefault(key, []).append(one)
    return sorted(groups.values(), key=lambda group: -len(group))


def grades(found: Iterable[Assessment]) -> list[tuple[Grade, int]]:
    """How many reports have each grade, the best grade first."""
    given = [one.grade for one in found if one.grade]
    named = {grade.id: grade for grade in reversed(given)}
    count = Counter(grade.id for grade in given)
    return [(named[name], count[name]) for name in GradeId if name in named]


@dataclass(frozen=True)
class Quantified:
    """How many indicators have a target that is a figure, of how many."""

    quantified: int = 0
    asked: int = 0

    @property
    def quantified_percent(self) -> Decimal | None:
        """In per cent; None where there are no indicators."""
        return percent(Decimal(self.quantified), Decimal(self.asked)) if self.asked else None

    def __add__(self, other: Quantified) -> Quantified:
        return Quantified(self.quantified + other.quantified, self.asked + other.asked)


def quantified(report: PublicReport) -> Quantified:
    """The indicators of a report and of the projects inside it, without withheld targets."""
    told = [
        is_quantified(indicator)
        for start, owner in owners(report)
        for indicator in countable(owner)
        if not report.is_withheld(f"{start}indicators/{indicator.id}/target")
    ]
    return Quantified(sum(told), len(told))
