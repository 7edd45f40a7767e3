"""Files that hide something, one for each way to hide it, for the tests that nothing passes unread.

`HIDDEN` gives for each way the file's name, its content, and what must be told: a kind of hidden
content, `property:…` for metadata, or `unread`. Each is a sibling of what was once published.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, PngImagePlugin

from sample_files import (
    CORE,
    RELATIONS,
    SHEET,
    WORD,
    archive,
    docx,
    jpeg,
    new_pdf,
    package,
    paragraph,
    png,
    relationships,
    xlsx,
)

SECRET = "联系人甲某，手机13800138000"
BODY = paragraph("本局2025年度绩效自评表如下，共三项指标。")
PATH = "C:\\Users\\zhangsan\\Desktop\\表.xlsx"


WHITE = '<w:color w:val="FFFFFF"/>'


def run(properties: str, text: str = SECRET, paragraph_properties: str = "") -> str:
    return (
        f"<w:p><w:pPr>{paragraph_properties}</w:pPr><w:r><w:rPr>{properties}</w:rPr>"
        f"<w:t>{text}</w:t></w:r></w:p>"
    )


def words(body: str, **parts: str | bytes) -> bytes:
    return docx(BODY + body, **parts)


def field(code: str) -> str:
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f"<w:p>{sign.format('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>"
        f"{sign.format('separate')}<w:r><w:t>1</w:t></w:r>{sign.format('end')}</w:p>"
    )


def anchored(shape: str, more: str = "", position: int = 0) -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:anchor xmlns:wp="{DRAWING}/wordprocessingDrawing" {more}>'
        f"<wp:positionH><wp:posOffset>{position}</wp:posOffset></wp:positionH><wp:wrapNone/>"
        f'<wp:docPr id="1" name="矩形 1"/>{shape}</wp:anchor></w:drawing></w:r></w:p>'
    )


DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
BARE: dict[str, str | bytes] = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>'
    ),
    "_rels/.rels": relationships({"word/document.xml": "officeDocument"}),
    "word/document.xml": f"<w:document {WORD}><w:body>{BODY}</w:body></w:document>",
}
ON_DISK = relationships({PATH: "image"}, "y", external=True)
SHAPE = (
    '<wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    f'xmlns:a="{DRAWING}/main"><wps:spPr><a:prstGeom prst="rect"/><a:solidFill>'
    '<a:srgbClr val="FFFFFF"/></a:solidFill></wps:spPr>{}</wps:wsp>'
)
STYLE = (
    f'<w:styles {WORD}><w:style w:type="character" w:styleId="h"><w:rPr>{{}}</w:rPr></w:style>'
    "</w:styles>"
)
CROPPED = (
    f'<w:p><w:r><w:drawing><a:blipFill xmlns:a="{DRAWING}/main"><a:srcRect r="40000"/>'
    "</a:blipFill></w:drawing></w:r></w:p>"
)


def linked(use: str, name: str, content: str | bytes, main: str = "word/document.xml") -> bytes:
    """A file whose main part uses a part of any name."""
    folder, _, own = main.rpartition("/")
    return package({
        main: docx_body() if "word" in main else "<workbook/>",
        f"{folder}/_rels/{own}.rels": relationships({name: use}, "z"),
        name: content,
    })  # fmt: skip


def docx_body(more: str = "") -> str:
    return f"<w:document {WORD}><w:body>{BODY}{more}</w:body></w:document>"


def duplicate() -> bytes:
    """A file with a second part of a name that differs in case only."""
    return archive({**BARE, "word/Document.xml": f"<a>{SECRET}</a>"})


def header(text: str) -> str:
    return f"<w:hdr {WORD}>{paragraph(text)}</w:hdr>"


WORD_FILES: dict[str, tuple[bytes, str]] = {
    "vanish": (words(run("<w:vanish/>")), "hidden_text"),
    "vanish by style": (
        words(run('<w:rStyle w:val="h"/>'), word__styles_xml=STYLE.format("<w:vanish/>")),
        "hidden_text",
    ),
    "marked black": (words(run('<w:highlight w:val="black"/>')), "hidden_text"),
    "white": (words(run(WHITE)), "hidden_text"),
    "nearly white": (words(run('<w:color w:val="FEFEFE"/>')), "hidden_text"),
    "white by style": (
        words(run('<w:rStyle w:val="h"/>'), word__styles_xml=STYLE.format(WHITE)),
        "hidden_text",
    ),
    "white by theme": (
        words(run('<w:color w:val="FFFFFF" w:themeColor="background1"/>')), "hidden_text"
    ),
    "colour of its shading": (
        words(run('<w:color w:val="FF0000"/><w:shd w:val="clear" w:fill="FF0000"/>')), "hidden_text"
    ),
    "black marker": (
        words(run('<w:color w:val="000000"/><w:highlight w:val="black"/>')), "hidden_text"
    ),
    "tiny": (words(run('<w:sz w:val="2"/>')), "hidden_text"),
    "squeezed": (words(run('<w:w w:val="1"/>')), "hidden_text"),
    "lines without height": (
        words(run("", paragraph_properties='<w:spacing w:line="20" w:lineRule="exact"/>')),
        "hidden_text",
    ),
    "row without height": (
        words(
            '<w:tbl><w:tr><w:trPr><w:trHeight w:val="1" w:hRule="exact"/></w:trPr><w:tc>'
            f"{paragraph(SECRET)}</w:tc></w:tr></w:tbl>"
        ),
        "hidden_row",
    ),
    "frame off the page": (
        words(run("", paragraph_properties='<w:framePr w:x="40000" w:y="1"/>')), "hidden_text"
    ),
    "box off the page": (
        words(anchored(SHAPE.format(f"<w:txbxContent>{paragraph(SECRET)}</w:txbxContent>"),
                       position=90_000_000)),
        "hidden_text",
    ),
    "hidden shape": (
        words(anchored(SHAPE.format("")).replace('name="矩形 1"', 'name="甲" hidden="1"')),
        "hidden_text",
    ),
    "white box over the text": (words(anchored(SHAPE.format(""))), "covering_shape"),
    "white text in a box": (
        words(anchored(SHAPE.format(
            f"<w:txbxContent>{run(WHITE)}</w:txbxContent>"
        ))),
        "hidden_text",
    ),
    "picture over the text": (
        archive({
            **BARE,
            "word/document.xml": docx_body(anchored(
                f'<a:blip xmlns:a="{DRAWING}/main" xmlns:r="{RELATIONS}" r:embed="q0"/>')),
            "word/_rels/document.xml.rels": relationships({"word/media/a.png": "image"}, "q"),
            "word/media/a.png": png("云泽区民政局"),
        }),
        "covering_shape",
    ),
    "old box over the text": (
        words('<w:p><w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" '
              'style="position:absolute;z-index:9"/></w:pict></w:r></w:p>'),
        "covering_shape",
    ),
    "letters without filling": (
        words(run('<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
                  "<w14:noFill/></w14:textFill>")),
        "hidden_text",
    ),
    "letters over each other": (words(run('<w:spacing w:val="-400"/>')), "hidden_text"),
    "white by the paragraph's style": (
        words(run("", paragraph_properties='<w:pStyle w:val="h"/>'),
              word__styles_xml=STYLE.format(WHITE)),
        "hidden_text",
    ),
    "cropped picture": (words(CROPPED), "cropped_picture"),
    "comments": (
        words("", word__comments_xml=f'<w:comments {WORD}><w:comment w:author="李四">'
              f"{paragraph(SECRET)}</w:comment></w:comments>"),
        "comments",
    ),
    "revisions without a name": (
        words(f"<w:p><w:del><w:r><w:delText>{SECRET}</w:delText></w:r></w:del></w:p>"), "revisions"
    ),
    "revision of a row": (
        words('<w:tbl><w:tr><w:trPr><w:del w:author="甲"/></w:trPr><w:tc>'
              f"{paragraph(SECRET)}</w:tc></w:tr></w:tbl>"),
        "revisions",
    ),
    "people": (
        words("", word__people_xml=f'<w:people {WORD}><w:person w:author="张三"/></w:people>'),
        "property:author",
    ),
    "document variables": (
        words("", word__settings_xml=f'<w:settings {WORD}><w:docVars><w:docVar w:name="a" '
              f'w:val="{SECRET}"/></w:docVars></w:settings>'),
        "property:variable",
    ),
    "path of a picture": (
        words('<w:p><w:r><w:drawing><wp:docPr xmlns:wp="http://schemas.openxmlformats.org/x" '
              f'name="图" descr="{PATH}"/></w:drawing></w:r></w:p>'),
        "property:path",
    ),
    "field that shows nothing": (words(field(f' SET a "{SECRET}" ')), "hidden_field"),
    "field of a file": (words(field(' INCLUDETEXT "D:\\\\张三\\\\a.docx" ')), "external_link"),
    "building block": (
        words("", word__glossary__document_xml=f"<w:glossaryDocument {WORD}><w:docParts><w:docPart>"
              '<w:docPartPr><w:category><w:gallery w:val="autoTxt"/></w:category></w:docPartPr>'
              f"<w:docPartBody>{paragraph(SECRET)}</w:docPartBody></w:docPart></w:docParts>"
              "</w:glossaryDocument>"),
        "hidden_text",
    ),
    "smart tag": (
        words('<w:p><w:smartTag><w:smartTagPr><w:attr w:name="a" w:val="张三"/></w:smartTagPr>'
              "</w:smartTag></w:p>"),
        "custom_xml",
    ),
    "custom XML": (
        package({"word/document.xml": docx_body(), "customXml/item1.xml": f"<a>{SECRET}</a>"}),
        "custom_xml",
    ),
    "comment in XML": (words(f"<!-- {SECRET} -->"), "xml_comment"),
    "element of unknown origin": (words('<x:a xmlns:x="urn:me" b="张三"/>'), "unread"),
    "HTML inside": (linked("aFChunk", "word/a.htm", f"<p>{SECRET}</p>"), "unread"),
    "MHT inside": (linked("aFChunk", "a.mht", f"MIME-Version: 1.0\n\n{SECRET}"), "unread"),
    "RTF inside": (linked("aFChunk", "word/x/a.rtf", "{\\rtf1 13800138000}"), "unread"),
    "unknown part": (linked("somethingNew", "word/new.xml", f"<a>{SECRET}</a>"), "unread"),
    "part that nothing uses": (archive({**BARE, "word/lost.xml": f"<a>{SECRET}</a>"}), "unread"),
    "header in another folder": (
        archive({**BARE, "word/_rels/document.xml.rels": relationships({"word/h/a.xml": "header"}),
                 "word/h/a.xml": header(SECRET)}),
        "text:page_header",
    ),
    "names in capitals": (
        archive({**BARE, "word/_RELS/DOCUMENT.XML.RELS": relationships({"word/A.xml": "header"}),
                 "word/a.XML": header(SECRET)}),
        "text:page_header",
    ),
    "symbols of an unknown font": (
        words('<w:p><w:r><w:sym w:font="Secret" w:char="F041"/></w:r></w:p>'), "unread"
    ),
    "macro": (linked("vbaProject", "word/macro.dat", b"\0\1"), "macros"),
    "embedded": (linked("oleObject", "word/any.dat", b"\0\1"), "embedded"),
    "linked picture on a disk": (
        archive({**BARE, "word/_rels/document.xml.rels": ON_DISK}),
        "external_link",
    ),
    "bytes after the end": (words("") + b"13800138000" * 9, "extra_bytes"),
    "two parts of one name": (duplicate(), "unread"),
    "label of an office": (
        package({"word/document.xml": docx_body(), "docMetadata/LabelInfo.xml":
                 '<labelList><label siteId="{1-2}"/></labelList>'}),
        "property:custom",
    ),
    "permission of a person": (words('<w:p><w:permStart w:ed="GOV\\\\zhang"/></w:p>'),
                               "property:author"),
    "name in a picture": (words("", **{"word/media/a.jpg": jpeg()}), "property:author"),
    "custom property": (
        words("", docProps__custom_xml="<Properties><property name='录入'><a>赵六</a></property>"
              "</Properties>"),
        "property:custom",
    ),
    "author": (words("", docProps__core_xml=CORE), "property:author"),
}  # fmt: skip


# --- XLSX ---------------------------------------------------------------------------------------

CELL = f'<c r="A1" t="str"><v>{SECRET}</v></c>'
TABLE = '<sheetData><row r="1">{}</row></sheetData>'


def book(rows: str, parts: dict[str, str] | None = None, hidden: str = "") -> bytes:
    return xlsx({"表": TABLE.format(rows) if "<row" not in rows else rows}, hidden, parts)


def styled(font: str, fill: str = "", code: str = "") -> bytes:
    """One cell in a style of its own."""
    formats = f'<numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts>' if code else ""
    styles = (
        f"<styleSheet {SHEET}>{formats}<fonts><font/><font>{font}</font></fonts><fills><fill/>"
        f"<fill>{fill}</fill></fills><cellXfs><xf/><xf fontId='1' fillId='{int(bool(fill))}' "
        f"numFmtId='{170 if code else 0}'/></cellXfs></styleSheet>"
    )
    value = "<v>13800138000</v>" if code else f"<v>{SECRET}</v>"
    kind = "" if code else 't="str"'
    return book(f'<c r="A1" s="1" {kind}>{value}</c>', {"xl/styles.xml": styles})


def workbook(inner: str, **parts: str | bytes) -> bytes:
    sheets = '<sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets>'
    namespaces = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    return package({
        "xl/workbook.xml": f"<workbook {SHEET} {namespaces}>{inner}{sheets}</workbook>",
        "xl/_rels/workbook.xml.rels": relationships({"xl/worksheets/s.xml": "worksheet"}, "r")
        .replace('Id="r0"', 'Id="r1"'),
        "xl/worksheets/s.xml": f"<worksheet {SHEET}>{TABLE.format(CELL)}</worksheet>",
        **{name.replace("__", "/"): part for name, part in parts.items()},
    })  # fmt: skip


NO_SECTION = (
    f'<styleSheet {SHEET}><numFmts><numFmt numFmtId="170" formatCode=";;;"/></numFmts>'
    '<cellXfs><xf/><xf numFmtId="170"/></cellXfs></styleSheet>'
)
SOLID = "<patternFill patternType='solid'><fgColor rgb='FFFF0000'/></patternFill>"
SHEET_FILES: dict[str, tuple[bytes, str]] = {
    "white": (styled("<color rgb='FFFFFFFF'/>"), "hidden_text"),
    "white by theme": (styled("<color theme='0'/>"), "hidden_text"),
    "colour of the cell": (styled("<color rgb='FFFF0000'/>", SOLID), "hidden_text"),
    "tiny": (styled("<sz val='1'/>"), "hidden_text"),
    "format without sections": (styled("", code=";;;"), "hidden_text"),
    "text in a format without sections": (
        book(f'<c r="A1" s="1" t="str"><v>{SECRET}</v></c>', {"xl/styles.xml": NO_SECTION}),
        "hidden_text",
    ),
    "number that the format cuts": (styled("", code="0.00E+00"), "text:value"),
    "hidden sheet": (xlsx({"表": "", "底稿": TABLE.format(CELL)}, hidden="底稿"), "hidden_sheet"),
    "sheet that is not listed": (
        xlsx({"表": ""}, parts={"xl/worksheets/lost.xml": f"<worksheet>{CELL}</worksheet>"}),
        "hidden_sheet",
    ),
    "row without height": (book(f'<sheetData><row r="1" ht="0">{CELL}</row></sheetData>'),
                           "hidden_row"),
    "column without width": (
        book(f'<cols><col width="0.1"/></cols><sheetData><row r="1">{CELL}</row></sheetData>'),
        "hidden_column",
    ),
    "rows hidden by default": (
        book(f'<sheetFormatPr zeroHeight="1"/><sheetData><row r="1">{CELL}</row></sheetData>'),
        "hidden_row",
    ),
    "below merged cells": (
        book(f'<sheetData><row r="1"><c r="A1" t="str"><v>甲</v></c><c r="B1" t="str"><v>{SECRET}'
             '</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>'),
        "hidden_text",
    ),
    "scenario": (
        book(f'<sheetData><row r="1">{CELL}</row></sheetData><scenarios><scenario name="甲" '
             'user="张三"/></scenarios>'),
        "hidden_text",
    ),
    "connection": (
        workbook("", **{"xl/connections.xml": f'<connections><connection name="甲" command="'
                        f'{SECRET}"/></connections>'}),
        "connection",
    ),
    "path of the workbook": (
        workbook('<x15ac:absPath xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/'
                 '2010/11/ac" url="C:\\Users\\zhangsan\\Desktop\\"/>'),
        "property:path",
    ),
    "who may write": (workbook('<fileSharing userName="张三"/>'), "property:author"),
    "views of people": (
        workbook('<customWorkbookViews><customWorkbookView name="张三 - 个人视图"/>'
                 "</customWorkbookViews>"),
        "property:author",
    ),
    "shared workbook": (
        workbook("", **{"xl/usernames.xml": '<users><userInfo name="张三"/></users>'}), "revisions"
    ),
    "printer in a network": (
        workbook("", **{"xl/printerSettings/p.bin": "\\\\fs01\\HP 二楼".encode("utf-16-le")}),
        "property:printer",
    ),
    "pivot table": (
        workbook("", **{"xl/pivotCache/pivotCacheRecords1.xml": '<p><s v="张三"/></p>'}),
        "pivot_data",
    ),
    "strings in a file of another name": (
        package({
            "xl/workbook.xml": f"<workbook {SHEET} xmlns:r='r'><sheets><sheet name='表' "
                               "r:id='a0'/></sheets></workbook>",
            "xl/_rels/workbook.xml.rels": relationships(
                {"sheets/one.xml": "worksheet", "xl/Texts.xml": "sharedStrings"}, "a"),
            "sheets/one.xml": f"<worksheet {SHEET}><row><c t='s'><v>0</v></c></row></worksheet>",
            "xl/Texts.xml": f"<sst {SHEET}><si><t>{SECRET}</t></si></sst>",
        }),
        "text:row",
    ),
    "shape over the cells": (
        workbook("", **{"xl/drawings/drawing1.xml": f'<xdr:wsDr xmlns:xdr="{DRAWING}/x" xmlns:a="'
                        f'{DRAWING}/main"><xdr:sp><xdr:cNvPr name="甲"/><xdr:spPr><a:solidFill/>'
                        "</xdr:spPr></xdr:sp></xdr:wsDr>"}),
        "covering_shape",
    ),
}  # fmt: skip


# --- PDF ----------------------------------------------------------------------------------------

VISIBLE = "Annual report of the bureau, all indicators met"


def saved(document: pikepdf.Pdf) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def changed(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    document = new_pdf(VISIBLE)
    change(document)
    return saved(document)


def drawn(operators: str, before: str = "") -> bytes:
    """A page with these operators after its text; SECRET stands in the font F1."""

    def change(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        page.contents_add(before.encode(), prepend=True)
        page.contents_add(operators.replace("SECRET", "(Zhang San 13800138000)").encode())

    return changed(change)


def with_picture(operators: str) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        picture = document.make_stream(b"\xff" * 3)
        picture.Type, picture.Subtype = Name.XObject, Name.Image
        picture.Width = picture.Height = 1
        picture.ColorSpace, picture.BitsPerComponent = Name.DeviceRGB, 8
        document.pages[0].Resources.XObject = Dictionary(P=picture)
        document.pages[0].contents_add(operators.encode())

    return changed(change)


def with_state(operators: str, **state: object) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        document.pages[0].Resources.ExtGState = Dictionary(G=Dictionary(**state))
        document.pages[0].contents_add(operators.replace("SECRET", "(Zhang San)").encode())

    return changed(change)


def action(**entries: object) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]),
                          A=Dictionary(**entries))  # fmt: skip
        document.pages[0].Annots = Array([document.make_indirect(note)])

    return change


def updated() -> bytes:
    """A file to which a later revision was added."""
    first = changed(lambda document: None)
    return first + b"\n9 0 obj <</a 1>> endobj\nstartxref\n0\n%%EOF\n"


def with_layer(document: pikepdf.Pdf) -> None:
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("底稿")))
    document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


def with_font(**font: object) -> bytes:
    """A page whose text is in this font."""

    def change(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        page.Resources.Font.F2 = document.make_indirect(Dictionary(Type=Name.Font, **font))
        page.contents_add(b"BT /F2 12 Tf 20 90 Td (abcdefghijklmnop) Tj ET")

    return changed(change)


def unreachable(document: pikepdf.Pdf) -> None:
    """Content that no page leads to, under a key that nobody knows."""
    document.Root.Secret = document.make_stream(b"BT (Zhang San) Tj ET")


def with_info(document: pikepdf.Pdf) -> None:
    document.docinfo["/Approver"] = "张三"


def with_metadata(document: pikepdf.Pdf) -> None:
    stream = document.make_stream(
        b'<x xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:RDF><rdf:Description '
        b'xmlns:m="http://ns.example.org/" m:approver="Zhang San"/></rdf:RDF></x>'
    )
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    document.pages[0].obj.Metadata = stream


def with_private(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.PieceInfo = Dictionary(Tool=Dictionary(Private=String("张三")))


def with_field(document: pikepdf.Pdf) -> None:
    box = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), F=2,
                     V=String("张三"), Rect=Array([0, 0, 9, 9]))  # fmt: skip
    box = document.make_indirect(box)
    document.pages[0].Annots = Array([box])
    document.Root.AcroForm = Dictionary(Fields=Array([box]))


def with_file(document: pikepdf.Pdf) -> None:
    document.attachments["a.csv"] = pikepdf.AttachedFileSpec(document, b"1")


def with_jpeg(document: pikepdf.Pdf) -> None:
    picture = document.make_stream(jpeg())
    picture.Type, picture.Subtype, picture.Filter = Name.XObject, Name.Image, Name.DCTDecode
    picture.Width, picture.Height = 40, 30
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceRGB, 8
    document.pages[0].Resources.XObject = Dictionary(P=picture)


def cut_page(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.CropBox = Array([0, 100, 200, 200])


NUMBERED = Array([97, *(Name(f"/g{number}") for number in range(16))])
COMPOSITE = {
    "Subtype": Name.Type0, "BaseFont": Name.Song, "Encoding": Name("/Identity-H"),
    "DescendantFonts": Array([Dictionary(Type=Name.Font, Subtype=Name.CIDFontType0)]),
}  # fmt: skip
PDF_FILES: dict[str, tuple[bytes, str]] = {
    "black box": (drawn("0 g 0 0 400 60 re f"), "covered_text"),
    "white box": (drawn("1 g 0 0 400 60 re f"), "covered_text"),
    "box of lines": (drawn("0.5 g 0 0 m 400 0 l 400 60 l 0 60 l h f"), "covered_text"),
    "box in parts": (drawn("0 g 0 0 60 60 re 60 0 300 60 re f"), "covered_text"),
    "box over the end of a line": (drawn("0 g 150 0 400 60 re f"), "covered_text"),
    "picture over the text": (with_picture("q 400 0 0 60 0 0 cm /P Do Q"), "covered_text"),
    "white": (drawn("1 g BT /F1 12 Tf 20 90 Td SECRET Tj ET"), "hidden_text"),
    "white in another colour space": (
        drawn("/DeviceCMYK cs 0 0 0 0 sc BT /F1 12 Tf 20 90 Td SECRET Tj ET"), "hidden_text"
    ),
    "black on black": (
        drawn("0 g 0 80 400 60 re f BT /F1 12 Tf 20 90 Td SECRET Tj ET"), "hidden_text"
    ),
    "tiny": (drawn("BT /F1 0.5 Tf 20 90 Td SECRET Tj ET"), "hidden_text"),
    "tiny by its matrix": (drawn("BT /F1 12 Tf .01 0 0 .01 20 90 Tm SECRET Tj ET"), "hidden_text"),
    "not drawn": (drawn("BT 3 Tr /F1 12 Tf 20 90 Td SECRET Tj ET"), "hidden_text"),
    "pressed together": (drawn("BT /F1 12 Tf 0 Tz 20 90 Td SECRET Tj ET"), "hidden_text"),
    "text for copying": (
        drawn("/Span <</ActualText (13800138000)>> BDC BT /F1 12 Tf 20 90 Td (x) Tj ET EMC"),
        "text:internal",
    ),
    "link that runs": (
        changed(action(S=Name.URI, URI=String("JavaScript:alert(1)"))), "scripts"
    ),
    "transparent": (with_state("/G gs BT /F1 12 Tf 20 90 Td SECRET Tj ET", ca=0), "hidden_text"),
    "outside of the page": (drawn("BT /F1 12 Tf 20 9000 Td SECRET Tj ET"), "outside_text"),
    "cut off with the page": (changed(cut_page), "outside_text"),
    "cut off": (drawn("q 0 0 9 9 re W n BT /F1 12 Tf 20 90 Td SECRET Tj ET Q"), "clipped_text"),
    "layer that is off": (changed(with_layer), "hidden_layer"),
    "earlier revision": (updated(), "earlier_version"),
    "bytes before the beginning": (b"13800138000\n" + changed(lambda d: None), "extra_bytes"),
    "bytes after the end": (changed(lambda d: None) + b"PK 13800138000", "extra_bytes"),
    "script on a page": (changed(action(S=Name.JavaScript, JS=String("1"))), "scripts"),
    "form that is sent": (changed(action(S=Name.SubmitForm, F=String("http://a"))), "scripts"),
    "link to a disk": (
        changed(action(S=Name.URI, URI=String("file:///C:/Users/zhang/a.xls"))), "external_link"
    ),
    "link to another file": (changed(action(S=Name.GoToR, F=String("a.pdf"))), "external_link"),
    "information of one's own": (changed(with_info), "property:custom"),
    "metadata of a page": (changed(with_metadata), "property:custom"),
    "private data of a program": (changed(with_private), "property:custom"),
    "entry of one's own": (changed(unreachable), "property:custom"),
    "hidden field": (changed(with_field), "hidden_text"),
    "embedded file": (changed(with_file), "embedded"),
    "camera of a picture": (changed(with_jpeg), "property:gps"),
    "font without a table": (with_font(**COMPOSITE), "unread"),
    "font of drawn glyphs": (
        with_font(Subtype=Name.Type3, FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
                  Encoding=Dictionary(Differences=NUMBERED),
                  FirstChar=97, Widths=Array([500] * 16)),
        "unread",
    ),
}  # fmt: skip


# --- pictures -----------------------------------------------------------------------------------


def segment(marker: int, data: bytes) -> bytes:
    """A JPEG with one more segment."""
    plain = io.BytesIO()
    Image.new("RGB", (4, 3)).save(plain, "JPEG")
    size = (len(data) + 2).to_bytes(2, "big")
    return plain.getvalue()[:2] + bytes([0xFF, marker]) + size + data + plain.getvalue()[2:]


def iptc(text: str) -> bytes:
    value = text.encode()
    record = b"\x1c\x02\x50" + len(value).to_bytes(2, "big") + value
    head = b"Photoshop 3.0\x008BIM\x04\x04\0\0"
    return segment(0xED, head + len(record).to_bytes(4, "big") + record)


def exif(**tags: object) -> bytes:
    """A JPEG with tags of its own: m the maker's note, u what a user wrote."""
    entries = Image.Exif()
    inner = entries.get_ifd(0x8769)
    if "m" in tags:
        inner[0x927C] = tags["m"]
    if "u" in tags:
        inner[0x9286] = b"ASCII\0\0\0" + str(tags["u"]).encode()
    content = io.BytesIO()
    Image.new("RGB", (4, 3)).save(content, "JPEG", exif=entries)
    return content.getvalue()


def png_with(**texts: str) -> bytes:
    content, info = io.BytesIO(), PngImagePlugin.PngInfo()
    for key, text in texts.items():
        info.add_text(key, text, zip=True)
    Image.new("RGB", (4, 3)).save(content, "PNG", pnginfo=info)
    return content.getvalue()


def gif() -> bytes:
    content = io.BytesIO()
    Image.new("P", (4, 3)).save(content, "GIF", comment=SECRET.encode())
    return content.getvalue()


def webp() -> bytes:
    entries = Image.Exif()
    entries[0x013B] = "Zhang San"
    content = io.BytesIO()
    Image.new("RGB", (4, 3)).save(content, "WEBP", exif=entries)
    return content.getvalue()


XMP = (
    b'http://ns.adobe.com/xap/1.0/\0<x xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:p="http://ns.adobe.com/photoshop/1.0/" p:City="Shijiazhuang"/></x>'
)
PICTURE_FILES: dict[str, tuple[bytes, str]] = {
    "a.jpg comment": (segment(0xFE, SECRET.encode()), "property:comment"),
    "a.jpg IPTC": (iptc("张三"), "property:iptc"),
    "a.jpg XMP": (segment(0xE1, XMP), "property:gps"),
    "a.jpg maker's note": (exif(m=b"Canon 123"), "property:maker_note"),
    "a.jpg what a user wrote": (exif(u="Zhang San"), "property:comment"),
    "a.jpg unknown segment": (segment(0xE9, b"Zhang San"), "property:custom"),
    "a.jpg bytes after the end": (segment(0xE0, b"JFIF\0" + b"\0" * 9) + b"PK zip", "extra_bytes"),
    "a.jpg author": (jpeg(), "property:author"),
    "a.png text": (png_with(Description=SECRET), "property:comment"),
    "a.png author": (png_with(Author="Zhang San"), "property:author"),
    "a.png bytes after the end": (png_with() + b"PK zip", "extra_bytes"),
    "a.gif comment": (gif(), "property:comment"),
    "a.webp author": (webp(), "property:author"),
}

TABLE_FILES: dict[str, tuple[bytes, str]] = {
    "formula": ('项目,得分\n=HYPERLINK("http://a","点我"),10\n'.encode(), "cell_formula"),
    "command": ("项目,得分\n+cmd|' /c calc'!A1,10\n".encode(), "cell_formula"),
    "formula in quotes": ('项目,得分\n"@SUM(1,1)",10\n'.encode(), "cell_formula"),
    "signs that turn round": ("得分\u202e59分\n".encode(), "hidden_text"),
}

HIDDEN: dict[str, tuple[str, bytes, str]] = {
    **{f"csv: {way}": ("a.csv", *entry) for way, entry in TABLE_FILES.items()},
    **{f"docx: {way}": ("a.docx", *entry) for way, entry in WORD_FILES.items()},
    **{f"xlsx: {way}": ("a.xlsx", *entry) for way, entry in SHEET_FILES.items()},
    **{f"pdf: {way}": ("a.pdf", *entry) for way, entry in PDF_FILES.items()},
    **{way: (way.split()[0], *entry) for way, entry in PICTURE_FILES.items()},
}
