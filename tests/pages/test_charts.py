"""evalpress.pages.charts and figures: honest, accessible, the same bytes each time."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from decimal import Decimal as D
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from evalpress import pdf
from evalpress.assess.judging import Outcome
from evalpress.pages.charts import Chart, Drawing, Mark, bars, description, dots, inline
from evalpress.pages.charts.scale import Scale, fitted, from_zero
from evalpress.pages.charts.shapes import FONT, WIDTH, text_width
from evalpress.pages.figures import Setting, figure, multiples
from evalpress.pdf import printing

SVG = "{http://www.w3.org/2000/svg}"
SETTING = Setting("education/", "education", "县教育局", "演示数据　甲县")
SHARE = Chart(
    "share", "得分", value_name="得分", median_name="中位数", unit="%",
    marks=(
        Mark("2022", D("95.25"), median=D("94.5")),
        Mark("2023", None, missing="未公开"),
        Mark("2024", D("97.5"), median=D("93"), broken="2024年度换了权重方案<不可比>。"),
        Mark("2025", D("88.75"), median=D("92")),
    ),
)  # fmt: skip
MONEY = Chart(
    "funds", "资金", (Mark("2024", D(80), D(100)), Mark("2025", D(90), D("110.5"))), "万元",
    "执行数", "预算数",
)  # fmt: skip
REACHED = Chart(
    "indicator-a", "覆盖率", value_name="实际", whole_name="目标", unit="%",
    marks=(
        Mark("2023", D(80), D(90), outcome=Outcome.MISSED),
        Mark("2024", D(95), D(90), outcome=Outcome.MET),
        Mark("2025", D(70), outcome=Outcome.UNKNOWN),
    ),
)  # fmt: skip


def drawn(chart: Chart, draw: Callable[[Chart], Drawing]) -> ET.Element:
    return ET.fromstring(str(inline(chart, draw(chart))))


def marks(svg: ET.Element, kind: str) -> list[ET.Element]:
    """The forms of this kind; those of the legend come first."""
    groups = (node for node in svg.iter(f"{SVG}g") if node.get("class") == f"ep-{kind}")
    return [node for group in groups for node in group]


def texts(svg: ET.Element, kind: str) -> list[str]:
    return [node.text or "" for node in marks(svg, kind)]


def numbers(node: ET.Element, *names: str) -> list[float]:
    return [float(node.get(name) or 0) for name in names]


# --- axes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scale", "ticks"),
    [
        (from_zero([D(49264)], 2), "0 50000"),
        (from_zero([D(9)]), "0 5 10"),
        (from_zero([D(-3), D(4)]), "-4 -2 0 2 4"),
        (from_zero([]), "0 0.5 1"),
        (fitted([D("93.7"), D("98.54")]), "92 94 96 98 100"),
        (fitted([D("99.5"), D("99.8")]), "99.5 99.6 99.7 99.8"),
        (fitted([D(100)], is_share=True), "95 100"),
        (fitted([D("98.5"), D(100)], is_share=True), "98.5 99 99.5 100"),
        (fitted([D(0)]), "0 0.5 1"),
        (fitted([D("0.5"), D(3)]), "0 1 2 3"),
        (fitted([D(12345678901), D(12345678999)]), None),
    ],
)  # fmt: skip
def test_axes_are_round_and_hold_what_they_are_for(scale: Scale, ticks: str | None) -> None:
    steps = {b - a for a, b in zip(scale.ticks, scale.ticks[1:], strict=False)}
    assert len(steps) == 1 and len(scale.ticks) <= 7
    assert ticks is None or " ".join(f"{tick}" for tick in scale.ticks) == ticks


def test_every_figure_lies_on_the_axis_that_was_made_for_it() -> None:
    for low in ("0.001", "3", "97.2", "-5", "99999.5"):
        for span in ("0.0004", "0.7", "2.5", "1000"):
            found = fitted([D(low), D(low) + D(span)])
            assert 0 <= found.part(D(low)) <= found.part(D(low) + D(span)) <= 1


# --- bars ---------------------------------------------------------------------------------------


def test_bars_begin_at_zero_and_are_as_long_as_their_values() -> None:
    svg = drawn(Chart("d", "分布", (Mark("优", D(12)), Mark("良", D(3)), Mark("中", D(0)))), bars)
    found = [numbers(node, "x", "width") for node in marks(svg, "value")]
    assert len({x for x, _ in found}) == 1
    assert found[0][1] / found[1][1] == pytest.approx(4, rel=0.01) and found[2][1] == 0
    assert texts(svg, "label") == ["12", "3", "0"]
    assert texts(svg, "tick")[0] == "0"


def test_wholes_are_outlines_with_their_own_label() -> None:
    svg = drawn(MONEY, bars)
    assert texts(svg, "whole-label") == ["100", "110.5"]
    assert texts(svg, "legend") == ["执行数", "预算数"]
    beyond = drawn(Chart("m", "资金", (Mark("2024", D(120), D(100)),), "", "甲", "乙"), bars)
    assert numbers(marks(beyond, "value")[1], "width") > numbers(marks(beyond, "whole")[1], "width")


def test_long_figures_stay_on_the_sheet() -> None:
    long = tuple(Mark(str(2011 + n), D("1234567.89"), D("2234567.89")) for n in range(12))
    svg = drawn(Chart("l", "资金", long, "万元", "执行数", "预算数"), bars)
    for node in [*marks(svg, "label"), *marks(svg, "whole-label")]:
        assert float(node.get("x") or 0) + text_width(node.text or "") <= WIDTH


# --- dots ---------------------------------------------------------------------------------------


def test_dots_stand_where_the_axis_says() -> None:
    svg = drawn(SHARE, dots)
    ticks = {D(n.text or "0"): float(n.get("y") or 0) - 4.5 for n in marks(svg, "tick")}
    low, high = min(ticks), max(ticks)
    for mark, node in zip([95.25, 97.5, 88.75], marks(svg, "dot")[1:], strict=True):
        part = (mark - float(low)) / float(high - low)
        assert float(node.get("cy") or 0) == pytest.approx(
            ticks[low] + part * (ticks[high] - ticks[low]), abs=0.2
        )


def test_an_axis_that_does_not_begin_at_zero_says_so() -> None:
    assert "数值轴从85起" in figure(SETTING, SHARE).html
    plain = Chart("z", "甲", (Mark("2024", D(0)), Mark("2025", D(9))))
    assert "数值轴" not in figure(SETTING, plain).html


def test_what_is_missing_is_a_gap_that_says_why() -> None:
    svg = drawn(SHARE, dots)
    assert "".join(texts(svg, "missing")) == "未公开"
    assert len(marks(svg, "dot")) == 3 + 1, "no dot for it; one stands in the legend"


def test_a_series_is_cut_where_it_cannot_be_compared() -> None:
    html = str(figure(SETTING, SHARE).html)
    svg = drawn(SHARE, dots)
    assert texts(svg, "cut-mark") == ["①"]
    assert [len((n.get("points") or "").split()) for n in marks(svg, "trend")] == [2]
    assert "① 2024年度换了权重方案" in html and "<不可比>" not in html


def test_met_and_missed_differ_in_form_not_in_colour_alone() -> None:
    svg = drawn(REACHED, dots)
    forms = {kind: marks(svg, kind)[-1].tag for kind in ("met", "missed", "unknown")}
    assert forms == {"met": f"{SVG}circle", "missed": f"{SVG}polygon", "unknown": f"{SVG}rect"}
    assert len(marks(svg, "target")) == 1 + 2, "the legend's, and no line where there is none"
    assert texts(svg, "legend") == ["目标", "达到", "未达到", "未作判断"]


@pytest.mark.parametrize("years", [1, 2, 5, 10, 25])
def test_labels_never_lie_on_each_other_or_beyond_the_sheet(years: int) -> None:
    many = tuple(Mark(str(2001 + n), D(100000 + n * 37 % 11) / 8) for n in range(years))
    svg = drawn(Chart("y", "数", many), dots)
    for kind in ("label", "name"):
        found = sorted(
            (float(n.get("x") or 0), text_width(n.text or "") / 2) for n in marks(svg, kind)
        )
        assert found and found[-1][0] + found[-1][1] <= WIDTH + 1
        for (x, half), (other, wide) in pairwise(found):
            assert x + half <= other - wide + 0.5
    assert texts(svg, "name")[-1] == str(2000 + years), "the newest year is named"


# --- for everyone -------------------------------------------------------------------------------


@pytest.mark.parametrize("draw", [bars, dots])
def test_nothing_at_all_can_be_drawn(draw: Callable[[Chart], Drawing]) -> None:
    assert drawn(Chart("n", "无", ()), draw).tag == f"{SVG}svg"
    assert texts(drawn(Chart("n", "无", (Mark("优", None, missing="无"),)), draw), "missing")


@pytest.mark.parametrize("draw", [bars, dots])
def test_a_chart_has_title_description_and_the_same_bytes(
    draw: Callable[[Chart], Drawing],
) -> None:
    root = drawn(SHARE, draw)
    assert root.get("role") == "img"
    named = (root.get("aria-labelledby") or "").split()
    assert named == [root[0].get("id"), root[1].get("id")]
    assert (root[0].tag, root[1].tag) == (f"{SVG}title", f"{SVG}desc")
    assert draw(SHARE) == draw(SHARE)


def test_the_description_says_what_the_eye_sees() -> None:
    said = description(SHARE)
    assert "最高：2024，97.5%" in said and "最低：2025，88.75%" in said
    assert "2023未公开" in said and "从2024起不可与以前比较" in said
    assert description(REACHED) == (
        "共3项。2023：目标90%，实际80%，未达到。2024：目标90%，实际95%，达到。2025：实际70%，未作判断。"
    )


def test_texts_stay_above_twelve_pixels_on_the_narrowest_phone() -> None:
    column = 320 - 32  # the sheet's edges on a screen of 320
    assert FONT * column / WIDTH >= 12


def test_the_data_stand_in_a_table() -> None:
    html = str(figure(SETTING, SHARE).html)
    for text in ("2023", "未公开", "97.5", "数据表", "中位数"):
        assert text in html


def test_a_chart_keeps_its_font_in_print(tmp_path: Path) -> None:
    target = tmp_path / "chart.pdf"
    printing.print_one(pdf.PrintJob("chart", "图", str(figure(SETTING, SHARE).html)), target)
    page = PdfReader(target).pages[0]
    assert "95.25" in page.extract_text()
    fonts = [str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()]
    assert any("NotoSansCJK" in name.replace("-", "") for name in fonts), fonts


# --- small multiples, files ---------------------------------------------------------------------


def test_small_multiples_share_a_legend_a_table_and_their_files() -> None:
    other = Chart("indicator-b", "满意度<b>", REACHED.marks, "%", "实际", "目标")
    shown = multiples(SETTING, "indicators", "各指标", [REACHED, other], "指标", "各用各的轴")
    html = str(shown.html)
    assert html.count("ep-legend") == 1
    assert html.count('role="img"') == 2
    assert "<b>" not in html
    file = json.loads(shown.file.text)
    assert shown.file.address == "education/education-indicators"
    assert file["head"] == [
        "数据性质和地区", "所属", "指标", "年度", "单位", "目标", "实际", "结果", "说明",
    ]  # fmt: skip
    first = ["演示数据　甲县", "县教育局", "覆盖率", "2023", "%", "90", "80", "未达到", ""]
    assert file["rows"][0] == first
    assert file["rows"][2][5:8] == ["", "70", "未作判断"]


def test_a_picture_says_by_itself_what_it_shows_and_how_real_it_is() -> None:
    broken = json.loads(figure(SETTING, SHARE).file.text)["picture"]
    root = ET.fromstring(broken.encode())
    said = "".join(root.itertext())
    for text in ("县教育局", "得分（单位：%；", "演示数据　甲县", "① 2024年度换了权重方案<不可比>"):
        assert text in said
    assert root.get("width") and not any(n.tag.endswith(("script", "style")) for n in root.iter())


def test_files_have_exactly_the_numbers_of_the_table() -> None:
    whole = Chart("m", "资金", (Mark("2024", D("1234567.80"), D(2000000)),), "", "执行", "预算")
    file = json.loads(figure(SETTING, whole, bars).file.text)
    assert file["rows"] == [["演示数据　甲县", "县教育局", "2024", "1234567.80", "2000000"]]
    html = figure(SETTING, whole, bars).html
    assert 'href="education-m.csv" download="县教育局资金.csv"' in html
