"""A row of a table -> which column holds which field, where the row is a header.

A column whose heading means two things is settled by its values: the one meaning that can read all
of them. Where several can, or one meaning fits two columns, nobody is asked to guess: the column is
left out and told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from evalpress.importing.fieldtexts import is_blank, number, reader
from evalpress.importing.labels import NONE, Vocabulary, bare
from evalpress.importing.neutral import Cell, Grid, Span
from evalpress.model import FormPart


@dataclass(frozen=True)
class Column:
    """Columns [first, last) of a table under one heading, and what that may mean."""

    span: Span
    heading: str
    cell: Cell
    meanings: tuple[str, ...] = ()
    why: str = ""
    above: tuple[Cell, ...] = ()
    said: tuple[str, ...] = ()  # all that the heading may mean

    @property
    def means(self) -> str:
        """The field, once it is settled; empty where the column has none."""
        return self.meanings[0] if len(self.meanings) == 1 and not self.why else NONE


@dataclass(frozen=True)
class Header:
    """A header: its rows [first, last) and its columns from left to right."""

    rows: Span
    columns: tuple[Column, ...] = field(default=())

    def fields(self) -> set[str]:
        """All meanings that stand in it, settled or not."""
        return {m for column in self.columns for m in column.meanings if m}

    def cells(self) -> list[Cell]:
        """The cells of the headings that are known, and those above them."""
        return [cell for column in self.named() for cell in (column.cell, *column.above)]

    def holds_values(self) -> bool:
        """Whether a figure stands among what looks like headings."""
        return any(number(column.heading, ("万元", "元")) for column in self.columns)

    def named(self) -> list[Column]:
        """The columns whose heading is known."""
        return [column for column in self.columns if column.meanings]


def find_header(
    grid: Grid, row: int, part: FormPart, vocabulary: Vocabulary, ignored: frozenset[Cell]
) -> Header:
    """The header that begins in a row, as one line of headings or as two; with no named column
    where there is none. `ignored` are cells that only head a section at the side."""
    single = Header((row, row + 1), tuple(_columns(grid, row, part, vocabulary, ignored)))
    if row + 1 >= len(grid.rows) or not single.named():
        return single
    sure = _is_two_lined(single, grid, row)
    if unmerged := _unmerged(grid, row, part, vocabulary, ignored):
        return unmerged
    double = _double(grid, row, part, vocabulary, ignored, sure)
    return double if double and (sure or len(double.named()) > len(single.named())) else single


def _is_two_lined(single: Header, grid: Grid, row: int) -> bool:
    """Whether the line below belongs to the headings whatever it says: it holds only their units,
    or some of them reach into it while others have narrower ones below."""
    if _holds_units(grid, row + 1):
        return True
    tall = [c for c in single.named() if c.cell.rows > 1]
    wide = [c for c in single.columns if c.cell.rows == 1 and c.cell.columns > 1]
    return bool(tall) and any(len(grid.across(row + 1, c.span)) > 1 for c in wide)


def _holds_units(grid: Grid, row: int) -> bool:
    """Whether a row says nothing but （万元） and the like."""
    own = [c for c in grid.across(row) if c.row == row and not c.blank]
    return bool(own) and all(not bare(c.text) for c in own)


def _columns(
    grid: Grid, row: int, part: FormPart, vocabulary: Vocabulary, ignored: frozenset[Cell]
) -> list[Column]:
    found = []
    for cell in grid.across(row):
        if cell.blank or cell in ignored:
            continue
        above = _qualifier(grid, cell, vocabulary)
        texts = _below_qualifier(above, cell) if above else [cell.text]
        meanings = next((m for t in texts if (m := vocabulary.meanings(part, t))), [])
        span = (cell.column, cell.column + cell.columns)
        found.append(Column(span, texts[0], cell, tuple(meanings)))
    return found


def _qualifier(grid: Grid, cell: Cell, vocabulary: Vocabulary) -> Cell | None:
    """The cell right above that says of what time or by whom the values of a column are."""
    above = grid.rows[cell.row - 1][cell.column] if cell.row else None
    return above if above and vocabulary.qualifies(above.text) else None


def _below_qualifier(top: Cell, low: Cell) -> list[str]:
    return [f"{top.text}/{low.text}", f"{top.text}{low.text}"]


def _double(
    grid: Grid, row: int, part: FormPart, vocabulary: Vocabulary, ignored: frozenset[Cell],
    sure: bool,
) -> Header | None:  # fmt: skip
    """A header of two lines: below a wide heading stand the narrow ones. Where that is `sure`, one
    that nobody knows is a heading all the same."""
    found: list[Column] = []
    at = 0
    while at < grid.width:
        top, low = grid.rows[row][at], grid.rows[row + 1][at]
        at = min(top.column + top.columns, low.column + low.columns)
        start = max(top.column, low.column)
        if top in ignored:
            continue
        apart = top != low and not low.blank and not top.blank
        if apart and bare(low.text) and top.columns <= low.columns:
            return None  # one below the other, neither over the other: two rows of their own
        texts = _two_lines(top, low, vocabulary)
        if not texts:
            continue
        if above := _qualifier(grid, top, vocabulary):
            texts = [f"{above.text}/{texts[0]}"]
        meanings = next((m for t in texts if (m := vocabulary.meanings(part, t))), [])
        if not meanings and len(texts) > 1 and not sure:
            return None  # what stands below is a value, or nobody's heading
        cell = top if top == low or low.blank else low
        found.append(Column((start, at), texts[0], cell, tuple(meanings), above=(top,)))
    return Header((row, row + 2), tuple(found))


def _unmerged(
    grid: Grid, row: int, part: FormPart, vocabulary: Vocabulary, ignored: frozenset[Cell]
) -> Header | None:
    """A header of two lines in which nothing is merged: every cell of the line below is known below
    the heading that stands over it or left of that."""
    tops = [c for c in grid.across(row) if not c.blank and c not in ignored]
    lows = [c for c in grid.across(row + 1) if c.row > row and not c.blank and c not in ignored]
    found: list[Column] = []
    for top in tops:
        after = min((c.column for c in tops if c.column > top.column), default=grid.width)
        below = [c for c in lows if top.column <= c.column < after]
        if below and (below[0].column != top.column or top.rows > 1):
            return None
        for cell, heading in [(c, f"{top.text}/{c.text}") for c in below] or [(top, top.text)]:
            meanings = tuple(vocabulary.meanings(part, heading))
            if below and not meanings:
                return None
            span = (cell.column, cell.column + cell.columns)
            found.append(Column(span, heading, cell, meanings, above=(top,)))
    return Header((row, row + 2), tuple(found)) if len(lows) > 1 else None


def _two_lines(top: Cell, low: Cell, vocabulary: Vocabulary) -> list[str]:
    """What two cells one below the other say as one heading, the surest reading first."""
    if top == low or low.blank:
        return [] if top.blank else [top.text]
    if top.blank:
        return [low.text]
    if vocabulary.qualifies(top.text):
        return _below_qualifier(top, low)
    whole = f"{top.text}/{low.text}" if bare(low.text) else f"{top.text}{low.text}"
    return [whole, low.text] if bare(low.text) else [whole]


# --- which meaning ------------------------------------------------------------------------------


def settle(header: Header, grid: Grid, rows: Sequence[int]) -> Header:
    """The header with one meaning for each column, or none and the reason, by the values that
    stand in the rows below it."""
    columns = [replace(c, meanings=tuple(_readable(c, grid, rows))) for c in header.columns]
    taken = {c.means for c in columns if len(c.meanings) == 1}
    columns = [_without(c, taken) for c in columns]
    return Header(header.rows, tuple(_told(columns, header.columns)))


def _readable(column: Column, grid: Grid, rows: Sequence[int]) -> list[str]:
    """The meanings that can read every value of the column."""
    if len(column.meanings) < 2:
        return list(column.meanings)
    texts = [
        cell.text
        for row in rows
        for cell in grid.across(row, column.span)
        if not is_blank(cell.text)
    ]
    fitting = [m for m in column.meanings if all(reader(m)(text) is not None for text in texts)]
    strict = [m for m in fitting if not _takes_anything(m)]
    return strict if len(strict) == 1 and texts else fitting


def _takes_anything(means: str) -> bool:
    return reader(means)("某某") is not None and reader(means)("1" * 20) is not None


def _without(column: Column, taken: set[str]) -> Column:
    """Other columns' meanings are no longer open."""
    if len(column.meanings) < 2:
        return column
    return replace(column, meanings=tuple(m for m in column.meanings if m not in taken))


def _told(columns: list[Column], before: Sequence[Column]) -> list[Column]:
    columns = _units(_marks_of_levels(columns))
    counts: dict[str, int] = {}
    for column in columns:
        counts[column.means] = counts.get(column.means, 0) + 1
    told = []
    for column, old in zip(columns, before, strict=True):
        why = column.why
        if not why and len(column.meanings) > 1:
            why = "two_meanings"
        elif not why and not column.meanings:
            why = "two_meanings" if old.meanings else "unknown_heading"
        elif not why and column.means == NONE:
            why = "no_field"
        elif not why and counts[column.means] > 1:
            why = "two_columns"
        told.append(replace(column, why=why, said=old.meanings))
    return told


_LEVELS = frozenset(["level1", "level2"])


def _marks_of_levels(columns: list[Column]) -> list[Column]:
    """投入 13 | 预算配置 13 | 控制率 5: the marks right of a level are that level's."""
    marks = [n for n, c in enumerate(columns) if c.means == "full_marks"]
    if len(marks) < 2:
        return columns
    return [
        replace(c, why="level_marks") if n in marks and n and columns[n - 1].means in _LEVELS else c
        for n, c in enumerate(columns)
    ]


def _units(columns: list[Column]) -> list[Column]:
    """Of several columns of units each belongs to the value before it."""
    if sum(c.means == "unit" for c in columns) < 2:
        return columns
    found: list[Column] = []
    owner = ""
    for column in columns:
        if column.means in ("target", "actual"):
            owner = column.means
        if column.means == "unit" and owner:
            column = replace(column, meanings=(f"{owner}/unit",))
        found.append(column)
    return found
