"""4 write: the projects inside a report: each in a section of its own, all in one table."""

from __future__ import annotations

from evalpress.assess import total_line
from evalpress.model import (
    FundColumn,
    FundLine,
    Piece,
    Project,
)
from evalpress.pages.grids import Column, Row, cell, number_cell
from evalpress.pages.pieces.fund_table import fund_cell, fund_columns
from evalpress.pages.pieces.table_frame import ABSENT, add_grid
from evalpress.pages.sections import unplaced, write_owner
from evalpress.pages.writer import Writer, piece, write_piece
from evalpress.text.markup import render
from evalpress.wording import word


@piece(Piece.PROJECTS, lambda w: bool(w.is_report and w.report_content.projects))
def _projects(writer: Writer, depth: int) -> None:
    for project in writer.report_content.projects:
        _project(writer, project, depth)


def _project(writer: Writer, project: Project, depth: int) -> None:
    """A project's heading, what identifies it, its text, and its data right below."""
    report = writer.assessment.report
    outline = writer.catalogue.reference.outline_of(project, report.key, report.kind)
    writer.heading(project.name, depth, f"project-{project.id}", project.number)
    details = {
        word("page", name): getattr(project, name)
        for name in ("code", "authority", "unit", "progress")
        if getattr(project, name)
    }
    if details:
        writer.add(render("details.html.j2", details=details))
    inner = writer.inside(project, outline, depth + 1)
    write_owner(inner)
    for name in unplaced(inner):
        write_piece(name, inner, depth + 1)


@piece(Piece.PROJECT_TABLE, lambda w: bool(w.is_report and w.report_content.projects))
def _project_table(writer: Writer, depth: int) -> None:
    """All projects in one table: their money, score and grade."""
    projects, table = writer.report_content.projects, writer.fund_table
    lines_of = {p.id: total_line(p.funds) for p in projects if p.funds and p.funds.rows}
    columns = fund_columns(table, lines_of.values()) if table and lines_of else []
    used = [c for c in columns if any(_fund_value(line, c) for line in lines_of.values())]
    scored = any(p.scores and p.scores.total is not None for p in projects)
    rows = []
    for project in projects:
        inner, line = writer.inside(project, None, depth), lines_of.get(project.id)
        cells = [fund_cell(inner, line, c) if line else cell(ABSENT) for c in used]
        if scored:
            cells.append(number_cell(project.scores.total if project.scores else None))
        rows.append(Row((cell(project.name), *cells)))
    heads = [Column(word("page", "project")), *(Column(c.name, True, c.group) for c in used)]
    heads += [Column(word("page", "score"), True)] if scored else []
    caption = word("pieces", "project-table")
    if table:
        caption = word("page", "in_unit").format(name=caption, unit=table.unit)
    add_grid(writer, "project-table", caption, heads, rows)


def _fund_value(line: FundLine, column: FundColumn) -> object:
    own = {"rate": line.rate, "full_marks": line.full_marks, "score": line.score}
    return own.get(column.role, line.amounts.get(column.id))
