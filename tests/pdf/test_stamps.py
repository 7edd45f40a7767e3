"""evalpress.pdf.stamps: every page has its number where GB/T 9704-2012 wants it, as an artifact."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from evalpress.pdf.finish import finish
from evalpress.pdf.layout import lay_out
from evalpress.pdf.stamps import MM, renumber
from evalpress.wording import TEMPLATES
from pdf_text import squeeze

STYLE = (TEMPLATES / "print.css").read_text(encoding="utf-8")
PAGES = 12
A4 = (210 * MM, 297 * MM)


@pytest.fixture(scope="module")
def laid_out() -> bytes:
    """Eleven upright pages and a landscape one at the end."""
    upright = "".join(f'<p style="break-after: page">第{n}页</p>' for n in range(1, PAGES))
    wide = '<table style="page: ep-turned"><tr><th>宽表</th></tr></table>'
    turned = "@page ep-turned { size: A4 landscape }"
    return lay_out(f'<html lang="zh-CN"><title>页码</title><style>{turned}</style>{upright}{wide}')


@pytest.fixture(scope="module")
def document(laid_out: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(finish(laid_out))) as opened:
        yield opened


def stamp(page: pikepdf.Page) -> dict[str, Any]:
    """The operators of a page's number, by name, and the widths of what it shows."""
    found = pikepdf.parse_content_stream(page.Contents[-1])
    return {str(operator): list(operands) for operands, operator in found}


def number_span(page: pikepdf.Page) -> tuple[float, float, float]:
    """Where a number begins and ends, and its base line, in points of the upright sheet."""
    shown = stamp(page)
    *_, x, y = map(float, shown["Tm"])
    font = page.Resources.Font[str(shown["Tf"][0])]
    first, run, *rest = font.DescendantFonts[0].W
    widths = {}
    for start, entries in [(first, run), *zip(rest[::2], rest[1::2], strict=True)]:
        widths.update({int(start) + at: float(width) for at, width in enumerate(entries)})
    codes = bytes(shown["Tj"][0])
    glyphs = [high << 8 | low for high, low in zip(codes[::2], codes[1::2], strict=True)]
    return x, x + sum(widths[glyph] for glyph in glyphs) * 14 / 1000, y


def test_odd_numbers_stand_right_and_even_ones_left(document: pikepdf.Pdf) -> None:
    """One character of 14 pt in from the text area's edge, the dash 7 mm below the area."""
    for number, page in enumerate(document.pages[: PAGES - 1], 1):
        left, right, base = number_span(page)
        if number % 2:
            assert right == pytest.approx(A4[0] - 26 * MM - 14, abs=0.01)
        else:
            assert left == pytest.approx(28 * MM + 14, abs=0.01)
        assert base + 0.3 * 14 == pytest.approx(28 * MM, abs=0.01)


def test_the_text_area_is_the_style_s_own() -> None:
    assert "margin: 37mm 26mm 35mm 28mm;" in STYLE


def test_on_a_landscape_page_the_number_stays_where_it_is_on_the_sheet(
    document: pikepdf.Pdf,
) -> None:
    """Its head is bound at the left, so the sheet's lower edge is the page's left one."""
    page = document.pages[PAGES - 1]
    assert [float(edge) for edge in stamp(page)["cm"]] == pytest.approx(
        [0, -1, 1, 0, 0, A4[0]], abs=0.01
    )
    left, _, base = number_span(page)
    assert left == pytest.approx(28 * MM + 14, abs=0.01)
    assert base + 0.3 * 14 == pytest.approx(28 * MM, abs=0.01)


def test_the_numbers_are_read_back(document: pikepdf.Pdf, laid_out: bytes) -> None:
    with PdfReader(BytesIO(finish(laid_out))) as reader:
        for number, page in enumerate(reader.pages, 1):
            assert f"—{number}—" in squeeze(page.extract_text())


def test_a_number_is_no_part_of_the_text(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        operands = stamp(page)["BDC"]
        assert operands[0] == "/Artifact"
        assert operands[1] == {"/Type": pikepdf.Name.Pagination, "/Subtype": pikepdf.Name.Footer}


def test_the_font_is_embedded_with_the_signs_that_numbers_need(document: pikepdf.Pdf) -> None:
    fonts = {page.Resources.Font["/PageNumber"].objgen for page in document.pages}
    assert len(fonts) == 1
    font = document.pages[0].Resources.Font["/PageNumber"]
    described = font.DescendantFonts[0].FontDescriptor
    assert len(described.FontFile3.read_bytes()) < 8000
    assert b"<2014>" in font.ToUnicode.read_bytes()


def test_a_number_can_be_put_in_the_place_of_another(laid_out: bytes) -> None:
    with pikepdf.open(BytesIO(finish(laid_out))) as document:
        page = document.pages[0]
        before = len(page.Contents)
        renumber(document, page, 348)
        assert len(page.Contents) == before
        changed = BytesIO()
        document.save(changed)
    with PdfReader(changed) as reader:
        text = squeeze(reader.pages[0].extract_text())
    assert "—348—" in text
    assert "—1—" not in text


def test_finishing_gives_the_same_bytes_again(laid_out: bytes) -> None:
    assert finish(laid_out) == finish(laid_out)
