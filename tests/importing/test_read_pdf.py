"""PDFs: paragraphs and ruled tables, all of it in doubt; scans are refused."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from weasyprint import HTML

from evalpress.importing.forms import read_forms
from evalpress.importing.intake import read_content
from evalpress.importing.labels import Vocabulary
from evalpress.importing.neutral import Line, Refusal
from office_forms import standard
from projects import own_data

STYLE = (
    "<style>table{border-collapse:collapse}"
    "td{border:1px solid black;font:8pt 'Noto Serif CJK SC'}</style>"
)


def pdf(html: str) -> bytes:
    return bytes(HTML(string=f"<meta charset=utf-8>{STYLE}{html}").write_pdf())


def table(rows: list[list[object]]) -> str:
    width = max(map(len, rows))
    lines = ["".join(f"<td>{cell}</td>" for cell in [*row, *[""] * (width - len(row))])
             for row in rows]  # fmt: skip
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def test_a_ruled_form_is_read_and_doubted() -> None:
    document = read_content("表.pdf", pdf(table(standard())))
    assert document.doubtful
    vocabulary = Vocabulary(own_data().reference)
    (reading,) = read_forms(document.grids, vocabulary)
    assert reading.heads["project_name"].value == "水渠修缮"
    names = ["修缮水渠", "受益农户", "农户满意度"]
    assert [i["name"].value for i in reading.indicators] == names
    assert reading.scores["total"].value == "96.5"


def test_prose_becomes_paragraphs() -> None:
    document = read_content("报告.pdf", pdf("<p>一、部门概况</p><p>下设五个科室，编制三十人。</p>"))
    texts = [part.text for part in document.parts if isinstance(part, Line)]
    assert texts == ["一、部门概况", "下设五个科室，编制三十人。"]


def test_a_scan_is_refused() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(stream, "PDF")
    with pytest.raises(Refusal) as refusal:
        read_content("扫描.pdf", stream.getvalue())
    assert refusal.value.reason == "scanned"
