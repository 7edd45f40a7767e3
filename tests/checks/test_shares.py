"""Shares, growth and differences: what a sentence says beside the numbers that they follow from."""

from __future__ import annotations

import pytest

from subjects import findings


def told(rule: str, sentence: str) -> list[str]:
    return [f.what for f in findings(rule, f"body: {{overview: [{sentence}]}}")]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("支出200万元，其中项目支出50万元，占35%。", "支出200万元，其中项目支出50万元，占25%。"),
        ("支出200.10万元，项目支出50.03万元，占支出的52.00%。",
         "支出200.10万元，项目支出50.03万元，占支出的25.00%。"),
        ("涉及48个行政村。抽查12个行政村，占全部的52%。",
         "涉及48个行政村。抽查12个行政村，占全部的25%。"),
        ("发放问卷500份，收回486份，回收率92.7%。", "发放问卷500份，收回486份，回收率97.2%。"),
    ],
)  # fmt: skip
def test_a_share_follows_from_part_and_whole(wrong: str, right: str) -> None:
    assert len(told("prose_share", wrong)) == 1
    assert told("prose_share", right) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "支出200万元，其中项目支出50万元，占全县项目支出的3%。",
        "抽查12个行政村，占全部的52%。",
        "支出约200万元，项目支出50万元，占30%。",
        "项目支出50万元，占比提高到30%。",
    ],
)
def test_a_share_of_something_else_is_left_alone(sentence: str) -> None:
    assert told("prose_share", sentence) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("与上年1000万元相比，增加50万元，增长6%。", "与上年1000万元相比，增加50万元，增长5%。"),
        ("上年决算1876.40万元，增加121.91万元，增长65.0%。",
         "上年决算1876.40万元，增加121.91万元，增长6.5%。"),
    ],
)  # fmt: skip
def test_growth_follows_from_the_change(wrong: str, right: str) -> None:
    assert len(told("prose_growth", wrong)) == 1
    assert told("prose_growth", right) == []


def test_a_change_against_another_number_is_no_growth_of_this_one() -> None:
    assert told("prose_growth", "年初预算380.00万元，支出比上年减少117.46万元，下降7.25%。") == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("支出9.62万元，比预算11.50万元少0.88万元。", "支出9.62万元，比预算11.50万元少1.88万元。"),
        ("办理617件，比上年的560件增加75件。", "办理617件，比上年的560件增加57件。"),
    ],
)  # fmt: skip
def test_a_difference_is_that_of_both_numbers(wrong: str, right: str) -> None:
    assert len(told("prose_difference", wrong)) == 1
    assert told("prose_difference", right) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("安排预算1500万元。实际支出1368万元，执行率92.1%。",
         "安排预算1500万元。实际支出1368万元，执行率91.2%。"),
        ("安排预算1500万元。资金执行率91.2%，结余312万元。",
         "安排预算1500万元。资金执行率91.2%，结余132万元。"),
    ],
)  # fmt: skip
def test_funds_that_only_the_prose_tells(wrong: str, right: str) -> None:
    assert len(told("prose_funds", wrong)) == 1
    assert told("prose_funds", right) == []


def test_a_rate_of_completion_follows_from_the_target() -> None:
    def found(rate: str) -> list[str]:
        goals = "goals: {overall: {target: 新建设施36座}}"
        text = f"{goals}\nbody: {{overview: ['建成33座，完成率{rate}。']}}"
        return [f.what for f in findings("prose_share", text)]

    assert len(found("97.61%")) == 1
    assert found("91.67%") == []
