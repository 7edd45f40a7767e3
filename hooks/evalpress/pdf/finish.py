"""5 print: the bytes that were laid out -> the bytes that are delivered."""

from __future__ import annotations

import re
import zlib
from io import BytesIO

from pikepdf import Name, ObjectStreamMode, Pdf, Stream

from evalpress.pdf.stamps import number_pages

# A line end of the data's own there would count as the one that PDF/A wants before the word.
_UNCLEAR_END = re.compile(rb"[\r\n]\nendstream")


def finish(content: bytes) -> bytes:
    """Number the pages of a PDF and pack it."""
    with Pdf.open(BytesIO(content)) as document:
        number_pages(document)
        return packed(document)


def packed(document: Pdf) -> bytes:
    """A document as small as it gets; the same document always gives the same bytes."""
    for found in document.objects:
        if isinstance(found, Stream) and "/Filter" not in found:
            _compress(found)
    content = _saved(document)
    if _UNCLEAR_END.search(content):
        document.Root.Version = Name("/1.7")  # says what the file says anyway, and moves all ends
        content = _saved(document)
    return content


def _compress(stream: Stream) -> None:
    """Compress a stream. A byte behind the end, which no reader reads, hides a checksum that would
    look like a line end. Metadata stay readable without a PDF program."""
    if stream.get("/Type") == "/Metadata":
        return
    content = zlib.compress(stream.read_raw_bytes(), 9)
    hidden = b"\0" if content[-1:] in b"\r\n" else b""
    stream.write(content + hidden, filter=Name.FlateDecode)


def _saved(document: Pdf) -> bytes:
    finished = BytesIO()
    document.save(
        finished, object_stream_mode=ObjectStreamMode.generate,
        deterministic_id=True, preserve_pdfa=True,
    )  # fmt: skip
    return finished.getvalue()
