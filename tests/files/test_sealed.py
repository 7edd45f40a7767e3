"""Files with a signature or a seal are known as such, and never changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from evalpress.files.clean import Uncleanable, clean, clean_files
from evalpress.files.sealed import is_sealed
from sample_files import docx, new_pdf, paragraph, pdf, png, xlsx


def saved(document: pikepdf.Pdf, **options: object) -> bytes:
    document.docinfo["/Author"] = "张三"
    content = io.BytesIO()
    document.save(content, **options)
    return content.getvalue()


def signature(**more: object) -> Dictionary:
    return Dictionary(
        Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), ByteRange=Array([0, 10, 20, 30]),
        Contents=String("x"), **more,
    )  # fmt: skip


def field_with(document: pikepdf.Pdf, value: object, **more: object) -> None:
    """A field below one that has the type, as forms nest them."""
    kid = document.make_indirect(Dictionary(T=String("s"), V=value, **more))
    document.Root.AcroForm = Dictionary(Fields=Array([kid]))


def by_form() -> bytes:
    document = new_pdf()
    field_with(document, document.make_indirect(signature()), FT=Name.Sig)
    return saved(document)


def by_inherited_type() -> bytes:
    document = new_pdf()
    field_with(document, signature())
    return saved(document)


def in_object_streams() -> bytes:
    document = new_pdf()
    field_with(document, signature())
    return saved(document, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def by_rights() -> bytes:
    """A certified file (DocMDP)."""
    document = new_pdf()
    document.Root.Perms = Dictionary(DocMDP=document.make_indirect(signature()))
    return saved(document)


def by_flags() -> bytes:
    document = new_pdf()
    document.Root.AcroForm = Dictionary(Fields=Array(), SigFlags=3)
    return saved(document)


def broken() -> bytes:
    """A signed file that no program opens any more."""
    return b"%PDF-1.7\n1 0 obj << /Type /Sig /ByteRange [0 1 2 3] >> endobj\n"


def ofd() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("OFD.xml", "<ofd:OFD/>")
        archive.writestr("Doc_0/Signs/Sign_0/Signature.xml", "<ofd:Signature/>")
    return content.getvalue()


SEALED: list[Callable[[], bytes]] = [
    by_form, by_inherited_type, in_object_streams, by_rights, by_flags, broken, ofd,
]  # fmt: skip


@pytest.mark.parametrize("make", SEALED)
def test_a_sealed_file_is_known_and_keeps_every_byte(
    make: Callable[[], bytes], tmp_path: Path
) -> None:
    content = make()
    assert is_sealed(content)
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    before = path.stat().st_ino
    [told] = clean_files([path])
    assert told.removed == ()
    assert (path.read_bytes(), path.stat().st_ino) == (content, before)
    with pytest.raises(Uncleanable):
        clean(content)


@pytest.mark.parametrize(
    "content",
    [pdf(), docx(paragraph("x")), xlsx({"表": ""}), png(), b"text", b"", b"%PDF-1.7 broken",
     saved(new_pdf()), b"PK\x03\x04 broken"],
)  # fmt: skip
def test_other_files_are_not(content: bytes) -> None:
    assert not is_sealed(content)
