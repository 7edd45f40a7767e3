"""The search page in a real browser: results, facets, order, addresses; phone, dark, no script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from visits import RULES, Visit

RESULTS = ".ep-result"
STATUS = ".ep-results__status"


def opened(visit: Callable[..., Visit], query: str, **options: Any) -> Visit:
    """The search page with this query in its address, when all has been found."""
    one = visit(**options)
    one.open(f"search/{query}")
    expect(one.page.locator(STATUS)).to_have_text(re.compile(r"^共 \d+ 条结果。$"))
    return one


def count(one: Visit) -> int:
    return int(re.findall(r"\d+", one.page.locator(STATUS).inner_text())[0])


def facet(one: Visit, name: str) -> Locator:
    return one.page.get_by_role("group", name=name, exact=True)


def titles(one: Visit) -> list[str]:
    return one.page.locator(".ep-result__title").all_inner_texts()


def test_results_show_their_sections_with_links_and_marks(visit: Callable[..., Visit]) -> None:
    one = opened(visit, "?q=满意度")
    section = one.page.locator(f"{RESULTS} .ep-result__sections a").first
    expect(section).to_be_visible()
    assert "#" in (section.get_attribute("href") or "")
    expect(one.page.locator(f"{RESULTS} mark").first).to_have_text("满意度")


def test_names_come_before_the_text(visit: Callable[..., Visit]) -> None:
    one = opened(visit, "?q=教育局")
    assert titles(one)[:2] == ["云泽区教育局", "云泽区教育局2025年度部门整体支出绩效自评报告"]


def test_lists_are_found_after_the_reports(visit: Callable[..., Visit]) -> None:
    one = opened(visit, "?q=管护")
    pages = one.page.locator(f"{RESULTS}__title a")
    addresses = [link.evaluate("a => a.pathname") for link in pages.all()]
    lists = [bool(re.match(r"/(problems|years|coverage)/", address)) for address in addresses]
    assert lists == sorted(lists) and lists[0] is False
    assert "问题台账" in opened(visit, "?q=问题台账").page.locator(".ep-results__list").inner_text()


def test_facets_count_and_narrow_and_can_be_undone(visit: Callable[..., Visit]) -> None:
    one = opened(visit, "?q=满意度")
    before = count(one)
    choice = facet(one, "年度").get_by_label("2024年度")
    shown = facet(one, "年度").locator("label", has_text="2024年度").locator(".ep-facet__count")
    expected = int(shown.inner_text())
    choice.check()
    expect(one.page.locator(STATUS)).to_have_text(f"共 {expected} 条结果。")
    assert all("2024年度" in title for title in titles(one))
    assert "year=2024" in one.page.url
    facet(one, "文种").get_by_label("部门整体").check()
    expect(one.page).to_have_url(re.compile("kind="))
    one.page.get_by_role("button", name="清除全部条件").click()
    expect(one.page.locator(STATUS)).to_have_text(f"共 {before} 条结果。")


@pytest.mark.parametrize("name", ["年度", "文种", "等级", "部门类别", "部门"])
def test_every_facet_is_offered_with_counts(visit: Callable[..., Visit], name: str) -> None:
    one = opened(visit, "?q=绩效")
    counts = one.page.locator(
        "fieldset", has=one.page.locator("legend", has_text=re.compile(f"^{name}$"))
    )
    shown = counts.locator(".ep-facet__count").all_inner_texts()
    assert len(shown) > 1
    assert all(1 <= int(number or 0) <= count(one) for number in shown if number)


def test_results_can_be_sorted_by_year_and_by_score(visit: Callable[..., Visit]) -> None:
    one = opened(visit, "?q=绩效自评")
    one.page.get_by_label("排序").select_option(label="年度，新的在前")
    expect(one.page).to_have_url(re.compile("sort=year"))
    years = [int(y) for y in re.findall(r"(\d{4})年度", "".join(titles(one)))]
    assert years == sorted(years, reverse=True)
    one.page.get_by_label("排序").select_option(label="得分率，高的在前")
    expect(one.page).to_have_url(re.compile("sort=score"))
    about = "".join(one.page.locator(".ep-result__about").all_inner_texts())
    scores = [float(s) for s in re.findall(r"得分率 ([\d.]+)%", about)]
    assert len(scores) == 10
    assert scores == sorted(scores, reverse=True)


def test_an_address_gives_the_same_search_and_back_goes_back(visit: Callable[..., Visit]) -> None:
    one = opened(visit, "?q=满意度&year=2024&sort=score")
    shared = titles(one)
    expect(facet(one, "年度").get_by_label("2024年度")).to_be_checked()
    expect(one.page.get_by_label("排序")).to_have_value("score")
    box = one.page.locator("[data-ep-search-page] input[name=q]")
    box.fill("预算执行率")
    box.press("Enter")
    expect(one.page).to_have_url(re.compile("%E9%A2%84%E7%AE%97"))
    expect(one.page.locator(".ep-result mark").first).to_contain_text("预算执行率")
    one.page.go_back()
    expect(box).to_have_value("满意度")
    expect(one.page.locator(f"{RESULTS} mark").first).to_have_text("满意度")
    assert titles(one) == shared


def test_more_results_are_on_further_pages(visit: Callable[..., Visit]) -> None:
    one = opened(visit, "?q=绩效")
    first = titles(one)
    one.page.get_by_role("link", name="下一页").click()
    expect(one.page).to_have_url(re.compile("page=2"))
    expect(one.page.locator(".ep-results__pages")).to_contain_text("第 2 页")
    assert not set(first) & set(titles(one))


def test_nothing_found_says_what_to_do(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.open("search/?q=龘龘教育厅")
    advice = one.page.locator(".ep-results__none")
    expect(advice).to_contain_text("没有找到")
    expect(advice.get_by_role("link", name="云泽区教育局")).to_be_visible()


def test_slash_leads_to_the_page_s_own_box(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.open("search/")
    one.page.keyboard.press("/")
    expect(one.page.locator("[data-ep-search-page] input[name=q]")).to_be_focused()


def test_without_scripts_all_reports_are_listed(visit: Callable[..., Visit]) -> None:
    one = visit(java_script_enabled=False)
    one.open("search/")
    expect(one.page.locator("noscript .ep-all__note, .ep-all__note")).to_be_visible()
    one.page.locator(".ep-all__list li", has_text="云泽区教育局").get_by_text("2024").click()
    one.page.wait_for_url("**/education/2024/")


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_results_are_accessible_and_fit(
    visit: Callable[..., Visit], width: int, scheme: str
) -> None:
    one = opened(
        visit, "?q=满意度&year=2024", viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    expect(one.page.locator(f"{RESULTS} mark").first).to_be_visible()
    found = Axe().run(one.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    one.open("")
    one.page.locator("[data-ep-search] input").fill("满意度调查")
    expect(one.page.locator("[data-ep-search] .ep-hit__text").first).to_be_visible()
    found = Axe().run(one.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
