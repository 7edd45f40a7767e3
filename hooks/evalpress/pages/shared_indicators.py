"""4 write: indicators that departments share: their list, and a page for each of them."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from markupsafe import Markup

from evalpress.assess import Catalogue
from evalpress.assess.judging import Outcome
from evalpress.assess.pooled import Pool, SharedLine, pools, sharing
from evalpress.model import CommonIndicator
from evalpress.pages.charts import Chart, Mark
from evalpress.pages.charts.scale import fitted
from evalpress.pages.figures import Setting, Shown, multiples
from evalpress.pages.frame import Page, anchor, entry, home_entry, short_name
from evalpress.pages.grids import Cell, Column, Grid, Row, cell, number_cell
from evalpress.pages.histories import followed_cell
from evalpress.pages.history_charts import reached_mark
from evalpress.pages.rows import list_frame, region_note, source_words
from evalpress.text.markup import link, plain
from evalpress.wording import word

ADDRESS = "indicators/"


def address_of(name: str) -> str:
    """The page of a shared indicator, by its id."""
    return f"{ADDRESS}{name}/"


def indicators_page(catalogue: Catalogue) -> Page:
    """Every shared indicator: how many departments have it, what the newest year reached."""
    title = word("shared", "title")
    found = sharing(catalogue)
    columns = (
        Column(word("shared", "indicator"), key="indicator"),
        Column(word("page", "department"), numeric=True, key="departments"),
        Column(word("page", "report"), numeric=True, key="reports"),
        Column(word("shared", "years")),
        Column(word("shared", "newest"), numeric=True, key="newest"),
        *(Column(word("trends", "outcomes", o), numeric=True, key=str(o)) for o in Outcome),
    )  # fmt: skip
    rows = tuple(
        _list_row(catalogue, one, [a.key.year for a in found[one.id]],
                  len({a.key.department for a in found[one.id]}))
        for one in catalogue.reference.common_indicators.values()
    )  # fmt: skip
    grid = Grid("indicators", word("shared", "caption"), columns, rows,
                counted=word("shared", "counted"))  # fmt: skip
    parts = [f"# {plain(title)}", f"<p>{plain(word('shared', 'intro'))}</p>", str(grid.html())]
    frame = list_frame("indicators", title, sortable=True)
    return Page(ADDRESS, title, "\n\n".join(parts), frame)


def _list_row(
    catalogue: Catalogue, one: CommonIndicator, years: list[int], departments: int
) -> Row:
    newest = max(years, default=0)
    told = Counter(
        followed.outcome or Outcome.UNKNOWN
        for pool in pools(catalogue, one.id)
        for line in pool.lines
        if (followed := line.line.years.get(newest))
    )
    span = f"{min(years)}—{newest}" if len(set(years)) > 1 else str(newest or "")
    counts = (number_cell(told[outcome]) if years else cell(None) for outcome in Outcome)
    return Row((
        cell(anchor(ADDRESS, address_of(one.id), one.names[0])),
        number_cell(departments), number_cell(len(years)), cell(span),
        cell(str(newest) if newest else None), *counts,
    ))  # fmt: skip


def indicator_page(catalogue: Catalogue, one: CommonIndicator) -> Page:
    """All departments and years of a shared indicator: charts on one axis, and a table."""
    here, title = address_of(one.id), one.names[0]
    parts = [f"# {plain(title)}", f"<p>{plain(word('shared', 'about'))}</p>"]
    if len(one.names) > 1:
        others = word("shared", "names").format("、".join(one.names[1:]))
        parts.append(f'<p class="ep-note">{plain(others)}</p>')
    drawn: list[Shown] = []
    found = pools(catalogue, one.id)
    for pool in found:
        shown = _charts(pool, one, here)
        drawn += [shown] if shown else []
        parts += [
            f"## {plain(_heading(pool))} {{#{_name(pool)}}}",
            region_note(pool.region) if _is_own(pool) else "",
            str(shown.html) if shown else "",
            str(_grid(pool, here).html()),
        ]
    if not found:
        parts.append(f"<p>{plain(word('shared', 'none'))}</p>")
    crumbs = [home_entry(), entry(word("shared", "title"), ADDRESS)]
    frame = list_frame("indicator", title, breadcrumbs=crumbs)
    text = "\n\n".join(part for part in parts if part)
    return Page(here, title, text, frame, charts=tuple(shown.file for shown in drawn))


def _is_own(pool: Pool) -> bool:
    return pool.provenance is pool.region.provenance


def _name(pool: Pool) -> str:
    return pool.region.id if _is_own(pool) else f"{pool.region.id}-{pool.provenance}"


def _heading(pool: Pool) -> str:
    if _is_own(pool):
        return pool.region.name
    told = word("provenances", pool.provenance, "word")
    return word("shared", "apart").format(pool.region.name, told)


def _named(one: SharedLine) -> str:
    name = short_name(one.report.department, max(one.line.years))
    return word("shared", "of_project").format(name, one.project) if one.project else name


# --- charts -------------------------------------------------------------------------------------


def _charts(pool: Pool, one: CommonIndicator, here: str) -> Shown | None:
    """A small chart for each document that has a figure, all on one axis; None without figures."""
    medians = pool.medians()
    drawn = [
        chart for n, line in enumerate(pool.lines) if (chart := _chart(pool, line, n, medians))
    ]
    if not drawn:
        return None
    figures = [figure for chart in drawn for figure in chart.figures]
    source = source_words(pool.region)
    if not _is_own(pool):
        source = f"{word('provenances', pool.provenance, 'word')}　{pool.region.name}"
    setting = Setting(here, one.id, one.names[0], source)
    return multiples(
        setting, _name(pool), word("shared", "charts").format(pool.region.name), drawn,
        word("page", "department"), word("shared", "note"),
        fitted(figures, is_share=pool.unit == "%"),
    )  # fmt: skip


def _chart(pool: Pool, one: SharedLine, number: int, medians: dict[int, Decimal]) -> Chart | None:
    found = pool.reached(one)
    if not any(year.actual is not None for year in found):
        return None
    marks = tuple(_with_median(reached_mark(year), medians.get(year.year)) for year in found)
    said = (word("trends", "actual"), word("trends", "target"), word("shared", "median"))
    return Chart(f"shared-{_name(pool)}-{number}", _named(one), marks, pool.unit, *said)


def _with_median(mark: Mark, median: Decimal | None) -> Mark:
    return Mark(mark.name, mark.value, mark.whole, median, mark.outcome, mark.missing)


# --- the table ----------------------------------------------------------------------------------


def _grid(pool: Pool, here: str) -> Grid:
    """A row for each document, a column for each year, the newest first."""
    years = pool.years[::-1]
    columns = (
        Column(word("page", "department"), key="department"),
        *(Column(word("page", "year").format(year)) for year in years),
    )
    rows = tuple(_row(one, years, here) for one in pool.lines)
    return Grid(f"lines-{_name(pool)}", word("trends", "line_caption"), columns, rows,
                style="ep-lines", counted=word("page", "departments_counted"))  # fmt: skip


def _row(one: SharedLine, years: list[int], here: str) -> Row:
    department = one.report.department
    named = cell(anchor(here, f"{department.id}/", _named(one)))
    return Row((named, *(_year_cell(one, year, here) for year in years)))


def _year_cell(one: SharedLine, year: int, here: str) -> Cell:
    """What the year intended and reached, and the way to its row in the report."""
    shown = followed_cell(one.line, year)
    source = one.sources.get(year)
    if source is None:
        return shown
    href = f"{link(here, source.report.key.address)}#{source.anchor}"
    way = Markup(' <a href="{}">{}</a>').format(href, plain(word("shared", "see_report")))
    return Cell(shown.html + way, shown.style)
