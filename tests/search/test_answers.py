"""Queries that are no name as it stands: read, written or counted otherwise; years and grades as
filters; reports that are not there. In a real browser, on a small site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from evalpress.assess import Catalogue, assess
from evalpress.disclose.public import publish
from samples import NOW, written
from search import mini
from search.test_engine import ADVICE, BOX, FAULTS, HITS, PANEL, serving, typed

STATUS = ".ep-results__status"
CHIPS = ".ep-results .ep-results__chips"
TITLES = ".ep-result__title"
ROW = """<h2 id="table">绩效指标</h2><table><thead><tr><th data-holds="name">指标</th>
<th data-holds="target">目标值</th><th data-holds="actual">完成值</th></tr></thead>
<tbody><tr id="indicator-parents"><th>家长满意度</th><td>≥90%</td><td>95.2%</td></tr></tbody>
</table>"""
PAGES = {
    "education/2025/": mini.page(ROW),
    "education/2024/": mini.page("<p>学生满意度调查</p>"),
    "education/2023/": mini.page("<p>办学</p>"),
    "education/": mini.page("<p>部门</p>", "云汀县教育局", "部门主页"),
    "finance/2024/": mini.page("<p>服务满意度</p>"),
    "finance/": mini.page("<p>部门</p>", "云汀县财政局", "部门主页"),
}
REPORTS = (
    ("education", 2025, "优"), ("education", 2024, "优秀"), ("education", 2023, "良"),
    ("finance", 2024, "良"),
)  # fmt: skip


@cache
def catalogue() -> Catalogue:
    reference = mini.with_deadline(2026)
    reports = [
        written(f"scores: {{total: 91, grade: {grade}}}", department, year)
        for department, year, grade in REPORTS
    ]
    return assess([publish(report, reference, NOW) for report in reports], reference)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site: Path = tmp_path_factory.mktemp("answers") / "site"
    mini.write(site, PAGES, catalogue())
    with serving(site) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    one = context.new_page()
    one.on("pageerror", lambda error: pytest.fail(str(error)))
    yield one
    context.close()


def asked(page: Page, home: str, query: str) -> Page:
    """The search page's answer, when it is complete."""
    page.goto(f"{home}search/?q={query}")
    expect(page.locator(STATUS)).not_to_have_text(re.compile("^$|正在"))
    return page


def titles(page: Page) -> list[str]:
    return page.locator(TITLES).all_inner_texts()


def chips(page: Page) -> list[str]:
    return page.locator(f"{CHIPS} button").all_inner_texts()


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "jiaoyuju", "JiaoYuJu", "jyj", "xjyj", "jiaoyj", "教yu局", "教遇局", "教局", "县教育句",
        "教育居局", "縣教育局", "雲汀縣教育局", "教玉局", "云汀县教育",
    ],
)  # fmt: skip
def test_a_department_is_found_by_reading_and_nearly_by_name(
    page: Page, home: str, query: str
) -> None:
    assert titles(asked(page, home, query))[0] == "云汀县教育局"
    typed(page, home, query)
    expect(page.locator(HITS).first).to_have_attribute("href", f"{home}education/")


@pytest.mark.parametrize(
    "query", ["jyj2024", "jyj 2024", "2024jiaoyuju", "教遇局 2024", "縣教育局2024年"]
)
def test_a_year_goes_with_any_of_these(page: Page, home: str, query: str) -> None:
    assert titles(asked(page, home, query)) == ["云汀县教育局2024年度部门整体支出绩效自评报告"]
    assert chips(page) == ["2024年度 ×"]


@pytest.mark.parametrize("query", ["教", "j"])
def test_one_sign_finds_what_begins_with_it(page: Page, home: str, query: str) -> None:
    assert titles(asked(page, home, query))[0] == "云汀县教育局"


def test_a_word_of_the_text_is_not_taken_for_a_name(page: Page, home: str) -> None:
    assert titles(asked(page, home, "办学")) == ["云汀县教育局2023年度部门整体支出绩效自评报告"]


def test_traditional_characters_find_the_text_and_are_told(page: Page, home: str) -> None:
    one = asked(page, home, "滿意度")
    expect(one.locator(STATUS)).to_have_text("共 3 条结果。已按“满意度”查找。")
    expect(one.locator(".ep-result mark").first).to_have_text("满意度")


def test_nothing_like_it_is_nothing(page: Page, home: str) -> None:
    for query in ("龘靐齉", "zzzz", "xyzxyz 2024"):
        asked(page, home, query)
        expect(page.locator(".ep-results__none")).to_contain_text("没有找到")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_table_of_signs_is_told(page: Page, home: str, fault: str) -> None:
    page.route("**/search/signs.bin", FAULTS[fault])
    typed(page, home, "jyj")
    expect(page.locator(ADVICE)).to_contain_text("搜索没有成功")
    page.goto(f"{home}search/?q=jyj")
    expect(page.locator(".ep-results__trouble")).to_contain_text("搜索没有成功")
    page.goto(f"{home}search/?q=满意度调查")
    expect(page.locator(TITLES)).to_have_count(1)


# --- years and grades -----------------------------------------------------------------------------


def test_a_year_is_a_filter_that_can_be_taken_away(page: Page, home: str) -> None:
    one = asked(page, home, "满意度 2025")
    assert titles(one) == ["云汀县教育局2025年度部门整体支出绩效自评报告"]
    expect(one.get_by_role("group", name="年度").get_by_label("2025年度")).to_be_checked()
    one.get_by_role("button", name="去掉条件：2025年度").click()
    expect(one.locator(STATUS)).to_have_text("共 3 条结果。")
    expect(one.locator("[data-ep-search-page] [name=q]")).to_have_value("满意度")
    assert "2025" not in one.url
    one.go_back()
    expect(one.locator(STATUS)).to_have_text("共 1 条结果。")


@pytest.mark.parametrize("query", ["2024 良", "良 2024年度", "2024良"])
def test_a_grade_is_a_filter(page: Page, home: str, query: str) -> None:
    assert titles(asked(page, home, query)) == ["云汀县财政局2024年度部门整体支出绩效自评报告"]
    assert chips(page)[:2] == ["2024年度 ×", "良 ×"]


def test_grades_of_one_meaning_are_one(page: Page, home: str) -> None:
    one = asked(page, home, "教育局 优秀")
    assert [title[6:10] for title in titles(one)] == ["2025", "2024"]
    assert chips(one) == ["优 ×"]
    grades = one.get_by_role("group", name="等级").locator("label")
    assert grades.all_inner_texts() == ["优2", "良1"]
    assert "优秀" in one.locator(".ep-result__about").nth(1).inner_text()


def test_all_conditions_go_at_once(page: Page, home: str) -> None:
    one = asked(page, home, "教育局 优")
    years = one.get_by_role("group", name="年度")
    years.locator("label", has_text="2024年度").click()
    expect(one.locator(STATUS)).to_have_text("共 1 条结果。")
    one.get_by_role("button", name="清除全部条件").click()
    expect(one.locator(STATUS)).to_have_text("共 4 条结果。")
    expect(one.locator("[data-ep-search-page] [name=q]")).to_have_value("教育局")


def test_the_box_filters_and_its_filters_go(page: Page, home: str) -> None:
    typed(page, home, "满意度 2025")
    expect(page.locator(HITS)).to_have_count(1)
    page.locator(PANEL).get_by_role("button", name="去掉条件：2025年度").click()
    expect(page.locator(HITS)).to_have_count(3)
    expect(page.locator(BOX)).to_have_value("满意度")
    expect(page.locator(BOX)).to_be_focused()


def test_a_year_without_a_report_is_told(page: Page, home: str) -> None:
    asked(page, home, "满意度 2031")
    said = "2031年度没有公开的报告。本站有2023至2025年度的报告。"
    expect(page.locator(STATUS)).to_contain_text(said)
    typed(page, home, "教育局 2031")
    expect(page.locator(ADVICE)).to_contain_text(said)


@pytest.mark.parametrize("query", ["支出2024万元", "2024年3月", "2024.5", "12024", "2024亿元"])
def test_what_is_no_year_is_no_filter(page: Page, home: str, query: str) -> None:
    page.goto(f"{home}search/?q={query}")
    expect(page.locator(".ep-results__none")).to_be_visible()
    assert not chips(page)


# --- what is not there ----------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["教育局 2026", "jyj2026", "教遇局 2026"])
def test_a_report_that_is_not_public_is_told_with_its_deadline(
    page: Page, home: str, query: str
) -> None:
    one = asked(page, home, query)
    assert titles(one) == ["云汀县教育局2026年度未公开"]
    expect(one.locator(".ep-result__about")).to_have_text("公开情况 · 公开期限 2027-09-15")
    expect(one.locator(f"{TITLES} a")).to_have_attribute("href", f"{home}education/#reports")
    typed(page, home, query)
    expect(page.locator(HITS).first).to_contain_text("2026年度未公开")


def test_a_department_s_name_tells_what_is_due(page: Page, home: str) -> None:
    about = asked(page, home, "教育局").locator(".ep-result__about").first
    expect(about).to_contain_text("2026年度未公开，公开期限 2027-09-15")


# --- passages -------------------------------------------------------------------------------------


def test_an_indicator_shows_its_target_and_actual_value(page: Page, home: str) -> None:
    one = asked(page, home, "家长满意度")
    row: Any = one.locator(".ep-result__sections li").first
    expect(row).to_have_text("绩效指标 家长满意度（目标 ≥90%，实际 95.2%）")
    expect(row.locator("mark")).to_have_text("家长满意度")
    expect(row.locator("a")).to_have_attribute("href", f"{home}education/2025/#indicator-parents")
    asked(page, home, "95.2")
    expect(row).to_have_text("绩效指标 家长满意度：95.2%（目标 ≥90%，实际 95.2%）")
