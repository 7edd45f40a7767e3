"""evalpress.pdf.endings: no page holds the last lines alone, whatever ends on it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random
from xml.etree.ElementTree import fromstring

import pytest

from evalpress import pdf
from evalpress.pages.grids import Column, Grid, Row, cell
from evalpress.pdf.endings import settle_ends
from evalpress.pdf.layout import laid_out
from pdf_boxes import flaws, inside
from print_jobs import JOB
from sampling import often, sample

TEXT = "自评结果用于下一年预算编制，学校网络升级增加预算，政府采购节约率没有达标。"
SIGNED = '<div class="ep-signature"><div><p>园林绿化中心</p><p>2026年9月8日</p></div></div>'
ATTACHED = (
    "## 附件 {#attachments}\n\n"
    '<ul class="ep-attachments">\n<li>1. 调查汇总表</li>\n<li>2. 项目清单</li>\n</ul>'
)
LIST = '<ul class="ep-attachments">' + f"<li>{TEXT}</li>" * 3 + "</ul>"
NOTE = '<p class="ep-computed__note">以下表格由系统生成。</p>'


def table(columns: int, rows: int) -> str:
    heads = tuple(Column(f"第{at}列") for at in range(columns))
    shown = tuple(Row(tuple(cell(f"内容{n}") for _ in heads)) for n in range(rows))
    return str(Grid("t", "表", heads, shown).html())


ANNEX = f"## 附表：报告数据 {{#data-tables}}\n\n{NOTE}\n\n{table(3, 2)}"


def written(seed: int, lines: int) -> str:
    """A page of parts of any kind and length, that ends with a signature or without."""
    random = Random(seed)
    kinds = [
        lambda: TEXT * random.randint(1, 3), lambda: LIST, lambda: table(3, random.randint(1, 9)),
        lambda: table(9, random.randint(1, 30)), lambda: f"## {TEXT[:8]} {{#h{random.random()}}}",
    ]  # fmt: skip
    parts = ["一行。" for _ in range(lines)]
    parts += [random.choice(kinds)() for _ in range(random.randint(1, 7))] + ["末句。"]
    end = random.choice([[], [SIGNED], [ATTACHED, SIGNED], [SIGNED, ANNEX], [ANNEX], [ATTACHED]])
    return "\n\n".join(["# 标题", TEXT * 3, *parts, *end])


@pytest.mark.parametrize("seed", range(often(25, 600)))
def test_no_page_holds_a_few_lines_alone(seed: int) -> None:
    assert not flaws(pdf.page_html(written(seed, seed * 7 % 22)))


def test_no_more_than_it_takes_leaves_the_page_before() -> None:
    """A paragraph of 28 letters fills two lines: its first one is indented."""
    root = fromstring("<html><body>" + f"<p>{'字' * 28}</p>" * 6 + "</body></html>")
    settle_ends(root)
    kept = [text.get("class") == "print-kept" for text in root.iter("p")]
    assert kept == [False] * 4 + [True] * 2


CASES = [*product(range(24), ([SIGNED], [ATTACHED, SIGNED], [SIGNED, ANNEX], [table(9, 3), TEXT]))]


@pytest.mark.parametrize(("lines", "end"), sample(CASES, 4))
def test_wherever_a_page_ends_five_lines_go_along(lines: int, end: list[str]) -> None:
    parts = ["# 标题", *[TEXT * 3] * 3, *["一行。"] * lines, *end]
    assert not flaws(pdf.page_html("\n\n".join(parts)))


def test_the_imprint_at_the_end_is_not_alone() -> None:
    job = replace(JOB, base_url="https://pf.example.gov.cn/a/", imprint_last=True)
    for lines in range(14, 20):
        body = "\n\n".join(["# 标题", *["一行。"] * lines])
        assert not flaws(pdf.document_html(replace(job, markdown=body)))


def test_what_the_program_adds_begins_a_sheet_after_the_signature() -> None:
    texts = ["# 标题", TEXT, SIGNED, ANNEX, "## 更正 {#corrections}", table(3, 1)]
    pages = laid_out(pdf.page_html("\n\n".join(texts))).pages
    ids = [{box.element.get("id") for box in inside(page._page_box) if box.element is not None}
           for page in pages]  # fmt: skip
    assert len(pages) == 2
    assert {"data-tables", "corrections"} <= ids[1]


def test_attachments_are_named_on_the_line_of_their_heading() -> None:
    (page,) = laid_out(pdf.page_html(f"# 标题\n\n{TEXT}\n\n{ATTACHED}")).pages
    boxes = {
        box.element: box.content_box_y()
        for box in inside(page._page_box)
        if box.element_tag in ("h2", "li")
    }
    heading, first, second = boxes.values()
    assert heading == pytest.approx(first)
    assert second > first
