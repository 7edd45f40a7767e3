"""4 write: scores by dimension, total and grade."""

from __future__ import annotations

from decimal import Decimal

from evalpress.assess import full_marks
from evalpress.model import (
    Piece,
)
from evalpress.pages.grids import Cell, Column, Row, cell, number_cell
from evalpress.pages.pieces.table_frame import ABSENT, add_grid, marked, or_notice
from evalpress.pages.writer import Writer, piece
from evalpress.text.markup import plain
from evalpress.wording import word


@piece(Piece.SCORES, lambda w: bool(w.owner.scores) or bool(w.notice("scores")))
def _scores(writer: Writer, depth: int) -> None:
    scores = writer.owner.scores
    if scores is None:
        writer.add(f'<p class="ep-withheld">{plain(writer.notice("scores") or "")}</p>')
        return
    rows = [
        Row((
            cell(s.name),
            number_cell(s.full_marks if s.full_marks is not None else writer.full_marks_of(s.name)),
            _score(writer, s.score, f"scores/{s.id or s.name}/score"),
            cell(s.note),
        ))
        for s in scores.items
    ]  # fmt: skip
    total = _score(writer, scores.total, "scores/total")
    whole = number_cell(full_marks(writer.owner, writer.scheme))
    rows.append(
        Row((cell(word("page", "total_score")), whole, total, cell(scores.note)), "ep-total")
    )
    if scores.grade:
        grade = marked(cell(scores.grade, "ep-number"), writer.corrected("scores/grade"))
        rows.append(Row((cell(word("page", "grade")), cell(ABSENT), grade, cell(ABSENT))))
    if scores.review:
        review = scores.review
        said = "　".join(str(p) for p in (review.office, review.reviewed_on, review.note) if p)
        rows.append(Row((
            cell(word("page", "review")), cell(ABSENT), number_cell(review.total), cell(said),
        )))  # fmt: skip
    columns = [
        Column(word("page", "dimension")),
        Column(word("page", "full_marks"), numeric=True),
        Column(word("page", "score"), numeric=True),
        Column(word("page", "note")),
    ]
    if not any(r.cells[3].html != cell(ABSENT).html for r in rows):
        rows, columns = [Row(r.cells[:3], r.style) for r in rows], columns[:3]
    note = (
        word("page", "scheme_note").format(writer.scheme.name)
        if writer.scheme and writer.is_report
        else ""
    )
    add_grid(writer, "scores", word("pieces", "scores"), columns, rows, note=note)


def _score(writer: Writer, value: Decimal | None, place: str) -> Cell:
    """A score; marked where it was corrected, or why it is withheld."""
    return or_notice(marked(number_cell(value), writer.corrected(place)), writer.notice(place))
