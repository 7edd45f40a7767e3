"""Rows of the form and the tree of a report, without a file between them."""

from __future__ import annotations

import pytest

from evalpress.importing.drafts import bare
from evalpress.importing.modeltree import tree_of
from evalpress.importing.workbook.formrows import Row
from evalpress.importing.workbook.formsheets import BODY, GRIDS, TABLES
from evalpress.importing.workbook.gather import Gathered, gather
from evalpress.importing.workbook.spreading import project_words, spread
from evalpress.model import ReportFile
from random_reports import random_report
from samples import parsed
from sampling import sample


def through_rows(content: ReportFile) -> Gathered:
    tree = tree_of(content)
    found = spread(tree)
    return gather(found.rows, found.empty, {w: n for n, w in enumerate(project_words(tree))})


@pytest.mark.parametrize("seed", [*range(30), *sample(range(30, 1000), 10)])
def test_any_report_comes_back_from_its_rows(seed: int) -> None:
    content = random_report(seed)
    found = through_rows(content)
    assert not found.unplaced
    assert bare(found.tree) == tree_of(content)


def test_a_text_without_a_column_is_never_lost_silently() -> None:
    with pytest.raises(ValueError, match="no column"):
        spread({"unheard_of": "甲"})


def test_projects_with_one_name_are_told_apart() -> None:
    text = "projects: [{id: a, name: 甲, funds: {rows: []}}, {id: b, name: 甲, problems: []}]"
    assert project_words(tree_of(parsed(text)[1])) == ["甲（a）", "甲（b）"]


def rows(**given: list[Row]) -> dict[str, list[Row]]:
    return {name: given.get(name, []) for name in TABLES}


def block(kind: str, level: str = "1", **values: str) -> Row:
    return Row(BODY.kind(kind), {"level": level, **values}, cells={"text": "正文!G9"})


def test_a_block_stands_below_the_last_row_that_can_hold_it() -> None:
    found = gather(
        rows(
            body=[
                Row(BODY.kind("section"), {"section": "overview"}),
                block("label", title="甲", text="乙"),
                block("list", "2"),
                block("item", "3", text="一"),
                block("item", "3", text="二"),
                block("paragraph", "4", text="二之下"),
                block("paragraph", "1", text="末"),
            ]
        ),
        [], {},
    )  # fmt: skip
    items = ["一", {"text": "二", "content": ["二之下"]}]
    label = {"label": "甲", "text": "乙", "content": [{"list": items}]}
    assert bare(found.tree)["body"] == {"overview": [label, "末"]}


def test_what_stands_below_nothing_is_told() -> None:
    found = gather(rows(body=[block("item", "1", text="一")]), [], {})
    assert [(e.source, e.text) for e in found.unplaced] == [("正文!G9", "一")]
    assert found.tree == {"state": "draft"}


def test_a_mark_without_its_text_is_told() -> None:
    goal = Row(
        TABLES["goals"].kind("overall"), {"target": "见“正文”页※4"}, cells={"target": "目标!D3"}
    )
    found = gather(rows(goals=[goal]), [], {})
    assert [entry.source for entry in found.unplaced] == ["目标!D3"]
    assert bare(found.tree)["goals"] == {"overall": {}}


def test_a_text_that_no_mark_names_is_told() -> None:
    alone = [
        Row(BODY.kind("elsewhere"), {"section": "见“正文”页※4"}),
        block("paragraph", text="甲"),
    ]
    assert len(gather(rows(body=alone), [], {}).unplaced) == 1


def test_a_free_table_is_as_wide_as_its_widest_row() -> None:
    grid = [
        Row(GRIDS.kind("head"), {"grid": "表1", "cells.1": "项目", "cells.2": "金额"}),
        Row(GRIDS.kind("row"), {"grid": "表 1", "cells.1": "甲"}),
    ]
    table = block("table", title="支出", reference="表1")
    section = Row(BODY.kind("section"), {"section": "overview"})
    found = gather(rows(body=[section, table], grids=grid), [], {})
    expected = {"table": "支出", "columns": ["项目", "金额"], "rows": [["甲", None]]}
    assert bare(found.tree)["body"] == {"overview": [expected]}


def test_a_project_that_is_none_is_told() -> None:
    row = Row(TABLES["problems"].kinds[0], {"(owner)": "没有的项目", "text": "甲"}, id="a")
    found = gather(rows(problems=[row]), [], {})
    assert len(found.unplaced) == 1
    assert found.tree == {"state": "draft"}
