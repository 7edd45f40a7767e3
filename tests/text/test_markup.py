"""Text is text: every character shows as it was written, and nothing in it ever acts."""

from __future__ import annotations

import html
import re

import markdown
import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from markupsafe import Markup

from evalpress.text.markup import (
    environment,
    fragment,
    in_cell,
    labelled,
    lines,
    link,
    numbered,
    plain,
    safe_markdown,
    visible,
)
from sampling import NUMBER, often

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc", "fenced_code"]  # as in mkdocs.yml
NASTY = [
    "365天*24小时，全年*7天", "a|b", "2025. 总结", "1. 一", "- 一", "+ 一", "# 标题", "> 引文",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
    "{: onclick=alert(1) }", "{{ config }}", "{% raw %}", "--8<-- '/etc/passwd'", "&lt;", "&#60;",
    "**粗**", "_斜_", "`码`", "http://a.b", "<a@b.c>", "[^1]", "[TOC]", "=====", "~~删~~", "||||",
    "title: 假的", ": 定义", "*[缩写]: 全称", '"引号"', "100%", "（一）", "C:\\路径", "---",
    "![x](y)", "```", "a\\*b", "$x$", "a_b_c",
]  # fmt: skip


def shown(source: str) -> str:
    """What a reader sees of a Markdown paragraph."""
    page = markdown.markdown(source, extensions=EXTENSIONS)
    return html.unescape(re.sub(r"<[^>]+>", "", page)).strip()


@pytest.mark.parametrize("text", NASTY)
def test_text_shows_exactly_as_written(text: str) -> None:
    assert shown(plain(text)) == text
    page = markdown.markdown(plain(text), extensions=EXTENSIONS)
    assert re.findall(r"<(/?\w+)", page) == ["p", "/p"]


@seed(NUMBER)
@settings(max_examples=often(200, 5000), deadline=None, database=None)
@given(st.text(st.characters(blacklist_categories=("C", "Z")), min_size=1, max_size=40))
def test_any_text_shows_exactly_as_written(text: str) -> None:
    assert shown(plain(text)) == text.strip()


@pytest.mark.parametrize("text", NASTY)
def test_text_is_safe_in_an_attribute(text: str) -> None:
    assert not re.search(r"[\"'<>`]", plain(text))


@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u200b", "\x00", "\x1b", "\ufeff", "\u2028", "\u00ad", "\x85"]
)
def test_hidden_characters_are_removed(hidden: str) -> None:
    assert visible(f"甲{hidden}乙") == "甲乙"


def test_lines_are_paragraphs_and_empty_ones_are_none() -> None:
    assert lines("一\n\n  \n二\r\n三") == ["一", "二", "三"]
    assert plain("一\n二") == "一二"
    assert in_cell("一\n二") == "一<br>二"


@pytest.mark.parametrize(("label", "colons"), [("方法", 1), ("方法：", 1), ("方法:", 0)])
def test_label_has_one_colon(label: str, colons: int) -> None:
    found = labelled(label)
    assert found.count("：") == colons
    assert shown(found).rstrip("：:") == "方法"


def test_number_is_text_too() -> None:
    assert "<b>" not in numbered("<b>1")


@pytest.mark.parametrize(
    "text",
    ["<script>x</script>", "<img src=x onerror=y>", "[a](javascript:x)", "[a](data:text/html,x)",
     "<iframe src=x>", "<a href='x' onclick='y'>z</a>", "<style>p{}</style>", "<svg onload=x>",
     "<meta http-equiv=refresh>", "<form action=x>", "</div><div onclick=x>", "![a](b)"],
)  # fmt: skip
def test_markdown_field_lets_nothing_act(text: str) -> None:
    found = safe_markdown(text).lower()
    assert not re.search(
        r"<(script|img|iframe|style|svg|meta|form|object|embed)|\son\w+=|javascript:|data:", found
    )
    assert found.count("<div") == 1


def test_markdown_field_keeps_its_safe_subset() -> None:
    found = safe_markdown("**粗** [链接](https://a.b/)\n\n- 一\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert all(part in found for part in ("<strong>", 'href="https://a.b/"', "<li>", "<td>"))


@pytest.mark.parametrize(
    ("source", "target", "address"),
    [
        ("", "a/2025/", "a/2025/"), ("a/2025/", "", "../../"), ("a/2025/", "a/2025/x.pdf", "x.pdf"),
        ("a/2025/", "a/2024/", "../2024/"), ("a/", "b/c.png", "../b/c.png"), ("", "", "./"),
    ],
)  # fmt: skip
def test_links_are_relative(source: str, target: str, address: str) -> None:
    assert link(source, target) == address


def test_template_can_print_nothing_but_text_and_markup() -> None:
    template = environment().from_string("{{ text }}|{{ mark }}|{{ gap }}|{{ number }}")
    found = template.render(text="<b>*", mark=Markup("<i>"), gap=None, number=5)
    assert found == "&lt;b&gt;*|<i>||5"


def test_fragment_is_the_same_everywhere() -> None:
    assert fragment("文字") == fragment("文字") != fragment("文字 ")
    assert re.fullmatch(r"[0-9a-f]{8}", fragment("文字"))
