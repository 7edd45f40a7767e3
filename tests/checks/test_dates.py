"""The year under review everywhere, and dates in their natural order."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.checks import RULES
from evalpress.findings import Level
from samples import inspect
from subjects import findings, places, subject


@pytest.mark.parametrize(
    ("title", "wrong"),
    [
        ("云汀县教育局2025年度绩效自评报告", False),
        ("云汀县教育局绩效自评报告", False),
        ("云汀县教育局2024年度绩效自评报告", True),
        ("云汀县教育局2023—2025年绩效自评报告", False),
        ("2024年续建项目2025年度绩效自评报告", False),
        ("按云财〔2024〕5号开展的绩效自评报告", False),
        ("2024级新生资助绩效自评报告", False),
        ("绩效自评报告（2024年度）", True),
    ],
)
def test_the_titles_year(title: str, wrong: bool) -> None:
    assert bool(findings("title_year", f"title: {title}")) is wrong
    assert RULES["title_year"].level is Level.ERROR


def test_an_evaluation_by_others_may_be_of_another_year() -> None:
    text = "kind: third-party\ntitle: 云汀县2024年度绩效评价报告"
    assert not findings("title_year", text, slug="review")
    assert places("name_year", text, slug="review") == ["title"]


def test_names_of_another_year() -> None:
    text = (
        "project_name: 2024年校舍维修\n"
        "attachments: [{id: a, name: 2018年—2021年清单}, {id: b, name: 2025年清单}]"
    )
    assert places("name_year", text) == ["project_name", "attachments/a/name"]


def test_names_of_attachments_write_the_year_alike() -> None:
    names = ["2025年度甲报告", "2025年度乙报告", "丙2025年度报告"]
    text = "kind: attachments\nattachments:\n" + "".join(
        f"  - {{id: a{n}, name: {name}}}\n" for n, name in enumerate(names)
    )
    assert not findings("attachment_years", text, slug="index")
    for other in ("2025年丙报告", "丙报告", "2021年—2025年丙报告"):
        assert findings("attachment_years", text.replace(names[2], other), slug="index")


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("现将2024年度部门整体支出绩效自评情况报告如下。", True),
        ("本局对2024年整体支出情况实施了绩效自评价。", True),
        ("2024年度自评得分95分，2025年度97分。", False),
        ("与2024年度绩效自评相比有所提高。", False),
        ("2024年度绩效自评发现的问题已经整改。", False),
        ("现将2025年度绩效自评情况报告如下。", False),
        ("2024年建成校舍三栋。", False),
        ("2024年度，我局围绕年初确定的目标推进工作。", True),
        ("2024年本部门各项工作全部完成。", True),
        ("与2024年各项任务相比，我局工作量增加。", False),
        ("2025年度，我局围绕年初确定的目标推进工作。", False),
    ],
)
def test_last_year_as_the_year_under_review(sentence: str, wrong: bool) -> None:
    assert bool(findings("prose_year", f"body: {{preface: {sentence}}}")) is wrong


def test_documents_of_the_future() -> None:
    text = (
        "body: {preface: 按照云财〔2029〕5号和云财〔2026〕5号文件}\n"
        "profile: {bases: [{id: b, name: 办法, issued: 2027年}]}"
    )
    assert places("cited_year", text) == ["body/preface/1/text", "profile/bases/b/issued"]


def test_issued_before_it_is_published() -> None:
    text = "first_published: 2026-08-20 09:00\npublic_info: {{issued: {}}}"
    assert not findings("issued_after_publication", text.format("2026-08-20"))
    assert findings("issued_after_publication", text.format("2026-08-21"))
    assert not findings("late_publication", text.format("2026-07-23"))
    assert findings("late_publication", text.format("2026-07-22"))


def test_nothing_is_finished_before_the_year_ends() -> None:
    text = (
        "public_info: {issued: 2025-12-30}\n"
        "evaluation: {completed: 4月2日}\n"
        "signature: {date: 2025年8月1日}"
    )
    assert places("before_year_end", text) == ["public_info/issued", "signature/date"]
    assert not findings("before_year_end", "public_info: {issued: 2025-12-31}")
    assert findings("signature_date", text)
    assert not findings(
        "signature_date", "public_info: {issued: 2026-08-01}\nsignature: {date: 2026年8月1日}"
    )


def test_corrections_follow_the_publication() -> None:
    text = "first_published: 2026-08-20\ncorrections: [{{id: c, date: {}}}]"
    assert places("correction_date", text.format("2026-08-19")) == ["corrections/c/date"]
    assert not findings("correction_date", text.format("2026-08-20"))


def stages(*spans: tuple[str, str], more: str = "") -> str:
    lines = "".join(
        f"    - {{id: s{n}, name: 阶段{n}, start: {first}, end: {last}}}\n"
        for n, (first, last) in enumerate(spans)
    )
    return f"evaluation:\n  stages:\n{lines}{more}"


def test_stages_in_their_order() -> None:
    assert not findings("stage_order", stages(("4月2日", "4月4日"), ("4月5日", "4月12日")))
    assert not findings("stage_order", stages(("12月20日", "1月15日"), ("1月16日", "2月1日")))
    assert places("stage_order", stages(("4月5日", "4月2日"))) == ["evaluation/s0"]
    assert places("stage_order", stages(("4月5日", "4月8日"), ("4月2日", "4月9日"))) == [
        "evaluation/s1"
    ]
    period = "evaluation: {start: 2026-08-25, end: 2026-08-24}"
    assert places("stage_order", period) == ["evaluation/end"]


def test_the_report_is_finished_when_the_stages_are() -> None:
    span = ("4月5日", "4月12日")
    assert findings("completed_after_stages", stages(span, more="  completed: 4月23日"))
    assert not findings("completed_after_stages", stages(span, more="  completed: 4月12日"))
    assert findings("completion_order", stages(span, more="  completed: 4月10日"))
    issued = "public_info: {issued: 2026-04-10}\nevaluation: {completed: 4月12日}"
    assert places("completion_order", issued) == ["public_info/issued"]


def test_work_outside_its_stage() -> None:
    text = stages(("4月5日", "4月12日")).replace("}\n", ", content: 于4月23日完成自评报告。}\n")
    (found,) = findings("stage_beyond", f"{text}  completed: 4月23日")
    assert "4月23日" in found.what and "4月12日" in found.what
    assert not findings("completed_after_stages", f"{text}  completed: 4月23日")
    assert not findings("stage_beyond", text.replace("23日完成", "10日完成"))


def test_work_outside_a_stage_that_the_prose_tells() -> None:
    text = (
        "body:\n"
        "  method:\n"
        "    - （二）自评阶段（4月5日——4月12日）\n"
        "    - 形成结论，并于4月23日完成自评报告。"
    )
    (found,) = findings("stage_beyond", text)
    assert "自评阶段" in found.what and found.place == "body/method/2/text"


def test_days_that_do_not_exist() -> None:
    text = "body: {preface: 2月30日开会，13月1日再开，2025年2月29日又开，2月29日、4月30日照常。}"
    assert [f.what.split("”")[0][1:] for f in findings("impossible_day", text)] == [
        "2月30日", "13月1日", "2025年2月29日",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("date", "early"),
    [
        ("2025年8月12日", True), ("2025-08-12", True), ("2025.8.12", True), ("2025/8/12", True),
        ("2025年8月", True), ("二〇二五年八月十二日", True), ("二○二五年十一月二十日", True),
        ("2026年8月12日", False), ("2026-08-12", False), ("二〇二六年八月十二日", False),
        ("2025年12月31日", False), ("2025年12月", False), ("八月", False),
    ],
)  # fmt: skip
def test_a_signature_before_the_year_is_over(date: str, early: bool) -> None:
    text = f"signature: {{office: 甲局, date: {date}}}"
    assert places("before_year_end", text) == (["signature/date"] if early else [])


@pytest.mark.parametrize(
    ("published", "issued", "wrong"),
    [
        ("2026-08-19 09:00", "2026-08-12", False), ("2062-08-19 09:00", "2026-08-12", True),
        ("2029-08-19 09:00", "2026-08-12", True), ("2028-08-19 09:00", "2026-08-12", False),
        ("2030-08-19 09:00", "2030-08-12", False), ("2036-08-19 09:00", "2036-08-12", True),
    ],
)  # fmt: skip
def test_a_publication_far_away_hides_the_report(published: str, issued: str, wrong: bool) -> None:
    text = f"first_published: {published}\npublic_info: {{issued: {issued}}}"
    assert places("publication_year", text) == (["first_published"] if wrong else [])


def test_a_report_is_not_of_a_year_after_its_dates() -> None:
    text = "first_published: 2026-08-19 09:00"
    check = RULES["year_ahead"].of_report
    assert check
    assert [f.rule for f in check(subject(text, year=2052))] == ["year_ahead"]
    assert not list(check(subject(text, year=2025)))
    assert not list(check(subject("title: 甲", year=2052)))


def test_a_year_far_behind_all_others_is_odd(tmp_path: Path) -> None:
    state = "state: draft"
    files = {"data/reports/education/2025.yml": state, "data/reports/education/2052.yml": state}
    found = [f for f in inspect(tmp_path, dict(files)) if f.rule == "odd_year"]
    assert [f.where.file for f in found] == ["data/reports/education/2052.yml"]


def test_neighbouring_years_are_not_odd(tmp_path: Path) -> None:
    state = "state: draft"
    files = {"data/reports/education/2025.yml": state, "data/reports/education/2029.yml": state}
    assert not [f for f in inspect(tmp_path, dict(files)) if f.rule == "odd_year"]


def prose(*lines: str) -> str:
    return "body:\n  method: |\n" + "".join(f"    {line}\n" for line in lines)


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (("（一）准备阶段（4月2日—4月4日）", "（二）自评阶段（4月5日—4月12日）"), 0),
        (("（一）自评阶段（4月5日—4月12日）", "（二）准备阶段（4月2日—4月4日）"), 1),
        (("准备阶段：4月4日至4月2日。", "自评阶段：4月5日至12日。"), 1),
        (("准备阶段：4月2日至4日。", "自评阶段：4月5日至12日。"), 0),
    ],
)
def test_stages_of_the_prose_in_their_order(lines: tuple[str, ...], wrong: int) -> None:
    assert len(findings("stage_order", prose(*lines))) == wrong


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (("（一）准备阶段（4月2日—4月4日）", "（二）自评阶段（4月5日——4月12日）",
          "3、分析评价。形成结论，并于4月23日完成自评报告。"), 6),
        (("（一）准备阶段（4月2日—4月4日）", "（二）自评阶段（4月5日——4月23日）",
          "3、分析评价。形成结论，并于4月23日完成自评报告。"), 0),
        (("自评阶段（4月5日至12日）：4月23日完成自评报告。",), 4),
    ],
)  # fmt: skip
def test_work_after_a_stage_of_pasted_prose(lines: tuple[str, ...], line: int) -> None:
    found = findings("stage_beyond", prose(*lines))
    assert [f.where.line for f in found] == ([line] if line else [])


def test_the_report_is_finished_within_the_stages_wherever_the_prose_says_so() -> None:
    text = stages(("4月2日", "4月4日"), ("4月5日", "4月12日"))
    late = "body: {overview: 我局于4月23日完成自评报告并上报。}"
    assert findings("stage_beyond", text + late)
    assert not findings("stage_beyond", text + late.replace("23日", "12日"))
    assert not findings("stage_beyond", text + "body: {overview: 4月23日完成汛前检查。}")


@pytest.mark.parametrize(
    ("dates", "end", "wrong"),
    [
        ("4月2日—4月4日", "4月4日", False), ("4月2日至4日", "4月4日", False),
        ("4.2-4.4", "4月4日", False), ("4月2日—4月14日", "4月4日", True),
        ("4月上旬", "4月4日", False),
    ],
)  # fmt: skip
def test_a_stage_s_days_are_those_of_the_original(dates: str, end: str, wrong: bool) -> None:
    stage = f"{{id: a, name: 准备, dates: {dates}, start: 4月2日, end: {end}}}"
    found = places("stage_dates", f"evaluation: {{stages: [{stage}]}}")
    assert found == (["evaluation/a/end"] if wrong else [])


def test_a_span_has_one_dash() -> None:
    [found] = findings("range_dash", prose("自评阶段（4月5日——4月12日）"))
    assert (found.where.line, found.where.column) == (4, 14)
    assert not findings("range_dash", prose("自评阶段（4月5日—4月12日）——主要工作"))


def test_a_day_of_the_end_before_that_of_the_beginning() -> None:
    def found(sentence: str) -> list[str]:
        return places("reversed_range", f"body: {{overview: [{sentence}]}}")

    assert found("5月17日至5月6日核对账目。") == ["body/overview/1/text"]
    assert found("2025年5月17日—2025年4月30日核对账目。") == ["body/overview/1/text"]
    for right in (
        "5月6日至17日核对。",
        "12月20日至1月5日核对。",
        "2025年12月20日至2026年1月5日核对。",
    ):
        assert found(right) == []


def test_a_cut_off_day_after_the_report() -> None:
    def found(sentence: str) -> list[str]:
        text = f"public_info: {{issued: 2026-08-12}}\nbody: {{overview: [{sentence}]}}"
        return places("cutoff_ahead", text)

    assert found("截至2026年12月31日实有55人。") == ["body/overview/1/text"]
    assert found("截至2026年底实有55人。") == ["body/overview/1/text"]
    assert found("截至2025年12月31日实有55人。") == []
    assert found("到2027年底建成。") == []


def test_the_state_at_the_end_of_another_year() -> None:
    def found(sentence: str) -> list[str]:
        return places("status_year", f"body: {{overview: [{sentence}]}}")

    assert found("2015年末编制30名，实有29人。") == ["body/overview/1/text"]
    assert found("2025年末编制30名，实有29人。") == []
    assert found("2024年末编制30名，比上年多2名。") == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2025年6月11日（星期五）召开", "三"), ("2025年6月11日(周五)召开", "三"),
        ("2025年6月11日周日召开", "三"), ("2025年6月11日（星期三）召开", ""),
        ("2025年6月15日（星期天）召开", ""), ("2025年6月11日周期性检查", ""),
    ],
)  # fmt: skip
def test_a_weekday_is_that_of_the_calendar(text: str, right: str) -> None:
    told = findings("weekday", f"body: {{overview: '{text}'}}")
    assert [f"星期{right}" in one.what + one.fix for one in told] == ([True] if right else [])
