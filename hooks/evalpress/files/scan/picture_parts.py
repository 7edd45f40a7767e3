"""The bytes of a JPEG, PNG, GIF or WebP -> its parts, and which of them the picture needs.

Only what is needed to draw the picture is known to be harmless; everything else may tell about
people, places and devices. Cleaning keeps the parts that are needed and leaves out the others.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_JPEG, _PNG, _GIF = b"\xff\xd8", b"\x89PNG\r\n\x1a\n", (b"GIF87a", b"GIF89a")
_RESTARTS = range(0xD0, 0xD8)
# What draws: colours, palette, transparency, resolution, animation; and notes of the maker's tool.
_PNG_NEEDED = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs sPLT acTL fcTL fdAT cICP"
    b" mDCV cLLI mDCv cLLi iDOT vpAg orNT caNv tIME npOl npTc".split()
)
_WEBP_NEEDED = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ICCP", b"ALPH", b"ANIM", b"ANMF"])
_GIF_NEEDED = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
TRAILER = "trailer"


class Damaged(ValueError):
    """A picture that ends too soon, or whose checksum is wrong."""


@dataclass(frozen=True)
class PicturePart:
    """One part with all its bytes; `name` as its format calls it, `data` without head and tail."""

    name: str
    raw: bytes
    data: bytes
    needed: bool


def picture_parts(content: bytes) -> Iterator[PicturePart] | None:
    """The parts of a picture in order, what follows its end as TRAILER; None for a format that is
    not known. The parts raise Damaged where the file is broken."""
    if content.startswith(_JPEG):
        return _jpeg(content)
    if content.startswith(_PNG):
        return _png(content)
    if content.startswith(_GIF):
        return _gif(content)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _webp(content)
    return None


def _trailer(rest: bytes) -> Iterator[PicturePart]:
    if rest.strip(b"\0\r\n\t "):
        yield PicturePart(TRAILER, rest, rest, False)


def _jpeg(content: bytes) -> Iterator[PicturePart]:
    yield PicturePart("SOI", content[:2], b"", True)
    at = 2
    while True:
        while content[at : at + 2] == b"\xff\xff":
            at += 1
        marker = content[at + 1] if at + 1 < len(content) and content[at] == 0xFF else -1
        if marker == 0xD9:
            yield PicturePart("EOI", content[at : at + 2], b"", True)
            yield from _trailer(content[at + 2 :])
            return
        size = int.from_bytes(content[at + 2 : at + 4], "big") + 2
        if marker < 0 or size < 4 or at + size > len(content):
            raise Damaged
        end = _scan_end(content, at + size) if marker == 0xDA else at + size
        data = content[at + 4 : at + size]
        yield PicturePart(_jpeg_name(marker), content[at:end], data, _is_needed(marker, data))
        at = end


def _jpeg_name(marker: int) -> str:
    if 0xE0 <= marker <= 0xEF:
        return f"APP{marker - 0xE0}"
    return "COM" if marker == 0xFE else f"{marker:02X}"


def _is_needed(marker: int, data: bytes) -> bool:
    if marker == 0xE0:
        return data.startswith(b"JFIF\0")
    if marker == 0xE2:
        return data.startswith(b"ICC_PROFILE\0")
    if marker == 0xEE:
        return data.startswith(b"Adobe")
    return not 0xE0 <= marker <= 0xEF and marker != 0xFE


def _scan_end(content: bytes, at: int) -> int:
    """Where the drawn data end: at the next marker that is neither filling nor a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise Damaged
        following = content[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0 or following in _RESTARTS:
            at += 2
        else:
            return at


def _png(content: bytes) -> Iterator[PicturePart]:
    yield PicturePart("PNG", _PNG, b"", True)
    at = len(_PNG)
    while at < len(content):
        size = 12 + int.from_bytes(content[at : at + 4], "big")
        chunk = content[at : at + size]
        if len(chunk) < size or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise Damaged
        name = chunk[4:8]
        yield PicturePart(name.decode("latin-1"), chunk, chunk[8:-4], name in _PNG_NEEDED)
        at += size
        if name == b"IEND":
            yield from _trailer(content[at:])
            return
    raise Damaged


def _gif(content: bytes) -> Iterator[PicturePart]:
    at = 13 + _palette(content, 10)
    yield PicturePart("GIF", content[:at], b"", True)
    while at < len(content):
        kind, start = content[at], at
        if kind == 0x3B:
            yield PicturePart("end", content[at : at + 1], b"", True)
            yield from _trailer(content[at + 1 :])
            return
        if kind == 0x2C:
            at += 10 + _palette(content, at + 9) + 1
        elif kind == 0x21:
            at += 2
        else:
            break
        end, data = _blocks(content, at)
        label = content[start + 1] if kind == 0x21 else -1
        needed = label in (-1, 0xF9) or (label == 0xFF and data.startswith(_GIF_NEEDED))
        name = {0xFE: "comment", 0xFF: "application", 0x01: "text"}.get(label, "image")
        yield PicturePart(name, content[start:end], data, needed)
        at = end
    raise Damaged


def _palette(content: bytes, at: int) -> int:
    flags = content[at] if at < len(content) else 0
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks(content: bytes, at: int) -> tuple[int, bytes]:
    """Where a row of blocks ends, and what they hold."""
    data = []
    while at < len(content) and content[at]:
        data.append(content[at + 1 : at + 1 + content[at]])
        at += 1 + content[at]
    if at >= len(content):
        raise Damaged
    return at + 1, b"".join(data)


def _webp(content: bytes) -> Iterator[PicturePart]:
    yield PicturePart("RIFF", content[:12], b"", True)
    at, whole = 12, 8 + int.from_bytes(content[4:8], "little")
    if whole > len(content):
        raise Damaged
    while at + 8 <= whole:
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        if end > whole + 1:
            raise Damaged
        name = content[at : at + 4]
        data = content[at + 8 : at + 8 + size]
        yield PicturePart(name.decode("latin-1"), content[at:end], data, name in _WEBP_NEEDED)
        at = end
    yield from _trailer(content[whole:])


_EXIF_AND_XMP = 0x0C  # flags of VP8X


def _rejoin_webp(parts: list[PicturePart]) -> bytes:
    """The file of these parts, its head saying how long it is and that no metadata follow."""
    body = b"".join(part.raw for part in parts[1:])
    if body.startswith(b"VP8X"):
        body = body[:8] + bytes([body[8] & ~_EXIF_AND_XMP]) + body[9:]
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


def rejoined(parts: list[PicturePart]) -> bytes:
    """A picture of these parts."""
    join: Callable[[list[PicturePart]], bytes] = (
        _rejoin_webp if parts[0].name == "RIFF" else lambda some: b"".join(p.raw for p in some)
    )
    return join(parts)
