"""A font of a PDF -> which signs its codes stand for, and how wide they are.

A font without a table of signs shows a text that no program can read: searched and copied it is
nonsense, and so it is for every check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from evalpress.files.scan.font_glyphs import contradicted
from evalpress.files.scan.found import Unreadable

MAX_TABLE = 4_000_000
MAX_CODES = 500_000
_NO_ACCIDENT = 1000
_UNREAD = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
# Encodings of the Chinese fonts that PDF programs know by name, as Python calls them.
_NAMED = {
    "GB-EUC": "gbk", "GBK-EUC": "gbk", "GBpc-EUC": "gbk","GBK2K": "gb18030",
    "UniGB-UCS2": "utf-16-be", "UniGB-UTF16": "utf-16-be", "UniCNS-UCS2": "utf-16-be",
    "UniCNS-UTF16": "utf-16-be", "UniJIS-UCS2": "utf-16-be", "UniJIS-UTF16": "utf-16-be",
    "UniKS-UCS2": "utf-16-be", "ETen-B5": "big5", "90ms-RKSJ": "cp932",
}  # fmt: skip
_PUNCTUATION = """space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft
    parenright asterisk plus comma hyphen period slash zero one two three four five six seven eight
    nine colon semicolon less equal greater question at bracketleft backslash bracketright
    asciicircum underscore grave braceleft bar braceright asciitilde bullet endash emdash quoteleft
    quoteright quotedblleft quotedblright fi fl ff ffi ffl ellipsis degree multiply divide plusminus
    periodcentered section minus nbspace nonbreakingspace yen cent sterling copyright registered
    lessequal greaterequal guillemotleft guillemotright mu onehalf currency sfthyphen middot"""
_READABLE_NAME = re.compile(
    rf"[A-Za-z]|uni[0-9A-F]{{4}}|u[0-9A-F]{{4,6}}|{'|'.join(_PUNCTUATION.split())}"
    r"|[A-Z]?[a-z]?(?:acute|grave|circumflex|dieresis|tilde|ring|cedilla|caron|macron)|\.notdef"
)


class PdfFont:
    """One font: the codes in a string, their signs and widths (thousandths of the size)."""

    def __init__(self, font: Any) -> None:
        self.name = str(font.get("/BaseFont", font.get("/Name", "?"))).lstrip("/").split("+")[-1]
        self.is_wide = font.get("/Subtype") == "/Type0"
        self._signs = _unicode_table(font)
        self._has_table = "/ToUnicode" in font
        self._false = contradicted(font, self._signs, self.is_wide)
        self._encoding = _encoding_name(font)
        self._codec = _NAMED.get(re.sub(r"-[HV]$", "", self._encoding)) if self.is_wide else None
        self._simple = {} if self.is_wide else _differences(font)
        self._is_built_in = not self.is_wide and _is_built_in(font)
        self._widths, self._default = _widths(font)
        self.scale = _glyph_scale(font)

    def codes(self, string: bytes) -> Iterator[tuple[int, str | None]]:
        """Each code with its sign; None for one that stands for no sign that is known."""
        if not self.is_wide:
            yield from ((code, self._sign(code)) for code in string)
        elif self._codec in ("gbk", "gb18030", "big5", "cp932"):
            yield from self._mixed(string)
        else:
            for at in range(0, len(string) - 1, 2):
                code = string[at] << 8 | string[at + 1]
                yield code, self._sign(code)

    def _mixed(self, string: bytes) -> Iterator[tuple[int, str | None]]:
        at = 0
        while at < len(string):
            size = 2 if string[at] > 0x80 and at + 1 < len(string) else 1
            code = int.from_bytes(string[at : at + size], "big")
            yield code, self._signs.get(code) or _decoded(string[at : at + size], self._codec)
            at += size

    def _sign(self, code: int) -> str | None:
        if code in self._signs:
            sign = self._signs[code]
            return None if code in self._false or _UNREAD.search(sign) else sign
        if self.is_wide:
            return _decoded(code.to_bytes(2, "big"), self._codec)
        if code in self._simple:
            return self._simple[code]
        if self._has_table or self._is_built_in:
            return " " if code in (0x20, 0xA0) else None
        return chr(code)

    def doubt(self, code: int) -> int:
        """How many unread signs a code without a sign counts for: one that the table gives another
        sign than the font is no accident."""
        return _NO_ACCIDENT if code in self._false else 1

    def width(self, code: int) -> float:
        """How far a code moves on, in thousandths of the font's size."""
        return self._widths.get(code, self._default)


def _decoded(code: bytes, codec: str | None) -> str | None:
    if codec:
        with suppress(UnicodeDecodeError):
            return code.decode(codec)
    return None


def _encoding_name(font: Any) -> str:
    encoding = font.get("/Encoding")
    try:
        return str(encoding.get("/CMapName", encoding.get("/BaseEncoding", ""))).lstrip("/")
    except (AttributeError, TypeError, ValueError):
        return str(encoding or "").lstrip("/")


def _differences(font: Any) -> dict[int, str | None]:
    """The codes of a simple font that are given by the names of their glyphs."""
    encoding, found, code = font.get("/Encoding"), dict[int, str | None](), 0
    with suppress(AttributeError, TypeError, ValueError):
        for entry in encoding.get("/Differences", ()):
            if isinstance(entry, int):
                code = entry
                continue
            name = str(entry).lstrip("/")
            found[code] = chr(code) if _READABLE_NAME.fullmatch(name) else None
            code += 1
    return found


def _is_built_in(font: Any) -> bool:
    """True for an embedded font of symbols that says nothing about its codes."""
    if font.get("/Encoding") is not None:
        return bool(font.get("/Subtype") == "/Type3")
    about = font.get("/FontDescriptor")
    if about is None:
        return bool(font.get("/Subtype") == "/Type3")
    embedded = any(key in about for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return embedded and bool(int(about.get("/Flags", 0)) & 4)


_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])"
)


def _unicode_table(font: Any) -> dict[int, str]:
    """The table from codes to signs that a font may bring. Raises Unreadable for an endless one."""
    table = font.get("/ToUnicode")
    if table is None:
        return {}
    try:
        data = table.read_bytes()[:MAX_TABLE]
    except AttributeError:  # /Identity-H, by name
        return {}
    signs: dict[int, str] = {}
    for block in _blocks(data, b"bfchar"):
        for code, sign in _PAIR.findall(block):
            signs[_code(code)] = _text(sign)
    taken = 0
    for block in _blocks(data, b"bfrange"):
        for first, last, sign, listed in _RANGE.findall(block):
            taken += _take_range(signs, _code(first), _code(last), sign, listed)
            if taken > MAX_CODES:
                raise Unreadable("too_large")
    return signs


def _blocks(data: bytes, name: bytes) -> Iterator[bytes]:
    for part in data.split(b"begin" + name)[1:]:
        yield part.partition(b"end" + name)[0]


def _take_range(signs: dict[int, str], first: int, last: int, sign: bytes, listed: bytes) -> int:
    """Take over the signs of a range of codes; gives how many there were."""
    count = max(0, min(last - first, 0xFFFF)) + 1
    if listed:
        each = re.findall(rb"<([0-9A-Fa-f\s]*)>", listed)
        signs.update((first + n, _text(one)) for n, one in enumerate(each[:count]))
    elif text := _text(sign):
        start = ord(text[-1])
        count = min(count, 0x110000 - start)
        signs.update((first + n, text[:-1] + chr(start + n)) for n in range(count))
    return count


def _code(digits: bytes) -> int:
    return int(b"".join(digits.split()), 16)


def _text(digits: bytes) -> str:
    raw = bytes.fromhex(b"".join(digits.split()).decode().rjust(4, "0"))
    return raw.decode("utf-16-be", "replace")


def _widths(font: Any) -> tuple[dict[int, float], float]:
    try:
        return _wide_widths(font) if font.get("/Subtype") == "/Type0" else _simple_widths(font)
    except (AttributeError, TypeError, ValueError, IndexError):
        return {}, 500.0


def _simple_widths(font: Any) -> tuple[dict[int, float], float]:
    first = int(font.get("/FirstChar", 0))
    widths = [float(width) for width in font.get("/Widths", ())]
    return {first + number: width for number, width in enumerate(widths)}, 500.0


def _wide_widths(font: Any) -> tuple[dict[int, float], float]:
    """`W` gives widths one by one, or one for a range of codes."""
    inner = font["/DescendantFonts"][0]
    widths: dict[int, float] = {}
    entries, at, taken = list(inner.get("/W", ())), 0, 0
    while at + 1 < len(entries):
        first, second = int(entries[at]), entries[at + 1]
        if hasattr(second, "__len__"):
            widths.update((first + n, float(width)) for n, width in enumerate(second))
            at += 2
            continue
        count = max(0, min(int(second) - first, 0xFFFF)) + 1
        widths.update(dict.fromkeys(range(first, first + count), float(entries[at + 2])))
        at, taken = at + 3, taken + count
        if taken > MAX_CODES:
            raise Unreadable("too_large")
    return widths, float(inner.get("/DW", 1000))


def _glyph_scale(font: Any) -> float:
    """What a width is multiplied by: a thousandth, but for fonts of drawn glyphs."""
    if font.get("/Subtype") == "/Type3":
        with suppress(KeyError, TypeError, ValueError, IndexError):
            return abs(float(font["/FontMatrix"][0]))
    return 0.001
