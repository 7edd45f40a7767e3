"""evalpress.pdf.columns: no cell breaks for one sign, no number leaves its unit, no table sticks
out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from benchmarks import corpus
from evalpress import pdf
from evalpress.assess import assess
from evalpress.clock import BEIJING
from evalpress.disclose.public import disclose
from evalpress.load import load
from evalpress.pages.grids import Column, Grid, Row, cell
from evalpress.pages.reports import report_page
from evalpress.pdf.columns import TURNED, UPRIGHT, set_columns, shares
from pdf_boxes import flaws
from sampling import often, sample

HEADS = (
    "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "备注",
    "偏差原因分析及改进措施", "执行率（B/A）", "全年预算数（A）", "上年结转资金", "指标性质",
)  # fmt: skip
VALUES = (
    "≤0.35%", "24860平方米", "≥18.60万亩", "≤2500元/亩", "123456789012.45", "96.2%", "—", "10",
    "2025年12月31日", "财预〔2020〕10号", "服务对象满意度指标", "数量指标", "可持续影响指标",
    "高素质农民培育人数", "3盏电池接触不良，厂家12月更换。", "https://example.gov.cn/a/b/c",
)  # fmt: skip


def table(seed: int) -> str:
    """A table of some columns and rows, with texts of any length."""
    random = Random(seed)
    heads = random.sample(HEADS, random.randint(2, 10))
    long = "因供水管网改造与道路施工交叉，部分点位未能按期移交，已增加巡查12次。"
    rows = [
        Row(cells=tuple(
            cell(random.choice([*VALUES, long * random.randint(1, 4)])) for _ in heads
        ))
        for _ in range(random.randint(1, 9))
    ]  # fmt: skip
    columns = tuple(Column(head) for head in heads)
    return str(Grid("t", "各项情况", columns, tuple(rows)).html())


@pytest.mark.parametrize("seed", range(often(12, 300)))
def test_a_generated_table_has_no_flaw(seed: int) -> None:
    assert not flaws(pdf.page_html(table(seed)))


@pytest.mark.slow
def test_no_report_of_the_demonstration_has_a_flaw(jobs: dict[str, pdf.PrintJob]) -> None:
    found = {
        name: wrong
        for name in sample(list(jobs), 8)
        if (wrong := flaws(pdf.document_html(jobs[name])))
    }
    assert not found


@pytest.mark.slow
@pytest.mark.parametrize("count", sample([20, 45, 110], 3))
def test_no_report_of_a_generated_corpus_has_a_flaw(count: int, tmp_path: Path) -> None:
    corpus.write(count, tmp_path)
    loaded, now = load(tmp_path), datetime(2030, 1, 1, tzinfo=BEIJING)
    found = assess(disclose(loaded.reports, loaded.reference, now), loaded.reference, now)
    reports = list(found.assessments.values())
    pages = [report_page(found, report, {}, {}) for report in sample(reports, 12)]
    assert not {
        page.address: wrong for page in pages if (wrong := flaws(pdf.page_html(page.markdown)))
    }


def test_widths_add_up_to_the_sheet() -> None:
    from weasyprint import HTML

    for seed in range(40):
        root = HTML(string=f"<body>{table(seed)}").etree_element
        (settled,) = set_columns(root)
        assert sum(settled.widths) == pytest.approx(settled.sheet.width)
        assert settled.sheet in (UPRIGHT, TURNED)
        assert [col.get("style") for col in root.iter("col")] == [
            f"width:{width:.2f}pt" for width in settled.widths
        ]


def test_a_text_that_is_moved_in_needs_the_room_for_it() -> None:
    name = cell("其中：当年财政拨款", "ep-indent-1")
    rows = tuple(Row(cells=(name, cell("指标" * 60), cell("指标" * 60))) for _ in range(2))
    grid = Grid("t", "表", (Column("项目"), Column("内容"), Column("说明")), rows)
    assert not flaws(str(grid.html()))


def test_what_is_too_wide_for_any_sheet_gets_its_share() -> None:
    from evalpress.pdf.columns import Needs

    found = shares([Needs(300, 300, 20), Needs(900, 900, 60)], 400)
    assert found == pytest.approx([100, 300])


def test_a_column_that_is_empty_throughout_takes_little() -> None:
    rows = tuple(Row(cells=(cell("指标" * 20), cell(None))) for _ in range(3))
    grid = Grid("t", "表", (Column("名称"), Column("备注")), rows)
    from weasyprint import HTML

    (settled,) = set_columns(HTML(string=f"<body>{grid.html()}").etree_element)
    assert settled.widths[1] < 60
