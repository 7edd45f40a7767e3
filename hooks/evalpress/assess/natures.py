"""3 assess: an indicator's nature -> how its actual value is judged, and how a new target moves.

Every member of `model.Nature` has a way of counting here; so has an indicator that states none. One
more nature: a member of `model.Nature`, one class decorated with `counts`, and its words
(`natures` in wording/model.yml, `choices` in fields.yml).
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from evalpress.model import Indicator, Nature
from evalpress.model.values import Measure
from evalpress.text.quantities import unit_of


class Move(StrEnum):
    """How a target stands to the target of the year before. Only what counts in one direction is
    raised or lowered; `changed` where it differs and nobody can say how."""

    LOWERED = "lowered"
    RAISED = "raised"
    WIDENED = "widened"
    NARROWED = "narrowed"
    LATER = "later"
    EARLIER = "earlier"
    SAME = "same"
    CHANGED = "changed"


@dataclass(frozen=True)
class Stated:
    """A target or an actual value, and the indicator that states it."""

    indicator: Indicator
    measure: Measure

    @property
    def unit(self) -> str | None:
        """The value's own unit, or the indicator's."""
        return self.measure.unit or self.indicator.unit


@dataclass(frozen=True)
class Judgement:
    """Target and actual in one unit. `met` is None where unknown; `attained` is the fraction of the
    target that was attained (1 is all of it), None where none can be told."""

    target: Decimal
    actual: Decimal
    met: bool | None
    attained: Decimal | None
    upward: bool


class Way(ABC):
    """How the indicators of a nature count."""

    @abstractmethod
    def judge(self, target: Stated, actual: Stated) -> Judgement | None:
        """What the actual value says of the target; None where values cannot tell and only the
        department's own points speak."""

    @abstractmethod
    def move(self, now: Stated, before: Stated) -> Move:
        """How a target stands to that of the year before, which is written differently."""

    def met(self, target: Stated, actual: Stated) -> bool | None:
        """Whether the values say that the target was met; None where they cannot tell."""
        judged = self.judge(target, actual)
        return judged.met if judged else None


# None stands for an indicator that states no nature.
WAYS: dict[Nature | None, Way] = {}


def counts(*natures: Nature | None) -> Callable[[type[Way]], type[Way]]:
    """Register the way in which these natures count. Raises ValueError for one that has a way."""

    def register(way: type[Way]) -> type[Way]:
        if taken := WAYS.keys() & set(natures):
            raise ValueError(f"these natures count in another way already: {taken}")
        WAYS.update(dict.fromkeys(natures, way()))
        return way

    return register


# --- more or less -------------------------------------------------------------------------------


class _Directed(Way):
    """Figures of which more is better, or less. A comparator of the target's own says which before
    the nature does."""

    @abstractmethod
    def _own(self, target: Stated) -> bool | None:
        """True where more is better, False where less is, None where nothing tells."""

    def upward(self, target: Stated) -> bool | None:
        """True where more is better, False where less is, None where nothing tells."""
        comparator = target.measure.comparator
        if comparator in ("≥", ">", "≤", "<"):
            return comparator in ("≥", ">")
        return self._own(target)

    def judge(self, target: Stated, actual: Stated) -> Judgement | None:
        """Judged where both are figures of one kind of unit: 264人 of ≥300人 is not met, 0.88."""
        goal, found, factor = target.measure.value, actual.measure.value, _factor(target, actual)
        if goal is None or found is None or factor is None:
            return None
        value, comparator = found * factor, target.measure.comparator
        upward = None if goal == 0 and comparator is None else self.upward(target)
        met, attained = _met(comparator, goal, value, upward), _attained(goal, value, upward)
        return Judgement(goal, value, met, attained, bool(upward))

    def move(self, now: Stated, before: Stated) -> Move:
        """Lowered where it is easier to reach: ≥95% -> ≥90%, ≤20天 -> ≤30天."""
        new, old = now.measure.value, before.measure.value
        if not _alike(now, before) or new is None or old is None:
            return Move.CHANGED
        if new == old:
            return Move.SAME
        upward = self.upward(now)
        if upward is None:
            return Move.CHANGED
        return Move.LOWERED if upward is (new < old) else Move.RAISED


@counts(Nature.POSITIVE)
class _More(_Directed):
    """正向: more is better."""

    def _own(self, target: Stated) -> bool:
        return True


@counts(Nature.NEGATIVE)
class _Less(_Directed):
    """反向: less is better."""

    def _own(self, target: Stated) -> bool:
        return False


# Names of what is better when lower: without a comparator nobody knows which way they count.
_DOWNWARD = re.compile(
    "控制|成本|费用|经费|支出|造价|单价|均价|价格|调整率|结转|结余|变动|投诉|信访|事故|死亡|伤亡|发案|案件|逾期|差错|失误"
    "|损耗|损失|发生率|浓度|排放|能耗|用水|用电|时间|时限|时长|用时|周期|天数|排名|次品|退货|返工|误差|偏差|违规|违法|负债|债务"
)


@counts(None)
class _Unstated(_Directed):
    """No nature stated: more is better, unless the name leaves that open (会议经费, 人员控制率)."""

    def _own(self, target: Stated) -> bool | None:
        row = target.indicator
        said = f"{row.name or ''}{row.level2 or ''}"
        return None if "成本" in (row.level1 or "") or _DOWNWARD.search(said) else True


def _factor(target: Stated, actual: Stated) -> Decimal | None:
    """By what the actual value counts in the target's unit (2800元 of 0.3万元: 0.0001); None where
    they differ in kind."""
    there, here = target.unit, actual.unit
    if not there or not here or there == here:
        return Decimal(1)
    (big, goal), (own, found) = unit_of(there), unit_of(here)
    return own / big if goal == found else None


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


def _attained(goal: Decimal, value: Decimal, upward: bool | None) -> Decimal | None:
    """`value / goal` where more is better, `goal / value` where less is."""
    whole, part = (goal, value) if upward else (value, goal)
    if upward is None or whole <= 0 or part < 0:
        return None
    return part / whole


def _alike(now: Stated, before: Stated) -> bool:
    """True for targets of one unit and comparator."""
    comparators = now.measure.comparator, before.measure.comparator
    return now.unit == before.unit and comparators[0] == comparators[1]


# --- not in one direction -----------------------------------------------------------------------


class _ByPoints(Way):
    """What values cannot judge with certainty: the department's own points speak."""

    def judge(self, target: Stated, actual: Stated) -> None:
        """None: how much of the target was attained is for people to say."""
        return


@counts(Nature.QUALITATIVE, Nature.TEXT)
class _InWords(_ByPoints):
    """定性, 文字: words, and figures among them that count in no direction."""

    def move(self, now: Stated, before: Stated) -> Move:
        """Changed, whatever figure there may be in it."""
        return Move.CHANGED


_FIGURE = r"\d{1,15}(?:\.\d{1,10})?"
# 20～25℃, 90%-95%, 3至5天; the first unit may be left out.
_RANGE = re.compile(
    rf"\s*(?P<low>{_FIGURE})(?P<first>[^\d\-－—–~～至到]{{0,12}})(?:[-－~～至到]|[—–]{{1,2}})"
    rf"\s*(?P<high>{_FIGURE})(?P<unit>\D{{0,12}})",
    re.ASCII,
)


@counts(Nature.RANGE)
class _Within(_ByPoints):
    """区间: neither more nor less is better, but staying within two bounds."""

    def met(self, target: Stated, actual: Stated) -> bool | None:
        """Within the bounds, which count: 25℃ of 20～25℃ is met; None where the actual value is no
        figure of the same unit."""
        bounds, value = _bounds(target), actual.measure.value
        if bounds is None or value is None or actual.measure.comparator:
            return None
        low, high, unit = bounds
        return low <= value <= high if (actual.unit or "") in ("", unit) else None

    def move(self, now: Stated, before: Stated) -> Move:
        """Narrowed where the new range lies in the old one (20～25℃ -> 22～24℃), widened where the
        old one lies in the new; changed where one is beside the other or is no range."""
        new, old = _bounds(now), _bounds(before)
        if new is None or old is None or new[2] != old[2]:
            return Move.CHANGED
        if new == old:
            return Move.SAME
        if old[0] <= new[0] and new[1] <= old[1]:
            return Move.NARROWED
        return Move.WIDENED if new[0] <= old[0] and old[1] <= new[1] else Move.CHANGED


def _bounds(target: Stated) -> tuple[Decimal, Decimal, str] | None:
    """Lower bound, upper bound and unit of a range; None for what is not written as one."""
    found = _RANGE.fullmatch(target.measure.written)
    if not found:
        return None
    first, unit = found["first"].strip(), found["unit"].strip() or target.indicator.unit or ""
    low, high = Decimal(found["low"]), Decimal(found["high"])
    return (low, high, unit) if low <= high and first in ("", unit) else None


# 6月30日前, 2025年6月底: the date, and what stands before and behind it.
_DATE = re.compile(
    r"(?P<lead>\D*)(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?(?P<rest>\D*)",
    re.ASCII,
)


@counts(Nature.DATE)
class _ByDate(_ByPoints):
    """时间: a day or month until which something is to be done."""

    def met(self, target: Stated, actual: Stated) -> bool | None:
        """Judged where the target is a last day or month (6月30日前) and the actual value a day or
        month that lies clearly before or after it, both of one year."""
        last, done = (_DATE.fullmatch(each.measure.written.strip()) for each in (target, actual))
        if last is None or done is None or not (_UNTIL.fullmatch(last["rest"]) and _is_done(done)):
            return None
        if last["lead"] or last["year"] != done["year"]:
            return None
        return _in_time(_month_and_day(last), _month_and_day(done), last["rest"])

    def move(self, now: Stated, before: Stated) -> Move:
        """Earlier or later where two targets differ in nothing but month and day (9月30日前 ->
        6月30日前); with different years changed, since a yearly date moves with its year."""
        new, old = (_DATE.fullmatch(each.measure.written.strip()) for each in (now, before))
        if new is None or old is None or _around(new) != _around(old):
            return Move.CHANGED
        day, other = _month_and_day(new), _month_and_day(old)
        if day == other:
            return Move.SAME
        if len(day) != len(other) and day[0] == other[0]:
            return Move.CHANGED
        return Move.EARLIER if day < other else Move.LATER


# 6月30日前, 6月底前: until then; 前 leaves open whether its own day counts, 以前 does not.
_UNTIL = re.compile("[底末]?(?:以前|之前|前)(?:完成)?")


def _is_done(found: re.Match[str]) -> bool:
    return not found["lead"] and found["rest"] in ("", "完成", "底", "底完成")


def _in_time(last: tuple[int, ...], done: tuple[int, ...], rest: str) -> bool | None:
    """Whether a day or month lies before a last one; None where they overlap."""
    shared = min(len(last), len(done))
    if last[:shared] != done[:shared]:
        return done < last
    counts_itself = (len(last) == 1 and rest[:1] in ("底", "末")) or rest.startswith("以前")
    return True if counts_itself and len(done) >= len(last) else None


def _around(found: re.Match[str]) -> tuple[str | None, ...]:
    """What there is of a date's target but month and day."""
    return found.group("lead", "year", "rest")


def _month_and_day(found: re.Match[str]) -> tuple[int, ...]:
    return tuple(int(part) for part in found.group("month", "day") if part)
