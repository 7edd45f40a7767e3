"""5 print: what a font in a PDF says of its glyphs: their widths and the texts that they stand for.

The tables are read and written as WeasyPrint writes them: glyph numbers as codes, widths in runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from pikepdf import Object

# <0041> <4e2d>: glyph and text in a ToUnicode table; 12 [ 500 1000 ]: widths from glyph 12 on.
_TEXT = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>")
_RUN = re.compile(rb"(\d+) \[ ([^\]]*)\]")
_MAP_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
_MAP_END = b"""endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
# A PDF reader need not take more entries at once.
_MOST = 100


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
        for glyph, width in zip(count(int(first)), found.split())
    }


def texts_table(found: Mapping[int, bytes]) -> bytes:
    """A ToUnicode table of these texts."""
    entries = [b"<%04x> <%s>\n" % entry for entry in sorted(found.items())]
    parts = (entries[at : at + _MOST] for at in range(0, len(entries), _MOST))
    tables = (b"%d beginbfchar\n%sendbfchar\n" % (len(p), b"".join(p)) for p in parts)
    return _MAP_HEAD + b"".join(tables) + _MAP_END


def widths_array(found: Mapping[int, bytes]) -> Object:
    """A W array of these widths."""
    runs = (b"%d [ %s ]" % (first, b" ".join(run)) for first, run in _runs(sorted(found.items())))
    return Object.parse(b"[ " + b" ".join(runs) + b" ]")


def _runs(found: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, list[bytes]]]:
    first, run = 0, list[bytes]()
    for glyph, width in found:
        if glyph != first + len(run):
            if run:
                yield first, run
            first, run = glyph, []
        run.append(width)
    if run:
        yield first, run
