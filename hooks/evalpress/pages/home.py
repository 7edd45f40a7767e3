"""4 write: the home page: newest figures, latest reports, what is published and what is missing."""

from __future__ import annotations

from markupsafe import Markup

from evalpress.assess import Catalogue
from evalpress.model import Region
from evalpress.pages.coverage import ADDRESS, matrix
from evalpress.pages.frame import (
    Frame,
    Page,
    anchor,
    panel,
)
from evalpress.pages.rows import (
    column_tags,
    region_note,
    year_figures,
)
from evalpress.text.markup import link, plain, render
from evalpress.wording import word

LATEST = 10
MATRIX_YEARS = 5


def home_page(catalogue: Catalogue, intro: str) -> Page:
    """What the site is, the newest year's figures, the latest publications, the matrix."""
    title = word("page", "home_title")
    here = ""
    parts = [
        render("hero.md.j2", intro=Markup(intro.strip()) or Markup(f"# {plain(title)}")),
        *(_region_figures(catalogue, region, here) for region in catalogue.regions),
        _latest(catalogue, here),
        *(_coverage(catalogue, region, here) for region in catalogue.regions),
    ]
    frame = Frame("home", title, tags=column_tags(title))
    return Page(here, title, "\n\n".join(str(p) for p in parts if p), frame, written_by_hand=True)


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
    if others := [anchor(here, f"years/{y}/", str(y)) for y in years[1:]]:
        more += plain(word("page", "other_years")) + Markup(" ").join(others)
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


def _coverage(catalogue: Catalogue, region: Region, here: str) -> str:
    """The newest years' matrix, with the way to all of them."""
    years = catalogue.region_years(region)[:MATRIX_YEARS]
    if not years:
        return ""
    title = word("page", "coverage").format(region.name)
    grid = matrix(catalogue, region, years, here).html()
    target = f"{link(here, ADDRESS)}#{region.id}"
    more = Markup('<a href="{}">{}</a>').format(target, plain(word("page", "see_coverage")))
    heading = f"## {plain(title)} {{#matrix-{region.id}}}"
    return f'{heading}\n\n{grid}\n\n<p class="ep-more">{more}</p>'
