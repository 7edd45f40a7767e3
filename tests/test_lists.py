"""Tables to sort and filter in a real browser: by mouse, by keyboard, on a phone, by address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from visits import RULES, Visit

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
    assert not one.page.locator(".ep-finder:visible, .ep-sort:visible").count()


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


def test_the_order_is_still_there_on_the_way_back(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.open(YEAR)
    head(one, "预算执行率").click()
    order = column(one, 1)
    one.page.locator(f"{LIST} tbody td a").first.click()
    one.page.wait_for_url("**/2024/")
    one.page.go_back()
    expect(one.page.locator(f"{LIST} th[aria-sort]")).to_have_text("预算执行率")
    assert column(one, 1) == order


def test_problems_are_chosen_by_what_became_of_them(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.open("problems/2024/")
    shown = one.page.locator("#problems-yunze tbody tr:not([hidden])")
    all_of_them = shown.count()
    one.page.get_by_label("后续情况", exact=True).select_option("整改中")
    expect(one.page.locator(STATUS)).to_contain_text("显示 6 个问题")
    assert shown.count() == 6 < all_of_them
    assert all("整改中" in text for text in shown.all_inner_texts())
    one.page.get_by_label("又一次提出", exact=True).select_option("第2次提出")
    assert all("第2次提出" in text for text in shown.all_inner_texts())
    shown.first.get_by_role("link", name="2024年度部门整体").click()
    one.page.wait_for_url("**/2024/#problem-*")
    assert one.page.locator(":target").count() == 1


def test_a_list_in_use_is_accessible(visit: Callable[..., Visit]) -> None:
    one = visit(viewport={"width": 320, "height": 700}, color_scheme="dark")
    one.open("problems/2024/?problems-yunze.sort=times.desc&problems-yunze.q=区")
    expect(one.page.locator(STATUS)).to_contain_text("次数：从高到低")
    found = Axe().run(one.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 320
