"""4 write: the search page: the finder's place, and every report in a plain list.

The list is what the page shows without JavaScript and before anything is asked. It names each
overall report by its year and sends readers to the department for the others, so that it stays
short enough with ten thousands of reports.
"""

from __future__ import annotations

from typing import Any

from evalpress.assess import Catalogue
from evalpress.model import Department, Region
from evalpress.pages.frame import Frame, Page, home_entry
from evalpress.pages.meta_tags import column_tags
from evalpress.text.markup import link, plain, render
from evalpress.wording import word


def search_page(catalogue: Catalogue) -> Page:
    """The search page."""
    title, here = word("search", "title"), "search/"
    regions = listed_regions(catalogue, here)
    content = render(
        "search.html.j2", regions=regions,
        departments=link(here, "departments/"), years=link(here, "years/"),
    )  # fmt: skip
    frame = Frame("search", title, breadcrumbs=[home_entry()], tags=column_tags("search", title))
    return Page(here, title, f"# {plain(title)}\n\n{content}", frame)


def listed_regions(catalogue: Catalogue, here: str) -> list[dict[str, Any]]:
    """Every department with its years, by region and group, as `all_reports.html.j2` lists them on
    the page at `here`."""
    return [_region(catalogue, region, here) for region in catalogue.regions]


def _region(catalogue: Catalogue, region: Region, here: str) -> dict[str, Any]:
    """A region's departments by group, in the order of the data."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for department in catalogue.of_region(region):
        entry = _department(catalogue, department, here)
        groups.setdefault(department.group or "", []).append(entry)
    return {"id": region.id, "name": region.name, "groups": groups}


def _department(catalogue: Catalogue, department: Department, here: str) -> dict[str, Any]:
    years = [a.key for a in reversed(catalogue.history(department.id))]
    others = sum(len(catalogue.others(department.id, year)) for year in catalogue.years)
    address = f"{department.id}/"
    return {
        "name": department.current.name,
        "href": link(here, address),
        "years": [{"year": key.year, "href": link(here, key.address)} for key in years],
        "others": others,
        "others_href": f"{link(here, address)}#project-reports",
    }
