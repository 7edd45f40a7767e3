"""Text of originals: what a file shows, in paragraphs, or why there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.cache.store import Store
from evalpress.files.attachments import public_files
from evalpress.files.originals import MAX_SIGNS, OriginalText, extract, joined, original_texts
from evalpress.files.scan import Hidden, Passage, Scan, scan_content
from sample_files import docx, paragraph, pdf, scanned_pdf, xlsx
from samples import data_folder, public


def pages(*texts: str) -> Scan:
    return Scan("pdf", tuple(Passage("page", text, number=n) for n, text in enumerate(texts, 1)))


def test_full_lines_go_on_until_a_sentence_ends() -> None:
    lines = [
        "全年预算8236.50万元，支出7954.18",
        "万元。",
        "一、概况",
        "下设三个单位，都在城区里面办公。",
        "后文",
    ]
    assert joined(lines) == ["全年预算8236.50万元，支出7954.18万元。", *lines[2:]]


def test_page_numbers_and_what_every_page_repeats_are_left_out() -> None:
    found = extract(pages("眉头\n甲段。\n— 1 —", "眉头\n乙段。\n第 2 页 共 2 页"))
    assert found.paragraphs == ("甲段。", "乙段。")


def test_an_office_file_gives_its_paragraphs_and_rows() -> None:
    assert extract(scan_content(docx(paragraph("正文一") + paragraph("正文二")))).paragraphs == (
        "正文一",
        "正文二",
    )
    sheet = '<row r="1"><c t="str"><v>名称</v></c><c t="str"><v>得分</v></c></row>'
    assert extract(scan_content(xlsx({"表": sheet}))).paragraphs == ("名称　得分",)


def test_comments_properties_and_bookmarks_are_no_text() -> None:
    texts = (Passage("comment", "批注"), Passage("property", "标题"), Passage("text", "正文"))
    assert extract(Scan("docx", texts)).paragraphs == ("正文",)


@pytest.mark.parametrize("kind", ["revisions", "hidden_text", "hidden_sheet", "hidden_row"])
def test_text_mixed_with_what_readers_would_not_see_stays_in_the_file(kind: str) -> None:
    found = extract(Scan("docx", (Passage("text", "删去的"),), hidden=(Hidden(kind),)))
    assert found == OriginalText(reason="mixed")


def test_a_file_without_text_says_why() -> None:
    assert extract(scan_content(scanned_pdf())).reason == "pictures"
    assert extract(Scan("ole", readable=False, reason="format")).reason == "format"


def test_signs_that_no_font_has_are_dropped_and_a_book_is_cut() -> None:
    assert extract(pages("甲\ue123乙\ufffd\u202e丙。")).paragraphs == ("甲乙丙。",)
    long = extract(Scan("text", (Passage("line", "长" * MAX_SIGNS), Passage("line", "短"))))
    assert long.paragraphs[-1] == "……"


def test_every_original_is_read_and_kept(tmp_path: Path) -> None:
    name = "data/attachments/education/2025/a.pdf"
    data = data_folder(tmp_path, {name: pdf("Annual report")})
    report = public("original: {file: a.pdf}")
    store = Store(tmp_path / "kept")
    files = public_files([report], data)
    found = original_texts([report], files, store)
    text = OriginalText(("Annual report",), torn=True)
    assert found == {"education/2025/attachments/a.pdf": text}
    assert original_texts([report], files, store) == found
