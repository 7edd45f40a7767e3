"""What is copied from a page comes in the order of the page; cells say which group they are in."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from evalpress import pdf
from evalpress.pages.grids import Column, Grid, Row, cell
from evalpress.pdf.binding import bind
from pdf_text import heads_said, is_ours, out_of_order, structure_text
from print_jobs import JOB, print_all
from projects import Finished
from sampling import sample

COLUMNS = (Column("二级指标"), Column("三级指标"), Column("分值", numeric=True))


def grouped(name: str) -> pdf.PrintJob:
    """A report with all that once was painted last, and a table whose rows stand in groups."""
    rows = []
    for group in ("产出指标", "效益指标"):
        rows.append(Row(group=group, style="ep-group"))
        rows += [Row((cell("数量"), cell(f"{group}{n}"), cell(f"{n}分"))) for n in range(3)]
    grid = Grid("g", "指标", COLUMNS, tuple(rows), head=1)
    record = '<dl class="ep-record">' + "<div><dt>文号</dt><dd>无</dd></div>" * 4 + "</dl>"
    signed = '<div class="ep-signature"><div><p>某局</p><p>2026年3月1日</p></div></div>'
    chart = '<figure><svg width="9" height="9"><title>图</title></svg></figure>'
    text = f"# {name}\n\n{record}\n\n前文。\n\n{grid.html()}\n\n{chart}\n\n{signed}\n\n后文。"
    facts = (("版本", "第1版"),)
    return replace(JOB, name=name, markdown=text, facts=facts, base_url="https://a.example/b/")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, pool: Executor) -> dict[str, Path]:
    jobs = [grouped("parks-2024"), grouped("parks-2025")]
    return print_all(jobs, tmp_path_factory.mktemp("order"), pool)[0]


@pytest.mark.slow
def test_pages_of_the_demonstration_are_painted_as_they_are_read(finished: Finished) -> None:
    paths = [path for path in sorted(finished.site.rglob("*.pdf")) if is_ours(path)]
    assert not {path.name: pages for path in sample(paths, 6) if (pages := out_of_order(path))}


def test_record_imprint_and_signature_are_painted_where_they_are_read(
    files: dict[str, Path],
) -> None:
    for path in files.values():
        assert not out_of_order(path)


def test_a_cell_says_its_group_its_column_and_its_row(files: dict[str, Path]) -> None:
    said = heads_said(files["parks-2025"])
    assert said["产出指标1"] == ["产出指标"]
    assert said["2分"] == ["效益指标", "分值", "效益指标2"]


def test_a_table_without_groups_needs_no_names(tmp_path: Path, pool: Executor) -> None:
    grid = Grid("g", "表", COLUMNS[:2], (Row((cell("甲"), cell("乙"))),))
    job = replace(JOB, markdown=f"# 标题\n\n{grid.html()}")
    assert not heads_said(print_all([job], tmp_path, pool)[0][JOB.name])


def test_a_book_keeps_the_heads_of_its_parts_and_its_order(
    files: dict[str, Path], tmp_path: Path
) -> None:
    parts = tuple(pdf.BookPart(name, name, "第1版") for name in files)
    path = tmp_path / "book.pdf"
    path.write_bytes(bind(pdf.BookJob("b", "汇编", ("汇编",), parts), list(files.values())))
    assert not out_of_order(path)
    assert heads_said(path)["2分"] == ["效益指标", "分值", "效益指标2"]
    with pikepdf.open(path) as book:
        names = [str(name) for name in book.Root.StructTreeRoot.IDTree.Names][::2]
    assert len(names) == len(set(names)) == 20
    assert names == sorted(names)
    assert "parks-2025" in structure_text(path)
