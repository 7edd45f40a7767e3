"""The indicator table of a form -> one mapping of fields for each indicator, the total, subtotals.

Levels are filled down where they are merged. What is shared by several rows without being a level
or a text (one score for three indicators) is nobody's and told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from evalpress.importing.drafts import Sourced
from evalpress.importing.fieldtexts import is_blank, marks, numbers_columns, one_line, reader
from evalpress.importing.headers import Column, Header, settle
from evalpress.importing.labels import NONE
from evalpress.importing.neutral import Cell, Grid
from evalpress.importing.reading import Values, source_of
from evalpress.importing.weights import are_marks, share
from evalpress.importing.whole import Whole
from evalpress.model import FormPart
from evalpress.wording import word, words

_LEVELS = ("level1", "level2")
_MEASURES = frozenset(["target", "actual", "adjusted_target", "period_target"])
_FIGURES = frozenset(["full_marks", "score", "completion", "coefficient"])
_TEXTS = frozenset(["name", "target", "actual", "deviation", "cause", "measure"])
# Fields that one cell may fill together.
_ROOTS = {"level1": "name", "level2": "name", "adjusted_target": "target",
          "period_target": "target"}  # fmt: skip
_PLACEHOLDER = re.compile(r"(?:指标\s*\d*\s*[:：]?|[.…·。]+|\d{1,2}[.、．]?)")


@dataclass(frozen=True)
class Columns:
    """Which columns of a table of this width hold which field."""

    header: Header
    width: int
    percents_are_marks: bool = False

    @classmethod
    def of(cls, header: Header, grid: Grid, whole: Whole, sides: frozenset[Cell]) -> Columns:
        """The columns of a table that begins with this header, settled by the rows below it."""
        rows = []
        for row in range(header.rows[1], len(grid.rows)):
            apart = _is_apart(grid, row, header, sides)
            if whole.ends(grid, row, sides) or (apart and not _goes_on_below(header, grid, row)):
                break
            if not apart and not _is_beside(whole, grid, row, sides):
                rows.append(row)
        settled = settle(header, grid, rows)
        return cls(settled, grid.width, are_marks(settled, grid, rows))

    def read(self, means: str, heading: str, text: str) -> tuple[str | None, str]:
        """What a cell says for a field, and what a person has to look at."""
        found = _text_of(means, heading, text)
        if found is None and means == "full_marks" and self.percents_are_marks:
            return share(text), word("import", "weight")
        return found, ""

    @property
    def columns(self) -> tuple[Column, ...]:
        """From left to right."""
        return self.header.columns

    @property
    def lacking(self) -> frozenset[str]:
        """Fields of which a column may hold a part, sign or unit, that was not settled."""
        open_ = (m for c in self.columns if c.why for m in c.said if "/" in m)
        return frozenset(m.partition("/")[0] for m in open_)

    def span(self, means: str) -> tuple[int, int] | None:
        """Where a field stands."""
        return next((c.span for c in self.columns if c.means == means), None)


def goes_on(columns: Columns, grid: Grid) -> bool:
    """Whether a table without a header is the rest of one with these columns: as wide, and with
    figures only where that one has them."""
    if not 0 < grid.width <= columns.width:
        return False
    figures = [c for c in columns.columns if c.means in ("full_marks", "score")]
    texts = [
        cell.text for row in range(len(grid.rows)) for column in figures
        for cell in grid.across(row, column.span) if not is_blank(cell.text)
    ]  # fmt: skip
    return bool(figures) and bool(texts) and all(reader("score")(text) for text in texts)


def read_indicators(
    whole: Whole, grid: Grid, columns: Columns, row: int, sides: frozenset[Cell]
) -> int:
    """Read rows of indicators from this one on; gives the row after the last of them."""
    whole.last = columns
    whole.reading.know(*columns.header.cells())
    table = _Table(whole, grid, columns, sides)
    while row < len(grid.rows):
        if _repeats_header(grid, row, columns):
            whole.reading.know(*grid.across(row))
            table.begins = True
            row += 1
            continue
        if whole.ends(grid, row, sides):
            break
        if _is_apart(grid, row, columns.header, sides):
            if not _goes_on_below(columns.header, grid, row):
                break
            whole.reading.leave_all(grid.across(row), "group_row")
        else:
            table.read(row)
        row += 1
    return row


def _is_beside(whole: Whole, grid: Grid, row: int, sides: frozenset[Cell]) -> bool:
    """A row whose cells are no values of their columns: a total or subtotal, whose name reaches
    over columns of other meaning, or one that numbers the columns."""
    parts = (FormPart.TOTAL, FormPart.SUBTOTAL)
    own = [c for c in grid.across(row) if c.row == row and c not in sides and not c.blank]
    if numbers_columns(c.text for c in own):
        return True
    return any(whole.vocabulary.knows(part, c.text) for c in own[:3] for part in parts)


def _is_apart(grid: Grid, row: int, header: Header, sides: frozenset[Cell]) -> bool:
    """A row that one cell fills is no indicator."""
    named = [c for c in grid.across(row) if not c.blank and c not in sides]
    spans = {grid.rows[row][c.span[0]] for c in header.columns if c.meanings}
    return len(named) == 1 and len(spans) == 1 and named[0] in spans


def _goes_on_below(header: Header, grid: Grid, row: int) -> bool:
    """Whether the row below one that a single cell fills is an indicator: it has a name and a
    score."""
    if row + 1 >= len(grid.rows):
        return False
    found = {m: grid.rows[row + 1][c.span[0]] for c in header.columns for m in c.meanings}
    name, score = found.get("name"), found.get("score")
    if name is None or score is None or name == score:
        return False
    return name.row == row + 1 and not name.blank and marks(score.text) is not None


def _repeats_header(grid: Grid, row: int, columns: Columns) -> bool:
    """The head of the table once more, at the top of another page."""
    texts = [grid.rows[row][c.span[0]].text.strip() for c in columns.columns]
    heads = [c.cell.text.strip() for c in columns.columns]
    return sum(a == b for a, b in zip(texts, heads, strict=True)) >= max(3, len(heads) - 1)


class _Table:
    """Reads the rows of one table; knows the row before."""

    def __init__(self, whole: Whole, grid: Grid, columns: Columns, sides: frozenset[Cell]) -> None:
        self.whole, self.grid, self.columns, self.sides = whole, grid, columns, sides
        self.begins = True

    def read(self, row: int) -> None:
        cells = [c for c in self.grid.across(row) if c not in self.sides and not c.blank]
        own = [c for c in cells if c.row == row]
        if not own:
            return
        if numbers_columns(c.text for c in own):
            self.whole.reading.leave_all(own, "column_numbers")
        elif self._is(FormPart.TOTAL, own[0]) and not self._is_named(row, own[0]):
            self._total(row, own)
        elif any(self._is_subtotal(row, c) for c in own[:3]):
            self._subtotal(row, own)
        elif self.begins and self._is_torn(row, own):
            self._mend(row, own)
        else:
            self._indicator(row, own)
        self.begins = False

    def _is_torn(self, row: int, own: list[Cell]) -> bool:
        """The first row of a page that has texts only, in columns where the row before has some:
        the rest of that row."""
        before = self.whole.reading.indicators
        found = [self._means(cell) for cell in own]
        return bool(before) and all(m in _TEXTS and m in before[-1] for m in found)

    def _means(self, cell: Cell) -> str:
        at = range(cell.column, cell.column + cell.columns)
        return next((c.means for c in self.columns.columns if c.span[0] in at), NONE)

    def _mend(self, row: int, own: list[Cell]) -> None:
        """Put the two halves of a row together; a person looks at it."""
        last = self.whole.reading.indicators[-1]
        for cell in own:
            half = last[self._means(cell)]
            if value := self.whole.reading.value(cell, f"{half.value}{cell.text.strip()}"):
                source, doubt = f"{half.source}、{value.source}", word("import", "torn")
                last[self._means(cell)] = Sourced(value.value, source, doubt)

    def _is(self, part: FormPart, cell: Cell) -> bool:
        return self.whole.vocabulary.knows(part, cell.text)

    def _is_subtotal(self, row: int, cell: Cell) -> bool:
        """Whether a cell says 小计, the name of its level before it or not."""
        before = self.whole.reading.indicators
        level = _value(before[-1].get("level1")) if before else ""
        own = cell.text.strip().removeprefix(level) if level else cell.text
        parts = (FormPart.SUBTOTAL, FormPart.TOTAL) if own != cell.text else (FormPart.SUBTOTAL,)
        return any(self.whole.vocabulary.knows(part, own) for part in parts)

    def _is_named(self, row: int, cell: Cell) -> bool:
        """Whether a cell that could say 合计 is the name of an indicator."""
        span = self.columns.span("name")
        levels = [s for m in _LEVELS if (s := self.columns.span(m))]
        before = any(not self.grid.rows[row][s[0]].blank for s in levels if s[0] < cell.column)
        return bool(span and levels and cell.column == span[0] and cell.columns <= span[1] - span[0]
                    and before)  # fmt: skip

    # --- the row of the total -------------------------------------------------------------------

    def _total(self, row: int, own: list[Cell]) -> None:
        reading = self.whole.reading
        taken = {own[0]}
        reading.know(own[0])
        for means, field in (("full_marks", "full_marks"), ("score", "total")):
            for cell in self._in(row, means):
                taken.add(cell)
                self._figure(cell, field, means, reading.scores)
        self._rest(own, taken, "beside_total")

    def _figure(self, cell: Cell, field: str, means: str, into: Values) -> None:
        reading = self.whole.reading
        if is_blank(cell.text) and not cell.fault:
            return
        (text, doubt), known = self.columns.read(means, "", cell.text), _value(into.get(field))
        if text is None:
            reading.leave(cell, "no_number")
        elif known not in ("", text):
            reading.leave(cell, "said_twice", before=known)
        elif value := reading.value(cell, text, doubt):
            into[field] = value

    def _in(self, row: int, means: str) -> list[Cell]:
        span = self.columns.span(means)
        found = self.grid.across(row, span) if span else []
        return [c for c in found if c.row == row and c.column >= (span[0] if span else 0)]

    def _rest(self, own: list[Cell], taken: set[Cell], why: str) -> None:
        reading = self.whole.reading
        reading.leave_all((c for c in own if c not in taken and not is_blank(c.text)), why)

    def _subtotal(self, row: int, own: list[Cell]) -> None:
        """小计 of a first level is that level's score; of a second level it has no field."""
        named = next(c for c in own if self._is_subtotal(row, c))
        level = self._level(row, "level1", named)
        span = self.columns.span("level2")
        if level is None or (span and named.column > span[0]):
            self._rest(own, set(), "subtotal")
            return
        values: Values = {"name": level}
        self.whole.reading.know(named)
        taken = {c for c in own if c == named or c.text.strip() == level.value}
        for means in ("full_marks", "score"):
            for cell in self._in(row, means):
                taken.add(cell)
                self._figure(cell, means, means, values)
        self.whole.reading.subtotals.append(values)
        self._rest(own, taken, "subtotal")

    # --- a row of one indicator -----------------------------------------------------------------

    def _indicator(self, row: int, own: list[Cell]) -> None:
        reading = self.whole.reading
        values: Values = {}
        parts: Values = {}
        taken: set[Cell] = set()
        wide = self._over_columns(row)
        for column in self.columns.columns:
            cells = self.grid.across(row, column.span)
            taken.update(cells)
            cells = [c for c in cells if (c.text.strip() or c.fault) and c not in wide]
            self._column(row, column, cells, values, parts)
        _join(values, parts)
        if self._is_dimension(values):
            self._dimension(values, own)
            return
        if _is_same(values, "level1", "level2"):
            del values["level2"]
        elif _is_same(values, "level2", "name"):
            values["name"] = replace(values["name"], doubt=word("import", "one_cell"))
        self._inherit(row, values)
        outside = [c for c in own if c not in taken and not is_blank(c.text)]
        reading.leave_all(outside, "no_heading")
        self._keep(values, own)

    def _over_columns(self, row: int) -> set[Cell]:
        """Cells that reach over columns of different fields, levels and name aside; all told."""
        fields: dict[Cell, list[str]] = {}
        for column in self.columns.columns:
            if column.means != NONE:
                cell = self.grid.rows[row][column.span[0]]
                fields.setdefault(cell, []).append(column.means)
        wide = {c for c, means in fields.items() if c.row == row and c.text.strip()
                and len({_ROOTS.get(m, m.partition("/")[0]) for m in means}) > 1}  # fmt: skip
        for cell in wide:
            heading = "、".join(
                c.heading for c in self.columns.columns
                if self.grid.rows[row][c.span[0]] == cell and c.means != NONE
            )  # fmt: skip
            self.whole.reading.leave(cell, "over_columns", heading=heading)
        return wide

    def _is_dimension(self, values: Values) -> bool:
        """预算执行率 | 10 | 9.4: one cell over the levels and the name is a first level with its
        score."""
        return _is_same(values, "level1", "name") and "score" in values

    def _dimension(self, values: Values, own: list[Cell]) -> None:
        kept = {m: v for m, v in values.items() if m in ("name", "full_marks", "score")}
        self.whole.reading.subtotals.append(kept)
        sources = {v.source for v in kept.values()}
        self.whole.reading.leave_all((c for c in own if source_of(c) not in sources), "no_field")

    def _column(
        self, row: int, column: Column, cells: list[Cell], values: Values, parts: Values
    ) -> None:
        reading, means = self.whole.reading, column.means
        if means == NONE:
            mine = (c for c in cells if c.row == row and not is_blank(c.text))
            reading.leave_all(mine, column.why, heading=column.heading)
            return
        cells = [c for c in cells if not is_blank(c.text) or c.fault]
        if not cells:
            return
        if len(cells) > 1:
            self._several(row, column, cells, values)
            return
        cell = cells[0]
        if means in _FIGURES and cell.rows > 1:
            reading.leave(cell, "shared", heading=column.heading)
            return
        text, doubt = self.columns.read(means, column.heading, cell.text)
        if text is None:
            if cell.row == row:
                reading.leave(cell, "no_value", heading=column.heading)
        elif value := reading.value(cell, text, doubt or self._doubt(means, cell, row)):
            (parts if "/" in means else values)[means] = value

    def _doubt(self, means: str, cell: Cell, row: int) -> str:
        if means == "name" and cell.rows > 1 and cell.row != row:
            return word("import", "shared_name")
        if cell.rows > 1 and means not in (*_LEVELS, "name"):
            return word("import", "shared_text")
        return word("import", "without_part") if means in self.columns.lacking else ""

    def _several(self, row: int, column: Column, cells: list[Cell], values: Values) -> None:
        """Several cells below one heading are one value only where they can be sign, figure and
        unit of a target."""
        reading = self.whole.reading
        texts = [c.text.strip() for c in cells]
        joined = "".join(texts)
        if column.means in _MEASURES and len(cells) <= 3 and _is_split(texts) and not any(
            c.fault or c.row != row for c in cells
        ):  # fmt: skip
            source = "、".join(c.source for c in cells)
            if value := reading.value(cells[0], joined):
                values[column.means] = Sourced(joined, source, value.doubt)
        else:
            reading.leave_all((c for c in cells if c.row == row), "two_cells",
                              heading=column.heading)  # fmt: skip

    def _level(self, row: int, means: str, named: Cell) -> Sourced | None:
        """The level of a row; where its name reaches over it, that of the row above."""
        span = self.columns.span(means)
        cells = [c for c in self.grid.across(row, span) if not c.blank] if span else []
        before = self.whole.reading.indicators
        if cells == [named] and before and means in before[-1]:
            return replace(before[-1][means], doubt=word("import", "inherited"))
        text = one_line(cells[0].text) if cells else None
        return self.whole.reading.value(cells[0], text) if text else None

    def _inherit(self, row: int, values: Values) -> None:
        """A level that is empty and not merged is that of the row above; a person looks at it."""
        before = self.whole.reading.indicators[-1] if self.whole.reading.indicators else {}
        if "name" not in values:
            return
        changed = False
        for means in _LEVELS:
            if means in values:
                changed = changed or values[means].value != _value(before.get(means))
            elif self.columns.span(means) and means in before and not changed:
                old = before[means]
                values[means] = Sourced(old.value, old.source, word("import", "inherited"))

    def _keep(self, values: Values, own: list[Cell]) -> None:
        reading = self.whole.reading
        filled = values.keys() - set(_LEVELS)
        name = str(values["name"].value) if "name" in values else ""
        own_levels = any(self._means(cell) in _LEVELS for cell in own)
        if not values.keys() & {"name", "text"} and self.columns.span("name") and not own_levels:
            reading.leave_all(own, "no_row_name")
        elif filled <= {"name"} and (not name or _PLACEHOLDER.fullmatch(name)):
            reading.leave_all(own, "empty_row")
        elif filled == {"name"} and name in words("import", "not_applicable"):
            values["not_applicable"] = values.pop("name")
            reading.indicators.append(values)
        else:
            reading.indicators.append(values)


def _text_of(means: str, heading: str, text: str) -> str | None:
    """What a cell says for a field; the word for a comparison may be anybody's (达到)."""
    if means == "target/comparator":
        return reader(means)(text) or reader("unit")(text)
    return reader(means, heading)(text)


def _is_same(values: Values, one: str, other: str) -> bool:
    """Whether two fields were read from the same cell."""
    return one in values and other in values and values[one].source == values[other].source


def _value(found: Sourced | None) -> str:
    return str(found.value) if found else ""


def _is_split(texts: list[str]) -> bool:
    """Sign, figure and unit, in this order, one of them perhaps missing."""
    figure = [n for n, text in enumerate(texts) if re.fullmatch(r"[-\d.,]+%?", text)]
    if len(figure) != 1:
        return False
    before, after = texts[: figure[0]], texts[figure[0] + 1 :]
    signs = all(reader("target/comparator")(text) for text in before)
    return signs and len(before) <= 1 and len(after) <= 1 and all(
        reader("unit")(text) for text in after)  # fmt: skip


def _join(values: Values, parts: Values) -> None:
    """Signs and units in columns of their own go to their values; a unit without one stays a
    unit."""
    for means in ("target", "actual"):
        value = values.get(means)
        sign, unit = parts.get(f"{means}/comparator"), parts.get(f"{means}/unit")
        if value is None:
            continue
        found = [p for p in (sign, value, unit) if p is not None]
        text = "".join(str(p.value) for p in found)
        if unit is not None and str(value.value).endswith(str(unit.value)):
            text = text.removesuffix(str(unit.value))
        if sign is not None and str(value.value).startswith(str(sign.value)):
            text = text.removeprefix(str(sign.value))
        doubt = next((p.doubt for p in found if p.doubt), "")
        values[means] = Sourced(text, "、".join(p.source for p in found), doubt)
