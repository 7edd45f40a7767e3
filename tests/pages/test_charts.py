"""evalpress.charts: honest, accessible, the same bytes each time."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from decimal import Decimal as D
from pathlib import Path

import pytest
from pypdf import PdfReader

from evalpress import pdf
from evalpress.pages.charts import Bar, Chart, columns, description, rows, text_width
from evalpress.pages.figures import figure
from evalpress.pdf import printing

SVG = "{http://www.w3.org/2000/svg}"
SHARE = Chart(
    "share", "得分", value_name="得分", whole_name="满分", unit="%", top=D(100),
    bars=(
        Bar("2022", D("95.25"), D(100)),
        Bar("2023", None, missing="未公开"),
        Bar("2024", D("97.5"), D(100), broken="2024年度换了权重方案<不可比>。"),
        Bar("2025", D("48.75"), D(100)),
    ),
)  # fmt: skip


def marks(svg: str, name: str) -> list[ET.Element]:
    """The marks with this class; what stands in the legend has no place on the axis."""
    found = ET.fromstring(svg).iter()
    return [node for node in found if node.get("class") == f"ep-{name}"]


def heights(svg: str, name: str = "value") -> list[float]:
    return [float(node.get("height") or 0) for node in marks(svg, name)]


def test_columns_begin_at_zero_and_are_as_long_as_their_values() -> None:
    svg = str(columns(SHARE))
    _, first, second, third = heights(svg)
    assert second / third == pytest.approx(2, rel=0.01)
    assert first / second == pytest.approx(95.25 / 97.5, rel=0.01)
    axis = float(marks(svg, "axis")[0].get("y1") or 0)
    feet = {
        round(float(n.get("y") or 0) + float(n.get("height") or 0)) for n in marks(svg, "value")
    }
    assert round(axis) in feet and len(feet) == 2, "all but the legend's stand on the axis"


def test_every_value_stands_beside_its_column() -> None:
    assert [n.text for n in marks(str(columns(SHARE)), "label")] == ["95.25%", "97.5%", "48.75%"]


def test_what_is_missing_is_a_gap_that_says_why() -> None:
    svg = str(columns(SHARE))
    assert "".join(n.text or "" for n in marks(svg, "missing")) == "未公开"
    assert len(marks(svg, "value")) == 3 + 1, "no column for it; one stands in the legend"


def test_a_series_is_cut_where_it_cannot_be_compared() -> None:
    html = str(figure(SHARE))
    assert [n.text for n in marks(str(columns(SHARE)), "cut-mark")] == ["①"]
    assert "① 2024年度换了权重方案" in html and "<不可比>" not in html


def test_wholes_that_differ_are_labelled() -> None:
    money = Chart("m", "资金", (Bar("2024", D(80), D(100)), Bar("2025", D(90), D("110.5"))))
    assert [n.text for n in marks(str(columns(money)), "whole-label")] == ["100", "110.5"]


def test_a_value_beyond_its_whole_is_drawn_in_full() -> None:
    svg = str(columns(Chart("m", "资金", (Bar("2024", D(120), D(100)),))))
    assert heights(svg)[0] > heights(svg, "whole")[0]


def test_rows_are_as_long_as_their_values() -> None:
    svg = str(rows(Chart("d", "分布", (Bar("优", D(12)), Bar("良", D(3)), Bar("中", D(0))), "个")))
    first, second, third = (float(n.get("width") or 0) for n in marks(svg, "value"))
    assert first / second == pytest.approx(4, rel=0.01) and third == 0
    assert [n.text for n in marks(svg, "label")] == ["12个", "3个", "0个"]


def test_nothing_at_all_can_be_drawn() -> None:
    assert ET.fromstring(str(columns(Chart("n", "无", ())))).tag == f"{SVG}svg"
    assert ET.fromstring(str(rows(Chart("n", "无", (Bar("优", None, missing="无"),)))))


@pytest.mark.parametrize("draw", [columns, rows])
def test_a_chart_has_title_description_and_the_same_bytes(draw: object) -> None:
    assert callable(draw)
    root = ET.fromstring(str(draw(SHARE)))
    assert root.get("role") == "img"
    named = (root.get("aria-labelledby") or "").split()
    assert named == [root[0].get("id"), root[1].get("id")]
    assert (root[0].tag, root[1].tag) == (f"{SVG}title", f"{SVG}desc")
    assert draw(SHARE) == draw(SHARE)


def test_the_description_says_what_the_eye_sees() -> None:
    said = description(SHARE)
    assert "最高：2024，97.5%" in said and "最低：2025，48.75%" in said
    assert "2023未公开" in said and "从2024起不可与以前比较" in said


def test_the_data_stand_in_a_table() -> None:
    html = str(figure(SHARE))
    for text in ("2023", "未公开", "97.5", "数据表"):
        assert text in html


def test_labels_stay_inside_the_picture() -> None:
    long = tuple(Bar(str(2011 + n), D("1234567.89"), D("2234567.89")) for n in range(12))
    root = ET.fromstring(str(columns(Chart("l", "资金", long))))
    width = float((root.get("viewBox") or "").split()[2])
    for node in (n for n in root.iter(f"{SVG}text") if n.get("text-anchor") == "middle"):
        half = text_width(node.text or "") / 2
        assert float(node.get("x") or 0) - half >= 0 and float(node.get("x") or 0) + half <= width


def test_a_chart_keeps_its_font_in_print(tmp_path: Path) -> None:
    target = tmp_path / "chart.pdf"
    printing.print_one(pdf.PrintJob("chart", "图", str(figure(SHARE))), target)
    page = PdfReader(target).pages[0]
    assert "95.25%" in page.extract_text()
    fonts = [str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()]
    assert any("NotoSansCJK" in name.replace("-", "") for name in fonts), fonts
