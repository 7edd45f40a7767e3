"""3 assess: PublicReports -> how many of their targets were met, and which was missed by most.

By values alone; what has no comparable values, or withheld ones, is not judged and counted as such.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from evalpress.assess.assessment import Assessment
from evalpress.assess.indicator_years import outcome_told
from evalpress.assess.judging import Outcome, countable, judge
from evalpress.model import Evaluated, Indicator, PublicReport


@dataclass(frozen=True)
class Targets:
    """How many targets were met, missed and not judged."""

    met: int = 0
    missed: int = 0
    unjudged: int = 0

    @property
    def asked(self) -> int:
        """All of them."""
        return self.met + self.missed + self.unjudged

    def __bool__(self) -> bool:
        return bool(self.asked)

    def __add__(self, other: Targets) -> Targets:
        return Targets(
            self.met + other.met, self.missed + other.missed, self.unjudged + other.unjudged
        )


def targets(report: PublicReport) -> Targets:
    """The targets of a report and of the projects inside it."""
    told = Counter(outcome_told(report, one, start) for start, one in _indicators(report))
    unjudged = told[Outcome.UNKNOWN] + told[None]
    return Targets(told[Outcome.MET], told[Outcome.MISSED], unjudged)


def targets_of(found: Iterable[Assessment]) -> Targets:
    """The targets of several reports together."""
    return sum((targets(one.report) for one in found), Targets())


def owners(report: PublicReport) -> Iterator[tuple[str, Evaluated]]:
    """The report itself and the projects inside it, with how the places of each begin."""
    yield "", report.content
    yield from ((f"projects/{project.id}/", project) for project in report.content.projects)


def _indicators(report: PublicReport) -> Iterator[tuple[str, Indicator]]:
    for start, owner in owners(report):
        yield from ((start, indicator) for indicator in countable(owner))


@dataclass(frozen=True)
class Shortfall:
    """A missed target, and the fraction of it that was attained."""

    indicator: Indicator
    attained: Decimal


def furthest(report: PublicReport) -> Shortfall | None:
    """The target that was missed by most; None where none is known to be missed, or by how much.
    Of several the first."""
    missed = [
        Shortfall(indicator, judged.attained)
        for start, indicator in _indicators(report)
        if outcome_told(report, indicator, start) is Outcome.MISSED
        and (judged := judge(indicator))
        and judged.attained is not None
    ]
    return min(missed, key=lambda one: one.attained, default=None)
