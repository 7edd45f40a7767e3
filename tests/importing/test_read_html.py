"""Pages that office systems hand out as .xls and .doc, read as a browser shows them."""

from __future__ import annotations

import base64
import quopri

import pytest

from evalpress.importing.importer import drafts_of
from evalpress.importing.intake import read_content
from evalpress.importing.neutral import Document, Grid, Line, Picture, Refusal
from evalpress.importing.ownership import Asked
from form_truth import measure
from office_forms import Form, draw, layouts
from projects import without_reports
from sample_files import png


def read(body: str, head: str = "") -> Document:
    page = f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return read_content("自评表.xls", page.encode())


def rows(document: Document, number: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.grids[number].rows]


def told(document: Document) -> list[tuple[str, str, str]]:
    return [(entry.kind, entry.source, entry.text) for entry in document.told]


def as_html(form: Form) -> bytes:
    """A form as a table of HTML, in the encoding of most office systems."""
    owners = {(r, c): (r, c) for r in range(form.height) for c in range(form.width)}
    for top, left, bottom, right in form.merges:
        owners |= dict.fromkeys(
            ((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)), (top, left)
        )
    spans = {(m[0], m[1]): (m[2] - m[0] + 1, m[3] - m[1] + 1) for m in form.merges}
    lines = []
    for r in range(form.height):
        cells = []
        for c in range(form.width):
            if owners[r, c] == (r, c):
                tall, wide = spans.get((r, c), (1, 1))
                item = form.cells.get((r, c))
                text = item.shown.replace("<", "&lt;").replace("\n", "<br>") if item else "&nbsp;"
                cells.append(f"<td rowspan={tall} colspan={wide}>{text}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    page = f"<html><head><meta charset=gb2312></head><table>{''.join(lines)}</table></html>"
    return page.encode("gb18030")


@pytest.mark.demonstration
@pytest.mark.parametrize("number", range(0, len(layouts()), 6))
def test_generated_forms_are_read_from_a_page(number: int) -> None:
    form = draw(layouts()[number])
    document = read_content("自评表.xls", as_html(form))
    made = measure(form, drafts_of([document], Asked(), without_reports()))
    assert not made.wrong
    assert not made.missing
    assert not made.untold
    assert not made.personal


def test_cells_stand_where_a_browser_puts_them() -> None:
    found = read("<table><thead><tr><th colspan=2>指标</th><th>得分</th></tr></thead><tbody>"
                 "<tr><td rowspan=2>产出</td><td>修缮<br>水渠</td><td>50</td></tr>"
                 "<tr><td>合格\n率</td><td> 9.8&nbsp;</td></tr></tbody></table>")  # fmt: skip
    assert rows(found) == [
        ["指标", "指标", "得分"], ["产出", "修缮\n水渠", "50"], ["产出", "合格率", "9.8"]
    ]  # fmt: skip
    assert found.grids[0].rows[2][2].source == "表1!C3"


def test_head_and_foot_stand_where_a_browser_draws_them() -> None:
    cells = [f"<{part}><tr><td>{text}</td></tr></{part}>" for part, text in (
        ("tfoot", "合计"), ("tbody", "培训人次"), ("thead", "指标"),
    )]  # fmt: skip
    assert rows(read(f"<table>{''.join(cells)}</table>")) == [["指标"], ["培训人次"], ["合计"]]


@pytest.mark.parametrize(
    ("style", "gone"),
    [
        (".no, .gone {display:none}", ["藏", "掖"]),
        (".a .gone, P.no{display:none}", ["藏"]),
        ("div > .gone{display:none}", ["掖"]),
        ("@media print {.no {display:none}}", []),
        (".no:hover:nonsense(, {display:none} .gone{visibility:hidden}", []),
    ],
)
def test_rules_hide_what_a_browser_would_hide(style: str, gone: list[str]) -> None:
    body = "<p class=no>藏</p><div><p class=gone>掖</p></div><p class=a>见</p>"
    found = read(body, f"<style>p{{}}<!-- {style} --></style>")
    shown = [part.text for part in found.parts if isinstance(part, Line)]
    assert shown == [text for text in ("藏", "掖", "见") if text not in gone]
    assert [text for _, _, text in told(found)] == gone


def test_paragraphs_and_lists_are_lines() -> None:
    found = read("<h1>自评报告</h1><div>一、基本<b>情况</b><ol start=3><li>甲<li>乙</ol>尾</div>"
                 "<table><tr><td>表</td></tr></table><p>末段")  # fmt: skip
    parts = [p.text if isinstance(p, Line) else "表" for p in found.parts]
    assert parts == ["自评报告", "一、基本情况", "3.甲", "4.乙", "尾", "表", "末段"]


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>甲</td></tr><tr style='display:none'><td>藏</td></tr></table>",
        "<table><tr><td>甲</td></tr><tr class=no><td>藏</td></tr></table>",
        "<table><tr><td>甲<span style='display: none'>藏</span></td></tr></table>",
        "<table><col><col class=no><tr><td>甲</td><td>藏</td></tr></table>",
        "<table><tr><td>甲</td><td hidden>藏</td></tr></table>",
        "<p>甲</p><p style='visibility:hidden'>藏</p>",
    ],
)
def test_what_is_hidden_is_told(body: str) -> None:
    found = read(body, "<style>.no {color:red; display:none}</style>")
    shown = [t for p in found.parts for t in ([p.text] if isinstance(p, Line) else
             [c.text for c in p.cells()] if isinstance(p, Grid) else [])]  # fmt: skip
    assert [text for text in shown if text] == ["甲"]
    assert [(kind[:6], text) for kind, _, text in told(found)] == [("hidden", "藏")]


def test_what_is_struck_through_is_told() -> None:
    found = read("<table><tr><td>9<s>0</s></td><td class=x>8</td></tr></table>",
                 "<style>.x{text-decoration:line-through}</style>")  # fmt: skip
    assert rows(found) == [["9"]]
    assert told(found) == [("struck", "表1!A1", "0"), ("struck", "表1!B1", "8")]


def test_a_table_in_a_cell_stands_apart_and_a_frame_is_none() -> None:
    inner = "<table><tr><td>内</td><td>1</td></tr></table>"
    found = read(f"<table><tr><td>外</td><td>前{inner}</td></tr></table>")
    assert (rows(found), rows(found, 1)) == ([["外", "前"]], [["内", "1"]])
    assert told(found) == [("nested_table", "表1!B1", "")]
    assert rows(read(f"<table><tr><td>{inner}</td></tr></table>")) == [["内", "1"]]


def test_formulas_and_errors_are_no_values() -> None:
    found = read("<table><tr><td>=SUM(A1:A3)<td>#DIV/0!<td>＝100％<td>=100%</tr></table>")
    faults = [cell.fault for cell in found.grids[0].rows[0]]
    assert faults == ["formula_without_value", "formula_error", "", ""]


def test_fields_show_their_values_and_links_are_told() -> None:
    found = read("<table><tr><td><input value=95><td><input type=checkbox checked>优"
                 "<td><select><option>甲<option selected>乙</select><td><a href='http://x'>网</a>"
                 "<td><input type=hidden value=9></tr></table>")  # fmt: skip
    assert rows(found) == [["95", "☑优", "乙", "网"]]
    assert told(found) == [("link", "表1!D1", "http://x")]


def test_pictures_are_kept_where_the_page_holds_them() -> None:
    data = base64.b64encode(png()).decode()
    found = read(f"<p>图<img alt=甲 src='data:image/png;base64,{data}'><img src='b/乙.png'></p>")
    assert [p.text for p in found.parts if isinstance(p, Picture)] == ["甲"]
    assert told(found) == [("picture", "第1段", "乙.png")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030", "utf-8-sig"])
def test_a_page_is_read_in_its_encoding(encoding: str) -> None:
    said = {"gb18030": "<meta http-equiv=Content-Type content='text/html; charset=GB2312'>"}
    page = f"<html>{said.get(encoding, '')}<table><tr><td>镕基路㎡</td></tr></table></html>"
    assert rows(read_content("甲.xls", page.encode(encoding))) == [["镕基路㎡"]]


def test_a_web_archive_is_the_page_in_it() -> None:
    page = quopri.encodestring("<p>一、基本情况</p>".encode("gb18030"))
    head = (b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=gb2312\r\n"
            b"Content-Transfer-Encoding: quoted-printable\r\n\r\n")  # fmt: skip
    found = read_content("报告.doc", head + page)
    assert [p.text for p in found.parts if isinstance(p, Line)] == ["一、基本情况"]


@pytest.mark.parametrize(
    "page",
    [
        b"<html>" + b"<td>" * 150_001,
        b"<html><table>" + b"<tr><td>x" * 70_000,
        b"<html>" + b"<div>" * 400 + "深".encode(),
        b"<html><table><tr>" + b"<td colspan=999 rowspan=4999>x" * 9,
        b"MIME-Version: 1.0\n" + b"A: b\n" * 400_001,
        b"<html><style>" + b"td :not(p) {display:none}" * 501 + b"</style><td>x",
        b"<html><style>.a{display:none}" + b"b{}" * 200_000 + b"</style><td>x",
    ],
)
def test_a_bomb_is_too_large(page: bytes) -> None:
    with pytest.raises(Refusal, match="too_large"):
        read_content("甲.xls", page)
