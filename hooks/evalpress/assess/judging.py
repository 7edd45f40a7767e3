"""3 assess: indicators -> what their actual values say of their targets, and whether targets moved.

A value is judged only where target and actual are numbers of one unit and the way that the
indicator counts is certain; what a clerk may well have meant is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from evalpress.model import Evaluated, Indicator, Nature
from evalpress.model.values import Measure
from evalpress.text.quantities import unit_of

_UNJUDGED = (Nature.RANGE, Nature.QUALITATIVE, Nature.DATE, Nature.TEXT)
# Names of what is better when lower: without a comparator nobody knows which way they count.
_DOWNWARD = re.compile(
    "控制|成本|费用|经费|支出|造价|单价|均价|价格|调整率|结转|结余|变动|投诉|信访|事故|死亡|伤亡|发案|案件|逾期|差错|失误"
    "|损耗|损失|发生率|浓度|排放|能耗|用水|用电|时间|时限|时长|用时|周期|天数|排名|次品|退货|返工|误差|偏差|违规|违法|负债|债务"
)


@dataclass(frozen=True)
class Judgement:
    """Target and actual in one unit; `met` None where unknown, `share` of the target attained."""

    target: Decimal
    actual: Decimal
    met: bool | None
    share: Decimal | None
    upward: bool


def judge(indicator: Indicator) -> Judgement | None:
    """What the actual value says of the target; None where it cannot be judged."""
    target, actual = target_of(indicator), indicator.actual
    if not target or not actual or target.value is None or actual.value is None:
        return None
    if indicator.nature in _UNJUDGED:
        return None
    factor = _factor(target, actual, indicator.unit)
    if factor is None:
        return None
    value, goal = actual.value * factor, target.value
    upward = None if goal == 0 and target.comparator is None else _upward(indicator, target)
    return Judgement(
        goal, value, _met(target.comparator, goal, value, upward),
        _share(goal, value, upward), bool(upward),
    )  # fmt: skip


def target_of(indicator: Indicator) -> Measure | None:
    """The target that counts: the adjusted one where the year had one."""
    return indicator.adjusted_target or indicator.target


def named(indicator: Indicator) -> str:
    """What an indicator is called; by its text or level where it has no name."""
    return indicator.name or indicator.text or indicator.level2 or indicator.id


def _factor(target: Measure, actual: Measure, unit: str | None) -> Decimal | None:
    """By what the actual value counts in the target's unit; None where they differ in kind."""
    there, here = target.unit or unit, actual.unit or unit
    if not there or not here or there == here:
        return Decimal(1)
    (big, goal), (own, found) = unit_of(there), unit_of(here)
    return own / big if goal == found else None


def _upward(indicator: Indicator, target: Measure) -> bool | None:
    """True where more is better, False where less is, None where nothing tells."""
    if target.comparator in ("≥", ">"):
        return True
    if target.comparator in ("≤", "<"):
        return False
    if indicator.nature:
        return indicator.nature is Nature.POSITIVE
    said = f"{indicator.name or ''}{indicator.level2 or ''}"
    return None if "成本" in (indicator.level1 or "") or _DOWNWARD.search(said) else True


def _met(comparator: str | None, goal: Decimal, value: Decimal, upward: bool | None) -> bool | None:
    if comparator in (">", "<"):
        return value > goal if comparator == ">" else value < goal
    if value == goal:
        return True
    if goal == 0 and upward is not True:
        return value < 0
    if upward is None:
        return None
    if value > goal and upward:
        return None if comparator == "=" else True
    if value < goal and not upward:
        return None if comparator == "=" else True
    return False


def _share(goal: Decimal, value: Decimal, upward: bool | None) -> Decimal | None:
    whole, part = (goal, value) if upward else (value, goal)
    if upward is None or whole <= 0 or part < 0:
        return None
    return part / whole


# --- in closed words ----------------------------------------------------------------------------


class Outcome(StrEnum):
    """What became of an indicator, in words of which no others exist. Where the values cannot be
    judged, the department's own points speak: all of them, or not all."""

    MET = "met"
    MISSED = "missed"
    ALL_POINTS = "all_points"
    POINTS_LOST = "points_lost"
    UNKNOWN = "unknown"


def outcome(indicator: Indicator) -> Outcome:
    """What became of an indicator, from its values, or else from its points."""
    judged = judge(indicator)
    if judged and judged.met is not None:
        return Outcome.MET if judged.met else Outcome.MISSED
    if judged or indicator.score is None or indicator.full_marks is None:
        return Outcome.UNKNOWN
    return Outcome.ALL_POINTS if indicator.score >= indicator.full_marks else Outcome.POINTS_LOST


_SUCCESS = {
    Outcome.MET: True, Outcome.ALL_POINTS: True,
    Outcome.MISSED: False, Outcome.POINTS_LOST: False,
}  # fmt: skip


def is_met(indicator: Indicator) -> bool | None:
    """Whether an indicator reached its target; None where the data do not tell."""
    return _SUCCESS.get(outcome(indicator))


def countable(owner: Evaluated) -> list[Indicator]:
    """The indicators that may have marks: not the rows that say that nothing applies."""
    return [i for i in owner.indicators if i.not_applicable is None or i.full_marks is not None]


def is_quantified(indicator: Indicator) -> bool:
    """True where the target is a figure with a unit, or says a figure in its words."""
    target = target_of(indicator)
    if target is None:
        return indicator.name is None and any(c.isdecimal() for c in indicator.text or "")
    if target.value is None:
        return any(c.isdecimal() for c in target.written)
    return bool(target.unit or indicator.unit)


# --- from year to year --------------------------------------------------------------------------


class Move(StrEnum):
    """How a target stands to the target of the year before."""

    LOWERED = "lowered"
    RAISED = "raised"
    SAME = "same"
    CHANGED = "changed"


def moved(now: Indicator, before: Indicator) -> Move | None:
    """How the target moved; `changed` where it differs and nobody can say which way, None where
    one of the years has none."""
    new, old = now.target, before.target
    if new is None or old is None:
        return None
    if new.written == old.written and (new.unit or now.unit) == (old.unit or before.unit):
        return Move.SAME
    if not _comparable(now, new, before, old) or new.value is None or old.value is None:
        return Move.CHANGED
    if new.value == old.value:
        return Move.SAME
    upward = _upward(now, new)
    if upward is None:
        return Move.CHANGED
    easier = new.value < old.value if upward else new.value > old.value
    return Move.LOWERED if easier else Move.RAISED


def _comparable(now: Indicator, new: Measure, before: Indicator, old: Measure) -> bool:
    if Nature.RANGE in (now.nature, before.nature) or new.comparator != old.comparator:
        return False
    return (new.unit or now.unit) == (old.unit or before.unit)
