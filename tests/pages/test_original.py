"""A report of which only the signed original is there: what readers are offered, and what is
printed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pikepdf
from page import validate_pdf
from pypdf import PdfReader

from evalpress.assess import assess
from evalpress.files.attachments import attachment_address
from evalpress.pages.frame import Page
from evalpress.pages.reports import report_page
from evalpress.pdf import Data
from evalpress.pdf.printing import print_one
from evalpress.wording import word
from print_jobs import JOB
from samples import public, reference

ORIGINAL = "original: {file: 扫描件.pdf}\n"
NAME = "扫描件.pdf"


def page(text: str) -> Page:
    catalogue = assess([public(text)], reference())
    (assessment,) = catalogue.assessments.values()
    target = attachment_address(assessment.key, NAME)
    return report_page(catalogue, assessment, {target: 4000}, {})


def test_the_original_is_the_main_download_and_the_sheet_has_another_name() -> None:
    frame = page(ORIGINAL).frame
    assert frame.original and frame.pdf
    assert frame.original.url == "education/2025/education-2025.pdf"
    assert frame.pdf.url == "education/2025/education-2025-cover.pdf"
    assert frame.original.download == f"{frame.title}.pdf"
    assert frame.pdf.download == f"{frame.title}（信息页）.pdf"
    assert frame.pdf.title and frame.original.size == "PDF，4 KB"


def test_an_original_of_another_kind_keeps_its_ending() -> None:
    frame = page("original: {file: 自评表.XLSX}\n").frame
    assert frame.original and frame.pdf
    assert frame.original.url == "education/2025/education-2025.xlsx"
    assert frame.original.download == f"{frame.title}.xlsx"
    assert frame.pdf.url == "education/2025/education-2025-cover.pdf"


def test_a_later_edition_says_which_it_is_in_both_names() -> None:
    frame = page(f"{ORIGINAL}version: 2\n").frame
    assert frame.original and frame.pdf
    assert frame.original.download == f"{frame.title}（第2版）.pdf"
    assert frame.pdf.download == f"{frame.title}（第2版）（信息页）.pdf"


def test_a_report_with_a_text_of_its_own_is_its_pdf() -> None:
    for text in ("title: 甲\n", f"{ORIGINAL}body: {{overview: 概况。}}\n"):
        frame = page(text).frame
        assert frame.original is None
        assert frame.pdf and frame.pdf.download == f"{frame.title}.pdf"


def test_the_sheet_holds_the_original_and_its_hash(tmp_path: Path) -> None:
    original, sheet = tmp_path / NAME, tmp_path / "sheet.pdf"
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(original)
    sha = hashlib.sha256(original.read_bytes()).hexdigest()
    title = word("original", "inside").format(sha)
    data = (Data(NAME, title, str(original), is_source=True),)
    print_one(replace(JOB, markdown=page(ORIGINAL).markdown, data=data), sheet)
    with PdfReader(sheet) as reader:
        assert reader.attachments[NAME] == [original.read_bytes()]
        (file,) = (each.get_object() for each in reader.trailer["/Root"]["/AF"])
        assert file["/AFRelationship"] == "/Source"
        assert sha in "".join(reader.pages[0].extract_text().split())
    for profile in ("ua1", "3a"):
        assert validate_pdf(sheet, profile=profile).is_compliant
