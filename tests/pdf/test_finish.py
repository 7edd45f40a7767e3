"""evalpress.pdf.finish: streams end where PDF/A wants it."""

from __future__ import annotations

from io import BytesIO

from pikepdf import Dictionary, Name, Pdf

from evalpress.pdf.finish import packed


def test_no_stream_ends_in_a_line_end_of_its_own() -> None:
    """A checksum is the last byte of what is compressed: one in 256 looks like a line end. Objects
    stay packed all the same."""
    for number in range(600):
        document = Pdf.new()
        page = document.add_blank_page()
        text = b"% " + str(number).encode()
        page.obj[Name.Contents] = document.make_stream(text)
        page.obj[Name.Group] = document.make_indirect(Dictionary(Note="a" * number))
        content = packed(document)
        assert b"\r\nendstream" not in content, number
        assert b"/ObjStm" in content, number
        with Pdf.open(BytesIO(content)) as read:
            assert read.pages[0].Contents.read_bytes() == text
