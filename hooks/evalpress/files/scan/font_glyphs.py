"""The font program inside a PDF -> the codes whose table of signs contradicts the font itself.

What readers see are glyphs; what is searched, copied and checked is the table. Where a font names
its glyphs, or has a table of its own, the two can be held together; most subsets have neither, and
then nobody but a reader can tell.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from unicodedata import category, normalize

import pikepdf
from fontTools import agl
from fontTools.ttLib import TTFont

from evalpress.text.lookalikes import unified

MAX_PROGRAM = 30_000_000  # bytes of a font


def contradicted(font: Any, signs: Mapping[int, str], is_wide: bool) -> frozenset[int]:
    """The codes for which the table says another letter or digit than the font."""
    own = _by_table(font) if is_wide else _by_name(font)
    return frozenset(
        code for code, sign in signs.items()
        if code in own and len(sign) == 1 and _are_others(sign, own[code])
    )  # fmt: skip


def _are_others(sign: str, known: frozenset[str]) -> bool:
    """True where a letter or digit is surely none of these letters and digits."""
    plain = {_plain(other) for other in known}
    said = [sign, *known]
    return all(category(one)[0] in "LN" for one in said) and _plain(sign) not in plain


def _plain(sign: str) -> str:
    return normalize("NFKC", unified(sign)).casefold()


def _by_name(font: Any) -> dict[int, frozenset[str]]:
    """The signs of a simple font's codes by the names of their glyphs."""
    found, code = dict[int, frozenset[str]](), 0
    with suppress(AttributeError, TypeError, ValueError):
        for entry in font.get("/Encoding").get("/Differences", ()):
            if isinstance(entry, int):
                code = entry
                continue
            sign = agl.toUnicode(str(entry).lstrip("/"))
            if len(sign) == 1:
                found[code] = frozenset(sign)
            code += 1
    return found


def _by_table(font: Any) -> dict[int, frozenset[str]]:
    """The signs of a composite font's codes by the character map of the font in it."""
    if str(font.get("/Encoding", "")).lstrip("/") not in ("Identity-H", "Identity-V"):
        return {}
    with suppress(Exception):  # whatever is wrong with the font, another check reads its text
        inner = font["/DescendantFonts"][0]
        program = inner["/FontDescriptor"]["/FontFile2"].read_bytes()
        if len(program) <= MAX_PROGRAM:
            return _of_program(program, _glyph_map(inner.get("/CIDToGIDMap")))
    return {}


def _glyph_map(table: Any) -> bytes:
    """Two bytes for each code; nothing where a code is its glyph's number."""
    return table.read_bytes() if isinstance(table, pikepdf.Stream) else b""


def _of_program(program: bytes, glyphs: bytes) -> dict[int, frozenset[str]]:
    with TTFont(io.BytesIO(program), lazy=True) as own:
        numbers, by_glyph = own.getReverseGlyphMap(), dict[int, set[str]]()
        for point, name in (own.getBestCmap() or {}).items():
            if not 0xE000 <= point <= 0xF8FF:
                by_glyph.setdefault(numbers[name], set()).add(chr(point))
    if not glyphs:
        return {number: frozenset(signs) for number, signs in by_glyph.items()}
    pairs = (
        (at // 2, int.from_bytes(glyphs[at : at + 2], "big")) for at in range(0, len(glyphs), 2)
    )
    return {code: frozenset(by_glyph[number]) for code, number in pairs if number in by_glyph}
