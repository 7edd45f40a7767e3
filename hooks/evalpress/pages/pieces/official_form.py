"""4 write: names, money, goals, indicators and total of a project in one table, as the ministry
prints it (财预〔2020〕10号, annex 1). An outline that places it chooses it.
"""

from __future__ import annotations

from evalpress.model import IndicatorColumn, IndicatorField, Piece, Project
from evalpress.pages.bands import LABEL, WHOLE, Form, Layout, evenly
from evalpress.pages.grids import Cell, Column, Row, Said, cell
from evalpress.pages.pieces.fund_table import (
    fund_cells,
    fund_columns,
    fund_head,
    fund_notes,
)
from evalpress.pages.pieces.goals import goal_rows
from evalpress.pages.pieces.indicator_table import (
    indicator_cells,
    indicator_columns,
    indicator_head,
    total_cells,
)
from evalpress.pages.pieces.table_frame import ABSENT, marked, or_notice
from evalpress.pages.writer import FORM_PARTS, Writer, has_piece, piece
from evalpress.wording import word

_SIDE = 1  # units of what stands at the side of a band
_LEVELS = (IndicatorField.LEVEL1, IndicatorField.LEVEL2)


@piece(Piece.FORM, lambda w: any(has_piece(part, w) for part in FORM_PARTS))
def _form(writer: Writer, depth: int) -> None:
    columns = _columns(writer)
    caption = word("form", "caption").format(
        name=word("pieces", "form"), year=word("page", "year").format(writer.assessment.key.year)
    )
    said = Said(
        writer.unique(f"{writer.prefix}form-table"), caption, word("page", "computed_table"),
        "　".join(_notes(writer)),
    )  # fmt: skip
    form = Form(said, _units(writer, columns))
    form.add_pairs(*_names(writer))
    _add_funds(writer, form)
    _add_goals(writer, form)
    _add_indicators(writer, form, columns)
    writer.add(form.html())


def _units(writer: Writer, columns: list[IndicatorColumn]) -> int:
    """The width of the grid: a unit for each column of the indicators and one more for the widest,
    with what stands at their side; and as much as the money needs beside the names of its lines."""
    return max(len(columns) + 2, len(_fund_columns(writer)) + 4, 6)


def _names(writer: Writer) -> list[list[tuple[str, Cell]]]:
    """What identifies a project, in two rows."""
    is_project = isinstance(writer.owner, Project)
    name = _named(writer, "name" if is_project else "project_name")
    labels = {"authority": word("page", "authority"), "unit": word("page", "unit")}
    by_whom = [(label, _named(writer, key)) for key, label in labels.items()]
    return [[(word("record", "project_name"), name)], by_whom]


def _named(writer: Writer, key: str) -> Cell:
    shown = marked(cell(getattr(writer.owner, key, None)), writer.corrected(key))
    return or_notice(shown, writer.notice(key))


# --- money --------------------------------------------------------------------------------------


def _fund_columns(writer: Writer) -> list[Column]:
    funds, table = writer.owner.funds, writer.fund_table
    return [*map(fund_head, fund_columns(table, funds.rows))] if funds and table else []


def _add_funds(writer: Writer, form: Form) -> None:
    funds, table = writer.owner.funds, writer.fund_table
    if not (funds and funds.rows and table):
        name = table.name if table else word("pieces", "funds")
        form.add_alone(name, _missing(writer, "funds"))
        return
    heads = _fund_columns(writer)
    used = fund_columns(table, funds.rows)
    over = form.units - LABEL - len(heads), *(1 for _ in heads)
    side = word("form", "funds").format(name=table.name, unit=funds.unit or table.unit)
    rows = [Row(fund_cells(writer, table, line, used)) for line in funds.rows]
    form.add_band(side, Layout((Column(""), *heads), over, naming=0), rows, WHOLE, LABEL)


def _missing(writer: Writer, place: str) -> Cell:
    """The one word where a report has no such data: that they are withheld, or a dash."""
    return or_notice(cell(ABSENT), writer.notice(place))


def _notes(writer: Writer) -> list[str]:
    """What is said of the money and its lines, for below the form."""
    funds, table = writer.owner.funds, writer.fund_table
    return fund_notes(table, funds) if funds and table else []


# --- goals --------------------------------------------------------------------------------------


def _add_goals(writer: Writer, form: Form) -> None:
    side = word("pieces", "goals")
    if not any(writer.goals):
        form.add_alone(side, _missing(writer, "goals"))
        return
    columns, rows = goal_rows(writer)
    naming: int | None = 0
    if len(rows) == 1 and writer.goals[0]:  # the overall goal needs no name
        columns, rows, naming = columns[1:], [Row(row.cells[1:]) for row in rows], None
    over = tuple(evenly(form.units - _SIDE, len(columns)))
    form.add_band(side, Layout(columns, over, naming), rows)


# --- indicators, total -------------------------------------------------------------------------


def _columns(writer: Writer) -> list[IndicatorColumn]:
    table, found = writer.indicator_table, writer.owner.indicators
    return indicator_columns(table.columns, found) if table and found else []


def _add_indicators(writer: Writer, form: Form, columns: list[IndicatorColumn]) -> None:
    table, side = writer.indicator_table, word("form", "indicators")
    if not (columns and table):
        form.add_alone(side, _missing(writer, "indicators"))
        return
    layout = Layout(
        tuple(map(indicator_head, columns)), _over(form, columns),
        naming=next(i for i, c in enumerate(columns) if c.field is IndicatorField.NAME),
        merged=_merged(columns),
    )  # fmt: skip
    rows = [
        Row(
            indicator_cells(writer, indicator, columns, table.columns),
            id=f"{writer.prefix}indicator-{indicator.id}",
        )
        for indicator in writer.owner.indicators
    ]
    above = form.add_band(side, layout, rows)
    found = total_cells(writer)
    totals = {at: found[c.field] for at, c in enumerate(columns) if c.field in found}
    if totals and min(totals):
        form.add_sum(word("page", "total_score"), layout, above, totals)


def _over(form: Form, columns: list[IndicatorColumn]) -> tuple[int, ...]:
    """A unit for each column; those that are left go to the one with most to say."""
    fields = [column.field for column in columns]
    long = IndicatorField.DEVIATION if IndicatorField.DEVIATION in fields else IndicatorField.NAME
    widest = fields.index(long)
    left = form.units - _SIDE - len(columns)
    return tuple(1 + left * (at == widest) for at in range(len(columns)))


def _merged(columns: list[IndicatorColumn]) -> int:
    """How many columns from the first are levels."""
    fields = [column.field for column in columns]
    return next((at for at, field in enumerate(fields) if field not in _LEVELS), 0)
