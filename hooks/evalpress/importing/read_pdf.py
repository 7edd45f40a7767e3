"""A PDF with text -> its paragraphs, and its tables where rules enclose every cell; all of it in
doubt, because a PDF knows neither paragraphs nor cells.

Needs pdfplumber, which only this reader uses (`pip install evalpress[pdf-import]`). A scan is
refused.
"""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import Any

from evalpress.files.originals import joined
from evalpress.files.scan import scan_content
from evalpress.importing.intake import reads
from evalpress.importing.neutral import Cell, Document, Grid, Line, Part, Refusal, Told
from evalpress.importing.spreadsheet import MAX_CELLS, renumbered

MAX_PAGES = 60
MAX_TEXT = 120_000  # characters of a file
_REASONS = {"encrypted": "locked", "too_large": "too_large", "pictures": "scanned"}
MAX_SIGNS = 20_000  # of one page
FEW_SIGNS = 10  # of the whole file; less is a scan
_SAME = 2.5  # points between rules that are one
_PAGE_NUMBER = re.compile(r"[-—–\s]*(?:第\s*)?\d{1,4}(?:\s*页)?[-—–\s]*(?:共\s*\d+\s*页)?")
_RULED = {"vertical_strategy": "lines", "horizontal_strategy": "lines"}

Box = tuple[float, float, float, float]


@reads("pdf")
def read_pdf(name: str, content: bytes) -> Document:
    """Paragraphs and ruled tables, page by page. Raises Refusal for a scan, for a file beyond all
    reports, and where pdfplumber is not installed."""
    try:
        import pdfplumber
    except ImportError:
        raise Refusal("pdf_extra") from None
    found = scan_content(content)  # which bounds what a page may unpack to
    if not found.readable:
        raise Refusal(_REASONS.get(found.reason, "damaged"))
    if sum(len(passage.text) for passage in found.texts) > MAX_TEXT:
        raise Refusal("too_large")
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        if len(pdf.pages) > MAX_PAGES:
            raise Refusal("too_large")
        reader = _Pages()
        for page in pdf.pages:
            reader.read(page)
    if reader.signs < FEW_SIGNS:
        raise Refusal("scanned")
    reader.finish()
    return Document(name, tuple(reader.parts), tuple(reader.told), doubtful=True)


class _Pages:
    """Gathers the parts of all pages; a paragraph may go on over the end of a page."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.told: list[Told] = []
        self.lines: list[str] = []
        self.tables = self.paragraphs = self.signs = 0

    def read(self, page: Any) -> None:
        if len(page.chars) > MAX_SIGNS or len(page.rects) + len(page.lines) > MAX_SIGNS:
            raise Refusal("too_large")
        self.signs += len(page.chars)
        tables = sorted(page.find_tables(_RULED), key=lambda table: table.bbox[1])
        top = page.bbox[1]
        for table in tables:
            self._text(page, top, table.bbox[1])
            self.finish()
            self._table(page, table)
            top = max(top, table.bbox[3])
        self._text(page, top, page.bbox[3])

    def _text(self, page: Any, top: float, bottom: float) -> None:
        if bottom - top > 1:
            area = page.crop((page.bbox[0], top, page.bbox[2], bottom))
            found = (line["text"].strip() for line in area.extract_text_lines())
            self.lines += (t for t in found if t and not _PAGE_NUMBER.fullmatch(t))

    def finish(self) -> None:
        """The lines so far become paragraphs."""
        for text in joined(self.lines):
            self.paragraphs += 1
            self.parts.append(Line(text, f"第{self.paragraphs}段"))
        self.lines.clear()

    def _table(self, page: Any, table: Any) -> None:
        self.tables += 1
        name = f"表{self.tables}"
        grid = _grid(page, [tuple(cell) for cell in table.cells], name)
        if grid is None:
            text = page.crop(table.bbox).extract_text()
            self.told.append(Told("pdf_table", name, text))
        else:
            self.parts.append(grid)


def _grid(page: Any, boxes: list[Box], name: str) -> Grid | None:
    """The cells of a table as a rectangle; None where they do not fill it once over."""
    across = _edges([box[n] for box in boxes for n in (0, 2)])
    down = _edges([box[n] for box in boxes for n in (1, 3)])
    width, height = len(across) - 1, len(down) - 1
    if width < 1 or height < 1 or width * height > MAX_CELLS:
        return None
    rows: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for box in boxes:
        left, right = _at(across, box[0]), _at(across, box[2])
        top, bottom = _at(down, box[1]), _at(down, box[3])
        lines = (page.crop(box).extract_text() or "").splitlines()
        text = "\n".join(joined([line.strip() for line in lines if line.strip()]))
        cell = Cell(text, f"{name}第{top + 1}行第{left + 1}列", top, left)
        for row in range(top, bottom):
            for column in range(left, right):
                if rows[row][column] is not None:
                    return None
                rows[row][column] = cell
    if any(cell is None for row in rows for cell in row):
        return None
    return renumbered(name, [[cell for cell in row if cell is not None] for row in rows])


def _edges(found: list[float]) -> list[float]:
    """Where rules stand, those that lie close together as one."""
    ordered = sorted(found)
    return ordered[:1] + [b for a, b in pairwise(ordered) if b - a > _SAME]


def _at(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda n: abs(edges[n] - value))
