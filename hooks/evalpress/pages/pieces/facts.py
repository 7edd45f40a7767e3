"""4 write: figures of the prose as a table."""

from __future__ import annotations

from evalpress.model import (
    Fact,
    Piece,
)
from evalpress.pages.grids import Cell, Column, Row, amount, cell
from evalpress.pages.pieces.table_frame import add_grid, or_notice
from evalpress.pages.writer import Writer, piece
from evalpress.wording import word


@piece(Piece.FACTS, lambda w: bool(w.owner.facts) or bool(w.notice("facts")))
def _facts(writer: Writer, depth: int) -> None:
    rows = [
        Row((cell(f.name), _fact_value(writer, f), cell(f.period), cell(_fact_parts(f))))
        for f in writer.owner.facts
    ]
    columns = [
        Column(word("page", k), numeric=k == "value") for k in ("fact", "value", "period", "parts")
    ]
    add_grid(writer, "facts", word("pieces", "facts"), columns, rows)


def _fact_value(writer: Writer, fact: Fact) -> Cell:
    value = fact.written
    if value is None and fact.value is not None:
        value = f"{amount(fact.value)}{fact.unit or ''}"
    return or_notice(cell(value, "ep-number"), writer.notice(f"facts/{fact.id}/value"))


def _fact_parts(fact: Fact) -> str | None:
    parts = (f"{p.name} {amount(p.value)}{p.unit or fact.unit or ''}" for p in fact.parts)
    return "；".join(parts) or None
