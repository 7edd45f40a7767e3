"""5 print: the bytes that were laid out -> the bytes that are delivered."""

from __future__ import annotations

from io import BytesIO

from pikepdf import ObjectStreamMode, Pdf

from evalpress.pdf.stamps import number_pages


def finish(content: bytes) -> bytes:
    """Number the pages of a PDF and pack it."""
    with Pdf.open(BytesIO(content)) as document:
        number_pages(document)
        return packed(document)


def packed(document: Pdf) -> bytes:
    """A document as small as it gets; the same document always gives the same bytes."""
    finished = BytesIO()
    document.save(finished, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
    return finished.getvalue()
