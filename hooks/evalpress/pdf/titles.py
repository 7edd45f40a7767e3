"""5 print: the title's line breaks: at the ends of words, in the shape of a trapezoid or a rhombus.

After GB/T 9704-2012 7.3.1; the places where a title may break are the `<wbr>` of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import accumulate, combinations, pairwise

ROOM = 20.0  # characters of 二号 (22 pt) in the width of the text area
_TITLE = re.compile(r"(<h1[^>]*>)(.*?)(</h1>)", re.DOTALL)
_MARKUP = re.compile(r"<[^>]+>")


def balanced(body: str) -> str:
    """The page's HTML with its title set in lines; one without `<wbr>` stays as it is."""
    return _TITLE.sub(lambda found: found[1] + _set(found[2]) + found[3], body, count=1)


def _set(title: str) -> str:
    lines = title_lines(title.split("<wbr>"))
    return "<br>".join("".join(line) for line in lines)


def title_lines(parts: Sequence[str]) -> list[list[str]]:
    """The parts of a title in as few lines as hold them, none much shorter than the others."""
    return min(_divisions(parts), key=_ugliness)


def _divisions(parts: Sequence[str]) -> Iterator[list[list[str]]]:
    places = range(1, len(parts))
    for count in range(len(parts)):
        for cuts in combinations(places, count):
            yield [list(parts[a:b]) for a, b in pairwise((0, *cuts, len(parts)))]


def _ugliness(lines: list[list[str]]) -> tuple[float, int, bool, float]:
    widths = [sum(map(width, line)) for line in lines]
    too_wide = sum(max(0.0, wide - ROOM) for wide in widths)
    return too_wide, len(lines), _is_hourglass(widths), max(widths) - min(widths)


def _is_hourglass(widths: Sequence[float]) -> bool:
    """Whether a line is shorter than one above it and one below it."""
    before, after = accumulate(widths, max), list(accumulate(reversed(widths), max))[::-1]
    return any(w < a and w < b for w, a, b in zip(widths, before, after, strict=True))


def width(part: str) -> float:
    """The width of a text in characters of its size; ASCII takes half of one."""
    return sum(0.5 if sign.isascii() else 1.0 for sign in unescape(_MARKUP.sub("", part)))
