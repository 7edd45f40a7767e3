"""evalpress.assess.cases and its pages: a problem once, over the years; all counts agree."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest

from evalpress.assess import Catalogue, assess
from evalpress.assess.cases import Case, Due, by_deadline, cases
from evalpress.assess.register import Fate, register
from evalpress.disclose.public import disclose
from evalpress.pages import write
from samples import NOW, reference, written

DAY = date(2025, 7, 1)


def catalogue(**texts: str) -> Catalogue:
    """Reports by `department_year` or `department_year_slug`."""
    keys = [(*name.split("_"), "")[:3] for name in texts]
    reports = [
        written(text, department, int(year), slug)
        for (department, year, slug), text in zip(keys, texts.values(), strict=True)
    ]
    return assess(disclose(reports, reference(), NOW), reference(), NOW)


def found(**texts: str) -> list[Case]:
    return cases(register(catalogue(**texts)).entries)


def problem(name: str = "slow", text: str = "支付偏慢", more: str = "") -> str:
    return f"problems: [{{id: {name}, text: {text}{more}}}]\n"


def told(year: int, status: str, name: str = "slow") -> str:
    return f"followups: [{{year: {year}, problem: {name}, status: {status}}}]\n"


def test_a_problem_is_one_case_over_the_years_the_recurring_ones_first() -> None:
    made = found(
        education_2024=problem("new", "刚出现"), finance_2022=problem(),
        education_2022=problem(), education_2023=problem("slow", "仍然偏慢"),
    )  # fmt: skip
    assert [(c.times, c.newest.year, c.newest.problem.id) for c in made] == [
        (2, 2023, "slow"), (1, 2024, "new"), (1, 2022, "slow"),
    ]  # fmt: skip
    assert made[0].newest.problem.text == "仍然偏慢"


def test_a_timeline_has_what_every_report_did_in_the_order_of_the_years() -> None:
    (case,) = found(
        education_2022=problem(), education_2023=told(2022, "underway") + problem(),
        education_2024=told(2023, "solved"),
    )  # fmt: skip
    steps = [(e.report.key.year, bool(e.named), bool(e.told)) for e in case.events]
    assert steps == [
        (2022, True, False), (2023, False, True), (2023, True, False), (2024, False, True),
    ]  # fmt: skip
    assert case.fate is Fate.SOLVED


@pytest.mark.parametrize(
    ("texts", "due"),
    [
        (["2025年6月底前"], Due.OVERDUE), (["2025年7月底前"], Due.SOON),
        (["2025年9月29日前"], Due.SOON), (["2025年9月30日前"], Due.LATER), (["长期坚持"], None),
        (["2025年6月底前", "2026年6月底前"], Due.LATER), (["2025年6月底前", ""], Due.OVERDUE),
        (["2024年6月底前", "长期坚持"], None),
    ],
)  # fmt: skip
def test_the_last_deadline_that_was_named_counts(texts: list[str], due: Due | None) -> None:
    reports = {
        f"education_{2022 + at}": problem(more=f", due: {text}" if text else "")
        for at, text in enumerate(texts)
    }
    (case,) = found(**reports)
    assert case.due(DAY) is due
    assert case.due(None) is None
    assert sum(entry.is_overdue(DAY) for entry in case.entries) == (due is Due.OVERDUE)


def test_what_is_solved_has_no_deadline_whichever_report_named_it() -> None:
    late = problem(more=", due: 2023年6月底前")
    (case,) = found(
        education_2022=late, education_2023=problem(), education_2024=told(2023, "solved")
    )
    assert case.due(DAY) is None
    assert not any(entry.is_overdue(DAY) for entry in case.entries)


def test_the_urgent_come_by_how_often_they_were_named_then_by_their_deadline() -> None:
    made = found(
        education_2022=problem("a", "甲", ", due: 2024年6月"),
        finance_2022=problem("b", "乙", ", due: 2023年6月"),
        cyber_2022=problem("c", "丙"), cyber_2023=problem("c", "丙", ", due: 2025年6月"),
    )  # fmt: skip
    assert [c.newest.problem.id for c in by_deadline(made, Due.OVERDUE, DAY)] == ["c", "b", "a"]


def test_addresses_are_made_of_lasting_ids_and_no_two_are_alike() -> None:
    inside = "projects: [{id: %s, name: 体育馆, problems: [{id: slow, text: 开工晚}]}]\n"
    made = found(
        education_2023=problem() + inside % "hall", education_2024=problem() + inside % "hall",
        education_2024_hall=problem() + inside % "hall",
    )  # fmt: skip
    assert sorted(case.address for case in made) == [
        "problems/education/#p._.hall.slow", "problems/education/#p.hall.hall.slow",
        "problems/education/#p.hall.slow", "problems/education/#p.slow",
    ]  # fmt: skip


# --- the pages ----------------------------------------------------------------------------------


def pages(**texts: str) -> dict[str, str]:
    made = write(catalogue(**texts))
    return {
        p.address: html.unescape(p.markdown)
        for p in made
        if "problems/" in p.address or not p.address
    }


def numbers(page: str, table: str) -> dict[str, list[int]]:
    """The rows of a table of counts, by their names."""
    body = page.split(f'id="{table}"')[1].split("</table>")[0]
    rows = re.findall(r"<tr><th[^>]*><a[^>]*>([^<]*)</a></th>(.*?)</tr>", body)
    return {name: [int(n) for n in re.findall(r">(\d+)<", cells)] for name, cells in rows}


def test_all_pages_count_the_same() -> None:
    late = ", due: 2025年6月底前"
    made = pages(
        education_2023=problem(more=late), education_2024=problem(more=late),
        education_2024_canteen=problem("roof", "屋顶漏水", late),
        finance_2023=problem("other", "人手不足", late),
        finance_2024=told(2023, "solved", "other"),
        cyber_2024=problem("soon", "设备老旧", ", due: 2026年2月底前"),
    )  # fmt: skip
    overview = made["problems/"]
    figures = dict(
        re.findall(r'__name">([^<]*)</span><span class="ep-figure__value">(\d+)', overview)
    )
    assert figures == {
        "列出过的问题": "4", "尚未报告解决": "3", "期限已过": "2", "90天内到期": "1",
        "又一次提出": "1",
    }  # fmt: skip
    departments = numbers(overview, "by-department-yunting")
    years = numbers(overview, "by-year-yunting")
    problems, named, solved, *_, again, soon, overdue = map(
        sum, zip(*departments.values(), strict=True)
    )
    assert (problems, named, solved, again, soon, overdue) == (4, 5, 1, 1, 1, 2)
    assert named == sum(row[0] for row in years.values())
    assert sum(row[-1] for row in years.values()) == overdue
    for name in ("education", "finance", "cyber"):
        rows = re.findall(r'<tr id="p\.', made[f"problems/{name}/"])
        assert len(rows) == next(c[0] for d, c in departments.items() if _is(d, name))
    for year, counts in years.items():
        listed = made[f"problems/{year[:4]}/"].count("<tr data-")
        assert listed == counts[1]
    assert '尚未报告解决的问题</span><span class="ep-figure__value">3' in made[""]
    assert "其中期限已过 2 个" in made[""]


def _is(shown: str, name: str) -> bool:
    known = reference().departments[name]
    return shown in (known.current.short, known.current.name, *known.aliases)


def test_a_department_s_page_has_each_problem_in_its_lasting_place() -> None:
    made = pages(education_2023=problem(), education_2024=told(2023, "underway") + problem())
    page = made["problems/education/"]
    assert page.count('<tr id="p.slow"') == 1
    assert 'href="#p.slow">本条网址' in page
    timeline = page.split('class="ep-timeline"')[1].split("</ol>")[0]
    assert [re.sub("<[^>]*>", "", one) for one in timeline.split("</li>")[:-1]] == [
        ">2023年度列出", "2024年度整改中", "2024年度第2次列出",
    ]  # fmt: skip
    assert 'href="../education/#p.slow">全部经过' in made["problems/2023/"]
    assert "以后又列出（" in made["problems/2023/"]


def test_offices_and_deadlines_are_there_to_choose_by() -> None:
    made = pages(education_2024=problem(more=", office: 财务科, due: 2025年6月底前"))
    for address in ("problems/2024/", "problems/education/"):
        assert 'data-office="财务科"' in made[address]
        assert 'data-due="期限已过"' in made[address]


def test_the_overview_stays_short_and_says_how_many_are_left_out() -> None:
    many = ", ".join(f"{{id: p{n}, text: 第{n}个, due: 2025年6月底前}}" for n in range(25))
    page = pages(education_2024=f"problems: [{many}]")["problems/"]
    assert "只列前 20 个，另有 5 个" in page
    assert "期限已过、尚无解决报告的问题（25个）" in page
