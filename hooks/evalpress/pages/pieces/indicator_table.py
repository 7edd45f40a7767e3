"""4 write: the table of indicators, by groups of the first level, with its total."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import groupby

from markupsafe import Markup

from evalpress.assess import full_marks
from evalpress.assess.indicator_years import outcome_told
from evalpress.model import (
    Indicator,
    IndicatorColumn,
    IndicatorField,
    Nature,
    Piece,
)
from evalpress.pages.attainment import outcome_cell
from evalpress.pages.grids import WEB, Cell, Column, Row, cell, number_cell
from evalpress.pages.pieces.table_frame import ABSENT, add_grid, marked, or_notice
from evalpress.pages.writer import Writer, piece
from evalpress.text.markup import in_cell, link, plain
from evalpress.wording import word

_MEASURED = (IndicatorField.TARGET, IndicatorField.ACTUAL, IndicatorField.SCORE)
_NUMERIC = {
    IndicatorField.COMPLETION,
    IndicatorField.COEFFICIENT,
    IndicatorField.FULL_MARKS,
    IndicatorField.SCORE,
}


@piece(Piece.INDICATORS, lambda w: bool(w.owner.indicators) or bool(w.notice("indicators")))
def _indicators(writer: Writer, depth: int) -> None:
    found, table = writer.owner.indicators, writer.indicator_table
    if not found or table is None:
        writer.add(f'<p class="ep-withheld">{plain(writer.notice("indicators") or "")}</p>')
        return
    columns = indicator_columns(table.columns, found)
    grouped = any(c.field is IndicatorField.LEVEL1 for c in columns)
    shown = [c for c in columns if c.field is not IndicatorField.LEVEL1] if grouped else columns
    at = _result_place(shown)
    rows: list[Row] = []
    for level1, members in groupby(found, key=lambda i: i.level1 if grouped else None):
        if grouped:
            rows += [Row(group=level1)] if level1 else []
        for indicator in members:
            cells = indicator_cells(writer, indicator, shown, table.columns)
            cells = _inserted(cells, at, _result_cell(writer, indicator))
            rows.append(Row(cells, id=f"{writer.prefix}indicator-{indicator.id}"))
    if last := _total_row(writer, shown):
        rows.append(replace(last, cells=_inserted(last.cells, at, Cell(Markup("")))))
    heads = [indicator_head(c) for c in shown]
    head = next((i for i, c in enumerate(shown) if c.field is IndicatorField.NAME), 0)
    if at is not None:
        heads.insert(at, Column(word("targets", "result"), computed=True))
        head += head >= at
    add_grid(writer, "indicators", table.name, heads, rows, head=head)


_FOUND_BY = (IndicatorField.NAME, IndicatorField.TARGET, IndicatorField.ACTUAL)


def indicator_head(column: IndicatorColumn) -> Column:
    """A column of the indicator table as one of a grid."""
    held = column.field if column.field in _FOUND_BY else ""
    return Column(column.name, column.field in _NUMERIC, column.group, holds=held)


def _result_place(columns: list[IndicatorColumn]) -> int | None:
    """Where the site shows what became of the targets: behind the actual values."""
    places = (at for at, c in enumerate(columns, 1) if c.field is IndicatorField.ACTUAL)
    return next(places, None)


def _inserted(cells: tuple[Cell, ...], at: int | None, shown: Cell) -> tuple[Cell, ...]:
    return cells if at is None else (*cells[:at], shown, *cells[at:])


def _result_cell(writer: Writer, indicator: Indicator) -> Cell:
    if indicator.not_applicable is not None and indicator.full_marks is None:
        return cell(None)
    report = writer.assessment.report
    return outcome_cell(outcome_told(report, indicator, writer.place_prefix()))


def indicator_columns(
    layout: tuple[IndicatorColumn, ...], found: Iterable[Indicator]
) -> list[IndicatorColumn]:
    """The layout's columns; only those in use where nothing is measured."""
    found = list(found)
    measured = any(getattr(i, field) is not None for i in found for field in _MEASURED)
    kept = [c for c in layout if measured or any(_has(i, c) for i in found)]
    if not any(c.field is IndicatorField.NAME for c in kept):
        name = word("indicator_fields", IndicatorField.TEXT)
        kept.append(IndicatorColumn(field=IndicatorField.NAME, name=name))
    return kept


def _notes(indicator: Indicator, layout: tuple[IndicatorColumn, ...]) -> list[str]:
    """What an indicator says beyond the table's columns, for below its name; of its nature only
    what is not the usual one."""
    left = _left_of(frozenset(c.field for c in layout))
    columns = left if indicator.name is not None else [c for c in left if c.field not in _UNNAMED]
    return [
        word("page", "field_note").format(name=c.name, value=value)
        for c in columns
        if not (c.field is IndicatorField.NATURE and indicator.nature is Nature.POSITIVE)
        and (value := _indicator_value(indicator, c)) not in (None, "")
    ]


@cache
def _left_of(shown: frozenset[IndicatorField]) -> list[IndicatorColumn]:
    """What an indicator may say beside these columns."""
    known = shown | {IndicatorField.NAME, IndicatorField.EXTRA}
    fields = [f for f in IndicatorField if f not in known and not _joined(f, known)]
    return [IndicatorColumn(field=f, name=word("indicator_fields", f)) for f in fields]


# Where an indicator has no name, these stand in its place.
_UNNAMED = (IndicatorField.TEXT, IndicatorField.NOT_APPLICABLE)


def _joined(field: IndicatorField, known: frozenset[IndicatorField]) -> bool:
    """Cause and measure stand in the common column where the layout has one, and are no note of
    their own where it has theirs."""
    parts = {IndicatorField.CAUSE, IndicatorField.MEASURE}
    if field is IndicatorField.DEVIATION:
        return bool(parts & known)
    return field in parts


def _has(indicator: Indicator, column: IndicatorColumn) -> bool:
    return _indicator_value(indicator, column) not in (None, "")


def _indicator_value(indicator: Indicator, column: IndicatorColumn) -> object:
    if column.field is IndicatorField.EXTRA:
        return indicator.extra.get(column.id or "")
    if column.field is IndicatorField.DEVIATION:
        return _deviation(indicator)
    if column.field is IndicatorField.NAME:
        return indicator.name or indicator.text or indicator.not_applicable
    value = getattr(indicator, column.field)
    if column.field is IndicatorField.NATURE and value:
        return word("natures", value)
    if column.field is IndicatorField.CORE and value is not None:
        return word("flags", "yes" if value else "no")
    return value


def _deviation(indicator: Indicator) -> str | None:
    parts = [indicator.deviation]
    for key in ("cause", "measure"):
        text = getattr(indicator, key)
        parts.append(f"{word('indicator_fields', key)}：{text}" if text else None)
    return "\n".join(part for part in parts if part) or None


def indicator_cells(
    writer: Writer,
    indicator: Indicator,
    columns: list[IndicatorColumn],
    layout: tuple[IndicatorColumn, ...],
) -> tuple[Cell, ...]:
    """The cells of a row; the notice of an indicator that is withheld as a whole stands once."""
    cells = [_indicator_cell(writer, indicator, c, layout) for c in columns]
    if writer.notice(f"indicators/{indicator.id}"):
        said = next((i for i, c in enumerate(columns) if c.field not in _KEPT), 0)
        blank = cell(ABSENT)
        kept = [c.field in _KEPT or i == said for i, c in enumerate(columns)]
        cells = [c if keep else blank for c, keep in zip(cells, kept, strict=True)]
    return tuple(cells)


# What stays of an indicator that is withheld: what it is called.
_KEPT = (
    IndicatorField.LEVEL1, IndicatorField.LEVEL2, IndicatorField.NAME, IndicatorField.NATURE,
    IndicatorField.UNIT,
)  # fmt: skip


def _indicator_cell(
    writer: Writer,
    indicator: Indicator,
    column: IndicatorColumn,
    layout: tuple[IndicatorColumn, ...],
) -> Cell:
    shown = _plain_cell(indicator, column, layout)
    place = f"indicators/{indicator.id}/{column.field}"
    empty = _indicator_value(indicator, column) in (None, "")
    notice = writer.notice(place) if empty else None
    if column.field is IndicatorField.NAME and (more := _shared(writer, indicator)):
        shown = replace(shown, html=shown.html + more)
    return or_notice(marked(shown, writer.corrected(place)), notice)


def _shared(writer: Writer, indicator: Indicator) -> Markup | str:
    """The way to the page where other departments' figures of a shared indicator stand."""
    if indicator.common not in writer.catalogue.reference.common_indicators:
        return ""
    href = link(writer.assessment.key.address, f"indicators/{indicator.common}/")
    said = plain(word("shared", "see_shared"))
    return Markup(' <a class="{} ep-shared" href="{}">{}</a>').format(Markup(WEB), href, said)


def _plain_cell(
    indicator: Indicator, column: IndicatorColumn, layout: tuple[IndicatorColumn, ...]
) -> Cell:
    """What the original says, without a mark."""
    value = _indicator_value(indicator, column)
    if column.field in _NUMERIC:
        suffix = (
            "%" if column.field in (IndicatorField.COMPLETION, IndicatorField.COEFFICIENT) else ""
        )
        number_value = value if isinstance(value, Decimal) else None
        return number_cell(number_value, suffix)
    shown = cell(None if value is None else str(value))
    if column.field is IndicatorField.NAME and (notes := _notes(indicator, layout)):
        html = shown.html if value else Markup("")
        shown = Cell(
            html + Markup('<span class="ep-cell-note">') + in_cell("\n".join(notes)) + _END
        )
    return shown


_END = Markup("</span>")


def _total_row(writer: Writer, columns: list[IndicatorColumn]) -> Row | None:
    """总分, as the standard form closes its table; only where scores stand in the table."""
    values = total_cells(writer)
    if not values:
        return None
    naming = next(c for c in columns if c.field is IndicatorField.NAME)
    cells = (
        cell(word("page", "total_score")) if c is naming else values.get(c.field, Cell(Markup("")))
        for c in columns
    )
    return Row(tuple(cells), "ep-total")


def total_cells(writer: Writer) -> dict[IndicatorField, Cell]:
    """Full marks and total in their columns; nothing where no scores stand in the table."""
    scores, notice = writer.owner.scores, writer.notice("scores/total")
    total = scores.total if scores else None
    scored = any(i.score is not None for i in writer.owner.indicators)
    if not scored or (total is None and not notice):
        return {}
    return {
        IndicatorField.FULL_MARKS: number_cell(full_marks(writer.owner, writer.scheme)),
        IndicatorField.SCORE: or_notice(number_cell(total), notice),
    }
