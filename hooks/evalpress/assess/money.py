"""3 assess: a fund table -> amounts by what they mean, and the execution rate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from evalpress.model import Evaluated, FundColumnRole, FundLine, Funds, FundTable
from evalpress.text.quantities import HUNDREDTH

# What a rate is computed from, in this order: an adjusted budget is the year's.
BUDGET_ROLES = (FundColumnRole.BUDGET, FundColumnRole.ADJUSTED, FundColumnRole.INITIAL)


def percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """`part` of `whole` in per cent with two decimals, halves rounded up (2 of 3: 66.67); None
    where the whole is zero or less: a rate of nothing is shown as a dash, never as 0 or 100."""
    if whole <= 0:
        return None
    with localcontext(prec=60):
        return (part / whole * 100).quantize(HUNDREDTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Rate:
    """An execution rate; `computed` where the original gives amounts but no rate."""

    percent: Decimal
    computed: bool


@dataclass(frozen=True)
class Money:
    """The total line of a fund table: amounts by what they mean, in `unit`."""

    amounts: dict[FundColumnRole, Decimal]
    unit: str

    def get(self, *roles: FundColumnRole) -> Decimal | None:
        """The first of these amounts that is there."""
        return next((self.amounts[role] for role in roles if role in self.amounts), None)


def total_line(funds: Funds) -> FundLine:
    """The line that stands for all the money: `total`, or the first one. The funds must have
    rows."""
    return next((line for line in funds.rows if line.id == "total"), funds.rows[0])


def total_place(funds: Funds | None, column: str) -> str:
    """The place of a column in the line that stands for all the money."""
    return f"funds/{total_line(funds).id if funds and funds.rows else 'total'}/{column}"


def amounts_of(line: FundLine, table: FundTable | None) -> dict[FundColumnRole, Decimal]:
    """The amounts of a line by what their columns mean, in the unit of the table. What a column
    means `other` is left out. Raises ValueError for a column that neither table nor program
    knows."""
    roles = {column.id: column.role for column in table.columns} if table else {}
    amounts: dict[FundColumnRole, Decimal] = {}
    for column, amount in line.amounts.items():
        role = roles.get(column) or FundColumnRole(column)
        if amount is not None and role is not FundColumnRole.OTHER:
            amounts[role] = amount
    return amounts


def money_of(funds: Funds | None, table: FundTable | None) -> Money | None:
    """What the total line says, in the funds' own unit or the table's; None without an amount."""
    if not funds or not funds.rows:
        return None
    amounts = amounts_of(total_line(funds), table)
    unit = funds.unit or (table.unit if table else "")
    return Money(amounts, unit) if amounts else None


def rate_of(owner: Evaluated, money: Money | None, withheld: Iterable[str]) -> Rate | None:
    """The execution rate as written, or executed by budget (执行率 = 执行数/预算数, arithmetic).

    An appropriation is no budget: no rate follows from it; nor does one from what is left of a line
    in which something is withheld."""
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
    found = percent(executed, budget)
    return Rate(found, computed=True) if found is not None else None


def _touches(place: str, line: FundLine) -> bool:
    return place == "funds" or f"{place}/".startswith(f"funds/{line.id}/")
