"""assess.problems and its pages: what is the same, what became of it, what is withheld."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest

from evalpress.assess import Catalogue, assess
from evalpress.assess.register import ALIKE, Entry, Fate, aftermath, likeness, register
from evalpress.disclose.public import disclose
from evalpress.model import FollowupStatus
from evalpress.pages import write
from evalpress.pages.frame import Page
from evalpress.pages.problems import problems_year_page
from histories import two
from samples import NOW, reference, written

LONG = "专项资金支付进度偏慢，年末结转较多，项目单位前期准备不足。"


def catalogue(**texts: str) -> Catalogue:
    """Reports by `department_year` or `department_year_slug`."""
    keys = [(*name.split("_"), "")[:3] for name in texts]
    reports = [
        written(text, department, int(year), slug)
        for (department, year, slug), text in zip(keys, texts.values(), strict=True)
    ]
    return assess(disclose(reports, reference(), NOW), reference(), NOW)


def entries(**texts: str) -> dict[tuple[int, str], Entry]:
    return {(e.year, e.problem.id): e for e in register(catalogue(**texts)).entries}


def pages(**texts: str) -> dict[str, Page]:
    return {
        page.address: page
        for page in write(catalogue(**texts))
        if page.address.startswith("problems/")
    }


def problem(name: str = "slow", text: str = "支付偏慢", more: str = "") -> str:
    return f"problems: [{{id: {name}, text: {text}{more}}}]\n"


def told(year: int, status: str, text: str = "已整改", name: str = "slow") -> str:
    return f"followups: [{{year: {year}, problem: {name}, status: {status}, text: {text}}}]\n"


# --- what is the same problem, and what became of it --------------------------------------------


@pytest.mark.parametrize(
    ("later", "fate"),
    [
        ({}, Fate.NEWEST), ({"education_2024": "version: 1"}, Fate.SILENT),
        ({"education_2024": told(2023, "underway")}, Fate.UNDERWAY),
        ({"education_2024": told(2023, "open")}, Fate.OPEN),
        ({"education_2024": told(2023, "underway"), "education_2025": told(2023, "solved")},
         Fate.SOLVED),
        ({"education_2024": told(2023, "solved"), "education_2025": problem()}, Fate.SOLVED),
        ({"finance_2024": problem()}, Fate.NEWEST),
        ({"education_2024_canteen": "version: 1"}, Fate.NEWEST),
    ],
)  # fmt: skip
def test_the_last_report_to_speak_of_it_decides(later: dict[str, str], fate: Fate) -> None:
    assert entries(education_2023=problem(), **later)[2023, "slow"].fate is fate


def test_the_same_id_in_later_reports_is_the_same_problem() -> None:
    found = entries(
        education_2021=problem(), education_2023=problem(), education_2025=problem(),
        finance_2024=problem(),
    )  # fmt: skip
    assert [found[year, "slow"].times for year in (2021, 2023, 2025, 2024)] == [1, 2, 3, 1]
    assert [e.year for e in found[2025, "slow"].before] == [2021, 2023]


def test_problems_of_projects_inside_a_report_are_their_own() -> None:
    inside = "projects: [{id: hall, name: 体育馆, problems: [{id: slow, text: 开工晚}]}]\n"
    whole = catalogue(education_2024=problem() + inside, education_2025=told(2024, "solved"))
    own, other = register(whole).entries
    assert (own.anchor, other.anchor) == ("problem-slow", "project-hall-problem-slow")
    assert (own.fate, other.fate) == (Fate.SOLVED, Fate.SILENT)
    assert other.before == []


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        (LONG, True),
        ("2024年度专项资金支付进度仍偏慢，年末结转较多，部分项目单位前期准备不足。", True),
        ("信息系统建设缓慢，数据共享不够，群众办事仍要重复提交材料。", False),
    ],
)
def test_similar_texts_are_found_and_are_not_the_same(text: str, alike: bool) -> None:
    found = entries(
        education_2023=problem("slow", LONG), education_2024=problem("late", text),
        finance_2024=problem("other", LONG),
    )  # fmt: skip
    late = found[2024, "late"]
    assert (late.alike == [found[2023, "slow"]]) is alike
    assert (likeness(found[2023, "slow"], late) >= ALIKE) is alike
    assert late.times == 1
    assert found[2024, "other"].alike == []


def test_short_texts_are_alike_by_chance_only() -> None:
    found = entries(education_2023=problem("a"), education_2024=problem("b"))
    assert found[2024, "b"].alike == []


# --- the pages ----------------------------------------------------------------------------------


def test_an_overview_a_page_for_each_year_and_each_department() -> None:
    made = pages(
        education_2023=problem(), education_2024=problem("slow", "仍然偏慢", ", office: 财务科"),
        education_2024_canteen=problem("roof", "屋顶漏水"),
        finance_2024=problem("other", "人手不足"),
    )  # fmt: skip
    assert list(made) == [
        "problems/", "problems/2024/", "problems/2023/", "problems/education/", "problems/finance/",
    ]  # fmt: skip
    year = html.unescape(made["problems/2024/"].markdown)
    assert "财务科" in year
    assert "屋顶漏水" not in year, "a year has the overall reports"
    assert 'href="../../education/2024/#problem-slow"' in year
    assert "第2次提出" in year
    department = html.unescape(made["problems/education/"].markdown)
    assert 'href="../../education/2024/canteen/#problem-roof"' in department
    assert 'href="../../education/2023/#problem-slow"' in department
    overview = html.unescape(made["problems/"].markdown)
    assert "2024年度又一次提出的问题" in overview
    assert "仍然偏慢" in overview
    assert "人手不足" not in overview


def test_the_overview_counts_as_many_as_the_year_s_page_leads_to() -> None:
    made = pages(
        education_2024=problem(), education_2024_canteen=problem("roof", "屋顶漏水"),
        finance_2024_index=problem("late", "资料不全"), finance_2024=problem("other", "人手不足"),
    )  # fmt: skip
    row = r"<tr[^>]*><th[^>]*><a[^>]*>2024年度</a>.*?</tr>"
    overview = re.search(row, html.unescape(made["problems/"].markdown))
    assert overview
    counts = [int(n) for n in re.findall(r">(\d+)</td>", overview[0])]
    assert counts[:3] == [4, 2, 2], "all, overall reports, others"
    year = html.unescape(made["problems/2024/"].markdown)
    assert "共列出 4 个问题：部门整体报告 2 个，见下表；项目等其他报告 2 个" in year
    others = re.findall(r'<a href="../(\w+)/">[^<]* (\d+) 个</a>', year)
    assert others == [("education", "1"), ("finance", "1")]


def test_a_deadline_that_has_passed_is_told_where_nothing_says_solved() -> None:
    late = problem("slow", "支付偏慢", ", due: 2025年6月底前")
    soon = problem("soon", "人手不足", ", due: 2025年12月底前")
    day = date(2025, 7, 1)
    found = entries(education_2024=late, finance_2024=soon)
    assert found[2024, "slow"].is_overdue(day)
    assert not found[2024, "slow"].is_overdue(date(2025, 6, 30))
    assert not found[2024, "slow"].is_overdue(None)
    assert not found[2024, "soon"].is_overdue(day)
    solved = entries(education_2024=late, education_2025=told(2024, "solved"))
    assert not solved[2024, "slow"].is_overdue(day)
    whole = catalogue(education_2024=late, finance_2024=soon)
    page = problems_year_page(whole, register(whole), 2024, day).markdown
    assert page.count('class="ep-overdue"') == 1


def test_what_later_reports_say_stands_beside_it() -> None:
    made = pages(education_2023=problem(), education_2024=told(2023, "underway", "已压减"))
    page = html.unescape(made["problems/2023/"].markdown)
    assert "整改中" in page
    assert re.search(r'href="../../education/2024/">2024年度</a>整改中：已压减', page)


def test_similar_texts_are_called_that() -> None:
    made = pages(education_2023=problem("a", LONG), education_2024=problem("b", LONG))
    page = html.unescape(made["problems/2024/"].markdown)
    assert "文字相近（自动比对，不一定是同一问题）" in page
    assert "次提出" not in page


def test_withheld_problems_stay_withheld() -> None:
    secret = "problems: [{id: slow, text: 秘密问题, measure: 秘密措施, office: 秘密科}]\n"
    for place in ("problems", "problems/slow", "problems/slow/text"):
        made = pages(education_2025=f"{secret}withheld: [{{place: {place}, reason: 涉密}}]\n")
        said = "".join(page.markdown for page in made.values())
        assert "秘密问题" not in said
        assert ("秘密措施" in said) is (place == "problems/slow/text")
    assert "理由：涉密" in html.unescape(said)


def test_a_site_without_problems_says_so() -> None:
    made = pages(education_2025="version: 1")
    assert list(made) == ["problems/"]
    assert "公开的报告没有列出问题" in made["problems/"].markdown


def test_text_of_a_report_is_text() -> None:
    made = pages(education_2025=problem("slow", "'<b onclick=x>*慢*'"))
    assert "<b" not in made["problems/2025/"].markdown
    assert "<b onclick=x>*慢*" in html.unescape(made["problems/2025/"].markdown)


def test_what_became_of_last_year_s_problems() -> None:
    old = "problems: [{id: a, text: 甲。}, {id: b, text: 乙。}, {id: c, text: 丙。}]"
    new = """
problems: [{id: b, text: 乙还在。}]
followups:
  - {year: 2024, problem: a, status: solved}
  - {year: 2023, problem: c, status: solved}
"""
    now, before = two(old, new).latest or (0, 0)
    assert now and before
    found = {a.problem.id: (a.status, a.again) for a in aftermath(before.report, now.report)}
    assert found == {"a": (FollowupStatus.SOLVED, False), "b": (None, True), "c": (None, False)}
