"""How readers want to see the site, and what they do with a page: in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from sampling import sample
from visits import RULES, Visit

PLACES = ["", "education/2025/", "education/", "years/2025/", "problems/2024/", "guide/report/"]
MODES = {
    "large": {"ep-size": "3"},
    "contrast": {"ep-contrast": "high"},
    "contrast in the dark": {"ep-contrast": "high", "ep-scheme": "slate"},
    "elder": {"ep-elder": "on"},
    "elder in the dark": {"ep-elder": "on", "ep-scheme": "slate"},
}


def choose(one: Visit, mode: str) -> None:
    """Opens the site as one who has chosen this before."""
    for name, value in MODES[mode].items():
        one.page.add_init_script(f"localStorage.setItem('{name}', '{value}')")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "mode", "width"),
    sample([(p, m, w) for p in PLACES for m in MODES for w in (390, 1440)], 7),
)
def test_every_way_of_seeing_a_page_is_accessible_and_fits(
    visit: Callable[..., Visit], place: str, mode: str, width: int
) -> None:
    one = visit(viewport={"width": width, "height": 900})
    choose(one, mode)
    one.open(place)
    found = Axe().run(one.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_a_reader_chose_holds_on_the_next_page(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.open("")
    root = one.page.locator("html")
    usual = root.evaluate("root => parseFloat(getComputedStyle(root).fontSize)")
    one.page.get_by_role("button", name="长者模式").click()
    one.page.locator(".ep-display summary").focus()
    one.page.keyboard.press("Enter")
    one.page.get_by_role("radio", name="特大").check()
    one.page.get_by_role("checkbox", name="高对比度").check()
    one.page.keyboard.press("Escape")
    expect(one.page.get_by_role("checkbox", name="高对比度")).to_be_hidden()
    one.open("education/2025/")
    for name, value in {"elder": "on", "size": "3", "contrast": "high"}.items():
        expect(root).to_have_attribute(f"data-ep-{name}", value)
    assert root.evaluate("root => parseFloat(getComputedStyle(root).fontSize)") > 1.25 * usual
    expect(one.page.get_by_role("button", name="长者模式")).to_have_attribute(
        "aria-pressed", "true"
    )
    one.page.get_by_role("button", name="长者模式").click()
    one.open("")
    expect(root).to_have_attribute("data-ep-elder", "off")


def test_without_scripts_nothing_is_shown_that_needs_one(visit: Callable[..., Visit]) -> None:
    one = visit(java_script_enabled=False)
    one.open("education/2025/")
    for gone in (".ep-reading", ".ep-cite", "[data-ep-print]"):
        expect(one.page.locator(gone)).to_be_hidden()
    expect(one.page.get_by_role("link", name="在线查看 PDF")).to_be_visible()


def test_a_page_is_cited_with_its_date_and_address(visit: Callable[..., Visit]) -> None:
    one = visit(permissions=["clipboard-read", "clipboard-write"])
    one.open("education/2025/")
    one.page.locator(".ep-cite summary").click()
    cited = one.page.locator("[data-ep-cite]")
    said = " ".join(cited.inner_text().split())
    assert re.fullmatch(
        r"\S+教育局\. 云泽区教育局2025年度部门整体支出绩效自评报告\[R/OL\]\. (\d版\. )?"
        r"(\(\d{4}-\d\d-\d\d\))?\[\d{4}-\d\d-\d\d\]\. http\S+/education/2025/",
        said,
    ), said
    assert abs(int(re.findall(r"\[(\d{4})-", said)[0]) - datetime.now(UTC).year) <= 1
    one.page.get_by_role("button", name="复制引用").click()
    expect(one.page.locator(".ep-cite__status")).to_have_text("已复制。")
    assert one.page.evaluate("navigator.clipboard.readText()") == cited.text_content().strip()
    one.page.get_by_role("button", name="复制本页网址").click()
    copied = "navigator.clipboard.readText()"
    one.page.wait_for_function(f"{copied}.then(text => text.endsWith('/education/2025/'))")


def test_a_page_that_is_no_report_is_cited_as_a_page(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.open("guide/report/")
    one.page.locator(".ep-cite summary").click()
    expect(one.page.locator("[data-ep-cite]")).to_contain_text("[EB/OL].")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_address_can_be_copied_without_the_clipboard_of_today(
    visit: Callable[..., Visit], width: int
) -> None:
    one = visit(viewport={"width": width, "height": 900})
    one.page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    one.open("years/2025/")
    one.page.locator(".ep-cite summary").click()
    one.page.get_by_role("button", name="复制本页网址").click()
    expect(one.page.locator(".ep-cite__status")).to_have_text("已复制。")


def test_the_pdf_opens_in_the_browser_beside_its_download(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.open("education/2025/")
    link = one.page.get_by_role("link", name="在线查看 PDF")
    assert link.get_attribute("download") is None
    answer = one.page.request.get(link.evaluate("link => link.href"))
    assert answer.ok and answer.body().startswith(b"%PDF")


def test_paper_knows_no_larger_type_and_none_of_the_tools(visit: Callable[..., Visit]) -> None:
    usual, elder = visit(), visit()
    choose(elder, "elder")
    sizes = []
    for one in (usual, elder):
        one.open("education/2025/")
        one.page.emulate_media(media="print")
        expect(one.page.locator(".ep-bar")).to_be_hidden()
        size = "article => getComputedStyle(article).fontSize"
        sizes.append(one.page.locator("article").evaluate(size))
    assert sizes[0] == sizes[1]
