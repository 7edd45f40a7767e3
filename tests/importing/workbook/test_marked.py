"""The copy of a form that bears its findings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from evalpress.importing.drafts import canonical_text
from evalpress.importing.workbook.marked import marked, said
from evalpress.importing.workbook.returned import read_form
from evalpress.importing.workbook.verdict import judge
from forms import column_of, data, edit, form_of, row_of
from samples import DATA

TEXT = """
body: {preface: [依照要求开展自评。]}
indicators:
  - {id: a, level1: 产出指标, level2: 数量指标, name: 食堂数, target: ≥12处, actual: 12处, full_marks: 10, score: 9.5}
  - {id: b, level1: 产出指标, level2: 数量指标, name: 培训, target: ≥4场, actual: 5场, full_marks: 5, score: 5}
scores: {items: [{name: 产出指标, score: 14.5}], total: 14.5, grade: 差}
problems: [{id: late, text: 拨付偏晚。, measure: 按季拨付。}]
"""  # noqa: E501


def spoil(book: Workbook) -> None:
    sheet = book["指标"]
    sheet.cell(row_of(sheet, "培训"), column_of(sheet, "得分")).value = "五分"
    sheet["Z9"] = "问过财务"
    book["问题措施"].cell(row_of(book["问题措施"], "拨付偏晚。"), 3).value = "电话13900139000"


def marked_copy(folder: Path, change: Callable[[Workbook], None] = spoil) -> Path:
    path, target = folder / "form.xlsx", folder / "marked.xlsx"
    path.write_bytes(form_of(TEXT))
    edit(path, change)
    target.write_bytes(marked(path, judge(path, data(), DATA)))
    return target


def test_a_cell_with_an_error_is_red_and_bears_a_note(tmp_path: Path) -> None:
    cell = openpyxl.load_workbook(marked_copy(tmp_path))["指标"]["H4"]
    assert cell.fill.fgColor.rgb == "00FFC7CE"
    assert cell.comment is not None
    assert cell.comment.text.startswith("错误  [not_a_number]\n发现：")
    assert "应写：" in cell.comment.text


def test_a_head_keeps_its_note_below_the_finding(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["指标"].cell(2, column_of(book["指标"], "实际完成值")).value = "实际完成直"

    note = openpyxl.load_workbook(marked_copy(tmp_path, change))["指标"]["F2"].comment
    assert note is not None
    assert note.text.startswith("警告  [form_head_misspelt]")
    assert "照抄原件" in note.text


def test_the_first_sheet_lists_all_by_weight_with_links(tmp_path: Path) -> None:
    path = marked_copy(tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert sheet["A1"].value == "核对结果"
    head = row_of(sheet, "轻重")
    lines = [[c.value for c in line] for line in sheet.iter_rows(min_row=head + 1)]
    weights = [line[1] for line in lines]
    assert weights == sorted(weights, key=["错误", "警告", "提示"].index)
    line = next(n for n, cells in enumerate(lines, head + 1) if cells[7] == "not_a_number")
    assert [sheet.cell(line, c).value for c in (3, 4)] == ["指标", "H4"]
    assert sheet.cell(line, 4).hyperlink.location == "'指标'!H4" or "指标" in str(
        sheet.cell(line, 4).hyperlink.location or sheet.cell(line, 4).hyperlink.target
    )
    hints = [n for n, cells in enumerate(lines, head + 1) if cells[1] == "提示"]
    assert hints
    assert all(sheet.row_dimensions[n].hidden for n in hints)
    assert not any(sheet.row_dimensions[n].hidden for n in range(1, hints[0]))


def test_what_was_not_checked_is_said_even_of_a_sound_form(tmp_path: Path) -> None:
    for change in (spoil, lambda book: None):
        sheet = openpyxl.load_workbook(marked_copy(tmp_path, change)).worksheets[0]
        texts = [str(line[0].value) for line in sheet.iter_rows(max_col=1)]
        assert any("没有核对" in text for text in texts)
        assert not any("全部正确" in text for text in texts)
    spoilt = openpyxl.load_workbook(marked_copy(tmp_path)).worksheets[0]
    texts = [str(line[0].value) for line in spoilt.iter_rows(max_col=1)]
    assert any("有 1 处填写不合要求" in text for text in texts)
    assert any("有 1 格没有读入" in text for text in texts)


def test_the_words_are_those_of_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(form_of(TEXT))
    edit(path, spoil)
    verdict = judge(path, data(), DATA)
    for remark, finding in zip(verdict.remarks, verdict.examination("x").open, strict=True):
        shown = " ".join(str(finding).split())
        for part in (remark.finding.what, remark.finding.fix):
            assert " ".join(part.split()) in shown
            assert part in said(remark.finding)


def test_a_marked_copy_says_the_same_as_its_form(tmp_path: Path) -> None:
    path = marked_copy(tmp_path)
    texts = [canonical_text(read_form(p, data()).tree) for p in (tmp_path / "form.xlsx", path)]
    assert texts[0] == texts[1]


def test_a_mended_copy_loses_its_marks(tmp_path: Path) -> None:
    def mend(book: Workbook) -> None:
        book["指标"]["H4"].value = 5
        book["指标"]["Z9"].value = None
        book["问题措施"].cell(row_of(book["问题措施"], "拨付偏晚。"), 3).value = None

    path = marked_copy(tmp_path)
    edit(path, mend)
    verdict = judge(path, data(), DATA)
    again = tmp_path / "again.xlsx"
    again.write_bytes(marked(path, verdict))
    book = openpyxl.load_workbook(again)
    assert "指标!H4" not in [remark.cell for remark in verdict.remarks]
    assert book["指标"]["H4"].comment is None
    assert book["指标"]["H4"].fill.fgColor.rgb != "00FFC7CE"
    assert [s.title for s in book].count("核对结果") == 1


def test_formulas_keep_their_values(tmp_path: Path) -> None:
    path = marked_copy(tmp_path, lambda book: None)
    sheet = openpyxl.load_workbook(path, data_only=True)["指标"]
    assert sheet.cell(row_of(sheet, "合计"), column_of(sheet, "分值")).value == 15
