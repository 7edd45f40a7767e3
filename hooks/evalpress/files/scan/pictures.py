"""A picture -> its metadata and the texts in them; what it shows cannot be read."""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from typing import Any
from xml.parsers import expat

from PIL import Image

from evalpress.files.scan.found import DRAWN_BYTES, PICTURE_PIXELS, Gathered, Unreadable
from evalpress.files.scan.readers import reader
from evalpress.files.scan.xmp import read_xmp

_EXIF = {0x013B: "author", 0x8298: "author", 0x9C9D: "author", 0x013C: "device"}
_EXIF_MORE = {0xA430: "author", 0xA431: "serial", 0xA435: "serial", 0xA420: "serial"}
_EXIF_TEXTS = (0x010E, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F)
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_PNG_PEOPLE = re.compile(r"author|artist|creator|copyright", re.IGNORECASE)


@reader("image")
def _read_image(content: bytes, into: Gathered) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(content)) as picture:
            _read_exif(picture.getexif(), into)
            _read_picture_info(picture.info, into)


def _read_exif(exif: Image.Exif, into: Gathered) -> None:
    inner = exif.get_ifd(_EXIF_IFD)
    for known, values in ((_EXIF, exif), (_EXIF_MORE, inner)):
        for tag, name in known.items():
            into.tell(name, _exif_text(values.get(tag)))
    if exif.get_ifd(_GPS_IFD):
        into.tell("gps", "GPS")
    for tag in _EXIF_TEXTS:
        into.say("property", _exif_text(exif.get(tag)), "exif")


def _exif_text(value: Any) -> str:
    if isinstance(value, bytes):  # Windows writes its own tags in UTF-16
        value = value.decode("utf-16-le", "replace")
    return str(value or "").replace("\0", "").strip()


def _read_picture_info(info: dict[Any, Any], into: Gathered) -> None:
    for key, value in info.items():
        if key in ("xmp", "XML:com.adobe.xmp"):
            with contextlib.suppress(expat.ExpatError, Unreadable):
                read_xmp(value.encode() if isinstance(value, str) else bytes(value), into)
        elif key == "comment":
            into.say("property", value.decode("utf-8", "replace"), "comment")
        elif isinstance(value, str) and isinstance(key, str):
            if _PNG_PEOPLE.search(key):
                into.tell("author", value)
            else:
                into.say("property", value, key)


def is_large(content: bytes) -> bool:
    """True for a picture that can hold text: by its pixels, or by its bytes where it is drawn."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content)) as picture:
                return picture.width * picture.height >= PICTURE_PIXELS
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return len(content) > DRAWN_BYTES


def is_drawn(content: bytes) -> bool:
    """True for a picture made of lines: EMF or WMF."""
    return content[40:44] == b" EMF" or content.startswith((b"\xd7\xcd\xc6\x9a", b"\1\0\x09\0"))
