"""Text and a list of words -> where the text says one of them. A pure function of both."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from evalpress.text.lookalikes import unified


class Secret(NamedTuple):
    """A word of the list at text[start:end]; `word` is as the list has it, a regular expression."""

    start: int
    end: int
    word: str
    found: str


def secrets_in(text: str, words: tuple[str, ...]) -> list[Secret]:
    """What a text says of these words, each word once; where two overlap, the longer.
    Look-alikes of Chinese characters count as the signs that they mean."""
    text = unified(text)
    found = [
        Secret(match.start(), match.end(), word, match[0].strip())
        for word, pattern in zip(words, _patterns(words), strict=True)
        if (match := pattern.search(text))
    ]
    return [one for one in found if not any(_is_inside(one, other) for other in found)]


def _is_inside(one: Secret, other: Secret) -> bool:
    within = other.start <= one.start and one.end <= other.end
    return within and one.end - one.start < other.end - other.start


@lru_cache(maxsize=8)
def _patterns(words: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, words))
