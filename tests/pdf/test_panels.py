"""evalpress.pdf.panels: key figures of any length stay whole and inside their panel."""

from __future__ import annotations

from typing import Any

import pytest
from weasyprint import HTML
from weasyprint.formatting_structure import boxes

from evalpress.pages.frame import Figure
from evalpress.pdf.layout import laid_out
from evalpress.pdf.panels import set_panels
from evalpress.text.markup import render
from pdf_boxes import inside, lines_in

LONG = Figure("全年执行数", "123,456,789,012,345.67", "元", "全年预算数 123,456,789,012,345.67 元")
SHORT = Figure("自评得分", "97.84", "分", "满分100分")


def panel(*figures: Figure) -> str:
    return str(render("panel.html.j2", figures=figures, alone=True))


def rows(html: str) -> list[list[str]]:
    """The names of the figures in each row."""
    root = HTML(string=f"<body>{html}").etree_element
    set_panels(root)
    return [
        [figure.find("span").text for figure in row]
        for row in root.iter("div")
        if row.get("class") == "print-figures"
    ]


@pytest.mark.parametrize(
    ("figures", "counts"),
    [
        ([SHORT] * 4, [4]),
        ([SHORT, SHORT, LONG], [3]),
        ([LONG] * 4, [2, 2]),
        ([SHORT, LONG, LONG, LONG], [2, 2]),
        ([SHORT], [1]),
    ],
)
def test_as_few_rows_as_leave_each_figure_whole(figures: list[Figure], counts: list[int]) -> None:
    assert [len(row) for row in rows(panel(*figures))] == counts


def test_what_is_for_the_site_alone_takes_no_place() -> None:
    computed = Figure("达到目标", "11 / 15", "项", computed=True)
    assert rows(panel(SHORT, computed)) == [["自评得分"]]


@pytest.mark.parametrize("figures", [[SHORT, LONG, LONG, LONG], [LONG] * 3, [SHORT, SHORT, LONG]])
def test_values_stay_on_one_line_inside_the_frame(figures: list[Figure]) -> None:
    (page,) = laid_out(f'<html lang="zh-CN"><body>{panel(*figures)}').pages
    (frame,) = of_class(page, "ep-panel")
    right = frame.position_x + frame.margin_width() + 1
    values = of_class(page, "ep-figure__value")
    assert len(values) == len(figures)
    for value in values:
        assert len(lines_in(value)) == 1
    for box in inside(page._page_box):
        if hasattr(box, "pango_layout"):
            assert box.position_x >= frame.position_x - 1
            assert box.position_x + box.width <= right


def of_class(page: Any, name: str) -> list[Any]:
    return [
        box
        for box in inside(page._page_box)
        if isinstance(box, boxes.BlockBox) and box.element.get("class") == name
    ]
