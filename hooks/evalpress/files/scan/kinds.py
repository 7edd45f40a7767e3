"""The bytes of a file -> what it is, whatever its name says."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile

_MAGIC = {
    b"%PDF-": "pdf",
    b"\xff\xd8\xff": "image",
    b"\x89PNG\r\n": "image",
    b"GIF8": "image",
    b"II*\0": "image",
    b"MM\0*": "image",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_NAME = "EncryptedPackage".encode("utf-16-le")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def kind_of(content: bytes) -> str:
    """What a file is by its content; its name may lie: pdf, docx, xlsx, image, text, ole …"""
    for magic, kind in _MAGIC.items():
        if content.startswith(magic):
            return kind
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image"
    if content.startswith(_OLE):
        return "locked" if _LOCKED_NAME in content else "ole"
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    return "text" if decoded(content) is not None else "unknown"


def _kind_of_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "zip"
    known = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
    return next((kind for name, kind in known.items() if name in names), "zip")


def decoded(content: bytes) -> str | None:
    """The text of a plain text file; None for anything else."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            return None if _CONTROL.search(text) else text
    return None
