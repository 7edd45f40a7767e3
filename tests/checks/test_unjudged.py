"""What cannot be judged is told with its reason; names that are nearly right are findings."""

from __future__ import annotations

import pytest

from subjects import findings, places

ROW = "{{id: {}, level1: {}, name: {}, target: {}, actual: {}, full_marks: 25, score: {}}}"


def table(*rows: tuple[str, ...]) -> str:
    return "indicators: [" + ", ".join(ROW.format(*row) for row in rows) + "]\n"


GOOD = ("a", "产出指标", "甲", "≥9个", "9个", "25")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("b", "产出", "乙", "≥8个", "8个", "25"), ""),
        (("b", "~", "乙", "≥8个", "8个", "25"), "没有写一级指标"),
        (("b", "保障指标", "乙", "≥8个", "8个", "25"), "权重方案里没有"),
        (("b", "产出", "乙", "≥8个", "8个", "~"), "没有得分"),
        (("b", "产出", "乙", "≥8个", "~", "25"), "没有完成值"),
        (("b", "产出", "乙", "≥8个以上吧", "8个", "25"), "不能相比"),
        (("b", "产出", "乙", "≥８个", "8个", "25"), ""),
        (("b", "产出", "乙", "6月30日前", "6月28日", "25"), ""),
        (("b", "产出", "乙", "制度健全", "健全", "25"), ""),
    ],
)
def test_what_is_not_checked_says_why(row: tuple[str, ...], why: str) -> None:
    found = findings("not_checked", table(GOOD, row))
    assert [why in f.what for f in found] == ([True] if why else [])
    assert all("乙" in f.what or "保障" in f.what for f in found)


SCORES = "scores: {{items: [{}], total: {}, grade: 优}}\n"
ITEMS = [
    "{name: 预算执行率指标, score: 9}", "{name: 产出指标, score: 50}",
    "{name: 效益指标, score: 30}", "{name: 满意度指标, score: 10}",
]  # fmt: skip
FUNDS = "funds: {rows: [{id: total, amounts: {budget: 10, executed: 9}}]}\n"


@pytest.mark.parametrize(
    ("items", "total", "funds", "why"),
    [
        (ITEMS, "99", FUNDS, ""),
        (ITEMS[:3], "99", FUNDS, "评分里没有 满意度指标"),
        ([*ITEMS[:3], "{name: 满意度指标}"], "99", FUNDS, "满意度指标 没有得分"),
        (ITEMS, "~", FUNDS, "没有写 total"),
        (ITEMS, "99", "", "没有预算数和执行率"),
        (ITEMS, "99", FUNDS.replace("budget", "appropriated"), "没有预算数和执行率"),
    ],
)
def test_missing_scores_are_told(items: list[str], total: str, funds: str, why: str) -> None:
    found = findings("not_checked", SCORES.format(", ".join(items), total) + funds)
    assert [why in f.what for f in found] == ([True] if why else [])


@pytest.mark.parametrize(("cell", "told"), [("budget: 2", 0), ("budget: ~", 1), ("", 1)])
def test_an_empty_cell_of_a_sum_is_told(cell: str, told: int) -> None:
    rows = (
        "{id: total, amounts: {budget: 10, executed: 9}}, "
        "{id: appropriation, amounts: {budget: 8, executed: 8}}, "
        f"{{id: carried, amounts: {{executed: 1, {cell}}}}}"
    )
    assert len(findings("not_checked", f"funds: {{rows: [{rows}]}}")) == told


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("产出指标", ""), ("产出", ""), ("效益指标", ""), ("保障指标", ""),
        ("产岀指标", "产出指标"), ("产出指标（50分）", "产出指标"), ("产出指标(50)", "产出指标"),
        ("产出 指标", "产出指标"), ("二、产出指标", "产出指标"), ("产出指标50分", "产出指标"),
        ("产出标指", "产出指标"), ("满意指标", "满意度指标"), ("满意度标", "满意度指标"),
        ("预算执行绿指标", "预算执行率指标"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("scheme", ["", "scheme: none\n"])
def test_a_name_that_is_nearly_right(written: str, right: str, scheme: str) -> None:
    text = scheme + table(GOOD, ("b", written, "乙", "≥8个", "8个", "25"))
    found = findings("level_name", text)
    assert [f.place for f in found] == (["indicators/b/level1"] if right else [])
    assert all(f"写“{right}”" in f.fix for f in found)


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("数量指标", False),
        ("数量", False),
        ("社会效益", False),
        ("数最指标", True),
        ("社会效应指标", True),
        ("经济效益指标（10分）", True),
        ("水质指标", False),
    ],
)
def test_second_levels_too(written: str, wrong: bool) -> None:
    text = f"indicators: [{{id: a, level1: 产出指标, level2: {written}, name: 甲}}]"
    assert places("level_name", text) == (["indicators/a/level2"] if wrong else [])


def test_full_width_figures_are_read_and_told() -> None:
    text = table(("a", "产出", "合格率", "≥９０%", "85%", "25"))
    assert findings("unmet_full_marks", text)
    assert places("full_width", text) == ["indicators/a/target"]
    assert not findings("full_width", table(GOOD))


@pytest.mark.parametrize("target", ["大于等于90%", "不小于90%", "至少90%", "≥９０％"])
def test_targets_in_words_are_read(target: str) -> None:
    assert findings("unmet_full_marks", table(("a", "产出", "合格率", target, "85%", "25")))
    assert not findings("unmet_full_marks", table(("a", "产出", "合格率", target, "95%", "25")))
