"""Chinese numerals as digits."""

from __future__ import annotations

import pytest

from evalpress.text.spoken import in_digits, whole_number


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("壹佰贰拾万元整", "120万元整"),
        ("一百二十三万四千五百元", "1234500元"),
        ("壹仟贰佰叁拾肆万伍仟元", "12345000元"),
        ("十九点八四万元", "19.84万元"),
        ("一亿二千万元", "12000万元"),
        ("百分之九十二点八", "92.8%"),
        ("百分之百", "100%"),
        ("3亿2000万元", "32000万元"),
        ("12万8000元", "128000元"),
        ("一千零二十人", "1020人"),
        ("二〇二五年", "2025年"),
        ("十五个", "15个"),
        ("两百户", "200户"),
        ("三万户", "3万户"),
        ("一万二千人", "12000人"),
        ("十九万八千四", "198400"),
        ("一百五", "150"),
        ("一百零五", "105"),
        ("十九万八", "198000"),
        ("一百五十万元", "150万元"),
        ("一九点八四万元", "19.84万元"),
        ("九十二点八", "92.8"),
        ("百分之92.8", "92.8%"),
        ("万分之九千二百八十", "92.8%"),
        ("千分之九百二十八", "92.8%"),
        ("九成二八", "92.8%"),
        ("九成三", "93%"),
        ("九成半", "95%"),
        ("9.28成", "92.8%"),
        ("九点二八成", "92.8%"),
        ("建成二期", "建成2期"),
        ("九成新", "9成新"),
        ("19万8千4百元", "198400元"),
        ("19万8千4。", "198400。"),
        ("19万零8400元", "198400元"),
        ("19万8，", "198000，"),
        ("198千4百元", "198400元"),
        ("1亿2千万元", "12000万元"),
        ("3万5千人", "35000人"),
    ],
)
def test_numbers_in_words_become_digits(said: str, digits: str) -> None:
    assert in_digits(said) == digits


@pytest.mark.parametrize(
    "text",
    ["万一下雨", "成千上万", "两三个", "一一核对", "百分比", "12万元", "12万8000册",
     "1.2万元", "投入12万，8千人"],
)  # fmt: skip
def test_words_that_are_no_numbers_stay(text: str) -> None:
    assert in_digits(text) == text


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("12", 12),
        ("０３", 3),
        ("十", 10),
        ("两", 2),
        ("二十一", 21),
        ("一百零一", 101),
        ("二〇二五", 2025),
    ],
)
def test_a_whole_number_in_figures_or_words(said: str, number: int) -> None:
    assert whole_number(said) == number


@pytest.mark.parametrize("said", ["", "一一", "两三"])
def test_signs_that_say_no_number(said: str) -> None:
    assert whole_number(said) is None
