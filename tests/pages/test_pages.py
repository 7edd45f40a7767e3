"""evalpress.pages: the Markdown of three reports, kept under tests/golden/pages/ to be read."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from evalpress import site as sites
from evalpress.assess import assess
from evalpress.clock import BEIJING
from evalpress.disclose.public import disclose
from evalpress.model import Key
from evalpress.pages.reports import report_page
from evalpress.settings import Settings
from golden_files import assert_golden
from projects import ROOT, make_small_project
from samples import NOW, public, reference, written

GOLDEN = ROOT / "tests" / "golden" / "pages"
REPORTS = ("parks-2024", "parks-2025", "parks-2025-tree-planting")
AS_OF = datetime(2026, 10, 1, 9, 0, tzinfo=BEIJING)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> sites.Site:
    folder = make_small_project(tmp_path_factory.mktemp("pages")).folder
    return sites.make(Settings(as_of=AS_OF), folder, folder / "docs")


@pytest.mark.golden
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_s_markdown_is_the_expected_one(made: sites.Site, name: str) -> None:
    markdown = next(p.markdown for p in made.pages if p.report and p.report.key.name == name) + "\n"
    assert_golden(markdown, GOLDEN / f"{name}.md")


def test_golden_files_are_those_of_the_test() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(REPORTS)


def test_the_same_data_give_the_same_pages(made: sites.Site) -> None:
    again = sites.make(Settings(as_of=AS_OF), made.root, made.root / "docs")
    assert again.pages == made.pages


def test_a_project_leads_back_to_its_year_only_where_that_has_a_report() -> None:
    def crumbs(*slugs: str) -> list[str]:
        text = "kind: project\nproject_name: 校舍"
        reports = [written(text if slug else "", "education", 2025, slug) for slug in slugs]
        catalogue = assess(disclose(reports, reference(), NOW), reference())
        found = catalogue.assessments[Key("education", 2025, "school")]
        page = report_page(catalogue, found, {}, {})
        return [crumb["url"] for crumb in page.frame.breadcrumbs]

    assert crumbs("", "school")[-1] == "education/2025/"
    assert crumbs("school")[-1] == "education/"


def test_what_the_program_lays_out_is_marked_wherever_it_stands() -> None:
    """Tables that a text places among the original's own ones, and those at the end."""
    text = """
outline: department
scheme: none
funds: {table: four-rows, rows: [{id: total, amounts: {budget: 1, executed: 1}}]}
indicators: [{id: a, name: 甲, target: 1个, actual: 1个}]
facts: [{id: b, name: 乙, value: 1}]
body:
  finances: [{table: 原件的表, columns: [甲], rows: [[乙]]}, {show: funds}]
"""
    catalogue = assess([public(text)], reference())
    found = report_page(catalogue, next(iter(catalogue.assessments.values())), {}, {}).markdown
    captions = re.findall("<caption[^>]*>(.*?)</caption>", found)
    marked = [caption for caption in captions if "ep-computed__mark" in caption]
    assert len(captions) == 4
    assert [caption for caption in captions if caption not in marked] == ["原件的表"]
    assert found.count('ep-computed" role="region"') == 3
    assert 'class="ep-computed__title"' in found
    assert 'class="ep-computed__note"' in found


def test_a_title_of_the_original_is_not_marked() -> None:
    catalogue = assess([public("title: 绩效评价")], reference())
    found = report_page(catalogue, next(iter(catalogue.assessments.values())), {}, {}).markdown
    assert "ep-computed__title" not in found
