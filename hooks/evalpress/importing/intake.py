"""A file -> its Document, by the reader that is registered for its kind; what a file is, its
content says, not its name.

Sizes are bounded before any parser sees the file: an office file unpacked is at most MAX_UNPACKED,
and what costs a parser most is counted (MOST_OF).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from evalpress.files.scan.kinds import kind_of
from evalpress.importing.neutral import Document, Grid, Line, Part, Refusal
from evalpress.text.markup import visible

MAX_BYTES = 30_000_000
MAX_UNPACKED = 24_000_000  # of the parts that are parsed; pictures are not
MAX_ENTRIES = 2_000
MAX_ELEMENTS = 400_000  # elements of one part
MOST_OF = (
    ("c", 100_000), ("mergeCell", 10_000), ("p", 12_000), ("conditionalFormatting", 10_000),
    ("dataValidation", 10_000), ("hyperlink", 10_000), ("definedName", 10_000),
)  # fmt: skip
_TAGS = {tag: re.compile(rb"<(?:\w{1,20}:)?%s[\s/>]" % tag.encode()) for tag, _ in MOST_OF}
_FEWEST = min(most for _, most in MOST_OF)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".webp")
_PACKED = 20  # times: a picture that shrinks to less is counted as what is parsed
_STRICT = b"http://purl.oclc.org/ooxml/"
_DECLARED = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)

Reader = Callable[[str, bytes], Document]
READERS: dict[str, Reader] = {}
# Loaded when the first file of its kind comes: each brings a library that takes time to load.
MODULES = {
    "xlsx": "read_xlsx", "xls": "read_xls", "docx": "read_docx", "pdf": "read_pdf",
    "html": "read_html", "mht": "read_html", "doc": "converted", "ole": "converted",
    "odt": "converted", "ods": "converted", "rtf": "converted", "word-xml": "converted",
    "excel-xml": "converted",
}  # fmt: skip


def reads(kind: str) -> Callable[[Reader], Reader]:
    """Register the function that reads files of a kind: their name and content -> a Document.
    It raises Refusal for a file that it cannot read."""

    def register(function: Reader) -> Reader:
        READERS[kind] = function
        return function

    return register


def read_file(path: Path) -> Document:
    """What a file holds. Raises Refusal with the reason: empty, nothing, locked, damaged,
    too_large, scanned, or a format that is not read."""
    try:
        if not path.is_file():
            raise Refusal("unreadable")
        if path.stat().st_size > MAX_BYTES:
            raise Refusal("too_large")
        return read_content(path.name, path.read_bytes())
    except OSError:
        raise Refusal("unreadable", path.name) from None
    except Refusal as refusal:
        raise Refusal(refusal.reason, path.name) from None


def read_content(name: str, content: bytes) -> Document:
    """The same from a file's name and content."""
    if not content.strip(b"\0 \t\r\n") or content.startswith(_NO_ENTRIES):
        raise Refusal("empty")
    kind = exact_kind(content)
    if kind == "zip" and not _is_archive(content):
        raise Refusal("damaged")
    if kind not in MODULES:
        raise Refusal(kind if kind in _KNOWN else "format")
    if content.startswith(b"PK"):
        _weigh(content)
    elif kind.endswith("xml") and _DECLARED.search(content[:8192]):
        raise Refusal("damaged")
    try:
        return _with_contents(_reader_of(kind)(name, content))
    except Refusal:
        raise
    except (MemoryError, RecursionError):
        raise Refusal("too_large") from None
    except Exception:  # a parser's own errors are no closed list
        raise Refusal("damaged") from None


def _with_contents(document: Document) -> Document:
    """The same document without signs that nobody sees, if there is anything in it. Raises
    Refusal."""
    if not any(isinstance(part, Line) for part in document.parts) and not document.grids:
        raise Refusal("scanned" if document.parts else "nothing")
    return replace(document, parts=tuple(map(_seen, document.parts)))


def _seen(part: Part) -> Part:
    if isinstance(part, Line):
        return replace(part, text=visible(part.text)) if visible(part.text) != part.text else part
    if not isinstance(part, Grid):
        return part
    changed = {
        cell: replace(cell, text=text)
        for cell in part.cells() if (text := visible(cell.text)) != cell.text
    }  # fmt: skip
    if not changed:
        return part
    return Grid(part.name, tuple(tuple(changed.get(c, c) for c in row) for row in part.rows))


def _reader_of(kind: str) -> Reader:
    import_module(f"{__package__}.{MODULES[kind]}")
    return READERS[kind]


_NO_ENTRIES = b"PK\x05\x06"
_KNOWN = frozenset(["locked", "image", "zip", "archive", "ofd", "doc", "ole"])
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_BOOK_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))


def exact_kind(content: bytes) -> str:
    """The kind of a file with the older formats told apart: xlsx, docx, pdf, xls, doc, html …"""
    if content.startswith(_ARCHIVES):
        return "archive"
    kind = kind_of(content)
    if kind in _TEXTS:
        start = content[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xfe\xff\xbf \t\r\n")
        return next((own for own, pattern in _STARTS.items() if pattern.match(start)), kind)
    if kind == "zip":
        return next((own for own, sign in _ODF.items() if sign in content[:200]), kind)
    if kind == "ole":
        if _WORD_STREAM in content:
            return "doc"
        return "xls" if any(name in content for name in _BOOK_STREAMS) else "ole"
    return kind


_TEXTS = ("text", "markup", "unknown")
# What begins files that are texts, the first that fits.
_STARTS = {
    "rtf": re.compile(rb"\{\\rtf"),
    "mht": re.compile(rb"(?:[\w-]+:[^\n]*\n\s*)*?MIME-Version:", re.IGNORECASE),
    "excel-xml": re.compile(rb"<\?xml.*?urn:schemas-microsoft-com:office:spreadsheet", re.DOTALL),
    "word-xml": re.compile(
        rb"<\?xml.*?(?:office/word/2003/wordml|office/2006/xmlPackage)", re.DOTALL),
    "html": re.compile(
        rb"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|title|style|body|"
        rb"table|div|p)\b", re.IGNORECASE | re.DOTALL),
}  # fmt: skip
_ODF = {"odt": b"mimetypeapplication/vnd.oasis.opendocument.text",
        "ods": b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"}  # fmt: skip


def _is_archive(content: bytes) -> bool:
    """Whether a ZIP is what people pack, and no office file that lost its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return not {"[Content_Types].xml", "_rels/.rels"} & set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def _weigh(content: bytes) -> None:
    """Refuse what would take a parser long: a part is counted, its elements too, before it is
    parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise Refusal("too_large")
            if any(entry.flag_bits & 1 for entry in entries):
                raise Refusal("locked")
            parsed = [entry for entry in entries if not _is_picture(entry)]
            if sum(entry.file_size for entry in parsed) > MAX_UNPACKED:
                raise Refusal("too_large")
            for entry in parsed:
                _weigh_part(archive, entry)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, EOFError):
        raise Refusal("damaged") from None


def _is_picture(entry: zipfile.ZipInfo) -> bool:
    """By its name, and because pictures hardly shrink: any part may be called one."""
    named = entry.filename.lower().endswith(_PICTURES)
    return named and entry.file_size <= _PACKED * max(entry.compress_size, 1)


def _weigh_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    with archive.open(entry) as stream:
        part = stream.read(MAX_UNPACKED + 1)
    marks = part.count(b"<")
    if len(part) > MAX_UNPACKED or marks > 2 * MAX_ELEMENTS:
        raise Refusal("too_large")
    if marks > _FEWEST and any(len(_TAGS[tag].findall(part)) > most for tag, most in MOST_OF):
        raise Refusal("too_large")
    if _STRICT in part[:8192]:
        raise Refusal("strict")
    if _DECLARED.search(part[:8192].replace(b"\0", b"")):  # also of a part in UTF-16
        raise Refusal("damaged")
