"""Two texts of one document -> where they differ, sentence by sentence, figures first.

White space and signs that look alike do not count; punctuation does. Cells that a program laid out
as a table have no order to compare: they are looked for, and explain what they hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from itertools import groupby
from unicodedata import normalize

from evalpress.text.lookalikes import unified

_SENTENCE = re.compile(r"[^。！？；\n\t　]+(?:[。！？；]+[”’」』）》]*)?|[。！？；]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*%?|.")
_WORDS = re.compile(r"\w")
_CELL = re.compile("[\t　]")
_SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
# Strokes and dots that programs write for one another; figures and letters of either width.
_STROKES = str.maketrans("⋯〜―─–・‧", "…～———··") | {
    wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), 0xFF05)
}
_ENDS = tuple("。！？；”’」』）》")
_LAID_OUT = 400  # signs of a line that a program laid out
_FIGURE, _JOINTS = frozenset("0123456789.,%"), frozenset("：；，、（）()")
# Below this share of equal tokens two passages are two passages, not one and its misprint.
_ALIKE = 0.55
_MOST_TOKENS = 6000
# What is shorter stands in many places, and its order says nothing.
_MOVABLE = 6


class Kind(IntEnum):
    """How the two texts differ, in the order of telling."""

    CHANGED = 0
    MISSING = 1
    ADDED = 2
    MOVED = 3


class Origin(IntEnum):
    """Where a passage of the copy comes from: text like the original's, data that a program laid
    out, or the program's own words, which no original need have."""

    TEXT = 0
    DATA = 1
    PROGRAM = 2


@dataclass(frozen=True)
class Passage:
    """A paragraph or cell of the copy; `row` counts the rows of tables, 0 is none."""

    text: str
    origin: Origin = Origin.TEXT
    row: int = 0


@dataclass(frozen=True)
class Difference:
    """One difference: the sentences of both texts, what differs in them as (original, copy), and
    the copy's sentence before it."""

    kind: Kind
    original: str = ""
    copy: str = ""
    changes: tuple[tuple[str, str], ...] = ()
    after: str = ""

    @property
    def in_figures(self) -> bool:
        """True where a figure is another one, is missing or was added."""
        if self.kind is Kind.CHANGED:
            return any(_figures(old) != _figures(new) for old, new in self.changes)
        return bool(_NUMBER.search(self.original + self.copy)) and self.kind is not Kind.MOVED


@dataclass(frozen=True)
class _Unit:
    """A sentence or cell as it is written, what of it counts, and the number of its paragraph."""

    text: str
    key: str
    line: int = 0


def collate(
    original: Iterable[str], copy: Iterable[Passage], wrapped: bool = False
) -> list[Difference]:
    """Every difference between the paragraphs of an original and those of its copy: those in
    figures first, then by kind, each in the order of the texts. With `wrapped` the original's
    cells may be torn into lines, as in the text of a PDF."""
    passages, original = list(copy), list(original)
    left = _units(original)
    right, data, program = (
        _units(p.text for p in passages if p.origin is origin) for origin in Origin
    )
    blocks = _blocks(left, right)
    moved = [*_take_moved(blocks), *_take_mistyped(blocks, data)]
    told = {difference.copy for difference in moved}
    _take_explained(blocks, [*data, *program])
    found = [d for block in blocks for d in _differences(block)]
    found += [*moved, *_unfounded([cell for cell in data if cell.text not in told], left, wrapped)]
    swapped = [] if wrapped else list(_swapped(passages, original))
    found = [*(d for d in found if not _is_told(d, swapped)), *swapped]
    return sorted(found, key=lambda d: (not d.in_figures, d.kind))


def shared(original: Iterable[str], copy: Iterable[Passage]) -> float:
    """The share of an original's sentences that the copy has anywhere, from 0 to 1; words that
    every form has count only where there is nothing longer."""
    units, right = _units(original), {unit.key for unit in _units(p.text for p in copy)}
    left = [unit for unit in units if len(unit.key) >= _MOVABLE] or units
    return sum(unit.key in right for unit in left) / len(left) if left else 0.0


def same_key(text: str) -> str:
    """What of a text counts: no white space, one form of every sign."""
    return unified(normalize("NFC", _SPACE.sub("", text))).translate(_STROKES)


def _units(texts: Iterable[str]) -> list[_Unit]:
    """The sentences and cells of some paragraphs; a dash alone says that there is nothing."""
    return [
        _Unit(match[0].strip(), key, line)
        for line, text in enumerate(texts)
        for match in _SENTENCE.finditer(text)
        if _WORDS.search(key := same_key(match[0]))
    ]


@dataclass
class _Block:
    """Neighbouring units that are not equal, and the copy's unit before them."""

    left: list[_Unit]
    right: list[_Unit]
    after: str


def _blocks(left: Sequence[_Unit], right: Sequence[_Unit]) -> list[_Block]:
    keys = [u.key for u in left], [u.key for u in right]
    return [
        _Block(list(left[i1:i2]), list(right[j1:j2]), right[j1 - 1].text if j1 else "")
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
        if tag != "equal" and _joined(left[i1:i2]) != _joined(right[j1:j2])
    ]


def _joined(units: Iterable[_Unit]) -> str:
    return "".join(unit.key for unit in units)


def _take_moved(blocks: Sequence[_Block]) -> Iterator[Difference]:
    """Sentences that both texts have, in other places; they are taken out of the blocks."""
    places: dict[str, list[tuple[_Block, _Unit]]] = {}
    for block in blocks:
        for unit in block.right:
            if len(unit.key) >= _MOVABLE:
                places.setdefault(unit.key, []).append((block, unit))
    for block in blocks:
        for unit in list(block.left):
            if found := places.get(unit.key):
                other, twin = found.pop(0)
                block.left.remove(unit)
                other.right.remove(twin)
                if other is not block:
                    yield Difference(Kind.MOVED, unit.text, twin.text, after=other.after)


def _take_mistyped(blocks: Sequence[_Block], cells: Sequence[_Unit]) -> Iterator[Difference]:
    """Sentences that the tables of the copy hold word for word, with other figures or with the same
    ones in another order; they are taken out of the blocks."""
    worded: dict[tuple[str, ...], list[_Unit]] = {}
    for cell in (cell for cell in cells if _NUMBER.search(cell.key)):
        worded.setdefault(tuple(_NUMBER.split(cell.key)), []).append(cell)
    for block in blocks:
        for unit in list(block.left):
            words = tuple(_NUMBER.split(unit.key))
            alike = worded.get(words, []) if sum(map(len, words)) >= _MOVABLE else []
            if alike and all(cell.key != unit.key for cell in alike):
                block.left.remove(unit)
                pairs = zip(*(_NUMBER.findall(u.key) for u in (unit, alike[0])), strict=True)
                changes = tuple(pair for pair in pairs if pair[0] != pair[1])
                yield Difference(Kind.CHANGED, unit.text, alike[0].text, changes)


def _take_explained(blocks: Sequence[_Block], cells: Sequence[_Unit]) -> None:
    """Take out of the blocks what the original has and the tables of the copy hold."""
    whole, keys = Counter(cell.key for cell in cells), frozenset(cell.key for cell in cells)
    text, figures = "\n".join(cell.key for cell in cells), _figures(" ".join(c.key for c in cells))
    for block in blocks:
        for unit in list(block.left):
            if whole[unit.key] > 0:
                whole[unit.key] -= 1
                block.left.remove(unit)
            elif _is_made_of(unit.key, keys) or all(
                _holds(text, figures, part) for part in _SPACE.split(unit.text) if part
            ):
                block.left.remove(unit)


def _is_made_of(key: str, cells: frozenset[str]) -> bool:
    """Whether a text is whole cells one after the other, as where a program lays them out in a
    line; a figure is never put together of two."""
    if len(key) > _LAID_OUT:
        return False
    longest = max(map(len, cells), default=0)
    reached = {0}
    for end in range(1, len(key) + 1):
        if end < len(key) and key[end - 1] in _FIGURE and key[end] in _FIGURE:
            continue
        for start in range(max(0, end - longest), end):
            piece = key[start:end]
            if start in reached and (piece in cells or piece in _JOINTS):
                reached.add(end)
                break
    return len(key) in reached


def _holds(text: str, figures: frozenset[str], part: str) -> bool:
    """Whether cells hold a part: its words as they are, its figures as whole numbers."""
    key = same_key(part)
    if _NUMBER.search(key):
        return key in text.split("\n") or (_figures(key) <= figures and _worded(key, text))
    return key in text


def _worded(key: str, text: str, wrapped: bool = False) -> bool:
    """Whether a text holds the words between a key's figures, with `wrapped` in pieces."""
    return all(_tiled(words, text) if wrapped else words in text for words in _NUMBER.split(key))


def _tiled(words: str, text: str) -> bool:
    """Whether words are made of pieces of a text, none of which is a single sign."""
    while words:
        size = next((n for n in range(len(words), 0, -1) if words[:n] in text), 0)
        if size < min(2, len(words)):
            return False
        words = words[size:]
    return True


def _unfounded(
    cells: Iterable[_Unit], left: Sequence[_Unit], wrapped: bool
) -> Iterator[Difference]:
    """Cells of the copy's tables that the original has nowhere."""
    text = "\n".join(unit.key for unit in left)
    parts = {same_key(part) for unit in left for part in _SPACE.split(unit.text)}
    figures = _figures(" ".join(unit.text for unit in left))
    for cell in cells:
        numbers = _figures(cell.key)
        is_there = numbers <= figures and _worded(cell.key, text, wrapped)
        if not (is_there or cell.key in parts):
            yield Difference(Kind.ADDED, copy=cell.text)


def _swapped(passages: Iterable[Passage], original: Iterable[str]) -> Iterator[Difference]:
    """Rows of the copy's tables whose figures the original has in another row: the name of the row
    stands in one row of the original only, beside as many figures, of which some are others."""
    theirs: dict[str, list[str]] = {}
    for line in (text for text in original if _CELL.search(text)):
        for cell in {same_key(cell) for cell in _CELL.split(line)}:
            theirs.setdefault(cell, []).append(line)
    cells = [p for p in passages if p.row and p.origin is Origin.DATA]
    for _, group in groupby(cells, key=lambda passage: passage.row):
        row = [passage.text for passage in group]
        names = [key for text in row if (key := same_key(text)) and not _NUMBER.search(key)]
        lines = {
            theirs[name][0] for name in names if len(name) > 1 and len(theirs.get(name, ())) == 1
        }
        if len(lines) != 1:
            continue
        line = lines.pop()
        mine, its = (
            [figure for cell in cells for figure in _NUMBER.findall(same_key(cell))]
            for cells in (row, _CELL.split(line))
        )
        others, lacking = Counter(mine) - Counter(its), Counter(its) - Counter(mine)
        if others and len(mine) == len(its):
            changes = tuple(zip(lacking.elements(), others.elements(), strict=True))
            yield Difference(Kind.CHANGED, line.replace("\t", "　"), "　".join(row), changes)


def _is_told(difference: Difference, rows: Sequence[Difference]) -> bool:
    """Whether a cell that is missing or was added is one that a whole row is told with."""
    own = difference.original or difference.copy
    if difference.kind not in (Kind.MISSING, Kind.ADDED) or not _NUMBER.search(own):
        return False
    return any(
        own in (row.original if difference.original else row.copy).split("　") for row in rows
    )


def _figures(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(text))


def _differences(block: _Block) -> Iterator[Difference]:
    missing: list[_Unit] = []
    for left, right in _pairs(block):
        if not right:
            missing += left
        elif not left:
            yield from (Difference(Kind.ADDED, copy=u.text, after=block.after) for u in right)
        elif _joined(left) != _joined(right):
            yield _changed(left, right, block.after)
    yield from (Difference(Kind.MISSING, text, after=block.after) for text in _rows(missing))


def _rows(units: Iterable[_Unit]) -> Iterator[str]:
    """The texts of units, those of one row of cells together."""
    for line, row in groupby(units, key=lambda unit: (unit.line, unit.text.endswith(_ENDS))):
        texts = [unit.text for unit in row]
        yield from texts if line[1] else ["　".join(texts)]


Group = tuple[list[_Unit], list[_Unit]]


def _pairs(block: _Block) -> Iterator[Group]:
    """What belongs together: unit by unit where each has its like, or else the whole block where
    only its cuts differ."""
    groups = list(_unit_pairs(block.left, block.right))
    lonely = [group for group in groups if not (group[0] and group[1])]
    if block.left and block.right and lonely and _likeness(block.left, block.right) >= _ALIKE:
        groups = list(_merged(groups))
    return iter(groups)


def _merged(groups: Sequence[Group]) -> Iterator[Group]:
    """Units that have no like join their neighbour where that makes the two texts more alike."""
    waiting: list[Group] = []
    for group in groups:
        if waiting:
            both = (waiting[-1][0] + group[0], waiting[-1][1] + group[1])
            apart = max(_likeness(*waiting[-1]), _likeness(*group))
            if _likeness(*both) > apart:
                waiting[-1] = both
                continue
        waiting.append(group)
    return iter(waiting)


def _unit_pairs(left: Sequence[_Unit], right: Sequence[_Unit]) -> Iterator[Group]:
    """Each unit with the first one after those before that is like it; or alone."""
    start = 0
    for unit in left:
        scores = [_likeness([unit], [other]) for other in right[start:]]
        best = max(scores, default=0.0)
        if best < _ALIKE:
            yield [unit], []
            continue
        at = start + scores.index(best)
        yield from (([], [other]) for other in right[start:at])
        yield [unit], [right[at]]
        start = at + 1
    yield from (([], [other]) for other in right[start:])


def _likeness(left: Sequence[_Unit], right: Sequence[_Unit]) -> float:
    """The share of equal tokens, from 0 to 1."""
    tokens = _TOKEN.findall(_joined(left)), _TOKEN.findall(_joined(right))
    if not (tokens[0] and tokens[1]) or sum(map(len, tokens)) > _MOST_TOKENS:
        return 0.0
    matcher = SequenceMatcher(None, *tokens, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def _changed(left: Sequence[_Unit], right: Sequence[_Unit], after: str) -> Difference:
    old, new = _TOKEN.findall(_joined(left)), _TOKEN.findall(_joined(right))
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changes = tuple(
        ("".join(old[i1:i2]), "".join(new[j1:j2]))
        for tag, i1, i2, j1, j2 in codes
        if tag != "equal"
    )
    texts = " ".join(u.text for u in left), " ".join(u.text for u in right)
    return Difference(Kind.CHANGED, *texts, changes, after)
