"""The file of a form -> the rows of its tables as they stand there. Sheets and columns are known by
their words, wherever they were moved to; what is in no table is told."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evalpress.files.excel_values import number_format_of, shown
from evalpress.files.scan.packages import Package
from evalpress.findings import Finding, Level, Mistaken, Place, find
from evalpress.importing.covered import behind
from evalpress.importing.drafts import Unplaced
from evalpress.importing.emptied import forget_addresses, sheets_of
from evalpress.importing.intake import MODULES, exact_kind
from evalpress.importing.modeltree import ValueKind
from evalpress.importing.neutral import Refusal
from evalpress.importing.spreadsheet import (
    TELLING_RUNS,
    digits_lost,
    font_of,
    text_of_runs,
    unseen,
)
from evalpress.importing.workbook.cellcodec import FIGURES, text_of, unescaped
from evalpress.importing.workbook.fitted import Head
from evalpress.importing.workbook.formrows import KIND, Row, kind_of_value
from evalpress.importing.workbook.formsheets import SHEETS, TABLES, Kind, Table
from evalpress.importing.workbook.hiddensheet import Records
from evalpress.importing.workbook.packing import MOST_READ, unpacked_size
from evalpress.wording import word

_LIKE = 0.5  # how much alike a misspelt head is
_MOST_TOLD = 200
_TEXTS = re.compile("xl/(?:sharedStrings|worksheets/)")
_MOST_MERGED = 10_000  # lines of one cell
_FILLED_DOWN = ("level1", "level2")


class NotOpened(Mistaken):
    """A file cannot be read as a workbook; says why."""


@dataclass(frozen=True)
class Raw:
    """A cell: its value, its number format, and whether a formula stands there."""

    value: Any
    number_format: str
    is_formula: bool = False

    @property
    def is_number(self) -> bool:
        """True for a figure that Excel knows as one."""
        return isinstance(self.value, int | float) and not isinstance(self.value, bool)

    @property
    def is_rounded(self) -> bool:
        """True for a figure of which its format may not show all."""
        return self.is_number and self.number_format not in ("General", "@")

    def is_unclear(self, kind: ValueKind) -> bool:
        """True for a figure that may be a share of one or a percentage."""
        is_share = self.is_number and 0 < abs(self.value) <= 2 and "%" not in self.text()
        return kind is ValueKind.PERCENT and is_share

    def text(self, kind: ValueKind = ValueKind.TEXT) -> str:
        """What it says, for a field of this kind."""
        return text_of(self.value, self.number_format, kind).strip()


@dataclass
class Page:
    """A sheet: its title and its cells that hold something, by line and column; those that somebody
    has merged over several lines, or columns, each with the first of them; texts that merged cells
    cover; cells struck through."""

    title: str
    cells: dict[tuple[int, int], Raw]
    used: set[tuple[int, int]] = field(default_factory=set)
    tall: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    wide: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    covered: dict[tuple[int, int], str] = field(default_factory=dict)
    struck: dict[tuple[int, int], Raw] = field(default_factory=dict)

    def text(self, line: int, column: int) -> str:
        """What a cell says as a text."""
        raw = self.cells.get((line, column))
        return raw.text() if raw else ""

    @property
    def last(self) -> int:
        """The last line with something in it."""
        return max((line for line, _ in self.cells), default=0)

    def where(self, line: int, column: int) -> str:
        """A cell as people name it."""
        return f"{self.title}!{get_column_letter(column)}{line}"


@dataclass
class Found:
    """A row as it stands in the file, with its number, and where it stands."""

    row: Row
    number: int | None
    line: int
    where: str


@dataclass
class Opened:
    """What a file says: rows by table in the order of their lines, what is in no table, and what is
    to be told of the file itself, each with its cell."""

    rows: dict[str, list[Found]] = field(default_factory=lambda: {name: [] for name in TABLES})
    unplaced: list[Unplaced] = field(default_factory=list)
    told: list[tuple[str, Finding]] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)

    def tell(self, where: str, rule: str, level: Level, **values: Any) -> None:
        """Note something that people have to know of a cell."""
        self.told.append((where, find(rule, Place(where), level, **values)))


def load_book(path: Path, with_formulas: bool = True) -> Workbook:
    """A workbook of a file. Raises NotOpened for what is none, is locked or too large."""
    try:
        with ZipFile(path) as package:
            if unpacked_size(package) > MOST_READ:
                raise NotOpened(word("workbook", "not_opened", "large").format(path.name))
            texts = (n for n in package.namelist() if _TEXTS.match(n))
            rich = any(TELLING_RUNS.search(package.read(name)) for name in texts)
        book = openpyxl.load_workbook(path, data_only=not with_formulas, rich_text=rich)
        forget_addresses(book, path.read_bytes())
        return book
    except FileNotFoundError:
        raise NotOpened(word("workbook", "not_opened", "missing").format(path)) from None
    except NotOpened:
        raise
    except Exception:  # a parser's own errors are no closed list
        raise NotOpened(_why_not(path)) from None


def _why_not(path: Path) -> str:
    """What a file is that openpyxl cannot open."""
    kind = exact_kind(path.read_bytes()) if path.is_file() else ""
    if kind == "locked":
        return Refusal(kind, path.name).said
    said = "other" if kind in MODULES and kind != "xlsx" else "damaged"
    return word("workbook", "not_opened", said).format(path.name)


def open_form(path: Path, book: Workbook, records: Records) -> Opened:
    """Read a form by its records; `book` is its file, opened before."""
    values = load_book(path, with_formulas=False)
    read = str if _is_plain(path) else unescaped
    sheets = [sheet for sheet in book.worksheets if not is_ours(sheet)]
    pages = [_page(sheet, values[sheet.title], read) for sheet in sheets]
    _cover(pages, path.read_bytes(), book)
    return _Opening(pages, records).run()


def _cover(pages: Iterable[Page], content: bytes, book: Workbook) -> None:
    """Note what merged cells cover."""
    package = Package(content)
    raw = {title: package.content(part) for title, part in sheets_of(package).items()}
    under = behind(content, raw, book)
    for page in pages:
        for cell in under.get(page.title, ()):
            page.covered[cell.row, cell.column] = Raw(cell.value, number_format_of(cell)).text()


def _is_plain(path: Path) -> bool:
    """True for a file whose texts have no escapes: LibreOffice resolves them and writes none."""
    with ZipFile(path) as package:
        try:
            return b"<Application>LibreOffice" in package.read("docProps/app.xml")
        except KeyError:
            return False


def is_ours(sheet: Worksheet) -> bool:
    """True for the hidden sheet, and for the list of findings of a marked copy."""
    signs = (word("workbook", "marked", "heading"), "evalpress-workbook")
    return str(sheet.cell(1, 1).value or "") in signs


def _page(sheet: Worksheet, values: Worksheet, read: Callable[[str], str]) -> Page:
    cells: dict[tuple[int, int], Raw] = {}
    struck: dict[tuple[int, int], Raw] = {}
    fonts = {n for n, font in enumerate(vars(sheet.parent)["_fonts"]) if font.strike}
    for (line, column), cell in sheet._cells.items():
        if cell.value is None:
            continue
        is_formula = cell.data_type == "f"
        value = kept_value(values, line, column) if is_formula else cell.value
        if isinstance(value, CellRichText):
            value, runs = text_of_runs(value, struck=False), text_of_runs(value)
            if value != runs:
                struck[(line, column)] = Raw(runs, "@")
        value = read(value) if isinstance(value, str) else value
        if (line, column) in struck and not value:
            continue
        holding = struck if font_of(cell) in fonts else cells
        holding[(line, column)] = Raw(value, number_format_of(cell), is_formula)
    wide = dict(_wide(sheet))
    return Page(sheet.title, cells, tall=dict(_tall(sheet)), wide=wide, struck=struck)


def _tall(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for box in sheet.merged_cells.ranges:
        if 1 < box.max_row - box.min_row + 1 <= _MOST_MERGED:
            for line in range(box.min_row, box.max_row + 1):
                yield (line, box.min_col), (box.min_row, box.min_col)


def _wide(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for box in sheet.merged_cells.ranges:
        if box.min_row == box.max_row and box.max_col - box.min_col < _MOST_MERGED:
            for column in range(box.min_col + 1, box.max_col + 1):
                yield (box.min_row, column), (box.min_row, box.min_col)


def kept_value(values: Worksheet, line: int, column: int) -> Any:
    """The value that a file keeps of a formula: None where it keeps none, an empty text where that
    is what the formula comes to."""
    cell = values.cell(line, column)
    return "" if cell.value is None and cell.data_type == "str" else cell.value


@dataclass(frozen=True)
class _Spot:
    """Where a table stands: the line of its heads, and the line behind its last row."""

    table: Table
    head: int
    end: int = 0


class _Opening:
    """Finds every table of a form in the pages of a file."""

    def __init__(self, pages: list[Page], records: Records) -> None:
        self.pages, self.records, self.found = pages, records, Opened()
        self.known = {title: name for name, title in records.sheets.items()}

    def run(self) -> Opened:
        for name, page in self._sheets():
            self.found.titles[name] = page.title
            self._page(name, page)
        guide = self.records.sheets.get("guide")
        for page in self.pages:
            if page.title != guide and page.title not in self.found.titles.values():
                self._pass_over_own_words(page)
                self._tell_rest(page, "unknown_sheet")
            elif page.title == guide:
                self._pass_over_own_words(page)
                self._tell_rest(page, "guide")
            for (line, column), raw in sorted(page.struck.items()):
                self._leave(page.where(line, column), raw.text(), "struck")
            for (line, column), text in sorted(page.covered.items()):
                self._leave(page.where(line, column), text, "covered")
        return self.found

    def _leave(self, where: str, text: str, why: str) -> None:
        self.found.unplaced.append(Unplaced(where, text, word("workbook", "unplaced", why)))

    def _pass_over_own_words(self, page: Page) -> None:
        """What the form itself says is no text of the report."""
        texts = set(self.records.texts)
        own = {at for at, raw in page.cells.items() if isinstance(raw.value, str)}
        page.used |= {at for at in own if page.text(*at) in texts}

    def _heads(self, table: Table) -> list[Head]:
        return self.records.form.heads.get(table.name, [])

    # --- which sheet is which

    def _sheets(self) -> Iterator[tuple[str, Page]]:
        free = {page.title: page for page in self.pages}
        wanted: list[tuple[str, tuple[Table, ...]]] = []
        for sheet in SHEETS:
            title = self.records.sheets.get(sheet.name)
            if title is None:
                continue
            if title in free:
                yield sheet.name, free.pop(title)
            else:
                wanted.append((sheet.name, sheet.tables))
        free.pop(self.records.sheets.get("guide", ""), None)
        for name, tables in wanted:
            title = self.records.sheets[name]
            scores = {page.title: self._likeness(page, tables) for page in free.values()}
            best = max(scores, key=lambda t: scores[t], default="")
            if best and scores[best] > 0.5:
                self.found.tell(best, "form_sheet_renamed", Level.HINT, found=best, expected=title)
                yield name, free.pop(best)
            else:
                self.found.tell(title, "form_sheet_missing", Level.ERROR, found=title)

    def _likeness(self, page: Page, tables: Iterable[Table]) -> float:
        words = {head.word for table in tables for head in self._heads(table)}
        said = {raw.text() for raw in page.cells.values() if isinstance(raw.value, str)}
        return len(words & said) / len(words) if words else 0.0

    # --- where its tables are

    def _page(self, name: str, page: Page) -> None:
        tables = [t for s in SHEETS if s.name == name for t in s.tables if self._heads(t)]
        for table in tables:
            if table.is_upright:
                self._upright(table, page)
        spots = self._spots(page, [table for table in tables if not table.is_upright])
        for spot in spots:
            self._across(spot, page)
        self._pass_over_own_words(page)
        self._tell_rest(page, "outside")

    def _spots(self, page: Page, tables: list[Table]) -> list[_Spot]:
        """The tables from the top down, each up to where the next one begins."""
        lines: dict[int, set[str]] = {}
        for (line, _), raw in page.cells.items():
            if isinstance(raw.value, str):
                lines.setdefault(line, set()).add(raw.text())
        rated = [
            (self._rate(table, said, page, line), table, line)
            for table in tables
            for line, said in lines.items()
        ]
        spots: dict[str, _Spot] = {}
        taken: set[int] = set()
        for rate, table, line in sorted(rated, key=lambda r: (-r[0], r[2])):
            if rate > 0.5 and table.name not in spots and line not in taken:
                spots[table.name] = _Spot(table, line)
                taken.add(line)
        for table in tables:
            if table.name not in spots:
                title = word("workbook", "titles", table.name)
                self.found.tell(page.title, "form_table_missing", Level.ERROR, found=title)
        ordered = sorted(spots.values(), key=lambda spot: spot.head)
        starts = [*(self._start(spot, page) for spot in ordered[1:]), page.last + 1]
        return [_Spot(s.table, s.head, end) for s, end in zip(ordered, starts, strict=True)]

    def _rate(self, table: Table, said: set[str], page: Page, line: int) -> float:
        words = [word("workbook", "number"), *(head.word for head in self._heads(table))]
        has_title = page.text(line - 1, 1) == word("workbook", "titles", table.name)
        return sum(w in said for w in words) / len(words) + 0.3 * has_title

    def _start(self, spot: _Spot, page: Page) -> int:
        above = spot.head - 1
        is_title = page.text(above, 1) in self.records.texts
        return above if is_title else spot.head

    def _tell_rest(self, page: Page, why: str) -> None:
        self._tell(page, sorted(page.cells.keys() - page.used), why)

    def _tell(self, page: Page, places: Iterable[tuple[int, int]], why: str) -> None:
        """The cells at these places as not placed; from so many on only how many they are."""
        told = [(page.where(*at), text) for at in places if (text := page.text(*at))]
        room = max(0, _MOST_TOLD - len(self.found.unplaced))
        for where, text in told[:room]:
            self._leave(where, text, why)
        if left := told[room:]:
            first, last = left[0][0], left[-1][0].rpartition("!")[2]
            many = word("workbook", "unplaced", "many").format(len(left))
            self.found.unplaced.append(
                Unplaced(f"{first}—{last}", many, word("workbook", "unplaced", why))
            )

    # --- a form of labels

    def _upright(self, table: Table, page: Page) -> None:
        heads = {head.word: head for head in self._heads(table)}
        at = [(place, raw.text()) for place, raw in sorted(page.cells.items())]
        columns = [column for (_, column), said in at if said in heads]
        label = max(set(columns), key=columns.count, default=0)
        placed: dict[str, tuple[int, int]] = {}
        for place, said in at:
            if said in heads and place[1] == label:
                placed.setdefault(said, place)
        lines = [line for line, _ in placed.values()]
        others = {
            (line, column): raw.text()
            for (line, column), raw in page.cells.items()
            if column == label and lines and min(lines) <= line <= max(lines)
            and raw.text() not in heads
        }  # fmt: skip
        placed |= self._misspelt(page, [w for w in heads if w not in placed], others)
        row = Row(table.kinds[0])
        for said, (line, column) in placed.items():
            page.used.add((line, column))
            self._take(row, table, heads[said], page, line, column + 1)
        line = min(lines, default=1)
        self.found.rows[table.name].append(Found(row, 1, line, page.where(line, label or 1)))

    def _misspelt(
        self, page: Page, missing: list[str], others: dict[tuple[int, int], str]
    ) -> dict[str, tuple[int, int]]:
        """Heads that are missing, by the unknown words most like them; each is told once."""
        found: dict[str, tuple[int, int]] = {}
        for expected in missing:
            rated = {at: _likeness(expected, said) for at, said in others.items()}
            best = max(rated, key=lambda at: rated[at], default=None)
            if best and rated[best] >= _LIKE:
                said = others.pop(best)
                where = page.where(*best)
                page.used.add(best)
                self.found.tell(
                    where, "form_head_misspelt", Level.WARNING, found=said, expected=expected
                )
                found[expected] = best
            else:
                self.found.tell(page.title, "form_head_missing", Level.ERROR, found=expected)
        return found

    # --- a table

    def _across(self, spot: _Spot, page: Page) -> None:
        columns = self._columns(spot, page)
        number = columns.pop("", None)
        heads = {head.column: head for head in self._heads(spot.table)}
        for line in range(spot.head + 1, spot.end):
            if number and page.text(line, number) == word("workbook", "sum"):
                page.used |= {at for at in page.cells if at[0] == line}
                continue
            page.used.add((line, number or 0))
            numbered = page.cells.get((line, number or 0))
            row = self._row(spot.table, page, line, {k: heads[k] for k in columns}, columns)
            if row is None or (not row.values and numbered is None):
                continue
            where = next(iter(row.cells.values()), page.where(line, 1))
            self.found.rows[spot.table.name].append(Found(row, _number(numbered), line, where))

    def _columns(self, spot: _Spot, page: Page) -> dict[str, int]:
        """The columns of a table by their keys; that of the numbers has none."""
        keys = {head.word: head.column for head in self._heads(spot.table)}
        keys[word("workbook", "number")] = ""
        found: dict[str, int] = {}
        others: dict[tuple[int, int], str] = {}
        for (line, column), raw in sorted(page.cells.items()):
            if line != spot.head:
                continue
            page.used.add((line, column))
            if raw.text() in keys and keys[raw.text()] not in found:
                found[keys[raw.text()]] = column
            else:
                others[(line, column)] = raw.text()
        missing = [said for said, key in keys.items() if key not in found]
        for said, (_, column) in self._misspelt(page, missing, others).items():
            found[keys[said]] = column
        for (line, column), said in others.items():
            self._unknown_column(page, line, column, said, spot.end)
        return found

    def _unknown_column(self, page: Page, head: int, column: int, said: str, end: int) -> None:
        below = sorted(at for at in page.cells if at[1] == column and head < at[0] < end)
        self._tell(page, below, "unknown_column")
        page.used |= set(below)
        where = page.where(head, column)
        self.found.tell(where, "form_column_unknown", Level.ERROR, found=said, count=len(below))

    def _row(
        self, table: Table, page: Page, line: int, heads: dict[str, Head], columns: dict[str, int]
    ) -> Row | None:
        kind = self._kind(table, page.text(line, columns.get(KIND, 0)))
        texts = {key: page.text(line, column) for key, column in columns.items()}
        if kind is None:
            for key, column in columns.items():
                page.used.add((line, column))
                if texts[key]:
                    self._refuse(page, line, column, "no_kind")
            return None
        row = Row(kind)
        for key, column in columns.items():
            self._take(row, table, heads[key], page, line, column)
        return row

    def _kind(self, table: Table, said: str) -> Kind | None:
        if len(table.kinds) == 1:
            return table.kinds[0]
        name = self.records.form.meant(table, table.kinds[0], KIND, said) if said else table.default
        return next((kind for kind in table.kinds if name == kind.name), None)

    def _refuse(self, page: Page, line: int, column: int, why: str) -> None:
        self._leave(page.where(line, column), page.text(line, column), why)

    def _take(self, row: Row, table: Table, head: Head, page: Page, line: int, column: int) -> None:
        """Read the cell of a column into a row."""
        where = page.where(line, column)
        raw = page.cells.get((line, column))
        page.used.add((line, column))
        row.cells[head.column] = where
        if (first := page.tall.get((line, column))) and head.column in _FILLED_DOWN:
            raw = page.cells.get(first)
        elif first and raw is not None:
            self._leave(where, raw.text(), "merged")
            return
        if raw is None and (left := page.wide.get((line, column))) and page.text(*left):
            values = {"found": page.text(*left), "name": head.word}
            self.found.tell(where, "form_cells_merged", Level.WARNING, **values)
        if raw is None or head.column == KIND:
            return
        if (raw.is_formula and raw.value is None) or (
            str(raw.value).startswith("#") and raw.is_formula
        ):
            self.found.tell(where, "form_formula_without_value", Level.ERROR, name=head.word)
            return
        kind = kind_of_value(row.kind, head.column)
        text = raw.text(kind)
        if raw.is_unclear(kind):
            self._refuse(page, line, column, "unclear")
            return
        if raw.is_number and (fault := unseen(raw.value, text) or digits_lost(raw.value)):
            self._leave(where, shown(raw.value), fault)
            return
        if kind in FIGURES and raw.is_rounded and text != raw.text():
            values = {"found": raw.text(), "real": text, "name": head.word}
            self.found.tell(where, "form_figure_rounded", Level.HINT, **values)
        if text:
            row.values[head.column] = self.records.form.meant(table, row.kind, head.column, text)


def _likeness(expected: str, said: str) -> float:
    return difflib.SequenceMatcher(None, expected, said).ratio()


def _number(raw: Raw | None) -> int | None:
    text = raw.text() if raw else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def out_of_order(found: list[Found]) -> bool:
    """True where the numbers of the rows do not rise from line to line."""
    numbers = [entry.number for entry in found if entry.number is not None]
    return any(after < before for before, after in pairwise(numbers))
