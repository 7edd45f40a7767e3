"""3 assess: indicators -> what their actual values say of their targets, and whether targets moved.

A value is judged only where the indicator's nature (natures.py) makes that certain; what a clerk
may well have meant is left alone.
"""

from __future__ import annotations

from enum import StrEnum

from evalpress.assess.natures import WAYS, Judgement, Move, Stated
from evalpress.model import Evaluated, Indicator
from evalpress.model.values import Measure


def judge(indicator: Indicator) -> Judgement | None:
    """What the actual value says of the target; None where it cannot be judged."""
    stated = _stated(indicator)
    return WAYS[indicator.nature].judge(*stated) if stated else None


def _stated(indicator: Indicator) -> tuple[Stated, Stated] | None:
    """The target that counts and the actual value; None where one of them is not there."""
    target, actual = target_of(indicator), indicator.actual
    if target is None or actual is None:
        return None
    return Stated(indicator, _understood(target)), Stated(indicator, _understood(actual))


# Full-width signs are typed by mistake: `≥９０%` says what `≥90%` says.
_NARROW = str.maketrans("０１２３４５６７８９．％－＋", "0123456789.%-+")


def _understood(measure: Measure) -> Measure:
    """A measure as it is meant; read anew where full-width figures made words of it."""
    plain = measure.written.translate(_NARROW)
    return Measure.model_validate(plain) if plain != measure.written else measure


def target_of(indicator: Indicator) -> Measure | None:
    """The target that counts: the adjusted one where the year had one."""
    return indicator.adjusted_target or indicator.target


def named(indicator: Indicator) -> str:
    """What an indicator is called; by its text or level where it has no name."""
    return indicator.name or indicator.text or indicator.level2 or indicator.id


# --- in closed words ----------------------------------------------------------------------------


class Outcome(StrEnum):
    """What became of a target, in words of which no others exist. Target and actual value alone
    decide: points that a department gave itself say nothing of it. `unknown` is what has no values
    that can be compared."""

    MET = "met"
    MISSED = "missed"
    UNKNOWN = "unknown"


def outcome(indicator: Indicator) -> Outcome:
    """What became of an indicator's target, by its values."""
    stated = _stated(indicator)
    met = WAYS[indicator.nature].met(*stated) if stated else None
    return Outcome.UNKNOWN if met is None else Outcome.MET if met else Outcome.MISSED


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


def target_move(now: Indicator, before: Indicator) -> Move | None:
    """How the target moved since the year before; None where one of the years has none.

    A nature that only one of the years states holds for both; where they state different ones the
    target changed."""
    if now.target is None or before.target is None:
        return None
    new, old = Stated(now, now.target), Stated(before, before.target)
    if (new.measure.written, new.unit) == (old.measure.written, old.unit):
        return Move.SAME
    stated = {nature for nature in (now.nature, before.nature) if nature}
    return Move.CHANGED if len(stated) > 1 else WAYS[next(iter(stated), None)].move(new, old)
