"""Sheets of Excel 97 to 2003: what is struck through, hidden by its format, covered by a merge."""

from __future__ import annotations

import hashlib
import io
import struct

import pytest
import xlwt  # type: ignore[import-untyped]
from xlwt.CompoundDoc import XlsDoc  # type: ignore[import-untyped]

from evalpress.importing import unlocked
from evalpress.importing.intake import read_content
from evalpress.importing.neutral import Refusal


def test_what_is_struck_hidden_or_covered_is_no_value() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表", cell_overwrite_ok=True)
    struck, hidden = xlwt.easyxf("font: struck_out on"), xlwt.easyxf(num_format_str=";;;")
    sheet.write(0, 0, "更新器材", struck)
    sheet.write(1, 0, 30, hidden)
    sheet.write_rich_text(2, 0, ["12", ("0", struck.font), "场"])
    sheet.write_merge(3, 3, 0, 1, "自评表")
    sheet.write(3, 1, 95)
    stream = io.BytesIO()
    book.save(stream)
    found = read_content("表.xls", stream.getvalue())
    column = [row[0] for row in found.grids[0].rows]
    assert [cell.text for cell in column] == ["", "30", "12场", "自评表"]
    assert column[1].fault == "not_shown"
    assert [(t.kind, t.text) for t in found.told] == [
        ("covered", "95"), ("struck", "更新器材"), ("struck", "120场")
    ]  # fmt: skip


def test_raised_signs_stay_so_and_ticks_are_ticks() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    plain, above = xlwt.easyxf(""), xlwt.easyxf("font: escapement superscript")
    sheet.write_rich_text(0, 0, [("5×10", plain.font), ("3", above.font)])
    sheet.write(1, 0, "R", xlwt.easyxf("font: name Wingdings 2"))
    stream = io.BytesIO()
    book.save(stream)
    (grid,) = read_content("表.xls", stream.getvalue()).grids
    assert [cell.text for cell in grid.cells()] == ["5×10³", "☑"]


def protected(password: str) -> bytes:
    """A workbook as Excel writes it whose structure is protected, or that has a password."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("自评表")
    for row in range(40):
        sheet.write(row, 0, f"指标{row}")
        sheet.write(row, 1, row + 0.5)
    plain = book.get_biff_data()
    salt, verifier = bytes(range(16)), bytes(range(100, 116))
    key = unlocked._Key(password, salt)
    both = unlocked._rc4(key.of_block(0), verifier + hashlib.md5(verifier).digest())
    told = unlocked._RC4 + salt + both
    start = 4 + struct.unpack_from("<H", plain, 2)[0]
    own = struct.pack("<HH", unlocked._FILEPASS, len(told)) + told
    moved = plain[:start] + own + plain[start:]
    at, records = 0, bytearray()
    for number, body in unlocked._records(moved):
        if number == unlocked._BOUNDSHEET:
            body = struct.pack("<I", struct.unpack_from("<I", body)[0] + len(own)) + body[4:]
        records += struct.pack("<HH", number, len(body)) + body
        at += 4 + len(body)
    hidden = unlocked._decrypted(bytes(records), key).replace(
        struct.pack("<HH", unlocked._IGNORED, len(told)), own[:4], 1
    )
    stream = io.BytesIO()
    XlsDoc().save(stream, hidden)
    return stream.getvalue()


def test_a_workbook_whose_structure_is_protected_is_read() -> None:
    (grid,) = read_content("表.xls", protected(unlocked.PASSWORD)).grids
    assert [cell.text for cell in grid.rows[39]] == ["指标39", "39.5"]


def test_a_workbook_with_a_password_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        read_content("表.xls", protected("secret"))
    assert refused.value.reason == "locked"
