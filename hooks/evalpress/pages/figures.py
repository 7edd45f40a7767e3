"""4 write: a chart with its caption, the reasons of its cuts, and its data in a table."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from evalpress.pages.charts import Bar, Chart, columns
from evalpress.pages.grids import Cell, Column, Grid, Row, cell, number_cell
from evalpress.text.markup import render
from evalpress.wording import word

# From so many columns on, a chart takes the whole width of the page.
_MANY = 8


def figure(chart: Chart, draw: Callable[[Chart], Markup] = columns, first: str = "") -> Markup:
    """The chart as a figure; `first` heads the names of its bars in the table (年度 by default)."""
    caption = chart.title
    if chart.unit:
        caption += word("charts", "unit").format(chart.unit)
    table = _table(chart, caption, first or word("page", "year_column"))
    return render(
        "chart.html.j2", chart=chart, caption=caption, plot=draw(chart), table=table.html(),
        wide=len(chart.bars) >= _MANY and draw is columns,
    )  # fmt: skip


def figures(*made: Markup) -> Markup:
    """Small charts side by side, as many as fit."""
    return Markup('<div class="ep-charts">\n') + Markup("\n").join(made) + Markup("\n</div>")


def _table(chart: Chart, caption: str, first: str) -> Grid:
    has_whole = any(bar.whole is not None for bar in chart.bars)
    has_notes = any(bar.broken for bar in chart.bars)
    heads = [Column(first), Column(chart.value_name or word("page", "value"), numeric=True)]
    heads += [Column(chart.whole_name, numeric=True)] if has_whole else []
    heads += [Column(word("page", "note"))] if has_notes else []
    rows = tuple(_row(bar, has_whole, has_notes) for bar in chart.bars)
    return Grid(f"{chart.id}-data", caption, tuple(heads), rows)


def _row(bar: Bar, has_whole: bool, has_notes: bool) -> Row:
    value = number_cell(bar.value) if bar.value is not None or not bar.missing else None
    cells: list[Cell] = [cell(bar.name), value or cell(bar.missing)]
    cells += [number_cell(bar.whole)] if has_whole else []
    cells += [cell(bar.broken)] if has_notes else []
    return Row(tuple(cells))
