"""Tagged PDFs: paragraphs and rows as they were written, not as lines of pages."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name

from evalpress.files.originals import extract
from evalpress.files.scan import scan_content
from sample_files import new_pdf

Pieces = list[tuple[int | None, float, float, str]]
TWO_CELLS: Pieces = [
    (0, 20, 180, "A long paragraph that goes"), (0, 20, 160, " on in its second line."),
    (1, 20, 120, "Name of a"), (2, 150, 120, "1,234."), (1, 20, 100, " row"), (2, 150, 100, "56"),
    (None, 20, 10, "Page 3"),
]  # fmt: skip


def tagged(pieces: Pieces, *elements: tuple[str, list[object]]) -> bytes:
    """A page of marked pieces, and elements of them: a number is a piece, a pair an element."""
    document = new_pdf()
    page = document.pages[0]
    marks = (
        f"/{'Artifact BMC' if number is None else f'P <</MCID {number}>> BDC'} BT /F1 12 Tf "
        f"{x} {y} Td ({text}) Tj ET EMC"
        for number, x, y, text in pieces
    )
    page.Contents = document.make_stream("\n".join(marks).encode())

    def element(kind: str, kids: list[object]) -> object:
        made = [kid if isinstance(kid, int) else element(*kid) for kid in kids]  # type: ignore[misc]
        found = Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), Pg=page.obj, K=Array(made))
        return document.make_indirect(found)

    kids = Array([element(*own) for own in elements])
    document.Root.StructTreeRoot = document.make_indirect(
        Dictionary(Type=Name.StructTreeRoot, K=kids, RoleMap=Dictionary(Standard=Name.P))
    )
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


ROW = ("Table", [("TR", [("TH", [("P", [1])]), ("TD", [("P", [2])])])])


def test_cells_that_pages_tear_are_whole() -> None:
    found = extract(scan_content(tagged(TWO_CELLS, ("Standard", [0]), ROW)))
    assert found.paragraphs == (
        "A long paragraph that goes on in its second line.", "Name of a row　1,234.56",
    )  # fmt: skip
    assert not found.torn


def test_a_tree_that_leaves_much_out_is_not_used() -> None:
    for content in (tagged(TWO_CELLS, ("P", [0])), tagged(TWO_CELLS)):
        found = extract(scan_content(content))
        assert found.torn and any("Page 3" in text for text in found.paragraphs)


def test_signs_that_are_painted_early_stand_where_they_are() -> None:
    pieces: Pieces = [(0, 60, 180, "quoted"), (0, 20, 180, "before")]
    found = extract(scan_content(tagged(pieces, ("P", [0]))))
    assert found.paragraphs == ("beforequoted",)


def test_a_tree_without_end_is_left_alone() -> None:
    with pikepdf.open(io.BytesIO(tagged(TWO_CELLS, ("Div", [("P", [0])]), ROW))) as document:
        first = document.Root.StructTreeRoot.K[0]
        first.K = Array([first])
        content = io.BytesIO()
        document.save(content)
    assert extract(scan_content(content.getvalue())).torn


def test_text_of_files_inside_is_no_text_of_the_original() -> None:
    document = new_pdf("Annual report of the office")
    document.attachments["data.txt"] = b"secret,1,2,3\n"
    content = io.BytesIO()
    document.save(content)
    found = scan_content(content.getvalue())
    assert any("secret" in passage.text for passage in found.texts)
    assert extract(found).paragraphs == ("Annual report of the office",)
