"""2 check: fund tables and facts -> Findings: sums, execution rates, and the score of the rate.

A sum is compared where all its parts have a value; where some lack one, only with what they exceed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evalpress.assess import BUDGET_ROLES, percent, total_line
from evalpress.assess.judging import countable
from evalpress.checks import rule
from evalpress.checks.fund_columns import money_unit, role_of, roles_of
from evalpress.checks.marking import dimension_key, is_proportional, marks_of
from evalpress.checks.rounding import ZERO, agrees, plain, rate_slack, rounded
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level
from evalpress.model import Evaluated, Fact, FundColumnRole, FundLine, Funds, FundTable, Kind, Score
from evalpress.text.quantities import HUNDREDTH, unit_of

_MONEY = (
    FundColumnRole.LAST_YEAR,
    FundColumnRole.INITIAL,
    FundColumnRole.ADJUSTED,
    FundColumnRole.BUDGET,
    FundColumnRole.APPROPRIATED,
    FundColumnRole.RECEIVED,
    FundColumnRole.EXECUTED,
    FundColumnRole.CARRIED_OVER,
)
# What can be left of: a table has one of them, or several that need not agree.
_CARRIED_FROM = (*BUDGET_ROLES, FundColumnRole.RECEIVED, FundColumnRole.APPROPRIATED)
_SINGLE = (Kind.PROJECT, Kind.BOND, Kind.TRANSFER)


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
    return subject.once(_all_rows)[start] if owner.funds else {}


def _all_rows(subject: Subject) -> dict[str, dict[str, Row]]:
    return {
        start: _rows_of(owner.funds, subject.fund_table(owner), f"{start}funds")
        for owner, start in subject.owners()
        if owner.funds
    }


def _rows_of(funds: Funds, table: FundTable | None, place: str) -> dict[str, Row]:
    return {line.id: _row(line, table, f"{place}/{line.id}") for line in funds.rows}


def _row(line: FundLine, table: FundTable | None, place: str) -> Row:
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


def _budget(row: Row) -> Decimal | None:
    return next((row.values[role] for role in BUDGET_ROLES if role in row.values), None)


# --- execution rates ----------------------------------------------------------------------------


@rule("execution_rate", level=Level.ERROR)
def execution_rate(subject: Subject) -> Iterator[Finding]:
    """执行率应等于全年执行数除以全年预算数（没有全年预算数的，除以年初预算数）。

    依据：财预〔2020〕10号附件1
    """
    for owner, start in subject.owners():
        for row in rows(subject, owner, start).values():
            written, budget = row.values.get(FundColumnRole.RATE), _budget(row)
            executed = row.values.get(FundColumnRole.EXECUTED)
            if written is None or not budget or budget < 0 or executed is None:
                continue
            computed = executed * 100 / budget
            if abs(written - computed) > rate_slack(written):
                yield subject.find(
                    "execution_rate", row.at(FundColumnRole.RATE), name=row.name,
                    found=plain(written), executed=plain(executed), budget=plain(budget),
                    expected=plain(percent(executed, budget) or ZERO),
                )  # fmt: skip


@rule("rate_of_nothing", level=Level.WARNING)
def rate_of_nothing(subject: Subject) -> Iterator[Finding]:
    """预算数是零的，执行率写“—”，不写0%或100%。

    依据：地方做法
    """
    for owner, start in subject.owners():
        for row in rows(subject, owner, start).values():
            written = row.values.get(FundColumnRole.RATE)
            if written is not None and _budget(row) == 0:
                yield subject.find(
                    "rate_of_nothing", row.at(FundColumnRole.RATE), name=row.name,
                    found=plain(written),
                )  # fmt: skip


def _rates(row: Row) -> list[Decimal]:
    """The rates that a score may rest on: the written one, and those that follow from money."""
    executed = row.values.get(FundColumnRole.EXECUTED)
    budgets = [row.values[role] for role in BUDGET_ROLES if row.values.get(role, ZERO) > 0]
    written = row.values.get(FundColumnRole.RATE)
    computed = [executed * 100 / budget for budget in budgets] if executed is not None else []
    return [*computed, *([written] if written is not None else [])]


def _due(rate: Decimal, marks: Decimal) -> Decimal:
    return min(max(rate, ZERO), Decimal(100)) * marks / 100


@rule("execution_score", level=Level.ERROR)
def execution_score(subject: Subject) -> Iterator[Finding]:
    """执行率得分应等于执行率乘以满分，最多得满分。

    依据：算术关系
    """
    for owner, start in subject.owners():
        scheme = subject.scheme(owner)
        if not is_proportional(scheme):
            continue
        for row in rows(subject, owner, start).values():
            score = row.values.get(FundColumnRole.SCORE)
            marks = row.values.get(FundColumnRole.FULL_MARKS)
            if score is None or marks is None or not _rates(row):
                continue
            due = [_due(rate, marks) for rate in _rates(row)]
            if not any(agrees(score, value, scheme) for value in due):
                yield subject.find(
                    "execution_score", row.at(FundColumnRole.SCORE), found=plain(score),
                    rate=plain(rounded(_rates(row)[0])), marks=plain(marks),
                    expected=plain(rounded(due[0], scheme)),
                )  # fmt: skip


@rule("execution_dimension", level=Level.ERROR)
def execution_dimension(subject: Subject) -> Iterator[Finding]:
    """评分里的预算执行率得分，应与资金表的得分一致；资金表没有得分的，应与执行率相符。

    依据：报告前后一致
    """
    for owner, start in subject.owners():
        item, row = _execution_item(subject, owner), _total(subject, owner, start)
        if not item or item.score is None or not row:
            continue
        due = _execution_due(subject, owner, item, row)
        if due and not any(agrees(item.score, value, subject.scheme(owner)) for value in due):
            yield subject.find(
                "execution_dimension", f"{start}scores/{item.id or item.name}/score",
                name=item.name, found=plain(item.score),
                expected=plain(rounded(due[0], subject.scheme(owner))),
            )  # fmt: skip


def _execution_due(subject: Subject, owner: Evaluated, item: Score, row: Row) -> list[Decimal]:
    """What the dimension may score; nothing where indicators of its own make it up."""
    scheme, key = subject.scheme(owner), dimension_key(item.name, subject.scheme(owner))
    if any(dimension_key(i.level1, scheme) == key for i in countable(owner)):
        return []
    if FundColumnRole.SCORE in row.values:
        return [row.values[FundColumnRole.SCORE]]
    marks = marks_of(item, scheme)
    if marks is None or not is_proportional(scheme):
        return []
    return [_due(rate, marks) for rate in _rates(row)]


def _execution_item(subject: Subject, owner: Evaluated) -> Score | None:
    items = owner.scores.items if owner.scores else ()
    return next((item for item in items if "执行率" in item.name), None)


def _total(subject: Subject, owner: Evaluated, start: str) -> Row | None:
    if not owner.funds or not owner.funds.rows:
        return None
    return rows(subject, owner, start)[total_line(owner.funds).id]


@rule("score_of_part", level=Level.WARNING)
def score_of_part(subject: Subject) -> Iterator[Finding]:
    """执行率的分值和得分只在资金总额行填，来源各行不重复计分。

    依据：财预〔2020〕10号附件1
    """
    for owner, start in subject.owners():
        known = rows(subject, owner, start)
        for whole, parts in _sums(subject, owner, known):
            if FundColumnRole.SCORE in whole.values:
                for part in (p for p in parts if FundColumnRole.SCORE in p.values):
                    yield subject.find(
                        "score_of_part", part.at(FundColumnRole.SCORE), name=part.name,
                        found=plain(part.values[FundColumnRole.SCORE]), whole=whole.name,
                    )  # fmt: skip


# --- sums ---------------------------------------------------------------------------------------


def _sums(
    subject: Subject, owner: Evaluated, known: dict[str, Row]
) -> Iterator[tuple[Row, list[Row]]]:
    """The lines that are sums, with the lines that they add up as far as the report has them."""
    table = subject.fund_table(owner)
    for row in table.rows if table and known else ():
        if row.sum_of and row.id in known:
            yield known[row.id], [known[part] for part in row.sum_of if part in known]


@rule("fund_sum", level=Level.ERROR)
def fund_sum(subject: Subject) -> Iterator[Finding]:
    """合计行的每一列应等于各来源行之和（基本支出加项目支出等于支出合计）。

    依据：算术关系
    """
    for owner, start in subject.owners():
        table = subject.fund_table(owner)
        counts = {row.id: len(row.sum_of) for row in table.rows} if table else {}
        for whole, parts in _sums(subject, owner, rows(subject, owner, start)):
            expected = counts[whole.place.rpartition("/")[2]]
            for role in (role for role in _MONEY if role in whole.values):
                values = [p.values[role] for p in parts if role in p.values]
                complete = len(values) == expected
                if values and _contradicts(whole.values[role], values, complete):
                    yield subject.find(
                        "fund_sum", whole.at(role), name=whole.name,
                        found=plain(whole.values[role]), expected=plain(sum(values, ZERO)),
                        parts=" + ".join(map(plain, values)),
                    )  # fmt: skip


def _contradicts(total: Decimal, values: list[Decimal], complete: bool) -> bool:
    """True where parts cannot add up to a total; parts that are not there may be any amount."""
    difference = total - sum(values)
    slack = HUNDREDTH * len(values)
    return difference < -slack or (complete and difference > slack)


@rule("carried_over", level=Level.ERROR)
def carried_over(subject: Subject) -> Iterator[Finding]:
    """结转结余数应等于预算（或拨付、到位）数减去执行数。

    依据：算术关系
    """
    for owner, start in subject.owners():
        for row in rows(subject, owner, start).values():
            left = row.values.get(FundColumnRole.CARRIED_OVER)
            executed = row.values.get(FundColumnRole.EXECUTED)
            bases = [row.values[role] for role in _CARRIED_FROM if role in row.values]
            if left is None or executed is None or not bases:
                continue
            if all(abs(base - executed - left) > HUNDREDTH * 2 for base in bases):
                yield subject.find(
                    "carried_over", row.at(FundColumnRole.CARRIED_OVER), name=row.name,
                    found=plain(left), base=plain(bases[0]), executed=plain(executed),
                    expected=plain(bases[0] - executed),
                )  # fmt: skip


@rule("fact_sum", level=Level.ERROR)
def fact_sum(subject: Subject) -> Iterator[Finding]:
    """数据的分项之和应等于总数（单位相同的）。

    依据：算术关系
    """
    for owner, start in subject.owners():
        for fact in (f for f in owner.facts if f.parts and f.value is not None):
            values = _part_values(fact)
            if values and fact.value is not None and not _adds_up(fact.value, values):
                yield subject.find(
                    "fact_sum", f"{start}facts/{fact.id}/value", name=fact.name,
                    found=plain(fact.value), expected=plain(sum(values, ZERO)),
                    parts=" + ".join(map(plain, values)), unit=fact.unit or "",
                )  # fmt: skip


def _part_values(fact: Fact) -> list[Decimal]:
    """The parts in the unit of the whole; none where a unit differs or shares are no parts."""
    factor, unit = unit_of(fact.unit or "")
    if unit in ("%", "‰", "个百分点", "分") or "/" in unit:
        return []
    values = []
    for part in fact.parts:
        own, own_unit = unit_of(part.unit) if part.unit else (factor, unit)
        if own_unit != unit:
            return []
        values.append(part.value * own / factor)
    return values


def _adds_up(total: Decimal, values: list[Decimal]) -> bool:
    """Counts to the point; amounts with decimals within a hundredth for each part."""
    whole = all(value == value.to_integral_value() for value in (total, *values))
    return abs(total - sum(values)) <= (ZERO if whole else HUNDREDTH * len(values))


# --- projects inside a report -------------------------------------------------------------------


@rule("projects_sum", level=Level.ERROR)
def projects_sum(subject: Subject) -> Iterator[Finding]:
    """报告内各项目的金额合计，应与报告自己的项目资金一致（部门整体报告只列部分项目的，不超过）。

    依据：算术关系
    """
    for role, whole, values, complete in _project_amounts(subject):
        only_some = subject.kind not in _SINGLE
        if complete and _contradicts(whole.values[role], values, not only_some):
            yield _projects_finding("projects_sum", subject, role, whole, values)


@rule("projects_exceed", level=Level.WARNING)
def projects_exceed(subject: Subject) -> Iterator[Finding]:
    """部分项目没有填金额的，已填的合计也不应超过报告自己的项目资金。

    依据：算术关系
    """
    for role, whole, values, complete in _project_amounts(subject):
        if not complete and _contradicts(whole.values[role], values, False):
            yield _projects_finding("projects_exceed", subject, role, whole, values)


def _projects_finding(
    name: str, subject: Subject, role: FundColumnRole, whole: Row, values: list[Decimal]
) -> Finding:
    projects = len(subject.content.projects)
    return subject.find(
        name, whole.at(role), name=whole.name, found=plain(whole.values[role]),
        expected=plain(sum(values, ZERO)), count=len(values), projects=projects,
    )  # fmt: skip


def _project_amounts(
    subject: Subject,
) -> Iterator[tuple[FundColumnRole, Row, list[Decimal], bool]]:
    """By column: the report's own line for its projects, what its projects say, and if all do."""
    owners = list(subject.owners())
    known = rows(subject, *owners[0]) if len(owners) > 1 else {}
    own = _total(subject, *owners[0]) if known else None
    whole = known.get("projects") or own
    if whole is None:
        return
    units = [money_unit(owner.funds, subject.fund_table(owner)) for owner, _ in owners]
    same = [owner for owner, unit in zip(owners, units, strict=True) if unit == units[0]]
    parts = [_total(subject, *owner) for owner in same[1:]]
    for role in (role for role in _MONEY if role in whole.values):
        values = [part.values[role] for part in parts if part and role in part.values]
        if values:
            yield role, whole, values, len(values) == len(owners) - 1
