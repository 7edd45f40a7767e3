"""evalpress.pages.home: this year against the last, open problems, departments; rankings."""

from __future__ import annotations

import re
from html import unescape

from evalpress.assess import Catalogue, assess
from evalpress.assess.register import register
from evalpress.disclose.public import disclose
from evalpress.pages.home import home_page
from samples import NOW, reference, written

NAMES = ("education", "finance", "school")
YEARS = (2024, 2025)
REPORT = """
scheme: none
scores: {{total: {score}, full_marks: 100, grade: 优}}
funds: {{table: four-rows, rows: [{{id: total, amounts: {{budget: 100, executed: {spent}}}}}]}}
indicators:
  - {{id: a, name: 培训人数, target: ≥300人, actual: {people}人}}
  - {{id: b, name: 机制, target: 健全, actual: 健全, full_marks: 5, score: 5}}
problems: [{{id: slow, text: 支付偏慢, due: {year}年6月底前}}]
"""


def catalogue() -> Catalogue:
    reports = [
        written(
            REPORT.format(score=90 + at, spent=year - 1930, people=200 + 50 * at, year=year),
            name, year,
        )
        for at, name in enumerate(NAMES)
        for year in YEARS
    ]  # fmt: skip
    return assess(disclose(reports, reference(), NOW), reference(), NOW)


def page(rankings: bool = False) -> str:
    found = catalogue()
    return unescape(home_page(found, "", register(found), rankings).markdown)


def test_this_year_stands_beside_the_last() -> None:
    shown = page()
    assert re.search(r"达到目标</span><span[^>]*>1 / 6", shown)
    assert "未达到 2 项，未作判断 3 项；上年 1 / 6" in shown
    assert re.search(r"预算执行率</span><span[^>]*>95.00", shown)
    assert "上年 94.00%" in shown
    assert "▲" in shown
    assert " 1.00个百分点" in shown


def test_problems_that_no_report_calls_solved_are_counted_with_those_overdue() -> None:
    shown = page()
    assert re.search(r"尚未报告解决的问题</span><span[^>]*>3<", shown), "each once"
    assert "其中期限已过 3 个" in shown


def test_every_department_is_listed_with_grade_rate_and_targets() -> None:
    listed = page().split('class="ep-find"')[1].split("</ul>")[0]
    first = re.search(r"<li>.*?education.*?</li>", listed)
    assert first
    assert all(said in first[0] for said in ("优", "95.00%", "0/2", 'value="education/2025"'))


def test_nothing_is_ranked_unless_a_setting_says_so() -> None:
    assert "得分排列" not in page()
    ranked = page(rankings=True).split("得分排列")[1].split("</table>")[0]
    places = [ranked.index(f"{name}/2025/") for name in reversed(NAMES)]
    assert places == sorted(places)
