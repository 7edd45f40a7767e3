"""A comment that took a value is found; one that is meant as such is none."""

from __future__ import annotations

import pytest

from evalpress.load import parse


def spots(text: str) -> list[tuple[str, int, int]]:
    return [(f.rule, f.where.line, f.where.column) for f in parse("x.yml", text.encode())[1]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("score: #REF!\n", ("excel_error", 1, 8)),
        ("actual: #N/A\nb: c\n", ("excel_error", 1, 9)),
        ("executed: ######\n", ("excel_error", 1, 11)),
        ("executed:   # ####\n", None),
        ("executed:  ###\n", ("excel_error", 1, 12)),
        ("text: #1号楼漏水未修\n", ("value_is_comment", 1, 7)),
        ("text:  #1号楼\n", ("value_is_comment", 1, 8)),
        ("text: # 1号楼\n", ("value_is_comment", 1, 7)),
        ("text: #1号楼\n  漏水未修\n", ("value_is_comment", 1, 7)),
        ("a:\n  - #1号楼\n  - 二\n", ("value_is_comment", 2, 5)),
        ("a: 甲 # 1号楼\n", ("text_cut", 1, 6)),
        ("a: 甲 #1号楼\n", ("text_cut", 1, 6)),
        ("a: 甲  #1号楼\n", ("text_cut", 1, 7)),
        ("a: '甲' # 1号楼\n", ("text_cut", 1, 8)),
        ("a: 甲\n  乙 # 1号楼\n", ("text_cut", 2, 5)),
        ("a: [甲, 乙] # 丙\n", ("text_cut", 1, 11)),
        ("a: {b: 一, c: #1号楼}\nd: 二\n", ("value_is_comment", 1, 14)),
        ("a: {b: 一, c: 甲 #1号楼, d: 二}\n", ("text_cut", 1, 16)),
        ("a: {b: #N/A, c: 二}\n", ("excel_error", 1, 8)),
        ("a: [一, #2号楼,\n  三]\n", ("value_is_comment", 1, 8)),
    ],
)
def test_lost_text_is_found(text: str, found: tuple[str, int, int] | None) -> None:
    assert spots(text) == ([found] if found else [])


@pytest.mark.parametrize(
    "text",
    [
        "# 说明\na: 一\n  # 说明\n#说明\n", "a: 一  # 说明\n", "a:  # 说明\n",
        "a:  # 说明\n  - 一\n",
        "a: # 说明\n  - 一\n", "a: # 说明\n  b: 一\n", "a: # 说明\n- 一\n", "a: []  # 说明\n",
        "a: |- # 说明\n  #1号楼\n  甲 #2\n", "a: > # 说明\n  一\n", "a: '甲 #1号楼'\n", 'a: "#1"\n',
        "a: C#和1#楼\n", "a: 一   #\n", "--- # 说明\na: 一\n...\n", "a: [一,  # 说明\n  二]\n",
    ],
)  # fmt: skip
def test_comments_that_are_meant_pass(text: str) -> None:
    assert spots(text) == []


def test_lost_text_is_read_as_it_was_meant() -> None:
    text = "a: #1号楼漏水\nb: 甲 #2号楼\nc: 3 # 说明\nd: {e: #N/A, f: 一}\n"
    source, findings = parse("x.yml", text.encode())
    assert source.data == {
        "a": "#1号楼漏水", "b": "甲 #2号楼", "c": "3", "d": {"e": "#N/A", "f": "一"},
    }  # fmt: skip
    assert len(findings) == 4
