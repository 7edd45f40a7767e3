"""Private data, remains of Word and what hides in files, with the place and the way to mend it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from evalpress.checks import RULES
from evalpress.checks.persons import private_data
from evalpress.findings import Finding
from evalpress.text.privacy import PrivateKind
from evalpress.wording import words
from sample_files import CORE, docx, jpeg, new_pdf, paragraph, pdf, png, scanned_pdf, xlsx
from subjects import findings, places, subject

ATTACHED = "attachments: [{{id: a1, name: 附表, file: {}}}]"
FILE_RULES = [
    "private_data_in_file", "possible_private_data_in_file", "unchecked_attachment",
    "file_metadata", "hidden_content", "possible_hidden_content",
]  # fmt: skip


# --- texts of the report ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: 电话13812345678", "title"),
        ("body: {overview: 联系13812345678}", "body/overview"),
        ("indicators: [{id: i1, name: 甲, actual: 见13812345678}]", "indicators/i1/actual"),
        ("projects: [{id: p1, name: 乙, unit: 13812345678}]", "projects/p1/unit"),
        ("attachments: [{id: a1, name: 甲, file: 13812345678.pdf}]", "attachments/a1/file"),
        ("facts: [{id: f1, name: 丙, written: 138 1234 5678}]", "facts/f1/written"),
    ],
)
def test_private_data_is_found_in_every_field(text: str, place: str) -> None:
    [found] = findings("private_data", text)
    assert f"{found.place}/".startswith(f"{place}/")
    assert "138****5678" in found.fix


def test_a_finding_names_the_string_that_a_waiver_must_repeat() -> None:
    found = findings("private_data", "title: 电话138 1234 5678、13912345678")
    assert [f.exact for f in found] == ["138****5678", "139****5678"]
    assert all(RULES[rule].signing.exact for rule in ("private_data", "file_metadata"))


def test_what_may_be_private_is_only_a_warning() -> None:
    assert places("possible_private_data", "title: 联系人：张三") == ["title"]
    assert not places("private_data", "title: 联系人：张三")


def test_texts_are_not_joined() -> None:
    assert not places("private_data", 'title: "138"\nsubtitle: "12345678"')


def test_what_is_withheld_or_internal_is_not_published() -> None:
    text = "body: {overview: 电话13812345678}\nnotes: 张三13812345678\n"
    assert places("private_data", text)
    withheld = f"{text}withheld: [{{place: body/overview, reason: 涉及个人信息}}]"
    assert not places("private_data", withheld)


@pytest.mark.parametrize("remains", ["PAGEREF _Toc123 h", "错误！未定义书签。", "{ TOC 1-3 }"])
def test_remains_of_word_are_found(remains: str) -> None:
    [place] = places("word_residue", f'body: {{overview: "目录 {remains}"}}')
    assert place.startswith("body/overview/")


def test_braces_and_the_word_error_are_no_remains() -> None:
    assert not places("word_residue", 'body: {overview: "改正错误！集合{甲，乙}"}')


def test_every_kind_of_private_data_has_a_name() -> None:
    assert words("private").keys() == set(PrivateKind)


# --- files --------------------------------------------------------------------------------------


def in_file(folder: Path, name: str, content: bytes, text: str = "") -> list[Finding]:
    """What the rules find in a report with this one file."""
    (folder / name).write_bytes(content)
    seen = replace(subject(text or ATTACHED.format(name)), attachments=folder)
    rules = [RULES[name].of_report for name in FILE_RULES]
    return [finding for rule in rules if rule for finding in rule(seen)]


def test_a_clean_file_is_no_finding(tmp_path: Path) -> None:
    assert in_file(tmp_path, "a.docx", docx(paragraph("正文"))) == []
    assert in_file(tmp_path, "a.csv", "名称,金额\n甲,13812345678元\n".encode()) == []


def test_private_data_in_a_file_names_the_place_in_it(tmp_path: Path) -> None:
    row = '<row r="7"><c t="str"><v>联系人：张三</v></c><c><v>13812345678</v></c></row>'
    found = in_file(tmp_path, "a.xlsx", xlsx({"附表1": row}))
    assert [f.rule for f in found] == ["private_data_in_file"] * 2
    assert [f.exact for f in found] == ["张三", "138****5678"]
    assert "工作表“附表1”第7行" in found[0].what
    assert found[0].place == "attachments/a1/file"


def test_a_page_is_named(tmp_path: Path) -> None:
    [found] = in_file(tmp_path, "a.pdf", pdf())
    assert "第1页" in found.what


def test_an_original_is_read_like_an_attachment(tmp_path: Path) -> None:
    [found] = in_file(tmp_path, "a.pdf", pdf(), "original: {file: a.pdf}")
    assert (found.rule, found.place) == ("private_data_in_file", "original/file")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", scanned_pdf()), ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("a.wps", b"\0\1")],
)
def test_a_file_that_cannot_be_read_wants_a_waiver(
    tmp_path: Path, name: str, content: bytes
) -> None:
    [found] = in_file(tmp_path, name, content)
    assert (found.rule, found.place) == ("unchecked_attachment", "attachments/a1/file")


def test_a_picture_in_the_text_is_seen_and_one_as_attachment_is_not(tmp_path: Path) -> None:
    plain = png("某某区财政局")
    text = "body: {overview: [{id: p, picture: a.png, alt: 图}]}"
    assert in_file(tmp_path, "a.png", plain, text) == []
    assert [f.rule for f in in_file(tmp_path, "a.png", plain)] == ["unchecked_attachment"]


def test_authors_and_places_are_found_with_the_command_that_removes_them(tmp_path: Path) -> None:
    [found] = in_file(tmp_path, "a.docx", docx(paragraph("正文"), docProps__core_xml=CORE))
    assert (found.rule, found.exact) == ("file_metadata", "张三、李四")
    assert "evalpress clean data/attachments/education/2025/a.docx" in found.fix
    text = "body: {overview: [{id: p, picture: a.jpg, alt: 图}]}"
    rules = [f.rule for f in in_file(tmp_path, "a.jpg", jpeg(), text)]
    assert rules == ["private_data_in_file", "file_metadata"]


@pytest.mark.parametrize(
    "name", ["桥西区财政局", "Administrator", "Microsoft Office User", "WPS 用户"]
)
def test_offices_and_programs_are_no_persons(tmp_path: Path, name: str) -> None:
    core = CORE.replace("张三", name).replace("李四", "")
    assert in_file(tmp_path, "a.docx", docx(paragraph("正文"), docProps__core_xml=core)) == []


def test_hidden_sheets_block_and_hidden_rows_warn(tmp_path: Path) -> None:
    row = '<row r="1" hidden="1"><c><v>1</v></c></row>'
    found = in_file(tmp_path, "a.xlsx", xlsx({"表": "", "底稿": row}, hidden="底稿"))
    assert [f.rule for f in found] == ["hidden_content", "possible_hidden_content"]
    assert "“底稿”" in found[0].what


def test_a_file_is_scanned_again_when_it_changes(tmp_path: Path) -> None:
    assert not in_file(tmp_path, "a.csv", b"1")
    assert in_file(tmp_path, "a.csv", "电话13812345678".encode())


def test_missing_files_and_ways_out_of_the_folder_are_other_rules(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "a.csv").write_text("13812345678")
    seen = replace(subject(ATTACHED.format("../a.csv")), attachments=tmp_path / "in")
    assert list(private_data(seen)) == []
    rules = [RULES[name].of_report for name in FILE_RULES]
    assert [finding for rule in rules if rule for finding in rule(seen)] == []


# --- columns of names, pictures with text --------------------------------------------------------


def test_names_in_a_table_of_the_report_are_found() -> None:
    text = (
        "body: {overview: [{table: 受助学生名单, columns: [序号, 姓名, 金额（元）],"
        " rows: [['1', 张伟, '500'], ['2', 李某, '500']]}]}"
    )
    [found] = findings("possible_private_data", text)
    assert (found.exact, found.place) == ("张伟", "body/overview/1/1/2")
    assert found.where.line == 2


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"


def sheet_row(*cells: tuple[str, str]) -> str:
    return (
        "<row>"
        + "".join(f'<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>' for name, text in cells)
        + "</row>"
    )


LISTS = {
    "a.docx": docx(f"<w:tbl>{row('姓名', '单位')}{row('张伟', '教育局')}</w:tbl>"),
    "a.xlsx": xlsx({
        "名单": sheet_row(("A1", "序号"), ("C1", "姓名")) + sheet_row(("C2", "张伟"))
    }),
    "a.csv": "序号,姓名,金额\n1,张伟,500\n".encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_names_in_columns_of_a_file_are_found(name: str, tmp_path: Path) -> None:
    found = in_file(tmp_path, name, LISTS[name])
    assert [f.exact for f in found] == ["张伟"]


def test_large_pictures_in_a_document_are_named(tmp_path: Path) -> None:
    shown = docx(paragraph("扫描件见下页，共三页材料"), word__media__scan_png=large_png())
    [found] = in_file(tmp_path, "a.docx", shown)
    assert "读不出字的图片" in found.what and "scan_png" in found.what


def test_a_document_of_pictures_alone_is_unchecked(tmp_path: Path) -> None:
    shown = docx("", word__media__scan_png=large_png())
    [found] = [f for f in in_file(tmp_path, "a.docx", shown) if f.rule == "unchecked_attachment"]
    assert "扫描件" in found.what


def large_png() -> bytes:
    content = io.BytesIO()
    Image.new("L", (1240, 1754)).save(content, "PNG")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.pdf", b"", "空的"),
        ("a.pdf", "<html>正文</html>".encode(), "后缀不符"),
        ("a.docx", pdf("Annual report"), "后缀不符"),
        ("a.csv", png(), "后缀不符"),
    ],
)
def test_a_file_that_will_not_open_is_named(
    name: str, content: bytes, why: str, tmp_path: Path
) -> None:
    found = [f for f in in_file(tmp_path, name, content) if f.rule == "unchecked_attachment"]
    assert [why in f.what for f in found] == [True]


def test_a_pdf_that_runs_a_script_is_stopped(tmp_path: Path) -> None:
    document = new_pdf("Annual report with enough text")
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.Root.OpenAction = document.make_indirect(script)
    content = io.BytesIO()
    document.save(content)
    [found] = in_file(tmp_path, "a.pdf", content.getvalue())
    assert found.rule == "hidden_content" and "脚本" in found.what


BLACK = b"q 0 g 0 0 1000 1000 re f Q"


@pytest.mark.parametrize(
    ("before", "after", "covered"),
    [
        (b"", BLACK, True),
        (BLACK + b" 1 g", b"", False),
        (BLACK, b"", True),
        (b"", b"q 1 g 0 0 1000 1000 re f Q", True),
        (b"", b"q 0 g 0 0 999 999 re 10 10 900 900 re f* Q", False),
        (b"", b"q 0 g 1 0 0 1 0 0 cm 0 0 m 0 99 l 99 99 l 99 0 l h f Q", True),
        (b"", b"/G gs q 0 g 0 0 1000 1000 re f Q", True),
        (b"", b"q 0 0 0 rg 0 0 1000 1 re f Q", False),
        (b"", b"q 0 g 900 900 90 90 re f Q", False),
        (b"", b"q 0 0 0 1 k 0 0 500 500 re f Q q 0 g 0 500 500 500 re f Q", True),
    ],
)
def test_text_under_a_black_box_is_found(
    before: bytes, after: bytes, covered: bool, tmp_path: Path
) -> None:
    document = new_pdf("Annual report of Zhang Wei")
    document.pages[0].contents_add(before, prepend=True)
    document.pages[0].contents_add(after)
    content = io.BytesIO()
    document.save(content)
    found = in_file(tmp_path, "a.pdf", content.getvalue())
    assert [f.rule for f in found] == (["hidden_content"] if covered else [])
    assert all("文字" in f.what and "Annual" in f.what for f in found)


def test_private_data_are_not_withheld_but_left_out() -> None:
    text = "body: {overview: [{id: a, text: 值班电话13812345678。}]}\n"
    asked = "withheld: [{place: body/overview/a, reason: 个人信息}]\n"
    assert places("private_data_withheld", text + asked) == ["body/overview/a/text"]
    assert not places("private_data", text + asked)
    plain = text.replace("值班电话13812345678", "点位7处")
    assert not places("private_data_withheld", plain + asked)
