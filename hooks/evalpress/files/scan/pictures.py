"""A picture -> its metadata and the texts in them; what it shows cannot be read."""

from __future__ import annotations

import io
import re
import warnings
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from PIL import Image

from evalpress.files.scan.found import (
    DISK_PATH,
    DRAWN_BYTES,
    PICTURE_PIXELS,
    Gathered,
    Unreadable,
)
from evalpress.files.scan.picture_parts import TRAILER, Damaged, PicturePart, picture_parts
from evalpress.files.scan.readers import reader
from evalpress.files.scan.xmp import read_xmp

_EXIF = {0x013B: "author", 0x8298: "author", 0x9C9D: "author", 0x013C: "device", 0x0110: "device"}
_EXIF_MORE = {0xA430: "author", 0xA431: "serial", 0xA435: "serial", 0xA420: "serial"}
_EXIF_TEXTS = (0x010E, 0x010D, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F)
_USER_COMMENT, _MAKER_NOTE = 0x9286, 0x927C
_EXIF_IFD, _GPS_IFD, _THUMBNAIL_IFD = 0x8769, 0x8825, 1
_PNG_PEOPLE = re.compile(r"author|artist|creator|copyright", re.IGNORECASE)
# What programs write into comments and text chunks by themselves.
_BY_PROGRAM = re.compile(
    r"(?:CREATOR: gd-jpeg|Lavc|LEAD Tech|Created with|File (?:source|written)|Intel\(R\)|Optimized"
    r"|Software: |Compressed by|JPEG Encoder|Created by|Handmade Software|AppleMark|Screenshot$)",
    re.IGNORECASE,
)
_HARMLESS_KEYS = re.compile(
    r"software$|creation ?time$|date:|exif:|png:|icc:|tiff:|title$|dpi|jpeg:|svg:|source$|warning$"
    r"|xmp:CreatorTool|signature$|thumb::",
    re.IGNORECASE,
)
_MAX_TEXT = 200_000


@reader("image")
def _read_image(content: bytes, into: Gathered) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(content)) as picture:
            _read_exif(picture.getexif(), into)
            if picture_parts(content) is None:
                _read_info(picture.info, into)
    try:
        for part in picture_parts(content) or ():
            if not part.needed:
                _PARTS.get(part.name, _read_unknown)(part, into)
    except Damaged:
        raise Unreadable("damaged") from None


# --- Exif ---------------------------------------------------------------------------------------


def _read_exif(exif: Image.Exif, into: Gathered) -> None:
    inner = exif.get_ifd(_EXIF_IFD)
    for known, values in ((_EXIF, exif), (_EXIF_MORE, inner)):
        for tag, name in known.items():
            into.tell(name, _exif_text(values.get(tag)))
    if exif.get_ifd(_GPS_IFD):
        into.tell("gps", "GPS")
    if _MAKER_NOTE in inner:
        into.tell("maker_note", "MakerNote")
    if exif.get_ifd(_THUMBNAIL_IFD):
        into.tell("thumbnail", "Exif")
    for tag in _EXIF_TEXTS:
        _comment(_exif_text(exif.get(tag)), into)
    comment = inner.get(_USER_COMMENT)
    if isinstance(comment, bytes):
        _comment(_user_comment(comment), into)
    elif comment:
        _comment(_exif_text(comment), into)


def _exif_text(value: Any) -> str:
    if isinstance(value, bytes):  # Windows writes its own tags in UTF-16
        value = value.decode("utf-16-le", "replace")
    return str(value or "").replace("\0", "").strip()


def _user_comment(value: bytes) -> str:
    """The text after the eight bytes that name its encoding."""
    wide = value.startswith(b"UNICODE")
    text = value[8:].decode("utf-16-be" if wide else "utf-8", "replace")
    return text.replace("\0", "").strip()


def _comment(text: str, into: Gathered) -> None:
    """A text that somebody, or a program, wrote into a picture."""
    if text.strip() and not _BY_PROGRAM.match(text):
        into.say("property", text, "comment")
        into.tell("comment", text)


# --- parts that the picture does not need -------------------------------------------------------


def _read_app1(part: PicturePart, into: Gathered) -> None:
    """Exif, which Pillow has read, or XMP."""
    if part.data.startswith(b"http://ns.adobe.com/xap/1.0/\0"):
        read_xmp(part.data.partition(b"\0")[2], into)
    elif not part.data.startswith(b"Exif\0"):
        into.tell("custom", part.name)


_IPTC = re.compile(rb"\x1c\x02(.)(..)", re.DOTALL)


def _read_photoshop(part: PicturePart, into: Gathered) -> None:
    """IPTC: by-line, place, caption; its own number of version says nothing."""
    for found in _IPTC.finditer(part.data):
        size = int.from_bytes(found[2], "big")
        value = part.data[found.end() : found.end() + size]
        if found[1] != b"\0" and size < 0x8000:
            text = _decoded(value)
            into.tell("iptc", text)
            into.say("property", text, "iptc")


def _read_comment(part: PicturePart, into: Gathered) -> None:
    _comment(_decoded(part.data), into)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return data[:_MAX_TEXT].decode(encoding).replace("\0", " ").strip()
        except UnicodeDecodeError:
            continue
    return data[:_MAX_TEXT].decode("latin-1").replace("\0", " ").strip()


def _read_text_chunk(part: PicturePart, into: Gathered) -> None:
    """tEXt, zTXt and iTXt of a PNG: a key and a text."""
    key, _, rest = part.data.partition(b"\0")
    name = key.decode("latin-1")
    text = _decoded(_inflated(part.name, rest))
    if name == "XML:com.adobe.xmp":
        read_xmp(text.encode(), into)
    elif _PNG_PEOPLE.search(name):
        into.tell("author", text)
    elif DISK_PATH.search(text):
        into.tell("path", text)
    elif not _HARMLESS_KEYS.match(name):
        _comment(f"{name}={text}" if name.lower().startswith("raw profile") else text, into)


def _inflated(kind: str, rest: bytes) -> bytes:
    if kind == "zTXt":
        return _unpacked(rest[1:])
    if kind == "iTXt":
        packed, text = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
        return _unpacked(text) if packed else text
    return rest


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _MAX_TEXT)
    except zlib.error:
        raise Unreadable("damaged") from None


def _read_xmp_part(part: PicturePart, into: Gathered) -> None:
    read_xmp(part.data, into)


def _read_application(part: PicturePart, into: Gathered) -> None:
    if part.data.startswith(b"XMP DataXMP"):
        read_xmp(part.data[11:].partition(b"<?xpacket end")[0], into)
    else:
        into.tell("custom", _decoded(part.data[:11]))


def _read_thumbnail(part: PicturePart, into: Gathered) -> None:
    """A second, smaller picture, perhaps of what was cut off."""
    if part.data.startswith((b"JFXX", b"MPF")):
        into.tell("thumbnail", part.data[:3].decode("latin-1"))
    else:
        into.tell("custom", part.name)


def _read_trailer(part: PicturePart, into: Gathered) -> None:
    into.hide("extra_bytes")


def _nothing(part: PicturePart, into: Gathered) -> None:
    """Exif elsewhere, which Pillow has read; how well Photoshop pressed."""


def _read_unknown(part: PicturePart, into: Gathered) -> None:
    into.tell("custom", part.name)


_PARTS: dict[str, Callable[[PicturePart, Gathered], None]] = {
    "APP0": _read_thumbnail, "APP1": _read_app1, "APP2": _read_thumbnail, "APP12": _nothing,
    "APP13": _read_photoshop, "COM": _read_comment, "comment": _read_comment,
    "text": _read_comment, "application": _read_application, "tEXt": _read_text_chunk,
    "zTXt": _read_text_chunk, "iTXt": _read_text_chunk, "eXIf": _nothing, "EXIF": _nothing,
    "XMP ": _read_xmp_part, TRAILER: _read_trailer,
}  # fmt: skip


def _read_info(info: dict[Any, Any], into: Gathered) -> None:
    """What Pillow tells about a format of which this program does not know the parts."""
    for key, value in info.items():
        for text in _texts(value):
            if key == "xmp":
                read_xmp(text.encode(), into)
            else:
                _comment(text, into)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, bytes):
        yield _decoded(value)
    elif isinstance(value, str) and len(value) > 12:
        yield value


# --- pictures inside files ----------------------------------------------------------------------


def is_large(content: bytes) -> bool:
    """True for a picture that can hold text: by its pixels, or by its bytes where it is drawn."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content)) as picture:
                return picture.width * picture.height >= PICTURE_PIXELS
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return len(content) > DRAWN_BYTES


def is_opaque(content: bytes) -> bool:
    """True for a picture without any transparency: it hides what it lies on."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content)) as picture:
                return "A" not in picture.mode and "transparency" not in picture.info
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False


def is_drawn(content: bytes) -> bool:
    """True for a picture made of lines: EMF or WMF."""
    return content[40:44] == b" EMF" or content.startswith((b"\xd7\xcd\xc6\x9a", b"\1\0\x09\0"))
