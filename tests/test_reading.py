"""What readers see: tables that cut nothing, lists of two lines, several reports side by side, and
the ways of a citizen and of a deputy, counted in taps."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from test_browser import KINDS
from visits import RULES, Visit

PHONE = {"width": 390, "height": 844}
TABLES = (
    "", "years/", "years/2025/", "departments/", "education/", "education/2025/",
    "education/2025/campus-safety/", "education/2025/compare/", "problems/", "problems/2025/",
    "coverage/", "qiaoxi-cac/2025/",
)  # fmt: skip
# Every cell whose own box cuts its text: what it says, how wide that is, how wide the box is.
CUT = """() => [...document.querySelectorAll(".ep-table :is(th, td)")]
  .filter((cell) => cell.scrollWidth > cell.clientWidth + 1 && cell.offsetParent)
  .map((cell) => [cell.textContent.trim().slice(0, 30), cell.scrollWidth, cell.clientWidth])"""
SCREENS = "document.documentElement.scrollHeight / innerHeight"
SEVERAL = "[data-ep-several]"
SAID = "[data-ep-several-status]"
THREE = "compare/?r=education/2025&r=health/2025&r=agriculture/2025"


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 390, 768])
def test_no_cell_cuts_its_text(visit: Callable[..., Visit], width: int) -> None:
    one = visit(viewport={"width": width, "height": 800})
    for page in TABLES:
        one.open(page)
        assert one.page.evaluate(CUT) == [], page
        assert one.page.evaluate("document.documentElement.scrollWidth") <= width, page


def test_the_columns_that_are_seen_first_fill_the_screen(visit: Callable[..., Visit]) -> None:
    one = visit(viewport=PHONE)
    for page in TABLES:
        one.open(page)
        spare = one.page.evaluate(
            """() => [...document.querySelectorAll(".ep-table--right")].map(
              (frame) => parseInt(frame.style.getPropertyValue("--ep-cut"), 10))"""
        )
        assert all(width < 4 for width in spare), page


def test_a_value_stays_with_its_unit_where_there_is_room(visit: Callable[..., Visit]) -> None:
    one = visit(viewport={"width": 1440, "height": 900})
    one.open("education/2025/")
    lines = one.page.evaluate(
        """() => [...document.querySelectorAll(".ep-table--roomy tbody td:not(.ep-text)")].map(
          (cell) => cell.getClientRects()[0].height && cell.firstChild
            && (({ height }) => height)((() => { const range = document.createRange();
              range.selectNodeContents(cell); return range.getBoundingClientRect(); })()))
          .filter(Boolean)"""
    )
    assert lines and max(lines) < 36, "one line"


def test_scrolling_stops_at_the_edge_of_a_column(visit: Callable[..., Visit]) -> None:
    one = visit(viewport=PHONE)
    one.open("education/2025/")
    frame = one.page.locator("#funds-table")
    expect(frame).to_have_class(
        "ep-table ep-table--roomy ep-table--short ep-computed ep-table--right ep-table--snaps"
    )
    for wanted in (60, 130, 210):
        frame.evaluate("(frame, left) => { frame.scrollLeft = left; }", wanted)
        one.page.wait_for_function(
            """() => {
              const frame = document.querySelector("#funds-table");
              const heads = [...frame.querySelectorAll("thead th")];
              const edge = heads[0].getBoundingClientRect().right;
              const end = frame.scrollWidth - frame.clientWidth - frame.scrollLeft < 2;
              return end || heads.some((head) => head !== heads[0]
                && Math.abs(head.getBoundingClientRect().left - edge) < 2);
            }"""
        )
        head = frame.locator("tbody tr th").first.bounding_box()
        box = frame.bounding_box()
        assert head and box
        assert abs(head["x"] - box["x"]) < 2, "the names of the rows stay"
    expect(frame).to_contain_class("ep-table--left")


def test_a_hundred_departments_take_at_most_eight_screens(visit: Callable[..., Visit]) -> None:
    one = visit(viewport=PHONE)
    one.open("years/2025/")
    height = one.page.evaluate(
        """() => {
          const body = document.querySelector("#reports-yunze tbody");
          const rows = [...body.rows];
          while (body.rows.length < 100) {
            body.append(...rows.map((row) => row.cloneNode(true)).slice(0, 100 - body.rows.length));
          }
          return body.getBoundingClientRect().height;
        }"""
    )
    assert height <= 8 * PHONE["height"]


def test_the_rest_of_a_row_opens_on_a_tap(visit: Callable[..., Visit]) -> None:
    one = visit(viewport=PHONE)
    one.open("years/2025/")
    row = one.page.locator("#reports-yunze tbody tr").filter(has_text="区教育局")
    published = row.locator("td", has_text="2026-08-19")
    expect(row.locator(".ep-slot-grade")).to_be_visible()
    expect(row.locator(".ep-slot-since")).to_contain_text("9.42")
    expect(published).to_be_hidden()
    row.get_by_role("button", name="区教育局：全部数据").click()
    expect(published).to_be_visible()
    plain = visit(viewport=PHONE, java_script_enabled=False)
    plain.open("years/2025/")
    expect(plain.page.locator("#reports-yunze td", has_text="2026-08-19").first).to_be_visible()
    expect(plain.page.locator(".ep-choose").first).to_be_hidden()


def test_a_deputy_compares_three_departments_in_six_clicks(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.open("years/2025/")
    for name in ("区教育局", "区卫健局", "区农业农村局"):
        one.page.get_by_role("checkbox", name=f"选择{name}2025年度").click()
    one.page.get_by_role("link", name="并排对照").click()
    expect(one.page.locator(SAID)).to_contain_text("已对照下面 3 份报告")
    assert 4 <= one.taps <= 6
    assert one.page.url.endswith(THREE)
    heads = one.page.locator("#several-figures thead th")
    expect(heads).to_have_text(["项目", "区教育局", "区卫健局", "区农业农村局"])
    other = visit(viewport=PHONE)
    other.open(THREE)
    row = other.page.locator("#several-figures tbody tr").filter(has_text="达到目标")
    expect(row.locator("td").first).to_contain_text("10 / 17 项")
    tops = [box["y"] for cell in row.locator("td").all() if (box := cell.bounding_box())]
    assert tops == sorted(set(tops)), "one below the other"
    for name in ("figures", "dimensions", "funds", "indicators", "problems", "goals"):
        expect(other.page.locator(f"#several-{name}")).to_be_visible()
    other.page.get_by_role("link", name="移去区卫健局").click()
    expect(other.page.locator(SAID)).to_contain_text("已对照下面 2 份报告")


def test_what_is_chosen_holds_from_list_to_list(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.open("education/")
    one.page.get_by_role("checkbox", name="2025年度").first.check()
    one.open("health/")
    one.page.get_by_role("checkbox", name="2024年度").first.check()
    bar = one.page.get_by_role("region", name="选来对照的报告")
    expect(bar).to_contain_text("已选 2 份：区教育局2025年度、区卫健局2024年度")
    one.page.get_by_role("button", name="清除").click()
    expect(bar).to_be_hidden()
    one.open("years/2025/")
    ticks = one.page.locator("#reports-yunze .ep-choose")
    for at in range(5):
        ticks.nth(at).check()
    expect(ticks.nth(5)).to_be_disabled()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?r=education/2025", "两份到五份"), ("?r=../etc&r=education/2025", "编号不对"),
        ("?r=education/1999&r=education/2025", "没有找到 education/1999"),
    ],
)  # fmt: skip
def test_what_cannot_stand_side_by_side_is_said(
    visit: Callable[..., Visit], query: str, said: str
) -> None:
    one = visit()
    one.open(f"compare/{query}")
    expect(one.page.locator(SAID)).to_contain_text(said)
    expect(one.page.locator(SEVERAL)).to_be_empty()
    one.complaints.clear()


@pytest.mark.parametrize("query", [THREE, "compare/?a=education/2024&b=education/2025"])
def test_compared_values_stay_with_their_units(visit: Callable[..., Visit], query: str) -> None:
    one = visit(viewport={"width": 320, "height": 800})
    one.open(query)
    values = one.page.locator(".ep-several .ep-value, #indicators-table .ep-value")
    values.first.wait_for()
    torn = "all => all.filter((e) => e.getClientRects().length > 1).map((e) => e.textContent)"
    assert values.evaluate_all(torn) == []
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not one.page.evaluate(wide)


def test_years_of_one_department_stand_side_by_side_by_indicator(
    visit: Callable[..., Visit],
) -> None:
    one = visit()
    one.open("compare/?r=education/2023&r=education/2024&r=education/2025")
    heads = one.page.locator("#several-indicators thead th")
    expect(heads).to_have_text(["三级指标", "2023年度", "2024年度", "2025年度"])
    found = Axe().run(one.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def test_a_citizen_reaches_a_pdf_of_an_earlier_year_in_three_taps(
    visit: Callable[..., Visit],
) -> None:
    one = visit(viewport=PHONE)
    one.open("")
    one.page.locator(".ep-find").get_by_role("link", name="区教育局").click()
    one.page.wait_for_url("**/education/")
    one.page.locator("#history tbody tr").filter(has_text="2023年度").get_by_role(
        "link", name="部门整体"
    ).click()
    one.page.wait_for_url("**/education/2023/")
    dock = one.page.get_by_role("navigation", name="本页工具")
    with one.page.expect_download() as download:
        dock.get_by_role("link", name="下载 PDF").click()
    assert download.value.suggested_filename == "云泽区教育局2023年度部门整体支出绩效自评报告.pdf"
    assert one.taps == 3


def test_contents_and_download_stay_within_reach(visit: Callable[..., Visit]) -> None:
    one = visit(viewport=PHONE)
    one.open("education/2025/")
    one.page.locator("#attachments").scroll_into_view_if_needed()
    dock = one.page.get_by_role("navigation", name="本页工具")
    expect(dock).to_be_in_viewport()
    dock.get_by_role("link", name="本页目录").click()
    expect(one.page.locator("#ep-contents")).to_be_in_viewport()


def test_a_department_takes_at_most_six_screens_before_a_reader_acts(
    visit: Callable[..., Visit],
) -> None:
    one = visit(viewport=PHONE)
    one.open("education/")
    assert one.page.evaluate(SCREENS) <= 6
    shown = one.page.locator(".ep-panels__one").first
    expect(shown).to_be_hidden()
    one.page.get_by_text("展开各指标").click()
    expect(shown).to_be_visible()
    plain = visit(viewport=PHONE, java_script_enabled=False)
    plain.open("education/")
    plain.page.get_by_text("展开各指标").click()
    expect(plain.page.locator(".ep-panels__one").first).to_be_visible()


def test_axes_keep_their_labels_on_paper_without_scripts_and_for_the_elderly(
    visit: Callable[..., Visit],
) -> None:
    for options in ({}, {"java_script_enabled": False}):
        one = visit(**options)
        one.page.add_init_script("localStorage.setItem('ep-elder', 'on')")
        one.open("education/")
        label = one.page.locator("#trends ~ .ep-charts .ep-tick").first
        expect(label).to_be_visible()
        one.page.emulate_media(media="print")
        expect(label).to_be_visible()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_long_has_its_contents_at_hand(visit: Callable[..., Visit], kind: str) -> None:
    one = visit(viewport=PHONE)
    one.open(KINDS[kind])
    one.page.wait_for_load_state("networkidle")
    if one.page.evaluate(SCREENS) > 15:
        expect(one.page.get_by_role("link", name="本页目录")).to_be_in_viewport()


def test_home_answers_in_one_screen(visit: Callable[..., Visit]) -> None:
    one = visit(viewport={"width": 1440, "height": 900})
    one.open("")
    for shown in (
        one.page.get_by_text("达到目标").first,
        one.page.get_by_text("预算执行率", exact=True).first,
        one.page.get_by_text("按时 10 份，逾期 1 份，未公开 1 份").first,
        one.page.get_by_text("尚未报告解决的问题").first,
        one.page.locator(".ep-find").first.get_by_role("link", name="区教育局"),
    ):  # fmt: skip
        expect(shown).to_be_in_viewport()
