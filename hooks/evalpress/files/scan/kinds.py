"""The bytes of a file -> what it is, whatever its name says."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
import zlib
from xml.parsers.expat import ExpatError

from evalpress.files.scan.found import Unreadable
from evalpress.files.scan.packages import Package

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
    text = decoded(content)
    if text is None:
        return "unknown"
    return "markup" if _MARKUP.match(text) else "text"


# Text whose readers see another one, of which any sign may stand there as a number: RTF, HTML, XML,
# web archives under the name of an office file.
_MARKUP = re.compile(r"\s*(?:\{\\rtf|<[!?a-z]|mime-version:|content-type:|%!ps)", re.IGNORECASE)


def _kind_of_zip(content: bytes) -> str:
    """What the file's own relationships lead to: a document, a workbook, or neither."""
    try:
        package = Package(content)
        kind = package.parts[package.main].kind if package.main else ""
    except (Unreadable, zipfile.BadZipFile, ExpatError, ValueError, OSError, NotImplementedError,
            EOFError, zlib.error):  # fmt: skip
        return _kind_by_names(content)
    known = {
        "wordprocessingml": "docx", "spreadsheetml": "xlsx", "ms-word": "docx",
        "ms-excel.sheet.macroenabled": "xlsx", "ms-excel.template.macroenabled": "xlsx",
    }  # fmt: skip
    return next((own for word, own in known.items() if word in kind), _kind_by_names(content))


def _kind_by_names(content: bytes) -> str:
    """What a package seems to be that cannot be followed; its reader says why."""
    known = {b"word/document.xml": "docx", b"xl/workbook.xml": "xlsx", b"OFD.xml": "ofd"}
    found = re.findall(rb"word/document\.xml|xl/workbook\.xml|OFD\.xml", content)
    with (  # else those of files inside it
        contextlib.suppress(zipfile.BadZipFile, OSError, ValueError),
        zipfile.ZipFile(io.BytesIO(content)) as archive,
    ):
        found = [name.encode() for name in archive.namelist() if name.encode() in known]
    return known[found[-1]] if found else "zip"


def decoded(content: bytes) -> str | None:
    """The text of a plain text file; None for anything else."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            return None if _CONTROL.search(text) else text
    return None
