"""Two texts -> the part in which they differ, between what both begin and both end with."""

from __future__ import annotations

from itertools import takewhile


def differing(old: str, new: str) -> tuple[int, int]:
    """How many signs both texts begin with, and how many of the rest both end with."""
    start = _same(old, new)
    return start, _same(old[start:][::-1], new[start:][::-1])


def _same(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
