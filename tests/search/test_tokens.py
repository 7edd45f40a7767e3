"""Search words: every text that holds a query holds all of its search words."""

from __future__ import annotations

import re

import pytest

from evalpress.search.tokens import alike, bucket_of, search_words
from evalpress.text.lookalikes import BEYOND_NFKC
from evalpress.wording import TEMPLATES

SCRIPTS = TEMPLATES / "theme" / "assets" / "search"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("网络安全", "网络 络安 安全"),
        ("预算1,234.56万元", "预算 1234.56 万元"),
        ("ＰＤＦ版９５.2％", "pdf 95.2"),
        ("教育局（本级）", "教育 育局 本级"),
        ("2025年度", "2025 年度"),
        ("A4纸 B", "a4 b"),
        ("采购𠮷野家𠀀", "采购 购𠮷 𠮷野 野家 家𠀀"),
        ("ｉＰｈｏｎｅ１５Pro", "iphone15pro"),
        ("１２，３４５.６０元", "12345.60"),
        ("snake_case", "snake case"),
        ("⺠⽣⽀出", "民生 生支 支出"),
        ("⽤⼾", "用户"),
        ("水", ""),
        ("，。", ""),
    ],
)
def test_search_words(text: str, words: str) -> None:
    assert set(search_words(text)) == set(words.split())


def test_they_are_counted() -> None:
    assert search_words("绩效绩效绩")["绩效"] == 2


@pytest.mark.parametrize("text", ["开展网络安全检查，支出8,486.78万元（占97.08%）。", "㎡、①和Ⅻ"])
def test_every_piece_of_a_text_is_found_by_its_words(text: str) -> None:
    """A piece may cut a number in two; then it is no word."""
    whole, plain = set(search_words(text)), alike(text)
    for start in range(len(plain)):
        for end in range(start + 1, len(plain) + 1):
            cut = plain[max(start - 1, 0) : start + 1] + plain[end - 1 : end + 1]
            if not any(c.isascii() for c in cut):
                assert set(search_words(plain[start:end])) <= whole


def test_words_are_spread_over_all_buckets() -> None:
    signs = [chr(code) for code in range(0x4E00, 0x4E00 + 64)]
    counts = [0] * 16
    for first in signs:
        for second in signs:
            counts[bucket_of(first + second, 16)] += 1
    assert max(counts) < 2 * min(counts)


def test_the_browser_has_the_same_table_of_look_alikes() -> None:
    script = (SCRIPTS / "text.js").read_text(encoding="utf-8")
    table = re.search(r"LOOKALIKES =\n(.*?);", script, re.DOTALL)
    assert table and "".join(re.findall(r'"(.*?)"', table[1])) == BEYOND_NFKC
    ranges = re.search(r"LOOKALIKE = /(\[.*?\])/g", script)
    assert ranges and all(re.fullmatch(ranges[1], sign) for sign in BEYOND_NFKC[::2])
