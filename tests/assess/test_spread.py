"""assess.spread and the year's page: bands, schemes kept apart, what is not stated left out."""

from __future__ import annotations

import html
import re
from decimal import Decimal as D

import pytest
from playwright.sync_api import Browser

from evalpress.assess import Catalogue, assess
from evalpress.assess.spread import Quantified, bands, by_scheme, grades, quantified
from evalpress.disclose.public import disclose
from evalpress.pages.script_words import script_words
from evalpress.pages.years import year_page
from projects import ROOT
from samples import NOW, reference, written

SCORED = "scores: {total: %s, grade: %s}\nfunds: {rows: [{id: total, rate: 90}]}"
OTHER = "scheme: none\nscores: {total: %s, full_marks: %s, grade: %s}"
TABLES = ROOT / "hooks/evalpress/templates/theme/assets/tables.js"
HTML = "text/html; charset=utf-8"
NAMES = ("education", "finance", "cyber", "school", "media")


def catalogue(*texts: str) -> Catalogue:
    """One report of 2025 for each text, of the county's departments in turn."""
    reports = [written(text, name) for name, text in zip(NAMES, texts, strict=False)]
    return assess(disclose(reports, reference(), NOW), reference(), NOW)


def page(*texts: str) -> str:
    return html.unescape(year_page(catalogue(*texts), 2025).markdown)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("100 95 94.99 88", {(98, 100): 1, (96, 98): 0, (94, 96): 2, (92, 94): 0, (90, 92): 0,
                             (88, 90): 1}),
        ("97.5", {(97, 98): 1}),
        ("0 100", {(80, 100): 1, (60, 80): 0, (40, 60): 0, (20, 40): 0, (0, 20): 1}),
        ("90 100", {(98, 100): 1, (96, 98): 0, (94, 96): 0, (92, 94): 0, (90, 92): 1}),
        ("100", {(100, 101): 1}),
        ("", {}),
    ],
)  # fmt: skip
def test_bands_are_equal_and_begin_with_their_floor(
    values: str, expected: dict[tuple[int, int], int]
) -> None:
    found = bands([D(value) for value in values.split()])
    assert {(b.floor, b.ceiling): b.count for b in found} == expected
    assert sum(b.count for b in found) == len(values.split())


def test_bands_stay_few_however_far_values_spread() -> None:
    found = bands([D(-3), D(12), D(100000)])
    assert len(found) <= 9 and len({b.ceiling - b.floor for b in found}) == 1
    assert sum(b.count for b in found) == 3


def test_schemes_and_full_marks_are_kept_apart() -> None:
    whole = catalogue(
        SCORED % (90, "优"),
        SCORED % (80, "良"),
        OTHER % (90, 100, "优"),
        OTHER % (110, 120, "优"),
        "",
    )
    groups = [[a.key.department for a in group] for group in by_scheme(whole.assessments.values())]
    assert groups == [["education", "finance"], ["cyber"], ["school"]]


def test_every_grade_of_the_scale_is_counted_the_best_first() -> None:
    whole = catalogue(SCORED % (70, "中"), SCORED % (95, "优秀"), SCORED % (91, "优"))
    found = grades(whole.assessments.values(), reference())
    counted = [(grade.word, count) for grade, count in found]
    assert counted == [("优", 2), ("良", 0), ("中", 1), ("差", 0)]
    assert grades(catalogue("version: 1").assessments.values(), reference()) == []


def test_share_of_quantified_indicators() -> None:
    text = (
        "indicators:\n"
        "  - {id: a, name: 一, target: ≥5个}\n"
        "  - {id: b, name: 二, target: 显著提升}\n"
        "  - {id: c, level2: 三, not_applicable: 不涉及}\n"
        "  - {id: d, name: 四, target: ≥9个}\n"
        "projects: [{id: p, name: 甲, indicators: [{id: e, name: 五, target: ≥1次}]}]\n"
        "withheld: [{place: indicators/d/target, reason: 涉密}]"
    )
    found = quantified(next(iter(catalogue(text).assessments.values())).report)
    assert found == Quantified(2, 3)
    assert found.quantified_percent == D("66.67")
    assert Quantified().quantified_percent is None


# --- the page -----------------------------------------------------------------------------------


def test_one_scheme_needs_no_word_of_its_own() -> None:
    text = page(*(SCORED % (score, "优") for score in (91, 92, 93, 94, 95)))
    assert "得分分布" in text
    assert "（满分100分）" in text
    assert "data-within" not in text
    assert text.count('class="ep-chart"') == 3


def test_different_schemes_are_never_ranked_together_without_a_word() -> None:
    text = page(
        SCORED % (91, "优"), SCORED % (92, "优"), SCORED % (93, "优"), OTHER % (110, 120, "优")
    )
    assert 'data-key="self_score" data-within="scheme"' in text
    assert 'data-key="grade" data-within="scheme"' in text
    assert 'data-key="rate"' in text
    assert 'data-key="rate" data-within' not in text
    assert "权重方案不同，得分和等级不能放在一起排名" in text
    assert re.search(r'>权重方案</label><select [^>]*data-facet="scheme"', text)
    assert text.count('data-label="权重方案">未载明方案（满分120分）<') == 1
    titles = re.findall(r"<figcaption[^>]*>(得分分布[^<]*)", text)
    assert len(set(titles)) == 2


def test_reports_of_another_provenance_have_a_table_of_their_own() -> None:
    scored = SCORED % (91, "优")
    text = page(*[scored] * 4, f"provenance: adapted\n{SCORED % (60, '中')}")
    assert "2025年度各部门报告（改编自公开报告，不与其他报告一起比较）" in text
    own, other = text.split('id="reports-yunting-adapted"')
    assert "融媒体中心" not in own.split('id="reports-yunting"')[1]
    assert "融媒体中心" in other
    assert "4份有等级" in text


def test_a_score_is_sorted_by_its_share_of_full_marks() -> None:
    text = page(OTHER % (110, 120, "优"), SCORED % (90, "优"), SCORED % (80, "良"))
    assert re.search(r'data-sort="91.67"[^>]*>110<', text)


def test_few_reports_make_no_distribution_and_absence_shows() -> None:
    text = page(SCORED % (91, "优"), "version: 1")
    assert "分布" not in text
    assert "未公开" in text


# --- in the browser -----------------------------------------------------------------------------

ADDRESS = "http://site.invalid/years/2025/"


def test_the_browser_sorts_scores_scheme_by_scheme(browser: Browser) -> None:
    markdown = page(
        SCORED % (91, "优"), OTHER % (119, 120, "优"), SCORED % (93, "优"), OTHER % (110, 120, "优")
    )
    end = markdown.index("</table>", markdown.index('id="reports-yunting"'))
    start = markdown.rindex("<form", 0, end)
    opened = browser.new_page()
    opened.route(
        "**",
        lambda route: route.fulfill(body=markdown[start:end] + "</table></div>", content_type=HTML),
    )
    opened.goto(ADDRESS)
    opened.add_script_tag(content=script_words())
    opened.add_script_tag(path=TABLES)
    opened.get_by_role("button", name="得分", exact=True).click()
    status = opened.get_by_role("status")
    assert "不能放在一起排名" in status.inner_text()
    heads = opened.locator("tbody th").all_inner_texts()
    of_none = ["未载明方案（满分120分）", "县财政局", "农职校"]
    assert heads[:6] == [*of_none, reference().schemes["plain"].name, "县网安办", "县教育局"]
    opened.get_by_role("button", name="预算执行率").click()
    assert "不能放在一起排名" not in status.inner_text()
    assert not opened.locator("tr.ep-group").count()
    opened.close()
