"""5 print: a document (ElementTree) -> the same, with word joiners in each piece of text that stays
on one line. They have no width and no glyph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from evalpress.pdf.unbroken import Span, kept

JOINER = "\u2060"
# Elements inside a line; every other one begins a line and ends one.
_INLINE = {"a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup", "wbr"}
_FIGURE = "ep-figure"  # a key figure stands in a cell
# Shown as blocks though they are spans.
_STACKED = {"ep-cell-note", "ep-figure__name", "ep-figure__value", "ep-figure__note"}
# Titles have lines of their own, headings name bookmarks as well, drawings are as they are.
_LEFT_ALONE = {
    *(f"h{level}" for level in range(1, 7)), "pre", "svg", "{http://www.w3.org/2000/svg}svg",
    "head", "style", "title",
}  # fmt: skip
_PARAGRAPH = 14.0  # letters: of a line of 28, what may stay together


@dataclass
class _Line:
    """The text between two blocks: each piece with the element that holds it as its text or tail,
    and the letters that a line has room for."""

    room: float
    in_cell: bool = False
    texts: list[tuple[Any, bool, str]] = field(default_factory=list)


def keep_lines(root: Any, rooms: dict[Any, float]) -> None:
    """Put what stays on one line into spans; `rooms` has the letters that fit into each cell."""
    lines: list[_Line] = [_Line(_PARAGRAPH)]
    _walk(root, rooms, (_PARAGRAPH, False), lines)
    edits: dict[tuple[Any, bool], list[Span]] = {}
    for line in lines:
        for element, is_tail, spans in _placed(line):
            edits[element, is_tail] = spans
    for (element, is_tail), spans in edits.items():
        if is_tail:
            element.tail = _joined(element.tail, spans)
        else:
            element.text = _joined(element.text, spans)


def _joined(text: str, spans: Iterable[Span]) -> str:
    parts, done = [], 0
    for start, end in spans:
        parts += [text[done:start], JOINER.join(text[start:end])]
        done = end
    return "".join([*parts, text[done:]])


def _walk(
    element: Any, rooms: dict[Any, float], place: tuple[float, bool], lines: list[_Line]
) -> None:
    if not isinstance(element.tag, str) or element.tag in _LEFT_ALONE:
        lines.append(_Line(*place))
        return
    classes = set(element.get("class", "").split())
    if element in rooms or _FIGURE in classes:
        place = rooms.get(element, _PARAGRAPH), True
    stacked = element.tag not in _INLINE or _STACKED & classes
    if stacked:
        lines.append(_Line(*place))
    if element.text:
        lines[-1].texts.append((element, False, element.text))
    for child in element:
        _walk(child, rooms, place, lines)
        if child.tail:
            lines[-1].texts.append((child, True, child.tail))
    if stacked:
        lines.append(_Line(*place))


def _placed(line: _Line) -> Iterator[tuple[Any, bool, list[Span]]]:
    """The spans of a line that lie in one of its texts, by that text."""
    spans, before = kept("".join(text for _, _, text in line.texts), line.room, line.in_cell), 0
    for element, is_tail, text in line.texts:
        end = before + len(text)
        own = [(a - before, b - before) for a, b in spans if before <= a and b <= end]
        if own:
            yield element, is_tail, own
        before = end
