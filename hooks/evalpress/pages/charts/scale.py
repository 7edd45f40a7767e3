"""4 write: values -> an axis: where it begins and ends, and the round figures that stand at it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

_WHOLE = Decimal(100)
_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class Scale:
    """An axis from its lowest to its highest figure, in even steps."""

    ticks: tuple[Decimal, ...]

    @property
    def low(self) -> Decimal:
        """Where it begins."""
        return self.ticks[0]

    @property
    def high(self) -> Decimal:
        """Where it ends."""
        return self.ticks[-1]

    def part(self, value: Decimal) -> float:
        """Where a value lies: 0 at the beginning, 1 at the end."""
        return float((value - self.low) / (self.high - self.low))


def from_zero(values: Iterable[Decimal], most: int = 4) -> Scale:
    """The axis of bars, which begin at zero, so that their lengths are true; below zero only where
    values are."""
    return _scale([Decimal(0), *values], most)


def fitted(values: Sequence[Decimal], most: int = 4, is_share: bool = False) -> Scale:
    """The axis of dots, which fits their values; what is never negative stays at zero and above,
    and a share in per cent at a hundred and below where all values do."""
    found = _fitted(values, most)
    if is_share and found.high > _WHOLE >= max(values, default=_WHOLE):
        return Scale(tuple(tick for tick in found.ticks if tick <= _WHOLE))
    return found


def _fitted(values: Sequence[Decimal], most: int) -> Scale:
    low, high = min(values, default=Decimal(0)), max(values, default=Decimal(0))
    if low == high:
        room = abs(low) / 20 or Decimal(1)
        found = _scale([low - room, high + room], most)
        return found if low < 0 or found.low >= 0 else from_zero(values, most)
    return _scale([low, high], most)


def _scale(values: Sequence[Decimal], most: int) -> Scale:
    low, high = min(values), max(values)
    if low == high:
        high = low + 1
    step = step_of(high - low, most)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return Scale(tuple(_tidy(step * n) for n in range(int(first), int(last) + 1)))


def step_of(span: Decimal, most: int) -> Decimal:
    """The smallest round step (1, 2 or 5 of a power of ten) of which `most` cover a span above
    zero."""
    power = Decimal(1).scaleb((span / most).adjusted())
    return next(_tidy(step * power) for step in _STEPS if step * power * most >= span)


def _tidy(value: Decimal) -> Decimal:
    """Without an exponent and without zeros behind the point: 1E+1 is 10, 95.0 is 95."""
    return Decimal(f"{value.normalize():f}")
