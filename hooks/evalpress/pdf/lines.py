"""5 print: a document (ElementTree) -> the same, with word joiners in each piece of text that stays
on one line. They have no width and no glyph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from evalpress.pdf.unbroken import kept

JOINER = "\u2060"
# Elements inside a line; every other one begins a line and ends one.
_INLINE = {"a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup", "wbr"}
# Shown as blocks though they are spans.
_STACKED = {"ep-cell-note", "ep-figure__name", "ep-figure__value", "ep-figure__note"}
_HEADINGS = {f"h{level}" for level in range(2, 7)}
_NAME = "data-name"  # by which print.css calls a heading in the bookmarks
# A title has lines of its own, drawings are as they are.
_LEFT_ALONE = {"h1", "pre", "svg", "{http://www.w3.org/2000/svg}svg", "head", "style", "title"}
_LABEL, _ALONE = "ep-label", "print-label"
_PARAGRAPH = 14.0  # letters: of a line of 28, what may stay together

Place = tuple[Any, bool]  # the text of an element, or its tail


@dataclass(frozen=True)
class _Piece:
    """What of one text stays on one line, and whether the next text goes on with it."""

    start: int
    end: int
    goes_on: bool


@dataclass
class _Line:
    """The text between two blocks: each piece with the place where it stands, and the letters that
    a line has room for."""

    room: float
    in_cell: bool = False
    texts: list[tuple[Place, str]] = field(default_factory=list)


def keep_lines(root: Any, rooms: Mapping[Any, float]) -> None:
    """Join what stays on one line; `rooms` has the letters that fit into a line of each cell and
    each key figure. A label that is a paragraph of its own stays with what it is the label of."""
    lines: list[_Line] = [_Line(_PARAGRAPH)]
    _walk(root, rooms, (_PARAGRAPH, False), lines)
    for heading in (found for level in _HEADINGS for found in root.iter(level)):
        heading.set(_NAME, " ".join("".join(heading.itertext()).split()))
    edits: dict[Place, list[_Piece]] = {}
    for line in lines:
        edits |= _placed(line)
    for (element, is_tail), pieces in edits.items():
        if is_tail:
            element.tail = _joined(element.tail, pieces)
        else:
            element.text = _joined(element.text, pieces)
    for paragraph in root.iter("p"):
        if _is_label(paragraph):
            paragraph.set("class", f"{paragraph.get('class', '')} {_ALONE}".strip())


def _joined(text: str, pieces: Iterable[_Piece]) -> str:
    parts, done = [], 0
    for piece in pieces:
        parts += [text[done : piece.start], JOINER.join(text[piece.start : piece.end])]
        parts.append(JOINER if piece.goes_on else "")
        done = piece.end
    return "".join([*parts, text[done:]])


def _walk(
    element: Any, rooms: Mapping[Any, float], place: tuple[float, bool], lines: list[_Line]
) -> None:
    if not isinstance(element.tag, str) or element.tag in _LEFT_ALONE:
        lines.append(_Line(*place))
        return
    if element in rooms:
        place = rooms[element], True
    stacked = element.tag not in _INLINE or _STACKED & set(element.get("class", "").split())
    if stacked:
        lines.append(_Line(*place))
    if element.text:
        lines[-1].texts.append(((element, False), element.text))
    for child in element:
        _walk(child, rooms, place, lines)
        if child.tail:
            lines[-1].texts.append(((child, True), child.tail))
    if stacked:
        lines.append(_Line(*place))


def _placed(line: _Line) -> dict[Place, list[_Piece]]:
    """The pieces of a line by the text that they stand in; one over several texts is in each."""
    spans = kept("".join(text for _, text in line.texts), line.room, line.in_cell)
    found, before = {}, 0
    for place, text in line.texts:
        end = before + len(text)
        own = [
            _Piece(max(a, before) - before, min(b, end) - before, b > end)
            for a, b in spans
            if a < end and b > before
        ]
        if own:
            found[place] = own
        before = end
    return found


def _is_label(paragraph: Any) -> bool:
    """Whether a paragraph holds a label and nothing else."""
    inside = list(_shown(paragraph))
    return len(inside) == 1 and _LABEL in inside[0].get("class", "").split()


def _shown(paragraph: Any) -> Iterator[Any]:
    """The elements of a paragraph, and the paragraph itself where it has text of its own."""
    if (paragraph.text or "").strip():
        yield paragraph
    for child in paragraph:
        yield child
        if (child.tail or "").strip():
            yield paragraph
