"""Findings about a form: all at once, each with its cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from openpyxl.workbook import Workbook

from evalpress.importing.workbook.verdict import Verdict, judge
from forms import column_of, data, edit, form_of, row_of
from samples import DATA

TEXT = """
body: {preface: [依照要求开展自评。]}
funds:
  rows:
    - {id: total, amounts: {initial: 120, budget: 120, executed: 118}, score: 9.83}
    - {id: appropriation, amounts: {initial: 120, budget: 120, executed: 118}}
indicators:
  - {id: canteens, level1: 产出指标, level2: 数量指标, name: 食堂数, target: ≥12处, actual: 12处, full_marks: 10, score: 9.5}
  - {id: trained, level1: 产出指标, level2: 数量指标, name: 培训, target: ≥4场, actual: 5场, full_marks: 5, score: 5}
problems: [{id: late, text: 拨付偏晚。, measure: 按季拨付。}]
"""  # noqa: E501


def judged(folder: Path, change: Callable[[Workbook], None]) -> Verdict:
    path = folder / "form.xlsx"
    path.write_bytes(form_of(TEXT))
    edit(path, change)
    return judge(path, data(), DATA)


def cells(verdict: Verdict, rule: str) -> list[str]:
    return [remark.cell for remark in verdict.remarks if remark.finding.rule == rule]


def set_cell(sheet: str, row: str, head: str, value: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        found = book[sheet]
        found.cell(row_of(found, row), column_of(found, head)).value = value  # type: ignore[assignment]

    return change


def test_a_value_that_is_none_is_told_at_its_cell(tmp_path: Path) -> None:
    verdict = judged(tmp_path, set_cell("指标", "培训", "得分", "五分"))
    assert cells(verdict, "not_a_number") == ["指标!H4"]
    assert verdict.aside == 1


def test_rules_find_more_behind_a_value_that_is_none(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        set_cell("指标", "食堂数", "得分", "九分")(book)
        set_cell("指标", "培训", "得分", 50)(book)
        set_cell("问题措施", "拨付偏晚。", "原因", "联系人电话13900139000")(book)

    verdict = judged(tmp_path, change)
    assert cells(verdict, "not_a_number") == ["指标!H3"]
    assert "指标!H4" in [r.cell for r in verdict.remarks]
    assert cells(verdict, "private_data") == ["问题措施!C3"]


def test_a_row_without_its_name_is_told_and_the_rest_is_checked(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["其他"]
        line = row_of(sheet, "正文里的数据（供核对和逐年比较）") + 2
        sheet.cell(line, column_of(sheet, "数值")).value = 5
        set_cell("指标", "培训", "得分", 50)(book)

    verdict = judged(tmp_path, change)
    (where,) = cells(verdict, "missing_field")
    assert where.startswith("其他!")
    assert "指标!H4" in [r.cell for r in verdict.remarks]


def test_an_empty_cell_can_have_a_finding(tmp_path: Path) -> None:
    verdict = judged(tmp_path, set_cell("问题措施", "拨付偏晚。", "改进措施", None))
    assert any(remark.cell.startswith("问题措施!") for remark in verdict.remarks)


def test_what_was_not_read_is_a_finding_and_counted(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["指标"]["Z9"] = "问过财务"

    verdict = judged(tmp_path, change)
    assert cells(verdict, "form_unplaced") == ["指标!Z9"]
    assert verdict.unread == 1


def test_one_misspelt_head_is_one_finding(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["指标"]
        sheet.cell(2, column_of(sheet, "实际完成值")).value = "实际完成直"

    sound = {(r.cell, r.finding.rule) for r in judged(tmp_path, lambda book: None).remarks}
    found = {(r.cell, r.finding.rule) for r in judged(tmp_path, change).remarks}
    assert found - sound == {("指标!F2", "form_head_misspelt")}


def test_the_terminal_names_file_sheet_and_cell(tmp_path: Path) -> None:
    verdict = judged(tmp_path, set_cell("指标", "培训", "得分", "五分"))
    shown = [str(f) for f in verdict.examination("form.xlsx").open if f.rule == "not_a_number"]
    assert shown[0].startswith("form.xlsx  指标!H4  错误  [not_a_number]")


def test_the_form_takes_the_place_of_the_report_that_the_data_have(tmp_path: Path) -> None:
    loaded = data()
    before = [report.key for report in loaded.reports]
    path = tmp_path / "form.xlsx"
    path.write_bytes(form_of(TEXT))
    verdict = judge(path, loaded, DATA)
    assert not cells(verdict, "duplicate_report")
    assert [report.key for report in loaded.reports] == before
