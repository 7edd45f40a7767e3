"""Sheets as they are shown: formats, formulas, what is hidden."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image as Pixels

from evalpress.importing.intake import read_content
from evalpress.importing.neutral import Document, Grid, Picture, Refusal
from ordinary_files import CELL_IMAGES
from sample_files import LINKS, package, png, relationships
from sample_files import SHEET as IN_SHEETS


def document(book: Workbook) -> Document:
    stream = io.BytesIO()
    book.save(stream)
    return read_content("表.xlsx", stream.getvalue())


def page() -> tuple[Workbook, object]:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "自评表"
    return book, sheet


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def test_figures_are_read_as_they_are_shown() -> None:
    book, sheet = page()
    for column, (value, form) in enumerate(
        [(0.9264, "0.00%"), (1234.5, "#,##0.00"), (0.1 + 0.2, "General"),
         (datetime(2025, 6, 30), 'yyyy"年"m"月"d"日"'), (3, "General")], 1
    ):  # fmt: skip
        sheet.cell(1, column, value).number_format = form  # type: ignore[attr-defined]
    (grid,) = document(book).grids
    assert texts(grid) == [["92.64%", "1,234.50", "0.3", "2025年6月30日", "3"]]


def test_what_excel_shows_as_hashes_is_told_with_its_number() -> None:
    book, sheet = page()
    for column, (value, form) in enumerate(
        [(20250320, "yyyy/m/d"), (-3, "yyyy/m/d"), (12, '[=1]"是";[=0]"否"'), (45736, "yyyy/m/d"),
         ("#####", "General")], 1
    ):  # fmt: skip
        sheet.cell(1, column, value).number_format = form  # type: ignore[attr-defined]
    with warnings.catch_warnings(action="ignore"):
        (cells,) = document(book).grids[0].rows
    assert [(cell.text, cell.fault) for cell in cells] == [
        ("20250320", "hashes"), ("-3", "hashes"), ("12", "hashes"), ("2025/3/20", ""),
        ("#####", ""),
    ]  # fmt: skip


def test_a_number_that_is_shown_rounded_is_told_in_full() -> None:
    book, sheet = page()
    sheet.cell(1, 1, 463.2567).number_format = "0.00"  # type: ignore[attr-defined]
    cell = document(book).grids[0].rows[0][0]
    assert (cell.text, cell.stored) == ("463.26", "463.2567")


def test_a_formula_without_a_kept_value_is_told_not_computed() -> None:
    book, sheet = page()
    sheet["A1"], sheet["B1"] = "合计", "=1+2"  # type: ignore[index]
    cell = document(book).grids[0].rows[0][1]
    assert (cell.text, cell.fault) == ("", "formula_without_value")


def test_a_merged_area_is_one_cell_wherever_it_reaches() -> None:
    book, sheet = page()
    sheet["A1"], sheet["C3"] = "产出指标", "末"  # type: ignore[index]
    sheet.merge_cells("A1:B2")  # type: ignore[attr-defined]
    (grid,) = document(book).grids
    assert texts(grid) == [
        ["产出指标", "产出指标", ""],
        ["产出指标", "产出指标", ""],
        ["", "", "末"],
    ]
    cell = grid.rows[1][1]
    assert (cell.source, cell.rows, cell.columns) == ("自评表!A1", 2, 2)


def test_what_is_hidden_is_told_and_not_read() -> None:
    book, sheet = page()
    for row in ("见", "藏"):
        sheet.append([row, "列"])  # type: ignore[attr-defined]
    sheet.row_dimensions[2].hidden = True  # type: ignore[attr-defined]
    sheet.column_dimensions["B"].hidden = True  # type: ignore[attr-defined]
    other = book.create_sheet("底稿")
    other["A1"] = "草"
    other.sheet_state = "hidden"
    found = document(book)
    assert [texts(grid) for grid in found.grids] == [[["见"]]]
    assert {(t.kind, t.text) for t in found.told} >= {
        ("hidden_cell", "藏"), ("hidden_cell", "列"), ("hidden_sheet", "草"),
    }  # fmt: skip


def test_a_comment_is_told() -> None:
    book, sheet = page()
    sheet["A1"] = "项目名称"  # type: ignore[index]
    sheet["A1"].comment = Comment("请核对", "某人")  # type: ignore[index]
    assert ("comment", "请核对") in {(t.kind, t.text) for t in document(book).told}


def test_a_zero_that_is_shown_as_a_dash_is_zero() -> None:
    book, sheet = page()
    form = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '
    sheet.cell(1, 1, 0).number_format = form  # type: ignore[attr-defined]
    assert texts(document(book).grids[0]) == [["0"]]


def test_escapes_of_the_file_are_no_part_of_a_text() -> None:
    book, sheet = page()
    sheet["A1"] = "甲_x000D_\n乙"  # type: ignore[index]
    assert texts(document(book).grids[0]) == [["甲\n乙"]]


def odd_book() -> Workbook:
    """A sheet with everything that is in no cell."""
    book, sheet = page()
    sheet["B3"] = "项目"  # type: ignore[index]
    sheet["B3"].hyperlink = "https://example.gov.cn/x"  # type: ignore[index]
    sheet["B4"].comment = Comment("此数待核", "甲")  # type: ignore[index]
    sheet.oddHeader.center.text = "内部资料"  # type: ignore[attr-defined]
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"  # type: ignore[attr-defined]
    chart = BarChart()
    chart.title = "完成情况"
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=3))
    sheet.add_chart(chart, "K2")  # type: ignore[attr-defined]
    stream = io.BytesIO()
    Pixels.new("RGB", (4, 4)).save(stream, "PNG")
    sheet.add_image(Image(stream), "B20")  # type: ignore[attr-defined]
    book.defined_names["常数"] = DefinedName("常数", attr_text='"三"')
    return book


def test_what_is_in_no_cell_is_told_with_its_place() -> None:
    found = {(t.kind, t.source, t.text) for t in document(odd_book()).told}
    assert found == {
        ("link", "自评表!B3", "https://example.gov.cn/x"), ("comment", "自评表!B4", "此数待核"),
        ("header", "自评表", "内部资料"), ("chart", "自评表!K2", "完成情况"),
        ("defined_name", "工作簿", '常数＝"三"'),
    }  # fmt: skip


def test_a_picture_is_a_part_of_the_document() -> None:
    (picture,) = [p for p in document(odd_book()).parts if isinstance(p, Picture)]
    assert (picture.source, picture.suffix) == ("自评表!B20", ".png")


TEXT_BOX = """<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from>
<xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>7</xdr:row><xdr:rowOff>0</xdr:rowOff>
</xdr:from><xdr:to><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>9</xdr:row>
<xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="文本框 1"/>
<xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr/><xdr:txBody><a:bodyPr/>
<a:p><a:r><a:t>甲</a:t></a:r></a:p><a:p><a:r><a:t>乙</a:t></a:r></a:p>
</xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"""


def test_a_text_box_is_told_with_its_cell() -> None:
    stream, content = io.BytesIO(), io.BytesIO()
    odd_book().save(stream)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            drawn = name == "xl/drawings/drawing1.xml"
            new.writestr(name, TEXT_BOX if drawn else old.read(name))
    told = read_content("表.xlsx", content.getvalue()).told
    assert ("drawing", "自评表!B8", "甲\n乙") in {(t.kind, t.source, t.text) for t in told}


def test_a_picture_in_a_cell_of_wps_is_a_picture_with_its_place() -> None:
    book, sheet = page()
    sheet["B1"] = '=DISPIMG("ID_1",1)'  # type: ignore[index]
    sheet["B1"].data_type = "s"  # type: ignore[index]
    images = CELL_IMAGES.replace(
        "</xdr:nvPicPr>", f'</xdr:nvPicPr><a:blip xmlns:a="a" {LINKS} r:embed="p0"/>'
    )
    link = relationships({"xl/cellimages.xml": "cellImage"}, "wps").partition(">")[2]
    found = read_content("表.xlsx", _with_parts(book, link, {
        "xl/cellimages.xml": images,
        "xl/_rels/cellimages.xml.rels": relationships({"xl/media/image1.png": "image"}),
        "xl/media/image1.png": png("甲"),
    }))  # fmt: skip
    assert found.grids[0].rows[0][1].fault == "picture_in_cell"
    (picture,) = [part for part in found.parts if isinstance(part, Picture)]
    assert (picture.source, picture.text) == ("自评表!B1", "图")


def _with_parts(book: Workbook, link: str, parts: dict[str, str | bytes]) -> bytes:
    """The workbook with these parts, the first of which it links to."""
    before, after = io.BytesIO(), io.BytesIO()
    book.save(before)
    png_type = b'<Default Extension="png" ContentType="image/png"/></Types>'
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b"</Types>", png_type)
            if name == "xl/_rels/workbook.xml.rels":
                content = content.replace(b"</Relationships>", link.encode())
            new.writestr(name, content)
        for name, part in parts.items():
            new.writestr(name, part)
    return after.getvalue()


def test_what_is_struck_through_is_out_and_told() -> None:
    book, sheet = page()
    sheet["A1"], sheet["A2"] = "更新器材", 9  # type: ignore[index]
    sheet["A2"].font = Font(strike=True)  # type: ignore[index]
    sheet["A3"] = CellRichText("12", TextBlock(InlineFont(strike=True), "0"), "场")  # type: ignore[index]
    found = document(book)
    assert texts(found.grids[0]) == [["更新器材"], [""], ["12场"]]
    assert [(t.kind, t.source, t.text) for t in found.told] == [
        ("struck", "自评表!A2", "9"), ("struck", "自评表!A3", "120场")
    ]  # fmt: skip


def test_what_a_format_hides_is_no_value() -> None:
    book, sheet = page()
    for column, value in enumerate((30, "甲", 0), 1):
        sheet.cell(1, column, value).number_format = ";;;"  # type: ignore[attr-defined]
    cells = document(book).grids[0].rows[0]
    assert [(cell.text, cell.fault) for cell in cells] == [("30", "not_shown"), ("甲", "not_shown")]


def test_what_a_merged_cell_covers_is_told() -> None:
    book, sheet = page()
    sheet["A1"] = "自评表"  # type: ignore[index]
    sheet.merge_cells("A1:C1")  # type: ignore[attr-defined]
    stream = io.BytesIO()
    book.save(stream)
    behind = '<c r="B1"><v>95</v></c><c r="C1" t="inlineStr"><is><t>自评表</t></is></c></row>'
    with zipfile.ZipFile(stream, "a") as package:
        sheet_xml = package.read("xl/worksheets/sheet1.xml").decode()
    sheet_xml = re.sub(r'(<c r="[BC]1"[^>]*/>)+', "", sheet_xml).replace("</row>", behind, 1)
    made = io.BytesIO()
    with zipfile.ZipFile(stream) as given, zipfile.ZipFile(made, "w") as package:
        for name in given.namelist():
            content = given.read(name)
            package.writestr(name, sheet_xml if name.endswith("sheet1.xml") else content)
    found = read_content("表.xlsx", made.getvalue())
    covered = [(t.source, t.text) for t in found.told if t.kind == "covered"]
    assert covered == [("自评表!B1", "95")]


def changed(book: Workbook, part: str, old: str, new: str) -> Document:
    """A workbook with something else in the XML of one of its parts."""
    stream, made = io.BytesIO(), io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as given, zipfile.ZipFile(made, "w") as package:
        for name in given.namelist():
            text = given.read(name).decode()
            assert name != part or old in text
            package.writestr(name, text.replace(old, new) if name == part else text)
    return read_content("表.xlsx", made.getvalue())


SHEET = "xl/worksheets/sheet1.xml"


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    book, sheet = page()
    sheet["A1"] = datetime(2025, 3, 20)  # type: ignore[index]
    sheet["A1"].number_format = "yyyy/m/d"  # type: ignore[index]
    book.epoch = CALENDAR_MAC_1904
    assert texts(document(book).grids[0]) == [["2025/3/20"]]


def test_rows_and_columns_without_height_or_width_are_hidden() -> None:
    book, sheet = page()
    for row in (["甲", "乙"], ["丙", "丁"]):
        sheet.append(row)  # type: ignore[attr-defined]
    found = changed(book, SHEET, '<row r="2"', '<row r="2" ht="0" customHeight="1"')
    assert (texts(found.grids[0]), len(found.told)) == ([["甲", "乙"]], 2)
    narrow = '<cols><col min="2" max="2" width="0" customWidth="1"/></cols><sheetData>'
    assert texts(changed(book, SHEET, "<sheetData>", narrow).grids[0]) == [["甲"], ["丙"]]


def test_raised_and_lowered_signs_stay_so() -> None:
    def at(place: str) -> InlineFont:
        return InlineFont(vertAlign=place)

    book, sheet = page()
    sheet["A1"] = CellRichText("5×10", TextBlock(at("superscript"), "3"), "m",  # type: ignore[index]
                               TextBlock(at("superscript"), "2"))  # fmt: skip
    sheet["A2"] = CellRichText("CO", TextBlock(at("subscript"), "2"))  # type: ignore[index]
    sheet["A3"] = CellRichText("98%", TextBlock(at("superscript"), "注1"))  # type: ignore[index]
    assert texts(document(book).grids[0]) == [["5×10³m²"], ["CO₂"], ["98%注1"]]


def test_ticks_in_a_font_of_signs_are_ticks() -> None:
    book, sheet = page()
    sheet["A1"], sheet["A1"].font = "R", Font(name="Wingdings 2")  # type: ignore[index]
    tick = TextBlock(InlineFont(rFont="Wingdings"), "\xfe")
    sheet["A2"] = CellRichText(tick, TextBlock(InlineFont(rFont="宋体"), "优"))  # type: ignore[index]
    assert texts(document(book).grids[0]) == [["☑"], ["☑优"]]


def test_a_number_that_lost_digits_is_no_value() -> None:
    book, sheet = page()
    sheet["A1"], sheet["A1"].number_format = 110101250000000123, "0"  # type: ignore[index]
    assert document(book).grids[0].rows[0][0].fault == "digits_lost"


def test_a_formula_without_a_place_is_not_passed_over() -> None:
    book, sheet = page()
    sheet.append(["得分", "=1+1"])  # type: ignore[attr-defined]
    with pytest.raises(Refusal, match="damaged"):
        changed(book, SHEET, ' r="B1"', "")


def test_no_sheet_is_left_out() -> None:
    book, _ = page()
    for _ in range(101):
        book.create_sheet().append(["甲"])
    with pytest.raises(Refusal, match="too_large"):
        document(book)


def test_a_link_without_a_text_is_an_empty_cell() -> None:
    book, sheet = page()
    sheet["A1"] = "得分"  # type: ignore[index]
    for spot, text in (("B1", None), ("C1", "http://a.invalid/")):
        sheet[spot].hyperlink = "http://a.invalid/"  # type: ignore[index]
        sheet[spot].value, sheet[spot].font = text, Font(bold=True)  # type: ignore[index]
    found = document(book)
    assert texts(found.grids[0]) == [["得分", "", "http://a.invalid/"]]
    assert [entry.source for entry in found.told] == ["自评表!B1", "自评表!C1"]


def of_format(number: int, value: str) -> str:
    """What a cell shows whose format has only a number."""
    styles = (
        f"<styleSheet {IN_SHEETS}><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>"
        "<borders><border><left/></border></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/>"
        f'<xf numFmtId="{number}" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"
    link = '<Relationship Id="{0}" Type="{1}" Target="{2}"/>'
    links = [("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "styles", "styles.xml")]
    rows = f'<sheetData><row r="1"><c r="A1" s="1"><v>{value}</v></c></row></sheetData>'
    content = package({
        "xl/workbook.xml": f'<workbook {IN_SHEETS} {LINKS}><sheets><sheet name="表" sheetId="1" '
                           'r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/'
        'package/2006/relationships">' + "".join(
            link.format(name, kind.format(use), target) for name, use, target in links
        ) + "</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet {IN_SHEETS}>{rows}</worksheet>",
        "xl/styles.xml": styles,
    })  # fmt: skip
    return read_content("表.xlsx", content).grids[0].rows[0][0].text


@pytest.mark.parametrize(
    ("number", "value", "expected"),
    [
        (31, "45736", "2025年3月20日"), (57, "45736", "2025年3月"), (28, "45736", "3月20日"),
        (14, "45736", "2025/3/20"), (33, "0.75", "18时00分00秒"), (44, "1234.5", "¥1,234.50"),
        (43, "-3", "-3.00"), (39, "-3", "-3.00"), (10, "0.9727", "97.27%"), (0, "45736", "45736"),
    ],
)  # fmt: skip
def test_formats_that_a_chinese_excel_has_of_its_own(
    number: int, value: str, expected: str
) -> None:
    assert of_format(number, value) == expected


def test_errors_of_later_excels_and_empty_results_of_formulas() -> None:
    book, sheet = page()
    for column, value in enumerate(("#SPILL!", "#CALC!", "#GETTING_DATA"), 1):
        cell = sheet.cell(1, column, value)  # type: ignore[attr-defined]
        cell.data_type = "e"
    sheet.cell(1, 4, "#SPILL!")  # type: ignore[attr-defined]
    assert [cell.fault for cell in document(book).grids[0].rows[0]] == [*["formula_error"] * 3, ""]


@pytest.mark.parametrize(
    ("kept", "faults"),
    [
        ("<v></v>", ["", ""]), ("<v/>", ["", ""]), ("", ["formula_without_value", ""]),
        ("<v>7</v>", ["", ""]),
    ],
)  # fmt: skip
def test_a_formula_that_shows_nothing_has_a_value(kept: str, faults: list[str]) -> None:
    rows = (
        '<sheetData><row r="1"><c r="A1" t="str"><f>IF(B1="","",B1)</f>'
        + kept
        + '</c><c r="B1"><v>1</v></c></row>'
        "</sheetData>"
    )
    links = relationships({"xl/worksheets/sheet1.xml": "worksheet"}, "r")
    content = package({
        "xl/workbook.xml": f'<workbook {IN_SHEETS} {LINKS}><sheets><sheet name="表" sheetId="1" '
                           'r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": links,
        "xl/worksheets/sheet1.xml": f"<worksheet {IN_SHEETS}>{rows}</worksheet>",
    })  # fmt: skip
    grids = read_content("表.xlsx", content).grids
    assert [cell.fault for grid in grids for cell in grid.cells()] == faults


def test_conversations_are_told_where_no_note_repeats_them() -> None:
    book, sheet = page()
    sheet["A1"], sheet["B2"] = "指标", 12  # type: ignore[index]
    sheet["A1"].comment = Comment("[线程批注]\n批注:\n    请核对指标", "tc={1}")  # type: ignore[index]
    said = "".join(
        f'<threadedComment ref="{ref}" personId="p" id="{n}"><text>{text}</text></threadedComment>'
        for n, (ref, text) in enumerate(
            [("A1", "请核对指标"), ("B2", "数字从哪里来？"), ("B2", " ")]
        )
    )
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    before, after = io.BytesIO(), io.BytesIO()
    book.save(before)
    part, links = "xl/threadedComments/threadedComment1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
    link = (
        '<Relationship Id="t1" Type="http://schemas.microsoft.com/office/2017/10/relationships/'
        f'threadedComment" Target="/{part}"/></Relationships>'
    )
    kind = (
        f'<Override PartName="/{part}" '
        'ContentType="application/vnd.ms-excel.threadedcomments+xml"/></Types>'
    )
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == links:
                text = text.replace(b"</Relationships>", link.encode())
            if name == "[Content_Types].xml":
                text = text.replace(b"</Types>", kind.encode())
            new.writestr(name, text)
        new.writestr(part, f'<ThreadedComments xmlns="{space}">{said}</ThreadedComments>')
    told = read_content("表.xlsx", after.getvalue()).told
    assert [(t.source, t.text) for t in told if t.kind == "comment"] == [
        ("自评表!A1", "[线程批注]\n批注:\n    请核对指标"), ("自评表!B2", "数字从哪里来？"),
    ]  # fmt: skip
