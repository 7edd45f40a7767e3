"""evalpress.pages.grids: tables as data."""

from __future__ import annotations

from markupsafe import Markup

from evalpress.pages.grids import Column, Grid, Row, cell, number_cell


def test_a_date_does_not_break_at_its_hyphens() -> None:
    rows = (Row(cells=(cell("2025-10-15"), cell("2025-10"), cell("一二三四五六七八九十"))),)
    html = Grid("t", "表", tuple(map(Column, "甲乙丙")), rows).html()
    assert html.count("ep-date") == 1
    assert '<th scope="row" class="ep-date">2025-10-15</th>' in html


def test_a_value_stays_with_its_unit() -> None:
    """At any width; what is more than a value breaks as a text does, a number never does."""
    texts = (
        "维修面积",
        "≥26000平方米",
        Markup('<a href="x/">2025年度</a>'),
        "901条，其中20条是新增的",
    )
    rows = (Row(cells=(*map(cell, texts), number_cell(12))),)
    names = ("指标", "2025年度", "报告", "说明", "分值")
    html = Grid("t", "表", tuple(map(Column, names)), rows).html()
    assert '<td class="ep-value">≥26000平方米</td>' in html
    assert '<td class="ep-value"><a href="x/">2025年度</a></td>' in html
    assert '<th scope="col" class="ep-value">2025年度</th>' in html
    assert html.count("ep-value") == 3
