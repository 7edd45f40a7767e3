"""Every report leads to where the bureau hears of errors, with title, address and edition."""

from __future__ import annotations

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from jinja2 import Environment, FileSystemLoader

from evalpress.text.links import is_address
from evalpress.wording import TEMPLATES, words

FACTS = ("云泽区民政局2025年度 A&B/C?", "https://jx.example.gov.cn/civil/2025/", "第2版")
CALL = '{% from "partials/error_report.html" import error_report %}{{ error_report(*facts) }}'


def link(target: str, facts: tuple[str, ...] = FACTS) -> str:
    env = Environment(loader=FileSystemLoader(TEMPLATES / "theme"))
    env.globals["words"] = words
    made = unescape(env.from_string(CALL).render(facts=(target, *facts)))
    assert is_address(made)
    return made


def test_a_mail_names_the_place_and_the_edition() -> None:
    parts = urlsplit(link("mailto:jx@example.gov.cn"))
    query = parse_qs(parts.query)
    assert parts.path == "jx@example.gov.cn"
    assert query["subject"] == [f"找错：{FACTS[0]}"]
    assert query["body"][0].split("\r\n")[:3] == [
        f"标题：{FACTS[0]}", f"网址：{FACTS[1]}", f"版次：{FACTS[2]}",
    ]  # fmt: skip


def test_an_address_is_filled_where_it_asks() -> None:
    made = link("https://zc.example.gov.cn/jc?site=1&p={address}&t={title}&v={edition}")
    query = parse_qs(urlsplit(made).query)
    assert query == {"site": ["1"], "p": [FACTS[1]], "t": [FACTS[0]], "v": [FACTS[2]]}


@pytest.mark.parametrize("target", ["https://zc.example.gov.cn/jc?site=1", "mailto:a@b.cn?body=x"])
def test_any_other_address_stays_as_it_is(target: str) -> None:
    assert link(target) == target
