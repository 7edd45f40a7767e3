"""2 check: the figures of a report's data, each with the names that prose may call it by.

Rules that hold prose or another year against the data take them from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache

from evalpress.assess import BUDGET_ROLES, percent, total_line
from evalpress.checks.fund_columns import money_unit, role_of, roles_of
from evalpress.model import Evaluated, FundColumnRole, FundLine, Key, Reference, Scheme
from evalpress.model.values import Measure
from evalpress.text.quantities import unit_of

_BEFORE = re.compile(
    r"(?:其中|全年|全区|全局|全系统|当年|当期|本年度?|本期|截至|截止|到|至|20\d\d\s*年(?:度|末|底)*|年末|年底|年内"
    r"|期末|\d+月末|[我本该][局办单位]+|局里|共|累计|合计|总(?!分)|实际|实现|完成|已|另有?|现有|有|各类|以及|及|和|与"
    r"|包括|包含|内?含|是|为|即|经|的|区|本(?=[^级])|\s)+"
)
_BEHIND = re.compile(
    r"(?:不[低高少多]于|不超过|控制在|至少|首次|共计|合计|总计|累计|共有?|总数|总量|数量?|为|是|有|达到?|得分?|仅|只|已|计|的|了|实现|完成|即|各|提高到|增加到"
    r"|升到|增至|降到|降至|下降到|回升到|缩短到|：|:|\s)+$"
)


@lru_cache(maxsize=4096)
def core(label: str) -> str:
    """A label without the words that say nothing about what is counted."""
    begin = match.end() if (match := _BEFORE.match(label)) else 0
    return _BEHIND.sub("", label[begin:])


@lru_cache(maxsize=4096)
def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters, by which labels are compared."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


# --- the figures ----------------------------------------------------------------------------------


class Family(StrEnum):
    """Which part of the data a figure comes from; each has a rule of its own."""

    FUNDS = "funds"
    RATE = "rate"
    SCORE = "score"
    FACT = "fact"
    INDICATOR = "indicator"


@dataclass(eq=False)
class Datum:
    """A figure of the data: where it stands, what it is called, its value in the base unit.

    `key` is the same for the same figure of another year.
    """

    family: Family
    place: str
    key: str
    names: tuple[str, ...]
    value: Decimal
    unit: str
    shown: str
    year: int
    is_target: bool = False
    role: FundColumnRole | None = None

    @cached_property
    def pairs(self) -> list[frozenset[str]]:
        """The pairs of neighbouring characters of each name, in the order of `names`."""
        return [pairs_of(name) for name in self.names]


def data_of(reference: Reference, key: Key, owner: Evaluated, prefix: str) -> list[Datum]:
    """Every figure of a report or of a project inside it."""
    found = [*_funds(reference, key, owner), *_scores(reference.scheme_of(owner, key), key, owner)]
    found += [*_facts(key, owner), *_indicators(key, owner)]
    return [replace(datum, place=prefix + datum.place) for datum in found] if prefix else found


def _funds(reference: Reference, key: Key, owner: Evaluated) -> Iterator[Datum]:
    funds, table = owner.funds, reference.fund_table_of(owner, key)
    if not funds or not funds.rows:
        return
    unit, roles = money_unit(funds, table), roles_of(table)
    names = {row.id: row.name for row in table.rows} if table else {}
    total = total_line(funds)
    for line in funds.rows:
        named = (line.name or names.get(line.id, "")).removeprefix("其中：")
        name = "" if line is total else core(named)
        for column, amount in line.amounts.items():
            role = role_of(column, roles)
            if amount is not None and role not in _NOT_MONEY:
                yield _amount(f"funds/{line.id}/{column}", role, amount, unit, name, key.year)
        if line is total:
            yield from _rates(line, roles, key.year)


# What 全年预算 can mean; the budget of the year's beginning is another figure.
WHOLE_YEAR = (FundColumnRole.BUDGET, FundColumnRole.ADJUSTED)
_NOT_MONEY = (FundColumnRole.FULL_MARKS, FundColumnRole.RATE, FundColumnRole.SCORE)


def _amount(
    place: str, role: FundColumnRole, amount: Decimal, unit: str, name: str, year: int
) -> Datum:
    factor, base = unit_of(unit)
    names = (name, name.removesuffix("资金")) if name else ()
    return Datum(
        Family.FUNDS, place, f"funds/{name}/{role}", names, amount * factor, base,
        f"{amount}{unit}", year, role=role,
    )  # fmt: skip


def _rates(line: FundLine, roles: dict[str, FundColumnRole], year: int) -> Iterator[Datum]:
    """The execution rate, as written or as it follows from budget and executed."""
    amounts = {
        role_of(column, roles): amount
        for column, amount in line.amounts.items()
        if amount is not None
    }
    budget = next((amounts[role] for role in BUDGET_ROLES if role in amounts), None)
    executed = amounts.get(FundColumnRole.EXECUTED)
    rate = line.rate if line.rate is not None else amounts.get(FundColumnRole.RATE)
    if rate is None and budget is not None and executed is not None:
        rate = percent(executed, budget)
    if rate is not None:
        place = f"funds/{line.id}/" + ("rate" if line.rate is not None else "executed")
        yield Datum(Family.RATE, place, "rate", ("执行率",), rate, "%", f"{rate}%", year)
    yield from _received_rates(line, amounts, year)


def _received_rates(
    line: FundLine, amounts: dict[FundColumnRole, Decimal], year: int
) -> Iterator[Datum]:
    """What was received of each budget that 到位率 can mean."""
    received, place = amounts.get(FundColumnRole.RECEIVED), f"funds/{line.id}/received"
    for role in BUDGET_ROLES:
        rate = percent(received, amounts[role]) if received and amounts.get(role) else None
        if rate is not None:
            shown = f"{received} ÷ {amounts[role]} = {rate}%"
            names = ("到位率", "资金到位率", "预算到位率")
            yield Datum(Family.FACT, place, "received_rate", names, rate, "%", shown, year)


def _scores(scheme: Scheme | None, key: Key, owner: Evaluated) -> Iterator[Datum]:
    scores = owner.scores
    if not scores:
        return
    for score in scores.items:
        dimension = scheme.dimension(score.name) if scheme else None
        names = (score.name, *(dimension.also if dimension else ()))
        names = tuple(dict.fromkeys(core(n) for n in (*names, score.name.removesuffix("指标"))))
        place = f"scores/{score.id or score.name}/score"
        if score.score is not None:
            yield _points(place, names, score.score, key.year)
        full = score.full_marks or (dimension.full_marks if dimension else None)
        if full is not None:
            yield replace(_points(place, names, full, key.year), is_target=True)
    if scores.total is not None:
        yield _points("scores/total", (), scores.total, key.year)
    full = scores.full_marks or (scheme.full_marks if scheme else None)
    if full is not None:
        yield replace(_points("scores/total", (), full, key.year), is_target=True)


def _points(place: str, names: tuple[str, ...], value: Decimal, year: int) -> Datum:
    return Datum(Family.SCORE, place, place, names, value, "分", f"{value}分", year)


YEAR_OF = re.compile(r"20\d\d")


def _facts(key: Key, owner: Evaluated) -> Iterator[Datum]:
    for fact in owner.facts:
        named = YEAR_OF.search(fact.period or "")
        year = int(named.group()) if named else key.year
        place = f"facts/{fact.id}"
        if fact.value is not None:
            yield _fact(f"{place}/value", fact.name, fact.value, fact.unit, year)
        for part in fact.parts:
            unit = part.unit or fact.unit
            yield _fact(f"{place}/parts/{part.name}/value", part.name, part.value, unit, year)
    for part_of in ("staff", "assets") if owner.profile else ():
        for item in getattr(owner.profile, part_of):
            if item.value is not None:
                place = f"profile/{part_of}/{item.id or item.name}/value"
                yield _fact(place, item.name, item.value, item.unit, key.year)


def _fact(place: str, name: str, value: Decimal, unit: str | None, year: int) -> Datum:
    factor, base = unit_of(unit or "")
    shown = f"{value}{unit or ''}"
    return Datum(Family.FACT, place, place, (core(name),), value * factor, base, shown, year)


def _indicators(key: Key, owner: Evaluated) -> Iterator[Datum]:
    for indicator in owner.indicators:
        for field in ("actual", "target", "adjusted_target"):
            measure: Measure | None = getattr(indicator, field)
            if measure is None or measure.value is None or not indicator.name:
                continue
            factor, base = unit_of(measure.unit or indicator.unit or "")
            place = f"indicators/{indicator.id}/{field}"
            yield Datum(
                Family.INDICATOR, place, f"indicators/{indicator.name}/{field}",
                (core(indicator.name),), measure.value * factor, base, measure.written, key.year,
                is_target=field != "actual",
            )  # fmt: skip
