"""A picture -> the same without metadata: every pixel and the way up stay."""

from __future__ import annotations

import io
import struct
import warnings

from PIL import Image

from evalpress.files.scan.picture_parts import PicturePart, picture_parts, rejoined

_ORIENTATION = 0x0112


def clean_picture(content: bytes) -> bytes:
    """The parts that the picture needs, and the way up. Raises LookupError for a format whose parts
    are not known, Damaged for a broken file."""
    parts = picture_parts(content)
    if parts is None:
        raise LookupError
    kept = [part for part in parts if part.needed]
    if content.startswith(b"\xff\xd8"):
        kept[1:1] = _turned(content)
    return rejoined(kept)


def _turned(content: bytes) -> list[PicturePart]:
    """The way up, where it is not the usual one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(content)) as picture:
            turned = picture.getexif().get(_ORIENTATION, 1)
    if turned == 1:
        return []
    exif = Image.Exif()
    exif[_ORIENTATION] = turned
    data = exif.tobytes()
    raw = b"\xff\xe1" + struct.pack(">H", len(data) + 2) + data
    return [PicturePart("APP1", raw, data, True)]
