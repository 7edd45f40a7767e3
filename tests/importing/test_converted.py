"""Older formats go through LibreOffice where there is one, and are named where there is none."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from xlwt.CompoundDoc import XlsDoc

from evalpress.importing import converted
from evalpress.importing.intake import read_content
from evalpress.importing.neutral import Refusal
from office_forms import as_docx, draw, layouts
from sampling import WHOLE

DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le")


def test_without_libreoffice_the_message_says_how_to_save_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Refusal) as refusal:
        read_content("甲.doc", DOC)
    assert refusal.value.reason == "doc"
    assert "另存为" in refusal.value.said


def old_word(text: bytes) -> bytes:
    """A compound file whose one stream is the text of a DOC."""
    stream = io.BytesIO()
    XlsDoc().save(stream, text)
    content, book, own = bytearray(stream.getvalue()), "Workbook", "WordDocument"
    at = content.index(book.encode("utf-16-le"))
    content[at : at + 2 * len(own)] = own.encode("utf-16-le")
    content[at + 64] = 2 * len(own) + 2
    return bytes(content)


def test_a_doc_with_a_password_is_locked() -> None:
    text = bytearray(b"\xec\xa5" + bytes(5_000))
    text[11] |= 0x01
    with pytest.raises(Refusal, match="locked"):
        read_content("甲.doc", old_word(bytes(text)))


OPEN = "application/vnd.oasis.opendocument.text"


def odt(manifest: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", OPEN)
        archive.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


FOREIGN = {
    "odt": odt("<manifest/>"),
    "rtf": b"{\\rtf1 \\ansi}",
    "excel-xml": b'<?xml version="1.0"?><Workbook '
    b'xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "word-xml": b'<?xml version="1.0"?><w:wordDocument '
    b'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>',
}


@pytest.mark.parametrize("reason", FOREIGN)
def test_what_other_programs_save_is_named(reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Refusal) as refusal:
        read_content("甲.doc", FOREIGN[reason])
    assert refusal.value.reason == reason
    assert "另存为" in refusal.value.said


def test_an_open_document_with_a_password_is_locked() -> None:
    with pytest.raises(Refusal, match="locked"):
        read_content("甲.odt", odt("<manifest:encryption-data/>"))


@pytest.mark.skipif(not WHOLE or not shutil.which("soffice"), reason="nightly, with LibreOffice")
def test_a_doc_reads_as_the_docx_that_it_was(tmp_path: Path) -> None:
    form = draw(layouts()[0])
    docx = as_docx(form)
    # LibreOffice 7.4 loses every table of a DOCX that it writes as DOC without going through ODT.
    odt = converted._converted("soffice", docx, "odt", "docx")
    old = converted._converted("soffice", odt, "doc", "odt")
    before = read_content("甲.docx", docx).grids[0]
    after = read_content("甲.doc", old).grids[0]
    assert [c.text for c in after.cells()] == [c.text for c in before.cells()]
