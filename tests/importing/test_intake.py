"""Files that are none, too large, locked or hostile give a reason and cost little."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from evalpress.importing.intake import MAX_UNPACKED, read_content, read_file
from evalpress.importing.neutral import Refusal
from evalpress.wording import words
from office_forms import standard, xlsx_of

XLSX = xlsx_of({"自评表": standard()})
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def replaced(part: str, content: bytes, name: str = "") -> bytes:
    """The workbook with another content, or name, of a part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(XLSX)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for entry in old.infolist():
            is_it = entry.filename == part
            new.writestr(name if is_it and name else entry.filename,
                         content if is_it else old.read(entry))  # fmt: skip
    return stream.getvalue()


def under_another_name(part: str, name: str, content: bytes) -> bytes:
    """The workbook with a part that is called otherwise, as if it were a picture."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(XLSX)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for entry in old.infolist():
            text = old.read(entry).replace(part.encode(), name.encode())
            if entry.filename != part:
                new.writestr(entry.filename, text)
        new.writestr(name, content)
    return stream.getvalue()


def without(part: str, content: bytes = XLSX) -> bytes:
    """The workbook without a part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for entry in old.infolist():
            if entry.filename != part:
                new.writestr(entry.filename, old.read(entry))
    return stream.getvalue()


def packed(**files: str) -> bytes:
    """An archive with these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def percents() -> bytes:
    """A workbook whose format alone makes 94 % of 0.94."""
    book = Workbook()
    book.worksheets[0].append(["执行率", 0.94])
    book.worksheets[0]["B1"].number_format = "0%"
    return saved(book)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet(rows: str, rest: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{rest}</worksheet>'.encode()


HOSTILE = {
    "empty": b"",
    "image": b"\x89PNG\r\n\x1a\n" + bytes(50),
    "format": "某某文字".encode(),
    "locked": OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
    "damaged": XLSX[: len(XLSX) // 2],
    "zip": packed(文件="某某文字"),
    "archive": b"Rar!\x1a\x07\x00",
    "nothing": xlsx_of({"自评表": []}),
    "frames": b"<html><frameset><frame src='sheet001.htm'></frameset></html>",
}


DAMAGED = {
    "half": XLSX[: len(XLSX) // 2],
    "no workbook": replaced("xl/workbook.xml", b"", "xx/workbook.xml"),
    "no sheet": without(SHEET),
    "no formats": without("xl/styles.xml", percents()),
    "no relationships": without("_rels/.rels"),
    "a page without a page": b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx",
    "entities": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "a">]><Workbook '
    b'xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
}


@pytest.mark.parametrize("why", DAMAGED)
def test_a_file_that_lost_something_is_damaged(why: str) -> None:
    with pytest.raises(Refusal, match="damaged"):
        read_content("甲.xlsx", DAMAGED[why])


def test_a_file_in_the_strict_format_is_named() -> None:
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(io.BytesIO(XLSX)) as package:
        content = package.read(SHEET).replace(
            space, b"http://purl.oclc.org/ooxml/spreadsheetml/main"
        )
    with pytest.raises(Refusal, match="strict"):
        read_content("甲.xlsx", replaced(SHEET, content))


def test_signs_that_nobody_sees_are_no_part_of_a_text() -> None:
    content = xlsx_of({"表": [["得分\u200b", "\ufeff\u202a50\u202c"], ["甲", "乙"]]})
    rows = read_content("甲.xlsx", content).grids[0].rows
    assert [[cell.text for cell in row] for row in rows] == [["得分", "50"], ["甲", "乙"]]


def test_a_folder_and_a_pipe_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管.xlsx")
    (tmp_path / "夹.xlsx").mkdir()
    for name in ("管.xlsx", "夹.xlsx", "无.xlsx"):
        with pytest.raises(Refusal, match="unreadable"):
            read_file(tmp_path / name)


def test_a_sheet_that_is_only_protected_is_read() -> None:
    book = load_workbook(io.BytesIO(XLSX))
    book.worksheets[0].protection.set_password("abc")
    book.security.lockStructure = True
    assert read_content("甲.xlsx", saved(book)).grids


def test_what_a_locked_file_is_told_says_how_to_unlock_it() -> None:
    said = Refusal("locked", "甲.xlsx").said
    assert all(word in said for word in ("甲.xlsx", "加密", "密码", "保存"))


@pytest.mark.parametrize("reason", HOSTILE)
def test_a_file_that_cannot_be_read_says_why(reason: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_content("甲.xlsx", HOSTILE[reason])
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    "content",
    [
        replaced(SHEET, b"<a>" + b" " * MAX_UNPACKED),
        replaced(SHEET, sheet("<row><c/></row>" * 300_000)),
        replaced(SHEET, sheet('<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>')),
        replaced("xl/styles.xml", b"<xf>" * 900_000),
        replaced(SHEET, sheet("", "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 21_000)),
        replaced(SHEET, sheet("<row>" + '<c r="A1"/>' * 110_000)),
        replaced(SHEET, sheet("<row>" + '<c r="A1"/>' * 110_000).replace(b"<c ", b"<x:c ")),
        replaced(SHEET, sheet("", '<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>')),
        replaced(SHEET, sheet("", f'<dataValidation sqref="{"A1 " * 70_000}"/>')),
        replaced(SHEET, sheet("", '<conditionalFormatting sqref="A1"/>' * 11_000)),
        replaced("xl/workbook.xml", b"<definedName >" * 11_000),
        under_another_name(SHEET, "xl/worksheets/sheet1.png", b"<a>" + b" " * MAX_UNPACKED),
    ],
)
def test_a_bomb_is_too_large(content: bytes) -> None:
    with pytest.raises(Refusal) as refusal:
        read_content("甲.xlsx", content)
    assert refusal.value.reason in ("too_large", "damaged")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    with pytest.raises(Refusal) as refusal:
        read_content("甲.xlsx", replaced(SHEET, bomb.encode(encoding)))
    assert refusal.value.reason == "damaged"


def merged(*areas: str) -> bytes:
    cell = '<row r="1"><c r="A1" t="str"><v>项目名称</v></c></row>'
    refs = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return replaced(SHEET, sheet(cell, f"<mergeCells>{refs}</mergeCells>"))


def test_merged_areas_are_clipped_to_what_is_used_and_bounded() -> None:
    (grid,) = read_content("甲.xlsx", merged("A1:XFD1")).grids
    assert (len(grid.rows), grid.width) == (1, 1)
    with pytest.raises(Refusal, match="too_large"):
        read_content("甲.xlsx", merged(*(f"A{n}:XFD{n + 9}" for n in range(1, 40_000, 10))))


def test_a_wrong_name_does_not_matter(tmp_path: object) -> None:
    assert read_content("报告.docx", XLSX).grids


def test_every_reason_has_words() -> None:
    assert {"empty", "locked", "damaged", "too_large", "format", "doc", "ole", "ofd", "image",
            "zip", "scanned", "unreadable", "nothing", "frames", "odt", "ods", "rtf", "word-xml",
            "excel-xml", "archive"} <= words("import", "refused").keys()  # fmt: skip


def test_an_archive_with_a_form_in_it_is_an_archive() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("表.xlsx", b"xl/workbook.xml")
    for content in (stream.getvalue(), b"Rar!\x1a\x07\x00"):
        with pytest.raises(Refusal, match=r"zip|archive"):
            read_content("报送.zip", content)
