"""Weights, sums of scores, bounds and grades contradict each other, or are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.checks import Context
from evalpress.checks.scores import scheme_weights
from samples import DATA, read
from subjects import findings, places

ITEMS = """
scores:
  items:
    - {{name: 预算执行率指标, score: 9.04}}
    - {{name: 产出, score: {output}}}
    - {{name: 效益指标, score: 28.5}}
    - {{name: 满意度指标, score: 10}}
  total: {total}
  grade: {grade}
"""
OUTPUT = """
indicators:
  - {{id: i1, level1: 产出指标, name: 甲, full_marks: 30, score: {first}}}
  - {{id: i2, level1: 产出, name: 乙, full_marks: {marks}, score: 18.4}}
  - {{id: i3, level1: 产出, level2: 成本指标, not_applicable: 不涉及}}
"""


def report(output: str = "48.4", total: str = "95.94", grade: str = "优") -> str:
    return ITEMS.format(output=output, total=total, grade=grade)


def rows(first: str = "30", marks: str = "20") -> str:
    return OUTPUT.format(first=first, marks=marks)


def test_weights_of_a_scheme_add_to_its_full_marks(tmp_path: Path) -> None:
    original = (DATA / "schemes.yml").read_text("utf-8")
    assert not list(scheme_weights(Context(read(tmp_path, {}), tmp_path)))
    wrong = original.replace("full_marks: 50", "full_marks: 45", 1)
    loaded = read(tmp_path, {"data/schemes.yml": wrong})
    (found,) = scheme_weights(Context(loaded, tmp_path / "data"))
    assert "合计 95" in found.what and found.where.line


def test_indicator_weights() -> None:
    assert not findings("indicator_weights", rows())
    (found,) = findings("indicator_weights", rows(marks="15"))
    assert "45" in found.what and "50" in found.what
    assert found.place == "indicators/i1/full_marks"
    without = rows().replace("level1: 产出, name", "name").replace("20", "15")
    assert not findings("indicator_weights", without), "an indicator of an unknown dimension"


def test_full_marks_of_dimensions_add_to_the_total() -> None:
    own = "scheme: none\nscores: {{full_marks: 100, items: [{}, {}]}}"
    parts = ("{name: 过程, full_marks: 40}", "{name: 结果, full_marks: 60}")
    assert not findings("weights_total", own.format(*parts))
    (found,) = findings("weights_total", own.format(parts[0], parts[1].replace("60", "50")))
    assert "90" in found.what and found.place == "scores"
    assert not findings("weights_total", report())


def test_indicators_alone_may_be_some_of_all_but_not_too_many() -> None:
    text = "indicators: [{{id: a, name: 甲, full_marks: {}}}, {{id: b, name: 乙, full_marks: 60}}]"
    assert not findings("weights_total", text.format(10))
    assert places("weights_total", text.format(50)) == ["indicators"]


def test_dimension_score() -> None:
    assert not findings("dimension_score", report() + rows())
    (found,) = findings("dimension_score", report("48.9") + rows())
    assert found.place == "scores/产出/score" and "48.4" in found.what
    assert not findings("dimension_score", report("48.9") + rows(first="~")), "a score is missing"


def test_total_score() -> None:
    assert not findings("total_score", report())
    (found,) = findings("total_score", report(total="96.94"))
    assert "95.94" in found.fix and found.place == "scores/total" and found.where.line == 9
    only = "scores: {items: [{name: 预算执行率指标, score: 7.6}], total: 97.6}"
    assert not findings("total_score", only)


def test_total_score_leaves_room_for_dimensions_that_are_not_listed() -> None:
    some = "scores: {{items: [{{name: 产出, score: 48}}, {{name: 效益, score: 28}}], total: {}}}"
    assert not findings("total_score", some.format(95))
    assert findings("total_score", some.format(97)), "20 marks are left at most"
    assert findings("total_score", some.format(75))


def test_total_of_indicators_and_execution_rate() -> None:
    text = """
funds: {{rows: [{{id: total, amounts: {{full_marks: 10, score: 9}}}}]}}
indicators: [{{id: a, name: 甲, full_marks: 90, score: 88}}]
scores: {{total: {}}}"""
    assert not findings("total_score", text.format(97))
    assert findings("total_score", text.format(98))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("indicators: [{id: a, name: 甲, full_marks: 5, score: 5.5}]", "indicators/a/score"),
        ("indicators: [{id: a, name: 甲, score: -1}]", "indicators/a/score"),
        ("funds: {rows: [{id: total, full_marks: 10, score: 11}]}", "funds/total/score"),
        ("scores: {items: [{name: 产出, score: 51}]}", "scores/产出/score"),
        ("scores: {total: 101}", "scores/total"),
        ("scores: {total: 90, review: {total: 120}}", "scores/review/total"),
        ("projects: [{id: p, name: 甲, scores: {total: 101}}]", "projects/p/scores/total"),
    ],
)
def test_score_out_of_range(text: str, place: str) -> None:
    assert places("score_out_of_range", text) == [place]


def test_scores_within_their_bounds() -> None:
    assert not findings("score_out_of_range", report() + rows())
    assert not findings("score_out_of_range", "scheme: none\nscores: {total: 120}")


@pytest.mark.parametrize(
    ("total", "grade", "fits"),
    [
        ("95", "优", True), ("100", "优秀", True), ("90", "良", False), ("89.5", "良", True),
        ("89.99", "优", False), ("60", "中", True), ("59.9", "中", False), ("0", "差", True),
        ("95", "特优", True),
    ],
)  # fmt: skip
def test_grade_fits_the_total(total: str, grade: str, fits: bool) -> None:
    found = findings("grade_differs", f"scores: {{total: {total}, grade: {grade}}}")
    assert (not found) is fits


def test_grade_is_scaled_to_a_hundred() -> None:
    text = "scores: {{total: 45, full_marks: 50, grade: {}}}"
    assert not findings("grade_differs", text.format("优"))
    assert findings("grade_differs", text.format("差"))
