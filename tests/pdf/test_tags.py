"""evalpress.pdf.tags: one element is one element, however many pages it takes."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from evalpress import pdf
from evalpress.pages.grids import Column, Grid, Row, cell
from pdf_text import page_texts, structure_text, tags
from print_jobs import JOB, body, print_all, same_looks

COLUMNS = (Column("项目"), Column("金额", numeric=True), Column("说明"))
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30" role="img">'
    "<title>两年的执行率</title><desc>说明</desc>"
    '<text x="0" y="20" font-family="Noto Sans CJK SC">图中字</text></svg>'
)


def printed(job: pdf.PrintJob, folder: Path, pool: Executor) -> Path:
    return print_all([job], folder, pool)[0][job.name]


@pytest.fixture(scope="module")
def long_table(tmp_path_factory: pytest.TempPathFactory, pool: Executor) -> tuple[Path, str]:
    """A table of several pages with a list and a paragraph that a page's end cuts."""
    rows = tuple(
        Row((cell(f"事项{n}"), cell(str(n), "ep-number"), cell("说明" * 9))) for n in range(90)
    )
    grid = Grid("g", "资金情况", COLUMNS, rows).html()
    items = "".join(f"<li>第{n}项。{'内容' * 30}</li>" for n in range(20))
    text = f"# 标题\n\n{grid}\n\n<ul>{items}</ul>\n\n{'很长的一段。' * 300}"
    job = replace(JOB, markdown=text)
    file = printed(job, tmp_path_factory.mktemp("tags"), pool)
    assert same_looks(structure_text(file)) == body(job).squeezed
    return file, text


def test_what_goes_over_pages_is_one_element(long_table: tuple[Path, str]) -> None:
    file, _ = long_table
    with PdfReader(file) as reader:
        assert len(reader.pages) > 5
    found = tags(file)
    for tag, count in {"/Table": 1, "/THead": 1, "/TR": 91, "/L": 1, "/LI": 20, "/P": 1}.items():
        assert found.count(tag) == count, tag


def test_a_repeated_head_is_painted_but_not_read_again(long_table: tuple[Path, str]) -> None:
    file, _ = long_table
    assert sum("项目金额说明" in text for text in page_texts(file)) > 2
    assert structure_text(file).count("项目金额说明") == 1


def test_heads_name_their_direction(long_table: tuple[Path, str]) -> None:
    file, _ = long_table
    with PdfReader(file) as reader:
        cells = [
            found
            for number in range(1, len(reader.xref_objStm) + 400)
            if isinstance(found := reader.get_object(number), dict) and found.get("/S") == "/TH"
        ]
        scopes = [str(found["/A"]["/Scope"]) for found in cells]
    assert scopes.count("/Column") == 2, "the corner heads neither rows nor columns"
    assert scopes.count("/Row") == 90


def test_a_chart_is_a_figure_with_words_and_a_place(tmp_path: Path, pool: Executor) -> None:
    job = replace(JOB, markdown=f"# 标题\n\n<figure>{SVG}<figcaption>图一</figcaption></figure>")
    with PdfReader(printed(job, tmp_path, pool)) as reader:
        document = reader.trailer["/Root"]["/StructTreeRoot"]["/K"]
        figure = next(kid.get_object() for kid in document["/K"] if kid["/S"] == "/P")
        figure = figure if figure["/S"] == "/Figure" else figure["/K"].get_object()
        assert (figure["/S"], figure["/Alt"]) == ("/Figure", "两年的执行率")
        left, low, right, high = figure["/A"]["/BBox"]
        _, _, width, height = reader.pages[0].mediabox
        assert 0 < left < right < width
        assert height / 2 < low < high < height
        names = {font["/BaseFont"] for font in reader.pages[0]["/Resources"]["/Font"].values()}
        assert any("Noto-Sans-CJK-SC" in name for name in names), names


def test_lists_of_terms_join_term_and_description(tmp_path: Path, pool: Executor) -> None:
    job = replace(JOB, markdown="# 标题\n\n<dl><div><dt>部门</dt><dd>教育局</dd></div></dl>")
    assert tags(printed(job, tmp_path, pool)) == ["/Document", "/H1", "/L", "/LI", "/Lbl", "/LBody"]


def test_a_link_is_named_by_its_text(tmp_path: Path, pool: Executor) -> None:
    job = replace(
        JOB, markdown="# 标题 {#top}\n\n看[开头的标题](#top)和[外面](https://a.example/)。"
    )
    with PdfReader(printed(job, tmp_path, pool)) as reader:
        found = [note.get_object() for note in reader.pages[0]["/Annots"]]
    assert [note["/Contents"] for note in found] == ["开头的标题", "外面"]
    assert found[0]["/Dest"] == "top"
    assert found[1]["/A"]["/URI"] == "https://a.example/"
