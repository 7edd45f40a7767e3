"""What files say and hide, and that no file can hurt the reader."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from evalpress.files.scan import Hidden, Passage, Property, Scan, scan, scan_content
from sample_files import (
    APP,
    CORE,
    CUSTOM,
    SHEET,
    TEMPLATE,
    WORD,
    docx,
    jpeg,
    nested_pdf,
    new_pdf,
    package,
    paragraph,
    pdf,
    png,
    scanned_pdf,
    xlsx,
)
from sampling import NUMBER, often
from waiting import peak_bytes, yardsticks

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64


def said(found: Scan) -> list[str]:
    return [passage.text for passage in found.texts]


def kinds(found: Scan) -> dict[str, tuple[str, ...]]:
    return {hidden.kind: hidden.names for hidden in found.hidden}


# --- DOCX ---------------------------------------------------------------------------------------


def test_word_text_keeps_rows_of_tables_together() -> None:
    row = "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in ("联系人", "张三", "13812345678"))
    found = scan_content(docx(paragraph("正文") + f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"))
    assert (found.kind, found.readable) == ("docx", True)
    assert [text.split() for text in said(found)] == [["正文"], ["联系人", "张三", "13812345678"]]


def test_word_headers_notes_and_comments_are_read() -> None:
    note = f"<w:hdr {WORD}>{paragraph('页眉')}</w:hdr>"
    comment = f'<w:comment w:author="李四">{paragraph("待核")}</w:comment>'
    comment = f"<w:comments {WORD}>{comment}</w:comments>"
    found = scan_content(docx(word__header1_xml=note, word__comments_xml=comment))
    assert [(text.part, text.text) for text in found.texts] == [
        ("page_header", "页眉"),
        ("comment", "待核"),
    ]
    assert kinds(found) == {"comments": ("李四",)}


def test_word_revisions_and_hidden_text_are_named() -> None:
    body = (
        '<w:p><w:ins w:author="张三"><w:r><w:t>新</w:t></w:r></w:ins>'
        '<w:del w:author="李四"><w:r><w:delText>旧13812345678</w:delText></w:r></w:del></w:p>'
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>"
        '<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>不藏</w:t></w:r></w:p>'
    )
    found = scan_content(docx(body))
    assert found.hidden == (
        Hidden("revisions", ("张三", "李四"), 2),
        Hidden("hidden_text", ("藏",)),
    )
    assert "13812345678" in "".join(said(found))


def test_office_properties_name_people_and_templates() -> None:
    found = scan_content(
        docx(
            docProps__core_xml=CORE, docProps__app_xml=APP, docProps__custom_xml=CUSTOM,
        )
    )  # fmt: skip
    assert Property("author", "张三") in found.properties
    assert Property("last_modified_by", "李四") in found.properties
    assert Property("manager", "王五") in found.properties
    assert Property("custom", "录入=赵六") in found.properties
    assert Passage("property", "自评表", "title") in found.texts
    linked = package({
        "word/document.xml": "<a/>", "word/settings.xml": "<a/>",
        "word/_rels/settings.xml.rels": TEMPLATE,
    })  # fmt: skip
    [template] = scan_content(linked).properties
    assert template.name == "template"


def test_files_and_pictures_inside_office_files_are_read() -> None:
    inner = xlsx({"表": '<row r="1"><c t="str"><v>13812345678</v></c></row>'})
    parts = {"word/document.xml": "<a/>", "word/embeddings/表.xlsx": inner,
             "word/media/1.jpg": jpeg(), "word/embeddings/old.doc": OLE}  # fmt: skip
    found = scan_content(package(parts))
    assert said(found) == ["13812345678", "tel 13812345678"]
    assert kinds(found) == {"embedded": ("表.xlsx", "old.doc"), "unread_part": ("old.doc",)}
    assert Property("gps", "GPS") in found.properties


# --- XLSX ---------------------------------------------------------------------------------------


def test_cells_of_every_kind_are_read_as_people_see_them() -> None:
    strings = f"<sst {SHEET}><si><t>张</t><t>三</t><rPh><t>zhang</t></rPh></si></sst>"
    rows = (
        '<row r="3"><c t="s"><v>0</v></c><c><v>1.3812345678E10</v></c><c><v>0.1</v></c>'
        '<c t="inlineStr"><is><t>行\n内</t></is></c><c t="str"><f>A1</f><v>算</v></c></row>'
    )
    found = scan_content(xlsx({"附表": rows}, parts={"xl/sharedStrings.xml": strings}))
    assert found.texts == (
        Passage("internal", "zhang"),
        Passage("row", "张三\t13812345678\t0.1\t行 内\t算", "附表", 3),
    )


def test_hidden_sheets_rows_and_columns_are_read_and_named() -> None:
    rows = '<cols><col hidden="1"/></cols><row r="1" hidden="1"><c t="str"><v>甲</v></c></row>'
    found = scan_content(xlsx({"附表": "", "底稿": rows}, hidden="底稿"))
    assert said(found) == ["甲"]
    assert kinds(found) == {
        "hidden_sheet": ("底稿",), "hidden_column": ("底稿",), "hidden_row": ("底稿",)
    }  # fmt: skip


def test_comments_names_links_and_pivot_data_of_workbooks() -> None:
    link = (
        '<Relationships><Relationship Type="http://x/externalLinkPath" TargetMode="External" '
        'Target="C:\\张三\\a.xlsx"/></Relationships>'
    )
    parts = {
        "xl/comments1.xml": "<comments><authors><author>王五</author></authors><commentList>"
        "<comment><text><t>请核 13700000000</t></text></comment></commentList></comments>",
        "xl/externalLinks/externalLink1.xml": "<externalLink/>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": link,
        "xl/pivotCache/pivotCacheRecords1.xml": '<p><s v="李四"/><n v="5"/></p>',
        "xl/persons/person.xml": '<personList><person displayName="赵六"/></personList>',
    }
    found = scan_content(xlsx({"表": ""}, parts=parts))
    assert said(found) == ["王五", "请核 13700000000", "李四\n5", "C:\\张三\\a.xlsx"]
    assert kinds(found) == {
        "comments": (), "external_link": ("C:\\张三\\a.xlsx",),
        "pivot_data": ("pivotCacheRecords1.xml",),
    }  # fmt: skip
    assert found.properties == (Property("author", "赵六"),)


# --- PDF ----------------------------------------------------------------------------------------


def saved(document: pikepdf.Pdf) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def test_pdf_text_and_information_are_read() -> None:
    document = new_pdf()
    document.docinfo["/Author"], document.docinfo["/Title"] = "张三", "报告"
    with document.open_metadata(update_docinfo=False) as metadata:
        metadata["dc:creator"] = ["李四"]
    found = scan_content(saved(document))
    assert Passage("page", "Annual report 13812345678", number=1) in found.texts
    assert Passage("property", "报告", "title") in found.texts
    assert found.properties == (Property("author", "张三"), Property("author", "李四"))


def test_pdf_comments_and_embedded_files_are_named() -> None:
    document = new_pdf()
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]),
                      T=String("王五"), Contents=String("请删"))  # fmt: skip
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    document.pages[0].Annots = Array([document.make_indirect(note), document.make_indirect(link)])
    document.attachments["a.csv"] = pikepdf.AttachedFileSpec(document, "电话,13900000000".encode())
    found = scan_content(saved(document))
    assert kinds(found) == {"embedded": ("a.csv",), "comments": ("王五",)}
    assert {"请删", "电话,13900000000"} <= set(said(found))


def test_a_pdf_that_needs_no_password_to_open_is_read() -> None:
    found = scan_content(pdf(encryption=pikepdf.Encryption(owner="a", user="")))
    assert said(found) == ["Annual report 13812345678"]


# --- pictures and plain text --------------------------------------------------------------------


def test_pictures_tell_author_and_place() -> None:
    found = scan_content(jpeg())
    assert found.properties == (
        Property("author", "张三"), Property("gps", "GPS"), Property("comment", "tel 13812345678")
    )  # fmt: skip
    assert said(found) == ["tel 13812345678"]
    assert scan_content(png()).properties == (Property("author", "张三"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_is_read_line_by_line(encoding: str) -> None:
    found = scan_content("姓名,电话\n张三,138\n".encode(encoding))
    assert found.texts == (
        Passage("line", "姓名,电话", number=1),
        Passage("line", "张三,138", number=2),
    )


def hostile_page(operators: bytes) -> bytes:
    document = new_pdf("Annual report of the bureau")
    document.pages[0].contents_add(operators)
    return saved(document)


def hostile_font(**entries: object) -> bytes:
    """A page in a font with these entries: its table of signs, its widths."""
    document = new_pdf("Annual report of the bureau")
    inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2)
    if "W" in entries:
        inner.W = Array(entries["W"])
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Song, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([inner]),
    )  # fmt: skip
    if "ToUnicode" in entries:
        font.ToUnicode = document.make_stream(entries["ToUnicode"])
    document.pages[0].Resources.Font.F2 = document.make_indirect(font)
    document.pages[0].contents_add(b"BT /F2 12 Tf 20 90 Td (abcdefghijklmnop) Tj ET")
    return saved(document)


# --- what cannot be read ------------------------------------------------------------------------

_LIE = package({"word/document.xml": b"<a>" + b" " * 5_000_000})
_ENTITIES = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
UNREADABLE = {
    "scan": (scanned_pdf(), "pictures"),
    "no text at all": (pdf(""), "pictures"),
    "password": (pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "encrypted"),
    "not a PDF": (b"%PDF-1.7 nothing", "damaged"),
    "forms in forms": (nested_pdf(5), "too_large"),
    "doc": (OLE, "format"),
    "locked docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "zip": (package({"a.txt": "1"}), "format"),
    "broken zip": (package({"word/document.xml": "<a/>"})[:60], "format"),
    "broken XML": (package({"word/document.xml": "<a><b></a>"}), "damaged"),
    "bomb": (package({"word/document.xml": b" " * 90_000_000}), "too_large"),
    "wrong size": (_LIE.replace((5_000_003).to_bytes(4, "little"), b"\1\0\0\0"), "damaged"),
    "entities": (
        package({"word/document.xml": f"<!DOCTYPE a [<!ENTITY e0 'x'>{_ENTITIES}]><a>&e11;</a>"}),
        "damaged",
    ),
    "outer entity": (
        package({"word/document.xml": "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"}), "damaged"
    ),
    "the same text a thousand times": (
        xlsx(
            {"表": "<row>" + "<c t='s'><v>0</v></c>" * 1000 + "</row>"},
            parts={"xl/sharedStrings.xml": f"<sst><si><t>{'a' * 100_000}</t></si></sst>"},
        ),
        "too_large",
    ),
    "deep XML": (docx("<w:p>" * 5000 + "</w:p>" * 5000), "too_large"),
    "a million elements": (docx("<w:p/>" * 600_000), "too_large"),
    "merges without end": (
        xlsx({
            "表": "<sheetData>" + "<row><c><v>1</v></c></row>" * 30_000 + "</sheetData>"
            + '<mergeCell ref="A1:B1048576"/>' * 10_000
        }),
        "too_large",
    ),
    "table of signs without end": (hostile_font(ToUnicode=b"1 beginbfrange\n"
                                   + b"<0000> <ffff> <0000>\n" * 5_000), "too_large"),
    "widths without end": (hostile_font(W=[0, 65535, 500] * 5_000), "too_large"),
    "boxes without end": (hostile_page(b"0 0 9 9 re f " * 20_000), "too_large"),
    "begins of tables without end": (
        hostile_font(ToUnicode=b"beginbfchar<" * 100_000), "unread_parts"
    ),
    "binary": (b"\0\1\2\3", "format"),
    "cut picture": (jpeg()[:30], "damaged"),
}  # fmt: skip


# As much work as so many yardsticks: what is stopped costs up to 110 of them, more where the short
# yardstick was lucky beside other work; what is not stopped costs thousands.
TIMES = 500


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_says_why_and_soon(name: str) -> None:
    content, reason = UNREADABLE[name]
    found, spent = yardsticks(lambda: scan_content(content))
    assert (found.readable, found.reason) == (False, reason)
    assert spent < TIMES


def test_scanned_pages_are_named() -> None:
    with pikepdf.open(io.BytesIO(pdf())) as document:
        with pikepdf.open(io.BytesIO(scanned_pdf())) as other:
            document.pages.extend(other.pages)
        found = scan_content(saved(document))
    assert (found.reason, found.detail, said(found)[0]) == (
        "pictures", "2", "Annual report 13812345678"
    )  # fmt: skip


SOUND = [pdf(), docx(paragraph("正文")), xlsx({"表": "<row/>"}), jpeg(), png(), scanned_pdf()]


@seed(NUMBER)
@settings(max_examples=often(200, 5000), deadline=None, database=None)
@given(st.sampled_from(SOUND), st.data())
def test_damaged_files_are_never_an_error(content: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(content) - 1))
    other = data.draw(st.binary(max_size=8))
    gone = data.draw(st.integers(0, 40))
    assert isinstance(scan_content(content[:at] + other + content[at + gone :]), Scan)


def test_bombs_take_little_memory() -> None:
    """Memory grows with one part, which is held as a tree, not with the file."""
    part = b"<a>" + b" " * 24_000_000 + b"</a>"
    content = package({"word/document.xml": part, "word/footnotes.xml": part})
    found, peak = peak_bytes(lambda: scan_content(content))
    assert found.kind == "docx"
    assert peak < 6 * len(part)


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    assert scan(tmp_path / "none.pdf").reason == "damaged"


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    scan_content(nested_pdf(5))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "content",
    [
        rb"{\rtf1 \u31192?\u23494?}", b"<html><p>&#31192;&#23494;</p></html>",
        b"\n<?xml version='1.0'?><a>&#31192;</a>", b"<!DOCTYPE html>x",
        b"MIME-Version: 1.0\n\n=E7=A7=98=E5=AF=86",
    ],
)  # fmt: skip
def test_text_that_shows_readers_another_one_counts_as_unread(content: bytes) -> None:
    """Under the name of an office file, in which programs open it."""
    assert (scan_content(content).readable, scan_content(content).reason) == (False, "format")
    assert scan_content(b"a < b, {c}: " + content).readable
