"""2 check: the lines of fund tables, their values by what they mean, and the rates that follow."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from evalpress.assess import BUDGET_ROLES, total_line
from evalpress.checks.fund_columns import role_of, roles_of
from evalpress.checks.rounding import ZERO
from evalpress.checks.subject import Subject
from evalpress.model import Evaluated, FundColumnRole, FundLine, Funds, FundTable

# The columns that hold money.
MONEY = (
    FundColumnRole.LAST_YEAR,
    FundColumnRole.INITIAL,
    FundColumnRole.ADJUSTED,
    FundColumnRole.BUDGET,
    FundColumnRole.APPROPRIATED,
    FundColumnRole.RECEIVED,
    FundColumnRole.EXECUTED,
    FundColumnRole.CARRIED_OVER,
)


@dataclass(frozen=True)
class Row:
    """A line of a fund table: its values by what they mean, and the columns that they stand in."""

    place: str
    name: str
    values: dict[FundColumnRole, Decimal]
    columns: dict[FundColumnRole, str]

    def at(self, role: FundColumnRole) -> str:
        """The place of a value."""
        return f"{self.place}/{self.columns.get(role, role)}"


def rows(subject: Subject, owner: Evaluated, start: str) -> dict[str, Row]:
    """The lines of a report's or project's fund table, by id."""
    return subject.once(_rows_by_owner)[start] if owner.funds else {}


def _rows_by_owner(subject: Subject) -> dict[str, dict[str, Row]]:
    return {
        start: rows_of(owner.funds, subject.fund_table(owner), f"{start}funds")
        for owner, start in subject.owners()
        if owner.funds
    }


def rows_of(funds: Funds, table: FundTable | None, place: str) -> dict[str, Row]:
    """The lines of a fund table, by id; the places of all begin with this one."""
    return {line.id: row_of(line, table, f"{place}/{line.id}") for line in funds.rows}


def row_of(line: FundLine, table: FundTable | None, place: str) -> Row:
    """A line of a fund table, at this place."""
    roles = roles_of(table)
    values: dict[FundColumnRole, Decimal] = {}
    columns: dict[FundColumnRole, str] = {}
    for column, value in line.amounts.items():
        role = role_of(column, roles)
        if value is not None and role is not FundColumnRole.OTHER:
            values[role], columns[role] = value, column
    for role, own in _own_values(line):
        if own is not None:
            values[role], columns[role] = own, str(role)
    named = next((r.name for r in table.rows if r.id == line.id), line.id) if table else line.id
    return Row(place, line.name or named, values, columns)


def _own_values(line: FundLine) -> tuple[tuple[FundColumnRole, Decimal | None], ...]:
    return (
        (FundColumnRole.RATE, line.rate),
        (FundColumnRole.FULL_MARKS, line.full_marks),
        (FundColumnRole.SCORE, line.score),
    )


def budget_of(row: Row) -> Decimal | None:
    """The amount that an execution rate is a share of; None where the row has none."""
    return next((row.values[role] for role in BUDGET_ROLES if role in row.values), None)


def spends_whole_budget(whole: Row, parts: list[Row]) -> bool:
    """Whether lines that all say what they executed have the sum's whole budget, so that others,
    which the report does not have, can't have spent anything."""
    role = next((one for one in BUDGET_ROLES if one in whole.values), None)
    having = [part for part in parts if role and part.values.get(role)]
    return (
        role is not None
        and bool(having)
        and sum((part.values[role] for part in having), ZERO) == whole.values[role]
        and all(FundColumnRole.EXECUTED in part.values for part in having)
    )


def rates_of(row: Row) -> list[Decimal]:
    """The rates in per cent that a score may rest on: the written one, and those that follow from
    money."""
    executed = row.values.get(FundColumnRole.EXECUTED)
    budgets = [row.values[role] for role in BUDGET_ROLES if row.values.get(role, ZERO) > 0]
    written = row.values.get(FundColumnRole.RATE)
    computed = [executed * 100 / budget for budget in budgets] if executed is not None else []
    return [*computed, *([written] if written is not None else [])]


def total_row(subject: Subject, owner: Evaluated, start: str) -> Row | None:
    """The line that stands for all the money of a report or project; None without one."""
    if not owner.funds or not owner.funds.rows:
        return None
    return rows(subject, owner, start)[total_line(owner.funds).id]


def total_rates(subject: Subject, owner: Evaluated, start: str) -> list[Decimal]:
    """The execution rates, in per cent, that all the money may have; none without amounts."""
    row = total_row(subject, owner, start)
    return rates_of(row) if row else []
