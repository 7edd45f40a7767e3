"""4 write: the list of years, and the page of each."""

from __future__ import annotations

from evalpress.assess import Catalogue
from evalpress.coverage import Status
from evalpress.markup import plain
from evalpress.model import Department, Region
from evalpress.pages.frame import (
    Page,
    anchor,
    entry,
    home_entry,
    list_entry,
    panel,
    short_name,
)
from evalpress.pages.grids import Column, Grid, Row, cell, number_cell
from evalpress.pages.rows import (
    figure_cells,
    figure_columns,
    list_meta,
    region_note,
    unpublished,
    year_figures,
)
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
            "project_count",
            "total_budget",
            "total_executed",
            "rate",
        )
    ]
    for region in catalogue.regions:
        rows = []
        for year in catalogue.region_years(region):
            totals = catalogue.totals(region, year)
            shown = word("page", "year").format(year)
            rows.append(Row((
                cell(anchor(here, f"years/{year}/", shown)), number_cell(totals.published),
                number_cell(totals.due), number_cell(totals.projects), number_cell(totals.budget),
                number_cell(totals.executed), number_cell(totals.rate, "%"),
            )))  # fmt: skip
        if rows:
            unit = catalogue.totals(region, catalogue.region_years(region)[0]).unit
            caption = word("page", "years_of").format(region.name)
            caption += word("page", "unit_note").format(unit) if unit else ""
            grid = Grid(f"years-{region.id}", caption, tuple(columns), tuple(rows), cards=True)
            parts += [
                f"## {plain(region.name)} {{#{region.id}}}",
                region_note(region),
                str(grid.html()),
            ]
    return Page(here, title, "\n\n".join(p for p in parts if p), list_meta("years", title))


def year_page(catalogue: Catalogue, year: int) -> Page:
    """Every department's report of one year, region by region."""
    here, title = f"years/{year}/", word("page", "year_title").format(year)
    parts: list[str] = [f"# {plain(title)}"]
    for region in catalogue.regions:
        if year in catalogue.region_years(region):
            parts += _year_of_region(catalogue, region, year, here)
    at = catalogue.years.index(year)
    earlier = catalogue.years[at + 1] if at + 1 < len(catalogue.years) else None
    later = catalogue.years[at - 1] if at else None
    meta = list_meta(
        "year", title, breadcrumbs=[home_entry(), list_entry("years/")],
        previous=_year_entry(earlier), next=_year_entry(later),
    )  # fmt: skip
    return Page(here, title, "\n\n".join(p for p in parts if p), meta)


def _year_of_region(catalogue: Catalogue, region: Region, year: int, here: str) -> list[str]:
    totals = catalogue.totals(region, year)
    caption = word("page", "reports_of").format(region=region.name, year=year)
    caption += word("page", "unit_note").format(totals.unit) if totals.unit else ""
    columns = [Column(word("page", "department")), *figure_columns()]
    columns += [Column(word("page", "project_reports"), numeric=True)]
    rows = [
        _year_row(catalogue, d, year, here)
        for d in catalogue.of_region(region)
        if catalogue.status(d, year) is not Status.ABSENT
    ]
    grid = Grid(f"reports-{region.id}", caption, tuple(columns), tuple(rows), cards=True)
    schemes = dict.fromkeys(
        a.scheme.name
        for d in catalogue.of_region(region)
        if (a := catalogue.overall(d.id, year)) and a.scheme
    )
    note = word("page", "scheme_note").format("、".join(schemes)) if schemes else ""
    return [
        f"## {plain(region.name)} {{#{region.id}}}",
        region_note(region),
        str(panel(year_figures(totals))),
        str(grid.html()),
        f'<p class="ep-note">{plain(note)}</p>' if note else "",
    ]


def _year_row(catalogue: Catalogue, department: Department, year: int, here: str) -> Row:
    found = catalogue.overall(department.id, year)
    name = cell(anchor(here, f"{department.id}/", short_name(department, year)))
    projects = number_cell(len(catalogue.others(department.id, year)))
    if found is None:
        blanks = (cell(None),) * 7
        return Row(
            (name, unpublished(catalogue, department, year), *blanks, projects), "ep-missing"
        )
    return Row((name, *figure_cells(found, here, word("short_kinds", found.report.kind)), projects))


def _year_entry(year: int | None) -> dict[str, str] | None:
    return entry(word("page", "year").format(year), f"years/{year}/") if year else None
