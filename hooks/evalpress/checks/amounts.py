"""2 check: rules about amounts of money: their units and signs, one beside another, differences of
rounding. What adds up is another module's (funds)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from evalpress.assess import total_line
from evalpress.checks import Context, rule, rule_for_all
from evalpress.checks.fund_columns import money_unit
from evalpress.checks.fund_rows import MONEY, Row, budget_of, row_of, rows, total_row
from evalpress.checks.listed import entries
from evalpress.checks.matching import readings
from evalpress.checks.rounding import ZERO, plain, rounded
from evalpress.checks.subject import Subject
from evalpress.checks.sums import ALL, Fit
from evalpress.findings import Finding, Level, find
from evalpress.model import Evaluated, FundColumnRole
from evalpress.text.quantities import Figure, unit_of
from evalpress.wording import word

_UNITS = ("元", "千元", "万元", "百万元", "亿元")


# --- units ----------------------------------------------------------------------------------------


@rule("money_unit", level=Level.ERROR)
def money_units(subject: Subject) -> Iterator[Finding]:
    """资金表的单位是元、千元、万元、百万元、亿元之一，程序才能换算和核对。

    依据：本程序的数据格式
    """
    for owner, start in subject.owners():
        unit = owner.funds.unit if owner.funds else None
        if unit and unit not in _UNITS:
            yield subject.find(
                "money_unit", f"{start}funds/unit", found=unit, known="、".join(_UNITS)
            )


@rule_for_all("money_unit_of_table", level=Level.ERROR)
def money_units_of_tables(context: Context) -> Iterator[Finding]:
    """tables.yml 里资金表的单位也是其中之一。

    依据：本程序的数据格式
    """
    for table, source, path in entries(context, "fund_tables"):
        if table.unit not in _UNITS:
            where, known = source.place((*path, "unit")), "、".join(_UNITS)
            yield find("money_unit_of_table", where, found=table.unit, known=known)


_APART = (Decimal(2000), Decimal(50000))


@rule("unit_slip", level=Level.WARNING)
def unit_slips(subject: Subject) -> Iterator[Finding]:
    """金额与上年、与同表各行、与正文相差约一万倍的，核对是元还是万元。

    依据：报告前后一致
    """
    for owner, start in subject.owners():
        known = rows(subject, owner, start)
        unit = money_unit(owner.funds, subject.fund_table(owner))
        beside = [*_beside_last_year(subject, owner, start), *_beside_each_other(known)]
        for row, role, other, against in beside:
            value = row.values[role]
            yield subject.find(
                "unit_slip", row.at(role), name=row.name, found=f"{plain(value)}{unit}",
                other=other, against=against,
            )  # fmt: skip


# A row and the column in it, the other amount, and what that is.
_Slip = tuple[Row, FundColumnRole, str, str]


def _beside_last_year(subject: Subject, owner: Evaluated, start: str) -> Iterator[_Slip]:
    """The report's total beside that of the year before, in 元 both."""
    earlier = subject.earlier
    if earlier is None or start or not earlier.content.funds or not earlier.content.funds.rows:
        return
    row, line = total_row(subject, owner, start), total_line(earlier.content.funds)
    table = subject.reference.fund_table_of(earlier.content, earlier.key)
    before = row_of(line, table, f"funds/{line.id}")
    units = (
        unit_of(money_unit(owner.funds, subject.fund_table(owner))),
        unit_of(money_unit(earlier.content.funds, table)),
    )
    if row is None or units[0][1] != "元" or units[1][1] != "元":
        return
    for role in (r for r in MONEY if r in row.values and r in before.values):
        now, old = row.values[role] * units[0][0], before.values[role] * units[1][0]
        if _are_apart(now, old):
            other = f"{plain(before.values[role])}{money_unit(earlier.content.funds, table)}"
            yield row, role, other, word("finding", "of_year").format(earlier.key.year)
            return


def _beside_each_other(known: dict[str, Row]) -> Iterator[_Slip]:
    """One amount of a row beside the others of the same row: 900 and 8974000."""
    for row in known.values():
        money = [(role, row.values[role]) for role in _BESIDE if row.values.get(role)]
        if len(money) < 2 or not _are_apart(min(v for _, v in money), max(v for _, v in money)):
            continue
        for role, value in money:
            others = [other for r, other in money if r is not role]
            if all(_are_apart(value, other) for other in others) and (
                len(others) > 1 or _is_too_much(role, value, others[0])
            ):
                yield row, role, plain(others[0]), row.name


_BESIDE = tuple(
    role for role in MONEY if role not in (FundColumnRole.CARRIED_OVER, FundColumnRole.LAST_YEAR)
)
_SURELY = Decimal(8000)  # less than that may be a budget of which little was spent


def _is_too_much(role: FundColumnRole, value: Decimal, other: Decimal) -> bool:
    """True where the larger of two amounts is in the wrong unit."""
    return value > other and (role is FundColumnRole.EXECUTED or value / other >= _SURELY)


def _are_apart(one: Decimal, other: Decimal) -> bool:
    low, high = sorted((abs(one), abs(other)))
    return low > 0 and _APART[0] <= high / low <= _APART[1]


# --- signs and sizes ------------------------------------------------------------------------------


@rule("negative_amount", level=Level.ERROR)
def negative_amounts(subject: Subject) -> Iterator[Finding]:
    """预算、到位、执行等金额不是负数。

    依据：算术关系
    """
    for owner, start in subject.owners():
        for row in rows(subject, owner, start).values():
            for role in (r for r in MONEY if row.values.get(r, ZERO) < 0):
                if role is not FundColumnRole.CARRIED_OVER:
                    found = plain(row.values[role])
                    yield subject.find("negative_amount", row.at(role), name=row.name, found=found)


_MOST = Decimal(10) ** 12  # 元: more than a district's department ever has
_LEAST = Decimal(100)


@rule("absurd_amount", level=Level.WARNING)
def absurd_amounts(subject: Subject) -> Iterator[Finding]:
    """金额不大得离谱（一万亿元以上），也不小得离谱（资金总额不到一百元）。

    依据：地方做法
    """
    for owner, start in subject.owners():
        unit = money_unit(owner.funds, subject.fund_table(owner))
        factor, base = unit_of(unit)
        total = total_row(subject, owner, start)
        for row in rows(subject, owner, start).values() if base == "元" else ():
            for role in (r for r in MONEY if row.values.get(r)):
                value = abs(row.values[role]) * factor
                small = row is total and role in (FundColumnRole.BUDGET, FundColumnRole.INITIAL)
                if value >= _MOST or (small and value < _LEAST):
                    values = {"name": row.name, "found": f"{plain(row.values[role])}{unit}"}
                    yield subject.find("absurd_amount", row.at(role), **values)


# --- executed beside the budget -------------------------------------------------------------------


_CEILINGS = (
    FundColumnRole.BUDGET, FundColumnRole.ADJUSTED, FundColumnRole.APPROPRIATED,
    FundColumnRole.RECEIVED,
)  # fmt: skip
_TOLD = re.compile(
    "超支|超预算|超出预算|超过预算|超出(?:部分|的)|追加|调剂|垫付|动用|使用(?:上年|以前年度)|结转"
)


@rule("overspent", level=Level.WARNING)
def overspent(subject: Subject) -> Iterator[Finding]:
    """执行数不超过全年预算数、拨付数、到位数；确实超过的要说明。

    依据：算术关系
    """
    for owner, start in subject.owners():
        told = _tells_more(subject, owner, start)
        for row in rows(subject, owner, start).values():
            role = None if told else _exceeded(row)
            if role:
                executed = plain(row.values[FundColumnRole.EXECUTED])
                name = "overspent_swapped" if _is_swapped(row) else "overspent"
                values = {"found": executed, "budget": plain(row.values[role]), "name": row.name}
                found = subject.find(name, row.at(FundColumnRole.EXECUTED), **values)
                yield replace(found, rule="overspent")


def _exceeded(row: Row) -> FundColumnRole | None:
    """The column that the executed amount exceeds by more than rounding; None where none."""
    executed = row.values.get(FundColumnRole.EXECUTED)
    known = [role for role in _CEILINGS if role in row.values]
    if executed is None or not known:
        return None
    over = [role for role in known if executed - row.values[role] > Decimal("0.02")]
    budgets = (FundColumnRole.BUDGET, FundColumnRole.ADJUSTED)
    if any(role in budgets for role in over):
        return over[0]
    return over[0] if len(over) == len(known) else None


def _is_swapped(row: Row) -> bool:
    """True where the written rate is the budget's share of what was executed."""
    rate, budget = row.values.get(FundColumnRole.RATE), budget_of(row)
    executed = row.values.get(FundColumnRole.EXECUTED)
    return bool(rate and budget and executed and abs(budget * 100 / executed - rate) < 1)


def _tells_more(subject: Subject, owner: Evaluated, start: str) -> bool:
    """True where the report says why more was spent."""
    funds = owner.funds
    own = [line.note or "" for line in funds.rows] if funds else []
    if funds and (funds.rate_reason or any(own)):
        return True
    texts = (t.value for t in subject.texts if t.place.startswith(start or "body/"))
    return any(_TOLD.search(text) for text in texts if "超" in text or "追加" in text)


@rule("rate_above_full", level=Level.WARNING)
def rates_above_full(subject: Subject) -> Iterator[Finding]:
    """执行率不超过100%；超过的，核对是否填反或漏填预算调整，得分不当然是满分。

    依据：算术关系
    """
    for owner, start in subject.owners():
        told = _tells_more(subject, owner, start)
        for row in rows(subject, owner, start).values():
            rate = row.values.get(FundColumnRole.RATE)
            if rate and rate > 100 and not told and not _exceeded(row):
                at = row.at(FundColumnRole.RATE)
                found = plain(rounded(rate))
                yield subject.find("rate_above_full", at, name=row.name, found=found)


# --- differences of rounding ----------------------------------------------------------------------


@rule("rounding_difference", level=Level.WARNING)
def rounding_differences(subject: Subject) -> Iterator[Finding]:
    """分项合计与总数的差在取整范围内（每项0.01万元）的，核对后整份报告签注一次；以元计的不得有差。

    依据：算术关系
    """
    data = [f for compare in ALL for f in subject.once(compare) if f.fit is Fit.ROUNDED]
    spots = [(found.place, 0) for found in data]
    shown = [found.told["found"] for found in data]
    for place, total in _rounded_in_prose(subject):
        spots.append((place, total.start))
        shown.append(total.written)
    if spots:
        told = subject.find_all("rounding_difference", spots, found="、".join(shown))
        yield replace(told, place="")


def _rounded_in_prose(subject: Subject) -> Iterator[tuple[str, Figure]]:
    """Totals of the prose that their parts miss by no more than rounding, with their places."""
    for reading in readings(subject):
        for text, found in reading.mismatches:
            if found.rounded:
                yield text.place, found.total
