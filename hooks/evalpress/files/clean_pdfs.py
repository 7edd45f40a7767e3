"""A PDF -> the same without metadata about people and without earlier revisions. Pages keep their
content; a signed or sealed file is never touched, since its signature would break."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from typing import Any

import pikepdf

from evalpress.files.clean_office import Sealed
from evalpress.files.clean_pictures import clean_picture
from evalpress.files.scan.found import Unreadable
from evalpress.files.scan.pdf_objects import CATALOG, PUBLIC_INFO
from evalpress.files.scan.picture_parts import Damaged
from evalpress.files.sealed import is_signed

# Names as pikepdf gives them: {http://purl.org/dc/elements/1.1/}title stays, creator does not.
_PUBLIC_XMP = re.compile(
    r"\{http://(?:purl\.org/dc/elements/1\.1/\}(?:title|description|subject|language|format)"
    r"|www\.aiim\.org/pdfu?a/.*|ns\.adobe\.com/pdf/1\.3/\}(?:Producer|Keywords|Trapped)"
    r"|ns\.adobe\.com/xap/1\.0/\}(?:CreateDate|ModifyDate|MetadataDate|CreatorTool))"
)


def clean_pdf(content: bytes) -> bytes:
    """The file without authors, private data of programs, metadata of pictures, and what earlier
    revisions left. Raises Sealed, Unreadable for one with a password, pikepdf.PdfError."""
    with _opened(content) as pdf:
        if pdf.is_encrypted:
            raise Unreadable("encrypted")
        if is_signed(pdf, content):
            raise Sealed
        for name in [str(key) for key in pdf.docinfo if str(key) not in PUBLIC_INFO]:
            del pdf.docinfo[name]
        for name in [str(key) for key in pdf.Root if str(key) not in CATALOG]:
            del pdf.Root[name]
        _clean_metadata(pdf)
        for value in pdf.objects:
            _clean_object(value, pdf)
        cleaned = io.BytesIO()
        pdf.save(cleaned, deterministic_id=True)
    return cleaned.getvalue()


def _opened(content: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError:
        raise Unreadable("encrypted") from None


def _clean_metadata(pdf: pikepdf.Pdf) -> None:
    if "/Metadata" not in pdf.Root:
        return
    try:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            for name in [name for name in metadata if not _PUBLIC_XMP.match(name)]:
                del metadata[name]
    except Exception:  # what is no XMP at all is of use to nobody
        del pdf.Root["/Metadata"]


def _clean_object(value: Any, pdf: pikepdf.Pdf) -> None:
    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return
    if value.objgen != pdf.Root.objgen and "/Metadata" in value:
        del value["/Metadata"]
    if "/PieceInfo" in value:
        del value["/PieceInfo"]
    if isinstance(value, pikepdf.Stream) and str(value.get("/Filter")) == "/DCTDecode":
        with suppress(Damaged, LookupError, pikepdf.PdfError, OSError):
            raw = value.read_raw_bytes()
            cleaned = clean_picture(raw)
            if cleaned != raw:
                value.write(cleaned, filter=pikepdf.Name.DCTDecode)
