"""A finding stands at the line and column of the sign that it is about."""

from __future__ import annotations

import dataclasses
import re

import pytest

from evalpress.checks.spots import spot_in
from evalpress.model import Reference, SecretWord, WordRule
from samples import reference
from subjects import findings


def known() -> Reference:
    entry = WordRule(wrong="截止(?=20)", right="截至")
    return dataclasses.replace(reference(), wording={entry.id: entry})


WRITTEN = {
    "plain": "body: {overview: 共两次截止2025年底。}",
    "quoted": "body: {overview: '共两次截止2025年底。'}",
    "in a list": "body:\n  overview:\n    - 第一段。\n    - 共两次截止2025年底。",
    "folded": "body:\n  overview:\n    共两次，\n      截止2025年底。",
    "block": "body:\n  overview: |\n    第一段。\n\n    共两次截止2025年底。",
    "escaped": 'body: {overview: "“共\\t两”次截止2025年底。"}',
    "with a key": "body: {overview: [{text: 共两次截止2025年底。}]}",
    "in a cell": "body: {overview: [{table: 表, columns: [甲], rows: [[截止2025年底]]}]}",
}


def spots(text: str, word: str) -> list[tuple[int, int]]:
    """Line and column, from 1, of each place in which a file has a word."""
    lines = f"state: published\n{text}".split("\n")
    found = [(n, m.start()) for n, line in enumerate(lines) for m in re.finditer(word, line)]
    return [(line + 1, column + 1) for line, column in found]


def where(rule: str, text: str) -> list[tuple[int, int]]:
    return [(f.where.line, f.where.column) for f in findings(rule, text, known=known())]


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_a_word_stands_where_it_is_written(text: str) -> None:
    assert where("wording", text) == spots(text, "截止")


def test_every_one_of_several_is_reported_at_its_own_place() -> None:
    text = "body:\n  overview: |\n    截止2025年底，截止2024年底。\n    甲。\n    乙截止2023年底。"
    assert where("wording", text) == spots(text, "截止")
    assert len(spots(text, "截止")) == 3


COUNTED = """body:
  overview: |
    共1200余户，检查,演练。
    约30%，检查,培训。
  finances: 第三，近50户，检查,评比。
"""


@pytest.mark.parametrize(
    ("rule", "sign"), [("half_width", ","), ("vague_figure", "1200余|约30%|近50")]
)
def test_a_rule_that_counts_names_every_place(rule: str, sign: str) -> None:
    [found] = findings(rule, COUNTED)
    told = [f"第{line}行第{column}列" for line, column in spots(COUNTED, sign)]
    assert len(told) == 3
    assert "、".join(told) in found.what
    assert (found.where.line, found.where.column) == spots(COUNTED, sign)[0]


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        ("prose_sum", "共"), ("prose_twice", ""), ("impossible_day", "2月30"),
        ("number_order", "3、"), ("placeholder", "×"), ("repeated_punctuation", "。。"),
        ("unbalanced_pair", "《"), ("document_number", "〔2019〕第"), ("secret_word", "内部资料"),
    ],
)  # fmt: skip
def test_findings_in_a_block_of_lines_stand_in_their_own(rule: str, word: str) -> None:
    text = """body:
  overview: |
    第一段没有问题。
    1、2月30日前完成。
    3、云财〔2019〕第5号，《办法有误。。
    ××局印发内部资料。
    共36场：线下28场、线上7场。
"""
    secrets = {"内部资料": SecretWord(secret="内部资料")}
    seen = findings(rule, text, known=dataclasses.replace(reference(), secrecy=secrets))
    lines = {n for n, _ in spots(text, word)} if word else set()
    assert {f.where.line for f in seen} == lines


def test_what_does_not_fit_stays_at_the_beginning() -> None:
    assert spot_in(["a: 甲"], (1, 4), "乙", 0) == (1, 4)
    assert spot_in([], (3, 1), "乙", 0) == (3, 1)
