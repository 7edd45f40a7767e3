"""3 assess: an indicator over the years -> the figures of it that can be drawn on one axis.

All are in the unit of the newest; nothing is converted, guessed or read out of words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from evalpress.assess.indicator_years import Followed
from evalpress.assess.judging import Outcome, judge, target_of
from evalpress.assess.trends import Gap


@dataclass(frozen=True)
class Reached:
    """A year of an indicator: the target as far as it is a figure, the actual value or the reason
    why there is none, and what became of the target. `gap` None without an actual value says that
    the year does not list the indicator."""

    year: int
    target: Decimal | None = None
    actual: Decimal | None = None
    outcome: Outcome | None = None
    gap: Gap | None = None


def unit_of_years(found: Mapping[int, Followed]) -> str | None:
    """The unit of the newest actual value that is a figure: "" for one without a unit, None where
    there is no such value."""
    for year in sorted(found, reverse=True):
        if values := _values(found[year]):
            return values[2]
    return None


def reached(found: Mapping[int, Followed], years: Iterable[int], unit: str) -> list[Reached]:
    """Each of these years, in their order, as far as its figures are in this unit."""
    return [_reached(year, found.get(year), unit) for year in years]


def _reached(year: int, one: Followed | None, unit: str) -> Reached:
    if one is None:
        return Reached(year)
    values = _values(one)
    if values is None:
        gap = Gap.WITHHELD if "actual" in one.withheld else Gap.NOT_STATED
        return Reached(year, gap=_in_words(one, gap))
    target, actual, own = values
    if own != unit:
        return Reached(year, gap=Gap.OTHER_UNIT)
    return Reached(year, target, actual, one.outcome or Outcome.UNKNOWN)


def _in_words(one: Followed, gap: Gap) -> Gap:
    return Gap.IN_WORDS if gap is Gap.NOT_STATED and one.indicator.actual else gap


def _values(one: Followed) -> tuple[Decimal | None, Decimal, str] | None:
    """Target, actual value and their unit; the target only where both can be held together."""
    indicator = one.indicator
    actual, target = indicator.actual, target_of(indicator)
    if actual is None or actual.value is None:
        return None
    if (judged := judge(indicator)) and target:
        return judged.target, judged.actual, target.unit or indicator.unit or actual.unit or ""
    return None, actual.value, actual.unit or indicator.unit or ""
