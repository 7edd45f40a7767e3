"""3 assess: Catalogue -> what a department's years say when they stand side by side.

Series over the years with their gaps and cuts, indicators that kept their identity, what changed
since the year before, what became of its problems. Pure; nothing is guessed, added up or converted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from evalpress.assess.assessment import Assessment
from evalpress.assess.catalogue import Catalogue
from evalpress.assess.judging import Outcome, outcome, target_move
from evalpress.assess.money import BUDGET_ROLES, total_line
from evalpress.assess.natures import Move
from evalpress.assess.punctuality import Status
from evalpress.model import (
    Department,
    Followup,
    FollowupStatus,
    FundColumnRole,
    Indicator,
    Problem,
    PublicReport,
    Reference,
    Successor,
)

HUNDRED = Decimal(100)


# --- departments that became others -------------------------------------------------------------


@dataclass(frozen=True)
class Passing:
    """Duties that passed from a department to another; `whole` where it was abolished with it."""

    giver: Department
    taker: Department
    by: Successor

    @property
    def whole(self) -> bool:
        """True where the giver was abolished, so that its reports end."""
        return self.giver.abolished is not None

    @property
    def year(self) -> int:
        """The first year of which the taker's reports cover the duties."""
        return self.by.since.year


def passings(catalogue: Catalogue) -> Iterator[Passing]:
    """Every passing of duties between known departments, in the order of the data."""
    known = catalogue.reference.departments
    for giver in catalogue.departments:
        for successor in giver.successors:
            if successor.id in known:
                yield Passing(giver, known[successor.id], successor)


def predecessors(catalogue: Catalogue, department: Department) -> list[Passing]:
    """What passed to a department, the latest first."""
    found = [p for p in passings(catalogue) if p.taker.id == department.id]
    return sorted(found, key=lambda p: p.by.since, reverse=True)


def successors(catalogue: Catalogue, department: Department) -> list[Passing]:
    """What passed from a department, the latest first."""
    found = [p for p in passings(catalogue) if p.giver.id == department.id]
    return sorted(found, key=lambda p: p.by.since, reverse=True)


def passings_of(catalogue: Catalogue, department: Department) -> list[Passing]:
    """What passed to a department, then what passed from it, each the latest first."""
    return [*predecessors(catalogue, department), *successors(catalogue, department)]


def lineage(
    catalogue: Catalogue,
    department: Department,
    step: Callable[[Catalogue, Department], list[Passing]],
) -> Iterator[Passing]:
    """Whole passings from department to department, each department once: with `predecessors` back
    through those that became it, with `successors` on through those that it became."""
    waiting, met = [department], {department.id}
    for here in waiting:
        for passing in step(catalogue, here):
            other = passing.taker if passing.giver.id == here.id else passing.giver
            if passing.whole and other.id not in met:
                met.add(other.id)
                waiting.append(other)
                yield passing


def linked_departments(reference: Reference, department: str) -> set[str]:
    """The ids of a department and of all that it is linked to by passings, over any number."""
    pairs = {(d.id, s.id) for d in reference.departments.values() for s in d.successors}
    found = {department}
    while more := {b for a, b in pairs | {(b, a) for a, b in pairs} if a in found} - found:
        found |= more
    return found & set(reference.departments)


# --- a department's years -----------------------------------------------------------------------


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
    WITHHELD = "withheld"
    NOT_STATED = "not_stated"
    OTHER_UNIT = "other_unit"


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


def _absent(year: Year) -> Found:
    return None, None, Gap.EXEMPT if year.status is Status.EXEMPT else Gap.UNPUBLISHED


def score_series(found: History) -> list[Point]:
    """The score in per cent of full marks; cut where the scheme changed."""
    return _series(found, _score_percent, _merged(_passing_cuts(found), _scheme_cuts(found)))


def rate_series(found: History) -> list[Point]:
    """The execution rate in per cent."""
    return _series(found, _rate_percent, _passing_cuts(found))


def fund_series(found: History) -> tuple[list[Point], str]:
    """Executed of budget, and the unit; years in another unit than the newest have no value."""
    unit = next((a.money.unit for a in reversed(found.reports) if a.money), "")
    return _series(found, lambda a: _funds(a, unit), _passing_cuts(found)), unit


def _score_percent(assessment: Assessment) -> Found:
    if is_withheld(assessment.report, "scores/total"):
        return None, None, Gap.WITHHELD
    percent = assessment.score_percent
    return (percent, HUNDRED, None) if percent is not None else (None, None, Gap.NOT_STATED)


def _rate_percent(assessment: Assessment) -> Found:
    if assessment.rate:
        return assessment.rate.percent, HUNDRED, None
    places = [total_place(assessment.report, column) for column in ("rate", "executed")]
    hidden = is_withheld(assessment.report, *places)
    return None, None, Gap.WITHHELD if hidden else Gap.NOT_STATED


def _funds(assessment: Assessment, unit: str) -> Found:
    money = assessment.money
    budget = money.get(*BUDGET_ROLES, FundColumnRole.APPROPRIATED) if money else None
    executed = money.get(FundColumnRole.EXECUTED) if money else None
    if money and money.unit != unit:
        return None, None, Gap.OTHER_UNIT
    if executed is not None:
        return executed, budget, None
    hidden = is_withheld(assessment.report, total_place(assessment.report, "executed"))
    return None, budget, Gap.WITHHELD if hidden else Gap.NOT_STATED


def total_place(report: PublicReport, column: str) -> str:
    """The place of a column in the line that stands for all the money."""
    funds = report.content.funds
    return f"funds/{total_line(funds).id if funds and funds.rows else 'total'}/{column}"


def is_withheld(report: PublicReport, *places: str) -> bool:
    """True where one of the places, or what it belongs to, was withheld."""
    return any(f"{place}/".startswith(f"{gone}/") for place in places for gone in report.withheld)


def _passing_cuts(found: History) -> dict[int, list[Cut]]:
    """What changed the department, by the first year with which its reports cover it."""
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


def same_scheme(first: Assessment, second: Assessment) -> bool:
    """True where two reports score by the same dimensions, weights and full marks."""
    own = [a.scheme.id if a.scheme else None for a in (first, second)]
    return own[0] == own[1] and first.full_marks == second.full_marks


def _merged(*found: dict[int, list[Cut]]) -> dict[int, list[Cut]]:
    years = {year for cuts in found for year in cuts}
    return {year: [cut for cuts in found for cut in cuts.get(year, ())] for year in years}


# --- indicators ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Followed:
    """An indicator in one year, what became of it, and how its target stands to the year before in
    which it was there."""

    indicator: Indicator
    outcome: Outcome | None
    move: Move | None
    withheld: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Line:
    """An indicator over the years, by its id; the newest name is its name."""

    id: str
    years: dict[int, Followed]

    @property
    def newest(self) -> Indicator:
        """The indicator as the newest of the reports has it."""
        return self.years[max(self.years)].indicator


def indicator_lines(found: Iterable[Assessment], least: int = 2) -> list[Line]:
    """Indicators that at least so many reports have, those of the newest first, in its order."""
    lines: dict[str, dict[int, Followed]] = {}
    order: dict[str, int] = {}
    for assessment in found:
        for position, indicator in enumerate(assessment.report.content.indicators):
            earlier = lines.setdefault(indicator.id, {})
            before = earlier[max(earlier)].indicator if earlier else None
            earlier[assessment.key.year] = _followed(assessment.report, indicator, before)
            order[indicator.id] = position
    kept = [Line(name, years) for name, years in lines.items() if len(years) >= least]
    return sorted(kept, key=lambda line: (-max(line.years), order[line.id]))


_MEASURED = ("target", "adjusted_target", "actual", "score")


def _followed(report: PublicReport, indicator: Indicator, before: Indicator | None) -> Followed:
    move = target_move(indicator, before) if before else None
    return Followed(indicator, outcome_told(report, indicator), move, _hidden(report, indicator))


def _hidden(report: PublicReport, indicator: Indicator) -> frozenset[str]:
    place = f"indicators/{indicator.id}"
    return frozenset(key for key in _MEASURED if is_withheld(report, f"{place}/{key}"))


def outcome_told(report: PublicReport, indicator: Indicator) -> Outcome | None:
    """What became of an indicator; None where a value that would say so is withheld."""
    return None if _hidden(report, indicator) - {"score"} else outcome(indicator)


@dataclass(frozen=True)
class Changes:
    """What became of the indicators of a report in the next one; pairs are (before, now)."""

    moved: dict[Move, list[tuple[Indicator, Indicator]]]
    dropped: list[Indicator]
    added: list[Indicator]

    def __bool__(self) -> bool:
        return bool(self.moved or self.dropped or self.added)


def changes(before: PublicReport, now: PublicReport) -> Changes:
    """Targets that moved, indicators that went and came; nothing where one year lists none."""
    old = {i.id: i for i in before.content.indicators}
    new = {i.id: i for i in now.content.indicators}
    if not old or not new:
        return Changes({}, [], [])
    found: dict[Move, list[tuple[Indicator, Indicator]]] = {}
    for name, indicator in new.items():
        move = target_move(indicator, old[name]) if name in old else None
        if move and move is not Move.SAME:
            found.setdefault(move, []).append((old[name], indicator))
    dropped = [indicator for name, indicator in old.items() if name not in new]
    added = [indicator for name, indicator in new.items() if name not in old]
    return Changes(found, dropped, added)


# --- problems -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Aftermath:
    """What a later report tells of an earlier problem: a status, or nothing; `again` where it
    names the same problem anew."""

    problem: Problem
    followup: Followup | None
    again: bool

    @property
    def status(self) -> FollowupStatus | None:
        """What the later report says became of it; None where it says nothing."""
        return self.followup.status if self.followup else None


def aftermath(before: PublicReport, now: PublicReport) -> list[Aftermath]:
    """What became of the problems of an earlier report, as far as a later one tells."""
    told = {f.problem: f for f in now.content.followups if f.year == before.key.year}
    named = {p.id for p in now.content.problems}
    return [Aftermath(p, told.get(p.id), p.id in named) for p in before.content.problems]
