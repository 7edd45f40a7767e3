"""4 write: charts with captions, the reasons of their cuts, their data in a table, and as files."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from evalpress.pages.charts import Chart, Drawing, Mark, description, dots, inline
from evalpress.pages.charts.dots import legend, outcome_words
from evalpress.pages.charts.scale import Scale
from evalpress.pages.charts.shapes import bare
from evalpress.pages.charts.standalone import Panel, Words, picture
from evalpress.pages.frame import ChartFile
from evalpress.pages.grids import Cell, Column, Grid, Row, cell, number_cell
from evalpress.text.markup import as_url, link, render
from evalpress.wording import word


@dataclass(frozen=True)
class Setting:
    """Whose charts these are: the page that they stand on, the stem of their files' names, who or
    what they are about, and how real that is."""

    here: str
    stem: str
    subject: str
    source: str

    def address(self, name: str) -> str:
        """The address of a chart's files without their endings."""
        return f"{self.here}{self.stem}-{name}"


@dataclass(frozen=True)
class Shown:
    """A chart on its page, and the files beside it."""

    html: Markup
    file: ChartFile


def figure(
    setting: Setting, chart: Chart, draw: Callable[[Chart], Drawing] = dots, first: str = ""
) -> Shown:
    """The chart as a figure; `first` heads the names of its marks in the table (or 年度)."""
    drawing = draw(chart)
    caption = captioned(chart, drawing)
    table = _table(chart, caption, first or word("page", "year_column"))
    title = f"{setting.subject}　{caption}"
    svg = picture(Words(title, description(chart), _notes(setting, [chart])), [Panel(drawing)])
    file = chart_file(setting, chart.id, svg, table)
    html = render(
        "chart.html.j2", chart=chart, caption=caption, plot=inline(chart, drawing),
        table=table.html(), files=offered(setting, file, chart.title),
    )  # fmt: skip
    return Shown(html, file)


def _breaks(charts: Sequence[Chart]) -> list[tuple[str, str]]:
    """Why the series are cut, once for all charts that are cut for one reason."""
    return list(dict.fromkeys((number, m.broken) for c in charts for number, m in c.breaks))


def _notes(setting: Setting, charts: Sequence[Chart]) -> tuple[str, ...]:
    """What stands below a picture: why series are cut, and the source."""
    return (*(f"{number} {why}" for number, why in _breaks(charts)), setting.source)


def captioned(chart: Chart, drawing: Drawing | None = None) -> str:
    """Title and unit, and where the axis of the drawing begins if that is not zero."""
    parts = [word("charts", "unit").format(chart.unit)] if chart.unit else []
    parts += [word("charts", "begins").format(drawing.low)] if drawing and drawing.low else []
    return chart.title + (word("charts", "more").format("；".join(parts)) if parts else "")


def figures(*made: Markup) -> Markup:
    """Small charts side by side, as many as fit."""
    return Markup('<div class="ep-charts">\n') + Markup("\n").join(made) + Markup("\n</div>")


def multiples(
    setting: Setting,
    name: str,
    title: str,
    charts: Sequence[Chart],
    first: str,
    note: str = "",
    scale: Scale | None = None,
) -> Shown:
    """Many small charts of one kind as one figure, under one legend, with one table of their
    numbers; `first` heads the column that names them. On one `scale` they can be compared."""
    drawn = [(chart, dots(chart, scale, legend=False)) for chart in charts]
    key = legend(replace(charts[0], marks=tuple(m for chart in charts for m in chart.marks)))
    panels = [Panel(drawing, captioned(chart)) for chart, drawing in drawn]
    said = "".join(f"{chart.title}：{description(chart)}" for chart in charts)
    words = Words(f"{setting.subject}　{title}", said, _notes(setting, charts))
    svg = picture(words, panels, _ACROSS, key)
    table = _joint_table(f"chart-{name}", title, charts, first)
    file = chart_file(setting, name, svg, table)
    html = render(
        "chart_panels.html.j2", id=f"chart-{name}", title=title, note=note, legend=bare(key),
        panels=[(c, captioned(c), inline(c, d)) for c, d in drawn], table=table.html(),
        breaks=_breaks(charts),
        files=offered(setting, file, title),
    )  # fmt: skip
    return Shown(html, file)


_ACROSS = 2  # drawings of a picture


# --- files --------------------------------------------------------------------------------------


def chart_file(setting: Setting, name: str, svg: str, table: Grid) -> ChartFile:
    """The picture, and the numbers of the table with whose they are and how real before them."""
    head = [word("charts", "columns", key) for key in ("source", "subject")]
    rows = [
        [setting.source, setting.subject, *(_said(shown) for shown in row.cells)]
        for row in table.rows
    ]
    content = {
        "picture": svg,
        "head": [*head, *(column.name for column in table.columns)],
        "rows": rows,
    }
    return ChartFile(setting.address(name), json.dumps(content, ensure_ascii=False))


def _said(shown: Cell) -> str:
    """What a cell says, as a program reads it: figures without what parts their thousands, and
    nothing where there is nothing."""
    if "ep-absent" in shown.style:
        return ""
    said = shown.html.replace("<br>", " ").striptags()
    is_figure = "ep-number" in shown.style
    return said.replace(word("numbers", "thousands"), "") if is_figure else said


def offered(setting: Setting, file: ChartFile, title: str) -> list[dict[str, str]]:
    """The links to the files: the numbers first, then the picture."""
    saved = f"{setting.subject}{title}"
    return [
        {
            "href": str(as_url(link(setting.here, f"{file.address}.{ending}"))),
            "saved": f"{saved}.{ending}",
            "said": word("charts", ending),
        }
        for ending in ("csv", "svg")
    ]


# --- the table of a chart -----------------------------------------------------------------------


def _table(chart: Chart, caption: str, first: str) -> Grid:
    columns = [column for column in _columns(chart) if column.is_there(chart)]
    heads = (Column(first), *(Column(column.name, numeric=column.numeric) for column in columns))
    rows = tuple(Row((cell(m.name), *(column.cell(m) for column in columns))) for m in chart.marks)
    return Grid(f"chart-{chart.id}-data", caption, heads, rows)


def _joint_table(name: str, title: str, charts: Sequence[Chart], first: str) -> Grid:
    """The numbers of several charts, a row a mark."""
    names = ("year_column", "unit_column")
    has_median = any(mark.median is not None for chart in charts for mark in chart.marks)
    figures = [charts[0].whole_name, charts[0].value_name]
    figures += [charts[0].median_name] * has_median
    heads = (
        Column(first), *(Column(word("charts", n)) for n in names),
        *(Column(n, numeric=True) for n in figures),
        Column(word("charts", "outcome")), Column(word("page", "note")),
    )  # fmt: skip
    rows = (_joint_row(chart, mark, has_median) for chart in charts for mark in chart.marks)
    return Grid(f"{name}-data", title, heads, tuple(rows))


def _joint_row(chart: Chart, mark: Mark, has_median: bool) -> Row:
    outcome = outcome_words(mark.outcome) if mark.outcome else ""
    median = (number_cell(mark.median),) if has_median else ()
    return Row((
        cell(chart.title), cell(mark.name), cell(chart.unit), number_cell(mark.whole),
        _value_cell(mark), *median, cell(outcome), cell(mark.broken),
    ))  # fmt: skip


@dataclass(frozen=True)
class _Part:
    """A column of the table: its name, its cell of a mark, and whether any mark has it."""

    name: str
    cell: Callable[[Mark], Cell]
    numeric: bool = True
    has: Callable[[Mark], object] = lambda mark: True

    def is_there(self, chart: Chart) -> bool:
        """True where a mark says something in this column."""
        return any(self.has(mark) for mark in chart.marks)


def _columns(chart: Chart) -> list[_Part]:
    value = chart.value_name or word("page", "value")
    return [
        _Part(value, _value_cell),
        _Part(chart.whole_name, lambda m: number_cell(m.whole), has=lambda m: m.whole is not None),
        _Part(chart.median_name, lambda m: number_cell(m.median),
              has=lambda m: m.median is not None),
        _Part(word("page", "note"), lambda m: cell("；".join(filter(None, (m.note, m.broken)))),
              numeric=False, has=lambda m: m.broken or m.note),
    ]  # fmt: skip


def _value_cell(mark: Mark) -> Cell:
    return (
        number_cell(mark.value)
        if mark.value is not None or not mark.missing
        else cell(mark.missing)
    )
