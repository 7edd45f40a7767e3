"""5 print: the fonts in a PDF -> their outlines alone, of the glyphs that it shows.

WeasyPrint embeds whole OpenType files with an empty place for every glyph left out. A reader of
PDFs wants the outlines; the other tables repeat what the PDF says itself. Together with the empty
places they are an eighth of a report.
"""

from __future__ import annotations

from io import BytesIO

import uharfbuzz as harfbuzz
from fontTools.cffLib import CFFFontSet
from pikepdf import Dictionary, Name, Object, Pdf

from evalpress.pdf import embedded


def keep_outlines(document: Pdf) -> None:
    """Replace the OpenType fonts of a document by their outlines in use; the fonts must not be
    compressed yet. A font that finds its glyphs by their place alone stays as it is."""
    programs: dict[tuple[int, int], Object] = {}
    shown: dict[tuple[int, int], set[int]] = {}
    for font in document.objects:
        if isinstance(font, Dictionary) and font.get("/Subtype") == "/Type0":
            program = font.DescendantFonts[0].FontDescriptor.get("/FontFile3")
            if program is not None and program.get("/Subtype") == "/OpenType":
                programs[program.objgen] = program
                used = shown.setdefault(program.objgen, {0})
                used.update(embedded.widths(font), embedded.texts(font))
    for number, program in programs.items():
        outlines = _outlines(program.read_bytes(), shown[number])
        if _is_numbered(outlines):
            program.write(outlines)
            program.Subtype = Name.CIDFontType0C


def _outlines(content: bytes, glyphs: set[int]) -> bytes:
    """The outlines of these glyphs; each keeps the number that it has in the whole font."""
    wanted = harfbuzz.SubsetInput()
    wanted.unicode_set.clear()
    wanted.glyph_set.update(glyphs)
    wanted.flags = harfbuzz.SubsetFlags.NOTDEF_OUTLINE | harfbuzz.SubsetFlags.NO_HINTING
    found = harfbuzz.subset(harfbuzz.Face(content), wanted)
    return bytes(found.reference_table("CFF ").data)


def _is_numbered(outlines: bytes) -> bool:
    """True where every glyph bears a number of its own, which holds when others leave."""
    fonts = CFFFontSet()
    fonts.decompile(BytesIO(outlines), None)
    return "ROS" in fonts.topDictIndex[0].rawDict
