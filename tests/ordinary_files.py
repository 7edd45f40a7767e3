"""Files as Word, Excel, WPS and LibreOffice write them every day, with all that they add by
themselves; nothing in them is a finding.

LibreOffice's own lie under fixtures/ordinary/; those of the others are put together here, part by
part, or by openpyxl and python-docx.
"""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import docx as python_docx
import openpyxl
import pikepdf
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt, RGBColor
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from pikepdf import Array, Dictionary, Name
from PIL import Image

from sample_files import SHEET, WORD, new_pdf, package, paragraph, png, relationships
from sample_files import xlsx as sheets

FIXTURES = Path(__file__).parent / "fixtures" / "ordinary"
TEXT = paragraph("本局2025年度绩效自评表如下，共三项指标，全部完成。")
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"

# --- what Word adds to every document -----------------------------------------------------------

THEME = f'<a:theme xmlns:a="{DRAWING}/main" name="Office 主题"><a:themeElements/></a:theme>'
STYLES = (
    f'<w:styles {WORD}><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr>'
    '</w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a">'
    '<w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="1">'
    '<w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="table" w:styleId="grid">'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:color w:val="FFFFFF" w:themeColor="background1"/>'
    '</w:rPr><w:tcPr><w:shd w:val="clear" w:fill="4472C4" w:themeFill="accent1"/></w:tcPr>'
    "</w:tblStylePr></w:style></w:styles>"
)
SETTINGS = (
    f'<w:settings {WORD} {W14}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:rsids><w:rsidRoot w:val="00B47730"/></w:rsids><w:themeFontLang '
    'w:val="en-US" w:eastAsia="zh-CN"/><w14:docId w14:val="24062061"/></w:settings>'
)
FONTS = f'<w:fonts {WORD}><w:font w:name="宋体"><w:charset w:val="86"/></w:font></w:fonts>'
WEB = f"<w:webSettings {WORD}><w:optimizeForBrowser/></w:webSettings>"
NOTES = (
    f'<w:footnotes {WORD}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r>'
    '</w:p></w:footnote><w:footnote w:id="1">{}</w:footnote></w:footnotes>'
)
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>自评报告</dc:title>'
    "<dc:creator>Administrator</dc:creator><cp:lastModifiedBy>Windows 用户</cp:lastModifiedBy>"
    "<cp:revision>3</cp:revision></cp:coreProperties>"
)
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Template>Normal.dotm</Template><TotalTime>5</TotalTime><Pages>1</Pages><Words>20</Words>"
    "<Application>Microsoft Office Word</Application><DocSecurity>0</DocSecurity>"
    "<Company></Company><AppVersion>16.0000</AppVersion></Properties>"
)
KINGSOFT = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">'
    '<vt:lpwstr>2052-12.1.0.16120</vt:lpwstr></property><property name="ICV"><vt:lpwstr>'
    "0F6B2A1D9C_13</vt:lpwstr></property></Properties>"
)
SOURCES = (
    '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography" '
    'SelectedStyle="/APA.XSL" StyleName="APA"/>'
)
WPS_DATA = (
    '<s:customData xmlns="http://www.wps.cn/officeDocument/2013/wpsCustomData" '
    'xmlns:s="http://www.wps.cn/officeDocument/2013/wpsCustomData"><customSectProps>'
    "<customSectPr/></customSectProps></s:customData>"
)
ALWAYS: dict[str, str | bytes] = {
    "word/theme/theme1.xml": THEME, "word/styles.xml": STYLES, "word/settings.xml": SETTINGS,
    "word/fontTable.xml": FONTS, "word/webSettings.xml": WEB, "docProps/core.xml": CORE,
    "docProps/app.xml": APP,
}  # fmt: skip


def word(body: str, **parts: str | bytes) -> bytes:
    """A document of Word's with this after its first paragraph."""
    named = {name.replace("__", "/"): part for name, part in parts.items()}
    document = f"<w:document {WORD} {W14}><w:body>{TEXT}{body}<w:sectPr/></w:body></w:document>"
    return package({"word/document.xml": document, **ALWAYS, **named})


def jpeg(**save: object) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(content, "JPEG", **save)
    return content.getvalue()


def transparent() -> bytes:
    content = io.BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 90)).save(content, "PNG")
    return content.getvalue()


def field(code: str, result: str = "1") -> str:
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f"<w:p>{sign.format('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>"
        f"{sign.format('separate')}<w:r><w:t>{result}</w:t></w:r>{sign.format('end')}</w:p>"
    )


def white(text: str) -> str:
    return f'<w:p><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>{text}</w:t></w:r></w:p>'


SHADED = (
    '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="1F4E79"/></w:tcPr>'
    f"{white('指标名称')}</w:tc></w:tr></w:tbl>"
)
STYLED = (
    '<w:tbl><w:tblPr><w:tblStyle w:val="grid"/></w:tblPr><w:tr><w:tc>'
    f"{white('指标')}</w:tc></w:tr></w:tbl>"
)
BOX = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-'
    'compatibility/2006"><mc:Choice Requires="wps"><w:drawing><wps:wsp xmlns:wps="http://schemas.'
    f'microsoft.com/office/word/2010/wordprocessingShape" xmlns:a="{DRAWING}/main"><wps:spPr>'
    '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill></wps:spPr><wps:txbx>'
    f"<w:txbxContent>{white('说明')}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)
SEAL = (
    f'<w:p><w:r><w:drawing><wp:anchor xmlns:wp="{DRAWING}/wordprocessingDrawing" behindDoc="0">'
    '<wp:wrapNone/><wp:docPr id="3" name="图片 3" descr="电子印章"/><a:graphic xmlns:a="'
    f'{DRAWING}/main"><a:blip/></a:graphic></wp:anchor></w:drawing></w:r></w:p>'
)
STAMP = SEAL.replace("<a:blip/>", '<a:blip xmlns:r="r" r:embed="q0"/>')
RUBY = (
    "<w:p><w:r><w:ruby><w:rt><w:r><w:t>shi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>泜</w:t></w:r>"
    "</w:rubyBase></w:ruby></w:r></w:p>"
)
TICKED = (
    '<w:p><w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:t>是</w:t></w:r><w:sdt><w:sdtPr>'
    "<w14:checkbox/></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt></w:p>"
)
OLD_FORM = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/>'
    "</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
EMPTY_MARK = '<w:p><w:pPr><w:rPr><w:vanish/><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
TOC = (
    '<w:p><w:hyperlink w:anchor="_Toc1" w:history="1"><w:r><w:t>一、概况</w:t></w:r><w:r><w:rPr>'
    "<w:webHidden/></w:rPr><w:tab/><w:t>1</w:t></w:r></w:hyperlink></w:p>"
    '<w:bookmarkStart w:id="0" w:name="_Toc1"/><w:bookmarkEnd w:id="0"/>'
)
PLACEHOLDERS = (
    f"<w:glossaryDocument {WORD}><w:docParts><w:docPart><w:docPartPr><w:category>"
    '<w:gallery w:val="placeholder"/></w:category></w:docPartPr><w:docPartBody>'
    f"{paragraph('单击或点击此处输入文字。')}</w:docPartBody></w:docPart></w:docParts>"
    "</w:glossaryDocument>"
)
WATERMARK = (
    f'<w:hdr {WORD}><w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="a" '
    'style="position:absolute;z-index:-251658752" fillcolor="silver"><v:textpath string="公开"/>'
    "</v:shape></w:pict></w:r></w:p></w:hdr>"
)
NUMBERING = (
    f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
MATH = (
    '<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>'
    "a+b</m:t></m:r></m:oMath></w:p>"
)
WORD_FILES: dict[str, bytes] = {
    "Word: a page": word(""),
    "Word: thumbnail": word("", **{"docProps/thumbnail.jpeg": jpeg()}),
    "Word: footnotes": word("", **{"word/footnotes.xml": NOTES.format(paragraph("见附件。"))}),
    "Word: header and page numbers": word(
        field(" PAGE ") + field(" NUMPAGES \\* MERGEFORMAT "),
        **{"word/header1.xml": f"<w:hdr {WORD}>{paragraph('云泽区民政局')}</w:hdr>",
           "word/footer1.xml": f"<w:ftr {WORD}>{field('PAGE')}</w:ftr>"},
    ),
    "Word: contents": word(field(' TOC \\o "1-3" \\h \\z \\u ') + TOC),
    "Word: numbers": word('<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr></w:p>',
                          **{"word/numbering.xml": NUMBERING}),
    "Word: white head of a table": word(SHADED),
    "Word: head by a table's style": word(STYLED),
    "Word: text box": word(BOX),
    "Word: seal over the date": word(SEAL),
    "Word: transparent seal": word(STAMP, **{
        "word/_rels/document.xml.rels": relationships({"word/media/seal.png": "image"}, "q"),
        "word/media/seal.png": transparent(),
    }),
    "Word: watermark": word("", **{"word/header1.xml": WATERMARK}),
    "Word: phonetic guide": word(RUBY),
    "Word: phonetic guide by a field": word(field(
        'EQ \\* jc2 \\* "Font:宋体" \\* hps10 \\o\\ad(\\s\\up 9(zhi),泜)', "")),
    "Word: ringed number": word(field("eq \\o\\ac(○,1)", "")),
    "Word: boxes to tick": word(TICKED + OLD_FORM),
    "Word: marks of empty paragraphs": word(EMPTY_MARK),
    "Word: empty fields": word("", **{"word/glossary/document.xml": PLACEHOLDERS}),
    "Word: empty list of sources": word("", **{"customXml/item1.xml": SOURCES}),
    "Word: formula": word(MATH),
    "Word: embedded font": word("", **{"word/fonts/font1.odttf": b"\0" * 40}),
    "Word: picture": word("", **{"word/media/image1.png": png("云泽区民政局")}),
    "Word: links": word("", **{"word/_rels/document.xml.rels": relationships(
        {"https://www.example.gov.cn/": "hyperlink"}, "h", external=True)}),
    "WPS: document": word("", **{"docProps/custom.xml": KINGSOFT, "customXml/item1.xml": WPS_DATA}),
}  # fmt: skip


# --- what Excel and WPS add to every workbook ---------------------------------------------------

ROWS = '<sheetData><row r="1" ht="14.25">{}</row></sheetData>'
ROW = ROWS.format('<c r="A1" t="s"><v>0</v></c><c r="B1"><v>0.3</v></c>')
SHARED = (
    f'<sst {SHEET} count="1" uniqueCount="1"><si><t>指标</t><phoneticPr fontId="1"/></si></sst>'
)
CELL_STYLES = (
    f'<styleSheet {SHEET}><fonts><font><sz val="11"/><color theme="1"/></font><font><color '
    'theme="0"/></font></fonts><fills><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="solid"><fgColor theme="4"/></patternFill></fill></fills>'
    '<cellXfs><xf/><xf fontId="1" fillId="1"/></cellXfs></styleSheet>'
)
EXCEL: dict[str, str] = {
    "xl/sharedStrings.xml": SHARED, "xl/styles.xml": CELL_STYLES, "xl/theme/theme1.xml": THEME,
    "docProps/core.xml": CORE, "docProps/app.xml": APP.replace("Office Word", "Excel"),
}  # fmt: skip


def excel(rows: str = ROW, **parts: str | bytes) -> bytes:
    return sheets({"自评表": rows}, parts={**EXCEL, **parts})  # type: ignore[dict-item]


CELL_IMAGES = (
    '<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" '
    f'xmlns:xdr="{DRAWING}/spreadsheetDrawing"><etc:cellImage><xdr:pic><xdr:nvPicPr>'
    '<xdr:cNvPr id="2" name="ID_1" descr="图"/></xdr:nvPicPr></xdr:pic></etc:cellImage>'
    "</etc:cellImages>"
)
SHEET_FILES: dict[str, bytes] = {
    "Excel: a sheet": excel(),
    "Excel: white head": excel(ROWS.format('<c r="A1" s="1" t="str"><v>甲</v></c>')),
    "Excel: order of calculation": excel(**{"xl/calcChain.xml": f"<calcChain {SHEET}/>"}),
    "Excel: dynamic formulas": excel(**{"xl/metadata.xml": f"<metadata {SHEET}/>"}),
    "Excel: nobody's comments": excel(**{"xl/persons/person.xml": '<personList xmlns="http://schemas.'
                                         'microsoft.com/office/spreadsheetml/2018/threadedcomments"/>'}),
    "Excel: printer": excel(**{"xl/printerSettings/printerSettings1.bin":
                               "HP LaserJet".encode("utf-16-le") + b"\0" * 80}),
    "WPS: workbook": excel(**{"docProps/custom.xml": KINGSOFT}),
    "WPS: pictures in cells": excel(**{"xl/cellimages.xml": CELL_IMAGES,
                                       "xl/media/image1.png": png("云泽区民政局")}),
}  # fmt: skip


def workbook(change: object) -> bytes:
    """A workbook that openpyxl writes, after a function has changed its sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["指标", "目标", "实际", "率"], ["食堂", 12, 12, 1], ["培训", 4, 5, 0.9727]):
        sheet.append(row)
    change(sheet)  # type: ignore[operator]
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _head(sheet) -> None:  # type: ignore[no-untyped-def]
    for cell in sheet[1]:
        cell.font, cell.fill = Font(color="FFFFFF"), PatternFill("solid", fgColor="1F4E79")
        cell.alignment, cell.border = Alignment(wrap_text=True), Border(left=Side("thin"))


def _formats(sheet) -> None:  # type: ignore[no-untyped-def]
    sheet["D3"].number_format = "0.00%"
    sheet["A5"] = datetime.date(2025, 3, 20)
    sheet["A5"].number_format = 'yyyy"年"m"月"d"日"'


def _merge(sheet) -> None:  # type: ignore[no-untyped-def]
    sheet["A6"] = "备注：无"
    sheet.merge_cells("A6:D6")


def _chart(sheet) -> None:  # type: ignore[no-untyped-def]
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "F2")


def _table(sheet) -> None:  # type: ignore[no-untyped-def]
    sheet.add_table(Table(displayName="表1", ref="A1:D3"))


def _choices(sheet) -> None:  # type: ignore[no-untyped-def]
    choices = DataValidation(type="list", formula1='"优,良,中,差"')
    choices.add("E2")
    sheet.add_data_validation(choices)


def _colours(sheet) -> None:  # type: ignore[no-untyped-def]
    rule = CellIsRule(operator="lessThan", formula=["1"], fill=PatternFill(bgColor="FFC7CE"))
    sheet.conditional_formatting.add("D2:D3", rule)


def _picture(sheet) -> None:  # type: ignore[no-untyped-def]
    sheet.add_image(SheetImage(io.BytesIO(png("云泽区民政局"))), "F2")


def _print(sheet) -> None:  # type: ignore[no-untyped-def]
    sheet.oddFooter.center.text = "第 &P 页"
    sheet.print_area, sheet.print_title_rows = "A1:D3", "1:1"
    sheet.freeze_panes, sheet.auto_filter.ref = "A2", "A1:D3"


def _link(sheet) -> None:  # type: ignore[no-untyped-def]
    sheet["A2"].hyperlink = "https://www.example.gov.cn/"


SHEET_FILES |= {
    f"openpyxl: {change.__name__[1:]}": workbook(change)
    for change in (
        _head,
        _formats,
        _merge,
        _chart,
        _table,
        _choices,
        _colours,
        _picture,
        _print,
        _link,
    )
}


def _document() -> bytes:
    """A document that python-docx writes: headings, lists, a shaded table, a picture."""
    document = python_docx.Document()
    document.core_properties.author = ""
    document.add_heading("自评报告", 0)
    document.add_paragraph("第一项", style="List Number")
    run = document.add_paragraph().add_run("小字号说明")
    run.font.size, run.font.color.rgb = Pt(8), RGBColor(0x59, 0x59, 0x59)
    table = document.add_table(1, 2, style="Table Grid")
    head = table.cell(0, 0).paragraphs[0].add_run("指标")
    head.font.color.rgb = RGBColor(255, 255, 255)
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "1F4E79")
    table.cell(0, 0)._tc.get_or_add_tcPr().append(shade)
    document.sections[0].header.paragraphs[0].text = "云泽区民政局"
    document.add_picture(io.BytesIO(png("云泽区民政局")))
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


# --- PDF and pictures ---------------------------------------------------------------------------

LINE = "Annual report of the bureau, all indicators met"


def page(before: str = "", after: str = "", change: object = None) -> bytes:
    document = new_pdf(LINE)
    document.pages[0].contents_add(before.encode(), prepend=True)
    document.pages[0].contents_add(after.encode())
    if change:
        change(document)  # type: ignore[operator]
    content = io.BytesIO()
    document.save(content, linearize=change is None and not before)
    return content.getvalue()


def _layer(document: pikepdf.Pdf) -> None:
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name="图层 1"))
    document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(ON=Array([layer])))


def _web_link(document: pikepdf.Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]),
                      A=Dictionary(S=Name.URI, URI="https://www.example.gov.cn/"))  # fmt: skip
    document.pages[0].Annots = Array([document.make_indirect(link)])


def _metadata(document: pikepdf.Pdf) -> None:
    document.docinfo["/Creator"], document.docinfo["/Producer"] = "WPS 文字", "WPS"
    with document.open_metadata() as metadata:
        metadata["xmp:CreatorTool"], metadata["dc:title"] = "WPS", "报告"
        metadata["xmpMM:DocumentID"] = "uuid:1"


def _see_through(document: pikepdf.Pdf) -> None:
    document.pages[0].Resources.ExtGState = Dictionary(G=Dictionary(ca=0.3, BM=Name.Multiply))
    document.pages[0].contents_add(b"/G gs 1 1 0 rg 0 0 400 60 re f")


HEAD = "0.1 0.2 0.5 rg 0 0 500 60 re f 1 g "
FRAME = (
    "q 0 0 400 1 re 0 59 400 1 re f Q 0 g q 0 0 400 60 re 1 1 398 58 re f* Q 0 g 0 0 400 60 re S"
)
ORDINARY: dict[str, tuple[str, bytes]] = {
    **{name: ("a.docx", content) for name, content in WORD_FILES.items()},
    "python-docx: a report": ("a.docx", _document()),
    **{name: ("a.xlsx", content) for name, content in SHEET_FILES.items()},
    **{path.name: (path.name, path.read_bytes()) for path in sorted(FIXTURES.iterdir())},
    "PDF: a page": ("a.pdf", page()),
    "PDF: dark head": ("a.pdf", page(HEAD)),
    "PDF: lines of a table": ("a.pdf", page("", FRAME)),
    "PDF: marker": ("a.pdf", page(change=_see_through)),
    "PDF: layer that is on": ("a.pdf", page(change=_layer)),
    "PDF: link": ("a.pdf", page(change=_web_link)),
    "PDF: metadata of a program": ("a.pdf", page(change=_metadata)),
    "picture: JPEG": ("a.jpg", jpeg()),
    "picture: JPEG of a program": ("a.jpg", jpeg(comment="CREATOR: gd-jpeg v1.0")),
    "picture: PNG": ("a.png", png("云泽区民政局")),
    "table as text": ("a.csv", "名称,金额\n食堂,12\n".encode("gb18030")),
}
