"""Files with metadata -> the same files without: authors, offices, places and devices are removed.

Only what nobody wrote on purpose goes. Comments, revisions, hidden sheets and embedded files stay
and are named, because whether they may go is for people to decide. Pictures and pages keep their
bytes: nothing is drawn anew.
"""

from __future__ import annotations

import io
import os
import re
import struct
import tempfile
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from PIL import Image

from evalpress.files.scan import MAX_UNPACKED, Hidden, Property, Scan, scan, scan_content


@dataclass(frozen=True)
class Cleaned:
    """What was removed from a file and what is left; `refused` says why it was not touched."""

    path: Path
    removed: tuple[Property, ...] = ()
    left: tuple[Property | Hidden, ...] = ()
    refused: str = ""


def clean_files(paths: Iterable[Path]) -> list[Cleaned]:
    """Clean files in place, and the files in folders; one that cannot be cleaned stays as it is."""
    return [_clean_file(path) for path in _files(paths)]


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if not p.is_symlink())
            yield from (p for p in inside if p.is_file() and not p.name.startswith("."))
        else:
            yield path


def _clean_file(path: Path) -> Cleaned:
    before = scan(path)
    if path.is_symlink():
        return Cleaned(path, refused="link")
    if not before.properties:
        reason = "" if before.readable or before.kind in _CLEANERS else before.reason
        return Cleaned(path, left=before.hidden, refused=reason)
    try:
        content = clean(path.read_bytes())
        _replace(path, content)
    except Uncleanable as refusal:
        return Cleaned(path, left=(*before.properties, *before.hidden), refused=refusal.reason)
    except OSError:
        return Cleaned(path, left=(*before.properties, *before.hidden), refused="unwritable")
    return _compared(path, before, scan_content(content))


def _compared(path: Path, before: Scan, after: Scan) -> Cleaned:
    removed = tuple(p for p in before.properties if p not in after.properties)
    return Cleaned(path, removed, (*after.properties, *after.hidden))


def _replace(path: Path, content: bytes) -> None:
    """Write the file beside and rename it, so that nobody ever sees half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".clean")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(name, path.stat().st_mode & 0o777)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class Uncleanable(Exception):
    """Why a file was left alone: format, encrypted, signed, damaged."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def clean(content: bytes) -> bytes:
    """The file's content without metadata about persons; raises Uncleanable."""
    kind = scan_content(content).kind
    cleaner = _CLEANERS.get(kind)
    if cleaner is None:
        raise Uncleanable("encrypted" if kind == "locked" else "format")
    try:
        return cleaner(content)
    except Uncleanable:
        raise
    except Exception:  # a parser's own errors are no closed list
        raise Uncleanable("damaged") from None


# --- PDF ----------------------------------------------------------------------------------------

_PUBLIC_INFO = ("/Title", "/Subject", "/Keywords", "/Creator", "/Producer", "/CreationDate",
                "/ModDate", "/Trapped")  # fmt: skip
# Names as pikepdf gives them: {http://purl.org/dc/elements/1.1/}title stays, creator does not.
_PUBLIC_XMP = re.compile(
    r"\{http://(?:purl\.org/dc/elements/1\.1/\}(?:title|description|subject|language|format)"
    r"|www\.aiim\.org/pdfu?a/.*|ns\.adobe\.com/pdf/1\.3/\}(?:Producer|Keywords|Trapped)"
    r"|ns\.adobe\.com/xap/1\.0/\}(?:CreateDate|ModifyDate|MetadataDate|CreatorTool))"
)


def _clean_pdf(content: bytes) -> bytes:
    """Author and the like go from the document's information; older versions of pages go too."""
    try:
        pdf = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError:
        raise Uncleanable("encrypted") from None
    with pdf:
        if pdf.is_encrypted:
            raise Uncleanable("encrypted")
        if "/AcroForm" in pdf.Root and int(pdf.Root.AcroForm.get("/SigFlags", 0)) & 1:
            raise Uncleanable("signed")
        for key in [str(key) for key in pdf.docinfo if str(key) not in _PUBLIC_INFO]:
            del pdf.docinfo[key]
        if "/Metadata" in pdf.Root:
            with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
                for name in [name for name in metadata if not _PUBLIC_XMP.match(name)]:
                    del metadata[name]
        cleaned = io.BytesIO()
        pdf.save(cleaned, deterministic_id=True)
    return cleaned.getvalue()


# --- office files -------------------------------------------------------------------------------

# <dc:creator>张三</dc:creator>, <Company>…</Company>: the element stays, empty.
_EMPTIED = re.compile(
    rb"<((?:\w+:)?(?:creator|lastModifiedBy|Company|Manager|HyperlinkBase|Template))(\s[^>]*)?>"
    rb"[^<]*</\1>"
)
# <Relationship Type="…/attachedTemplate" Target="file:///C:/…"/>, and where it is used.
_TEMPLATE_LINK = re.compile(
    rb"<Relationship\s[^>]*/attachedTemplate\"[^>]*?(?:/>|>\s*</Relationship>)"
)
_TEMPLATE_USE = re.compile(rb"<w:attachedTemplate\s[^>]*/>")
# <Properties …>everything that somebody added</Properties> -> <Properties …/>
_CUSTOM = re.compile(rb"(<(?:\w+:)?Properties\b[^>]*?)(?:/>|>.*</(?:\w+:)?Properties>)", re.DOTALL)


def _clean_office(content: bytes) -> bytes:
    """The same package with emptied properties; every other part keeps its bytes."""
    cleaned = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(cleaned, "w") as new:
        if sum(entry.file_size for entry in old.infolist()) > MAX_UNPACKED:
            raise Uncleanable("too_large")
        if any(entry.filename.startswith("_xmlsignatures/") for entry in old.infolist()):
            raise Uncleanable("signed")
        for entry in old.infolist():
            part = _clean_part(entry.filename, old.read(entry))
            copy = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            copy.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(copy, part)
    return cleaned.getvalue()


def _clean_part(name: str, part: bytes) -> bytes:
    if name in ("docProps/core.xml", "docProps/app.xml"):
        return _EMPTIED.sub(rb"<\1\2></\1>", part)
    if name == "docProps/custom.xml":
        return _CUSTOM.sub(rb"\1/>", part)
    if name == "word/_rels/settings.xml.rels":
        return _TEMPLATE_LINK.sub(b"", part)
    if name == "word/settings.xml":
        return _TEMPLATE_USE.sub(b"", part)
    if "/media/" in name:
        return _clean_image(part) if part.startswith((_JPEG, _PNG)) else part
    return part


# --- pictures -----------------------------------------------------------------------------------

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_JPEG_METADATA = frozenset([0xE1, 0xED, 0xFE])  # Exif and XMP, Photoshop, comment
_PNG_METADATA = frozenset([b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"])
_ORIENTATION = 0x0112


def _clean_image(content: bytes) -> bytes:
    if content.startswith(_JPEG):
        return _clean_jpeg(content)
    if content.startswith(_PNG):
        return b"".join([_PNG, *_clean_chunks(content)])
    raise Uncleanable("format")


def _clean_jpeg(content: bytes) -> bytes:
    """The picture without its metadata segments, still the same way up."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(content)) as picture:
            turned = picture.getexif().get(_ORIENTATION, 1)
    parts = [content[:2], _orientation(turned) if turned != 1 else b""]
    position = 2
    while content[position] == 0xFF and content[position + 1] != 0xDA:
        size = 2 + int.from_bytes(content[position + 2 : position + 4], "big")
        if content[position + 1] not in _JPEG_METADATA:
            parts.append(content[position : position + size])
        position += size
    return b"".join([*parts, content[position:]])


def _orientation(turned: int) -> bytes:
    exif = Image.Exif()
    exif[_ORIENTATION] = turned
    data = exif.tobytes()
    return b"\xff\xe1" + struct.pack(">H", len(data) + 2) + data


def _clean_chunks(content: bytes) -> Iterator[bytes]:
    position = len(_PNG)
    while position < len(content):
        size = 12 + int.from_bytes(content[position : position + 4], "big")
        chunk = content[position : position + size]
        if len(chunk) < size or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise Uncleanable("damaged")
        if chunk[4:8] not in _PNG_METADATA:
            yield chunk
        position += size
        if chunk[4:8] == b"IEND":
            return


_CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "pdf": _clean_pdf,
    "docx": _clean_office,
    "xlsx": _clean_office,
    "image": _clean_image,
}
