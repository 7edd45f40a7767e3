"""4 write: what a department is and how it was evaluated: duties, staff, methods, stages."""

from __future__ import annotations

from markupsafe import Markup

from evalpress.model import (
    Piece,
    Quantity,
)
from evalpress.pages.grids import Cell, Column, Row, amount, cell
from evalpress.pages.pieces.table_frame import ABSENT, add_grid, or_notice
from evalpress.pages.writer import Writer, piece
from evalpress.text.markup import in_cell, plain
from evalpress.text.numbering import NONE, number
from evalpress.wording import word


@piece(Piece.PROFILE, lambda w: w.owner.profile is not None)
def _profile(writer: Writer, depth: int) -> None:
    profile = writer.owner.profile
    assert profile is not None
    entries: list[tuple[str, Cell]] = []
    for name in ("duties", "offices", "units"):
        if texts := getattr(profile, name):
            entries.append((name, cell(Markup("<br>").join(in_cell(t) for t in texts))))
        elif notice := writer.notice(f"profile/{name}"):
            entries.append((name, or_notice(cell(ABSENT), notice)))
    for name in ("staff", "assets"):
        if quantities := getattr(profile, name):
            entries.append((name, cell(Markup("<br>").join(map(_quantity, quantities)))))
        elif notice := writer.notice(f"profile/{name}"):
            entries.append((name, or_notice(cell(ABSENT), notice)))
    if profile.bases:
        texts = [
            "　".join(str(part) for part in (b.name, b.number, b.issued) if part)
            for b in profile.bases
        ]
        entries.append(("bases", cell(Markup("<br>").join(map(plain, texts)))))
    rows = [Row((cell(word("profile", name)), content)) for name, content in entries]
    columns = (Column(word("page", "item")), Column(word("page", "content")))
    add_grid(writer, "profile", word("pieces", "profile"), columns, rows)


def _quantity(quantity: Quantity) -> Markup:
    value = "" if quantity.value is None else amount(quantity.value)
    note = f"（{quantity.note}）" if quantity.note else ""
    return plain(f"{quantity.name} {value}{quantity.unit or ''}{note}")


@piece(Piece.EVALUATION, lambda w: bool(_evaluation_entries(w)))
def _evaluation(writer: Writer, depth: int) -> None:
    rows = [
        Row((cell(word("evaluation", name)), shown)) for name, shown in _evaluation_entries(writer)
    ]
    columns = (Column(word("page", "item")), Column(word("page", "content")))
    add_grid(writer, "evaluation", word("pieces", "evaluation"), columns, rows)


def _evaluation_entries(writer: Writer) -> list[tuple[str, Cell]]:
    found = writer.report_content.evaluation if writer.is_report else None
    if found is None:
        return []
    third = found.third_party
    texts = {
        "team": found.team,
        "methods": "\n".join(found.methods),
        "sample": found.sample,
        "third_party": third.name if third else None,
        "contract_number": third.contract_number if third else None,
        "period": "—".join(str(d) for d in (found.start, found.end) if d),
        "completed": found.completed,
    }
    return [(name, cell(str(text))) for name, text in texts.items() if text]


@piece(
    Piece.STAGES, lambda w: bool(w.is_report and (e := w.report_content.evaluation) and e.stages)
)
def _stages(writer: Writer, depth: int) -> None:
    evaluation = writer.report_content.evaluation
    assert evaluation is not None
    for index, stage in enumerate(evaluation.stages, 1):
        written = [str(d) for d in (stage.start, stage.end) if d]
        dates = stage.dates or "—".join(dict.fromkeys(written))
        heading = f"{stage.name}（{dates}）" if dates else stage.name
        own = number(evaluation.numbering, index) or NONE if evaluation.numbering else None
        writer.heading(heading, depth, f"stage-{stage.id}", own)
        writer.blocks(stage.content, depth + 1, f"stage-{stage.id}")
