"""evalpress.pdf: what a file says of itself: whose it is, what it is about, of when, in which
language; never when it was printed."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from evalpress import pdf
from evalpress.pdf.binding import bind
from print_jobs import JOB, print_all

DATED = replace(
    JOB,
    description="园林绿化中心，2025年度，部门整体支出绩效自评报告（版本第2版）",
    keywords=("园林", "绿地"),
    dates=("2026-08-19T09:10:00+08:00", "2026-09-01"),
)
BOOK = pdf.BookJob(
    name="all", title="汇编", heading=("汇编",), parts=(pdf.BookPart(JOB.name, JOB.title),),
    authors=("甲局", "乙局"), description="收录报告 1 份。", keywords=("2025年度",),
    dates=DATED.dates,
)  # fmt: skip


@pytest.fixture
def printed(tmp_path: Path, pool: Executor) -> Path:
    return print_all([DATED], tmp_path, pool)[0][DATED.name]


def test_a_report_says_whose_it_is_and_of_when(printed: Path) -> None:
    with pikepdf.open(printed) as opened:
        info = {key: str(value) for key, value in opened.docinfo.items()}
        assert info["/CreationDate"] == "D:20260819091000+08'00"
        assert info["/ModDate"] == "D:20260901"
        assert info["/Keywords"] == "园林, 绿地"
        assert info["/Subject"] == DATED.description
        said = opened.open_metadata()
        assert said["dc:language"] == {"zh-CN"}
        assert said["xmp:CreateDate"] == DATED.dates[0]
        assert said["xmp:ModifyDate"] == DATED.dates[1]
        assert said["dc:creator"] == [DATED.author]


def test_a_book_names_the_departments_whose_reports_it_holds(printed: Path, tmp_path: Path) -> None:
    file = tmp_path / "book.pdf"
    file.write_bytes(bind(BOOK, [printed]))
    with pikepdf.open(file) as opened:
        said = opened.open_metadata()
        assert said["dc:creator"] == ["甲局", "乙局"]
        assert said["xmp:ModifyDate"] == "2026-09-01"
        assert str(opened.docinfo.Keywords) == "2025年度"
        assert str(opened.docinfo.Author) == "甲局, 乙局"


def test_what_is_not_known_is_not_said(tmp_path: Path, pool: Executor) -> None:
    with pikepdf.open(print_all([JOB], tmp_path, pool)[0][JOB.name]) as opened:
        assert "/CreationDate" not in opened.docinfo
        assert "xmp:CreateDate" not in opened.open_metadata()
