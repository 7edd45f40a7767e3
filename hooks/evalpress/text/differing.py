"""Two texts -> the part in which they differ, between what both begin and both end with."""

from __future__ import annotations

import re
from itertools import takewhile

# What is never cut in two: figures, codes and Latin words.
_WHOLE = re.compile(r"[0-9A-Za-z.,%]")


def differing(old: str, new: str) -> tuple[int, int]:
    """How many signs both texts begin with, and how many of the rest both end with; a figure or
    word that differs counts as a whole."""
    start = _same(old, new)
    end = _same(old[start:][::-1], new[start:][::-1])
    while start and _WHOLE.match(old[start - 1]):
        start -= 1
    while end and _WHOLE.match(old[len(old) - end]):
        end -= 1
    return start, end


def _same(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
