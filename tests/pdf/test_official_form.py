"""The ministry's form in print: one table that stays one, however many pages it takes."""

from __future__ import annotations

import re
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

import pytest
from page import validate_pdf

from evalpress import pdf
from evalpress.pdf.columns import TURNED, UPRIGHT, set_columns
from official_forms import FUNDS, GOALS, NAMES, REASON, WHOLE, indicators, written
from pdf_boxes import flaws
from pdf_text import heads_said, out_of_order, page_texts, squeeze, structure_text, tags
from print_jobs import JOB, PrintedText, body, print_all, same_looks

TITLE = "# 青禾县民政局2025年度老年食堂建设补助项目支出绩效自评报告\n\n"
BIG = (
    FUNDS.replace("480,", "123480.55,").replace("500,", "123500.66,").replace("463.2}", "23463.2}")
)
HUGE = re.sub(r"(initial|budget|executed): [0-9.]+", r"\1: 123456789012.55", FUNDS)
LONG_GOALS = GOALS.replace("1356人。", f"1356人。{REASON * 14}")
CASES = {
    "whole": WHOLE,
    "one": NAMES + FUNDS + GOALS + indicators(1),
    "forty": NAMES + FUNDS + GOALS + indicators(40, 100),
    "long": NAMES + FUNDS + GOALS + indicators(12, 700),
    "longer": NAMES + FUNDS + LONG_GOALS + indicators(30, 1500),
    "no-funds": NAMES + GOALS + indicators(9),
    "nothing": indicators(2),
    "large": NAMES + BIG + GOALS + indicators(14, 60),
    "huge": NAMES + HUGE + GOALS + indicators(3),
    "adjusted": NAMES + FUNDS + GOALS + indicators(20, column="coefficient: 95%")
    + "indicator_table: adjusted\n",
    "withheld": f"{WHOLE}withheld: [{{place: funds/total/executed, reason: 合同保密（第九条）}}, "
    "{place: indicators/i3, reason: 依法}]\n",
}  # fmt: skip


def html(name: str) -> str:
    return pdf.page_html(f"{TITLE}一段文字。\n\n{written(CASES[name])}")


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_torn_cut_or_alone(name: str) -> None:
    told = [flaw for flaw in flaws(html(name)) if "lines on a page" not in flaw]
    assert not told


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, pool: Executor) -> dict[str, Path]:
    names = ("whole", "forty", "longer", "withheld")
    jobs = [replace(JOB, name=name, markdown=TITLE + written(CASES[name])) for name in names]
    return print_all(jobs, tmp_path_factory.mktemp("forms"), pool)[0]


@pytest.mark.parametrize("name", ["whole", "forty", "longer", "withheld"])
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_it_conforms(printed: dict[str, Path], name: str, profile: str) -> None:
    report = validate_pdf(printed[name], profile=profile)
    assert report.is_compliant, [(found.rule_id, found.message) for found in report.failures]


@pytest.mark.parametrize("name", ["whole", "forty", "longer", "withheld"])
def test_it_is_read_once_and_whole(printed: dict[str, Path], name: str) -> None:
    """What stands again on further pages is read no second time."""
    job = replace(JOB, markdown=TITLE + written(CASES[name]))
    assert same_looks(structure_text(printed[name])) == body(job).squeezed
    assert not out_of_order(printed[name])
    assert tags(printed[name]).count("/Table") == 2
    assert "/THead" in tags(printed[name]), "of the scores; the form's heads are those of its bands"


def test_further_pages_have_heads_and_levels(printed: dict[str, Path]) -> None:
    _, second, *others = page_texts(printed["forty"])
    assert "续表：项目支出绩效自评表（2025年度）（产出指标、" in second
    for text in (second, *others[:-1]):
        assert text.count("续表：") == 1
        assert "一级指标二级指标三级指标" in text
        assert text.count("绩效指标") >= 1
    assert second.count("产出指标") == 2, "in the line, and in its merged cell"


def test_a_row_that_is_cut_says_what_it_is(printed: dict[str, Path]) -> None:
    texts = page_texts(printed["longer"])
    assert any("（年度总体目标" in text and "预期目标实际完成情况" in text for text in texts[1:])
    assert any("、第16项指标的名称）" in text for text in texts[1:])


def test_cells_say_their_heads(printed: dict[str, Path]) -> None:
    said = heads_said(printed["whole"])
    assert said["1356人次"] == ["效益指标", "社会效益指标", "实际完成值", "第4项指标的名称"]
    assert said["368.2"] == ["项目资金（万元）", "全年执行数（B）", "其中：当年财政拨款"]
    assert said["98.16"] == ["得分", "总分"]


def test_it_stands_upright_where_it_fits() -> None:
    from weasyprint import HTML

    def sheet(name: str) -> object:
        return set_columns(HTML(string=html(name)).etree_element)[0].sheet

    found = {name: sheet(name) for name in CASES}
    assert found == {**dict.fromkeys(CASES, UPRIGHT), "huge": TURNED}


def test_lines_close_where_a_page_ends(printed: dict[str, Path]) -> None:
    """Every page's part of the table has a line below it and one above, over its whole width."""
    import pdfplumber

    with pdfplumber.open(printed["forty"]) as document:
        for page in document.pages[:-1]:
            level = [e for e in page.edges if e["orientation"] == "h" and e["x1"] - e["x0"] > 5]
            low = max(edge["bottom"] for edge in level)
            wide = sum(e["x1"] - e["x0"] for e in level if abs(e["bottom"] - low) < 1)
            assert wide == pytest.approx(442, abs=6), page.page_number


def test_the_page_says_the_same() -> None:
    assert squeeze(PrintedText(written(WHOLE)).squeezed).count("老年食堂建设补助") == 1
