"""5 print: a laid-out PDF -> the same with a number on every page, — 1 —, outside left and right.

After GB/T 9704-2012: 4号 half-width digits of 宋体 between two lines that lie 7 mm below the text
area; odd pages on the right, even ones on the left, one character in from the area's edge. On a
landscape page the number stays where it is on the bound sheet. A number is the last stream of its
page's contents, so that a book can put its own into the place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO

from pikepdf import Array, Name, Object, Page, Pdf

from evalpress.pdf.embedded import texts, widths
from evalpress.pdf.layout import lay_out

MM = 72 / 25.4
SIZE = 14.0
# The text area, as print.css sets it, in points.
LEFT, RIGHT, BOTTOM = 28 * MM, 26 * MM, 35 * MM
SIGNS = "— 0123456789"
# The dash of FandolSong lies 0.3 em above the base line.
BASELINE = BOTTOM - 7 * MM - 0.3 * SIZE
FONT = Name("/PageNumber")
_SPECIMEN = (
    f'<html lang="zh-CN"><title>{SIGNS}</title><p style="font-family:FandolSong">{SIGNS}</p>'
)
_START = b"q\n"
_STAMP = (
    "Q\n/Artifact <</Type /Pagination /Subtype /Footer>> BDC\nq {turn}BT {font} {size:g} Tf"
    " 1 0 0 1 {x:.3f} {y:.3f} Tm <{codes}> Tj ET Q\nEMC\n"
)


@dataclass(frozen=True)
class Sign:
    """How a sign is written in the font of page numbers, and its width in thousandths of an em."""

    code: str
    width: float


def number_pages(document: Pdf, covers: int = 0) -> None:
    """Number the pages of a document from 1; covers, which come first, count without showing it."""
    font = document.copy_foreign(_specimen_font())
    start = document.make_stream(_START)
    for number, page in enumerate(document.pages[covers:], covers + 1):
        page.Resources.Font[FONT] = font
        page.Contents = Array([start, page.Contents, _stamp(document, page, number)])


def renumber(document: Pdf, page: Page, number: int) -> None:
    """Put another number in the place of a page's own."""
    page.Contents[-1] = _stamp(document, page, number)


def _stamp(document: Pdf, page: Page, number: int) -> Object:
    _, _, width, height = (float(edge) for edge in page.MediaBox)
    written = [_signs()[sign] for sign in f"— {number} —"]
    long = sum(sign.width for sign in written) * SIZE / 1000
    turned, sheet = width > height, min(width, height)
    stream = _STAMP.format(
        turn=f"0 -1 1 0 0 {height:.3f} cm " if turned else "", font=FONT, size=SIZE,
        x=sheet - RIGHT - SIZE - long if number % 2 else LEFT + SIZE, y=BASELINE,
        codes="".join(sign.code for sign in written),
    )  # fmt: skip
    return document.make_stream(stream.encode("ascii"))


@cache
def _specimen() -> Pdf:
    return Pdf.open(BytesIO(lay_out(_SPECIMEN)))


def _specimen_font() -> Object:
    """The font of page numbers, with no more signs than they need."""
    (font,) = _specimen().pages[0].Resources.Font.as_dict().values()
    return font


@cache
def _signs() -> dict[str, Sign]:
    font = _specimen_font()
    wide = widths(font)
    return {
        bytes.fromhex(text.decode()).decode("utf-16-be"): Sign(f"{code:04x}", float(wide[code]))
        for code, text in texts(font).items()
    }
