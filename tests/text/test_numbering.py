"""Heading and list numbers follow a sample."""

from __future__ import annotations

import pytest

from evalpress.text.numbering import chinese_numeral, circled, number


@pytest.mark.parametrize(
    ("value", "numeral"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "一百"),
     (101, "一百零一"), (110, "一百一十"), (215, "二百一十五"), (1000, "1000")],
)  # fmt: skip
def test_chinese_numerals(value: int, numeral: str) -> None:
    assert chinese_numeral(value) == numeral


@pytest.mark.parametrize(
    ("value", "character"),
    [(1, "①"), (20, "⑳"), (21, "㉑"), (35, "㉟"), (36, "㊱"), (50, "㊿"), (51, "（51）")],
)
def test_circled_numbers_end_at_fifty(value: int, character: str) -> None:
    assert circled(value) == character


@pytest.mark.parametrize(
    ("sample", "value", "shown"),
    [
        ("一、", 3, "三、"), ("（一）", 12, "（十二）"), ("1.", 2, "2."), ("1、", 10, "10、"),
        ("（1）", 4, "（4）"), ("①", 5, "⑤"), ("⑴", 20, "⒇"), ("⑴", 21, "(21)"), ("㈠", 10, "㈩"),
        ("㈠", 11, "（十一）"), ("第一部分", 2, "第二部分"), ("•", 7, "•"), ("none", 1, ""),
        ("", 1, ""), (None, 1, ""),
    ],
)  # fmt: skip
def test_number_follows_its_sample(sample: str | None, value: int, shown: str) -> None:
    assert number(sample, value) == shown


@pytest.mark.parametrize("sample", ["一、", "1.", "①", "⑴", "㈠"])
def test_long_lists_get_different_numbers(sample: str) -> None:
    assert len({number(sample, value) for value in range(1, 1200)}) == 1199
