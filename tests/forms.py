"""Forms for the tests: made of a report's text, changed as people change them, read back."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evalpress.importing.drafts import canonical_text
from evalpress.importing.modeltree import tree_of
from evalpress.importing.workbook.issuing import drawn
from evalpress.importing.workbook.packing import packed
from evalpress.importing.workbook.returned import Returned, read_form
from evalpress.load import Loaded, build, load, parse
from evalpress.model import Key, Report, ReportFile
from evalpress.wording import word
from samples import DATA, written

KEY = Key("education", 2025)


def data() -> Loaded:
    """The invented county's data."""
    return load(DATA)


@cache
def form_of(text: str) -> bytes:
    """The form of the report of this text."""
    return drawn(data(), written(text))


def canonical_bytes(content: ReportFile) -> bytes:
    """A report as canonical YAML; its state aside."""
    return canonical_text({**tree_of(content), "state": "draft"}).encode()


def content_of(found: Returned) -> ReportFile:
    """The report that a form says, which has to be valid."""
    source, mistakes = parse("form.yml", canonical_text(found.tree).encode())
    content, more = build(ReportFile, source)
    assert content is not None, [*mistakes, *more]
    return content


def save_form(path: Path, loaded: Loaded, report: Report) -> Path:
    path.write_bytes(drawn(loaded, report))
    return path


def returned(folder: Path, text: str, change: Callable[[Workbook], None] | None = None) -> Returned:
    """What comes back of the form of this report's text, after somebody changed it."""
    path = folder / "form.xlsx"
    path.write_bytes(form_of(text))
    if change:
        edit(path, change)
    return read_form(path, data())


def edit(path: Path, change: Callable[[Workbook], None]) -> None:
    """Change a form and save it as a program does that keeps the values of formulas."""
    book, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    kept = {
        (sheet.title, cell.coordinate): values[sheet.title][cell.coordinate].value
        for sheet in book
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f"
    }
    change(book)
    path.write_bytes(packed(book, {at: value or "" for at, value in kept.items()}))


def row_of(sheet: Worksheet, text: str) -> int:
    """The line of a sheet in which a cell says this."""
    return next(c.row for line in sheet.iter_rows() for c in line if c.value == text)


def column_of(sheet: Worksheet, head: str) -> int:
    return next(c.column for line in sheet.iter_rows() for c in line if c.value == head)


def rules_told(found: Returned) -> list[str]:
    return [finding.rule for _, finding in found.told]


def shuffle(path: Path, seed: int) -> None:
    """Put the rows of every table of a form into another order; sums become their values."""
    book, rng = openpyxl.load_workbook(path, data_only=True), Random(seed)
    number = word("workbook", "number")
    for sheet in book:
        heads = [n for n in range(1, sheet.max_row + 1) if sheet.cell(n, 1).value == number]
        for head in heads:
            _shuffle_below(sheet, head, rng)
    book.save(path)


def _shuffle_below(sheet: Worksheet, head: int, rng: Random) -> None:
    lines = []
    while isinstance(sheet.cell(head + 1 + len(lines), 1).value, int):
        line = head + 1 + len(lines)
        cells = (sheet.cell(line, column) for column in range(1, sheet.max_column + 1))
        lines.append([(c.value, c.number_format, c.data_type) for c in cells])
    rng.shuffle(lines)
    for line, cells in enumerate(lines, head + 1):
        for column, (value, number_format, kind) in enumerate(cells, 1):
            cell = sheet.cell(line, column)
            cell.value, cell.number_format = value, number_format
            if kind == "s" and value is not None:
                cell.data_type = "s"
