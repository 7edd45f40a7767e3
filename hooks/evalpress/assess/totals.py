"""3 assess: the reports of a region and year -> their totals; nothing is added up over regions,
provenances or units."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from evalpress.assess.assessment import Assessment
from evalpress.assess.money import BUDGET_ROLES, percent
from evalpress.model import FundColumnRole


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
    def rate_percent(self) -> Decimal | None:
        """Executed of budget, over the reports counted; None where there is no sum."""
        if self.budget is None or self.executed is None:
            return None
        return percent(self.executed, self.budget)


def sums(found: list[Assessment]) -> tuple[Decimal | None, Decimal | None, str, int]:
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
