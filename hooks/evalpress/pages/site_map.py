"""4 write: the site map for readers: every year, every department with its years.

The columns and what an owner wrote by hand stand above it; the frame has them from the navigation.
"""

from __future__ import annotations

from evalpress.assess import Catalogue
from evalpress.pages.frame import Page
from evalpress.pages.rows import list_frame
from evalpress.pages.search import listed_regions
from evalpress.text.markup import link, render
from evalpress.wording import word

ADDRESS = "sitemap/"


def site_map_page(catalogue: Catalogue) -> Page:
    """The site map; its title comes with the columns from the frame."""
    years = [
        {"name": word("page", "year").format(year), "href": link(ADDRESS, f"years/{year}/")}
        for year in catalogue.years
    ]
    regions = listed_regions(catalogue, ADDRESS)
    content = render("site_map.html.j2", years=years, regions=regions)
    title = word("site_map", "title")
    return Page(ADDRESS, title, str(content), list_frame("sitemap", title))
