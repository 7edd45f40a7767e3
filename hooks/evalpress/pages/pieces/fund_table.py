"""4 write: the fund table: rows of money, rates, scores."""

from __future__ import annotations

from collections.abc import Iterable

from evalpress.model import (
    FundColumn,
    FundColumnRole,
    FundLine,
    Funds,
    FundTable,
    Piece,
)
from evalpress.pages.grids import Cell, Column, Row, cell, number_cell
from evalpress.pages.pieces.table_frame import add_grid, marked, or_notice
from evalpress.pages.writer import Writer, piece
from evalpress.text.markup import plain
from evalpress.wording import word


def fund_columns(table: FundTable, rows: Iterable[FundLine]) -> list[FundColumn]:
    """The table's columns, then those that the report uses beyond them."""
    columns = list(table.columns)
    known = {column.id for column in columns} | {str(c.role) for c in columns}
    used = dict.fromkeys(key for line in rows for key in line.amounts)
    for name in ("full_marks", "rate", "score"):
        if any(getattr(line, name) is not None for line in rows):
            used.setdefault(name)
    extra = [key for key in used if key not in known]
    return [*columns, *(FundColumn(id=key, name=word("fund_roles", key)) for key in extra)]


@piece(Piece.FUNDS, lambda w: bool(w.owner.funds and w.owner.funds.rows) or bool(w.notice("funds")))
def _funds(writer: Writer, depth: int) -> None:
    funds, table = writer.owner.funds, writer.fund_table
    if funds is None or table is None:
        writer.add(f'<p class="ep-withheld">{plain(writer.notice("funds") or "")}</p>')
        return
    columns = fund_columns(table, funds.rows)
    rows = []
    for line in funds.rows:
        cells = fund_cells(writer, table, line, columns)
        rows.append(Row(cells, "ep-total" if line.id == "total" else ""))
    caption = word("page", "in_unit").format(name=table.name, unit=funds.unit or table.unit)
    heads = Column(word("page", "item")), *map(fund_head, columns)
    add_grid(writer, "funds", caption, heads, rows, note="　".join(fund_notes(table, funds)))


def fund_head(column: FundColumn) -> Column:
    """A column of the fund table as one of a grid."""
    return Column(column.name, numeric=True, group=column.group)


def fund_notes(table: FundTable, funds: Funds) -> list[str]:
    """What is said of the money as a whole, then of single lines under their names."""
    said = (("fund_source", funds.source), ("rate_reason", funds.rate_reason))
    whole = [word("page", label).format(text) for label, text in said if text]
    named = [(fund_name(table, line), line.note) for line in funds.rows if line.note]
    return whole + [word("page", "field_note").format(name=n, value=v) for n, v in named]


def fund_cells(
    writer: Writer, table: FundTable, line: FundLine, columns: Iterable[FundColumn]
) -> tuple[Cell, ...]:
    """A line of money: its name, moved in below what it is a part of, and its figures."""
    known = next((row for row in table.rows if row.id == line.id), None)
    depth = line.indent if line.indent is not None else (known.indent if known else 0)
    name = cell(fund_name(table, line), f"ep-indent-{min(depth, 2)}" if depth else "")
    return name, *(fund_cell(writer, line, column) for column in columns)


def fund_name(table: FundTable, line: FundLine) -> str:
    """What a line of money is called: by the report, by the table, or by its id."""
    known = (row.name for row in table.rows if row.id == line.id)
    return line.name or next(known, line.id)


def fund_cell(writer: Writer, line: FundLine, column: FundColumn) -> Cell:
    """An amount in the unit of its table, a rate in per cent, a score; or why it is withheld."""
    own = {
        FundColumnRole.RATE: ("rate", line.rate, "%"),
        FundColumnRole.FULL_MARKS: ("full_marks", line.full_marks, ""),
        FundColumnRole.SCORE: ("score", line.score, ""),
    }
    key, value, suffix = own.get(column.role, (column.id, line.amounts.get(column.id), ""))
    place = f"funds/{line.id}/{key}"
    shown = marked(number_cell(value, suffix), writer.corrected(place))
    return or_notice(shown, writer.notice(place))
