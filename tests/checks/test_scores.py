"""Weights, sums of scores, bounds and grades contradict each other, or are left alone."""

from __future__ import annotations

import dataclasses
from decimal import Decimal as D
from pathlib import Path

import pytest

from evalpress.checks import Context
from evalpress.checks.scores import ceiling_dimension, scheme_weights
from evalpress.model import Ceiling, Dimension, Effect, Reference
from samples import DATA, read, reference
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


# --- bonuses, penalties, ceilings -----------------------------------------------------------------

EXTRA = (
    Dimension(id="bonus", name="加分项", full_marks="5", effect=Effect.BONUS),
    Dimension(id="penalty", name="扣分项", full_marks="10", effect=Effect.PENALTY),
)
RULES_OF_SCORES = [
    "indicator_weights", "weights_total", "dimension_score", "total_score", "score_out_of_range",
    "grade_differs", "ceiling_exceeded", "execution_score", "execution_dimension",
]  # fmt: skip


def local(**values: object) -> Reference:
    """The county's reference data with a scheme that has a bonus and a penalty."""
    known = reference()
    plain = known.schemes["plain"]
    dimensions = (*plain.dimensions, *EXTRA)
    changed = plain.model_copy(update={"dimensions": dimensions, **values})
    return dataclasses.replace(known, schemes={"plain": changed})


def wrong(text: str, known: Reference) -> set[str]:
    return {rule for rule in RULES_OF_SCORES if findings(rule, text, known=known)}


FULL = """
scores:
  items:
    - {{name: 预算执行率指标, score: 9}}
    - {{name: 产出指标, score: 50}}
    - {{name: 效益指标, score: 30}}
    - {{name: 满意度指标, score: 10}}
    - {{name: 加分项, score: {bonus}}}
    - {{name: 扣分项, score: {penalty}}}
  total: {total}
  grade: 优
"""


@pytest.mark.parametrize(
    ("bonus", "penalty", "total", "found"),
    [
        ("4", "2", "101", set()),
        ("4", "-2", "101", set()),
        ("5", "0", "104", set()),
        ("~", "~", "99", set()),
        ("4", "2", "105", {"total_score"}),
        ("4", "2", "103", {"total_score"}),
        ("6", "0", "105", {"score_out_of_range"}),
        ("4", "-11", "92", {"score_out_of_range"}),
        ("-1", "0", "98", {"score_out_of_range"}),
    ],
)
@pytest.mark.parametrize("whole", ["100", "105"])
def test_bonuses_and_penalties_are_data(
    bonus: str, penalty: str, total: str, found: set[str], whole: str
) -> None:
    text = FULL.format(bonus=bonus, penalty=penalty, total=total)
    assert wrong(text, local(full_marks=D(whole))) == found


def test_the_full_marks_of_a_report_may_hold_the_bonus() -> None:
    text = FULL.format(bonus=4, penalty=0, total=103) + "  full_marks: 105\n"
    assert not wrong(text, local(full_marks=D(105)))


def test_a_share_and_a_grade_are_of_the_regular_marks() -> None:
    text = "scores: {{total: 91, grade: {}}}"
    assert not wrong(text.format("优"), local(full_marks=D(105)))
    assert wrong(text.format("良"), local(full_marks=D(105))) == {"grade_differs"}


def test_without_a_scheme_the_words_tell() -> None:
    items = "[{{name: 产出, score: 90}}, {{name: 扣分项, score: {}}}]"
    text = f"scheme: none\nscores: {{{{items: {items}, total: {{}}}}}}"
    assert not wrong(text.format(-3, 87), reference())
    assert not wrong(text.format(3, 87), reference())
    assert wrong(text.format(3, 93), reference()) == {"total_score"}


CAPPED = """
funds: {{rows: [{{id: total, amounts: {{budget: 100, executed: {executed}}}}}]}}
scores:
  items:
    - {{name: 预算执行率指标, score: {rate}}}
    - {{name: 产出指标, score: 50}}
    - {{name: 效益指标, score: 30}}
    - {{name: 满意度指标, score: 10}}
  total: {total}
"""
CEILINGS = (
    Ceiling(rate_below="60", limit="80"),
    Ceiling(rate_below="50", limit="0", dimension="execution"),
)


@pytest.mark.parametrize(
    ("executed", "rate", "total", "found"),
    [
        ("60", "6", "96", set()),
        ("59", "5.9", "80", set()),
        ("59", "5.9", "95.9", {"ceiling_exceeded"}),
        ("59", "5.9", "81", {"ceiling_exceeded", "total_score"}),
        ("40", "0", "80", set()),
        ("40", "4", "80", {"ceiling_exceeded", "execution_dimension"}),
    ],
)
def test_a_low_execution_rate_caps(executed: str, rate: str, total: str, found: set[str]) -> None:
    text = CAPPED.format(executed=executed, rate=rate, total=total)
    assert wrong(text, local(ceilings=CEILINGS)) == found


def test_a_ceiling_names_a_dimension_of_its_scheme(tmp_path: Path) -> None:
    original = (DATA / "schemes.yml").read_text("utf-8")
    more = "    ceilings: [{rate_below: 60%, limit: 5, dimension: execution}]\n    dimensions:"
    loaded = read(tmp_path, {"data/schemes.yml": original.replace("    dimensions:", more)})
    assert not list(ceiling_dimension(Context(loaded, tmp_path / "data")))
    wrong = more.replace("dimension: execution", "dimension: excution")
    loaded = read(tmp_path, {"data/schemes.yml": original.replace("    dimensions:", wrong)})
    (found,) = ceiling_dimension(Context(loaded, tmp_path / "data"))
    assert found.where.line == 6 and "excution" in found.what


def test_points_of_bonuses_and_penalties_are_no_points_lost() -> None:
    row = "{id: a, level1: %s, name: 获表彰, target: 2次, actual: 1次, full_marks: 5, score: 1}"
    rows = f"indicators: [{row}]"
    assert findings("points_lost", rows % "产出指标", known=local())
    assert not findings("points_lost", rows % "加分项", known=local())
    assert not findings("points_lost", rows % "扣分项", known=local())


def test_one_indicator_without_a_dimension_does_not_silence_the_others() -> None:
    stray = rows(marks="25").replace(
        "  - {id: i3, level1: 产出, level2", "  - {id: i3, full_marks: 5, level2"
    )
    assert findings("indicator_weights", stray), "30 + 25 are more than 50 in any case"
    less = rows(marks="15").replace(
        "  - {id: i3, level1: 产出, level2", "  - {id: i3, full_marks: 5, level2"
    )
    assert not findings("indicator_weights", less)


@pytest.mark.parametrize(
    "name",
    ["产岀指标", "产出指标（50分）", "产出 指标", "一、产出指标", "产出指标50分", "产出标指"],
)
def test_a_name_that_is_nearly_right_does_not_silence_its_dimension(name: str) -> None:
    text = rows(marks="15").replace("level1: 产出指标", f"level1: {name}")
    assert findings("indicator_weights", text)
