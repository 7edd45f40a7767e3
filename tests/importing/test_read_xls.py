"""Sheets of Excel 97 to 2003: what is struck through, hidden by its format, covered by a merge."""

from __future__ import annotations

import io

import xlwt  # type: ignore[import-untyped]

from evalpress.importing.intake import read_content


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
