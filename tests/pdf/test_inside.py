"""evalpress.pdf.inside: links to PDFs that travel inside, as a reader's program follows them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from page import validate_pdf

from evalpress import pdf
from evalpress.pdf.binding import bind
from evalpress.pdf.job import BookJob, BookPart, Data
from evalpress.pdf.printing import printed
from evalpress.text.markup import as_url
from print_jobs import JOB

SITE = "https://pf.example.gov.cn/jx/"
NAMES = ("自评报告.pdf", "附件#2（定稿）.PDF", "完成率98%.pdf", "%23.pdf", "a?b&c=1.pdf")


def job(folder: Path, *names: str, base_url: str = "") -> pdf.PrintJob:
    """A page that links to each of these files, all of which travel inside."""
    folder.mkdir(exist_ok=True)
    data, links = [], []
    for name in names:
        with pikepdf.new() as made:
            made.add_blank_page()
            made.save(folder / name)
        link = as_url(f"../attachments/{name}")
        data.append(Data(name, "原件", str(folder / name), is_source=True, link=link))
        links.append(f'<p><a href="{link}">下载</a></p>')
    text = "\n\n".join(["# 标题", *links])
    return replace(JOB, markdown=text, data=tuple(data), base_url=base_url)


def actions(content: bytes) -> list[pikepdf.Object]:
    with pikepdf.open(BytesIO(content)) as opened:
        found = [note.A for page in opened.pages for note in page.get("/Annots", ())]
        listed = list(opened.Root.Names.EmbeddedFiles.Names)
        names = [bytes(name) for name in listed[::2]]
        assert names == sorted(names), "a tree of names is in their order"
        files = {str(name): file for name, file in zip(listed[::2], listed[1::2], strict=True)}
        for action in found:
            if action.S == "/GoToE":
                assert str(action.T.N) in files
                assert str(files[str(action.T.N)].UF) == str(action.T.N)
        return [pikepdf.Object.parse(action.unparse(resolved=True)) for action in found]


@pytest.mark.parametrize("name", NAMES)
def test_without_an_address_a_link_leads_to_the_file_inside(tmp_path: Path, name: str) -> None:
    (action,) = actions(printed(job(tmp_path, name)))
    assert (action.S, action.T.R, str(action.T.N)) == ("/GoToE", "/C", name)
    assert action.D[0] == 0, "the first page"


def test_with_an_address_it_leads_to_the_site(tmp_path: Path) -> None:
    found = actions(printed(job(tmp_path, NAMES[0], base_url=f"{SITE}parks/2025/")))
    assert any(str(action.URI).startswith(f"{SITE}parks/attachments/") for action in found)


def test_a_file_of_another_kind_is_named_and_no_link(tmp_path: Path) -> None:
    """No action opens what is not a PDF."""
    assert not actions(printed(job(tmp_path, "自评表.xlsx")))


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_such_a_file_conforms(tmp_path: Path, profile: str) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(printed(job(tmp_path / "data", *NAMES)))
    report = validate_pdf(path, profile=profile)
    assert report.is_compliant, [(found.rule_id, found.message) for found in report.failures]


def test_in_a_book_each_link_leads_to_its_own_report_s_file(tmp_path: Path) -> None:
    files = []
    for name in ("a", "b"):
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(printed(replace(job(tmp_path / name, NAMES[0]), name=name)))
    parts = (BookPart("a", "甲"), BookPart("b", "乙"))
    content = bind(BookJob("book", "汇编", ("汇编",), parts), files)
    found = [str(a.T.N) for a in actions_of_book(content)]
    assert found == [NAMES[0], f"b-{NAMES[0]}"]


def actions_of_book(content: bytes) -> list[pikepdf.Object]:
    with pikepdf.open(BytesIO(content)) as opened:
        notes = [note for page in opened.pages for note in page.get("/Annots", ())]
        listed = {str(name) for name in list(opened.Root.Names.EmbeddedFiles.Names)[::2]}
        found = [note.A for note in notes if "/A" in note and note.A.S == "/GoToE"]
        assert {str(action.T.N) for action in found} == listed
        return [pikepdf.Object.parse(action.unparse(resolved=True)) for action in found]
