"""Where a source line ends between Chinese signs, readers see no blank."""

from __future__ import annotations

from html import unescape

import pytest

from evalpress.text.line_ends import closed_up, one_line
from evalpress.text.markup import plain, safe_markdown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("全年开办\n社区食堂", "全年开办社区食堂"),
        ("已完成，\n  其余“推迟”\n。", "已完成，其余“推迟”。"),
        ("使用\nExcel", "使用 Excel"),
        ("two\nwords", "two words"),
        ("共 3\n处", "共 3 处"),
        ("一行", "一行"),
    ],
)
def test_a_text_in_one_line(text: str, shown: str) -> None:
    assert one_line(text) == shown
    assert unescape(plain(text)) == shown


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>全年<strong>开办</strong>\n社区</p>", "<p>全年<strong>开办</strong>社区</p>"),
        ('<p>见\n<a href="x">附件</a></p>', '<p>见<a href="x">附件</a></p>'),
        ("<p>见<em>一\n二</em></p>", "<p>见<em>一二</em></p>"),
        ("<p>甲</p>\n<p>乙</p>", "<p>甲</p>\n<p>乙</p>"),
        ("<pre>甲\n乙</pre>\n<p>丙\n丁</p>", "<pre>甲\n乙</pre>\n<p>丙丁</p>"),
        ("<li>甲\n<ul>", "<li>甲\n<ul>"),
    ],
)
def test_html_is_closed_up_within_a_paragraph(html: str, shown: str) -> None:
    assert closed_up(html) == shown


def test_a_field_of_markdown_is_closed_up() -> None:
    made = str(safe_markdown("全年开办\n**社区食堂**\n十二处\n\n| 甲 |\n|---|\n| 乙 |\n| 丙 |"))
    assert "全年开办<strong>社区食堂</strong>十二处" in made
    assert made.count("<tr>") == 3
