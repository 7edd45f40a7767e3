"""evalpress.pdf.outlines: a PDF keeps of its fonts what it shows, and nothing else."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet

from evalpress.pdf import document_html, embedded
from evalpress.pdf.layout import lay_out
from evalpress.pdf.outlines import keep_outlines
from print_jobs import JOB


@pytest.fixture(scope="module")
def laid_out() -> bytes:
    return lay_out(document_html(JOB))


def fonts(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    found = [o for o in document.objects if isinstance(o, pikepdf.Dictionary)]
    return [o for o in found if o.get("/Subtype") == "/Type0"]


def program(font: pikepdf.Object) -> pikepdf.Object:
    return font.DescendantFonts[0].FontDescriptor.FontFile3


def outlines(content: bytes) -> Any:
    found = CFFFontSet()
    found.decompile(BytesIO(content), None)
    return found.topDictIndex[0]


def test_only_outlines_in_use_stay_each_under_its_number(laid_out: bytes) -> None:
    with pikepdf.open(BytesIO(laid_out)) as document:
        keep_outlines(document)
        assert len(fonts(document)) > 1
        for font in fonts(document):
            shown = {*embedded.widths(font), *embedded.texts(font)} - {0}
            assert program(font).Subtype == "/CIDFontType0C"
            kept = outlines(program(font).read_bytes()).charset
            assert kept == [".notdef", *(f"cid{glyph:05}" for glyph in sorted(shown))]


def test_what_stays_takes_less_and_is_the_same_each_time(laid_out: bytes) -> None:
    with pikepdf.open(BytesIO(laid_out)) as document, pikepdf.open(BytesIO(laid_out)) as other:
        before = [len(program(font).read_bytes()) for font in fonts(document)]
        keep_outlines(document)
        keep_outlines(other)
        after = [program(font).read_bytes() for font in fonts(document)]
        assert all(len(kept) < size for kept, size in zip(after, before, strict=True))
        assert after == [program(font).read_bytes() for font in fonts(other)]


def test_a_second_time_changes_nothing(laid_out: bytes) -> None:
    with pikepdf.open(BytesIO(laid_out)) as document:
        keep_outlines(document)
        kept = [program(font).read_bytes() for font in fonts(document)]
        keep_outlines(document)
        assert kept == [program(font).read_bytes() for font in fonts(document)]
