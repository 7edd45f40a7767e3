"""3 assess: Assessments of one year -> how scores, grades and rates spread, how much is quantified.

Scores of different weight schemes mean different things and are kept apart; what is withheld or
not stated is left out and counted as such, never guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor

from evalpress.assess.assessment import Assessment
from evalpress.assess.judging import countable, is_quantified
from evalpress.assess.money import percent
from evalpress.assess.targets import owners
from evalpress.model import Grade, GradeId, PublicReport, Reference

_WIDTHS = (1, 2, 5, 10, 20, 50)  # of bands, in percentage points
MOST = 8  # bands


@dataclass(frozen=True)
class Band:
    """How many values lie from `floor`, included, to `ceiling`, which only the highest band
    includes; in per cent."""

    floor: int
    ceiling: int
    count: int

    def holds(self, value: Decimal, is_highest: bool) -> bool:
        """True for a value within it."""
        return self.floor <= value < self.ceiling or (is_highest and value == self.ceiling)


def bands(values: Iterable[Decimal]) -> list[Band]:
    """Bands of one width that hold all the values, the highest first; also those that hold none.
    The width is the smallest round one with which they are no more than MOST; [] for no values."""
    found = list(values)
    if not found:
        return []
    low, high = min(found), max(found)
    edges = next((e for width in _WIDTHS if len(e := _edges(low, high, width)) <= MOST + 1), None)
    edges = edges or _edges(low, high, int(high - low) // MOST + 1)
    empty = [Band(floor, ceiling, 0) for floor, ceiling in pairwise(edges)]
    return [_counted(band, found, band is empty[-1]) for band in reversed(empty)]


def _edges(low: Decimal, high: Decimal, width: int) -> list[int]:
    """Multiples of the width from the last one not above `low` to the first one not below
    `high`."""
    first, last = floor(low / width), max(ceil(high / width), floor(low / width) + 1)
    return [number * width for number in range(first, last + 1)]


def _counted(band: Band, found: list[Decimal], is_highest: bool) -> Band:
    return replace(band, count=sum(band.holds(value, is_highest) for value in found))


def by_scheme(found: Iterable[Assessment]) -> list[list[Assessment]]:
    """Reports with a score, apart by weight scheme and full marks: only those of one group can be
    held against each other. The largest group first."""
    groups: dict[tuple[str, Decimal | None], list[Assessment]] = {}
    for one in found:
        if one.score is not None:
            key = (one.scheme.id if one.scheme else "", one.full_marks)
            groups.setdefault(key, []).append(one)
    return sorted(groups.values(), key=lambda group: -len(group))


def grades(found: Iterable[Assessment], reference: Reference) -> list[tuple[Grade, int]]:
    """How many reports have each grade of the scales that they follow, the best grade first; also
    the grades that none of them has."""
    given = [one for one in found if one.grade]
    count = Counter(one.grade.id for one in given if one.grade)
    scales = (reference.grade_scale_of(one.report.content, one.key) for one in reversed(given))
    known = {grade.id: grade for scale in scales if scale for grade in scale.grades}
    return [(known[name], count[name]) for name in GradeId if name in known]


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
