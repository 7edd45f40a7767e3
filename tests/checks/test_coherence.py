"""The parts of a report answer one another: goals and results, money, points and reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evalpress.checks import RULES
from evalpress.findings import Finding
from samples import written
from subjects import findings, places, subject

GOALS = """
goals:
  overall: {target: 保障全县学校安全运转，提高教育教学质量。}
  items:
    - id: safe
      name: 校园安全
      target: 完成全县学校食堂和消防设施的安全检查
      indicator: 检查学校64所
    - id: sport
      name: 群众体育
      target: 组织国家体育宣传周活动并建设健身步道
      indicator: 举办活动2次
"""
RESULTS = """
body:
  item-results:
    - 完成全县学校食堂、消防设施的安全检查64所，整改隐患21处。
    - %s
"""


def test_a_goal_that_no_result_answers() -> None:
    assert places("goal_unanswered", GOALS + RESULTS % "培训教师320人。") == ["goals/sport"]
    told = "组织国家体育宣传周活动2次，建设健身步道3公里。"
    assert not findings("goal_unanswered", GOALS + RESULTS % told)
    assert not findings("goal_unanswered", GOALS), "nothing is told at all: another rule"


@pytest.mark.parametrize(
    ("output", "stray"),
    [("召开全年视频会议", True), ("检查学校食堂64所", False), ("服务对象满意度", False)],
)
def test_an_output_that_no_goal_asked_for(output: str, stray: bool) -> None:
    row = f"indicators: [{{id: a, level1: 产出指标, text: {output}}}]"
    assert places("result_unasked", GOALS + row) == (["indicators/a"] if stray else [])
    item = f"body: {{item-results: [{{list: [{output}], numbering: ①}}]}}"
    assert bool(findings("result_unasked", GOALS + item)) is stray
    assert not findings("result_unasked", GOALS.replace("indicator:", "actual:") + row)


def test_an_output_with_a_target_of_its_own_is_asked_for() -> None:
    row = "indicators: [{id: a, name: 视频会议保障次数, target: ≥12次, actual: 12次}]"
    assert not findings("result_unasked", GOALS + row)


@pytest.mark.parametrize(
    ("told", "copied"),
    [
        ("保障全县学校安全运转，提高教育教学质量，各项工作有序开展。", True),
        ("64所学校全年无安全事故，统考平均分提高3.2分。", False),
    ],
)
def test_results_do_not_repeat_the_goal(told: str, copied: bool) -> None:
    goal = "goals: {overall: {target: 保障全县学校安全运转，提高教育教学质量。%s}}\n"
    assert bool(findings("result_copies_goal", goal % f", actual: {told}")) is copied
    section = f"body: {{overall-results: {told}}}"
    assert bool(findings("result_copies_goal", goal % "" + section)) is copied


COST = """
funds: {{unit: 万元, rows: [{{id: total, amounts: {{budget: 90, executed: 89.974}}}}]}}
indicators:
  - {{id: c, level1: 成本指标, name: {name}, target: ≤90万元, actual: {actual}, full_marks: 10}}
"""


@pytest.mark.parametrize(
    ("name", "actual", "wrong"),
    [
        ("项目总成本", "90万元", True), ("项目总成本", "90", True),
        ("项目总成本", "89.974万元", False), ("项目总成本", "899740元", False),
        ("项目总成本", "45万元", False), ("单位面积成本", "90万元", False),
    ],
)  # fmt: skip
def test_the_whole_cost_is_what_was_executed(name: str, actual: str, wrong: bool) -> None:
    text = COST.format(name=name, actual=actual)
    assert places("cost_differs", text) == (["indicators/c/actual"] if wrong else [])


def points(score: str, more: str = "", note: str = "") -> str:
    item = f"{{name: 产出指标, score: {score}{note}}}"
    return f"scores: {{items: [{item}, {{name: 效益指标, score: 30}}]}}\n{more}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (points("47"), False),
        (points("50"), True),
        (points("47", note=", note: 一个项目延期"), True),
        (points("47", "body: {conclusion: 产出指标扣3分，因一个项目延期。}"), True),
        (points("47", "body: {conclusion: 产出指标得47分。}"), False),
        (points("47", "indicators: [{id: a, level1: 产出指标, name: 甲, score: 47}]"), True),
    ],
)
def test_points_of_a_dimension_are_not_lost_without_a_reason(text: str, told: bool) -> None:
    assert places("dimension_points_lost", text) == ([] if told else ["scores/产出指标/score"])


@pytest.mark.parametrize(
    ("total", "more", "told"),
    [
        ("95", "", False), ("100", "", True), ("95", "body: {conclusion: 扣5分为工程延期。}", True),
        ("95", "body: {conclusion: 总分95分。}", False),
    ],
)  # fmt: skip
def test_points_that_nobody_knows_the_marks_of(total: str, more: str, told: bool) -> None:
    text = f"scheme: none\nscores: {{items: [{{name: 产出, score: {total}}}], total: {total}}}\n"
    assert (not findings("points_unexplained", text + more)) is told


@pytest.mark.parametrize(
    ("score", "more", "measured"),
    [
        ("10", "", False), ("9.2", "", True),
        ("10", "evaluation: {sample: 问卷200份}", True),
        ("10", "body: {method: 发放问卷200份，收回196份。}", True),
        ("10", "indicators: [{id: a, level1: 满意度指标, name: 群众满意度}]", True),
    ],
)  # fmt: skip
def test_full_marks_for_satisfaction_rest_on_a_survey(
    score: str, more: str, measured: bool
) -> None:
    text = f"scores: {{items: [{{name: 满意度指标, score: {score}}}]}}\n{more}"
    assert places("satisfaction_unmeasured", text) == ([] if measured else ["scores/满意度指标"])


@pytest.mark.parametrize(
    ("problem", "mixed"),
    [
        ("text: 指标没有量化。今后应当量化。", True),
        ("text: 指标没有量化。, measure_in_text: 是", True),
        ("text: 指标没有量化。, measure: 今后量化。", False),
        ("text: 指标没有量化。", False),
    ],
)
def test_problem_and_measure_are_told_apart(problem: str, mixed: bool) -> None:
    found = places("problem_with_measure", f"problems: [{{id: p, {problem}}}]")
    assert found == (["problems/p/text"] if mixed else [])


TITLE = "title: 云汀县教育局2025年度整体支出绩效自评报告\n"
SPECIAL = TITLE + "funds: {source: 财政专项资金, rows: []}\n"


def test_a_whole_report_of_special_funds_alone() -> None:
    assert places("only_special_funds", SPECIAL) == ["funds"]
    told = "body: {finances: 2025年收到专项资金19万元，全部支付。}\n"
    assert places("only_special_funds", TITLE + told) == ["body/finances/1/text"]
    basic = "body: {finances: 基本支出300万元，专项资金19万元。}\n"
    assert not findings("only_special_funds", TITLE + basic)
    assert not findings("only_special_funds", SPECIAL + "kind: project")


def test_somebody_signs() -> None:
    assert findings("unsigned", "signature: {date: 2026年3月20日}")
    assert not findings("unsigned", "signature: {office: 云汀县教育局}")
    assert not findings("unsigned", "public_info: {publisher: 云汀县教育局}")


YEAR = """
title: 云汀县教育局{year}年度部门整体支出绩效自评报告
funds: {{rows: [{{id: total, amounts: {{initial: {a}, budget: 905.5, executed: {b}}}}}]}}
scores: {{items: [{{name: 产出, score: 48.5}}]}}
body:
  overview: 我局下设六个股室和三个事业单位，编制共五十人。
  method: {year}年度自评由计划财务股组织，按指标逐项核对。
  overall-results: 全年各项工作按计划完成，学校运转正常有序。
  conclusion: 自评结果为优，各项指标完成情况总体较好。
  other: {more}
"""
SAME = {"a": "880.2", "b": "901.3", "more": "没有其他需要说明的问题和情况。"}


def copied(**now: str) -> list[Finding]:
    values = {**SAME, **now}
    seen = subject(YEAR.format(year=2025, **values))
    earlier = written(YEAR.format(year=2024, **SAME), year=2024)
    check = RULES["report_copied"].of_report
    assert check
    return list(check(replace(seen, earlier=earlier)))


def test_last_year_s_report_under_this_year_s_name() -> None:
    [found] = copied()
    assert "100%" in found.what and "2024" in found.what
    assert not copied(a="890.1", b="899.9"), "other amounts"
    check = RULES["report_copied"].of_report
    assert check and not list(check(subject(YEAR.format(year=2025, **SAME))))


def test_equal_amounts_with_other_texts_are_another_report() -> None:
    text = YEAR.format(year=2025, **SAME).replace("全年各项工作", "今年新建学校三所，").replace(
        "自评结果为优", "本次评价结论为良好"
    )  # fmt: skip
    earlier = written(YEAR.format(year=2024, **SAME), year=2024)
    check = RULES["report_copied"].of_report
    assert check and not list(check(replace(subject(text), earlier=earlier)))
