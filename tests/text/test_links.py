"""Addresses: what a page may lead to, and what would run in a reader's browser."""

from __future__ import annotations

import pytest

from evalpress.text.links import is_address, refused_links
from evalpress.text.markup import refused_markdown_links, safe_markdown

GOOD = [
    "https://zwgk.example.gov.cn/x?y=1#z", "http://a.example", "HTTPS://A.EXAMPLE/",
    "mailto:office@example.gov.cn", "years/", "/guide/", "#top", "?year=2025", "../2024/",
    "附件.pdf",
]  # fmt: skip
BAD = [
    "javascript:alert(1)", "JaVaScript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
    "\x01javascript:alert(1)", "java\u200bscript:x", "data:text/html,x", "vbscript:x",
    "file:///etc",
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https://", "http:/x", "http:x",
    "https://gov.cn@evil.example", "www.example.gov.cn", "beian.miit.gov.cn/x", "a b", "mailto:x",
    "&#106;avascript:x", "%6Aavascript:x", "ｊavascript:x", "javascript：alert(1)",
    "java&Tab;script:x",
    "",
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_web_mail_and_own_addresses_pass(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize("text", BAD)
def test_everything_else_is_refused(text: str) -> None:
    assert not is_address(text)


def test_links_are_read_as_a_browser_reads_them() -> None:
    html = (
        "<a href='java&#115;cript:x'>1</a><A HREF=data:x>2</A><a href=\"https://a.example\">3</a>"
    )
    assert refused_links(html) == ["javascript:x", "data:x"]


@pytest.mark.parametrize(
    "text",
    ["[甲](javascript:x)", "[甲](java&#115;cript:x)", "[甲][1]\n\n[1]: javascript:x",
     "<a href=javascript:x>甲</a>", "![甲](data:image/png;base64,xx)"],
)  # fmt: skip
def test_markdown_does_not_lose_a_link_without_a_word(text: str) -> None:
    assert refused_markdown_links(text)
    assert "javascript" not in safe_markdown(text)


@pytest.mark.parametrize(
    "text",
    ["[甲](https://a.example)", "[甲](mailto:a@b.example)", "〔2025〕5号", "`[甲](javascript:x)`"],
)
def test_markdown_keeps_links_that_lead_somewhere(text: str) -> None:
    assert not refused_markdown_links(text)
    assert ("href" in safe_markdown(text)) == ("](" in text and "`" not in text)
