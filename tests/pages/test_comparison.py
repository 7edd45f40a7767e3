"""evalpress.pages: a department over the years, and two of its reports side by side."""

from __future__ import annotations

import html
import re

import pytest

from evalpress.assess import Catalogue, assess
from evalpress.disclose.public import disclose
from evalpress.pages.comparison import texts_of
from evalpress.pages.departments import department_page
from evalpress.pages.frame import Page
from evalpress.pages.plan import plan
from histories import MERGED, NEW, OLD, TWICE, catalogue, years_of
from samples import NOW, written

BEFORE = f"""
scores: {{total: 90.5, items: [{{name: 产出指标, score: 40}}]}}
funds: {{rows: [{{id: total, amounts: {{budget: 100, executed: 90}}}}]}}
goals: {{overall: {{target: 建成一所学校。}}}}
problems: [{{id: slow, text: 支付偏慢。, measure: 按月支付。}}]
body: {{overview: [同样的一段话。, 去年的一段话。]}}
{OLD}"""
AFTER = f"""
scores: {{total: 92, items: [{{name: 产出, score: 41.5}}]}}
funds: {{rows: [{{id: total, amounts: {{budget: 100, executed: 95.5}}}}]}}
goals: {{overall: {{target: 建成两所学校。}}}}
problems: [{{id: slow, text: 支付仍然偏慢。}}, {{id: few, text: 场地不足。}}]
followups: [{{year: 2024, problem: slow, status: underway, text: 已按季支付。}}]
body: {{overview: [同样的一段话。, 今年的一段话。]}}
{NEW}"""


def shown(page: Page) -> str:
    """What a reader sees of a page, without marks and white space."""
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]+>", " ", page.markdown)))


def comparison_pages(whole: Catalogue) -> list[Page]:
    """The planned pages of two neighbours each, written from what they may see."""
    planned = [one for one in plan(whole) if one.name.endswith("/compare/")]
    return [page for one in planned for page in one.make(one.view(whole))]


def compared(before: str = BEFORE, now: str = AFTER) -> str:
    (page,) = comparison_pages(catalogue(education_2024=before, education_2025=now))
    assert page.address == "education/2025/compare/"
    return shown(page)


@pytest.mark.parametrize(
    "said",
    [
        "得分90.592增加1.5分",
        "得分占满分的比例90.50%92.00%提高1.50个百分点",
        "预算执行率90.00%95.50%提高5.50个百分点",
        "执行数（单位：万元）9095.5增加5.5万元",
        "产出指标50405041.5增加1.5分",
        "要求降低由“未达到”变为“达到”",
        "场次目标5场未作判断本年未列不再列出",
        "人数本年未列目标9人未作判断新增",
        "支付偏慢。按月支付。整改中本年再次列出已按季支付。",
        "支付仍然偏慢。—2024年度已列",
        "场地不足。—新列",
        "总体目标：预期目标建成一所学校。建成两所学校。",
        "同样的一段话。去年的一段话。同样的一段话。与上年相同今年的一段话。",
    ],
)
def test_what_changed_is_said_in_words(said: str) -> None:
    assert said in compared()


def test_other_schemes_are_named_and_their_scores_not_subtracted() -> None:
    text = compared(f"scheme: none\n{BEFORE.replace('产出指标', '任意')}")
    assert "权重方案不同（未载明方案；" in text and "得分90.592不可比" in text
    assert "提高5.50个百分点" in text, "rates do not hang on the scheme"


def test_what_is_withheld_stays_withheld() -> None:
    places = ("funds/total/executed", "scores/total", "indicators/a/actual")
    listed = "".join(f"  - {{place: {place}, reason: 依法}}\n" for place in places)
    text = compared(f"{BEFORE}\nwithheld:\n{listed}")
    assert "执行数（单位：万元）不公开95.5—" in text and "得分不公开92—" in text
    assert "实际不公开不公开" in text and "实际90%" not in text and "90.5" not in text


def test_a_sentence_with_marks_stays_a_sentence() -> None:
    text = BEFORE.replace("支付偏慢。", "'<b>慢</b>*{{ x }}'")
    assert "<b>慢</b>*{{x}}" in compared(text)


def test_neighbours_are_the_reports_that_there_are() -> None:
    whole = catalogue(education_2021=BEFORE, education_2023=AFTER, education_2025=AFTER)
    addresses = [page.address for page in comparison_pages(whole)]
    assert addresses == ["education/2023/compare/", "education/2025/compare/"]


def test_years_of_a_project_stand_side_by_side_without_the_department_s_mergers() -> None:
    project = f"kind: project\nproject_name: 场馆改造\n{BEFORE}"
    known = MERGED
    reports = [written(project, "culture", year, "hall") for year in (2023, 2024)]
    reports += [written(BEFORE, "culture", year) for year in (2023, 2024)]
    whole = assess(disclose(reports, known, NOW), known)
    overall, hall = comparison_pages(whole)
    assert hall.address == "culture/2024/hall/compare/"
    assert shown(hall).startswith("#文化局场馆改造2024年度与2023年度报告对照")
    assert "体育局并入" in shown(overall) and "体育局并入" not in shown(hall)


# --- the department's page ----------------------------------------------------------------------


def page_of(whole: Catalogue, department: str) -> str:
    return shown(department_page(whole, whole.reference.departments[department]))


def test_a_department_s_page_follows_its_indicators_and_problems() -> None:
    text = page_of(catalogue(education_2024=BEFORE, education_2025=AFTER), "education")
    for said in ("历年变化", "2025年度与2024年度相比", "覆盖率要求降低≥95%≥90%",
                 "支付偏慢。按月支付。整改中", "目标≥90%实际92%达到要求降低"):  # fmt: skip
        assert said in text


def test_a_single_year_has_no_charts_and_no_comparison() -> None:
    text = page_of(catalogue(education_2025=AFTER), "education")
    assert "历年变化" not in text and "相比" not in text


def test_a_successor_shows_its_predecessors_years_under_their_own_names() -> None:
    whole = catalogue(MERGED, sport_2022=BEFORE, culture_2023=BEFORE, culture_2024=AFTER)
    text = page_of(whole, "culture")
    assert "前身：体育局（2024-01-01并入）2022年度体育局90.5" in text
    assert "2024-01-01体育局并入，2024年度起的范围与以前年度不同。" in text


def test_an_abolished_department_points_to_its_successor() -> None:
    whole = catalogue(MERGED, sport_2022=BEFORE, culture_2024=AFTER)
    page = department_page(whole, whole.reference.departments["sport"])
    assert "本部门已于2023-12-31撤销" in shown(page)
    assert "../culture/" in html.unescape(page.markdown)
    assert [year.year for year in years_of(whole, "sport").years] == [2022]


def test_years_are_followed_through_a_successor_s_successor_both_ways() -> None:
    whole = catalogue(TWICE, sport_2020=BEFORE, youth_2022=BEFORE, culture_2024=AFTER)
    text = page_of(whole, "culture")
    assert "前身：青少年局（2024-01-01并入）2022年度青少年局90.5" in text
    assert "更早的前身：体育局（2022-01-01并入青少年局）2020年度体育局90.5" in text
    page = department_page(whole, whole.reference.departments["sport"])
    assert "职能由青少年局承接。" in shown(page)
    assert "青少年局其后也已撤销，2024-01-01起，职能由文化局承接。" in shown(page)
    assert "../youth/" in html.unescape(page.markdown) and "../culture/" in page.markdown


# --- texts --------------------------------------------------------------------------------------


def test_texts_of_blocks_leave_out_tables_numbers_and_ids() -> None:
    whole = catalogue(
        education_2025="""
body:
  overview:
    - {label: 甲, text: 一段。}
    - {heading: 乙, id: second, content: [二段。]}
    - {list: [三, {heading: 四, text: 五}], numbering: （1）}
    - {table: 丙, columns: [丁], rows: [[戊]]}
"""
    )
    report = next(iter(whole.assessments.values())).report
    found = list(texts_of(report.content.body["overview"].content))
    assert found == ["甲", "一段。", "乙", "二段。", "三", "四", "五"]
