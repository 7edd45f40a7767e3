"""2 check: numbers as reports write them: rounded or cut off, and how far off one may be.

Places differ in how they round, so that a check reports a difference only beyond these bounds.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext

from evalpress.model import Scheme
from evalpress.text.quantities import HUNDREDTH

ZERO = Decimal(0)
_PLACES = 2  # decimals of a score where no scheme says otherwise


def plain(value: Decimal) -> str:
    """A number for a message: no zeros at its end, no exponent."""
    return format(value.normalize() if value else ZERO, "f")


def half_step(written: Decimal) -> Decimal:
    """Half a unit of the last written decimal: 0.05 for 86.2."""
    return Decimal(5).scaleb(int(written.as_tuple().exponent) - 1)


def rate_slack(written: Decimal) -> Decimal:
    """How far a written rate, in per cent, may be from the computed one, in percentage points: half
    a unit of its last decimal, at least a hundredth (some cut off)."""
    return max(half_step(written), HUNDREDTH)


def score_places(scheme: Scheme | None) -> int:
    """How many decimals a computed score has."""
    return scheme.score_places if scheme else _PLACES


def rounded(computed: Decimal, scheme: Scheme | None = None) -> Decimal:
    """A computed score as the scheme writes it."""
    return _cut(computed, score_places(scheme), ROUND_HALF_UP)


def _cut(value: Decimal, places: int, mode: str) -> Decimal:
    with localcontext(prec=80):  # any number that a file can hold, times any other
        return value.quantize(Decimal(1).scaleb(-places), mode)


def agrees(written: Decimal, computed: Decimal, scheme: Scheme | None) -> bool:
    """True where a score is the computed one, rounded or cut off.

    It may have the scheme's decimals or, unless it is a whole number, its own: 8.6 is 8.62, 9 not.
    """
    if written == computed:
        return True
    own = -int(written.as_tuple().exponent)
    for places in {score_places(scheme), own if own > 0 else score_places(scheme)}:
        if written in (_cut(computed, places, mode) for mode in (ROUND_HALF_UP, ROUND_DOWN)):
            return True
    return False
