"""Numbers of headings stand in one form and go down level by level."""

from __future__ import annotations

import pytest

from subjects import findings, places


def section(*lines: str) -> str:
    return "body:\n  overview: |\n" + "".join(f"    {line}\n" for line in lines)


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (["（一）甲", "（二）乙", "（一）丙"], True),
        (["（一）甲", "说明如下：", "（一）丙"], True),
        (["（一）甲", "（一）乙"], True),
        (["一、甲", "（一）乙", "二、丙", "（一）丁"], False),
        (["（一）甲", "1、乙", "2、丙", "（二）丁", "1、戊", "2、己"], False),
        (["1、甲", "2、乙", "另外：", "1、丙", "2、丁"], False),
        (["一、甲", "二、乙", "一、丙"], True),
    ],
)
def test_a_first_number_comes_once(lines: list[str], wrong: bool) -> None:
    assert bool(findings("number_order", section(*lines))) is wrong


@pytest.mark.parametrize(
    ("lines", "spots"),
    [
        (["(一) 甲", "（二）乙"], ["第4行第5列"]),
        (["（一）甲", "(二)乙", "(三)丙"], ["第5行第5列", "第6行第5列"]),
        (["（一)甲", "（二）乙"], ["第4行第5列"]),
        (["(1)甲", "（2）乙"], ["第4行第5列"]),
        (["（一）甲", "（二）乙", "（1）丙"], []),
        (["(一)甲", "(二)乙"], []),
        (["（一）甲(含乙)", "（二）丙"], []),
    ],
)
def test_brackets_of_one_level_are_of_one_form(lines: list[str], spots: list[str]) -> None:
    found = findings("mixed_brackets", section(*lines))
    assert len(found) == bool(spots)
    assert all(spot in found[0].what for spot in spots)


def test_brackets_are_compared_from_chapter_to_chapter() -> None:
    text = "body: {overview: [(一) 甲], finances: [（一）乙]}"
    assert places("mixed_brackets", text) == ["body/overview/1"]


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (["一、甲", "（一）乙", "1、丙", "（1）丁", "①戊"], False),
        (["一、甲", "1、乙"], False),
        (["一、甲", "（1）乙"], True),
        (["（一）甲", "（1）乙"], True),
        (["（一）甲", "①乙"], True),
        (["1、甲", "①乙"], False),
        (["1、甲", "（1）乙", "2、丙", "（1）丁"], False),
    ],
)
def test_levels_follow_one_another(lines: list[str], wrong: bool) -> None:
    assert bool(findings("number_levels", "outline: form\n" + section(*lines))) is wrong


@pytest.mark.parametrize(
    ("blocks", "wrong"),
    [
        ("[{heading: 甲, number: （一）, content: [{heading: 乙, number: （一）}]}]", True),
        ("[{heading: 甲, number: （一）, content: [{heading: 乙, number: 1.}]}]", False),
        ("[{label: （二）过程, content: [{list: [乙], numbering: （一）}]}]", True),
        ("[{label: （二）过程, content: [{list: [乙], numbering: （1）}]}]", False),
    ],
)
def test_what_is_inside_has_another_number(blocks: str, wrong: bool) -> None:
    text = f"outline: form\nbody: {{overview: {blocks}}}"
    assert bool(findings("number_levels", text)) is wrong


def test_headings_that_the_outline_numbers_are_right() -> None:
    blocks = "[{heading: 甲, content: [{list: [乙, 丙], numbering: （1）}]}]"
    assert not findings("number_levels", f"body: {{overview: {blocks}}}")


def test_each_chapter_begins_anew() -> None:
    sections = [
        "overview: {number: （一）, content: 甲}",
        "finances: {number: （二）, content: 乙}",
    ]
    later = "conclusion: {number: （一）, content: 丙}"
    text = f"body: {{{', '.join([*sections, later])}}}"
    assert not findings("number_order", text)


def test_a_first_number_that_is_none_says_so() -> None:
    (found,) = findings("number_order", section("四、评价结论。", "正文。"))
    assert "空" not in found.what and "四、" in found.what
