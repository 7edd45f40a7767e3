"""A file with many mistakes tells them all at once, and nothing that only follows from another."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.findings import Finding
from evalpress.load import parse
from samples import REPORT, read, rules

MIXED = """state: published
title：云泽区财政局2025年度报告
scheme: none
public_info:
  issued：2026-08-10
  keywords: [绩效自评、网信]
body:
\toverview: 概况
  finances:
    - 第一段
    -第二段
    - label:标签
      text: 目标: 完成
  goals: @目标
  results: "未完
profile:
  duties: [甲, 乙
funds:
  rows:
    - {id: total, amounts: {budget: 12万, executed: 3O}}
    - {id: b, name: #1号楼, amounts: {budget: 12}}
scores:
  items:
    - {name: 产出，score: 38}
    - {name: 效益, score: >=30}
total: 93
  grade: 优
indicators:
  - id: A1
    name: x
    target: >=90%
    actual: #N/A
    score: -
   full_marks: 3
  - id: b
    naem: y
attachments:
  - {id: a, name: "甲"乙}
notes: %x
"""
EXPECTED = [
    ("wide_colon", 2), ("wide_colon", 5), ("joined_items", 6), ("tab_in_yaml", 8),
    ("dash_without_space", 11), ("colon_without_space", 12), ("colon_in_text", 13),
    ("reserved_start", 14), ("open_quote", 15), ("open_bracket", 17), ("not_a_number", 20),
    ("not_a_number", 20), ("value_is_comment", 21), ("wide_comma", 24), ("reserved_start", 25),
    ("bad_indent", 26), ("not_an_id", 29), ("reserved_start", 31), ("excel_error", 32),
    ("blank_cell", 33), ("bad_indent", 34), ("unknown_field", 36), ("text_after_quote", 38),
    ("reserved_start", 39),
]  # fmt: skip


def told(findings: list[Finding]) -> list[tuple[str, int]]:
    return [(f.rule, f.where.line) for f in sorted(findings, key=lambda f: f.where)]


def test_mixed_mistakes_are_told_in_one_run_and_nothing_else_is(tmp_path: Path) -> None:
    loaded = read(tmp_path, {REPORT: MIXED})
    assert told(loaded.findings) == EXPECTED
    assert not loaded.reports


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("  - {{id: a{}, name: 一, target: >=90%}}", "reserved_start"),
        ("  - {{id: a{}, name: 一，target: 二}}", "wide_comma"),
        ("  - {{id: a{}, name: #1号楼}}", "value_is_comment"),
        ("  - id:a{}\n    name: 一", "colon_without_space"),
        ("  - id: a{}\n    name：一", "wide_colon"),
        ("  - id: a{}\n    name: 一\n    score: -", "blank_cell"),
        ("  - id: a{}\n    name: 甲: 乙", "colon_in_text"),
        ('  - id: a{}\n    name: "甲"乙', "text_after_quote"),
        ("  - id: a{}\n\tname: 一", "tab_in_yaml"),
        ("  - id: a{}\n　　　　name: 一", "wide_indent"),
        ("  - id: a{}\n    name: *一", "alias_refused"),
        ("  - id: a{}\n    name: !一", "tag_refused"),
        ('  - id: a{}\n    name: "\\q"', "bad_escape"),
        ("  - id: a{}\n    name: 一\n     unit: 个", "bad_indent"),
        ("  - id: a{}\n    name: 一\n   unit: 个", "bad_indent"),
    ],
)
def test_ten_equal_mistakes_are_ten_findings(line: str, rule: str) -> None:
    text = "state: draft\nindicators:\n" + "\n".join(line.format(n) for n in range(10)) + "\n"
    source, findings = parse("x.yml", text.encode())
    assert rules(findings) == [rule] * 10
    assert len({f.where.line for f in findings}) == 10
    assert len(source.data["indicators"]) == 10


def test_the_quote_that_was_left_open_is_told_not_the_next_one() -> None:
    text = 'title: "未完\nnotes: "有完"\nversion: 一\n'
    source, findings = parse("x.yml", text.encode())
    assert told(findings) == [("open_quote", 1)]
    assert source.data == {"title": "未完", "notes": "有完", "version": "一"}


@pytest.mark.parametrize(
    "text", ['a: "一\n  二"\nb: "三"\n', "a: [一,\n  二]\nb: {c: 一,\n  d: 二}\n", "a: 一\n  二\n"]
)
def test_a_sound_file_is_not_mended(text: str) -> None:
    source, findings = parse("x.yml", text.encode())
    assert not findings
    assert source.is_sound


def test_a_mended_file_is_not_published(tmp_path: Path) -> None:
    loaded = read(tmp_path, {REPORT: "state：published\ntitle: 一\n"})
    assert rules(loaded.findings) == ["wide_colon"]
    assert not loaded.reports


def test_a_file_in_gbk_tells_its_other_mistakes_too() -> None:
    text = "state: draft\ntitle: 教育局\nnotes: @一\n"
    assert rules(parse("x.yml", text.encode("gbk"))[1]) == ["in_gb18030", "reserved_start"]
