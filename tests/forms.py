"""Forms for the tests: made of a report's text, changed as people change them, read back."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

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
