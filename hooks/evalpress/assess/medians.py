"""3 assess: Catalogue -> the middle of the departments that can be held against each other.

Only overall reports of one region, year, weight scheme and provenance are; where they are fewer
than FEWEST, their middle would be somebody's own figure, and there is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from evalpress.assess.assessment import Assessment
from evalpress.assess.catalogue import Catalogue
from evalpress.text.quantities import HUNDREDTH

FEWEST = 3
_Group = tuple[str, int, str, Decimal | None]


@dataclass(frozen=True)
class Median:
    """Of a group of reports the middle score and execution rate, in per cent with two decimals;
    None where too few have one."""

    score: Decimal | None = None
    rate: Decimal | None = None


def middle(values: Iterable[Decimal]) -> Decimal | None:
    """The median with two decimals, halves rounded up; None for fewer than FEWEST values."""
    found = sorted(values)
    if len(found) < FEWEST:
        return None
    return Decimal(median(found)).quantize(HUNDREDTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Medians:
    """The medians of all groups."""

    groups: dict[_Group, Median]

    def of(self, one: Assessment) -> Median:
        """The median of the group that an overall report belongs to; an empty one for a report of
        another provenance than its region's."""
        if one.report.provenance is not one.region.provenance:
            return Median()
        return self.groups.get(_group(one), Median())


def medians(catalogue: Catalogue) -> Medians:
    """The medians of every region, year and weight scheme."""
    groups: defaultdict[_Group, list[Assessment]] = defaultdict(list)
    for key, one in catalogue.assessments.items():
        if not key.slug and one.report.provenance is one.region.provenance:
            groups[_group(one)].append(one)
    return Medians({group: _median(found) for group, found in groups.items()})


def _group(one: Assessment) -> _Group:
    return one.region.id, one.key.year, one.scheme.id if one.scheme else "", one.full_marks


def _median(found: list[Assessment]) -> Median:
    scores = (a.score_percent for a in found)
    return Median(
        middle(score for score in scores if score is not None),
        middle(a.rate.percent for a in found if a.rate),
    )
