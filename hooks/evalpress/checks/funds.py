"""2 check: fund tables and facts -> Findings: sums, execution rates, and the score of the rate.

A sum is compared where all its parts have a value; where some lack one, only with what they exceed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from evalpress.assess import BUDGET_ROLES, percent
from evalpress.assess.judging import countable, named
from evalpress.checks import rule
from evalpress.checks.fund_columns import money_unit
from evalpress.checks.fund_rows import (
    MONEY,
    Row,
    budget_of,
    rates_of,
    rows,
    spends_whole_budget,
    total_row,
)
from evalpress.checks.marking import ceiling, dimension_key, is_proportional, marks_of
from evalpress.checks.rounding import ZERO, agrees, plain, rate_slack, rounded
from evalpress.checks.subject import Subject
from evalpress.checks.sums import Compared, Fit, fit, sums, wrong
from evalpress.findings import Finding, Level
from evalpress.model import Evaluated, Fact, FundColumnRole, Kind, Scheme, Score
from evalpress.text.quantities import unit_of
from evalpress.wording import word

# What can be left of: a table has one of them, or several that need not agree.
_CARRIED_FROM = (*BUDGET_ROLES, FundColumnRole.RECEIVED, FundColumnRole.APPROPRIATED)
_SINGLE = (Kind.PROJECT, Kind.BOND, Kind.TRANSFER)


# --- execution rates ----------------------------------------------------------------------------


@rule("execution_rate", level=Level.ERROR)
def execution_rate(subject: Subject) -> Iterator[Finding]:
    """执行率应等于全年执行数除以全年预算数（没有全年预算数的，除以年初预算数）。

    依据：财预〔2020〕10号附件1
    """
    for owner, start in subject.owners():
        for row in rows(subject, owner, start).values():
            written, budget = row.values.get(FundColumnRole.RATE), budget_of(row)
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
            if written is not None and budget_of(row) == 0:
                yield subject.find(
                    "rate_of_nothing", row.at(FundColumnRole.RATE), name=row.name,
                    found=plain(written),
                )  # fmt: skip


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
            if score is None or marks is None or not rates_of(row):
                continue
            due = _possible(row, marks, scheme)
            if not any(agrees(score, value, scheme) for value in due):
                yield subject.find(
                    "execution_score", row.at(FundColumnRole.SCORE), found=plain(score),
                    rate=plain(rounded(rates_of(row)[0])), marks=plain(marks),
                    expected=plain(rounded(due[0], scheme)),
                )  # fmt: skip


@rule("execution_dimension", level=Level.ERROR)
def execution_dimension(subject: Subject) -> Iterator[Finding]:
    """评分里的预算执行率得分，应与资金表的得分一致；资金表没有得分的，应与执行率相符。

    依据：报告前后一致
    """
    for owner, start in subject.owners():
        item, row = _execution_item(subject, owner), total_row(subject, owner, start)
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
    """What the dimension may score; nothing where several indicators of its own make it up."""
    scheme, key = subject.scheme(owner), dimension_key(item.name, subject.scheme(owner))
    own = [i for i in countable(owner) if dimension_key(i.level1, scheme) == key]
    if len(own) > 1 or any("执行" not in named(indicator) for indicator in own):
        return []
    if FundColumnRole.SCORE in row.values:
        return [row.values[FundColumnRole.SCORE]]
    marks = marks_of(item, scheme)
    if marks is None or not is_proportional(scheme):
        return []
    return _possible(row, marks, scheme)


def _possible(row: Row, marks: Decimal, scheme: Scheme | None) -> list[Decimal]:
    """The points that each possible rate gives, and what a ceiling leaves of them."""
    due = [_due(rate, marks) for rate in rates_of(row)]
    execution = (
        next((d.id for d in scheme.dimensions if "执行" in d.name), None) if scheme else None
    )
    limit = ceiling(scheme, rates_of(row), execution) if execution else None
    return due if limit is None else [min(points, limit) for points in due]


def _execution_item(subject: Subject, owner: Evaluated) -> Score | None:
    items = owner.scores.items if owner.scores else ()
    return next((item for item in items if "执行率" in item.name), None)


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
    found = [one for one in subject.once(_fund_sums) if one.fit is Fit.WRONG]
    if len(found) < 2:
        yield from wrong(subject, _fund_sums)
        return
    form = word("finding", "sum_of_column")
    shown = "；".join(
        form.format(at=subject.describe(one.place).partition(" › ")[2], **one.told) for one in found
    )
    spots = [(one.place, 0) for one in found]
    yield replace(subject.find_all("fund_sums", spots, found=shown), rule="fund_sum")


@sums
def _fund_sums(subject: Subject) -> list[Compared]:
    return [
        found
        for owner, start in subject.owners()
        for whole, parts in _sums(subject, owner, rows(subject, owner, start))
        for found in _columns(subject, owner, whole, parts)
    ]


def _columns(
    subject: Subject, owner: Evaluated, whole: Row, parts: list[Row]
) -> Iterator[Compared]:
    """Each column of a line that is a sum, where it is not exactly that."""
    table = subject.fund_table(owner)
    counts = {row.id: len(row.sum_of) for row in table.rows} if table else {}
    unit = money_unit(owner.funds, table)
    for role in (role for role in MONEY if role in whole.values):
        values = [p.values[role] for p in parts if role in p.values]
        complete = len(values) == counts[whole.place.rpartition("/")[2]]
        complete |= role is FundColumnRole.EXECUTED and spends_whole_budget(whole, parts)
        found = fit(whole.values[role], values, unit, complete)
        if values and found is not Fit.EXACT:
            told = {"name": whole.name, "parts": " + ".join(map(plain, values))}
            told |= {"found": plain(whole.values[role]), "expected": plain(sum(values, ZERO))}
            yield Compared("fund_sum", whole.at(role), found, told)


@rule("carried_over", level=Level.ERROR)
def carried_over(subject: Subject) -> Iterator[Finding]:
    """结转结余数应等于预算（或拨付、到位）数减去执行数。

    依据：算术关系
    """
    return wrong(subject, _carried_over)


@sums
def _carried_over(subject: Subject) -> list[Compared]:
    return [
        found
        for owner, start in subject.owners()
        for row in rows(subject, owner, start).values()
        for found in _left(row, money_unit(owner.funds, subject.fund_table(owner)))
    ]


def _left(row: Row, unit: str) -> Iterator[Compared]:
    """What is carried over, where it is what no budget leaves."""
    left, executed = (
        row.values.get(role) for role in (FundColumnRole.CARRIED_OVER, FundColumnRole.EXECUTED)
    )
    bases = [row.values[role] for role in _CARRIED_FROM if role in row.values]
    if left is None or executed is None or not bases:
        return
    found = min(fit(base, [executed, left], unit) for base in bases)
    if found is not Fit.EXACT:
        told = {"name": row.name, "found": plain(left), "base": plain(bases[0])}
        told |= {"executed": plain(executed), "expected": plain(bases[0] - executed)}
        yield Compared("carried_over", row.at(FundColumnRole.CARRIED_OVER), found, told)


@rule("fact_sum", level=Level.ERROR)
def fact_sum(subject: Subject) -> Iterator[Finding]:
    """数据的分项之和应等于总数（单位相同的）。

    依据：算术关系
    """
    return wrong(subject, _fact_sums)


@sums
def _fact_sums(subject: Subject) -> list[Compared]:
    found = []
    for owner, start in subject.owners():
        for fact in (f for f in owner.facts if f.parts and f.value is not None):
            values = _part_values(fact)
            how = _adds_up(fact, values) if values else Fit.EXACT
            if how is not Fit.EXACT and fact.value is not None:
                told = {"name": fact.name, "parts": " + ".join(map(plain, values))}
                told |= {"found": plain(fact.value), "expected": plain(sum(values, ZERO))}
                told["unit"] = fact.unit or ""
                found.append(Compared("fact_sum", f"{start}facts/{fact.id}/value", how, told))
    return found


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


def _adds_up(fact: Fact, values: list[Decimal]) -> Fit:
    """Counts to the point; amounts with decimals within a hundredth for each part."""
    total = fact.value or ZERO
    whole = all(value == value.to_integral_value() for value in (total, *values))
    if whole and unit_of(fact.unit or "")[1] != "元":
        return Fit.EXACT if total == sum(values) else Fit.WRONG
    return fit(total, values, fact.unit or "")


# --- projects inside a report -------------------------------------------------------------------


@rule("projects_sum", level=Level.ERROR)
def projects_sum(subject: Subject) -> Iterator[Finding]:
    """报告内各项目的金额合计，应与报告自己的项目资金一致（部门整体报告只列部分项目的，不超过）。

    依据：算术关系
    """
    return wrong(subject, _project_sums)


@sums
def _project_sums(subject: Subject) -> list[Compared]:
    only_some = subject.kind not in _SINGLE
    return [
        _compared("projects_sum", subject, role, whole, values, not only_some)
        for role, whole, values, complete in _project_amounts(subject)
        if complete
    ]


@rule("projects_exceed", level=Level.WARNING)
def projects_exceed(subject: Subject) -> Iterator[Finding]:
    """部分项目没有填金额的，已填的合计也不应超过报告自己的项目资金。

    依据：算术关系
    """
    return wrong(subject, _projects_exceed)


@sums
def _projects_exceed(subject: Subject) -> list[Compared]:
    return [
        _compared("projects_exceed", subject, role, whole, values, False)
        for role, whole, values, complete in _project_amounts(subject)
        if not complete
    ]


def _compared(
    name: str, subject: Subject, role: FundColumnRole, whole: Row, values: list[Decimal],
    complete: bool,
) -> Compared:  # fmt: skip
    content = subject.content
    unit = money_unit(content.funds, subject.fund_table(content))
    told = {"name": whole.name, "found": plain(whole.values[role])}
    told |= {"expected": plain(sum(values, ZERO)), "count": str(len(values))}
    told["projects"] = str(len(content.projects))
    found = fit(whole.values[role], values, unit, complete)
    return Compared(name, whole.at(role), found, told)


def _project_amounts(
    subject: Subject,
) -> Iterator[tuple[FundColumnRole, Row, list[Decimal], bool]]:
    """By column: the report's own line for its projects, what its projects say, and if all do."""
    owners = list(subject.owners())
    known = rows(subject, *owners[0]) if len(owners) > 1 else {}
    own = total_row(subject, *owners[0]) if known else None
    whole = known.get("projects") or own
    if whole is None:
        return
    units = [money_unit(owner.funds, subject.fund_table(owner)) for owner, _ in owners]
    same = [owner for owner, unit in zip(owners, units, strict=True) if unit == units[0]]
    parts = [total_row(subject, *owner) for owner in same[1:]]
    for role in (role for role in MONEY if role in whole.values):
        values = [part.values[role] for part in parts if part and role in part.values]
        if values:
            yield role, whole, values, len(values) == len(owners) - 1
