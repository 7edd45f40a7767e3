"""5 print: the title's line breaks: at the ends of words, in the shape of a trapezoid or a rhombus.

After GB/T 9704-2012 7.3.1. A title breaks between its parts, which are the `<wbr>` of the page; a
part that is wider than a line breaks between its words, which a dictionary tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from itertools import accumulate, combinations, pairwise

ROOM = 20.0  # characters of 二号 (22 pt) in the width of the text area
_TITLE = re.compile(r"(<h1[^>]*>)(.*?)(</h1>)", re.DOTALL)
_MARKUP = re.compile(r"<[^>]+>")
# Words that say nothing alone go with the next one, endings with the one before.
_FORWARD = re.compile(r"[和与及暨并]|[（《“〔【]")
_BACKWARD = re.compile(r"[）》”〕】、，：的年月日号]|\d+|中心|委员会|办公室|项目|资金")
_MORE_LINES = 2  # than the least that would do, before a word is cut


def balanced(body: str) -> str:
    """The page's HTML with its title set in lines; one that fits into one line stays as it is."""
    return _TITLE.sub(lambda found: found[1] + _set(found[2]) + found[3], body, count=1)


def _set(title: str) -> str:
    lines = title_lines(title.split("<wbr>"))
    return "<br>".join("".join(line) for line in lines)


def set_lines(text: str, room: float) -> list[str]:
    """A text in lines of `room` characters, as a title is set."""
    return [unescape("".join(line)) for line in title_lines([escape(text, quote=False)], room)]


def title_lines(parts: Sequence[str], room: float = ROOM) -> list[list[str]]:
    """The parts of a title (HTML) in as few lines of `room` characters as hold them, none much
    shorter than the others; a part is cut as seldom as can be."""
    pieces = [piece for part in parts for piece in _pieces(part, room)]
    inside = {at for at, (_, begins) in enumerate(pieces) if not begins}
    texts = [text for text, _ in pieces]
    least = max(1, -int(-sum(map(width, texts)) // room))
    return min(
        _divisions(texts, least + _MORE_LINES),
        key=lambda lines: _ugliness(lines, room, inside),
    )


def _pieces(part: str, room: float) -> list[tuple[str, bool]]:
    """A part, or its words where it is wider than a line; each says whether the part begins."""
    if width(part) <= room or "<" in part:
        return [(part, True)]
    return [(escape(word, quote=False), not at) for at, word in enumerate(words(unescape(part)))]


def words(text: str) -> list[str]:
    """The words of a text, between which a line may end."""
    import rjieba

    found: list[str] = []
    for word in rjieba.cut(text):
        goes_on = found and (_BACKWARD.fullmatch(word) or _FORWARD.fullmatch(found[-1]))
        if goes_on:
            found[-1] += word
        else:
            found.append(word)
    return found


def _divisions(parts: Sequence[str], most: int) -> Iterator[list[list[str]]]:
    """The parts in lines, up to `most`, in every way."""
    places = range(1, len(parts))
    for count in range(min(most, len(parts))):
        for cuts in combinations(places, count):
            yield [list(parts[a:b]) for a, b in pairwise((0, *cuts, len(parts)))]


def _ugliness(
    lines: list[list[str]], room: float, inside: set[int]
) -> tuple[float, int, bool, int, float]:
    widths = [sum(map(width, line)) for line in lines]
    too_wide = sum(max(0.0, wide - room) for wide in widths)
    begins = list(accumulate(len(line) for line in lines[:-1]))
    cut = sum(at in inside for at in begins)
    return too_wide, len(lines), _is_hourglass(widths), cut, max(widths) - min(widths)


def _is_hourglass(widths: Sequence[float]) -> bool:
    """Whether a line is shorter than one above it and one below it."""
    before, after = accumulate(widths, max), list(accumulate(reversed(widths), max))[::-1]
    return any(w < a and w < b for w, a, b in zip(widths, before, after, strict=True))


def width(part: str) -> float:
    """The width of a text in characters of its size; ASCII takes half of one."""
    return sum(0.5 if sign.isascii() else 1.0 for sign in unescape(_MARKUP.sub("", part)))
