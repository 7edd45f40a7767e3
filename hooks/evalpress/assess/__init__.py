"""3 assess: PublicReports -> Catalogue: rates, totals, coverage. Pure arithmetic in Decimal.

Nothing is guessed: a rate needs a budget, a share of full marks needs full marks, a total needs the
same unit in all its parts, and nothing is added up over regions or provenances.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cached_property

from evalpress.assess.punctuality import OUTSTANDING, Coverage, Punctuality, Status
from evalpress.model import (
    Department,
    Evaluated,
    FundColumnRole,
    FundLine,
    Funds,
    FundTable,
    Grade,
    Key,
    Kind,
    PublicReport,
    Reference,
    Region,
    Scheme,
)

HUNDREDTH = Decimal("0.01")
# What a rate is computed from, in this order: an adjusted budget is the year's.
BUDGET_ROLES = (FundColumnRole.BUDGET, FundColumnRole.ADJUSTED, FundColumnRole.INITIAL)


def percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """`part` of `whole` in per cent with two decimals; None where the whole is zero or less."""
    if whole <= 0:
        return None
    with localcontext(prec=60):
        return (part / whole * 100).quantize(HUNDREDTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Rate:
    """An execution rate in per cent; `computed` where the original gives amounts but no rate."""

    value: Decimal
    computed: bool


@dataclass(frozen=True)
class Money:
    """The total line of a fund table: amounts by what they mean, in `unit`."""

    amounts: dict[FundColumnRole, Decimal]
    unit: str

    def get(self, *roles: FundColumnRole) -> Decimal | None:
        """The first of these amounts that is there."""
        return next((self.amounts[role] for role in roles if role in self.amounts), None)


@dataclass(frozen=True)
class Assessment:
    """One report and what follows from its data."""

    report: PublicReport
    department: Department
    region: Region
    scheme: Scheme | None
    score: Decimal | None
    full_marks: Decimal | None
    grade: Grade | None
    grade_word: str | None
    rate: Rate | None
    money: Money | None

    @property
    def key(self) -> Key:
        return self.report.key

    @property
    def share(self) -> Decimal | None:
        """The score as per cent of full marks."""
        if self.score is None or not self.full_marks:
            return None
        return percent(self.score, self.full_marks)

    @property
    def department_name(self) -> str:
        """The department's name in the report's year."""
        return self.department.named_in(self.key.year).name


def assess_report(report: PublicReport, reference: Reference) -> Assessment:
    """Score, grade, rate and money of one report."""
    content, key = report.content, report.key
    scheme, scores = reference.scheme_of(content, key), content.scores
    scale = reference.grade_scale_of(content, key)
    written = scores.grade if scores else None
    money = _money(content.funds, reference.fund_table_of(content, key))
    return Assessment(
        report=report,
        department=reference.departments[key.department],
        region=reference.region_of(key),
        scheme=scheme,
        score=scores.total if scores else None,
        full_marks=full_marks(content, scheme),
        grade=scale.grade(written) if scale and written else None,
        grade_word=written,
        rate=_rate(content, money, report.withheld),
        money=money,
    )


def full_marks(owner: Evaluated, scheme: Scheme | None) -> Decimal | None:
    """The report's own full marks, or its scheme's."""
    own = owner.scores.full_marks if owner.scores else None
    return own if own is not None else (scheme.full_marks if scheme else None)


def total_line(funds: Funds) -> FundLine:
    """The line that stands for all the money: `total`, or the first one."""
    return next((line for line in funds.rows if line.id == "total"), funds.rows[0])


def amounts_of(line: FundLine, table: FundTable | None) -> dict[FundColumnRole, Decimal]:
    """The amounts of a line by what their columns mean."""
    roles = {column.id: column.role for column in table.columns} if table else {}
    amounts: dict[FundColumnRole, Decimal] = {}
    for column, amount in line.amounts.items():
        role = roles.get(column) or FundColumnRole(column)
        if amount is not None and role is not FundColumnRole.OTHER:
            amounts[role] = amount
    return amounts


def _money(funds: Funds | None, table: FundTable | None) -> Money | None:
    if not funds or not funds.rows:
        return None
    amounts = amounts_of(total_line(funds), table)
    unit = funds.unit or (table.unit if table else "")
    return Money(amounts, unit) if amounts else None


def _rate(owner: Evaluated, money: Money | None, withheld: Iterable[str]) -> Rate | None:
    """As written, or executed by budget. An appropriation is no budget: no rate follows from it;
    nor does one from what is left of a line in which something is withheld."""
    if not owner.funds or not owner.funds.rows:
        return None
    line = total_line(owner.funds)
    written = line.rate
    if written is None and money:
        written = money.get(FundColumnRole.RATE)
    if written is not None:
        return Rate(written, computed=False)
    budget = money.get(*BUDGET_ROLES) if money else None
    executed = money.get(FundColumnRole.EXECUTED) if money else None
    if budget is None or executed is None or any(_touches(place, line) for place in withheld):
        return None
    value = percent(executed, budget)
    return Rate(value, computed=True) if value is not None else None


def _touches(place: str, line: FundLine) -> bool:
    return place == "funds" or f"{place}/".startswith(f"funds/{line.id}/")


# --- the whole ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class YearTotals:
    """The figures of one region and year. Sums cover `counted` of `published` reports; `late` is
    None where no deadline was set."""

    year: int
    due: int
    published: int
    budget: Decimal | None
    executed: Decimal | None
    unit: str
    counted: int
    grades: dict[str, int]
    projects: int
    late: int | None = None
    missing: int = 0

    @property
    def rate(self) -> Decimal | None:
        if self.budget is None or self.executed is None:
            return None
        return percent(self.executed, self.budget)


@dataclass(frozen=True)
class Catalogue:
    """All public reports with their assessments, and questions that pages ask of them."""

    reference: Reference
    assessments: dict[Key, Assessment] = field(default_factory=dict)
    as_of: datetime | None = None

    @cached_property
    def newest_first(self) -> list[Assessment]:
        """Reports by first publication, newest first; those without a date are left out."""
        dated = [
            (published, a.key, a)
            for a in self.assessments.values()
            if (published := a.report.content.first_published)
        ]
        return [a for _, _, a in sorted(dated, key=lambda entry: entry[:2], reverse=True)]

    @cached_property
    def years(self) -> list[int]:
        return sorted({key.year for key in self.assessments}, reverse=True)

    @cached_property
    def departments(self) -> list[Department]:
        """Departments in the order of the data."""
        return list(self.reference.departments.values())

    @cached_property
    def regions(self) -> list[Region]:
        """Regions that have departments, the one with most departments first."""
        count = Counter(d.region for d in self.departments)
        return sorted(
            (r for r in self.reference.regions.values() if count[r.id]), key=lambda r: -count[r.id]
        )

    def of_region(self, region: Region) -> list[Department]:
        return [d for d in self.departments if d.region == region.id]

    def region_years(self, region: Region) -> list[int]:
        ids = {d.id for d in self.of_region(region)}
        return sorted({k.year for k in self.assessments if k.department in ids}, reverse=True)

    def overall(self, department: str, year: int) -> Assessment | None:
        """The overall report of a department and year."""
        return self.assessments.get(Key(department, year))

    def others(self, department: str, year: int) -> list[Assessment]:
        """Every other document of that department and year, by its slug."""
        return self._others.get((department, year), [])

    @cached_property
    def _others(self) -> dict[tuple[str, int], list[Assessment]]:
        found: dict[tuple[str, int], list[Assessment]] = {}
        for key in sorted(key for key in self.assessments if key.slug):
            found.setdefault((key.department, key.year), []).append(self.assessments[key])
        return found

    def history(self, department: str, slug: str = "") -> list[Assessment]:
        """The same document over the years, oldest first."""
        return self._histories.get((department, slug), [])

    def before(self, assessment: Assessment) -> Assessment | None:
        """The same document's report of the nearest earlier year."""
        key = assessment.key
        earlier = [a for a in self.history(key.department, key.slug) if a.key.year < key.year]
        return earlier[-1] if earlier else None

    @property
    def documents(self) -> list[tuple[str, str]]:
        """Department and slug of every document, in the order of their first reports."""
        return list(self._histories)

    @cached_property
    def _histories(self) -> dict[tuple[str, str], list[Assessment]]:
        found: dict[tuple[str, str], list[Assessment]] = {}
        for key in sorted(self.assessments):
            found.setdefault((key.department, key.slug), []).append(self.assessments[key])
        return found

    def status(self, department: Department, year: int) -> Status:
        assessment = self.overall(department.id, year)
        if assessment:
            return Status.PREVIEW if assessment.report.previewed else Status.PUBLISHED
        if department.exemption(year):
            return Status.EXEMPT
        if self.others(department.id, year):
            return Status.PARTIAL
        return Status.MISSING if department.existed_in(year) else Status.ABSENT

    def coverage(self, department: Department, year: int) -> Coverage:
        """The department's overall report of the year, measured against its deadline."""
        found, status = self.overall(department.id, year), self.status(department, year)
        if found:
            return self.coverage_of(found)
        deadline = self.reference.deadline(Key(department.id, year), Kind.DEPARTMENT)
        exemption = department.exemption(year)
        if status is Status.EXEMPT and exemption:
            return Coverage(status, deadline, reason=exemption.reason)
        today = self.as_of.date() if self.as_of and status in OUTSTANDING else None
        return Coverage(status, deadline, today)

    def coverage_of(self, assessment: Assessment) -> Coverage:
        """A public report, measured against its deadline."""
        report = assessment.report
        published = report.content.first_published
        return Coverage(
            Status.PREVIEW if report.previewed else Status.PUBLISHED,
            self.reference.deadline(report.key, report.kind),
            published.date() if published else None,
        )

    def comparable(self, region: Region, year: int) -> list[Assessment]:
        """The overall reports of a region and year that have the region's own provenance."""
        found = (self.overall(d.id, year) for d in self.of_region(region))
        return [a for a in found if a and a.report.provenance is region.provenance]

    def totals(self, region: Region, year: int) -> YearTotals:
        """The figures of one region and year, from overall reports of its own provenance only."""
        departments = self.of_region(region)
        found = [d for d in departments if self.overall(d.id, year)]
        same = self.comparable(region, year)
        budget, executed, unit, counted = _sums(same)
        coverage = [self.coverage(d, year) for d in departments]
        late = sum(c.punctuality is Punctuality.LATE for c in coverage)
        return YearTotals(
            year=year, due=sum(c.is_due for c in coverage), published=len(found),
            budget=budget, executed=executed, unit=unit, counted=counted,
            grades=dict(Counter(a.grade.id for a in same if a.grade)),
            projects=sum(len(self.others(d.id, year)) for d in departments),
            late=late if region.deadline("", year, Kind.DEPARTMENT) else None,
            missing=sum(c.is_due and c.status in OUTSTANDING for c in coverage),
        )  # fmt: skip


def _sums(found: list[Assessment]) -> tuple[Decimal | None, Decimal | None, str, int]:
    """Budget and executed of all reports that have both in the commonest unit."""
    both = [
        (a.money.unit, budget, executed)
        for a in found
        if a.money
        and not any(f"{place}/".startswith("funds/") for place in a.report.withheld)
        and (budget := a.money.get(*BUDGET_ROLES)) is not None
        and (executed := a.money.get(FundColumnRole.EXECUTED)) is not None
    ]
    if not both:
        return None, None, "", 0
    unit = Counter(unit for unit, _, _ in both).most_common(1)[0][0]
    rows = [row for row in both if row[0] == unit]
    return (
        sum((r[1] for r in rows), Decimal(0)),
        sum((r[2] for r in rows), Decimal(0)),
        unit,
        len(rows),
    )


def assess(
    reports: Iterable[PublicReport], reference: Reference, as_of: datetime | None = None
) -> Catalogue:
    """All reports, assessed; without a moment nothing that is missing counts as late."""
    return Catalogue(reference, {r.key: assess_report(r, reference) for r in reports}, as_of)
