"""2 check: a sum and its parts -> whether it is exact, off by no more than rounding, or wrong.

Amounts in 元 are exact. In larger units each part may have been rounded to a hundredth, so that a
sum can miss by a hundredth for each part (尾差): such differences are told together, once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from evalpress.checks.rounding import ZERO
from evalpress.checks.subject import Subject
from evalpress.findings import Finding
from evalpress.text.quantities import HUNDREDTH

_EXACT_UNITS = frozenset(["元", "元人民币", "人民币元"])


class Fit(IntEnum):
    """How a sum stands to its parts; the better first."""

    EXACT = 0
    ROUNDED = 1
    WRONG = 2


def fit(total: Decimal, parts: list[Decimal], unit: str, complete: bool = True) -> Fit:
    """How parts fit a total; without being `complete` they may leave something of it."""
    difference = total - sum(parts, ZERO)
    if difference == 0 or (difference > 0 and not complete):
        return Fit.EXACT
    slack = ZERO if unit in _EXACT_UNITS else HUNDREDTH * len(parts)
    return Fit.ROUNDED if abs(difference) <= slack else Fit.WRONG


@dataclass(frozen=True)
class Compared:
    """A sum of the data that is not exact: the rule that compares it, its place, and the values of
    that rule's message."""

    rule: str
    place: str
    fit: Fit
    told: dict[str, str]


Sums = Callable[[Subject], list[Compared]]
ALL: list[Sums] = []


def sums(function: Sums) -> Sums:
    """Register what compares sums of a report, so that all that is only rounded is told at once."""
    ALL.append(function)
    return function


def wrong(subject: Subject, of: Sums) -> Iterator[Finding]:
    """A finding for each sum that rounding does not explain."""
    for found in subject.once(of):
        if found.fit is Fit.WRONG:
            yield subject.find(found.rule, found.place, **found.told)
