"""The finished site in a real browser: for everyone, on a phone, by keyboard, without scripts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from markdown.extensions.toc import slugify, unique
from playwright.sync_api import Route, expect

from evalpress import site as sites
from evalpress.model import PublicReport
from sampling import sample
from visits import RULES, Visit

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
    "successor": "culture/",
    "comparison": "culture/2023/compare/",
    "comparison of a project": "agriculture/2023/farmland-irrigation/compare/",
    "any two reports": "compare/?a=education/2021&b=health/2025",
    "several reports": "compare/?r=education/2025&r=health/2025&r=agriculture/2025",
    "documents of a department": "compare/education/",
    "report as its original": "civil-affairs/2021/",
    "problems": "problems/",
    "problems of a year": "problems/2024/",
    "problems of a department": "problems/education/",
    "shared indicators": "indicators/",
    "shared indicator": "indicators/execution-rate/",
    "data": "data/",
    "verify": "verify/",
    "corrections": "corrections/",
    "guide": "guide/report/",
    "settings": "guide/settings/",
    "search": "search/",
    "site map": "sitemap/",
    "missing": "no/such/page/",
}


MODES = [(320, "dark"), (320, "light"), (1280, "light"), (1280, "dark")]
# In this order, one in four has every kind once, and each width and scheme as often as another.
VIEWS = [
    (kind, *MODES[(number + turn) % len(MODES)])
    for number, kind in enumerate(KINDS)
    for turn in range(len(MODES))
]


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "width", "scheme"), sample(VIEWS, 4))
def test_every_kind_of_page_is_accessible_and_fits(
    visit: Callable[..., Visit], kind: str, width: int, scheme: str
) -> None:
    one = visit(viewport={"width": width, "height": 800}, color_scheme=scheme)
    one.open(KINDS[kind])
    found = Axe().run(one.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.slow
@pytest.mark.parametrize("width", sample([320, 700, 1280], 2))
def test_an_official_form_is_accessible_and_fits(visit: Callable[..., Visit], width: int) -> None:
    one = visit(viewport={"width": width, "height": 800})
    one.open("education/2025/teacher-training/")
    expect(one.page.locator(".ep-form")).to_be_visible()
    found = Axe().run(one.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture(scope="module")
def reports(pages_made: sites.Site) -> list[PublicReport]:
    return [page.report for page in pages_made.pages if page.report]


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


def test_a_search_that_does_not_start_says_so_and_leads_to_the_list(
    visit: Callable[..., Visit],
) -> None:
    one = visit()
    one.page.route("**/assets/search.*.js", lambda route: route.abort())
    one.open("years/")
    expect(one.page.get_by_text("搜索没有启动")).to_be_visible()
    one.page.get_by_role("link", name="查看全部报告").click()
    one.page.wait_for_url("**/search/#all")
    one.complaints.clear()


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
    menu = seen.page.locator(".ep-data", has_text="下载数据")
    links = menu.locator("a")
    menu.locator("summary").focus()
    seen.page.keyboard.press("Enter")
    expect(links).to_have_count(5)
    expect(links.first).to_be_visible()
    assert all(seen.page.request.get(link.evaluate("a => a.href")).ok for link in links.all())
    with seen.page.expect_download() as download:
        links.nth(1).click()
    assert download.value.suggested_filename.endswith("绩效自评报告-indicators.csv")
    seen.page.keyboard.press("Escape")
    expect(links.first).to_be_hidden()


# --- two reports side by side -------------------------------------------------------------------

COMPARED = "[data-ep-compared]"
PROJECT_OF, PROJECT = "云泽区农业农村局", "高标准农田灌溉设施改造"
PROJECT_YEARS = [f"agriculture/{year}/farmland-irrigation" for year in (2022, 2023)]
SAID = "[data-ep-compare-status]"


def test_any_two_years_are_put_together_and_the_address_can_be_shared(
    visit: Callable[..., Visit],
) -> None:
    one = visit()
    one.open("compare/")
    departments = one.page.get_by_role("combobox", name="部门")
    reports = one.page.get_by_role("combobox", name="报告")
    for which, year in enumerate(("2021年度", "2025年度")):
        departments.nth(which).select_option(label="云泽区教育局")
        expect(reports.nth(which).locator("option[value='education/2021']")).to_be_attached()
        reports.nth(which).select_option(label=year)
    reports.last.focus()
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Enter")
    expect(one.page.locator(SAID)).to_contain_text("已对照")
    shared = one.page.url
    assert shared.endswith("?a=education/2021&b=education/2025")
    compared = one.page.locator(COMPARED)
    expect(compared).to_contain_text("权重方案不同")
    expect(compared.get_by_role("row", name="得分 96.85 97.48 不可比", exact=True)).to_be_visible()
    expect(compared.get_by_role("row").filter(has_text="执行数（万元）")).to_contain_text(
        "增加7,937.84万元"
    )
    other = visit()
    other.page.goto(shared)
    expect(other.page.locator(COMPARED)).to_contain_text("增加7,937.84万元")
    other.page.emulate_media(media="print")
    expect(other.page.locator("#comparisons")).to_be_hidden()
    expect(other.page.locator("#texts-table")).to_be_visible()


def test_the_comparison_says_what_the_built_one_says(visit: Callable[..., Visit]) -> None:
    one, other = visit(), visit()
    one.open("compare/?a=education/2025&b=education/2024")
    other.open("education/2025/compare/")
    expect(one.page.locator(SAID)).to_contain_text("已对照")
    for name in ("#figures-table", "#dimensions-table"):
        changes = [
            seen.page.locator(f"{name} tbody tr td:last-child").all_inner_texts()
            for seen in (one, other)
        ]
        assert [text for text in changes[0] if text != "—"] == [
            text for text in changes[1] if text not in ("—", "由“良”变为“优”")
        ]
    for name in ("#goals-table", "#texts-table"):
        cells = [seen.page.locator(f"{name} tbody :is(th, td)") for seen in (one, other)]
        texts = [[" ".join(t.split()) for t in found.all_text_contents()] for found in cells]
        assert texts[0] == [t.replace("与上年相同", "与前一份相同") for t in texts[1]]


def test_years_of_a_project_are_compared_and_other_documents_only_counted(
    visit: Callable[..., Visit],
) -> None:
    one = visit()
    one.open("compare/")
    one.page.get_by_role("combobox", name="部门").first.select_option(label=PROJECT_OF)
    offered = one.page.get_by_role("combobox", name="报告").first.locator("option")
    expect(offered.filter(has_text=PROJECT).first).to_be_attached()
    oldest, newest = PROJECT_YEARS
    one.open(f"compare/?a={oldest}&b={newest}")
    expect(one.page.locator(COMPARED)).to_contain_text("绩效指标")
    expect(one.page.locator("#indicators-table")).to_be_visible()
    one.open(f"compare/?a={newest}&b={newest.rpartition('/')[0]}")
    expect(one.page.locator(COMPARED)).to_contain_text("两份报告评价的对象不同")
    expect(one.page.locator("#outcomes-table")).to_be_visible()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?a=education/2025&b=education/2025", "同一份报告"),
        ("?a=../../etc&b=education/2025", "编号不对"),
        ("?a=education/1999&b=education/2025", "没有找到 education/1999"),
    ],
)
def test_what_cannot_be_compared_is_said(
    visit: Callable[..., Visit], query: str, said: str
) -> None:
    one = visit()
    one.open(f"compare/{query}")
    expect(one.page.locator(SAID)).to_contain_text(said)
    one.complaints.clear()


@pytest.mark.parametrize(
    "query", ["?a=education/2024&b=education/2025", "?r=education/2024&r=health/2025"]
)
def test_a_comparison_whose_script_does_not_come_says_so(
    visit: Callable[..., Visit], query: str
) -> None:
    one = visit()
    one.page.route("**/comparing.*.js", lambda route: route.abort())
    one.open(f"compare/{query}")
    status = SAID if "a=" in query else "[data-ep-several-status]"
    expect(one.page.locator(status)).to_contain_text("读取失败")
    one.complaints.clear()


def test_where_there_is_no_report_nothing_can_be_chosen(visit: Callable[..., Visit]) -> None:
    def empty(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer, body=re.sub(r"<tbody.*</tbody>", "", answer.text(), flags=re.S)
        )

    one = visit()
    one.page.route("**/compare/", empty)
    one.open("compare/")
    one.page.wait_for_load_state("networkidle")
    expect(one.page.locator("[data-ep-compare]")).to_be_hidden()


def test_without_scripts_the_built_comparisons_are_listed(visit: Callable[..., Visit]) -> None:
    one = visit(java_script_enabled=False)
    one.open("compare/")
    expect(one.page.locator("[data-ep-compare]")).to_be_hidden()
    one.page.get_by_role("link", name="云泽区教育局", exact=True).first.click()
    row = one.page.get_by_role("row", name="云泽区教育局", exact=False).first
    row.get_by_role("link", name="2024—2025").click()
    expect(one.page.get_by_role("heading", level=1)).to_contain_text("2025年度与2024年度报告对照")


def test_a_report_leads_to_its_comparison(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.open("education/2025/")
    one.page.get_by_role("link", name="与2024年度对照").click()
    expect(one.page.get_by_role("heading", level=1)).to_contain_text("2025年度与2024年度报告对照")


def test_former_addresses_lead_on_without_scripts(visit: Callable[..., Visit]) -> None:
    one = visit(java_script_enabled=False)
    for old, new in {
        "big-data/": "digital/",
        "big-data/2025/": "digital/2025/",
        "education/2023/school-canteens/": "education/2023/canteen-renovation/",
    }.items():
        one.open(old)
        one.page.wait_for_url(f"**/{new}")
    old_file = one.page.request.get(f"{one.address}big-data/2025/big-data-2025.pdf")
    assert old_file.ok and old_file.body().startswith(b"%PDF")


def test_places_by_their_old_numbers_are_found(visit: Callable[..., Visit]) -> None:
    """Markdown once numbered the headings that have no Latin letter: _1, _2 and so on."""
    one = visit()
    one.open("guide/report/")
    headings = one.page.locator("article :is(h1, h2, h3, h4, h5, h6)")
    taken: set[str] = set()
    old = [unique(slugify(text, "-"), taken) for text in headings.all_text_contents()]
    last = max(at for at, name in enumerate(old) if name.startswith("_"))
    assert len(old) > last > 5
    one.open(f"guide/report/#{old[last]}")
    expect(headings.nth(last)).to_be_in_viewport()
    expect(headings.first).not_to_be_in_viewport()


def test_charts_are_drawn_in_the_colours_of_the_scheme(visit: Callable[..., Visit]) -> None:
    colours = set()
    for scheme in ("light", "dark"):
        one = visit(color_scheme=scheme)
        one.open("education/")
        bar = one.page.locator(".ep-chart .ep-value rect").first
        colours.add(bar.evaluate("node => getComputedStyle(node).fill"))
        name = "得分占满分的比例"
        expect(one.page.get_by_role("img", name=name)).to_be_visible()
    assert len(colours) == 2


def test_a_chart_s_data_open_by_keyboard(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.open("education/")
    summary = one.page.locator(".ep-chart summary").first
    summary.focus()
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#chart-share-data").get_by_role("row").nth(1)).to_be_visible()


@pytest.mark.slow
def test_a_missing_page_names_the_pages_above_it(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.open("education/1999/no-such-report/")
    links = one.page.locator("[data-ep-missing] a")
    expect(links).to_have_count(1)
    expect(links).to_have_attribute("href", "/education/")
    links.click()
    expect(one.page).to_have_url(f"{one.address}education/")


@pytest.mark.slow
def test_a_missing_page_with_nothing_above_it_leads_on_all_the_same(
    visit: Callable[..., Visit],
) -> None:
    one = visit()
    one.open("nothing/")
    expect(one.page.locator("[data-ep-missing]")).to_be_hidden()
    one.page.get_by_role("main").or_(one.page.locator("article")).get_by_text("部门列表").click()
    expect(one.page).to_have_url(f"{one.address}departments/")


@pytest.mark.parametrize(
    "query",
    [
        "?a=education/2024&b=education/2025", "?a=education/2021&b=health/2025",
        "?r=education/2024&r=education/2025&r=health/2025",
    ],
)  # fmt: skip
def test_what_scripts_compare_can_be_taken_along_as_it_stands(
    visit: Callable[..., Visit], query: str
) -> None:
    """Every table of figures, and in the file what its cells show."""
    one = visit()
    one.open(f"compare/{query}")
    links = one.page.locator(".ep-take a")
    expect(links.first).to_be_visible()
    figures = one.page.locator(".ep-table[id*=figures]")
    shown = figures.locator("tbody tr").first.locator("th, td").all_inner_texts()
    content = links.first.evaluate("async (link) => (await fetch(link.href)).text()")
    name = links.first.get_attribute("download") or ""
    head, first, *_ = csv.reader(io.StringIO(content.lstrip("\ufeff"), newline=""))
    assert name.endswith(".csv") and head[:2] == ["数据性质和地区", "所属"]
    assert first[0].startswith("演示数据")
    assert first[2:] == ["" if text == "—" else text.replace(",", "") for text in shown]
