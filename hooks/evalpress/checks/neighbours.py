"""2 check: what stands side by side in a report -> lines in which a label has its value behind it.

A name is private beside its label, and more so beside a telephone number, however the clerk parted
them: labels that follow one another, a label with content, cells of a table in every direction,
entries with keys of their own, the head of a project.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from evalpress.checks.subject import Subject, Text
from evalpress.model import Table
from evalpress.text.privacy import Hit, asks_for_person, find_private

_LONGEST = 60  # characters of a text that is a value, not a paragraph
# Parts in which names stand beside labels; what is only named or counted is left out.
_PARTS = frozenset(
    ["body", "public_info", "evaluation", "signature", "problems", "attachments", "indicators"]
)
_HEADS = frozenset(["name", "number", "code", "authority", "unit", "progress"])


class Piece(NamedTuple):
    """A text in a line, and what parts it from the one before; without a place it is a key."""

    place: str
    value: str
    before: str


def beside_labels(subject: Subject) -> list[tuple[Text, Hit]]:
    """Private data that only the label beside it tells, each with the text that it stands in."""
    short = [text.value for text in subject.every_text if len(text.value) <= _LONGEST]
    if not asks_for_person("\n".join([*short, *_keys(subject)])):
        return []
    pieces = [*_in_order(subject), *_in_tables(subject)]
    text = "".join(piece.before + piece.value for piece in pieces)
    starts, at = list[int](), 0
    for piece in pieces:
        at += len(piece.before)
        starts.append(at)
        at += len(piece.value)
    return [found for hit in find_private(text) if (found := _placed(hit, pieces, starts))]


def _placed(hit: Hit, pieces: list[Piece], starts: list[int]) -> tuple[Text, Hit] | None:
    """The hit with its text, where it lies in one text that is no key."""
    piece = pieces[at := bisect_right(starts, hit.start) - 1]
    inside = hit.end <= starts[at] + len(piece.value)
    return (Text(piece.place, piece.value), hit) if inside and piece.place else None


def _keys(subject: Subject) -> Iterator[str]:
    """The keys that clerks gave entries of their own."""
    yield from subject.content.public_info.extra
    for owner, _ in subject.owners():
        for indicator in owner.indicators:
            yield from indicator.extra


def _in_order(subject: Subject) -> Iterator[Piece]:
    """Short texts as they follow one another, a label or key before its value."""
    part, before = "", "\n"
    for place, steps, value in subject.parts:
        if not isinstance(value, str) or not _is_beside(steps):
            continue
        group = _group(steps)
        if group != part or len(value) > _LONGEST or "\n" in value:
            before = "\n"
        key = steps[-1]
        if isinstance(key, str) and not key.isascii():
            yield Piece("", key, before)
            before = "："
        yield Piece(place, value, before)
        long = len(value) > _LONGEST or "\n" in value
        part, before = group, "\n" if long else "：" if key == "label" else " "


def _is_beside(steps: tuple[str | int, ...]) -> bool:
    if steps[0] == "projects":
        return steps[2] in _PARTS or steps[-1] in _HEADS
    return steps[0] in _PARTS or len(steps) == 1


def _group(steps: tuple[str | int, ...]) -> str:
    """What texts belong together: a part of the report, a section, a project's head."""
    if len(steps) == 1:
        return ""
    deep = 3 if steps[0] == "projects" and steps[2] in _PARTS else 2
    return "/".join(map(str, steps[:deep]))


def _in_tables(subject: Subject) -> Iterator[Piece]:
    """Each cell behind the head of its column, and behind the first cell of its row."""
    for place, _, table in subject.of(Table):
        heads = [column.name for column in table.columns]
        grid = [heads, *([cell or "" for cell in row] for row in table.rows)]
        for number, row in enumerate(grid[1:], 1):
            cells = [(Piece("", heads[at], ""), row[at], number, at) for at in range(len(row))]
            yield from _pairs(place, cells)
        firsts = [
            Piece(f"{place}/{number}/1" if number else "", row[0], "")
            for number, row in enumerate(grid)
        ]
        for at in range(1, len(heads)):
            cells = [(firsts[number], row[at], number, at) for number, row in enumerate(grid)]
            yield from _pairs(place, cells)


def _pairs(place: str, cells: list[tuple[Piece, str, int, int]]) -> Iterator[Piece]:
    """One line: label and value, label and value; cells are named by row and column from 1."""
    before = "\n"
    for label, value, row, column in cells:
        if value and len(value) <= _LONGEST:
            yield label._replace(before=before)
            yield Piece(f"{place}/{row}/{column + 1}" if row else place, value, "：")
            before = " "
