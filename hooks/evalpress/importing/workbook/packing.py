"""A workbook -> the bytes of its file: with the values of formulas beside them, which openpyxl does
not write, with rows that grow with their texts, and without the time of writing: the same form is
always the same file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.workbook import Workbook

# Bytes of all parts of a form: ten times those of a long report. Reading more would cost seconds.
MOST_MADE, MOST_READ = 3_000_000, 4_000_000
Kept = Mapping[tuple[str, str], str | float]  # by sheet and cell

_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*?)( t="[a-z]+")?><f>(.*?)</f><v ?(?:/>|></v>)</c>')
_CREATED = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def packed(book: Workbook, kept: Kept) -> bytes:
    """The file of a workbook; `kept` holds the values of its formulas."""
    raw = BytesIO()
    book.save(raw)
    sheets = {f"xl/worksheets/sheet{n}.xml": s.title for n, s in enumerate(book.worksheets, 1)}
    out = BytesIO()
    with ZipFile(raw) as given, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            content = given.read(name)
            if name in sheets:
                content = _with_values(content.decode(), sheets[name], kept).encode()
            elif name == "docProps/core.xml":
                content = _CREATED.sub(b"", content)
            info = ZipInfo(name, _NO_TIME)
            info.compress_type = ZIP_DEFLATED
            made.writestr(info, content)
    return out.getvalue()


def unpacked_size(package: ZipFile) -> int:
    """How many bytes the parts of a file say that they have."""
    return sum(entry.file_size for entry in package.infolist())


def _with_values(xml: str, sheet: str, kept: Kept) -> str:
    def valued(match: re.Match[str]) -> str:
        value = kept.get((sheet, match[1]))
        if value is None:
            return match[0]
        kind = ' t="str"' if isinstance(value, str) else ""
        shown = escape(value, quote=False) if isinstance(value, str) else repr(value)
        return f'<c r="{match[1]}"{match[2]}{kind}><f>{match[4]}</f><v>{shown}</v></c>'

    return _FORMULA.sub(valued, xml).replace(' customHeight="1"', "")  # a row grows with its text
