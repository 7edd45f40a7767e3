"""Metadata goes, everything that somebody wrote or drew stays."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary
from PIL import Image

from evalpress.files.clean import Uncleanable, clean, clean_files
from evalpress.files.scan import Hidden, Passage, Property, scan, scan_content
from sample_files import (
    APP,
    CORE,
    CUSTOM,
    TEMPLATE,
    docx,
    jpeg,
    new_pdf,
    package,
    paragraph,
    pdf,
    png,
    xlsx,
)

PROPERTIES = {"docProps/core.xml": CORE, "docProps/app.xml": APP, "docProps/custom.xml": CUSTOM}


def signed_for(author: str, tmp_path: Path, **save: object) -> Path:
    """A PDF with an author in both places."""
    document = new_pdf()
    with document.open_metadata() as metadata:
        metadata["dc:creator"], metadata["dc:title"] = [author], "报告"
    path = tmp_path / "a.pdf"
    document.save(path, **save)
    return path


def test_a_pdf_loses_its_author_and_keeps_title_and_text(tmp_path: Path) -> None:
    path = signed_for("张三", tmp_path)
    [cleaned] = clean_files([path])
    assert cleaned.removed == (Property("author", "张三"),)
    found = scan(path)
    assert found.properties == ()
    assert {"报告", "Annual report 13812345678"} <= {text.text for text in found.texts}
    assert "张三".encode("utf-16-be") not in path.read_bytes()


def test_office_files_lose_properties_and_the_way_to_their_template() -> None:
    parts = {**PROPERTIES, "word/_rels/settings.xml.rels": TEMPLATE,
             "word/settings.xml": '<w:s><w:attachedTemplate r:id="r1"/></w:s>'}  # fmt: skip
    document = package({"word/document.xml": paragraph("x").replace("w:", ""), **parts})
    cleaned = clean(document)
    assert scan_content(cleaned).properties == ()
    assert "张三".encode() not in b"".join(unpacked(cleaned).values())
    assert unpacked(cleaned)["word/document.xml"] == unpacked(document)["word/document.xml"]
    assert b"attachedTemplate" not in unpacked(cleaned)["word/settings.xml"]
    assert Passage("property", "自评表", "title") in scan_content(cleaned).texts


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_what_people_must_decide_about_stays_and_is_named(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    parts = {**PROPERTIES, "xl/comments1.xml": "<c><comment><text><t>核</t></text></comment></c>"}
    path.write_bytes(xlsx({"表": "", "底稿": ""}, hidden="底稿", parts=parts))
    [cleaned] = clean_files([path])
    assert Property("author", "张三") in cleaned.removed
    assert cleaned.left == (Hidden("hidden_sheet", ("底稿",)), Hidden("comments"))
    assert scan(path).hidden == cleaned.left


def test_pictures_lose_author_and_place_and_keep_every_pixel() -> None:
    for content in (jpeg(), png()):
        cleaned = clean(content)
        found = scan_content(cleaned)
        assert (found.properties, found.texts) == ((), ())
        with Image.open(io.BytesIO(content)) as old, Image.open(io.BytesIO(cleaned)) as new:
            assert old.tobytes() == new.tobytes()
            assert old.getexif().get(0x0112) == new.getexif().get(0x0112)


def test_pictures_inside_office_files_are_cleaned_too() -> None:
    content = package({"word/document.xml": "<a/>", "word/media/1.jpg": jpeg()})
    assert scan_content(content).properties
    assert scan_content(clean(content)).properties == ()


def test_what_is_clean_keeps_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx(paragraph("正文")))
    before = (path.read_bytes(), path.stat().st_ino)
    [cleaned] = clean_files([path])
    assert (cleaned.removed, cleaned.left, cleaned.refused) == ((), (), "")
    assert (path.read_bytes(), path.stat().st_ino) == before


def test_cleaning_twice_changes_nothing() -> None:
    for content in (docx(docProps__core_xml=CORE), jpeg(), png()):
        assert clean(clean(content)) == clean(content)


def signed_pdf() -> bytes:
    document = new_pdf()
    document.docinfo["/Author"] = "张三"
    document.Root.AcroForm = Dictionary(Fields=pikepdf.Array(), SigFlags=3)
    content = io.BytesIO()
    document.save(content, deterministic_id=True)  # the same at every second
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (signed_pdf(), "signed"),
        (pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, "format"),
        (png()[:-20], "damaged"),
        (jpeg()[:30], "damaged"),
    ],
)
def test_what_cannot_be_cleaned_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(Uncleanable) as refusal:
        clean(content)
    assert refusal.value.reason == reason


def test_a_refused_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(signed_pdf())
    [cleaned] = clean_files([path])
    assert (cleaned.refused, cleaned.left) == ("signed", (Property("author", "张三"),))
    assert path.read_bytes() == signed_pdf()


def test_folders_are_gone_through_and_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    outside = tmp_path / "out.jpg"
    outside.write_bytes(jpeg())
    (tmp_path / "folder" / "a.jpg").write_bytes(jpeg())
    (tmp_path / "folder" / "b.jpg").symlink_to(outside)
    assert [cleaned.path.name for cleaned in clean_files([tmp_path / "folder"])] == ["a.jpg"]
    [refused] = clean_files([tmp_path / "folder" / "b.jpg"])
    assert refused.refused == "link"
    assert outside.read_bytes() == jpeg()


def test_modes_stay_and_nothing_is_left_beside(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg())
    path.chmod(0o640)
    clean_files([path])
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["a.jpg"]
