"""A table or sheet -> the values of a form, by the headings that stand over and beside them.

A form is read from the top: headings with a value at their right, a table of funds, goals, a table
of indicators, in any order and any number; whatever is none of these is told, cell by cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from evalpress.importing.fundtable import read_funds
from evalpress.importing.goaltable import read_goals
from evalpress.importing.headers import Column, Header, find_header
from evalpress.importing.headrows import is_head, named_project, parted, read_heads, runs
from evalpress.importing.indicatortable import Columns, goes_on, read_indicators
from evalpress.importing.joining import joined
from evalpress.importing.labels import Vocabulary, plain, unit_in
from evalpress.importing.neutral import Cell, Grid, Line
from evalpress.importing.reading import Reading
from evalpress.importing.spreadsheet import widened
from evalpress.importing.turned import is_turned, read_turned
from evalpress.model import FormPart, Kind

_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")
_MONEY = frozenset(
    ["last_year", "initial", "adjusted", "budget", "appropriated", "received", "executed",
     "carried_over"]
)  # fmt: skip
_NAMES = frozenset(["level1", "level2", "name", "text"])
_RESULTS = frozenset(["target", "actual", "full_marks", "score"])


class FormReader:
    """Reads the grids of one file one after another; a table that goes on in the next one keeps
    its columns. `readings` are the reports found so far, the last of them still open."""

    def __init__(self, vocabulary: Vocabulary, doubt: str = "", year: str = "") -> None:
        """With the words of all forms; `doubt` says why all of a file has to be looked at, `year`
        of which year the forms are that do not say it."""
        self._words, self.doubt, self.year = vocabulary, doubt, year
        self.readings = [Reading(doubt=doubt)]
        self.last: Columns | None = None

    @property
    def reading(self) -> Reading:
        """The report that is being read."""
        return self.readings[-1]

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of forms of the year that is being read."""
        said = self.reading.heads.get("year")
        self._words = self._words.of_year(str(said.value) if said else self.year)
        return self._words

    def is_form(self, grid: Grid) -> bool:
        """Whether a table has anything of a form in it; other tables belong to the text."""
        sides = self._sides(grid)
        return any(self._section(grid, row, sides)[0] for row in range(len(grid.rows))) or (
            self._goes_on(grid)
        )

    def read(self, grid: Grid) -> None:
        """Read one grid to its end; what nobody takes is told."""
        sides = self._sides(grid)
        self.reading.know(*sides)
        row = 0
        if self._goes_on(grid) and not any(
            self._section(grid, r, sides)[0] for r in range(min(2, len(grid.rows)))
        ):
            assert self.last is not None
            grid = widened(grid, self.last.width)
            row = read_indicators(self, grid, self.last, 0, sides)
        while row < len(grid.rows):
            read, header = self._section(grid, row, sides)
            if read:
                row = read(self, grid, header, sides)
                continue
            self._plain_row(grid, row, sides)
            row += 1
        used = {source for reading in self.readings for source in reading.used}
        self.reading.leave_rest(c for c in grid.cells() if c.source not in used)

    def ends(self, grid: Grid, row: int, sides: frozenset[Cell]) -> bool:
        """Whether another part of the form begins in this row."""
        if self._section(grid, row, sides)[0]:
            return True
        first = next((c for c in grid.across(row) if not c.blank and c not in sides), None)
        if first is None or first.row != row:
            return False
        return is_head(self.vocabulary, first) and not self.vocabulary.knows(
            FormPart.TOTAL, first.text
        )

    def _goes_on(self, grid: Grid) -> bool:
        return self.last is not None and goes_on(self.last, grid)

    def _sides(self, grid: Grid) -> frozenset[Cell]:
        """Cells that only head a section: tall ones at the side, or alone in their row."""
        filled = [c for c in grid.cells() if not c.blank]
        left = min((c.column for c in filled), default=0)
        return frozenset(c for c in filled if self._heads_section(grid, c, left))

    def _heads_section(self, grid: Grid, cell: Cell, left: int) -> bool:
        if not self.vocabulary.knows(FormPart.SECTION, cell.text):
            return False
        alone = all(c.blank or c == cell for c in grid.across(cell.row))
        return alone or (cell.rows > 1 and cell.column <= left + 1)

    def _section(
        self, grid: Grid, row: int, sides: frozenset[Cell]
    ) -> tuple[SectionReader | None, Header]:
        """What begins in a row: the function that reads it, and its header."""
        header = Header((row, row + 1))
        for part, fits, read in _SECTIONS:
            header = find_header(grid, row, part, self.vocabulary, sides)
            if fits(header, grid, self.vocabulary):
                return read, header
        return None, header

    def takes(self, line: Line) -> bool:
        """Whether a paragraph round the tables belongs to a form: its title, its year, a heading
        with a value behind a colon. If so, it is read."""
        cell = Cell(line.text, line.source, columns=1)
        if self._is_title(cell) or self._is_year(cell):
            return True
        heading, value = parted(line.text)
        if line.number or len(line.text) > 120:
            return False
        person = self.vocabulary.knows(FormPart.PERSON, heading)
        meanings = self.vocabulary.meanings(FormPart.HEAD, heading)
        known = len(meanings) == 1 and not meanings[0].startswith(("body/", "goals/"))
        unit = unit_in(line.text) if len(line.text) < 20 and "单位" in line.text else ""
        if person or (value and known) or unit:
            for part in runs(cell):
                read_heads(self.reading, self.vocabulary, [part])
            return True
        return False

    # --- rows with values beside their headings -------------------------------------------------

    def _plain_row(self, grid: Grid, row: int, sides: frozenset[Cell]) -> None:
        own = [c for c in grid.across(row) if c.row == row and c not in sides and not c.blank]
        cells = [run for cell in own for run in runs(cell)]
        self._begin_next(cells)
        titles = [c for c in cells if self._is_title(c) or self._is_year(c)]
        self.reading.know(*titles)
        if len(cells) == 1 and not titles and not self.reading.heads.keys() - {"year"}:
            self.reading.titles.append(cells[0].text)  # an office alone above the title
        read_heads(self.reading, self.vocabulary, [c for c in cells if c not in titles])
        for side in (c for c in grid.across(row) if c in sides and c.row == row):
            self.reading.fund_unit = self.reading.fund_unit or unit_in(side.text)

    def _begin_next(self, cells: list[Cell]) -> None:
        """Another project's form below the first one is another report."""
        name, known = named_project(self.vocabulary, cells), self.reading.heads.get("project_name")
        if known and name and plain(str(known.value)) != plain(name):
            self._begin(kind="" if self.reading.kind == Kind.DEPARTMENT else self.reading.kind)

    def _begin(self, kind: str = "") -> None:
        """Another report begins."""
        self.readings.append(Reading(kind=kind, doubt=self.doubt))
        self.last = None

    def finished(self) -> list[Reading]:
        """The reports that were read. What has no name of its own belongs to the one before, and a
        year that only one of them names is that of all."""
        found: list[Reading] = []
        for reading in self.readings:
            if found and _goes_with(found[-1], reading):
                joined([found[-1], reading])
            else:
                found.append(reading)
        years = [r.heads["year"] for r in found if "year" in r.heads]
        if len({str(year.value) for year in years}) == 1:
            for reading in found:
                reading.heads.setdefault("year", years[0])
        for reading in found[1:]:  # an office in the title over all of them
            reading.titles += [t for t in found[0].titles if t not in reading.titles]
        return found

    def _is_title(self, cell: Cell) -> bool:
        text = re.sub(r"[(（]?\s*(?:19|20)\d{2}\s*年\s*度?\s*[)）]?", "", cell.text)
        for candidate in (text, _after_office(text)):
            kinds = self.vocabulary.meanings(FormPart.TITLE, candidate)
            if kinds:
                if self.reading.holds_form:
                    self._begin()
                self.reading.kind = self.reading.kind or kinds[0]
                self.reading.titles.append(cell.text)
                self._is_year(cell)
                if plain(candidate) != plain(text):
                    self.reading.titles.append(text)
                return True
        return False

    def _is_year(self, cell: Cell) -> bool:
        folded = unicodedata.normalize("NFKC", cell.text)
        match = re.fullmatch(r"[(\s]*((?:19|20)\d{2})\s*年?\s*(?:度|年度)?[)\s]*", folded)
        found = match or (_YEAR.search(folded) if self._names_form(folded) else None)
        known = self.reading.heads.get("year")
        if match and known and known.value != match[1]:
            return False
        if found and (value := self.reading.value(cell, found[1])):
            self.reading.heads.setdefault("year", value)
        return bool(match)

    @staticmethod
    def _names_form(text: str) -> bool:
        return len(text) < 60 and "自评" in text


def _goes_with(before: Reading, reading: Reading) -> bool:
    """Whether a reading is the rest of the one before: the same project, or nobody's, and not the
    same part of a form once more."""
    names = [r.heads["project_name"].value for r in (before, reading) if "project_name" in r.heads]
    if len(set(names)) > 1 or (before.kind and reading.kind and before.kind != reading.kind):
        return False
    if "project_name" in reading.heads and "project_name" not in before.heads and before.holds_form:
        return False
    twice = (before.indicators and reading.indicators) or (before.fund_rows and reading.fund_rows)
    return not twice or not reading.heads.keys() & {"project_name", "department"}


def _after_office(text: str) -> str:
    """某某局部门整体支出绩效自评表 -> from the last word that begins the title of a form."""
    flat = re.sub(r"\s+", "", text)
    starts = [
        flat.rfind(word)
        for word in ("部门整体", "单位整体", "整体支出", "项目", "专项", "转移支付")
    ]
    found = [start for start in starts if start > 0]
    return flat[min(found) :] if found else flat


SectionReader = Callable[["FormReader", Grid, Header, frozenset[Cell]], int]


def _fits_indicators(header: Header, grid: Grid, vocabulary: Vocabulary) -> bool:
    found = header.fields()
    several = len([c for c in header.named() if any(c.meanings)]) >= 3
    return several and bool(found & _NAMES) and bool(found & _RESULTS)


def _fits_funds(header: Header, grid: Grid, vocabulary: Vocabulary) -> bool:
    if any(_names_projects(vocabulary, c) for c in header.columns):
        return False  # a list of projects, each with its money
    if header.holds_values():
        return False  # amounts right of their headings
    if _lists_things(header, vocabulary):
        return False  # a list of tasks, each with what it is and its money
    found = header.fields()
    money = len({c.span for c in header.columns if set(c.meanings) & _MONEY})
    return money >= 2 or (money == 1 and bool(found & {"rate", "score"}))


def _lists_things(header: Header, vocabulary: Vocabulary) -> bool:
    """Whether several columns of texts stand before the first amount."""
    first = min((c.span[0] for c in header.columns if set(c.meanings) & _MONEY), default=0)
    before = [c for c in header.columns if not c.meanings and c.span[0] < first]
    return sum(not vocabulary.knows(FormPart.SECTION, c.heading) for c in before) > 1


def _names_projects(vocabulary: Vocabulary, column: Column) -> bool:
    return vocabulary.meanings(FormPart.HEAD, column.heading) == ["project_name"]


def _fits_goals(header: Header, grid: Grid, vocabulary: Vocabulary) -> bool:
    columns = [c for c in header.columns if c.meanings]
    return {"target", "actual"} <= header.fields() and len(columns) == len(header.columns)


Fits = Callable[[Header, Grid, Vocabulary], bool]
_SECTIONS: tuple[tuple[FormPart, Fits, SectionReader], ...] = (
    (FormPart.INDICATOR, _fits_indicators, lambda reader, grid, header, sides: read_indicators(
        reader, grid, Columns.of(header, grid, reader, sides), header.rows[1], sides)),
    (FormPart.FUND_COLUMN, _fits_funds, read_funds),
    (FormPart.FUND_ROW, is_turned, read_turned),
    (FormPart.GOAL, _fits_goals, read_goals),
)  # fmt: skip


def read_forms(grids: Iterator[Grid] | list[Grid], vocabulary: Vocabulary) -> list[Reading]:
    """Every form in the grids of a file, as one reading for each report."""
    reader = FormReader(vocabulary)
    for grid in grids:
        reader.read(grid)
    return reader.finished()
