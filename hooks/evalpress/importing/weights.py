"""A column of weights written as percentages -> whether they are the full marks of a form of 100
marks, which the scores beside them have to bear out."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from evalpress.importing.fieldtexts import is_blank, marks
from evalpress.importing.headers import Header
from evalpress.importing.neutral import Cell, Grid

_WHOLE = Decimal(100)


def share(text: str) -> str | None:
    """`12.5%` -> `12.5`; None for what bears no sign."""
    bare = text.strip()
    return marks(bare[:-1]) if bare.endswith(("%", "％")) else None


def are_marks(header: Header, grid: Grid, rows: Iterable[int]) -> bool:
    """Whether every weight is a percentage, together at most 100, and no score beside is more than
    its weight, all of them at least half: shares of a score or coefficients would not be."""
    weights, scores = _column(header, "full_marks"), _column(header, "score")
    if weights < 0 or scores < 0:
        return False
    pairs = dict.fromkeys((grid.rows[row][weights], grid.rows[row][scores]) for row in rows)
    whole = [pair for pair in pairs if not is_blank(pair[0].text)]
    found = [_pair(*pair) for pair in whole]
    if len(whole) < 2 or len({weight for weight, _ in whole}) < len(whole) or None in found:
        return False
    known = [pair for pair in found if pair]
    full, reached = sum(w for w, _ in known), sum(s for _, s in known)
    return full <= _WHOLE and 2 * reached >= full and all(s <= w for w, s in known)


def _column(header: Header, means: str) -> int:
    return next((c.span[0] for c in header.columns if c.means == means), -1)


def _pair(weight: Cell, score: Cell) -> tuple[Decimal, Decimal] | None:
    one, other = share(weight.text), marks(score.text)
    return None if one is None or other is None else (Decimal(one), Decimal(other))
