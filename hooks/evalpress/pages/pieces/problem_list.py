"""4 write: problems and measures, and what became of earlier ones."""

from __future__ import annotations

from markupsafe import Markup

from evalpress.model import (
    Key,
    Piece,
    Problem,
    ProblemWords,
)
from evalpress.pages.grids import Column, Row, cell
from evalpress.pages.pieces.table_frame import add_grid
from evalpress.pages.writer import Writer, piece
from evalpress.text.markup import labelled, lead_number, lines, plain, render
from evalpress.text.numbering import number
from evalpress.wording import word


@piece(Piece.PROBLEMS, lambda w: bool(w.owner.problems) or bool(w.notice("problems")))
def _problems(writer: Writer, depth: int) -> None:
    if not writer.owner.problems:
        writer.add(f'<p class="ep-withheld">{plain(writer.notice("problems") or "")}</p>')
    said = writer.outline.problems if writer.outline else ProblemWords()
    apart = Piece.MEASURES in writer.placed()
    for index, problem in enumerate(writer.owner.problems, 1):
        writer.add(_problem(writer, problem, index, said, with_measure=not apart))


def _problem(
    writer: Writer, problem: Problem, index: int, said: ProblemWords, with_measure: bool
) -> Markup:
    shown = problem.number or number(said.numbering, index)

    def text(key: str) -> str | None:
        own: str | None = getattr(problem, key)
        return own or writer.notice(f"problems/{problem.id}/{key}")

    meta = [
        word("page", key).format(value)
        for key, value in (("problem_office", problem.office), ("problem_due", problem.due))
        if value
    ]
    return render(
        "problem.html.j2",
        anchor=writer.unique(f"{writer.prefix}problem-{problem.id}"),
        number=lead_number(shown),
        paragraphs=lines(text("text") or ""),
        cause=_said_as(said.cause or word("page", "cause"), text("cause")),
        measure=_said_as(said.measure or word("page", "measure"), text("measure"))
        if with_measure
        else [],
        meta="　".join(meta),
    )


def _said_as(label: str, text: str | None) -> list[Markup]:
    found = lines(text or "")
    return [labelled(label) + found[0], *found[1:]] if found else []


@piece(Piece.MEASURES, lambda w: any(p.measure for p in w.owner.problems))
def _measures(writer: Writer, depth: int) -> None:
    """Measures in a chapter of their own, numbered like the problems."""
    said = writer.outline.problems if writer.outline else ProblemWords()
    measured = [p for p in writer.owner.problems if p.measure]
    for index, problem in enumerate(measured, 1):
        shown = number(said.numbering, index)
        writer.paragraphs(problem.measure, lead_number(shown))


@piece(Piece.FOLLOWUPS, lambda w: bool(w.is_report and w.report_content.followups))
def _followups(writer: Writer, depth: int) -> None:
    key, rows = writer.assessment.key, []
    for followup in writer.report_content.followups:
        earlier = writer.catalogue.assessments.get(Key(key.department, followup.year, key.slug))
        problems = earlier.report.content.problems if earlier else ()
        text = next((p.text for p in problems if p.id == followup.problem), None)
        rows.append(Row((
            cell(word("page", "year").format(followup.year)), cell(text),
            cell(word("followup_status", followup.status)), cell(followup.text),
        )))  # fmt: skip
    columns = [Column(word("page", k)) for k in ("year_column", "problem", "status", "followup")]
    add_grid(writer, "followups", word("pieces", "followups"), columns, rows, head=1, cards=True)
