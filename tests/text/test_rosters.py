"""Names in columns: found below their head and nowhere else."""

from __future__ import annotations

import pytest

from evalpress.text.rosters import cells_of, names_in_columns


def names(*rows: str) -> list[tuple[int, int, str]]:
    found = names_in_columns([row.split("|") for row in rows])
    return [(listed.row, listed.cell, listed.hit.found) for listed in found]


def test_names_below_their_head_are_found() -> None:
    rows = ("序号|姓名|单位", "1|张三|教育局", "2|欧阳文静|民政局", "合计|2|")
    assert names(*rows) == [(1, 1, "张三"), (2, 1, "欧阳文静")]


@pytest.mark.parametrize(
    "head", ["姓 名", "受助学生姓名", "姓名（签字）", "项目负责人", "联系人", "户主"]
)
def test_heads_of_columns_of_names(head: str) -> None:
    assert names(f"{head}|金额", "李建国|500") == [(1, 0, "李建国")]


@pytest.mark.parametrize("head", ["单位名称", "项目名称", "姓名笔画", "名称", "责任", "人员"])
def test_other_heads_are_none(head: str) -> None:
    assert not names(f"{head}|金额", "李建国|500")


@pytest.mark.parametrize("cell", ["合计", "张某", "张*", "高中", "安全科", "无", "教育局", "12"])
def test_what_is_no_name_is_left_alone(cell: str) -> None:
    assert not names("姓名|金额", f"{cell}|500")


def test_a_new_head_ends_the_column() -> None:
    assert names("姓名|金额", "张三|5", "金额|联系人", "王伟|李强") == [
        (1, 0, "张三"),
        (3, 1, "李强"),
    ]


def test_a_sentence_is_no_head() -> None:
    assert not names("姓名", "张三")
    assert not names("本表由姓名和单位组成|说明", "张三|教育局")


@pytest.mark.parametrize(
    ("line", "part", "cells"),
    [
        ("序号\t姓名", "text", 2), ("1,张三,教育局", "line", 3), ("1  张三 教育局", "page", 3),
        ("1 张三", "text", 1), ("1,张三", "row", 1),
    ],
)  # fmt: skip
def test_cells_of_a_line(line: str, part: str, cells: int) -> None:
    assert len(cells_of(line, part)) == cells
