"""5 print: what a font in a PDF says of its glyphs: their widths and the text that they stand for.

The tables are read as WeasyPrint writes them: glyph numbers as codes, widths in runs.
"""

from __future__ import annotations

import re
from itertools import count

from pikepdf import Object

_TEXT = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>")
_RUN = re.compile(rb"(\d+) \[ ([^\]]*)\]")


def texts(font: Object) -> dict[int, bytes]:
    """The text of every glyph in use: UTF-16 in hexadecimal digits, by glyph number."""
    _, _, table = font.ToUnicode.read_bytes().partition(b"endcodespacerange")
    return {int(code, 16): text.lower() for code, text in _TEXT.findall(table)}


def widths(font: Object) -> dict[int, bytes]:
    """The width of every glyph in use, in thousandths of an em as it is written."""
    runs = _RUN.findall(font.DescendantFonts[0].W.unparse(resolved=True))
    return {
        glyph: width
        for first, found in runs
        for glyph, width in zip(count(int(first)), found.split(), strict=False)
    }
