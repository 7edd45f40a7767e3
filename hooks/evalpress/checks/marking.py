"""2 check: what a weighting scheme says of points: whether a share earns its part, and which
dimension an indicator or a score belongs to. Without a scheme, what is usual holds."""

from __future__ import annotations

from decimal import Decimal

from evalpress.model import Scheme, Score


def is_proportional(scheme: Scheme | None) -> bool:
    """True where an unmet target earns its share of the full marks."""
    return scheme.proportional if scheme else True


def dimension_key(name: str | None, scheme: Scheme | None) -> str:
    """What a first-level name and its other spellings have in common."""
    dimension = scheme.dimension(name) if scheme and name else None
    return dimension.id if dimension else (name or "").removesuffix("指标")


def marks_of(item: Score, scheme: Scheme | None) -> Decimal | None:
    """A dimension's full marks: its own, or the scheme's."""
    dimension = scheme.dimension(item.name) if scheme else None
    own = item.full_marks
    return own if own is not None else (dimension.full_marks if dimension else None)
