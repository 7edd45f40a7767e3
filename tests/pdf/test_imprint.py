"""evalpress.pdf: a report carries its address, its version and its data."""

from __future__ import annotations

import json
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from evalpress import pdf
from pdf_text import page_texts, structure_text, tags
from print_jobs import JOB, body, print_all, same_looks
from projects import Finished

ADDRESS = "https://pf.example.gov.cn/parks/2025/"
RECORD = '<dl class="ep-record"><div><dt>部门</dt><dd>园林绿化中心</dd></div></dl>'
ONLINE = replace(
    JOB,
    markdown=f"# 标题\n\n{RECORD}\n\n正文开始。\n\n{'很长的正文。' * 200}",
    base_url=ADDRESS,
    facts=(("版本", "第2版"), ("发布日期", "2026-09-28")),
)


@pytest.mark.parametrize(("last", "page"), [(False, 0), (True, -1)])
def test_address_version_and_date_stand_on_one_page(
    tmp_path: Path, pool: Executor, last: bool, page: int
) -> None:
    job = replace(ONLINE, imprint_last=last)
    file = print_all([job], tmp_path, pool)[0][job.name]
    for text in (ADDRESS, "版本：第2版", "发布日期：2026-09-28"):
        assert text in page_texts(file)[page]
    assert structure_text(file).count(ADDRESS) == 1
    found = tags(file)
    assert (found.count("/Figure"), found.count("/Link")) == (1, 1)
    with PdfReader(file) as reader:
        (link,) = (note.get_object() for note in reader.pages[page]["/Annots"])
        assert link["/A"]["/URI"] == ADDRESS
        assert not reader.pages[page].images, "the code is drawn with lines"


def test_the_imprint_follows_the_record(tmp_path: Path, pool: Executor) -> None:
    file = print_all([ONLINE], tmp_path, pool)[0][JOB.name]
    text = structure_text(file)
    assert text.index("园林绿化中心") < text.index(ADDRESS) < text.index("正文开始")


def test_without_an_address_there_is_no_code(tmp_path: Path, pool: Executor) -> None:
    job = replace(ONLINE, base_url="")
    assert "/Figure" not in tags(print_all([job], tmp_path, pool)[0][job.name])


def test_data_travel_inside_as_they_are_on_the_site(finished: Finished) -> None:
    file = next(finished.site.rglob("housing-2025.pdf"))
    with PdfReader(file) as reader:
        inside = {name: contents[0] for name, contents in reader.attachments.items()}
        files = reader.trailer["/Root"]["/AF"]
        relations = {each["/UF"]: each["/AFRelationship"] for each in files}
        streams = [each["/EF"]["/F"] for each in files]
        kinds = {str(stream["/Subtype"]) for stream in streams}
        dates = {str(stream["/Params"]["/ModDate"]) for stream in streams}
    assert set(inside) == {
        "housing-2025.json",
        "housing-2025-funds.csv",
        "housing-2025-indicators.csv",
        "housing-2025-problems.csv",
    }
    for name, content in inside.items():
        assert content == (file.parent / name).read_bytes(), name
    assert json.loads(inside["housing-2025.json"])
    assert relations.pop("housing-2025.json") == "/Source"
    assert set(relations.values()) == {"/Data"}
    assert kinds == {"/application/json", "/text/csv"}
    assert dates == {"D:20260928090000Z"}, "published at 17:00 in Beijing"


def test_changed_data_change_the_fingerprint(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    found = []
    for content in ("{}", "[]"):
        file.write_text(content, encoding="utf-8")
        found.append(pdf.fingerprint(replace(JOB, data=(pdf.Data("a.json", "数据", str(file)),))))
    assert found[0] != found[1]


def test_a_cover_holds_title_office_and_date(tmp_path: Path, pool: Executor) -> None:
    job = replace(ONLINE, cover=("园林绿化中心", "2026年9月8日"))
    file = print_all([job], tmp_path, pool)[0][job.name]
    cover, first, *_ = page_texts(file)
    assert cover.startswith("标题园林绿化中心2026年9月8日")
    assert ADDRESS in first
    assert same_looks(structure_text(file)) == body(job).squeezed
