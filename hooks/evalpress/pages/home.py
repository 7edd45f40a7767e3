"""4 write: the home page: newest figures, latest reports, what is published and what is missing."""

from __future__ import annotations

from markupsafe import Markup

from evalpress.assess import Catalogue, Status
from evalpress.markup import link, plain, render
from evalpress.model import Department, Region
from evalpress.pages.frame import (
    Page,
    anchor,
    page_meta,
    panel,
    short_name,
)
from evalpress.pages.grids import Cell, Column, Grid, Row, cell
from evalpress.pages.rows import (
    STATUS_STYLES,
    column_tags,
    region_note,
    year_figures,
)
from evalpress.wording import word

LATEST = 10


def home_page(catalogue: Catalogue, intro: str) -> Page:
    """What the site is, the newest year's figures, the latest publications, the matrix."""
    title = word("page", "home_title")
    here = ""
    parts = [
        render("hero.md.j2", intro=Markup(intro.strip()) or Markup(f"# {plain(title)}")),
        *(_region_figures(catalogue, region, here) for region in catalogue.regions),
        _latest(catalogue, here),
        *(_matrix(catalogue, region, here) for region in catalogue.regions),
    ]
    meta = page_meta("home", title, tags=column_tags(title))
    return Page(here, title, "\n\n".join(str(p) for p in parts if p), meta)


def _region_figures(catalogue: Catalogue, region: Region, here: str) -> str:
    years = catalogue.region_years(region)
    if not years:
        return ""
    year = years[0]
    title = word("page", "region_year").format(region=region.name, year=year)
    heading = f"## {plain(title)} {{#figures-{region.id}}}"
    note = region_note(region)
    figures = panel(year_figures(catalogue.totals(region, year)))
    more = anchor(here, f"years/{year}/", word("page", "see_year").format(year))
    return "\n\n".join(
        filter(None, [heading, note, str(figures), f'<p class="ep-more">{more}</p>'])
    )


def _latest(catalogue: Catalogue, here: str) -> str:
    newest = catalogue.newest_first[:LATEST]
    if not newest:
        return ""
    entries = [
        {
            "href": link(here, a.key.address),
            "title": a.report.title,
            "date": f"{a.report.content.first_published:%Y-%m-%d}",
        }
        for a in newest
    ]
    heading = f"## {plain(word('page', 'latest'))} {{#latest}}"
    return f"{heading}\n\n{render('latest.html.j2', entries=entries)}"


def _matrix(catalogue: Catalogue, region: Region, here: str) -> str:
    years = catalogue.region_years(region)
    if not years:
        return ""
    columns = (Column(word("page", "department")), *(Column(str(y)) for y in years))
    rows = [
        Row((
            cell(anchor(here, f"{d.id}/", short_name(d))),
            *(_status_cell(catalogue, d, year, here) for year in years),
        ))
        for d in catalogue.of_region(region)
    ]  # fmt: skip
    title = word("page", "coverage").format(region.name)
    caption = word("page", "coverage_caption").format(region.name)
    grid = Grid(f"coverage-{region.id}", caption, columns, tuple(rows), style="ep-matrix")
    return f"## {plain(title)} {{#matrix-{region.id}}}\n\n{grid.html()}"


def _status_cell(catalogue: Catalogue, department: Department, year: int, here: str) -> Cell:
    status = catalogue.status(department, year)
    text: object = word("coverage", status)
    if status in (Status.PUBLISHED, Status.PREVIEW):
        found = catalogue.overall(department.id, year)
        assert found is not None
        label = word("coverage", status)
        title = f"{short_name(department, year)} {word('page', 'year').format(year)}"
        text = Markup('<a href="{}" aria-label="{}">{}</a>').format(
            link(here, found.key.address), f"{title} {label}", label
        )
    return cell(text, STATUS_STYLES[status])
