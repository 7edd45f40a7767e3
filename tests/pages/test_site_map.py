"""The site map for readers leads to everything that is no text itself."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest

from evalpress.assess import assess
from evalpress.pages import write
from projects import Finished
from samples import public, reference


def test_it_names_every_department_and_year() -> None:
    reports = [public("title: 甲", year=year) for year in (2024, 2025)]
    pages = {page.address: page.markdown for page in write(assess(reports, reference()))}
    links = {urljoin("/sitemap/", href) for href in re.findall('href="(.*?)"', pages["sitemap/"])}
    assert {"/years/2024/", "/years/2025/", "/education/", "/education/2024/"} <= links


@pytest.mark.slow
def test_it_leads_to_every_column_and_page_by_hand(configured: Finished) -> None:
    """All but what lies below a department, a year or another list."""
    site = configured.site
    text = (site / "sitemap/index.html").read_text(encoding="utf-8").partition("<article")[2]
    text = text.partition("</article>")[0]
    links = {urljoin("/sitemap/", href) for href in re.findall('href="(.*?)"', text)}
    folders = (path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    columns = {name for name in folders if "/" not in name or name.startswith("guide/")}
    wanted = {"/" if name == "." else f"/{name}/" for name in columns} - {"/sitemap/"}
    assert wanted <= links
