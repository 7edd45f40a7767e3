"""A form that comes back is the same report, whatever was done to its file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook import Workbook
from tests.benchmarks import corpus

from evalpress.files.scan.packages import Package
from evalpress.importing.drafts import bare, draft_text
from evalpress.importing.emptied import sheets_of
from evalpress.importing.workbook.opened import NotOpened, load_book
from evalpress.importing.workbook.returned import (
    is_workbook,
    read_form,
    read_workbook,
)
from evalpress.load import build, load, parse
from evalpress.model import Key, Report, ReportFile
from forms import (
    KEY,
    canonical_bytes,
    column_of,
    content_of,
    data,
    edit,
    form_of,
    returned,
    row_of,
    rules_told,
    save_form,
    shuffle,
)
from projects import own_data
from random_reports import random_report
from samples import written
from sampling import sample

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT = """
public_info: {keywords: [社区食堂, 养老], issued: 2025年3月20日}
body:
  preface: [依照要求开展自评。]
  overview:
    - {label: 职能, text: 负责教育。}
    - table: 支出
      columns: [项目, {name: 金额, numeric: 是}]
      rows: [[基本支出, "12.50"], [项目支出, null]]
goals:
  overall: {target: [新建食堂。, 受益老人。], actual: 已完成。}
  items: [{id: canteens, name: 食堂, target: 开办12处。}]
funds:
  rows:
    - {id: total, amounts: {initial: 120, budget: 118.50, executed: 115.26}, score: 9.73}
    - {id: appropriation, amounts: {initial: 120, budget: 118.50, executed: 115.26}}
indicators:
  - {id: canteens, level1: 产出指标, level2: 数量指标, name: 食堂数, target: ≥12处, actual: 12处, full_marks: 10, score: 9.5}
  - {id: trained, level1: 产出指标, level2: 数量指标, name: 培训, target: ≥4场, actual: 5场, full_marks: 5, score: 5}
  - {id: passed, level1: 产出指标, level2: 质量指标, name: 合格率, target: ≥98%, actual: 98.6%, full_marks: 5, score: 5}
scores: {items: [{name: 产出指标, score: 19.5}], total: 19.5, grade: 优}
problems:
  - {id: late, text: 拨付偏晚。, measure: 按季拨付。}
  - {id: few, text: 人手少。, measure: 增加。}
"""  # noqa: E501


def test_an_untouched_form_is_the_same_report(tmp_path: Path) -> None:
    found = returned(tmp_path, TEXT)
    assert not found.told
    assert not found.unplaced
    assert found.key == KEY
    assert canonical_bytes(content_of(found)) == canonical_bytes(written(TEXT).content)


@pytest.mark.demonstration
def test_the_demonstration_data_come_back(tmp_path: Path) -> None:
    loaded = own_data()
    for report in sample(loaded.reports, 12):
        found = read_form(save_form(tmp_path / "form.xlsx", loaded, report), loaded)
        assert not (found.told or found.unplaced), report.source
        content = content_of(found)
        assert content == report.content.model_copy(update={"state": content.state}), report.source
        assert canonical_bytes(content) == canonical_bytes(report.content), report.source


def test_a_generated_corpus_comes_back(tmp_path: Path) -> None:
    corpus.write(100, tmp_path / "data")
    loaded = load(tmp_path / "data")
    for report in sample(loaded.reports, 33):
        found = read_form(save_form(tmp_path / "form.xlsx", loaded, report), loaded)
        assert not (found.told or found.unplaced), report.source
        assert canonical_bytes(content_of(found)) == canonical_bytes(report.content)


@pytest.mark.parametrize("seed", [0, *sample(range(1, 81), 20)])
def test_any_report_comes_back(seed: int, tmp_path: Path) -> None:
    content = random_report(seed)
    path = save_form(tmp_path / "form.xlsx", data(), Report(KEY, "x.yml", content))
    found = read_form(path, data())
    assert not (found.told or found.unplaced)
    assert canonical_bytes(content_of(found)) == canonical_bytes(content)


def test_texts_as_long_as_a_cell_holds_come_back(tmp_path: Path) -> None:
    long = "长" * 32_000
    text = (
        f"body: {{preface: [{long}]}}\n"
        f"indicators: [{{id: a, level1: 产出指标, name: 甲, target: 及时, deviation: {long}}}]"
    )
    found = returned(tmp_path, text)
    assert not (found.told or found.unplaced)
    assert canonical_bytes(content_of(found)) == canonical_bytes(written(text).content)


def test_the_draft_says_where_every_value_stands(tmp_path: Path) -> None:
    path = save_form(tmp_path / "form.xlsx", data(), written(TEXT))
    text = draft_text(read_workbook(path, data()))
    assert "# 来源：指标!D4" in text
    source, mistakes = parse("draft.yml", text.encode())
    assert not mistakes
    content, more = build(ReportFile, source)
    assert content is not None, more
    assert canonical_bytes(content) == canonical_bytes(written(TEXT).content)


# --- what people do to a form -------------------------------------------------------------------


def same(found: object, text: str = TEXT) -> bool:
    return canonical_bytes(content_of(found)) == canonical_bytes(written(text).content)  # type: ignore[arg-type]


def swap(sheet: object, first: int, second: int) -> None:
    """Exchange two lines, as sorting does."""
    for column in range(1, sheet.max_column + 1):  # type: ignore[attr-defined]
        one, other = sheet.cell(first, column), sheet.cell(second, column)  # type: ignore[attr-defined]
        one.value, other.value = other.value, one.value
        one.number_format, other.number_format = other.number_format, one.number_format


def test_sorted_rows_go_back_to_their_places(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["指标"]
        swap(sheet, row_of(sheet, "食堂数"), row_of(sheet, "合格率"))

    found = returned(tmp_path, TEXT, change)
    assert rules_told(found) == ["form_rows_sorted"]
    assert same(found)


def test_sorted_texts_go_back_to_their_places(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["正文"]
        for line in range(3, 12):
            swap(sheet, line, 20 - line)

    found = returned(tmp_path, TEXT, change)
    assert rules_told(found) == ["form_rows_sorted"]
    assert same(found)


@pytest.mark.parametrize("seed", sample(range(60), 30))
def test_any_report_comes_back_however_its_rows_were_sorted(seed: int, tmp_path: Path) -> None:
    content = random_report(seed)
    path = save_form(tmp_path / "form.xlsx", data(), Report(KEY, "x.yml", content))
    shuffle(path, seed)
    found = read_form(path, data())
    assert not found.unplaced
    assert set(rules_told(found)) <= {"form_rows_sorted"}
    assert canonical_bytes(content_of(found)) == canonical_bytes(content)


def test_a_deleted_row_is_gone_and_told(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["指标"].delete_rows(row_of(book["指标"], "培训"))

    found = returned(tmp_path, TEXT, change)
    assert rules_told(found) == ["form_row_deleted"]
    assert "培训" in found.told[0][1].what
    line = next(line for line in TEXT.splitlines(keepends=True) if "trained" in line)
    assert same(found, TEXT.replace(line, ""))


def test_an_emptied_row_is_a_deleted_one(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["问题措施"]
        for column in range(2, sheet.max_column + 1):
            sheet.cell(row_of(sheet, "人手少。"), column).value = None if column > 2 else "人手少。"
        sheet.cell(row_of(sheet, "人手少。"), 2).value = None

    found = returned(tmp_path, TEXT, change)
    assert rules_told(found) == ["form_row_deleted"]
    assert [problem.id for problem in content_of(found).problems] == ["late"]


def test_an_inserted_row_stands_where_it_was_inserted(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["指标"]
        line = row_of(sheet, "培训")
        sheet.insert_rows(line)
        sheet.cell(line, column_of(sheet, "三级指标"), "新指标")
        sheet.cell(line, column_of(sheet, "分值"), 4)

    found = returned(tmp_path, TEXT, change)
    assert rules_told(found) == ["form_row_added"]
    indicators = content_of(found).indicators
    assert [i.id for i in indicators] == ["canteens", "indicator-1", "trained", "passed"]
    assert str(indicators[1].full_marks) == "4"


def test_an_inserted_paragraph_stays_in_its_section(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["正文"]
        line = row_of(sheet, "依照要求开展自评。") + 1
        sheet.insert_rows(line)
        sheet.cell(line, column_of(sheet, "文字"), "现报告如下。")

    found = returned(tmp_path, TEXT, change)
    assert rules_told(found) == ["form_text_added"]
    assert same(found, TEXT.replace("[依照要求开展自评。]", "[依照要求开展自评。, 现报告如下。]"))


def test_a_renamed_row_keeps_its_id(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["指标"]
        sheet.cell(row_of(sheet, "培训"), column_of(sheet, "三级指标")).value = "培训场次"

    found = returned(tmp_path, TEXT, change)
    assert rules_told(found) == ["form_row_renamed"]
    assert same(found, TEXT.replace("name: 培训,", "name: 培训场次,"))


def test_rows_are_known_by_name_where_numbers_were_written_anew(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["指标"]
        sheet.delete_rows(row_of(sheet, "食堂数"))
        for line, name in enumerate(("培训", "合格率"), 1):
            sheet.cell(row_of(sheet, name), 1).value = line

    found = returned(tmp_path, TEXT, change)
    assert [i.id for i in content_of(found).indicators] == ["trained", "passed"]


def test_a_copied_row_is_a_new_one(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["问题措施"]
        line = row_of(sheet, "拨付偏晚。")
        sheet.insert_rows(line + 1)
        for column in range(1, sheet.max_column + 1):
            sheet.cell(line + 1, column).value = sheet.cell(line, column).value

    found = returned(tmp_path, TEXT, change)
    assert rules_told(found) == ["form_row_added"]
    assert [p.id for p in content_of(found).problems] == ["late", "problem-1", "few"]


def test_a_renamed_sheet_is_known_by_its_heads(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["指标"].title, book["资料"].title = "Sheet1", "Sheet2"
        book["说明"].title = "怎样填"

    found = returned(tmp_path, TEXT, change)
    assert rules_told(found) == ["form_sheet_renamed", "form_sheet_renamed"]
    assert not found.unplaced
    assert same(found)


def test_sheets_in_another_order_and_lost_names(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book.move_sheet("指标", -3)
        for name in list(book.defined_names):
            del book.defined_names[name]

    found = returned(tmp_path, TEXT, change)
    assert rules_told(found) == ["form_names_lost"]
    assert same(found)


def test_moved_columns_are_known_by_their_heads(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["问题措施"].insert_cols(2)

    found = returned(tmp_path, TEXT, change)
    assert not found.told
    assert same(found)


def test_a_misspelt_head_is_told_once(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["指标"]
        sheet.cell(2, column_of(sheet, "实际完成值")).value = "实际完成直"

    found = returned(tmp_path, TEXT, change)
    assert rules_told(found) == ["form_head_misspelt"]
    assert found.told[0][0].startswith("指标!")
    assert same(found)


def test_a_misspelt_label_is_told_once(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["资料"]
        sheet.cell(row_of(sheet, "成文日期"), 2).value = "成文的日期"

    found = returned(tmp_path, TEXT, change)
    assert rules_told(found) == ["form_head_misspelt"]
    assert same(found)


def test_a_head_that_nobody_knows_is_told_with_its_cells(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["指标"]
        sheet.cell(2, column_of(sheet, "实际完成值")).value = "XYZ"

    found = returned(tmp_path, TEXT, change)
    assert sorted(rules_told(found)) == ["form_column_unknown", "form_head_missing"]
    assert all(indicator.actual is None for indicator in content_of(found).indicators)


def test_a_lost_hidden_sheet_costs_no_values(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        del book["_evalpress"]

    loaded = data()
    loaded.reports.append(written(TEXT))
    path = save_form(tmp_path / "form.xlsx", loaded, written(TEXT))
    edit(path, change)
    found = read_form(path, loaded)
    assert rules_told(found) == ["form_hidden_lost"]
    assert same(found)


def test_what_stands_beside_the_tables_is_told(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["指标"]["Z40"] = "问过财务"
        book.create_sheet("计算")["A1"] = "草稿"

    found = returned(tmp_path, TEXT, change)
    assert [(e.source, e.text) for e in found.unplaced] == [
        ("指标!Z40", "问过财务"), ("计算!A1", "草稿")
    ]  # fmt: skip
    assert same(found)


def test_a_formula_without_a_value_is_told_not_computed(tmp_path: Path) -> None:
    path = save_form(tmp_path / "form.xlsx", data(), written(TEXT))
    book = openpyxl.load_workbook(path)
    sheet = book["指标"]
    sheet.cell(row_of(sheet, "培训"), column_of(sheet, "得分")).value = "=1+4"
    book.save(path)
    found = read_form(path, data())
    where = {cell for cell, finding in found.told if finding.rule == "form_formula_without_value"}
    assert f"指标!H{row_of(sheet, '培训')}" in where


def test_an_offered_row_that_stays_empty_is_no_row(tmp_path: Path) -> None:
    found = returned(tmp_path, "title: 甲")
    assert bare(found.tree) == {"title": "甲", "state": "draft"}


def test_an_offered_row_that_was_filled_in_is_one(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["资金"]
        sheet.cell(row_of(sheet, "年度资金总额"), 3).value = 12.5

    content = content_of(returned(tmp_path, "title: 甲", change))
    assert content.funds is not None
    assert [(row.id, row.name) for row in content.funds.rows] == [("total", None)]


def test_a_share_in_a_column_of_percentages_is_not_guessed_at(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["资金"]
        cell = sheet.cell(row_of(sheet, "年度资金总额"), column_of(sheet, "执行率（B/A）"))
        cell.value, cell.number_format = 0.9727, "General"

    found = returned(tmp_path, TEXT, change)
    assert [entry.text for entry in found.unplaced] == ["0.9727"]
    assert same(found)


def test_a_figure_that_shows_fewer_places_is_read_in_full_and_told(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["指标"]
        cell = sheet.cell(row_of(sheet, "食堂数"), column_of(sheet, "得分"))
        cell.value, cell.number_format = 9.506, "0.00"

    found = returned(tmp_path, TEXT, change)
    assert rules_told(found) == ["form_figure_rounded"]
    assert str(content_of(found).indicators[0].score) == "9.506"


def test_levels_that_were_merged_are_those_of_every_row(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["指标"]
        column = column_of(sheet, "一级指标")
        first, last = row_of(sheet, "食堂数"), row_of(sheet, "合格率")
        sheet.merge_cells(None, first, column, last, column)

    assert same(returned(tmp_path, TEXT, change))


def test_a_score_that_several_rows_share_is_nobodys(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["指标"]
        column, first = column_of(sheet, "得分"), row_of(sheet, "食堂数")
        sheet.merge_cells(None, first, column, first + 1, column)

    found = returned(tmp_path, TEXT, change)
    assert [entry.text for entry in found.unplaced] == ["9.5"]
    assert [i.score for i in content_of(found).indicators[:2]] == [None, None]


def test_what_is_struck_through_is_out_and_told(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["指标"]
        for column in range(1, sheet.max_column + 1):
            sheet.cell(row_of(sheet, "培训"), column).font = Font(strike=True)
        runs = CellRichText("1", TextBlock(InlineFont(strike=True), "2"), "1处")
        sheet.cell(row_of(sheet, "食堂数"), column_of(sheet, "实际完成值")).value = runs

    found = returned(tmp_path, TEXT, change)
    assert [i.id for i in content_of(found).indicators] == ["canteens", "passed"]
    assert str(content_of(found).indicators[0].actual) == "11处"
    assert {"培训", "121处"} <= {entry.text for entry in found.unplaced}


def test_what_stands_beside_the_cells_or_in_the_guide_is_told(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book.copy_worksheet(book["指标"]).title = "指标 (2)"
        cell = book["指标"].cell(row_of(book["指标"], "培训"), 8)
        cell.comment = Comment("应为 4.5", "某科")
        book["说明"]["F30"] = "没有其他资金"

    found = returned(tmp_path, TEXT, change)
    assert rules_told(found) == ["form_beside"]
    assert "应为 4.5" in found.told[0][1].what
    told = {entry.source: entry.text for entry in found.unplaced}
    assert told["说明!F30"] == "没有其他资金"
    assert told["指标 (2)!H3"] == "9.5"
    assert same(found)


def test_what_is_too_much_to_list_is_counted(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book.create_sheet("台账")
        for line in range(1, 251):
            sheet.cell(line, 1, f"第{line}项开支")

    found = returned(tmp_path, TEXT, change)
    assert len(found.unplaced) == 201
    last = found.unplaced[-1]
    assert (last.source, last.text) == ("台账!A201—A250", "另有 50 格有内容")


# --- files that are no forms --------------------------------------------------------------------


def test_another_workbook_is_no_form(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    Workbook().save(path)
    assert not is_workbook(path)
    with pytest.raises(NotOpened, match="不是 evalpress workbook"):
        read_form(path, data())


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", "甲".encode()])
def test_a_damaged_file_gets_one_clear_message(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(content)
    assert not is_workbook(path)
    with pytest.raises(NotOpened, match="打不开"):
        read_form(path, data())


def test_a_form_says_whose_it_is(tmp_path: Path) -> None:
    path = save_form(tmp_path / "甲.xlsx", data(), written(TEXT))
    assert is_workbook(path)
    assert read_workbook(path, data()).key == Key("education", 2025)


def test_a_row_of_a_name_that_is_known_has_its_id(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["指标"]
        line = row_of(sheet, "培训") + 3
        for head, text in {"二级指标": "数量指标", "三级指标": "旧指标", "分值": 4}.items():
            sheet.cell(line, column_of(sheet, head), text)

    loaded = data()
    earlier = written("indicators: [{id: former, level2: 数量指标, name: 旧指标}]", year=2024)
    loaded.reports.append(earlier)
    path = tmp_path / "form.xlsx"
    path.write_bytes(form_of(TEXT))
    edit(path, change)
    indicators = content_of(read_form(path, loaded)).indicators
    assert [i.id for i in indicators] == ["canteens", "trained", "passed", "former"]


def test_a_huge_file_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="Z{n}"><v>1</v></c></row>' for n in range(1000, 101_000))
    path = tmp_path / "form.xlsx"
    with zipfile.ZipFile(io.BytesIO(form_of(TEXT))) as given, zipfile.ZipFile(path, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            if name == "xl/worksheets/sheet5.xml":
                content = content.replace(b"</sheetData>", f"{rows}</sheetData>".encode())
            made.writestr(name, content)
    assert is_workbook(path)
    with pytest.raises(NotOpened, match="太大"):
        read_form(path, data())


def test_a_form_of_a_department_that_there_is_not_is_refused(tmp_path: Path) -> None:
    path = save_form(tmp_path / "form.xlsx", data(), written(TEXT))
    loaded = data()
    del loaded.reference.departments["education"]
    with pytest.raises(NotOpened, match="education"):
        read_form(path, loaded)


def test_a_form_of_another_version_is_refused(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["_evalpress"]["B1"] = "0"

    path = save_form(tmp_path / "form.xlsx", data(), written(TEXT))
    edit(path, change)
    with pytest.raises(NotOpened, match="旧版"):
        read_form(path, data())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (OLE + bytes(500) + "Workbook".encode("utf-16-le"), "不是 .xlsx"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "不是 .xlsx"),
        (b"PK\x03\x04" + bytes(500), "损坏"),
        (b"", "损坏"),
    ],
)
def test_a_file_that_is_no_form_says_what_it_is(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "表.xlsx").write_bytes(content)
    with pytest.raises(NotOpened, match=said):
        load_book(tmp_path / "表.xlsx")


def test_a_folder_is_no_form(tmp_path: Path) -> None:
    with pytest.raises(NotOpened, match="打不开"):
        load_book(tmp_path)


def test_what_people_put_beside_the_cells_is_told(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["指标"]
        sheet.oddHeader.left.text = "密级：内部"
        sheet.cell(4, 4).hyperlink = "http://a.invalid/"
        book["问题措施"].sheet_state = "hidden"
        book["问题措施"].cell(3, 2).comment = Comment("请再核", "王")
        sheet.column_dimensions["E"].hidden = True

    found = returned(tmp_path, TEXT, change)
    assert same(found)
    said = " ".join(finding.what for _, finding in found.told)
    assert all(text in said for text in ("密级：内部", "http://a.invalid/", "请再核"))
    assert {"form_sheet_hidden", "form_columns_hidden"} <= set(rules_told(found))


def test_columns_and_sheets_that_people_added_are_told_cell_by_cell(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["指标"]
        column = sheet.max_column + 1
        sheet.cell(2, column).value, sheet.cell(3, column).value = "备注栏", "已验收"
        other = book.create_sheet("佐证")
        other.cell(1, 1).value = "材料1"

    found = returned(tmp_path, TEXT, change)
    assert same(found)
    assert {"已验收", "材料1"} <= {entry.text for entry in found.unplaced}


def test_a_link_without_a_text_is_an_empty_cell(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        cell = book["指标"].cell(
            row_of(book["指标"], "培训"), column_of(book["指标"], "实际完成值")
        )
        cell.hyperlink, cell.value = "http://a.invalid/", None
        book["说明"].cell(80, 2).hyperlink = "http://b.invalid/"
        book["说明"].cell(80, 2).value = None

    found = returned(tmp_path, TEXT, change)
    assert same(found, TEXT.replace("actual: 5场, ", ""))
    assert not found.unplaced


def test_cells_merged_over_columns_are_told(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet, line = book["指标"], row_of(book["指标"], "培训")
        last = column_of(sheet, "实际完成值")
        sheet.merge_cells(start_row=line, end_row=line, start_column=last - 1, end_column=last)

    found = returned(tmp_path, TEXT, change)
    assert rules_told(found) == ["form_cells_merged"]
    assert same(found, TEXT.replace("actual: 5场, ", ""))


def test_what_a_merged_cell_covers_is_told(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(form_of(TEXT))
    sheet = openpyxl.load_workbook(path)["指标"]
    line, last = row_of(sheet, "培训"), column_of(sheet, "实际完成值")
    area = f"{sheet.cell(line, last - 1).coordinate}:{sheet.cell(line, last).coordinate}"
    part, stream = sheets_of(Package(path.read_bytes()))["指标"], io.BytesIO()
    merged = f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(stream, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            is_it = name == part
            made.writestr(
                name, content.replace(b"</sheetData>", merged.encode()) if is_it else content
            )
    path.write_bytes(stream.getvalue())
    found = read_form(path, data())
    assert [entry.text for entry in found.unplaced] == ["5场"]


def test_a_number_that_a_cell_does_not_show_or_keep_is_no_value(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["指标"]
        cells = [sheet.cell(row_of(sheet, name), column_of(sheet, "实际完成值"))
                 for name in ("培训", "合格率")]  # fmt: skip
        cells[0].value, cells[0].number_format = 12, ";;;"
        cells[1].value, cells[1].number_format = 110101250000000123, "0"

    found = returned(tmp_path, TEXT, change)
    assert len(found.unplaced) == 2
    assert same(found, TEXT.replace("actual: 5场, ", "").replace("actual: 98.6%, ", ""))


def test_raised_signs_stay_so(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["指标"]
        above = TextBlock(InlineFont(vertAlign="superscript"), "3")
        cell = sheet.cell(row_of(sheet, "培训"), column_of(sheet, "实际完成值"))
        cell.value = CellRichText("5×10", above, "场")

    assert same(returned(tmp_path, TEXT, change), TEXT.replace("actual: 5场", "actual: 5×10³场"))
