"""3 assess: one PublicReport -> its Assessment: score, grade, rate and money."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from evalpress.assess.money import Money, Rate, money_of, percent, rate_of
from evalpress.model import (
    Department,
    Evaluated,
    Grade,
    Key,
    PublicReport,
    Reference,
    Region,
    Scheme,
)


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
        """The report's identity."""
        return self.report.key

    @property
    def score_percent(self) -> Decimal | None:
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
    money = money_of(content.funds, reference.fund_table_of(content, key))
    return Assessment(
        report=report,
        department=reference.departments[key.department],
        region=reference.region_of(key),
        scheme=scheme,
        score=scores.total if scores else None,
        full_marks=full_marks(content, scheme),
        grade=scale.grade(written) if scale and written else None,
        grade_word=written,
        rate=rate_of(content, money, report.withheld),
        money=money,
    )


def full_marks(owner: Evaluated, scheme: Scheme | None) -> Decimal | None:
    """The report's own full marks, or its scheme's; bonuses of the scheme are left out."""
    own = owner.scores.full_marks if owner.scores else None
    if scheme and own in (None, scheme.full_marks):
        return scheme.regular_marks
    return own


def same_scheme(first: Assessment, second: Assessment) -> bool:
    """True where two reports score by the same dimensions, weights and full marks."""
    own = [a.scheme.id if a.scheme else None for a in (first, second)]
    return own[0] == own[1] and first.full_marks == second.full_marks
