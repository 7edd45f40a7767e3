"""A report of which only the signed original is there: what readers are offered, and what is
printed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from page import validate_pdf
from pypdf import PdfReader

from evalpress import site as sites
from evalpress.assess import assess
from evalpress.files.attachments import attachment_address
from evalpress.ledger.known import FileKind
from evalpress.load import load
from evalpress.pages.frame import Page
from evalpress.pages.reports import report_page
from evalpress.pdf import Data
from evalpress.pdf.printing import print_one
from evalpress.release.hashes import Hashes
from evalpress.settings import Settings
from evalpress.wording import word
from print_jobs import JOB
from samples import NOW, REPORT, data_folder, public, reference

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


# --- the site -----------------------------------------------------------------------------------

FILE = "data/attachments/education/2025/扫描件.pdf"
SHEET = "education/2025/education-2025-cover.pdf"
ADDRESS = "education/2025/education-2025.pdf"


@cache
def signed() -> bytes:
    """A PDF in which a signature names the bytes that it covers."""
    made = BytesIO()
    with pikepdf.new() as blank:
        blank.add_blank_page()
        blank.save(made, deterministic_id=True)  # the same at every second
    return made.getvalue() + b"% /ByteRange [0 1 2 3]\n"


def composed(root: Path, settings: Settings) -> sites.Site:
    """The site of one report that is its original alone."""
    text = f"state: published\n{ORIGINAL}first_published: 2025-12-01 09:00\n"
    loaded = load(data_folder(root, {REPORT: text, FILE: signed()}))
    made = sites.compose(settings, root, loaded.reports, loaded.reference, root / "docs")
    made.export()
    made.print("")
    return made


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> sites.Site:
    return composed(tmp_path_factory.mktemp("original"), Settings(as_of=NOW))


def test_the_report_s_own_address_gives_the_original_byte_for_byte(site: sites.Site) -> None:
    assert site.files[ADDRESS].read_bytes() == signed()
    assert site.files["education/2025/attachments/扫描件.pdf"].read_bytes() == signed()
    with PdfReader(site.files[SHEET]) as reader:
        assert reader.attachments[NAME] == [signed()]
    assert ADDRESS in site.wanted("").documents


def test_without_printing_the_original_is_there(tmp_path: Path) -> None:
    made = composed(tmp_path, Settings(as_of=NOW, pdf=False))
    (page_of,) = [page for page in made.pages if page.report]
    assert made.files[ADDRESS].read_bytes() == signed()
    assert page_of.frame.original and page_of.frame.pdf is None
    assert [*made.wanted("").documents] == [ADDRESS]


def test_a_holder_is_told_that_it_is_a_sealed_original(site: sites.Site) -> None:
    sha = hashlib.sha256(signed()).hexdigest()
    told = {one.name: one for one in site._issued(Hashes(None), "", {})}
    assert (told["education-2025.pdf"].sha256, told["education-2025.pdf"].sealed) == (sha, True)
    assert told["education-2025.pdf"].kind is FileKind.ORIGINAL
    assert told["education-2025-cover.pdf"].kind is FileKind.COVER
    assert [one.kind for one in told.values() if one.sha256 == sha] == [FileKind.ORIGINAL]


def test_the_site_map_lists_both(site: sites.Site) -> None:
    assert {ADDRESS, SHEET} <= {one.address for one in site._located(())}


def test_both_belong_to_the_report(site: sites.Site) -> None:
    shares = site.wanted("").shares
    assert {ADDRESS, SHEET} <= {
        path for path, one in shares.items() if one.report == "education/2025/"
    }
