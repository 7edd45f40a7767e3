"""Names and remarks that no page shows, and looks that leave nothing to see: siblings of what
`hidden_files` holds, each with a right twin."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from evalpress.files.scan import scan_content
from evalpress.text.privacy import find_private
from hidden_files import BODY, SECRET, SHAPE, anchored, run, words
from sample_files import WORD, new_pdf, package, paragraph, xlsx

HARMLESS = "学校食堂"


def table(properties: str, text: str = "") -> bytes:
    cell = text or paragraph("甲")
    return words(f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>")


def sheet(before: str, after: str = "") -> bytes:
    rows = (
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>指标</t></is></c></row></sheetData>'
    )
    return xlsx({"表": f"{before}{rows}{after}"})


def pdf(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    document = new_pdf("Annual report of the office")
    change(document)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def noted(**entries: object) -> Callable[[pikepdf.Pdf], object]:
    """An annotation with these entries."""

    def change(document: pikepdf.Pdf) -> None:
        own = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **entries)
        document.pages[0].Annots = Array([document.make_indirect(own)])
        if "FT" in entries:
            fields = Array([document.pages[0].Annots[0]])
            document.Root.AcroForm = Dictionary(Fields=fields)

    return change


def rooted(key: str, value: Callable[[pikepdf.Pdf], object]) -> Callable[[pikepdf.Pdf], object]:
    return lambda document: document.Root.__setitem__(key, value(document))


NAMES: dict[str, Callable[[str], bytes]] = {
    "table caption": lambda text: table(f'<w:tblCaption w:val="{text}"/>'),
    "table description": lambda text: table(f'<w:tblDescription w:val="{text}"/>'),
    "code name of a sheet": lambda text: sheet(f'<sheetPr codeName="{text}"/>'),
    "protected range": lambda text: sheet(
        "", f'<protectedRanges><protectedRange name="{text}" sqref="A1"/></protectedRanges>'
    ),
    "label of pages": lambda text: pdf(
        rooted("/PageLabels", lambda _: Dictionary(Nums=Array([0, Dictionary(P=String(text))])))
    ),
    "named destination": lambda text: pdf(
        rooted("/Names", lambda own: Dictionary(Dests=Dictionary(
            Names=Array([String(text), Array([own.pages[0].obj, Name.Fit])]))))
    ),
    "remark on a link": lambda text: pdf(noted(Subtype=Name.Link, Contents=String(text))),
    "default of a field": lambda text: pdf(
        noted(Subtype=Name.Widget, FT=Name.Tx, T=String("a"), DV=String(text))
    ),
    "title of an element": lambda text: pdf(
        rooted("/StructTreeRoot", lambda own: Dictionary(K=Array([own.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Figure, T=String(text)))])))
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", NAMES)
def test_names_that_only_lists_show_are_read(kind: str) -> None:
    found, right = (scan_content(NAMES[kind](text)) for text in (SECRET, HARMLESS))
    assert any(hit.certain for t in found.texts for hit in find_private(t.text))
    assert right.readable and not right.hidden and not right.properties


def coloured(colour: str, settings: str) -> bytes:
    red = run('<w:color w:val="FF0000"/>')
    body = f'<w:background w:color="{colour}"/><w:body>{BODY}{red}</w:body>'
    return package({
        "word/document.xml": f"<w:document {WORD}>{body}</w:document>",
        "word/settings.xml": f"<w:settings {WORD}>{settings}</w:settings>",
    })  # fmt: skip


def boxed(width: int, height: int) -> bytes:
    text = f"<wps:txbx><w:txbxContent>{paragraph(SECRET)}</w:txbxContent></wps:txbx>"
    size = f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr'
    return words(anchored(SHAPE.format(text)).replace("<wp:docPr", size))


FRAME = '<w:framePr w:w="2000" w:h="{}" w:hRule="{}"/>'
SHADED = '<w:shd w:val="clear" w:fill="{}"/>'
LOOKS = {
    "colour of the pages": (
        coloured("FF0000", "<w:displayBackgroundShape/>"), coloured("FF0000", ""),
    ),
    "frame without height": (
        words(run("", SECRET, FRAME.format(1, "exact"))),
        words(run("", SECRET, FRAME.format(1, "atLeast"))),
    ),
    "letters far above their line": (
        words(run('<w:position w:val="3000"/>')), words(run('<w:position w:val="6"/>')),
    ),
    "colour of the table": (
        table(SHADED.format("00B050"), run('<w:color w:val="00B050"/>')),
        table(SHADED.format("00B050"), run('<w:color w:val="FFFFFF"/>')),
    ),
    "box without width": (boxed(0, 9_000_000), boxed(9_000_000, 9_000_000)),
}  # fmt: skip


@pytest.mark.parametrize("kind", LOOKS)
def test_texts_that_nobody_sees_are_named(kind: str) -> None:
    found, right = (scan_content(content).hidden for content in LOOKS[kind])
    assert [hidden.kind for hidden in found] == ["hidden_text"] and not right
