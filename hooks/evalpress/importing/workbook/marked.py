"""What was found in a form -> a copy of it: every cell with a finding is coloured and bears a note,
a first sheet lists all findings by weight with links to their cells, hints folded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evalpress.findings import Finding, Level, Place
from evalpress.importing.spreadsheet import MARK
from evalpress.importing.workbook.drawn import cell_at, heighten, put, set_up
from evalpress.importing.workbook.hiddensheet import SIGN
from evalpress.importing.workbook.opened import kept_value, load_book
from evalpress.importing.workbook.packing import packed
from evalpress.importing.workbook.verdict import Remark, Verdict
from evalpress.wording import catalogue, word

_COLOURS = {Level.ERROR: "FFC7CE", Level.WARNING: "FFEB9C", Level.HINT: "DDEBF7"}
_CELL = re.compile(r"[A-Z]{1,3}\d{1,7}", re.ASCII)
_WIDTHS = (6, 8, 12, 9, 26, 48, 48, 22)
_LINK = Font(name="宋体", size=11, color="0563C1", underline="single")
_WRAP = Alignment(vertical="top", wrap_text=True)


def marked(path: Path, verdict: Verdict) -> bytes:
    """The marked copy of a form; marks of an earlier check are taken away."""
    book, values = load_book(path), load_book(path, with_formulas=False)
    kept = {
        (sheet.title, cell.coordinate): _kept(values[sheet.title], cell)
        for sheet in book.worksheets
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f"
    }
    _clear(book)
    by_cell: dict[str, list[Finding]] = {}
    for remark in verdict.remarks:
        by_cell.setdefault(remark.cell, []).append(remark.finding)
    _mark(book, by_cell)
    _list(book, verdict)
    return packed(book, {at: value for at, value in kept.items() if value is not None})


def _kept(values: Worksheet, cell: Cell | MergedCell) -> str | float | None:
    value = kept_value(values, cell.row or 0, cell.column or 0)
    return value if isinstance(value, str | float | int) else None


def split(book: Workbook, cell: str) -> tuple[Worksheet, str] | None:
    """The sheet and the coordinate of `指标!H12`; None for what is no cell."""
    title, _, coordinate = cell.rpartition("!")
    is_cell = title in book.sheetnames and _CELL.fullmatch(coordinate)
    return (book[title], coordinate) if is_cell else None


# --- colours and notes --------------------------------------------------------------------------


def _mark(book: Workbook, by_cell: dict[str, list[Finding]]) -> None:
    told: list[tuple[str, str]] = []
    for where, findings in by_cell.items():
        at = split(book, where)
        if at is None:
            continue
        cell = at[0][at[1]]
        before = cell.comment.text if cell.comment else ""
        fill = cell.fill.fgColor.rgb if cell.fill.fill_type else ""
        told.append((where, json.dumps([str(fill), before])))
        cell.fill = PatternFill("solid", fgColor=_COLOURS[min(f.level for f in findings)])
        text = "\n\n".join([*map(said, sorted(findings, key=_weight)), *filter(None, [before])])
        cell.comment = Comment(text, MARK, height=60 + 18 * (len(text) // 20), width=340)
    _remember(book, told)


def said(finding: Finding) -> str:
    """A finding as a note says it, in the words of the terminal."""
    level = word("levels", finding.level.name.lower())
    return (
        f"{level}  [{finding.rule}]\n{word('finding', 'what')}{finding.what}\n"
        f"{word('finding', 'fix')}{finding.fix}"
    )


def _weight(finding: Finding) -> tuple[Level, Place, str, str]:
    return finding.level, finding.where, finding.rule, finding.what


def _hidden(book: Workbook) -> Worksheet | None:
    return next((s for s in book.worksheets if s.cell(1, 1).value == SIGN), None)


def _remember(book: Workbook, told: list[tuple[str, str]]) -> None:
    """Note in the hidden sheet what the marked cells looked like."""
    sheet = _hidden(book)
    if sheet is not None:
        first = max((n for n in range(1, sheet.max_row + 1) if sheet.cell(n, 1).value), default=0)
        for number, (where, look) in enumerate(told, first + 1):
            for column, text in enumerate(("mark", where, look), 1):
                put(cell_at(sheet, number, column), text)


def _clear(book: Workbook) -> None:
    """Take away the list and the marks of an earlier check."""
    for sheet in list(book.worksheets):
        if sheet.cell(1, 1).value == word("workbook", "marked", "heading"):
            book.remove(sheet)
    hidden = _hidden(book)
    for line in list(hidden.iter_rows(max_col=3)) if hidden else ():
        if line[0].value == "mark":
            _unmark(book, str(line[1].value), *json.loads(str(line[2].value)))
            for cell in line:
                cell.value = None


def _unmark(book: Workbook, where: str, fill: str, comment: str) -> None:
    at = split(book, where)
    if at is None:
        return
    cell = at[0][at[1]]
    if cell.fill.fgColor.rgb in {f"00{colour}" for colour in _COLOURS.values()}:
        cell.fill = PatternFill("solid", fgColor=fill) if fill else PatternFill()
    if cell.comment and cell.comment.author == MARK:
        cell.comment = Comment(comment, "evalpress") if comment else None


# --- the list -----------------------------------------------------------------------------------


def _list(book: Workbook, verdict: Verdict) -> None:
    sheet = book.create_sheet(word("workbook", "marked", "sheet"), 0)
    set_up(sheet, word("workbook", "marked", "heading"))
    for letter, width in zip("ABCDEFGH", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    heading = word("workbook", "marked", "heading")
    put(cell_at(sheet, 1, 1), heading, Font(name="宋体", size=16, bold=True))
    line = 2
    for text in summary(verdict):
        put(cell_at(sheet, line, 1), text)
        line += 1
    line += 1
    for column, text in enumerate(catalogue("wording")["workbook"]["marked"]["heads"], 1):
        put(cell_at(sheet, line, column), text, Font(name="宋体", bold=True))
    sheet.freeze_panes = f"A{line + 1}"
    ordered = sorted(
        verdict.remarks, key=lambda r: (*_weight(r.finding)[:1], r.cell, r.finding.rule)
    )
    for number, remark in enumerate(ordered, 1):
        _line(book, sheet, line + number, number, remark)
    heighten(sheet)
    sheet.sheet_properties.outlinePr.summaryBelow = False
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet


def _line(book: Workbook, sheet: Worksheet, line: int, number: int, remark: Remark) -> None:
    finding = remark.finding
    title, _, coordinate = remark.cell.rpartition("!")
    at = split(book, remark.cell)
    title = title if at else remark.cell
    texts = (
        word("levels", finding.level.name.lower()), title, coordinate if at else "",
        finding.where.field, finding.what, finding.fix, finding.rule,
    )  # fmt: skip
    sheet.cell(line, 1, number).alignment = _WRAP
    for column, text in enumerate(texts, 2):
        put(cell_at(sheet, line, column), text, alignment=_WRAP)
    sheet.cell(line, 2).fill = PatternFill("solid", fgColor=_COLOURS[finding.level])
    if at:
        link = sheet.cell(line, 4)
        link.hyperlink = f"#{quote_sheetname(title)}!{coordinate}"
        link.font = _LINK
    if finding.level is Level.HINT:
        sheet.row_dimensions[line].outlineLevel = 1
        sheet.row_dimensions[line].hidden = True


def summary(verdict: Verdict) -> Iterator[str]:
    """What was found and, always, what was not checked."""
    counts = {level: sum(r.finding.level is level for r in verdict.remarks) for level in Level}
    yield word("finding", "count").format(
        errors=counts[Level.ERROR], warnings=counts[Level.WARNING], hints=counts[Level.HINT]
    )
    words = catalogue("wording")["workbook"]["marked"]
    if counts[Level.HINT]:
        yield words["folded"]
    if verdict.waived:
        yield words["waived"].format(len(verdict.waived))
    if verdict.aside:
        yield words["aside"].format(verdict.aside)
    if verdict.unread:
        yield words["unread"].format(verdict.unread)
    yield words["unchecked"]
