"""Word files as an accepted document shows them, and what they have besides."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from docx import Document as new_document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from evalpress.importing.intake import read_content
from evalpress.importing.neutral import Document, Grid, Line, Picture
from sample_files import WORD, docx


def read(document: Any) -> Document:
    stream = io.BytesIO()
    document.save(stream)
    return read_content("报告.docx", stream.getvalue())


def lines(document: Any) -> list[str]:
    return [f"{p.number}{p.text}" for p in read(document).parts if isinstance(p, Line)]


def body(document: Any, *elements: str) -> None:
    for element in elements:
        document.element.body.insert(
            len(document.element.body) - 1, parse_xml(element.replace(">", f" {nsdecls('w')}>", 1))
        )


def test_automatic_numbers_are_part_of_the_text() -> None:
    document = new_document()
    document.add_paragraph("部门概况", style="List Number")
    document.add_paragraph("部门收支", style="List Number")
    assert lines(document) == ["1.部门概况", "2.部门收支"]


def test_insertions_are_in_and_deletions_out_and_told() -> None:
    document = new_document()
    body(
        document,
        "<w:p><w:r><w:t>得分</w:t></w:r><w:del w:author='甲'><w:r><w:delText>90</w:delText></w:r>"
        "</w:del><w:ins w:author='甲'><w:r><w:t>95</w:t></w:r></w:ins></w:p>",
    )
    found = read(document)
    assert [p.text for p in found.parts if isinstance(p, Line)] == ["得分95"]
    assert {(t.kind, t.text) for t in found.told} >= {("deleted", "90"), ("inserted", "")}


def test_content_controls_are_read() -> None:
    document = new_document()
    body(
        document,
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>在控件里</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:p><w:sdt><w:sdtContent><w:r><w:t>句中控件</w:t></w:r></w:sdtContent></w:sdt></w:p>",
    )
    assert lines(document) == ["在控件里", "句中控件"]


def test_hidden_text_is_told_and_not_read() -> None:
    document = new_document()
    body(
        document,
        "<w:p><w:r><w:t>见</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>不见</w:t></w:r></w:p>",
    )
    found = read(document)
    assert [p.text for p in found.parts if isinstance(p, Line)] == ["见"]
    assert ("hidden_text", "不见") in {(t.kind, t.text) for t in found.told}


def test_merged_cells_are_one_and_name_their_place() -> None:
    document = new_document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "产出指标"
    table.cell(2, 2).text = "末"
    grid = next(p for p in read(document).parts if isinstance(p, Grid))
    assert [[c.text for c in row] for row in grid.rows] == [
        ["产出指标", "产出指标", ""], ["产出指标", "产出指标", ""], ["", "", "末"],
    ]  # fmt: skip
    assert grid.rows[1][1].source == "表1第1行第1列"
    assert grid.rows[2][2].source == "表1第3行第3列"


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\xff\xff\xff")
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def test_pictures_are_kept_with_their_place() -> None:
    document = new_document()
    document.add_paragraph("食堂外景")
    document.add_picture(io.BytesIO(png()))
    pictures = [p for p in read(document).parts if isinstance(p, Picture)]
    assert [(p.suffix, p.source, p.content) for p in pictures] == [(".png", "第1段", png())]


def test_text_boxes_are_read_where_they_stand_and_told() -> None:
    document = new_document()
    document.add_paragraph("前")
    body(
        document,
        "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
        "</w:pict></w:r></w:p>",
    )
    document.add_paragraph("后")
    found = read(document)
    assert [p.text for p in found.parts if isinstance(p, Line)] == ["前", "框内", "后"]
    assert "text_box" in {t.kind for t in found.told}


def test_a_table_in_a_frame_is_a_table_of_its_own() -> None:
    document = new_document()
    frame = document.add_table(1, 1).cell(0, 0)
    frame.text = "项目支出绩效自评表"
    inner = frame.add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "项目名称", "水渠修缮"
    found = read(document)
    assert [line.text for line in found.parts if isinstance(line, Line)] == ["项目支出绩效自评表"]
    assert [c.text for grid in found.grids for c in grid.cells()] == ["项目名称", "水渠修缮"]


def test_what_is_struck_through_is_out_and_told() -> None:
    document = new_document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0).paragraphs[0]
    cell.add_run("350").font.strike = True
    cell.add_run("368人")
    document.add_paragraph().add_run("此段删去").font.double_strike = True
    found = read(document)
    assert [[c.text for c in row] for part in found.parts if isinstance(part, Grid)
            for row in part.rows] == [["368人"]]  # fmt: skip
    assert [(t.kind, t.text) for t in found.told] == [("struck", "350"), ("struck", "此段删去")]


def test_a_table_in_a_cell_stands_apart_behind_the_outer_one() -> None:
    document = new_document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "绩效指标"
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "三级指标", "得分"
    found = read(document)
    assert [[c.text for c in g.rows[0]] for g in found.grids] == [
        ["绩效指标", ""], ["三级指标", "得分"]
    ]  # fmt: skip
    assert [(t.kind, t.source) for t in found.told] == [("nested_table", "表1第1行第2列")]


RUN = "<w:r><w:t>{}</w:t></w:r>"
BOX = "<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{}</w:ffData></w:fldChar></w:r>"
END = "<w:r><w:fldChar w:fldCharType='end'/></w:r>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (BOX.format("<w:checkBox><w:checked/></w:checkBox>") + END + RUN.format("优"), "☑优"),
        (BOX.format("<w:checkBox><w:default w:val='0'/></w:checkBox>") + END, "□"),
        (BOX.format("<w:ddList><w:result w:val='1'/><w:listEntry w:val='优'/>"
                    "<w:listEntry w:val='良'/></w:ddList>") + END, "良"),
        ("<w:r><w:rPr><w:rFonts w:ascii='Wingdings 2'/></w:rPr><w:t>R</w:t></w:r>", "☑"),
        (RUN.format("10") + "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"
         "<w:t>3</w:t></w:r>", "10³"),
        (RUN.format("10")
         + "<w:r><w:rPr><w:position w:val='12'/></w:rPr><w:t>3</w:t></w:r>", "10³"),
        ("<w:r><w:rPr><w:position w:val='2'/></w:rPr><w:t>480</w:t></w:r>", "480"),
        ("<w:r><w:ruby><w:rt>" + RUN.format("xiū") + "</w:rt><w:rubyBase>" + RUN.format("修")
         + "</w:rubyBase></w:ruby></w:r>", "修"),
        ("<m:oMath><m:r><m:t>≥95%</m:t></m:r></m:oMath>", "≥95%"),
    ],
)  # fmt: skip
def test_what_stands_there_is_read_as_it_is_set(inner: str, text: str) -> None:
    document = new_document()
    body(document, f"<w:p {MATH}>{inner}</w:p>")
    assert lines(document) == [text]


MATH = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"


def test_a_formula_that_is_no_line_is_told() -> None:
    document = new_document()
    fraction = "<m:f><m:num><m:r><m:t>完成数</m:t></m:r></m:num><m:den><m:r><m:t>计划数</m:t></m:r>"
    body(
        document, f"<w:p {MATH}>{RUN.format('率')}<m:oMath>{fraction}</m:den></m:f></m:oMath></w:p>"
    )
    assert lines(document) == ["率"]
    assert ("formula", "完成数 计划数") in {(t.kind, t.text) for t in read(document).told}


def test_the_prompt_of_an_empty_control_is_no_text() -> None:
    document = new_document()
    body(document, f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p>"
         f"{RUN.format('单击此处输入')}</w:p></w:sdtContent></w:sdt>",
         f"<w:p>{RUN.format('得分')}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
         f"{RUN.format('选择一项')}</w:sdtContent></w:sdt></w:p>")  # fmt: skip
    assert lines(document) == ["得分"]
    said = {(t.kind, t.text) for t in read(document).told}
    assert {("prompt", "单击此处输入"), ("prompt", "选择一项")} <= said


def test_a_paragraph_whose_end_was_deleted_goes_on_with_the_next() -> None:
    document = new_document()
    end = "<w:pPr><w:rPr><w:del w:author='甲'/></w:rPr></w:pPr>"
    body(
        document,
        f"<w:p>{end}{RUN.format('一处返工。')}</w:p>",
        f"<w:p>{RUN.format('已整改。')}</w:p>",
    )
    assert lines(document) == ["一处返工。已整改。"]


def test_charts_and_diagrams_are_told() -> None:
    document = new_document()
    document.add_paragraph("得分")
    space = "http://schemas.openxmlformats.org/drawingml/2006"
    for kind, inner in (("chart", "<c:chart r:id='no'/>"), ("diagram", "<c:relIds r:dm='no'/>")):
        body(document, f"<w:p xmlns:a='{space}/main' xmlns:c='{space}/{kind}' xmlns:r="
             "'http://schemas.openxmlformats.org/officeDocument/2006/relationships'><w:r><w:drawing>"
             f"<a:graphic><a:graphicData uri='{space}/{kind}'>{inner}</a:graphicData></a:graphic>"
             "</w:drawing></w:r></w:p>")  # fmt: skip
    assert [t.kind for t in read(document).told] == ["chart", "drawing"]


@pytest.mark.parametrize(
    ("content", "said"),
    [("<html><p>插入的正文</p></html>".encode(), ["插入的正文"]), (b"{\\rtf1}", [])],
)
def test_a_file_put_in_whole_is_read_or_told(content: bytes, said: list[str]) -> None:
    document = new_document()
    part = Part(PackURI("/word/chunk.dat"), "text/html", content, document.part.package)
    own = document.part.relate_to(part, f"{OFFICE}/aFChunk")
    document.add_paragraph("前")
    body(document, f"<w:altChunk xmlns:r='{OFFICE}' r:id='{own}'></w:altChunk>")
    assert lines(document) == ["前", *said]
    assert [t.kind for t in read(document).told] == ([] if said else ["chunk"])


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def coded(code: str, result: str = "") -> str:
    """A field with its code, and a result where Word keeps one."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    kept = f"{mark.format('separate')}<w:r><w:t>{result}</w:t></w:r>" if result else ""
    code = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return f"{mark.format('begin')}{code}{kept}{mark.format('end')}"


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        (coded(r" EQ \o\ac(○,6) "), "甲⑥乙"),
        (coded(r' SYMBOL 254 \f "Wingdings" \s 12 '), "甲☑乙"),
        (coded(" SEQ 表 ", "3"), "甲3乙"),
        (coded(" PAGE "), "甲乙"),
        (
            coded(f" IF 1 = </w:instrText></w:r>{coded('PAGE', '7')}<w:r><w:instrText>", "是"),
            "甲是乙",
        ),
    ],
)
def test_fields_are_read_as_word_shows_them(field: str, shown: str) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = f"<w:p>{run.format('甲')}{field}{run.format('乙')}</w:p>"
    (line,) = read_content("文.docx", docx(body)).parts
    assert isinstance(line, Line) and line.text == shown


def test_numbers_that_only_word_counts_are_told() -> None:
    found = read_content(
        "文.docx", docx(f"<w:p>{coded(' LISTNUM ')}<w:r><w:t>甲</w:t></w:r></w:p>")
    )
    assert ("counted", "第1段", "LISTNUM") in [(t.kind, t.source, t.text) for t in found.told]


NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def listed(text: str, deleted: bool = False) -> str:
    """A paragraph of a list; a deleted one with its end."""
    mark = '<w:rPr><w:del w:id="1" w:author="甲"/></w:rPr>' if deleted else ""
    run = f"<w:r><w:t>{text}</w:t></w:r>"
    gone = f'<w:del w:id="2" w:author="甲"><w:r><w:delText>{text}</w:delText></w:r></w:del>'
    return f"<w:p><w:pPr>{NUMBERED}{mark}</w:pPr>{gone if deleted else run}</w:p>"


def counting(form: str) -> str:
    return (
        f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start '
        f'w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


@pytest.mark.parametrize("frame", ["{}", "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"])
def test_a_deleted_paragraph_is_not_counted(frame: str) -> None:
    body = frame.format(listed("甲") + listed("乙", deleted=True) + listed("丙"))
    found = read_content("文.docx", docx(body, word__numbering_xml=counting("chineseCounting")))
    said = "\n".join(
        p.number + p.text if isinstance(p, Line) else p.rows[0][0].text for p in found.parts
    )  # fmt: skip
    assert said == "一、甲\n二、丙"


@pytest.mark.parametrize(("form", "told"), [("chineseCounting", []), ("hebrew1", ["hebrew1"])])
def test_a_number_format_that_is_not_known_is_told(form: str, told: list[str]) -> None:
    found = read_content("文.docx", docx(listed("甲"), word__numbering_xml=counting(form)))
    assert [t.text for t in found.told if t.kind == "number_format"] == told


def styled(kind: str, properties: str) -> str:
    return (
        f'<w:styles {WORD}><w:style w:type="{kind}" w:styleId="below"><w:rPr>{properties}</w:rPr>'
        f'</w:style><w:style w:type="{kind}" w:styleId="own"><w:basedOn w:val="below"/></w:style>'
        "</w:styles>"
    )


@pytest.mark.parametrize(
    ("properties", "shown", "told"),
    [
        ("<w:vanish/>", "甲", [("hidden_text", "密")]),
        ("<w:strike/>", "甲", [("struck", "密")]),
        ("<w:dstrike/>", "甲", [("struck", "密")]),
        ('<w:vanish w:val="0"/>', "甲密", []),
        ('<w:color w:val="FFFFFF"/>', "甲密", [("unseen_text", "密")]),
        ('<w:sz w:val="2"/>', "甲密", [("unseen_text", "密")]),
        ("<w:b/>", "甲密", []),
    ],
)
@pytest.mark.parametrize("own", ['<w:rStyle w:val="own"/>', ""])
def test_what_a_style_hides_is_hidden(
    properties: str, shown: str, told: list[tuple[str, str]], own: str
) -> None:
    text = f"<w:r><w:rPr>{own or properties}</w:rPr><w:t>密</w:t></w:r>"
    parts = {"word__styles_xml": styled("character", properties)} if own else {}
    found = read_content("文.docx", docx(f"<w:p><w:r><w:t>甲</w:t></w:r>{text}</w:p>", **parts))
    (line,) = found.parts
    assert isinstance(line, Line) and line.text == shown
    assert [(t.kind, t.text) for t in found.told] == told


def test_signs_of_a_style_of_symbols_and_of_usual_fonts() -> None:
    fonts = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    body = (
        '<w:p><w:r><w:rPr><w:rStyle w:val="own"/></w:rPr><w:t>\uf0fc</w:t></w:r>'
        '<w:r><w:sym w:font="宋体" w:char="2265"/></w:r><w:r><w:t>90</w:t></w:r></w:p>'
    )
    found = read_content("文.docx", docx(body, word__styles_xml=styled("character", fonts)))
    (line,) = found.parts
    assert isinstance(line, Line) and line.text == "✔≥90"


def test_what_a_merged_or_deleted_cell_holds_is_told() -> None:
    cell = "<w:tr><w:tc><w:tcPr>{}</w:tcPr>{}</w:tc></w:tr>"
    text = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    body = (
        "<w:tbl>" + cell.format('<w:vMerge w:val="restart"/>', text.format("产出"))
        + cell.format("<w:vMerge/>", text.format("盖")) + cell.format("<w:vMerge/>", "<w:p/>")
        + cell.format('<w:cellDel w:id="1" w:author="甲"/>', text.format("删")) + "</w:tbl>"
    )  # fmt: skip
    found = read_content("文.docx", docx(body))
    assert [(t.kind, t.source, t.text) for t in found.told] == [
        ("covered", "表1第2行第1列", "盖"), ("cell_deleted", "表1第4行第1列", "删"),
    ]  # fmt: skip


def test_drawn_words_are_told_and_a_large_first_letter_is_one_with_its_text() -> None:
    path = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
        '<v:textpath string="艺术字"/>'
        "</v:shape></w:pict></w:r>"
    )
    body = (
        '<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr><w:r><w:t>首</w:t></w:r></w:p>'
        f"<w:p><w:r><w:t>字下沉。</w:t></w:r>{path}</w:p>"
    )
    found = read_content("文.docx", docx(body))
    (line,) = found.parts
    assert isinstance(line, Line) and line.text == "首字下沉。"
    assert [(t.kind, t.text) for t in found.told] == [("drawing", "艺术字")]


def test_a_page_break_divides_what_stands_on_two_pages() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = f'<w:p>{run.format("甲")}<w:r><w:br w:type="page"/></w:r>{run.format("乙")}</w:p>'
    (line,) = read_content("文.docx", docx(body)).parts
    assert isinstance(line, Line) and line.text == "甲\n乙"
