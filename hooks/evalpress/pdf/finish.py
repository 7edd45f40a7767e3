"""5 print: the bytes that were laid out -> the bytes that are delivered."""

from __future__ import annotations

import zlib
from io import BytesIO

from pikepdf import Name, ObjectStreamMode, Page, Pdf, Stream

from evalpress.pdf.inside import settle_inside
from evalpress.pdf.outlines import keep_outlines
from evalpress.pdf.stamps import number_pages

# Beyond this, each step takes half as long again for a thousandth.
LEVEL = 7
# A carriage return of the data's own would count as part of the line end before the word.
_UNCLEAR_END = b"\r\nendstream"


def finish(content: bytes) -> bytes:
    """Number the pages of a PDF, lead its links to the files inside, and pack it: bytes in, bytes
    out."""
    with Pdf.open(BytesIO(content)) as document:
        number_pages(document)
        settle_inside(document)
        return packed(document)


def packed(document: Pdf) -> bytes:
    """A document as small as it gets; the same document always gives the same bytes."""
    keep_outlines(document)
    for found in document.objects:
        if isinstance(found, Stream) and "/Filter" not in found:
            _compress(found)
    content = _saved(document, ObjectStreamMode.generate)
    pages = iter(document.pages)
    while _UNCLEAR_END in content and (page := next(pages, None)):
        _shift(document, page)
        content = _saved(document, ObjectStreamMode.generate)
    if _UNCLEAR_END in content:
        return _saved(document, ObjectStreamMode.disable)
    return content


def _shift(document: Pdf, page: Page) -> None:
    """Make one object more of a page's size: all that are packed together get other numbers, and
    so other checksums. Left unpacked, they would take as much as the fonts."""
    page.obj.MediaBox = document.make_indirect(page.obj.MediaBox)


def _compress(stream: Stream) -> None:
    """Compress a stream. A byte behind the end, which no reader reads, hides a checksum that would
    look like part of a line end. Metadata stay readable without a PDF program."""
    if stream.get("/Type") == "/Metadata":
        return
    content = zlib.compress(stream.read_raw_bytes(), LEVEL)
    hidden = b"\0" if content.endswith(b"\r") else b""
    stream.write(content + hidden, filter=Name.FlateDecode)


def _saved(document: Pdf, mode: ObjectStreamMode) -> bytes:
    finished = BytesIO()
    document.save(finished, object_stream_mode=mode, deterministic_id=True, preserve_pdfa=True)
    return finished.getvalue()
