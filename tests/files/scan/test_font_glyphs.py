"""What a PDF's font says of its glyphs, held beside the table of signs that programs copy."""

from __future__ import annotations

import io

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from evalpress.files.scan import scan_content

NAMES = [".notdef", "zero", "one", "two", "three"]


def program(with_map: bool = True) -> bytes:
    """A font with four digits, whose own map can be left out."""
    pen = TTGlyphPen(None)
    for step in ("moveTo", "lineTo", "lineTo"):
        getattr(pen, step)({"moveTo": (0, 0)}.get(step, (500, 700)))
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(NAMES)
    builder.setupCharacterMap(
        {0x30 + n: name for n, name in enumerate(NAMES[1:])} if with_map else {}
    )
    builder.setupGlyf(dict.fromkeys(NAMES, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(NAMES, (600, 0)))
    builder.setupHorizontalHeader()
    builder.setupPost()
    content = io.BytesIO()
    builder.save(content)
    return content.getvalue()


def table(signs: str) -> bytes:
    """A table of signs for the codes from 1 on."""
    pairs = "".join(f"<{n:04x}> <{ord(sign):04x}>\n" for n, sign in enumerate(signs, 1))
    return f"begincmap\n{len(signs)} beginbfchar\n{pairs}endbfchar\nendcmap".encode()


def composite(signs: str, with_map: bool = True) -> bytes:
    """A page that shows the digits 0123, of which the table says that they are these signs."""
    pdf = pikepdf.new()
    inner = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=pikepdf.Name("/Own"),
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        CIDToGIDMap=pikepdf.Name.Identity, DW=600,
        FontDescriptor=pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name("/Own"), Flags=4,
            FontFile2=pdf.make_stream(program(with_map)),
        ),
    )  # fmt: skip
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name("/Own"),
        Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=pikepdf.Array([inner]),
        ToUnicode=pdf.make_stream(table(signs)),
    )  # fmt: skip
    return page(pdf, font, b"<0001000200030004>")


def simple(names: list[str], signs: str) -> bytes:
    """The same with a font that names its glyphs."""
    pdf = pikepdf.new()
    listed = pikepdf.Array([1, *(pikepdf.Name(f"/{name}") for name in names)])
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name("/Own"),
        Encoding=pikepdf.Dictionary(Differences=listed), FirstChar=1, LastChar=len(names),
        Widths=pikepdf.Array([600] * len(names)),
        ToUnicode=pdf.make_stream(table(signs).replace(b"<00", b"<").replace(b"> <", b"> <00")),
    )  # fmt: skip
    return page(pdf, font, b"<01020304>")


def page(pdf: pikepdf.Pdf, font: pikepdf.Object, shown: bytes) -> bytes:
    pdf.add_blank_page(page_size=(300, 300))
    own = pdf.pages[0]
    own.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    own.Contents = pdf.make_stream(b"BT /F1 20 Tf 50 150 Td " + shown + b" Tj ET")
    content = io.BytesIO()
    pdf.save(content)
    return content.getvalue()


@pytest.mark.parametrize("signs", ["3120", "0132", "012A"])
def test_a_table_that_swaps_digits_makes_the_file_unread(signs: str) -> None:
    assert scan_content(composite(signs)).reason == "unread_parts"


def test_a_table_that_says_what_the_font_says_is_believed() -> None:
    found = scan_content(composite("0123"))
    assert found.readable
    assert "0123" in "".join(passage.text for passage in found.texts)


def test_a_font_without_a_map_of_its_own_cannot_contradict() -> None:
    assert scan_content(composite("3120", with_map=False)).readable


@pytest.mark.parametrize(
    ("signs", "readable"), [("0123", True), ("3120", False), ("\uff10123", True)]
)
def test_names_of_glyphs_are_held_to(signs: str, readable: bool) -> None:
    assert scan_content(simple(NAMES[1:], signs)).readable is readable
