"""5 print: an HTML document -> a tagged PDF, not yet packed, and what a reader would miss in it.

The only file that prints with WeasyPrint, and only after the private fonts are set. Nothing can be
fetched but `data:` addresses; pictures are put into the page as such.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from evalpress.cache.collector import without_collector
from evalpress.pdf.breaks import settle_breaks
from evalpress.pdf.columns import set_columns
from evalpress.pdf.endings import settle_ends
from evalpress.pdf.inside import links_inside
from evalpress.pdf.job import STYLE, Data, SignsMissing, Unprintable
from evalpress.pdf.lines import keep_lines
from evalpress.pdf.panels import set_panels
from evalpress.pdf.reachable import settle_links
from evalpress.typefaces import private
from evalpress.wording import word


def lay_out(html: str, base_url: str = "", data: Sequence[Data] = (), dated: str = "") -> bytes:
    """Set a document in the private fonts and the print style. Links are relative to `base_url`;
    the files of `data` travel inside and bear the date `dated` (ISO 8601).

    Raises SignsMissing when no font has a sign, Unprintable when a picture would be missing,
    FontsMissing without the fonts."""
    from evalpress.pdf import conformance

    with without_collector(), _refusing_gaps(), _own_ways():
        document = laid_out(html, base_url, links_inside(data))
        conformance.claim_both(document.metadata)
        return bytes(
            document.write_pdf(
                finisher=conformance.tidy, uncompressed_pdf=True,
                attachments=[_attachment(each, dated) for each in data], **_options(),
            ) or b""
        )  # fmt: skip


def laid_out(html: str, base_url: str = "", inside: Mapping[str, str] | None = None) -> Any:
    """The document (WeasyPrint's) with the boxes of its pages, before a PDF is made of it."""
    os.environ.setdefault("FONTCONFIG_FILE", str(private.fontconfig_file()))
    from weasyprint import HTML

    with _own_ways():
        source = HTML(string=html, base_url=base_url or None, url_fetcher=_fetcher())
        _prepare(source, base_url, inside)
        return source.render(stylesheets=[_style()], font_config=_fonts(), **_options())


def _options() -> dict[str, Any]:
    from evalpress.pdf import conformance

    return {"pdf_variant": conformance.VARIANT, "pdf_identifier": False}


@contextmanager
def _own_ways() -> Iterator[None]:
    """What of WeasyPrint's ways is mended here, while this lasts."""
    from evalpress.pdf.continued import own_continuations
    from evalpress.pdf.justify import own_justification
    from evalpress.pdf.tags import own_tags

    with own_justification(), own_continuations(), own_tags():
        yield


def _prepare(source: Any, base_url: str, inside: Mapping[str, str] | None) -> None:
    """Give a document (WeasyPrint's HTML) links that resolve, the widths of its columns and key
    figures, what stays on one line, and where its tables and its text may break."""
    root = source.etree_element
    settle_links(root, base_url, inside)
    tables = set_columns(root)
    settle_breaks(root, tables)
    settle_ends(root)
    rooms = {cell: room for settled in tables for cell, room in settled.rooms()}
    keep_lines(root, rooms | set_panels(root))


_UNDATED = "2000-01-01"


def _attachment(data: Data, dated: str) -> Any:
    """The model as JSON, or the original, is the source of what is printed; a table is data."""
    from weasyprint import Attachment

    day = datetime.fromisoformat(dated or _UNDATED)
    if day.tzinfo:  # WeasyPrint writes any time as one of UTC
        day = day.astimezone(UTC)
    relation = "Source" if data.is_source or data.name.endswith(".json") else "Data"
    return Attachment(
        file_obj=BytesIO(Path(data.file).read_bytes()), name=data.name, description=data.title,
        created=day, modified=day, relationship=relation,
    )  # fmt: skip


@cache
def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=["data"])


@cache
def _fonts() -> Any:
    """What Pango learns of the fonts, kept from document to document."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _style() -> Any:
    """The style sheet; reading it takes as long as setting a short page."""
    from weasyprint import CSS

    return CSS(string=STYLE.read_text(encoding="utf-8"), url_fetcher=_fetcher())


@contextmanager
def _refusing_gaps() -> Iterator[None]:
    """Raise Unprintable at the end if anything is missing from what was printed meanwhile."""
    complaints, logger = _Complaints(), logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    try:
        yield
    finally:
        logger.removeHandler(complaints)
    complaints.refuse()


class _Complaints(logging.Handler):
    """What WeasyPrint only warns of, though a reader would miss it: signs and pictures."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.signs: dict[str, None] = {}
        self.pictures = 0

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
            self.signs[str(record.args[0])] = None
        elif str(record.msg).startswith("Failed to load image"):
            self.pictures += 1

    def refuse(self) -> None:
        """Raise SignsMissing or Unprintable if anything would be missing from the printed page."""
        if self.signs:
            raise SignsMissing("".join(self.signs))
        if self.pictures:
            raise Unprintable(word("print", "pictures").format(self.pictures))


# The words for weights that WeasyPrint puts into a font's name.
_WEIGHTS = {"": 400, "Medium": 500, "Semi-Bold": 600, "Bold": 700, "Heavy": 900}


def subset(name: str, family: str, style: str, glyphs: Mapping[int, object]) -> bytes | None:
    """The font that printing calls `name`, with these glyphs, each under the number that it has in
    the whole font. None where another font would be found by this family and style."""
    os.environ.setdefault("FONTCONFIG_FILE", str(private.fontconfig_file()))
    from weasyprint import HTML

    weight = _WEIGHTS.get(style.strip("-"), 400)
    html = f'<html lang="zh-CN"><p style="font: {weight} 16px {family}">1</p></html>'
    specimen = HTML(string=html).render()
    specimen.write_pdf()
    found = {font.name.decode(): font for font in specimen.fonts.values()}
    if name not in found:
        return None
    found[name].subset(dict(glyphs), hinting=False)
    return bytes(found[name].file_content)
