"""Rows that a form offers beyond what its report holds: sections of the outline, rows of the fund
table, dimensions of the scheme, problems of last year; and what stands in rows of itself."""

from __future__ import annotations

from evalpress.importing.modeltree import tree_of
from evalpress.importing.workbook.fitted import outline_of, sections_of
from evalpress.importing.workbook.formrows import OWNER, Row
from evalpress.importing.workbook.formsheets import (
    BODY,
    FOLLOWUPS,
    FUND_NOTES,
    FUND_ROWS,
    GOALS,
    SCORE_ITEMS,
    SCORE_TOTALS,
)
from evalpress.importing.workbook.spreading import Spread, project_words
from evalpress.model import Evaluated, Reference, Report


def offer(found: Spread, report: Report, reference: Reference, earlier: Report | None) -> None:
    """Add to the rows of a report what its form shows besides."""
    words = project_words(tree_of(report.content))
    owners = [("", report.content), *zip(words, report.content.projects, strict=True)]
    for owner, content in owners:
        _funds(found, report, reference, owner, content)
        _scores(found, report, reference, owner, content)
    _singles(found)
    _sections(found, report, reference)
    _followups(found, report, earlier)


def _own(rows: list[Row], owner: str) -> list[Row]:
    return [row for row in rows if row.owner == owner]


def _show(row: Row, column: str, text: str) -> None:
    """Let a text stand in a row that has none of its own."""
    if not row.values.get(column):
        row.values[column] = row.shown[column] = text


def _funds(
    found: Spread, report: Report, reference: Reference, owner: str, content: Evaluated
) -> None:
    table = reference.fund_table_of(content, report.key)
    rows = _own(found.rows[FUND_ROWS.name], owner)
    if table is None or (owner and not rows):
        return
    known = {row.id: row for row in rows}
    for line in table.rows:
        row = known.get(line.id)
        if row is None:
            row = Row(FUND_ROWS.kinds[0], {OWNER: owner} if owner else {}, id=line.id)
            row.is_held = False
            found.rows[FUND_ROWS.name].append(row)
        _show(row, "name", line.name)
    for row in _own(found.rows[FUND_NOTES.name], owner):
        _show(row, "unit", table.unit)


def _scores(
    found: Spread, report: Report, reference: Reference, owner: str, content: Evaluated
) -> None:
    scheme = reference.scheme_of(content, report.key)
    rows = _own(found.rows[SCORE_ITEMS.name], owner)
    if scheme is None:
        return
    for row in rows:
        dimension = scheme.dimension(row.id) or scheme.dimension(row.values["name"])
        if dimension:
            _show(row, "full_marks", f"{dimension.full_marks:f}")
    if not rows and not owner:
        for dimension in scheme.dimensions:
            row = Row(SCORE_ITEMS.kinds[0], {"name": dimension.name}, is_held=False)
            row.offered["name"] = dimension.name
            _show(row, "full_marks", f"{dimension.full_marks:f}")
            found.rows[SCORE_ITEMS.name].append(row)
    for row in _own(found.rows[SCORE_TOTALS.name], owner):
        _show(row, "full_marks", f"{scheme.full_marks:f}")


def _singles(found: Spread) -> None:
    """A line for what there is one of, where the report has none yet."""
    for table, name in ((FUND_NOTES, "funds"), (GOALS, "overall"), (SCORE_TOTALS, "scores")):
        rows = found.rows[table.name]
        if not any(row.kind.name == name and not row.owner for row in rows):
            rows.insert(0, Row(table.kind(name), is_held=False))


def _sections(found: Spread, report: Report, reference: Reference) -> None:
    """The outline's sections that have no text yet, each behind the one before it, with an empty
    line for one."""
    rows = found.rows[BODY.name]
    after = 0
    for section in sections_of(outline_of(report, reference)):
        position = _end_of(rows, section.id)
        if position is None:
            row = Row(BODY.kind("section"), {"section": section.id}, is_held=False)
            row.offered["section"] = section.id
            rows.insert(after, row)
            position = after + 1
        if rows[position - 1].kind.name == "section":
            line = Row(BODY.kind("paragraph"), is_held=False)
            line.values["level"] = line.offered["level"] = "1"
            rows.insert(position, line)
            position += 1
        after = position


def _end_of(rows: list[Row], section: str) -> int | None:
    """Where the report's own section ends; None where it has none of this name."""
    starts = [n for n, row in enumerate(rows) if not row.values.get("level")]
    for n in starts:
        row = rows[n]
        if row.kind.name == "section" and row.values["section"] == section and not row.owner:
            return next((other for other in starts if other > n), len(rows))
    return None


def _followups(found: Spread, report: Report, earlier: Report | None) -> None:
    """Last year's problems, to be answered."""
    told = {(row.values["year"], row.values["problem"]) for row in found.rows[FOLLOWUPS.name]}
    year = str(earlier.key.year) if earlier else ""
    for problem in earlier.content.problems if earlier else ():
        if (year, problem.id) not in told:
            row = Row(FOLLOWUPS.kinds[0], {"year": year, "problem": problem.id}, is_held=False)
            row.offered.update(row.values)
            row.notes["problem"] = problem.text or problem.measure or ""
            found.rows[FOLLOWUPS.name].append(row)
