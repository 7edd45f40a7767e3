"""A file -> whether it bears a digital signature or a seal, which any change would break.

Such a file is accepted as it came: published byte for byte, cleaned of nothing, known by its hash.
Whether a signature is good is for the programs of those who issue it.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from evalpress.files.scan import Unreadable
from evalpress.files.scan.kinds import kind_of
from evalpress.files.scan.packages import Package

if TYPE_CHECKING:
    import pikepdf

# A signature names the bytes that it covers, so it stands in the file as plain text.
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[")


def is_sealed(content: bytes) -> bool:
    """True for a signed PDF or Office file, and for every OFD, whose seals only their own programs
    can tell; a file that cannot be opened is sealed where its bytes say so."""
    kind = kind_of(content)
    if kind == "pdf":
        return _is_sealed_pdf(content)
    if kind in ("docx", "xlsx"):
        return _is_sealed_package(content)
    return kind == "ofd"


def _is_sealed_pdf(content: bytes) -> bool:
    if _BYTE_RANGE.search(content):
        return True
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return is_signed(pdf, content)
    except pikepdf.PdfError:
        return False


def is_signed(pdf: pikepdf.Pdf, content: bytes) -> bool:
    """True for a PDF, opened from this content, with a signature, seal or time stamp, a field that
    holds one, or rights that one grants (DocMDP)."""
    form = pdf.Root.get("/AcroForm")
    if "/Perms" in pdf.Root or (form is not None and int(form.get("/SigFlags", 0)) & 1):
        return True
    return bool(_BYTE_RANGE.search(content)) or any(map(_signs, pdf.objects))


def _signs(value: Any) -> bool:
    import pikepdf

    if not isinstance(value, pikepdf.Dictionary):
        return False
    signed = value.get("/V") if value.get("/FT") in (None, "/Sig") else None
    held = isinstance(signed, pikepdf.Dictionary) and "/ByteRange" in signed
    return held or "/ByteRange" in value or (value.get("/FT") == "/Sig" and "/V" in value)


def _is_sealed_package(content: bytes) -> bool:
    from evalpress.files.clean_office import has_signature

    try:
        return has_signature(Package(content))
    except (Unreadable, zipfile.BadZipFile, ValueError, OSError, EOFError):
        return False
