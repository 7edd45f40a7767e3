"""evalpress.pdf.layout: everything in a report is printed, nothing is fetched, or it is told."""

from __future__ import annotations

import struct
import subprocess
import sys
import unicodedata
import zlib
from concurrent.futures import Executor
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from pypdf import PdfReader

from evalpress import pdf
from evalpress.pages.grids import Column, Grid, Row, cell
from evalpress.pdf.job import SignsMissing
from evalpress.pdf.layout import lay_out
from evalpress.text.markup import visible
from evalpress.typefaces import Typefaces
from pdf_text import page_texts, structure_text
from print_jobs import JOB, body, print_all, same_looks


def test_the_same_job_gives_the_same_bytes(tmp_path: Path, pool: Executor) -> None:
    contents = []
    for folder in ("one", "two"):
        files, count = print_all([JOB], tmp_path / folder, pool)
        assert count == 1
        contents.append(files[JOB.name].read_bytes())
    assert contents[0] == contents[1]


def test_a_stamp_is_printed(tmp_path: Path, pool: Executor) -> None:
    files, _ = print_all([replace(JOB, stamp="草稿")], tmp_path, pool)
    assert structure_text(files[JOB.name]).startswith("草稿标题")


def test_a_sign_that_no_font_has_is_told_with_its_place(tmp_path: Path, pool: Executor) -> None:
    """It would be printed as an empty box."""
    source = tmp_path / "2025.yml"
    source.write_text("title: 一\n\nbody: 满意😀，成活率高。\n", encoding="utf-8")
    job = replace(
        JOB,
        markdown="# 标题\n\n满意😀，成活率高。",
        sources=(("data/reports/parks/2025.yml", str(source)),),
    )
    told = r"parks-2025：data/reports/parks/2025\.yml:3:9：.*“😀”（U\+1F600）"
    with pytest.raises(pdf.PrintFailed, match=told) as failed:
        print_all([job], tmp_path / "cache", pool)
    assert failed.value.__cause__ is None
    assert not list((tmp_path / "cache").iterdir())


def test_signs_of_names_and_units_are_printed(tmp_path: Path, pool: Executor) -> None:
    job = replace(
        JOB, markdown="# 洨泜堃\n\n𠮷㎡、⑪、⑳、≥95%、Ⅱ类、±0.5℃、“365天*24小时”、①〔2024〕7号、—、·"
    )
    files, _ = print_all([job], tmp_path, pool)
    assert same_looks(structure_text(files[JOB.name])) == body(job).squeezed


def picture_job(path: Path) -> pdf.PrintJob:
    return replace(
        JOB,
        markdown='# 标题\n\n<p><img src="a.png" alt="图"></p>',
        pictures=(("a.png", str(path)),),
    )


def test_a_picture_is_printed(tmp_path: Path, pool: Executor) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(small_png())
    files, _ = print_all([picture_job(path)], tmp_path / "cache", pool)
    with PdfReader(files[JOB.name]) as reader:
        assert len(reader.pages[0].images) == 1


def small_png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = [
        chunk(b"IHDR", head),
        chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")),
        chunk(b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_a_picture_that_cannot_be_read_is_told(tmp_path: Path, pool: Executor) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"no picture")
    with pytest.raises(pdf.PrintFailed, match="parks-2025：有 1 张图片打不开"):
        print_all([picture_job(path)], tmp_path / "cache", pool)


WARNINGS = """
import logging, sys
from pathlib import Path
from evalpress import pdf
from evalpress.pdf import printing
from evalpress.pages.grids import Column, Grid, Row, cell
logging.getLogger("weasyprint").addHandler(logging.StreamHandler(sys.stdout))
printing.print_one(pdf.PrintJob("a", "a", "# a"), Path(sys.argv[1]) / "a.pdf")
"""


def test_the_style_makes_no_warnings(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WARNINGS, tmp_path], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""


def test_a_wide_table_lies_on_a_sheet_of_its_own_with_its_heading(
    tmp_path: Path, pool: Executor
) -> None:
    columns = tuple(Column(f"第{n}列") for n in range(9))
    row = Row(tuple(cell(str(n)) for n in range(9)))
    grid = str(Grid("g", "宽表", columns, (row,) * 3).html())
    text = f"# 标题\n\n前文。\n\n## 宽表在此 {{#a}}\n\n{grid}\n\n## 后面 {{#b}}"
    text += "\n\n后文。" * 5
    job = replace(JOB, markdown=text)
    file = print_all([job], tmp_path, pool)[0][job.name]
    with PdfReader(file) as reader:
        turned = [page.mediabox.width > page.mediabox.height for page in reader.pages]
    assert turned == [False, True, False]
    before, wide, after = page_texts(file)
    assert ("前文" in before, "宽表在此" in wide, "后面" in after) == (True, True, True)
    assert same_looks(structure_text(file)) == body(job).squeezed


def test_printing_misses_what_the_check_calls_missing_and_nothing_else() -> None:
    """A few hundred signs of all blocks, each known to be in a font or in none."""
    every = map(chr, range(0x20, 0x30000, 397))
    assigned = (sign for sign in every if unicodedata.category(sign) not in _NONE)
    signs = [c for c in assigned if unicodedata.normalize("NFC", c) == c and visible(c)]
    lacking = Typefaces().lacking("".join(signs))
    html = "".join(f"<p>{escape(sign)}</p>" for sign in signs)
    with pytest.raises(SignsMissing) as raised:
        lay_out(f'<html lang="zh-CN"><title>字</title><body>{html}')
    assert set(str(raised.value)) == set(lacking)
    assert len(lacking) < len(signs)


# No signs: unassigned ones, halves of pairs, controls; private ones have their own test.
_NONE = ("Cn", "Cs", "Cc", "Co", "Cf")
