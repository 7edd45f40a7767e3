"""2 check: what a weighting scheme says of points: whether a share earns its part, which dimension
an indicator or a score belongs to, what adds to the full marks or takes away from the total, and
what a low execution rate caps. Without a scheme, what is usual holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from evalpress.assess import full_marks
from evalpress.checks.level_names import meant
from evalpress.checks.rounding import ZERO
from evalpress.model import Dimension, Effect, Evaluated, Scheme, Score

_BONUS = re.compile("加分|附加分|奖励分")
_PENALTY = re.compile("扣分|减分|倒扣|扣减")


def is_proportional(scheme: Scheme | None) -> bool:
    """True where an unmet target earns its share of the full marks."""
    return scheme.proportional if scheme else True


def dimension_of(name: str | None, scheme: Scheme | None) -> Dimension | None:
    """The dimension that a name means, also where it is misspelt or decorated."""
    if not scheme or not name:
        return None
    return scheme.dimension(name) or scheme.dimension(meant(name, names_of(scheme)))


def names_of(scheme: Scheme) -> tuple[str, ...]:
    """Every name that a dimension of the scheme may have."""
    return tuple(name for d in scheme.dimensions for name in (d.name, *d.also))


def dimension_key(name: str | None, scheme: Scheme | None) -> str:
    """What a first-level name and its other spellings have in common."""
    dimension = dimension_of(name, scheme)
    return dimension.id if dimension else (name or "").removesuffix("指标")


def marks_of(item: Score, scheme: Scheme | None) -> Decimal | None:
    """A dimension's full marks: its own, or the scheme's."""
    dimension = dimension_of(item.name, scheme)
    own = item.full_marks
    return own if own is not None else (dimension.full_marks if dimension else None)


def effect_of(name: str | None, scheme: Scheme | None) -> Effect:
    """What points of this name do to the total; what no scheme knows is told by its words."""
    dimension = dimension_of(name, scheme)
    if dimension:
        return dimension.effect
    if "分" not in (name or ""):
        return Effect.REGULAR
    if _BONUS.search(name or ""):
        return Effect.BONUS
    return Effect.PENALTY if _PENALTY.search(name or "") else Effect.REGULAR


def regular_marks(owner: Evaluated, scheme: Scheme | None) -> Decimal | None:
    """The full marks without bonuses; None where nobody says them."""
    found = full_marks(owner, scheme)
    if found is None or scheme:
        return found
    marks = dict.fromkeys(Effect, ZERO)
    for item in owner.scores.items if owner.scores else ():
        marks[effect_of(item.name, scheme)] += item.full_marks or ZERO
    whole = marks[Effect.REGULAR] + marks[Effect.BONUS]
    return marks[Effect.REGULAR] if whole == found and marks[Effect.REGULAR] else found


def ceiling(
    scheme: Scheme | None, rates: Sequence[Decimal], dimension: str | None = None
) -> Decimal | None:
    """The most that the total, or a dimension (its id), can earn with an execution rate of which
    these, in per cent, are the possible values; None where nothing caps it."""
    caps = scheme.ceilings if scheme and rates else ()
    found = [
        c.limit
        for c in caps
        if c.dimension == dimension and max(rates, default=ZERO) < c.rate_below
    ]
    return min(found, default=None)
