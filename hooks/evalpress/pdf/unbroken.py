"""5 print: a text -> the pieces of it that stay on one line, and how wide they are.

A number keeps its sign and its unit, a date and a document number stay whole, and a last line has
three signs or more. A piece that would be wider than its place is held in smaller ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from evalpress.text.quantities import UNIT

Span = tuple[int, int]

_OPEN, _CLOSE = "（(《“〔【", "，。；：、！？）)》”〕】…"
_RUN = r"[≥≤＞＜>＝=<±约第]?[A-Za-z0-9.,:/%‰℃²³+\-–−~*×÷#_@]+"
# Each held whole where it fits: “2025年8月31日”, “财预〔2020〕10号”, “≥24860平方米”, “（B/A）”.
_WHOLE = re.compile(
    rf"[{_OPEN}]?(?:"
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日"
    r"|[\u4e00-\u9fff]{0,4}〔\d{4}〕\d+号"
    # No line breaks beside these quotes: what stands there belongs to the piece.
    rf"|[^\s{_OPEN}]?“[^“”]{{1,4}}”[^\s{_CLOSE}]?"
    rf"|{_RUN}(?:{UNIT}|[年月日号时])?"
    rf")[{_CLOSE}]*"
)
# What is left of them where they do not fit: “2025年”, “〔2020〕”, “24860平”.
_PART = re.compile(rf"[{_OPEN}]?{_RUN}[年月日号元时〕]?[{_CLOSE}]*")
# The ends of a paragraph and of a cell, and how a cell begins: no line has one sign alone.
_ENDS = {
    False: [re.compile(rf"[^\s{_CLOSE}]{{3}}[{_CLOSE}\s]*$")],
    True: [
        re.compile(r"^\s*[^\s]{2}"),
        re.compile(rf"[^\s{_CLOSE}]{{2}}[{_CLOSE}\s]*$"),
        re.compile(r"^[^\s：]{1,6}：[^\s，。；：]{1,6}$"),  # a label with its one word
    ],
}
_SHORT = 3.5  # letters; a cell's text up to this stays whole
# Widths in the size of the letters: the most that one of the fonts of print.css takes.
_WIDTHS = {
    "\u2060": 0.0, **dict.fromkeys("il.,:;'|!", 0.34), **dict.fromkeys("-()[]ftIrj ", 0.4),
    **dict.fromkeys("0123456789abceghknopqsuvxyz/+*#_~=<>?$", 0.57),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&wm", 0.8), **dict.fromkeys("MW%@", 1.03),
}  # fmt: skip


def width(text: str) -> float:
    """How wide a text is at the most, in the size of its letters."""
    return sum(_WIDTHS.get(sign, 1.0) for sign in text)


def longest_piece(text: str, most: float) -> float:
    """How wide the longest number, date or quoted word of a text is (in the size of its letters),
    with its unit; longer ones than `most` may break."""
    found = (width(whole[0]) for whole in _WHOLE.finditer(text))
    return max((wide for wide in found if wide <= most), default=0.0)


@lru_cache(maxsize=4096)
def kept(text: str, room: float, in_cell: bool = False) -> tuple[Span, ...]:
    """The spans of a text that stay on one line of `room` (in the size of its letters)."""
    if not text.strip():
        return ()
    if in_cell and width(text.strip()) <= min(_SHORT, room):
        return ((0, len(text)),)
    found: list[Span] = []
    for span in sorted(_wanted(text, room, in_cell)):
        near = found and span[0] - found[-1][1] <= (1 if in_cell else -1)
        joined = (found[-1][0], max(span[1], found[-1][1])) if near else span
        if near and width(text[slice(*joined)]) <= room:
            found[-1] = joined
        elif (not found or span[0] >= found[-1][1]) and width(text[slice(*span)]) <= room:
            found.append(span)
    return tuple(found)


def _wanted(text: str, room: float, in_cell: bool) -> Iterator[Span]:
    for whole in _WHOLE.finditer(text):
        if width(whole[0]) <= room:
            yield whole.span()
        else:
            yield from (part.span() for part in _PART.finditer(text, *whole.span()))
    for end in _ENDS[in_cell]:
        if found := end.search(text):
            yield found.span()
