"""What a form looks like, and what helps to fill it in."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evalpress.importing.workbook.drawn import TooLong
from evalpress.importing.workbook.issuing import drawn
from forms import column_of, data, form_of, row_of
from samples import written

TEXT = """
funds:
  rows:
    - {id: total, amounts: {initial: 120, budget: 118.50, executed: 115.26}, full_marks: 10}
    - {id: appropriation, amounts: {initial: 100, budget: 98.50, executed: 95.26}}
    - {id: carried, amounts: {initial: 20, budget: 20, executed: 20}}
    - {id: other, amounts: {initial: 0, budget: 0.00, executed: 0}}
indicators:
  - {id: a, level1: 产出指标, name: 甲, target: =100%, full_marks: 10, score: 9.50}
  - {id: b, level1: 产出指标, name: 乙, full_marks: 5, score: 5}
scores: {items: [{name: 产出指标, score: 14.50}], total: 15}
"""


def book(text: str = TEXT, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(form_of(text)), data_only=values)


def cell(text: str, values: bool, sheet: str, row: str, head: str) -> object:
    found: Worksheet = book(text, values)[sheet]
    return found.cell(row_of(found, row), column_of(found, head)).value


def test_the_sheets_are_those_that_clerks_know() -> None:
    known = "说明 资料 资金 目标 指标 得分 问题措施 正文 表格 其他"
    assert book().sheetnames == [*known.split(), "_evalpress"]
    assert book()["_evalpress"].sheet_state == "hidden"


def test_figures_are_figures_and_texts_are_texts() -> None:
    sheet = book()["指标"]
    score = sheet.cell(row_of(sheet, "甲"), column_of(sheet, "得分"))
    assert (score.value, score.number_format) == (9.5, "0.00")
    target = sheet.cell(row_of(sheet, "甲"), column_of(sheet, "年度指标值"))
    assert (target.value, target.data_type, target.number_format) == ("=100%", "s", "@")


def test_a_sum_is_a_formula_with_its_value_where_it_is_what_the_report_says() -> None:
    assert str(cell(TEXT, False, "资金", "年度资金总额", "年初预算数")).startswith("=IF(COUNT(")
    assert cell(TEXT, True, "资金", "年度资金总额", "年初预算数") == 120
    assert cell(TEXT, True, "指标", "合计", "分值") == 15
    assert str(cell(TEXT, False, "得分", "产出指标", "得分")).startswith("=IF(COUNT(")
    assert cell(TEXT, True, "得分", "产出指标", "得分") == 14.5


def test_a_total_that_is_no_sum_stays_the_reports_own() -> None:
    found = book()["得分"]
    assert found.cell(row_of(found, "总分") + 1, column_of(found, "总分")).value == 15
    other = TEXT.replace("budget: 118.50", "budget: 118.51")
    assert cell(other, False, "资金", "年度资金总额", "全年预算数（A）") == 118.51


def test_the_scheme_and_the_fund_table_fill_in_what_they_know() -> None:
    found = book("scores: {items: [{name: 产出指标}]}")
    assert found["得分"].cell(row_of(found["得分"], "产出指标"), 3).value is not None
    assert row_of(found["资金"], "年度资金总额")


def test_labels_are_locked_and_cells_are_open() -> None:
    sheet = book()["指标"]
    assert sheet.protection.sheet
    assert not sheet.protection.insertRows
    assert not sheet.protection.sort
    head = sheet.cell(2, column_of(sheet, "三级指标"))
    assert head.protection.locked
    assert not sheet.cell(head.row + 1, head.column).protection.locked


def validations(sheet: Worksheet, head: str) -> list[tuple[str, str, bool]]:
    letter = sheet.cell(2, column_of(sheet, head)).column_letter
    return [
        (v.type, str(v.formula1), bool(v.showErrorMessage))
        for v in sheet.data_validations.dataValidation
        if str(v.sqref).startswith(letter)
    ]


def test_lists_and_limits_help_to_fill_it_in() -> None:
    sheet = book()["指标"]
    ((kind, formula, refuses),) = validations(sheet, "得分")
    assert (kind, refuses) == ("custom", True)
    assert formula == 'AND(ISNUMBER(H3),H3>=0,OR(G3="",H3<=G3))'
    assert validations(sheet, "分值")[0][0] == "decimal"
    assert validations(sheet, "指标性质")[0][::2] == ("list", True)
    assert validations(sheet, "一级指标")[0][::2] == ("list", False)
    area = validations(sheet, "一级指标")[0][1]
    words = [c[0].value for c in book()["_evalpress"][area.rpartition("!")[2].replace("$", "")]]
    assert "产出指标" in words


def test_heads_bear_the_words_of_the_field_guide() -> None:
    sheet = book()["指标"]
    note = sheet.cell(2, column_of(sheet, "实际完成值")).comment
    assert note is not None
    assert "照抄原件" in note.text
    assert "例：12处" in note.text


def test_it_is_ready_to_print() -> None:
    sheet = book()["指标"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$2"
    assert "&P" in sheet.oddFooter.center.text


def test_the_file_says_whose_form_it_is() -> None:
    said = {p.name: p.value for p in book().custom_doc_props.props}
    assert said["evalpress-department"] == "education"
    assert said["evalpress-year"] == "2025"
    assert said["evalpress-form"] == "1"


def test_the_same_form_is_the_same_file() -> None:
    assert drawn(data(), written(TEXT)) == form_of(TEXT)


def test_a_text_that_no_cell_can_hold_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(TooLong, match="正文!G4 有 40000 字"):
        drawn(data(), written(f"body: {{preface: [{'甲' * 40_000}]}}"))


def test_a_report_that_is_too_long_for_a_form_is_refused() -> None:
    many = ", ".join(f"'{'甲' * 9000}{n}'" for n in range(120))
    with pytest.raises(TooLong, match="报告太长"):
        drawn(data(), written(f"body: {{preface: [{many}]}}"))


def test_examples_are_values_not_yaml() -> None:
    assert not any(
        "例：{" in c.comment.text or "例：[" in c.comment.text
        for sheet in book()
        for line in sheet.iter_rows()
        for c in line
        if c.comment
    )


def test_excel_takes_every_name_and_lets_rows_be_deleted() -> None:
    found = book()
    assert all(re.fullmatch(r"[^\W\d]\w*", name) for name in found.defined_names)
    sheet = found["指标"]
    columns = sheet.column_dimensions.values()
    assert all(not column.protection.locked for column in columns)
    assert max(column.max for column in columns) == 16_384
