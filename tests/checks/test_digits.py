"""How figures are written: digits, points, units."""

from __future__ import annotations

import pytest

from subjects import findings


def in_body(rule: str, sentence: str) -> list[str]:
    return [f.what for f in findings(rule, f"body: {{overview: ['{sentence}']}}")]


@pytest.mark.parametrize(
    ("wrong", "right"), [("造林l.26万亩", "1.26"), ("更换器具24O台套", "240"), ("培训I2场", "12")]
)
def test_a_letter_in_the_place_of_a_digit(wrong: str, right: str) -> None:
    (found,) = findings("letter_in_figure", f"body: {{overview: [{wrong}]}}")
    assert found.fix.startswith(f"改为数字：{right}")


@pytest.mark.parametrize(
    "sentence",
    ["PM2.5浓度下降3%", "O2O平台", "建成5G基站20个", "配备i7电脑3台", "办公软件V2.0一套"],
)
def test_letters_of_names_are_no_digits(sentence: str) -> None:
    assert in_body("letter_in_figure", sentence) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("支出6，721.48万元", "6721.48"), ("支出1 998.31万元", "1998.31"), ("支出19. 84万元", "19.84"),
     ("支出19。84万元", "19.84"), ("执行率95..25%", "95.25")],
)  # fmt: skip
def test_a_figure_in_two_pieces(wrong: str, right: str) -> None:
    (found,) = findings("broken_figure", f"body: {{overview: [{wrong}]}}")
    assert found.fix.startswith(f"连着写：{right}")


@pytest.mark.parametrize(
    "sentence",
    [
        "2024 年支出100万元",
        "1,998.31万元",
        "第3，共100万元",
        "涉及2025，100万元以上的3个",
        "分别为3、200元",
    ],
)
def test_figures_beside_one_another_are_left_alone(sentence: str) -> None:
    assert in_body("broken_figure", sentence) == []


@pytest.mark.parametrize("wrong", ["支出12万元万元", "增长5%%", "百分之95%"])
def test_a_unit_that_is_written_twice(wrong: str) -> None:
    assert len(in_body("doubled_unit", wrong)) == 1
    assert in_body("doubled_unit", "支出12万元，增长5%，达到百分之九十五") == []


@pytest.mark.parametrize("wrong", ["全年支出1998.31，其中", "安排预算960万。", "年末结转48.02"])
def test_an_amount_without_its_unit(wrong: str) -> None:
    assert len(in_body("unit_missing", wrong)) == 1


@pytest.mark.parametrize(
    "sentence",
    ["支出1998.31万元，其中", "资金增长率1.2，", "惠及1.2万，", "预算项目3，", "投入4.5万人次"],
)
def test_other_figures_need_no_money_unit(sentence: str) -> None:
    assert in_body("unit_missing", sentence) == []
