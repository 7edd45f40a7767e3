"""Nothing is printed outside the type area but the page numbers."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

import pytest

from evalpress.pages.frame import Figure
from evalpress.pages.grids import Column, Grid, Row, cell
from evalpress.pdf.finish import finish
from evalpress.pdf.layout import lay_out
from evalpress.text.markup import render
from pdf_ink import spilled
from pdf_text import is_ours, page_texts
from print_jobs import JOB, print_all
from projects import Finished
from sampling import sample

ADDRESS = "https://pf.example.gov.cn/" + "notice/2025-12-31/t20251231_1234567890?id=" * 4
CODE = "13010425T000000012345" * 8
WORDS = "没有标点的一段很长的文字" * 12
PLACES = {
    "paragraph": "<p>{}</p>",
    "link": '<p>见<a href="https://a.example/">{}</a>。</p>',
    "label": '<p><strong class="ep-label">{}：</strong>无。</p>',
    "code": "<p><code>{}</code></p>",
    "title": "<h1>{}</h1>",
    "heading": '<h3><span class="ep-num">（一）</span>{}</h3>',
    "item": "<ol><li>{}</li></ol>",
    "quote": "<blockquote><p>{}</p></blockquote>",
    "markdown": '<div class="ep-markdown"><table><tr><td>{0}</td><td>{0}</td></tr></table></div>',
    "record": '<dl class="ep-record"><div><dt>文号</dt><dd>{}</dd></div></dl>',
    "signature": '<div class="ep-signature"><div><p>{}</p><p>2026年3月1日</p></div></div>',
    "picture": "<figure><svg width='9' height='9'><title>图</title></svg>"
    "<figcaption>{}</figcaption></figure>",
    "note": '<p class="ep-note">{}</p>',
    "stamp": '<p class="print-stamp">{}</p>',
}


@pytest.mark.slow
def test_the_demonstration_stays_inside(finished: Finished) -> None:
    paths = [path for path in sorted(finished.site.rglob("*.pdf")) if is_ours(path)]
    wrong = {path.name: pages for path in sample(paths, 6) if (pages := spilled(path))}
    assert not wrong


@pytest.mark.parametrize("place", PLACES)
def test_what_has_no_place_to_break_breaks_inside(place: str, tmp_path: Path) -> None:
    long = "".join(PLACES[place].format(text) for text in (ADDRESS, CODE, WORDS))
    assert_inside(f'<html lang="zh-CN"><title>长</title><body>{long}', tmp_path)


def assert_inside(html: str, folder: Path) -> Path:
    path = folder / "long.pdf"
    path.write_bytes(finish(lay_out(html)))
    assert not spilled(path)
    return path


@pytest.mark.parametrize("columns", [2, 6, 12])
def test_tables_break_what_is_too_wide(columns: int, tmp_path: Path) -> None:
    rows = tuple(Row(tuple(cell(text) for _ in range(columns))) for text in (ADDRESS, CODE, WORDS))
    heads = tuple(Column(f"{CODE[:12]}第{n}列") for n in range(columns))
    grid = Grid("t", ADDRESS, heads, rows, note=CODE)
    assert_inside(f'<html lang="zh-CN"><title>表</title><body>{grid.html()}', tmp_path)


def test_key_figures_and_the_imprint_break_too(tmp_path: Path, pool: Executor) -> None:
    figures = [Figure(WORDS[:40], CODE, "元", ADDRESS), Figure("得分", "90", "分")]
    panel = render("panel.html.j2", figures=figures, alone=True)
    job = replace(
        JOB, markdown=f"# 标题\n\n{panel}", base_url=ADDRESS, facts=((WORDS, CODE),), origin=ADDRESS
    )
    assert not spilled(print_all([job], tmp_path, pool)[0][JOB.name])


def test_ink_in_a_margin_is_found(tmp_path: Path) -> None:
    html = (
        '<html lang="zh-CN"><title>外</title><body><p style="margin-left:-9pt;text-indent:0">{}</p>'
    )
    path = tmp_path / "out.pdf"
    path.write_bytes(finish(lay_out(html.format("外"))))
    assert spilled(path) == [1]
    turned = '<div style="page:wide"><p style="margin-left:-9pt;text-indent:0">外</p></div>'
    path.write_bytes(finish(lay_out(html.format("") + turned)))
    assert spilled(path) == [len(page_texts(path))]
