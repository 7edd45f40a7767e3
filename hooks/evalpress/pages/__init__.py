"""4 write: Catalogue -> the Markdown pages of the site, all of them pure functions of the data.

Addresses end with a slash and are relative to the site's root; a page's source is its address plus
index.md. What the theme shows around the text (breadcrumbs, download, neighbours) is in `meta`.
"""

from __future__ import annotations

from collections.abc import Mapping

from evalpress.assess import Catalogue
from evalpress.files.originals import OriginalText
from evalpress.pages.comparison import compare_page, comparison_pages
from evalpress.pages.coverage import coverage_page
from evalpress.pages.departments import department_page, departments_page
from evalpress.pages.frame import Page
from evalpress.pages.home import home_page
from evalpress.pages.problems import problems_pages
from evalpress.pages.reports import report_page
from evalpress.pages.search import search_page
from evalpress.pages.years import year_page, years_page


def write(
    catalogue: Catalogue,
    intro: str = "",
    sizes: Mapping[str, int] | None = None,
    texts: Mapping[str, OriginalText] | None = None,
) -> list[Page]:
    """All generated pages. `intro` is docs/index.md's Markdown, `sizes` the attachments' bytes,
    `texts` what could be read of originals; both by address."""
    sizes, texts = sizes or {}, texts or {}
    return [
        home_page(catalogue, intro),
        departments_page(catalogue),
        years_page(catalogue),
        search_page(catalogue),
        coverage_page(catalogue),
        *problems_pages(catalogue),
        *(year_page(catalogue, year) for year in catalogue.years),
        *(department_page(catalogue, d) for d in catalogue.departments),
        compare_page(catalogue),
        *comparison_pages(catalogue),
        *(report_page(catalogue, a, sizes, texts) for a in catalogue.assessments.values()),
    ]
