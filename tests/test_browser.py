"""The finished site in a real browser: for everyone, on a phone, by keyboard, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Finished
from playwright.sync_api import expect
from visits import HEADER_BOX, RULES, Visit

from evalpress import site as sites
from evalpress.model import PublicReport
from evalpress.settings import Settings

KINDS = {
    "home": "",
    "adapted report": "qiaoxi-cac/2025/",
    "report": "education/2025/",
    "project": "education/2025/campus-safety/",
    "department": "education/",
    "year": "years/2025/",
    "departments": "departments/",
    "years": "years/",
    "coverage": "coverage/",
    "problems": "problems/",
    "problems of a year": "problems/2024/",
    "problems of a department": "problems/education/",
    "guide": "guide/report/",
    "search": "search/",
    "missing": "no/such/page/",
}


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_accessible_and_fits(
    visit: Callable[..., Visit], kind: str, width: int, scheme: str
) -> None:
    one = visit(viewport={"width": width, "height": 800}, color_scheme=scheme)
    one.open(KINDS[kind])
    found = Axe().run(one.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_the_search_is_loaded_before_it_is_used(
    visit: Callable[..., Visit], kind: str
) -> None:
    one = visit()
    one.open(KINDS[kind])
    one.page.wait_for_load_state("networkidle")
    loaded = ("/pagefind/", "search/names.json", "search/pages.json")
    assert not [url for url in one.asked if any(part in url for part in loaded)]
    with one.page.expect_response("**/search/names.json"):
        one.page.locator(HEADER_BOX).focus()


@pytest.fixture(scope="module")
def reports(finished: Finished) -> list[PublicReport]:
    folder = finished.project.folder
    made = sites.make(Settings(), folder, folder / "docs")
    return [page.report for page in made.pages if page.report]


# --- other ways of reading ----------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["home", "report", "missing"])
def test_without_scripts_all_reports_can_be_reached(
    visit: Callable[..., Visit], reports: list[PublicReport], kind: str
) -> None:
    one = visit(java_script_enabled=False)
    one.open(KINDS[kind])
    one.page.get_by_role("link", name="查看全部报告").click()
    one.page.wait_for_url("**/search/")
    shown = one.page.locator("article a").evaluate_all("links => links.map(link => link.href)")
    overall = {one.address + r.key.address for r in reports if not r.key.slug}
    assert overall <= set(shown)


def test_the_pdf_is_downloaded_under_the_report_s_title(
    visit: Callable[..., Visit], reports: list[PublicReport]
) -> None:
    title = next(r.title for r in reports if r.key.address == KINDS["report"])
    one = visit(accept_downloads=True)
    one.open(KINDS["report"])
    with one.page.expect_download() as waiting:
        one.page.get_by_role("link", name="下载 PDF").first.click()
    assert waiting.value.suggested_filename == f"{title}.pdf"


def test_the_chosen_scheme_is_kept(visit: Callable[..., Visit]) -> None:
    one = visit(color_scheme="light")
    one.open("")
    one.page.get_by_role("button", name="深色显示").click()
    one.open("years/")
    root = one.page.locator("html")
    expect(root).to_have_attribute("data-md-color-scheme", "slate")


def test_data_can_be_downloaded_from_a_menu_that_closes(visit: Callable[..., Visit]) -> None:
    seen = visit()
    seen.open("education/2025/")
    menu = seen.page.locator(".ep-data")
    links = menu.locator("a")
    menu.locator("summary").focus()
    seen.page.keyboard.press("Enter")
    expect(links).to_have_count(4)
    expect(links.first).to_be_visible()
    assert all(seen.page.request.get(link.evaluate("a => a.href")).ok for link in links.all())
    with seen.page.expect_download() as download:
        links.nth(1).click()
    assert download.value.suggested_filename.endswith("绩效自评报告-indicators.csv")
    seen.page.keyboard.press("Escape")
    expect(links.first).to_be_hidden()


# --- tables to sort and to filter ---------------------------------------------------------------

YEAR = "years/2024/"
LIST = "#reports-yunze"
STATUS = ".ep-finder__status"


def column(one: Visit, number: int) -> list[str]:
    """The visible cells of a column, as they stand."""
    cells = one.page.locator(f"{LIST} tbody tr:not([hidden]) > :nth-child({number})")
    return [text.strip() for text in cells.all_inner_texts()]


def rates(one: Visit) -> list[float]:
    heads = one.page.locator(f"{LIST} thead th").all_inner_texts()
    found = column(one, [head.strip() for head in heads].index("预算执行率") + 1)
    return [float(text.rstrip("%")) for text in found if text != "—"]


def head(one: Visit, name: str) -> Any:
    return one.page.locator(f"{LIST} thead").get_by_role("button", name=name)


def test_a_year_is_sorted_by_rate_and_says_so(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.open(YEAR)
    before = rates(one)
    head(one, "预算执行率").click()
    assert rates(one) == sorted(before, reverse=True) != before
    assert column(one, 1)[-1] == "区住建局", "what has no value comes last"
    heading = one.page.locator(f"{LIST} th[aria-sort]")
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(one.page.locator(STATUS).first).to_contain_text("预算执行率：从高到低")
    head(one, "预算执行率").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert rates(one) == sorted(before)
    assert column(one, 1)[-1] == "区住建局"


def test_a_year_is_sorted_and_filtered_by_keyboard(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.open(YEAR)
    box = one.page.get_by_label("查找", exact=True).first
    box.focus()
    one.page.keyboard.type("教育")
    expect(one.page.locator(STATUS).first).to_contain_text("显示 1 个部门（共 12 个部门）")
    assert column(one, 1) == ["区教育局"]
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Tab")
    expect(one.page.get_by_role("button", name="恢复全部")).to_be_focused()
    one.page.keyboard.press("Enter")
    assert len(column(one, 1)) == 12
    expect(box).to_be_focused()
    head(one, "得分").focus()
    one.page.keyboard.press("Enter")
    expect(one.page.locator(f"{LIST} th[aria-sort]")).to_have_text("得分")


def test_a_choice_of_rows_can_be_passed_on(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.open(YEAR)
    one.page.get_by_label("公开情况", exact=True).first.select_option("逾期公开")
    one.page.get_by_label("排序", exact=True).first.select_option("rate.asc")
    late = column(one, 1)
    assert late == ["区农业农村局"]
    other = visit()
    other.page.goto(one.page.url)
    assert column(other, 1) == late
    expect(other.page.get_by_label("公开情况", exact=True).first).to_have_value("逾期公开")
    other.page.get_by_role("button", name="恢复全部").click()
    assert other.page.url.endswith(YEAR)


def test_without_scripts_a_year_is_complete(visit: Callable[..., Visit]) -> None:
    one = visit(java_script_enabled=False)
    one.open(YEAR)
    assert len(column(one, 1)) == 12
    assert not one.page.locator(".ep-finder, .ep-sort").count()


def test_rows_as_cards_can_be_sorted_on_a_phone(visit: Callable[..., Visit]) -> None:
    one = visit(viewport={"width": 320, "height": 700})
    one.open(YEAR)
    expect(head(one, "预算执行率")).to_have_count(0)
    one.page.get_by_label("排序", exact=True).first.select_option("rate.desc")
    assert rates_on_cards(one) == sorted(rates_on_cards(one), reverse=True)


def rates_on_cards(one: Visit) -> list[float]:
    cells = one.page.locator(f"{LIST} tbody tr:not([hidden]) td[data-label=预算执行率]")
    found = (text.strip() for text in cells.all_inner_texts())
    return [float(text.rstrip("%")) for text in found if text not in ("—", "")]
