"""Looks at printed pages as pictures: where there is ink."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from evalpress.pdf.stamps import BOTTOM, LEFT, MM, RIGHT

TOP = 37 * MM
FRAME = 1.0  # points: half a table's line, and what drawing in dots takes
NUMBER = (7 * MM - 8, 7 * MM + 8)  # points below the type area, where a page's number stands

Box = tuple[float, float, float, float]


def spilled(path: Path) -> list[int]:
    """The pages of a PDF with ink outside the type area that is no page number."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [at for at, page in enumerate(document, 1) if _outside(page)]
    finally:
        document.close()


def _outside(page: pypdfium2.PdfPage) -> bool:
    drawn = page.render(scale=1, grayscale=True).to_pil()
    seen = ImageChops.invert(drawn)
    brush = ImageDraw.Draw(seen)
    for box in _allowed(drawn):
        brush.rectangle(box, fill=0)
    return seen.point(lambda dark: 255 if dark > 24 else 0).getbbox() is not None


def _allowed(drawn: Image.Image) -> Iterator[Box]:
    """The type area and the strip of the page number, in points from the upper left corner."""
    wide, high = drawn.size
    if wide <= high:
        yield LEFT - FRAME, TOP - FRAME, wide - RIGHT + FRAME, high - BOTTOM + FRAME
        yield LEFT, high - BOTTOM + NUMBER[0], wide - RIGHT, high - BOTTOM + NUMBER[1]
    else:  # turned: what is above on the bound sheet lies to the right
        yield BOTTOM - FRAME, LEFT - FRAME, wide - TOP + FRAME, high - RIGHT + FRAME
        yield BOTTOM - NUMBER[1], LEFT, BOTTOM - NUMBER[0], high - RIGHT
