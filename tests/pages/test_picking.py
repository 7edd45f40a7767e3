"""evalpress.pages.picking: what can be put side by side, a page for each department."""

from __future__ import annotations

import gzip
import html
import re

from evalpress.assess import Catalogue, assess
from evalpress.disclose.public import disclose
from evalpress.pages.picking import compare_page, department_documents_page
from evalpress.pages.plan import plan
from histories import MERGED, catalogue
from samples import NOW, written

MOST_BYTES = 150_000


def page_of(whole: Catalogue, department: str) -> str:
    page = department_documents_page(whole, whole.reference.departments[department])
    return html.unescape(page.markdown)


def test_the_list_leads_to_a_page_for_each_department_that_has_reports() -> None:
    whole = catalogue(education_2021="title: 一", education_2023="title: 二")
    markdown = html.unescape(compare_page(whole).markdown)
    assert re.findall(r'<a href="([^"]+)"', markdown) == ["education/"]
    assert "2021—2023" in markdown
    names = [one.name for one in plan(whole) if one.name.startswith("compare/")]
    assert names == ["compare/education/"]


def test_every_comparison_is_listed_for_those_without_scripts() -> None:
    whole = catalogue(education_2021="title: 一", education_2023="title: 二")
    found = set(re.findall(r'href="([^"]+)"', page_of(whole, "education")))
    wanted = {"../../education/2021/", "../../education/2023/", "../../education/2023/compare/"}
    assert wanted <= found


def test_a_project_is_named_behind_its_department() -> None:
    project = "kind: project\nproject_name: 场馆改造"
    reports = [written(project, "culture", year, "hall") for year in (2023, 2024)]
    reports.append(written("title: 一", "culture", 2024))
    page = page_of(assess(disclose(reports, MERGED, NOW), MERGED), "culture")
    said = re.sub(r"<[^>]+>|\s", "", page)
    assert "文化局：场馆改造2024年度、2023年度2023—2024" in said
    assert said.index("文化局2024年度") < said.index("文化局：场馆改造")


def test_a_page_stays_small_with_hundreds_of_projects() -> None:
    reports = [
        written(f"kind: project\nproject_name: 项目{slug}", "culture", year, f"p{slug}")
        for slug in range(300)
        for year in (2023, 2024)
    ]
    page = page_of(assess(disclose(reports, MERGED, NOW), MERGED), "culture")
    assert len(gzip.compress(page.encode())) < MOST_BYTES
