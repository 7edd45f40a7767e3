"""Small PDF, DOCX, XLSX and picture files, made part by part, for the tests of scanning."""

from __future__ import annotations

import io
import re
import zipfile

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image
from PIL.PngImagePlugin import PngInfo

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>自评表</dc:title>'
    "<dc:creator>张三</dc:creator><cp:lastModifiedBy>李四</cp:lastModifiedBy></cp:coreProperties>"
)
APP = "<Properties><Company>某某局</Company><Manager>王五</Manager></Properties>"
CUSTOM = (
    '<Properties xmlns:vt="v"><property name="录入"><vt:lpwstr>赵六</vt:lpwstr></property>'
    "</Properties>"
)
TEMPLATE = (
    '<Relationships><Relationship Id="r1" Type="http://x/attachedTemplate" '
    'Target="file:///C:/Users/zhangsan/a.dotm" TargetMode="External"/></Relationships>'
)


OFFICE = "application/vnd.openxmlformats-officedocument"
# What a part is, by its name: its content type and the last word of its relationship.
_PARTS = {
    r"word/document\.xml": (f"{OFFICE}.wordprocessingml.document.main+xml", "officeDocument"),
    r"word/(?:\w+/)?(header|footer)\w*\.xml": (f"{OFFICE}.wordprocessingml.{{0}}+xml", "{0}"),
    r"\w+/theme/theme1\.xml": (f"{OFFICE}.theme+xml", "theme"),
    r"word/people\.xml": (f"{OFFICE}.wordprocessingml.people+xml", "people"),
    r"customXml/item\d\.xml": ("", "customXml"),
    r"word/fonts/.*": ("application/vnd.openxmlformats-officedocument.obfuscatedFont", "font"),
    r"xl/cellimages\.xml": ("application/vnd.wps-officedocument.cellimage+xml", "cellImage"),
    r"xl/drawings/vml\w+\.vml": (
        "application/vnd.openxmlformats-officedocument.vmlDrawing", "vmlDrawing"
    ),
    r"xl/drawings/\w+\.xml": (f"{OFFICE}.drawing+xml", "drawing"),
    r"xl/printerSettings/.*": (f"{OFFICE}.spreadsheetml.printerSettings", "printerSettings"),
    r"xl/metadata\.xml": (f"{OFFICE}.spreadsheetml.sheetMetadata+xml", "sheetMetadata"),
    r"docProps/thumbnail\.\w+": ("image/jpeg", "metadata/thumbnail"),
    r"docMetadata/LabelInfo\.xml": (
        "application/vnd.ms-office.classificationlabels+xml", "metadata/classificationlabels"
    ),
    r"word/comments\.xml": (f"{OFFICE}.wordprocessingml.comments+xml", "comments"),
    r"word/(\w+)\.xml": (f"{OFFICE}.wordprocessingml.{{0}}+xml", "{0}"),
    r"word/glossary/document\.xml": (
        f"{OFFICE}.wordprocessingml.document.glossary+xml", "glossaryDocument"
    ),
    r"xl/workbook\.xml": (f"{OFFICE}.spreadsheetml.sheet.main+xml", "officeDocument"),
    r"xl/worksheets/\w+\.xml": (f"{OFFICE}.spreadsheetml.worksheet+xml", "worksheet"),
    r"xl/comments\w*\.xml": (f"{OFFICE}.spreadsheetml.comments+xml", "comments"),
    r"xl/threadedComments/\w+\.xml": (
        "application/vnd.ms-excel.threadedcomments+xml", "threadedComment"
    ),
    r"xl/persons/\w+\.xml": ("application/vnd.ms-excel.person+xml", "person"),
    r"xl/pivotCache/pivotCacheRecords\w*\.xml": (
        f"{OFFICE}.spreadsheetml.pivotCacheRecords+xml", "pivotCacheRecords"
    ),
    r"xl/externalLinks/\w+\.xml": (
        f"{OFFICE}.spreadsheetml.externalLink+xml", "externalLink"
    ),
    r"xl/(\w+)\.xml": (f"{OFFICE}.spreadsheetml.{{0}}+xml", "{0}"),
    r"docProps/core\.xml": (
        "application/vnd.openxmlformats-package.core-properties+xml", "metadata/core-properties"
    ),
    r"docProps/app\.xml": (f"{OFFICE}.extended-properties+xml", "extended-properties"),
    r"docProps/custom\.xml": (f"{OFFICE}.custom-properties+xml", "custom-properties"),
    r"\w+/(?:media/.*|.*\.(?:png|jpg))": ("", "image"),
    r"\w+/embeddings/.*": ("", "package"),
}  # fmt: skip
_DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml",
    "png": "image/png", "jpg": "image/jpeg", "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "docx": f"{OFFICE}.wordprocessingml.document", "doc": "application/msword",
    "bin": "application/vnd.openxmlformats-officedocument.oleObject",
}  # fmt: skip
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP file of these parts, in this order."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as written:
        for name, part in parts.items():
            written.writestr(name, part)
    return content.getvalue()


def package(parts: dict[str, str | bytes]) -> bytes:
    """An office file of these parts, with the content types and relationships that are not given:
    each part belongs to the main one, as Word and Excel write it."""
    known = {name: _known(name) for name in parts if not name.endswith(".rels")}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, (kind, _) in known.items()
        if kind
    )
    defaults = "".join(
        f'<Default Extension="{ending}" ContentType="{kind}"/>'
        for ending, kind in _DEFAULTS.items()
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f"{defaults}{overrides}</Types>"
    )
    main = next((name for name, (_, use) in known.items() if use == "officeDocument"), "none")
    folder, _, name = main.rpartition("/")
    own = {n: use for n, (_, use) in known.items() if n.startswith(("docProps/", "docMetadata/"))}
    inner = {n: use for n, (_, use) in known.items() if use and n not in own and n != main}
    links = {
        "_rels/.rels": relationships({main: "officeDocument", **own}),
        f"{folder}/_rels/{name}.rels": relationships(inner, "x"),
    }
    given = {n: p for n, p in links.items() if n in parts}
    for linked, text in list(links.items()):
        if linked in given:
            links[linked] = str(parts[linked]).replace("</Relationships>", text.partition(">")[2])
    return archive({"[Content_Types].xml": types, **links, **{
        name: part for name, part in parts.items() if name not in links
    }})  # fmt: skip


def _known(name: str) -> tuple[str, str]:
    for pattern, (kind, use) in _PARTS.items():
        if match := re.fullmatch(pattern, name):
            return kind.format(*match.groups()), use.format(*match.groups())
    return "", ""


def relationships(targets: dict[str, str], prefix: str = "p", external: bool = False) -> str:
    """A part of relationships: parts or addresses, each with the last word of its use."""
    mode = ' TargetMode="External"' if external else ""
    links = "".join(
        f'<Relationship Id="{prefix}{number}" Type="{RELATIONS}/{use}" '
        f'Target="{target if external else f"/{target}"}"{mode}/>'
        for number, (target, use) in enumerate(targets.items())
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{links}</Relationships>"
    )


def docx(body: str = "", **parts: str | bytes) -> bytes:
    """A Word file with this body; further parts by name, `/` and `.` written as `__` and `_`."""
    named = {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()}
    document = f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
    return package({"word/document.xml": document, **named})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def xlsx(sheets: dict[str, str], hidden: str = "", parts: dict[str, str] | None = None) -> bytes:
    """A workbook with sheets by name, of which one may be hidden."""
    listed, links, files = "", "", {}
    for number, (name, rows) in enumerate(sheets.items(), 1):
        state = ' state="veryHidden"' if name == hidden else ""
        listed += f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"{state}/>'
        links += f'<Relationship Id="r{number}" Target="worksheets/sheet{number}.xml"/>'
        files[f"xl/worksheets/sheet{number}.xml"] = f"<worksheet {SHEET}>{rows}</worksheet>"
    book = f"<workbook {SHEET} {LINKS}><sheets>{listed}</sheets></workbook>"
    rels = f"<Relationships>{links}</Relationships>"
    return package(
        {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": rels, **files, **(parts or {})}
    )


def pdf(text: str = "Annual report 13812345678", **save: object) -> bytes:
    """A PDF of one page with this text, or a blank page."""
    document = new_pdf(text)
    content = io.BytesIO()
    document.save(content, **save)
    return content.getvalue()


def new_pdf(text: str = "Annual report 13812345678") -> pikepdf.Pdf:
    document = pikepdf.new()
    page = document.add_blank_page()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=document.make_indirect(font)))
    page.Contents = document.make_stream(f"BT /F1 12 Tf 20 20 Td ({text}) Tj ET".encode())
    return document


def scanned_pdf() -> bytes:
    """A PDF whose only page is a picture of a page."""
    document = pikepdf.new()
    page = document.add_blank_page()
    picture = document.make_stream(b"\0" * 10)
    picture.Type, picture.Subtype = Name.XObject, Name.Image
    picture.Width, picture.Height = 1000, 1400
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
    page.Resources = Dictionary(XObject=Dictionary(P=picture))
    page.Contents = document.make_stream(b"600 0 0 800 0 0 cm /P Do")
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def nested_pdf(depth: int) -> bytes:
    """A small PDF whose text would be drawn ten to the power of `depth` times."""
    document = new_pdf()
    page = document.pages[0]
    inner = _form(document, page.Contents.read_bytes(), page.Resources)
    for _ in range(depth):
        inner = _form(document, b"/X Do " * 10, Dictionary(XObject=Dictionary(X=inner)))
    page.Resources = Dictionary(XObject=Dictionary(X=inner))
    page.Contents = document.make_stream(b"/X Do")
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _form(document: pikepdf.Pdf, content: bytes, resources: pikepdf.Object) -> pikepdf.Object:
    form = document.make_stream(content)
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox, form.Resources = Array([0, 0, 100, 100]), resources
    return form


def jpeg(author: str = "张三", turned: int = 6) -> bytes:
    """A picture with its author, its place and the way up."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x9C9D] = author.encode("utf-16-le")
    exif[0x8825] = {1: "N", 2: (38.0, 2.0, 30.0), 3: "E", 4: (114.0, 30.0, 0.0)}
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "JPEG", exif=exif, comment="tel 13812345678")
    return content.getvalue()


def png(author: str = "张三") -> bytes:
    info = PngInfo()
    info.add_itxt("Author", author)
    content = io.BytesIO()
    Image.new("RGB", (4, 3), "teal").save(content, "PNG", pnginfo=info)
    return content.getvalue()
