"""The reviewer's page: every department, worst first, self-contained, never where it is public."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from evalpress.authoring.review import (
    Overview,
    PublicPlace,
    Standing,
    review,
    review_page,
    save_page,
)
from evalpress.checks import RULES, Context, examine
from evalpress.checks.signing import Examination, Signing
from evalpress.findings import Finding, Level, Place
from evalpress.load import Loaded, build, load, parse
from evalpress.model import ReportFile, Waiver
from samples import NOW, data_folder

RULES_OF_AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
SIGNINGS = {"rate": Signing(), "phone": Signing(exact=True), "odd": Signing()}
EDUCATION = "data/reports/education/2025.yml"
SPORTS = "data/reports/sports/2025.yml"
DEPARTMENTS = """
departments:
  - {id: education, names: 甲县教育局, regions: demo}
  - {id: sports, names: 甲县体育局, regions: demo}
  - {id: parks, names: 甲县园林局, regions: demo}
  - {id: water, names: 甲县水利局, regions: demo}
  - {id: roads, names: 甲县交通局, regions: demo}
  - {id: music, names: 甲县歌舞团, regions: demo, exemptions: [{year: 2025, reason: 机构调整}]}
  - {id: young, names: 甲县数据局, regions: demo, established: 2026-01-01}
"""
REGIONS = "regions: [{id: demo, name: 甲县, provenance: demonstration}]\n"
FILES: dict[str, str | bytes] = {
    "data/departments.yml": DEPARTMENTS,
    "data/regions.yml": REGIONS,
    EDUCATION: "state: published\ntitle: 甲县教育局报告\nnotes: 联系电话 13800001234 <b>\n",
    "data/reports/education/2025/hall.yml": "state: draft\nproject_name: 体育馆\n",
    "data/reports/education/2023.yml": "state: published\n",
    SPORTS: "state：draft\n",
    "data/reports/parks/2025.yml": "state: draft\n",
    "data/reports/water/2025.yml": "state: published\n",
}
PHONE = Finding(
    "phone", Level.ERROR, Place(EDUCATION, 3, 13, "内部备注"), "有手机号 13800001234", "改写",
    place="notes", exact="13800001234",
)  # fmt: skip
RATE = Finding("rate", Level.WARNING, Place(EDUCATION, 1, 1), "执行率不符", "核对", place="funds/a")
HINT = Finding("odd", Level.HINT, Place("data/reports/water/2025.yml", 1), "没有标题", "补上")
SIGNED = (
    Finding("odd", Level.WARNING, Place("data/reports/water/2025.yml", 1), "数量存疑", "核对"),
    Waiver.model_validate({"rule": "odd", "reason": "按台账核实", "office": "绩效科"}),
)
OLD = Finding("rate", Level.ERROR, Place("data/reports/education/2023.yml", 1), "旧错", "改")
SHARED = Finding("shared", Level.WARNING, Place("data/regions.yml", 1, 1), "地区存疑", "核对")


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    return load(data_folder(tmp_path, FILES))


@pytest.fixture
def overview(loaded: Loaded, tmp_path: Path) -> Overview:
    found = [*loaded.findings, PHONE, RATE, HINT, OLD, SHARED]
    return review(loaded, Examination(found, [SIGNED]), tmp_path, SIGNINGS, NOW)


@pytest.fixture
def html(overview: Overview) -> str:
    return review_page(overview)


# --- what is on it ------------------------------------------------------------------------------


def test_every_department_of_the_year_stands_there_worst_first(overview: Overview) -> None:
    assert overview.year == 2025
    assert [(d.department.id, d.standing) for d in overview.regions["甲县"]] == [
        ("sports", Standing.UNREADABLE),
        ("education", Standing.WRONG),
        ("roads", Standing.MISSING),
        ("parks", Standing.DRAFT),
        ("water", Standing.READY),
        ("music", Standing.EXEMPT),
    ]
    counted = {
        d.department.id: [d.count(level) for level in Level] for d in overview.regions["甲县"]
    }
    assert counted["education"] == [1, 1, 0]
    assert counted["water"] == [0, 0, 1]


def test_warnings_weigh_more_than_hints(loaded: Loaded, tmp_path: Path) -> None:
    found = [
        Finding("rate", Level.WARNING, Place("data/reports/parks/2025.yml", 1), "甲", "改"),
        HINT,
    ]
    made = review(loaded, Examination(found, []), tmp_path, SIGNINGS, NOW)
    assert next(d for d in made.regions["甲县"]).standing is Standing.MISSING
    order = [d.department.id for d in made.regions["甲县"]]
    assert order.index("parks") < order.index("water")


DEADLINES = """
regions:
  - id: demo
    name: 甲县
    provenance: demonstration
    deadlines:
      - {year: 2025, due: 2025-12-10, note: 按通知}
      - {year: 2025, due: 2026-06-30, departments: [parks]}
      - {year: 2025, due: 2025-12-20, kinds: [project]}
"""


def test_who_is_late_and_by_how_many_days(tmp_path: Path) -> None:
    files = {
        **FILES,
        "data/regions.yml": DEADLINES,
        EDUCATION: "state: draft\nfirst_published: 2025-12-01\n",
        "data/reports/roads/2025.yml": "state: published\nfirst_published: 2025-12-20 08:00\n",
        "data/reports/water/2025.yml": "state: published\nfirst_published: 2025-12-10 23:00\n",
        "data/reports/water/2025/dam.yml": "state: published\nfirst_published: 2025-12-28\n",
        "data/reports/water/2025/well.yml": "state: published\nfirst_published: 2026-02-01\n",
    }
    loaded = load(data_folder(tmp_path, files))
    made = review(loaded, Examination(loaded.findings, []), tmp_path, SIGNINGS, NOW)
    assert [(d.department.id, d.standing, d.timing) for d in made.regions["甲县"]] == [
        ("sports", Standing.UNREADABLE, "逾期22天未公开"),
        ("education", Standing.DRAFT, "逾期22天未公开"),
        ("parks", Standing.DRAFT, "还剩180天"),
        ("roads", Standing.LATE, "逾期10天公开"),
        ("water", Standing.READY, "按时公开"),
        ("music", Standing.EXEMPT, ""),
    ]
    water = next(d for d in made.regions["甲县"] if d.department.id == "water")
    assert [d.timing for d in water.documents] == ["", "逾期8天公开", "逾期12天未公开"]
    page = unescape(review_page(made))
    assert "应于 2025-12-10 以前公开（按通知）。" in page
    assert '<span class="timing overdue">逾期22天未公开</span>' in page


def test_another_year_can_be_asked_for(loaded: Loaded, tmp_path: Path) -> None:
    made = review(loaded, Examination([OLD], []), tmp_path, SIGNINGS, NOW, year=2023)
    standings = {d.department.id: d.standing for d in made.regions["甲县"]}
    assert standings["education"] is Standing.WRONG
    assert standings["parks"] is Standing.MISSING
    assert "young" not in standings


def test_errors_of_other_years_and_files_are_not_lost(overview: Overview, html: str) -> None:
    assert overview.elsewhere == {2023: 1}
    assert [remark.finding for remark in overview.shared] == [SHARED]
    assert "2023年度 1 处" in html
    assert "地区存疑" in html


def test_a_finding_stands_beside_its_text(overview: Overview) -> None:
    desk = next(d for d in overview.regions["甲县"] if d.department.id == "education")
    remark = desk.documents[0].remarks[0]
    assert remark.finding is PHONE
    assert [line.number for line in remark.excerpt] == [2, 3]
    assert remark.excerpt[1].before == "notes: 联系电话 "
    assert remark.excerpt[1].marked == "138****1234 &lt;b&gt;"


def test_what_can_be_signed_off_offers_its_waiver(overview: Overview) -> None:
    desk = next(d for d in overview.regions["甲县"] if d.department.id == "education")
    offers = [str(remark.offer) for remark in desk.documents[0].remarks]
    filled = offers[0].replace("reason:", "reason: 已脱敏").replace("&#34;", '"')
    source, _ = parse("waiver.yml", f"state: draft\n{filled}".encode())
    content, findings = build(ReportFile, source)
    assert not findings
    assert content
    (waiver,) = content.waivers
    assert (waiver.rule, waiver.place, waiver.exact) == ("phone", "notes", "13800001234")
    assert "exact" not in offers[1]


def test_what_cannot_be_signed_off_offers_none(overview: Overview) -> None:
    offers = {
        remark.finding.rule: remark.offer
        for desk in overview.regions["甲县"]
        for document in desk.documents
        for remark in document.remarks
    }
    assert offers["wide_colon"] is None
    assert offers["odd"] is None, "a hint needs no answer"


def test_signed_findings_stand_apart_with_reason_and_office(html: str) -> None:
    assert "已有核对说明的 1 条" in html
    assert "按台账核实" in html
    assert "绩效科" in html


def test_text_of_the_data_is_text(html: str) -> None:
    assert "<b>\n" not in html
    assert "138****1234 &lt;b&gt;" in html


def test_the_page_says_what_is_missing(html: str) -> None:
    assert "没有本年度的报告文件" in html
    assert "免报：机构调整" in html


# --- hostile and odd sources --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "line", "column", "shown"),
    [
        ("状态：草稿\n".encode("gb18030"), 1, 1, "状态：草稿"),
        ("状态\n".encode("utf-16"), 1, 1, "状态"),
        ("\ufeff甲\r\n乙\r\n".encode(), 2, 1, "乙"),
        ("甲\u202e乙\x07".encode(), 1, 1, "甲�乙�"),
        (b"short", 99, 1, None),
        ("字".encode() * 5000, 1, 2500, "字" * 160 + "…"),
    ],
)
def test_excerpts_of_any_file(
    tmp_path: Path, content: bytes, line: int, column: int, shown: str | None
) -> None:
    name = f"data/reports/education/{2000 + len(content) % 90}.yml"
    loaded = load(data_folder(tmp_path, {**FILES, name: content}))
    finding = Finding("rate", Level.ERROR, Place(name, line, column), "甲", "改")
    year = int(Path(name).stem)
    made = review(loaded, Examination([finding], []), tmp_path, SIGNINGS, NOW, year)
    remarks = [r for d in made.regions["甲县"] for doc in d.documents for r in doc.remarks]
    marked = [str(part.marked) for r in remarks for part in r.excerpt if part.number == line]
    assert marked == ([shown] if shown else [])


def test_no_data_at_all_is_no_mistake(tmp_path: Path) -> None:
    made = review(load(tmp_path), Examination([], []), tmp_path, {}, NOW)
    assert made.regions == {}
    assert "<html" in review_page(made)


def test_the_project_s_own_data_can_be_reviewed(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    loaded = load(root / "data")
    signings = {rule.name: rule.signing for rule in RULES.values()}
    made = review(loaded, examine(Context(loaded, root / "data")), root, signings, NOW)
    due = [d for d in loaded.reference.departments.values() if d.existed_in(made.year)]
    assert sum(len(desks) for desks in made.regions.values()) >= len(due)
    assert review_page(made).count("<h3>") >= len(due)


# --- where it may lie ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["site/审核.html", "docs/a/b.html", "docs/../site/x.html", "site"])
def test_it_never_lies_where_the_public_sees_it(tmp_path: Path, name: str) -> None:
    with pytest.raises(PublicPlace, match="请换一个位置"):
        save_page("<html>", tmp_path / name, [tmp_path / "site", tmp_path / "docs"])
    assert not (tmp_path / "site").exists()


def test_a_link_into_the_site_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "elsewhere").symlink_to(tmp_path / "site")
    with pytest.raises(PublicPlace):
        save_page("<html>", tmp_path / "elsewhere" / "x.html", [tmp_path / "site"])


def test_it_is_written_anywhere_else(tmp_path: Path) -> None:
    save_page("页", tmp_path / "new" / "审核.html", [tmp_path / "site"])
    assert (tmp_path / "new" / "审核.html").read_text(encoding="utf-8") == "页"


def test_it_is_one_file_without_scripts(html: str) -> None:
    assert not re.findall(r"<script|<link|<img|<iframe|@import|url\(|https?:|\bon\w+=", html)
    assert 'name="robots" content="noindex' in html


# --- in a browser -------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [360, 1280])
def test_it_is_usable_by_everyone(browser: Browser, html: str, tmp_path: Path, width: int) -> None:
    save_page(html, tmp_path / "审核.html", [])
    page = browser.new_page(viewport={"width": width, "height": 900}, java_script_enabled=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "审核.html").as_uri())
    found = Axe().run(page, options=RULES_OF_AXE).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
    assert len(asked) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_it_is_worked_by_keyboard_without_scripts(
    browser: Browser, html: str, tmp_path: Path
) -> None:
    save_page(html, tmp_path / "审核.html", [])
    page = browser.new_page(java_script_enabled=False)
    page.goto((tmp_path / "审核.html").as_uri())
    page.keyboard.press("Tab")
    assert page.locator(".skip").is_visible()
    offer = page.locator(".offer").first
    assert not offer.locator("pre").is_visible()
    offer.locator("summary").focus()
    page.keyboard.press("Enter")
    assert offer.locator("pre").is_visible()
    page.close()
