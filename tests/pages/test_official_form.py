"""The ministry's form (财预〔2020〕10号, annex 1) on a report's page: one table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html

from evalpress.pdf.columns import placed
from golden_files import ROOT, assert_golden
from official_forms import FUNDS, GOALS, NAMES, WHOLE, indicators, written

ADJUSTED = "indicator_table: adjusted\n"
GOLDEN = ROOT / "tests" / "golden" / "forms"


def form(text: str) -> Any:
    """The form's table."""
    (region,) = html.fromstring(f"<div>{written(text)}</div>").find_class("ep-form")
    return region.find("table")


def rows(text: str) -> list[list[str]]:
    return [[cell.text_content() for cell in row] for row in form(text).iter("tr")]


def gaps(table: Any) -> Iterator[str]:
    """Where the cells of a table do not fill its grid, or lie on each other."""
    filled: dict[tuple[int, int], int] = {}
    owners = {cell: at for at, row in enumerate(table.iter("tr")) for cell in row}
    for column, over, cell in placed(table):
        for row in range(owners[cell], owners[cell] + int(cell.get("rowspan", 1))):
            for at in range(column, column + over):
                filled[row, at] = filled.get((row, at), 0) + 1
    width = 1 + max(column for _, column in filled)
    for row in range(len(list(table.iter("tr")))):
        for at in range(width):
            if filled.get((row, at), 0) != 1:
                yield f"row {row} column {at}: {filled.get((row, at), 0)}"


@pytest.mark.golden
def test_the_form_is_the_expected_one() -> None:
    assert_golden(written(WHOLE) + "\n", GOLDEN / "whole.md")


def test_it_is_one_table_with_everything_and_nothing_stands_twice() -> None:
    text = written(WHOLE)
    assert text.count("<table>") == 2, "the form, and the scores of the conclusion"
    for said in ("老年食堂建设补助", "年度资金总额", "受益老人1356人", "第6项指标的名称"):
        assert text.count(said) == 1, said
    assert "data-tables" not in text, "no data are left for the end"


def test_its_rows_are_those_of_the_ministry() -> None:
    found = rows(WHOLE)
    assert found[0] == ["项目名称", "老年食堂建设补助"]
    assert found[1] == ["主管部门", "青禾县民政局", "实施单位", "青禾县养老服务中心"]
    assert found[2][:3] == ["项目资金（万元）", "", "年初预算数"]
    assert found[3] == ["年度资金总额", "480", "500", "463.2", "10", "92.64%", "9.26"]
    assert found[5][4:] == ["—", "—", "—"]
    assert found[7] == ["年度总体目标", "预期目标", "实际完成情况"]
    heads = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
    assert found[9] == ["绩效指标", *heads, "偏差原因分析及改进措施"]
    assert found[-1] == ["总分", "100", "98.16", ""]


def test_levels_are_merged_as_far_as_they_are_the_same() -> None:
    table = form(WHOLE)
    spans = {
        cell.text_content(): cell.get("rowspan", "1")
        for cell in table.iter("th")
        if cell.get("scope") == "rowgroup"
    }
    assert spans["产出指标"] == spans["效益指标"] == "2"
    assert spans["数量指标"] == "1"
    assert spans["绩效指标"] == "7"


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        *(NAMES + FUNDS + GOALS + indicators(count) for count in (1, 2, 7, 40)),
        NAMES + GOALS + indicators(3),
        NAMES + FUNDS + GOALS,
        NAMES + FUNDS + indicators(3),
        NAMES + FUNDS + GOALS + indicators(5, column="coefficient: 95%") + ADJUSTED,
        FUNDS.replace("initial: 480,", "initial: 480, adjusted: 5, received: 470,") + indicators(4),
        GOALS + "  items: [{id: a, name: 甲, target: 子目标。}]\n" + indicators(2),
    ],
)  # fmt: skip
def test_cells_fill_the_grid_and_name_heads_that_are_there(text: str) -> None:
    table = form(text)
    assert not [*gaps(table)]
    ids = {cell.get("id") for cell in table.iter("th")} - {None}
    named = [head for cell in table.iter("td", "th") for head in cell.get("headers", "").split()]
    assert set(named) <= ids
    assert len(ids) == len([cell for cell in table.iter("th") if cell.get("id")])
    told = [cell for cell in table.iter("td") if cell.text_content() and not cell.get("rowspan")]
    assert all(cell.get("headers") for cell in told)


def test_a_cell_is_told_by_its_levels_its_column_and_its_row() -> None:
    table = form(WHOLE)
    said = {cell.get("id"): cell.text_content() for cell in table.iter("th")}
    heads = {
        cell.text_content(): [said[head] for head in cell.get("headers").split()]
        for cell in table.iter("td")
        if cell.get("headers")
    }
    assert heads["1356人次"] == ["效益指标", "社会效益指标", "实际完成值", "第4项指标的名称"]
    assert heads["368.2"] == ["项目资金（万元）", "全年执行数（B）", "其中：当年财政拨款"]
    assert heads["新建食堂12处，受益老人1356人。"] == ["年度总体目标", "实际完成情况"]
    assert heads["98.16"] == ["得分", "总分"]


def test_what_a_report_does_not_give_is_a_dash() -> None:
    found = rows(indicators(2))
    assert found[0] == ["项目名称", "—"]
    assert ["项目资金", "—"] in found
    assert ["年度总体目标", "—"] in found


@pytest.mark.parametrize(
    ("place", "gone"),
    [
        ("funds", "368.2"), ("goals", "1356人。"), ("indicators", "1356人次"),
        ("funds/total/executed", "463.2<"), ("indicators/i3/actual", "1356人次"),
        ("indicators/i3", "1356人次"), ("goals/overall/actual", "1356人。"),
        ("unit", "养老服务中心"), ("scores/total", "98.16"), ("project_name", "老年食堂"),
    ],
)  # fmt: skip
def test_what_is_withheld_says_why_in_its_place(place: str, gone: str) -> None:
    text = written(f"{WHOLE}withheld: [{{place: {place}, reason: 依法}}]\n")
    assert gone not in text
    assert "依法" in text[text.index("ep-form") : text.index("</table>")]
    assert not [*gaps(form(f"{WHOLE}withheld: [{{place: {place}, reason: 依法}}]\n"))]


def test_a_project_inside_a_report_has_a_form_of_its_own() -> None:
    inner = "".join(f"    {line}\n" for line in (FUNDS + indicators(2)).splitlines())
    text = f"projects:\n  - id: one\n    name: 甲项目\n    outline: one-table\n{inner}"
    found = written(text + "body: {form: [{show: projects}]}\n")
    assert 'id="project-one-form-table"' in found
    assert ">甲项目</td>" in found
    assert 'id="project-one-indicator-i0"' in found


def test_without_a_choice_of_the_outline_there_is_no_form() -> None:
    assert "ep-form" not in written(f"outline: form\n{WHOLE}")


@pytest.mark.parametrize("outline", ["one-table", "department"])
def test_a_note_on_a_line_of_money_stands_below_either_table(outline: str) -> None:
    """In a row of its own it would head the lines that follow."""
    text = written(f"outline: {outline}\n{NAMES}{FUNDS}")
    page = html.fromstring(f"<div>{text}</div>")
    assert not page.xpath("//th[contains(., '按进度支付')]")
    (note,) = page.xpath("//p[@class='ep-note'][contains(., '按进度支付')]")
    assert note.text_content() == "资金来源：县财政安排　上年结转资金：按进度支付"
