"""3 assess: Catalogue -> a department's years side by side: series with their gaps and cuts.

Nothing is guessed, added up or converted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from evalpress.assess.assessment import Assessment, same_scheme
from evalpress.assess.catalogue import Catalogue
from evalpress.assess.lineage import Passing, passings_of
from evalpress.assess.money import BUDGET_ROLES, total_place
from evalpress.assess.punctuality import Status
from evalpress.model import Department, FundColumnRole

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Year:
    """A year of a department: its overall report, or the status that explains why there is none."""

    year: int
    status: Status
    assessment: Assessment | None


@dataclass(frozen=True)
class History:
    """A department's years, oldest first, and the passings that changed what they cover."""

    department: Department
    years: tuple[Year, ...]
    passings: tuple[Passing, ...]

    @cached_property
    def reports(self) -> list[Assessment]:
        """The overall reports, oldest first."""
        return [year.assessment for year in self.years if year.assessment]

    @property
    def latest(self) -> tuple[Assessment, Assessment] | None:
        """The newest report and the one before it."""
        return (self.reports[-1], self.reports[-2]) if len(self.reports) > 1 else None


def department_history(catalogue: Catalogue, department: Department) -> History:
    """All years in which a department published or should have."""
    region = catalogue.reference.regions[department.region]
    years = (
        Year(year, catalogue.status(department, year), catalogue.overall(department.id, year))
        for year in reversed(catalogue.region_years(region))
    )
    return History(
        department,
        tuple(year for year in years if year.status is not Status.ABSENT),
        tuple(passings_of(catalogue, department)),
    )


# --- series -------------------------------------------------------------------------------------


class Gap(StrEnum):
    """Why a year of a series has no value."""

    UNPUBLISHED = "unpublished"
    EXEMPT = "exempt"
    WITHDRAWN = "withdrawn"
    WITHHELD = "withheld"
    NOT_STATED = "not_stated"
    OTHER_UNIT = "other_unit"
    IN_WORDS = "in_words"


@dataclass(frozen=True)
class SchemeCut:
    """From this year on another weight scheme holds; `name` None where the original names none."""

    name: str | None


Cut = SchemeCut | Passing


@dataclass(frozen=True)
class Point:
    """A year of a series: a value as part of a whole, or the reason why there is none; `cuts` say
    why it cannot be compared with the year before."""

    year: int
    value: Decimal | None
    whole: Decimal | None = None
    gap: Gap | None = None
    cuts: tuple[Cut, ...] = ()


Found = tuple[Decimal | None, Decimal | None, Gap | None]
Reading = Callable[[Assessment], Found]


def _series(found: History, read: Reading, cuts: dict[int, list[Cut]]) -> list[Point]:
    points: list[Point] = []
    for year in found.years:
        value, whole, gap = read(year.assessment) if year.assessment else _absent(year)
        cut = tuple(cuts.get(year.year, ())) if points else ()
        points.append(Point(year.year, value, whole, gap, cut))
    return points


_ABSENT = {Status.EXEMPT: Gap.EXEMPT, Status.WITHDRAWN: Gap.WITHDRAWN}


def _absent(year: Year) -> Found:
    return None, None, _ABSENT.get(year.status, Gap.UNPUBLISHED)


def score_series(found: History) -> list[Point]:
    """The score in per cent of full marks; cut where the scheme changed."""
    return _series(found, _score_percent, _merged(passing_cuts(found), _scheme_cuts(found)))


def rate_series(found: History) -> list[Point]:
    """The execution rate in per cent."""
    return _series(found, _rate_percent, passing_cuts(found))


def fund_series(found: History) -> tuple[list[Point], str]:
    """Executed of budget, and the unit; years in another unit than the newest have no value."""
    unit = next((a.money.unit for a in reversed(found.reports) if a.money), "")
    return _series(found, lambda a: _funds(a, unit), passing_cuts(found)), unit


def _score_percent(assessment: Assessment) -> Found:
    if assessment.report.is_withheld("scores/total"):
        return None, None, Gap.WITHHELD
    percent = assessment.score_percent
    return (percent, HUNDRED, None) if percent is not None else (None, None, Gap.NOT_STATED)


def _rate_percent(assessment: Assessment) -> Found:
    if assessment.rate:
        return assessment.rate.percent, HUNDRED, None
    places = [
        total_place(assessment.report.content.funds, column) for column in ("rate", "executed")
    ]
    hidden = assessment.report.is_withheld(*places)
    return None, None, Gap.WITHHELD if hidden else Gap.NOT_STATED


def _funds(assessment: Assessment, unit: str) -> Found:
    money = assessment.money
    budget = money.get(*BUDGET_ROLES, FundColumnRole.APPROPRIATED) if money else None
    executed = money.get(FundColumnRole.EXECUTED) if money else None
    if money and money.unit != unit:
        return None, None, Gap.OTHER_UNIT
    if executed is not None:
        return executed, budget, None
    hidden = assessment.report.is_withheld(total_place(assessment.report.content.funds, "executed"))
    return None, budget, Gap.WITHHELD if hidden else Gap.NOT_STATED


def passing_cuts(found: History) -> dict[int, list[Cut]]:
    """What changed a department, by the first year with which its reports cover it."""
    cuts: dict[int, list[Cut]] = {}
    for passing in reversed(found.passings):
        if passing.giver is not found.department or not passing.whole:
            cuts.setdefault(passing.year, []).append(passing)
    return cuts


def _scheme_cuts(found: History) -> dict[int, list[Cut]]:
    return {
        now.key.year: [SchemeCut(now.scheme.name if now.scheme else None)]
        for before, now in pairwise(a for a in found.reports if a.score is not None)
        if not same_scheme(before, now)
    }


def _merged(*found: dict[int, list[Cut]]) -> dict[int, list[Cut]]:
    years = {year for cuts in found for year in cuts}
    return {year: [cut for cuts in found for cut in cuts.get(year, ())] for year in years}
