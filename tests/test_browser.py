"""The finished site in a real browser: for everyone, on a phone, by keyboard, without scripts."""

from __future__ import annotations

from collections.abc import Callable

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
