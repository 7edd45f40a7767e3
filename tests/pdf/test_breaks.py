"""evalpress.pdf.breaks and .continued: where tables with long cells end a page, and how they go
on."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from evalpress import pdf
from evalpress.pages.grids import Column, Grid, Row, cell
from evalpress.pdf.layout import lay_out
from pdf_boxes import flaws
from pdf_text import page_texts, structure_text, tags
from sampling import sample

HEADS = ("二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "备注")
LAST = "偏差原因分析及改进措施"
REASON = "因供水管网改造与道路施工交叉，部分点位未能按期移交，已协调责任单位调整工序并加密巡查"


def page(columns: int, length: int, lines: int, rows: int = 6) -> str:
    """A page with so many lines, two headings, and a table with one text of this length."""
    heads = [*HEADS[: columns - 1], LAST]
    body = [Row(group="产出指标")]
    for number in range(rows):
        values = ["数量指标", f"第{number}项指标名称", "≥95%", "96.2%", "10", "9.5", "无"]
        reason = (REASON * 99)[:length] if number == 2 else None
        shown = [*values[: columns - 1], reason]
        body.append(Row(cells=tuple(map(cell, shown))))
    grid = Grid("t", "绩效指标完成情况", tuple(map(Column, heads)), tuple(body), head=1)
    before = "\n\n".join(["用来占住版面的一行正文。"] * lines)
    heads_above = "## 一、完成情况 {#a}\n\n### （一）分项 {#b}"
    return pdf.page_html(f"# 标题\n\n{before}\n\n{heads_above}\n\n{grid.html()}\n\n后文。")


CASES = [*product((7, 8), (100, 300, 450, 700, 1500, 3000), (0, 6, 12, 15, 17, 19))]


@pytest.mark.parametrize(("columns", "length", "lines"), sample(CASES, 6))
def test_nothing_stands_alone_and_no_head_is_missing(columns: int, length: int, lines: int) -> None:
    assert not flaws(page(columns, length, lines))


def test_a_table_that_goes_on_says_what_it_continues(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(lay_out(page(7, 1500, 6, rows=20)))
    first, *others = page_texts(path)
    assert "续表" not in first
    assert "续表：绩效指标完成情况（产出指标、数量指标、第2项指标名称）" in others[0]
    assert "续表：绩效指标完成情况（产出指标）" in others[-1]
    assert all(LAST in text for text in others)
    assert "续表" not in structure_text(path)


def test_a_head_comes_before_the_body_for_a_screen_reader(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(lay_out(page(8, 3000, 12)))
    found = [tag for tag in tags(path) if tag in ("/Caption", "/THead", "/TBody")]
    assert found == ["/Caption", "/THead", "/TBody"]


@pytest.mark.parametrize(("rows", "sheets"), [(3, 1), (6, 2)])
def test_up_to_a_third_of_a_page_a_table_stays_whole(
    tmp_path: Path, rows: int, sheets: int
) -> None:
    """Above that it leaves no more of a page empty than its first rows are high."""
    path = tmp_path / "a.pdf"
    path.write_bytes(lay_out(page(7, 20, 14, rows)))
    assert sum("数量指标" in text for text in page_texts(path)) == sheets
