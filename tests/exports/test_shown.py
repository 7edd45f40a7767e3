"""A table that a page shows, taken along, says what stands there."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from decimal import Decimal

import pytest
from tests.benchmarks.corpus import write as write_corpus

from evalpress.assess import assess
from evalpress.clock import BEIJING
from evalpress.disclose.public import disclose
from evalpress.exports.shown import packed, shown_tables, unpacked
from evalpress.load import load
from evalpress.pages import write
from evalpress.pages.frame import Page
from evalpress.pages.grids import Cell, Column, Grid, Row, cell, number_cell
from evalpress.pages.rows import moved_cell
from evalpress.text.markup import plain

COLUMNS = (Column("部门"), Column("数", numeric=True), Column("变化", numeric=True))


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def taken(*rows: Row, columns: tuple[Column, ...] = COLUMNS) -> list[dict[str, str]]:
    grid = Grid("sums", "各部门的数", columns, rows, source="演示数据　甲县", note="注", mark="据")
    return read(shown_tables(f"# 题\n\n{grid.html()}\n\n## 又")["sums.csv"])


def test_a_file_says_what_its_table_shows() -> None:
    first, second, third = taken(
        Row((cell("甲<局>&"), number_cell(Decimal("1234567.50")), moved_cell(Decimal("-0.35")))),
        Row((cell("乙"), number_cell(None), moved_cell(Decimal("1.20")))),
        Row((cell("丙\n二"), number_cell(Decimal("95.5"), "%"), moved_cell(Decimal(0)))),
    )
    assert list(first.values()) == [
        "演示数据　甲县", "各部门的数", "甲<局>&", "1234567.50", "-0.35",
    ]  # fmt: skip
    assert (second["数"], second["变化"]) == ("", "+1.20")
    assert (third["部门"], third["数"], third["变化"]) == ("丙 二", "95.5%", "0")


def test_heads_bear_the_name_of_their_group() -> None:
    columns = (Column("部门"), Column("目标", group="2025年"), Column("实际", group="2025年"))
    [row] = taken(Row((cell("甲"), cell("1"), cell("2"))), columns=columns)
    assert (row["2025年 目标"], row["2025年 实际"]) == ("1", "2")


def test_only_tables_that_say_how_real_they_are_can_be_taken() -> None:
    silent = Grid("a", "甲", (Column("一"),), (Row((Cell(plain("x")),)),))
    assert shown_tables(str(silent.html())) == {}
    empty = Grid("a", "甲", (Column("一"),), (), source="公开报告")
    assert "ep-take" not in empty.html()


def test_what_is_kept_comes_back() -> None:
    html = str(Grid("a", "甲", (Column("一"),), (Row((cell("x"),)),), source="公开报告").html())
    assert unpacked(packed(html)) == shown_tables(html)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(20, folder)
    loaded, now = load(folder), datetime(2030, 1, 1, tzinfo=BEIJING)
    public = disclose(loaded.reports, loaded.reference, now)
    return [p for p in write(assess(public, loaded.reference, now)) if p.report is None]


def test_every_list_can_be_taken_along(pages: list[Page]) -> None:
    for address in ("years/", "departments/", "coverage/", "problems/"):
        page = next(page for page in pages if page.address == address)
        assert shown_tables(page.markdown), address


def test_every_link_has_its_file_and_every_figure_of_the_table_is_in_it(pages: list[Page]) -> None:
    checked = 0
    for page in pages:
        files = shown_tables(page.markdown)
        offered = re.findall(r'ep-take [^\n]*\n<a href="([^"/]+\.csv)" download', page.markdown)
        assert offered == list(files), page.address
        for name, content in files.items():
            table = page.markdown.partition(f' id="{name[:-4]}"')[2].partition("</table>")[0]
            figures = re.findall(r'<td class="ep-number[^"]*"[^>]*>([\d,.]+%?)</td>', table)
            values = {value for row in read(content) for value in row.values()}
            assert {figure.replace(",", "") for figure in figures} <= values
            checked += len(figures)
    assert checked > 100
