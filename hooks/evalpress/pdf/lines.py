"""5 print: a document (ElementTree) -> the same, with a `nowrap` round each piece of text that
stays on one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from evalpress.pdf.kept import Span, kept

STYLE = "white-space:nowrap"
# Elements inside a line; every other one begins a line and ends one.
_INLINE = {"a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup", "wbr"}
_FIGURE = "ep-figure"  # a key figure stands in a cell
_STACKED = {"ep-cell-note", "ep-figure__name", "ep-figure__value", "ep-figure__note"}  # shown as blocks though they are spans
# Titles are set in lines of their own; drawings, code and long texts of originals as they are.
_LEFT_ALONE = {"h1", "pre", "svg", "{http://www.w3.org/2000/svg}svg", "head", "style", "title"}
# Text in these elements stands in boxes that are as wide as it.
_PARAGRAPH = 14.0  # letters


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
    parents = {child: parent for parent in root.iter() for child in parent}
    for (element, is_tail), spans in edits.items():
        _wrap(element, is_tail, spans, parents)


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


def _wrap(element: Any, is_tail: bool, spans: Iterable[Span], parents: dict[Any, Any]) -> None:
    text = element.tail if is_tail else element.text
    holder, at = (parents[element], -1) if is_tail else (element, 0)
    if is_tail:
        at = list(holder).index(element) + 1
    pieces, done = [], 0
    for start, end in spans:
        pieces.append((text[done:start], text[start:end]))
        done = end
    for number, (_, inside) in enumerate(pieces):
        made = holder.makeelement("span", {"style": STYLE})
        made.text = inside
        made.tail = pieces[number + 1][0] if number + 1 < len(pieces) else text[done:]
        holder.insert(at + number, made)
        parents[made] = holder
    if is_tail:
        element.tail = pieces[0][0]
    else:
        element.text = pieces[0][0]
