"""4 write: the list of years, and the page of each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from evalpress.assess import Assessment, Catalogue, YearTotals
from evalpress.assess.assessment import same_scheme
from evalpress.assess.medians import FEWEST, middle
from evalpress.assess.punctuality import Status
from evalpress.assess.spread import (
    Band,
    Quantified,
    bands,
    by_scheme,
    grades,
    quantified,
)
from evalpress.assess.targets import targets_of
from evalpress.model import Department, Provenance, Region
from evalpress.pages.attainment import targets_cell, targets_column, targets_figure
from evalpress.pages.books import offers, year_books
from evalpress.pages.charts import Chart, Mark, bars
from evalpress.pages.coverage import ADDRESS as COVERAGE
from evalpress.pages.coverage import outstanding
from evalpress.pages.figures import Setting, Shown, figure, figures
from evalpress.pages.frame import (
    ChartFile,
    Figure,
    Page,
    anchor,
    entry,
    home_entry,
    list_entry,
    panel,
    short_name,
)
from evalpress.pages.grids import Cell, Column, Grid, Row, amount, cell, number_cell
from evalpress.pages.histories import scheme_name
from evalpress.pages.problems import year_link
from evalpress.pages.rows import (
    as_of_words,
    figure_cells,
    figure_columns,
    list_frame,
    moved_cell,
    named_cell,
    region_note,
    source_words,
    status_facet,
    unit_note,
    unpublished,
    year_figures,
)
from evalpress.text.markup import plain
from evalpress.wording import word


def years_page(catalogue: Catalogue) -> Page:
    """All years, newest first, by region."""
    title, here = word("page", "years_title"), "years/"
    parts: list[str] = [f"# {plain(title)}"]
    columns = [Column(word("page", "year_column"))]
    columns += [
        Column(word("page", k), numeric=True)
        for k in (
            "published_count",
            "due",
            "came_late",
            "project_count",
            "total_budget",
            "total_executed",
            "rate",
        )
    ]
    columns.append(targets_column())
    for region in catalogue.regions:
        rows = []
        for year in catalogue.region_years(region):
            totals = catalogue.totals(region, year)
            shown = word("page", "year").format(year)
            rows.append(Row((
                cell(anchor(here, f"years/{year}/", shown)), number_cell(totals.published),
                number_cell(totals.due), number_cell(totals.late), number_cell(totals.projects),
                number_cell(totals.budget),
                number_cell(totals.executed), number_cell(totals.rate_percent, "%"),
                targets_cell(targets_of(catalogue.comparable(region, year))),
            )))  # fmt: skip
        if rows:
            unit = catalogue.totals(region, catalogue.region_years(region)[0]).unit
            caption = word("page", "years_of").format(region.name)
            caption += word("page", "unit_note").format(unit) if unit else ""
            grid = Grid(f"years-{region.id}", caption, tuple(columns), tuple(rows),
                        source=source_words(region))  # fmt: skip
            parts += [
                f"## {plain(region.name)} {{#{region.id}}}",
                region_note(region),
                str(grid.html()),
            ]
    coverage = anchor(here, COVERAGE, word("page", "see_coverage"))
    parts.append(f'<p class="ep-more">{coverage}</p>')
    return Page(here, title, "\n\n".join(p for p in parts if p), list_frame("years", title))


def year_page(catalogue: Catalogue, year: int) -> Page:
    """Every department's report of one year, region by region."""
    here, title = f"years/{year}/", word("page", "year_title").format(year)
    parts: list[str] = [f"# {plain(title)}"]
    charts: list[ChartFile] = []
    for region in catalogue.regions:
        if year in catalogue.region_years(region):
            drawn = _spreads(catalogue, region, year, here)
            charts += (shown.file for shown in drawn)
            parts += _year_of_region(catalogue, region, year, here, drawn)
    parts.append(year_link(catalogue, year, here))
    pick = anchor(here, "compare/", word("compare", "pick_departments"))
    parts.append(f'<p class="ep-more">{pick}</p>')
    at = catalogue.years.index(year)
    earlier = catalogue.years[at + 1] if at + 1 < len(catalogue.years) else None
    later = catalogue.years[at - 1] if at else None
    frame = list_frame(
        "year", title, breadcrumbs=[home_entry(), list_entry("years/")],
        previous=_year_entry(earlier), next=_year_entry(later), sortable=True,
        books=offers(year_books(catalogue, year)),
    )  # fmt: skip
    text = "\n\n".join(p for p in parts if p)
    return Page(here, title, text, frame, charts=tuple(charts))


def _year_of_region(
    catalogue: Catalogue, region: Region, year: int, here: str, drawn: list[Shown]
) -> list[str]:
    found = catalogue.comparable(region, year)
    totals = catalogue.totals(region, year)
    share = sum((quantified(a.report) for a in found), Quantified())
    return [
        f"## {plain(region.name)} {{#{region.id}}}",
        region_note(region),
        str(
            panel(
                [
                    *targets_figure(targets_of(found), _quantified_words(share)),
                    *year_figures(totals),
                    *_late_figure(totals),
                ],
                alone=False,
            )
        ),
        *_tables(catalogue, region, year, here),
        _spread_part(region, drawn),
        *outstanding(catalogue, region, year, here),
    ]


def _quantified_words(share: Quantified) -> str:
    return word("spread", "of_indicators").format(share.quantified, share.asked)


def _late_figure(totals: YearTotals) -> list[Figure]:
    """How many overall reports came late; nothing where no deadline is set for the year."""
    if totals.late is None:
        return []
    note = word("page", "still_missing").format(totals.missing) if totals.missing else ""
    copies = word("page", "copies")
    return [Figure(word("page", "came_late"), str(totals.late), copies, note)]


# --- how scores, grades and rates spread --------------------------------------------------------


def _spreads(catalogue: Catalogue, region: Region, year: int, here: str) -> list[Shown]:
    """Charts of the year; scores and grades of different weight schemes in charts of their own."""
    found = catalogue.comparable(region, year)
    measured = by_scheme(found) if len(found) >= FEWEST else []
    drawn = [
        chart
        for group in measured
        for chart in _scheme_charts(catalogue, region, group, alone=len(measured) == 1)
    ]
    rates = [a.rate.percent for a in found if a.rate]
    if len(rates) >= FEWEST:
        drawn.append(_band_chart(f"rates-{region.id}", "rates", rates))
    setting = Setting(
        here, str(year), f"{region.name}{word('page', 'year').format(year)}", source_words(region)
    )
    return [figure(setting, chart, bars, word("spread", "band")) for chart in drawn]


def _spread_part(region: Region, drawn: list[Shown]) -> str:
    if not drawn:
        return ""
    heading = f"### {plain(word('spread', 'heading'))} {{#spread-{region.id}}}"
    note = f'<p class="ep-note">{plain(word("spread", "ends"))}</p>'
    return f"{heading}\n\n{figures(*(shown.html for shown in drawn))}\n\n{note}"


def _scheme_charts(
    catalogue: Catalogue, region: Region, group: list[Assessment], alone: bool
) -> list[Chart]:
    suffix = "" if alone else word("spread", "of_scheme").format(_scheme_words(group[0]))
    scheme, marks = group[0].scheme, group[0].full_marks
    own = "-".join(filter(None, (region.id, scheme.id if scheme else "", f"{marks or 0:f}")))
    shares = [a.score_percent for a in group if a.score_percent is not None]
    made = [_band_chart(f"scores-{own}", "scores", shares, suffix)] if shares else []
    if graded := grades(group, catalogue.reference):
        found = tuple(Mark(grade.word, Decimal(count)) for grade, count in graded)
        made.append(_count_chart(f"grades-{own}", word("spread", "grades") + suffix, found))
    return made


def _band_chart(name: str, title: str, values: list[Decimal], suffix: str = "") -> Chart:
    """How many values lie in each band, and in which of them the median does."""
    found, half = bands(values), middle(values)
    marks = (_band_mark(band, half, is_highest=at == 0) for at, band in enumerate(found))
    return _count_chart(name, word("spread", title) + suffix, tuple(marks))


def _band_mark(band: Band, half: Decimal | None, is_highest: bool) -> Mark:
    is_there = half is not None and band.holds(half, is_highest)
    note = word("charts", "bin_median").format(amount(half)) if is_there and half else ""
    name = word("spread", "between").format(band.floor, band.ceiling)
    return Mark(name, Decimal(band.count), note=note)


def _count_chart(name: str, title: str, marks: tuple[Mark, ...]) -> Chart:
    return Chart(name, title, marks, word("page", "copies"), word("spread", "reports"))


# --- all departments in a table -----------------------------------------------------------------


def _tables(catalogue: Catalogue, region: Region, year: int, here: str) -> list[str]:
    """The departments of the region; reports of another provenance in a table of their own."""
    there = [d for d in catalogue.of_region(region) if _has_place(catalogue, d, year)]
    by_provenance: dict[Provenance, list[Department]] = {}
    for department in there:
        found = catalogue.overall(department.id, year)
        provenance = found.report.provenance if found else region.provenance
        by_provenance.setdefault(provenance, []).append(department)
    parts = [f"### {plain(word('page', 'all_departments_of_year'))} {{#table-{region.id}}}"]
    for provenance, departments in sorted(
        by_provenance.items(), key=lambda entry: entry[0] is not region.provenance
    ):
        parts.append(str(_table(catalogue, region, year, provenance, departments, here).html()))
    return parts


def _has_place(catalogue: Catalogue, department: Department, year: int) -> bool:
    return catalogue.status(department, year) is not Status.ABSENT


def _table(
    catalogue: Catalogue,
    region: Region,
    year: int,
    provenance: Provenance,
    departments: list[Department],
    here: str,
) -> Grid:
    found = [a for d in departments if (a := catalogue.overall(d.id, year))]
    schemes = [_scheme_words(group[0]) for group in by_scheme(found)]
    several = len(schemes) > 1
    own = provenance is region.provenance
    caption = word("page", "reports_of" if own else "others_of").format(
        region=region.name, year=year, provenance=word("provenances", provenance, "word")
    )
    caption += as_of_words(catalogue, departments, [year])
    grid = Grid(
        f"reports-{region.id}" + ("" if own else f"-{provenance}"), caption + unit_note(found),
        _columns("scheme" if several else ""),
        tuple(_year_row(catalogue, d, year, here) for d in departments), cards=True,
        style="ep-brief",
        filters={k: word("facets", k) for k in FACETS if several or k != "scheme"},
        counted=word("page", "departments_counted"),
        note=word("page", "scheme_note").format("、".join(schemes)) if schemes else "",
        within_note=word("page", "within_scheme") if several else "",
        source=word("provenances", provenance, "word"),
    )  # fmt: skip
    return _without_marks(_with_schemes(grid) if several else grid, found)


FACETS = ("group", "grade", "status", "scheme")


def _columns(within: str) -> tuple[Column, ...]:
    return (
        Column(word("page", "department"), key="department"),
        *figure_columns(within),
        Column(word("since", "column"), numeric=True, key="since", slot="since"),
        Column(word("page", "project_reports"), numeric=True, key="projects"),
    )


def _with_schemes(grid: Grid) -> Grid:
    """Where several weight schemes meet, every row says which one it follows."""
    rows = (replace(r, cells=(*r.cells, cell(r.facets.get("scheme")))) for r in grid.rows)
    columns = (*grid.columns, Column(word("facets", "scheme")))
    return replace(grid, columns=columns, rows=tuple(rows))


def _without_marks(grid: Grid, found: list[Assessment]) -> Grid:
    """Full marks that are the same everywhere stand in the caption and need no column."""
    marks = {a.full_marks for a in found if a.score is not None}
    if len(marks) != 1 or None in marks:
        return grid
    at = next(n for n, c in enumerate(grid.columns) if c.name == word("page", "full_marks"))
    rows = (replace(r, cells=(*r.cells[:at], *r.cells[at + 1 :])) for r in grid.rows)
    note = word("page", "full_marks_note").format(amount(marks.pop() or 0))
    columns = (*grid.columns[:at], *grid.columns[at + 1 :])
    return replace(grid, columns=columns, rows=tuple(rows), caption=grid.caption + note)


def _year_row(catalogue: Catalogue, department: Department, year: int, here: str) -> Row:
    found, coverage = catalogue.overall(department.id, year), catalogue.coverage(department, year)
    short = short_name(department, year)
    name = named_cell(found, short, anchor(here, f"{department.id}/", short))
    projects = number_cell(len(catalogue.others(department.id, year)))
    facets = {"group": department.group or "", "status": status_facet(coverage)}
    if found is None:
        blanks = (unpublished(catalogue, department, year), *(cell(None),) * 9)
        return Row((name, *blanks, projects), "ep-missing", facets=facets)
    scheme = _scheme_words(found) if found.score is not None else ""
    facets |= {"grade": found.grade_word or "", "scheme": scheme}
    shown = word("short_kinds", found.report.kind)
    figures_of = figure_cells(found, here, shown, coverage)
    return Row((name, *figures_of, _since(catalogue, found), projects), facets=facets)


def _since(catalogue: Catalogue, found: Assessment) -> Cell:
    """By how much the score moved since last year; nothing where that cannot be compared."""
    before = catalogue.before(found)
    if not before or before.key.year != found.key.year - 1 or not same_scheme(before, found):
        return cell(None)
    if found.score is None or before.score is None:
        return cell(None)
    return moved_cell(found.score - before.score)


def _scheme_words(found: Assessment) -> str:
    """The weight scheme that a score follows, with full marks of the report's own."""
    marks = found.full_marks
    own = marks is not None and (found.scheme is None or marks != found.scheme.full_marks)
    note = word("page", "full_marks_note").format(amount(marks)) if own and marks else ""
    return scheme_name(found) + note


def _year_entry(year: int | None) -> dict[str, str] | None:
    return entry(word("page", "year").format(year), f"years/{year}/") if year else None
