"""Fund tables and facts add up, rates follow from the money, scores from the rates."""

from __future__ import annotations

import dataclasses

import pytest

from evalpress.model import Reference
from samples import reference
from subjects import findings, places


def total(amounts: str = "budget: 43.2, executed: 37.24", more: str = "") -> str:
    return f"funds: {{rows: [{{id: total, amounts: {{{amounts}}}{more}}}]}}\n"


def schemes(**values: object) -> Reference:
    """The county's reference data with a changed scheme."""
    known = reference()
    changed = known.schemes["plain"].model_copy(update=values)
    return dataclasses.replace(known, schemes={"plain": changed})


@pytest.mark.parametrize("rate", ["86%", "86.2%", "86.20%", "86.204%"])
def test_a_rate_may_be_rounded(rate: str) -> None:
    assert not findings("execution_rate", total(more=f", rate: {rate}"))


@pytest.mark.parametrize("rate", ["87%", "86.3%", "86.22%", "85%", "0.86"])
def test_a_wrong_rate(rate: str) -> None:
    (found,) = findings("execution_rate", total(more=f", rate: {rate}"))
    assert found.place == "funds/total/rate" and "86.2%" in found.fix


def test_a_rate_rests_on_the_budget_of_the_year_or_else_the_first() -> None:
    both = "initial: 50, budget: 40, executed: 36"
    assert not findings("execution_rate", total(both, ", rate: 90"))
    assert findings("execution_rate", total(both, ", rate: 72"))
    assert not findings("execution_rate", total("initial: 50, executed: 36, rate: 72"))
    assert not findings("execution_rate", total("appropriated: 50, executed: 36", ", rate: 90"))


def test_a_rate_of_nothing() -> None:
    assert places("rate_of_nothing", total("budget: 0, executed: 0", ", rate: 100")) == [
        "funds/total/rate"
    ]
    assert not findings("rate_of_nothing", total("budget: 0, executed: 0"))
    assert not findings("execution_rate", total("budget: 0, executed: 0", ", rate: 100"))


@pytest.mark.parametrize(("score", "fits"), [("8.62", True), ("8.6", True), ("9", False)])
def test_execution_score(score: str, fits: bool) -> None:
    text = total(more=f", rate: 86%, full_marks: 10, score: {score}")
    found = findings("execution_score", text)
    assert (not found) is fits
    assert all("8.62" in f.what and f.place == "funds/total/score" for f in found)


def test_execution_score_is_capped_and_may_rest_on_the_written_rate() -> None:
    over = total("budget: 10, executed: 12", ", full_marks: 10, score: {}")
    assert not findings("execution_score", over.replace("{}", "10"))
    assert findings("execution_score", over.replace("{}", "12"))
    assert not findings("execution_score", total("rate: 76, full_marks: 10, score: 7.6"))


def test_execution_score_follows_the_scheme() -> None:
    text = total(more=", full_marks: 10, score: 9")
    assert not findings("execution_score", text, known=schemes(score_places=0))
    assert not findings("execution_score", text, known=schemes(proportional=False))


@pytest.mark.parametrize(
    ("funds", "score", "fits"),
    [
        (total(), "8.62", True), (total(), "9", False),
        (total(more=", full_marks: 10, score: 9"), "9", True),
        (total(more=", full_marks: 10, score: 9"), "8.62", False),
        (total("appropriated: 20, executed: 19"), "10", True),
    ],
)  # fmt: skip
def test_execution_rate_among_the_dimensions(funds: str, score: str, fits: bool) -> None:
    text = f"{funds}scores: {{items: [{{name: 预算执行率, score: {score}}}]}}"
    assert (not findings("execution_dimension", text)) is fits


def test_execution_dimension_made_of_indicators_is_their_sum() -> None:
    text = total() + "scores: {items: [{name: 预算执行率, score: 9}]}\n"
    rows = "indicators: [{id: a, level1: 预算执行率指标, name: 支付进度, full_marks: 10, score: 9}]"
    assert findings("execution_dimension", text)
    assert not findings("execution_dimension", text + rows)


ROWS = """
funds:
  rows:
    - {{id: total, amounts: {{budget: {whole}, executed: 30}}, full_marks: 10, score: 9}}
    - {{id: appropriation, amounts: {{budget: 30.004, executed: 20}}}}
    - {{id: carried, amounts: {{budget: 10.5, executed: {part}}}{more}}}
    - {{id: other, amounts: {{budget: 0, executed: 0}}}}
"""


def rows(whole: str = "40.5", part: str = "10", more: str = "") -> str:
    return ROWS.format(whole=whole, part=part, more=more)


def test_a_total_line_is_the_sum_of_its_lines() -> None:
    assert not findings("fund_sum", rows())
    (found,) = findings("fund_sum", rows(whole="41.5"))
    assert found.place == "funds/total/budget" and "30.004 + 10.5 + 0" in found.what
    assert places("fund_sum", rows(part="12")) == ["funds/total/executed"]


def test_lines_that_have_the_whole_budget_have_spent_what_was_spent() -> None:
    without_other = rows().replace("    - {id: other, amounts: {budget: 0, executed: 0}}\n", "")
    budgeted = without_other.replace("budget: 40.5", "budget: 40.504")
    assert not findings("fund_sum", budgeted)
    assert places("fund_sum", budgeted.replace("executed: 30}", "executed: 30.1}")) == [
        "funds/total/executed"
    ]
    another = budgeted.replace("budget: 40.504", "budget: 50").replace(
        "executed: 30}", "executed: 35}"
    )
    assert not findings("fund_sum", another)


def test_a_wrong_sum_is_not_called_unjudged_as_well() -> None:
    without_other = rows().replace("    - {id: other, amounts: {budget: 0, executed: 0}}\n", "")
    budgeted = without_other.replace("budget: 40.5", "budget: 40.504")
    wrong = budgeted.replace("executed: 30}", "executed: 30.1}")
    assert findings("fund_sum", wrong)
    assert not findings("not_checked", wrong)
    left = budgeted.replace("budget: 40.504", "budget: 50").replace(
        "executed: 30}", "executed: 35}"
    )
    assert [f.place for f in findings("not_checked", left)] == ["funds/total"]


def test_lines_without_a_value_may_be_any_amount() -> None:
    assert not findings("fund_sum", rows(part="~"))
    too_much = rows(part="~").replace("executed: 20", "executed: 31")
    assert places("fund_sum", too_much) == ["funds/total/executed"]


def test_only_the_total_is_scored() -> None:
    assert not findings("score_of_part", rows())
    scored = rows(more=", full_marks: 10, score: 9")
    assert places("score_of_part", scored) == ["funds/carried/score"]


@pytest.mark.parametrize(
    ("amounts", "fits"),
    [
        ("appropriated: 20, executed: 19, carried_over: 1", True),
        ("appropriated: 20, executed: 19, carried_over: 2", False),
        ("budget: 25, received: 20, executed: 19, carried_over: 1", True),
        ("executed: 19, carried_over: 1", True),
    ],
)
def test_what_is_carried_over(amounts: str, fits: bool) -> None:
    text = f"funds: {{table: appropriation, rows: [{{id: total, amounts: {{{amounts}}}}}]}}"
    assert places("carried_over", text) == ([] if fits else ["funds/total/carried_over"])


FACT = "facts: [{{id: f, name: 车辆, value: {}, unit: {}, parts: [{}]}}]"


@pytest.mark.parametrize(
    ("value", "unit", "parts", "fits"),
    [
        ("4", "辆", "{name: 甲, value: 1}, {name: 乙, value: 3}", True),
        ("5", "辆", "{name: 甲, value: 1}, {name: 乙, value: 3}", False),
        ("1.5", "亿元", "{name: 甲, value: 1}, {name: 乙, value: 5000, unit: 万元}", True),
        ("1.6", "亿元", "{name: 甲, value: 1}, {name: 乙, value: 5000, unit: 万元}", False),
        ("7908.82", "万元", "{name: 甲, value: 4204.8}, {name: 乙, value: 3704}", True),
        ("7908.83", "万元", "{name: 甲, value: 4204.8}, {name: 乙, value: 3704}", False),
        ("5", "辆", "{name: 甲, value: 1}, {name: 乙, value: 3, unit: 台}", True),
        ("95", '"%"', "{name: 甲, value: 94}, {name: 乙, value: 96}", True),
    ],
)
def test_a_fact_is_the_sum_of_its_parts(value: str, unit: str, parts: str, fits: bool) -> None:
    found = places("fact_sum", FACT.format(value, unit, parts))
    assert found == ([] if fits else ["facts/f/value"])


def projects(kind: str, whole: str, *amounts: str) -> str:
    inside = [
        f"{{id: p{i}, name: 项目{i}, funds: {{rows: [{{id: total, amounts: {{budget: {a}}}}}]}}}}"
        for i, a in enumerate(amounts)
    ]
    return f"kind: {kind}\n{total(f'budget: {whole}')}projects: [{', '.join(inside)}]"


def test_projects_add_up_to_the_report() -> None:
    assert not findings("projects_sum", projects("project", "30", "10", "20"))
    (found,) = findings("projects_sum", projects("project", "31", "10", "20"))
    assert found.place == "funds/total/budget" and "2 个项目合计 30" in found.what


def test_a_department_may_list_some_of_its_projects() -> None:
    assert not findings("projects_sum", projects("department", "90", "10", "20"))
    assert findings("projects_sum", projects("department", "29", "10", "20"))


def test_projects_without_amounts_leave_room() -> None:
    assert not findings("projects_sum", projects("project", "90", "10", "~"))
    assert not findings("projects_exceed", projects("project", "90", "10", "~"))
    assert findings("projects_exceed", projects("project", "9", "10", "~"))


def test_money_of_a_project_inside_a_report() -> None:
    text = "projects: [{id: p, name: 甲, funds: {rows: [{id: total, amounts: " + (
        "{budget: 10, executed: 9}, rate: 95}]}}]"
    )
    assert places("execution_rate", text) == ["projects/p/funds/total/rate"]


def test_several_sums_of_one_cause_are_one_finding() -> None:
    text = rows(part="12").replace("budget: 30.004", "budget: 31.004")
    (found,) = findings("fund_sum", text)
    assert "年度资金总额 › 全年预算数" in found.what and "全年执行数" in found.what
    assert found.what.startswith("2 处")


def test_a_reason_for_the_rate_is_no_signature() -> None:
    """The guide says so: what is printed below the table lets no wrong rate through."""
    row = "{id: total, amounts: {budget: 100.00, executed: 86.20}, rate: 96.20%}"
    text = f"funds: {{rate_reason: 执行率按到位数计算, rows: [{row}]}}"
    assert places("execution_rate", text) == ["funds/total/rate"]
    assert not places("execution_rate", text.replace("96.20%", "86.20%"))
