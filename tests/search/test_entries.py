"""Entries: the weighted words and the text of a page, as plain data that can be kept."""

from __future__ import annotations

import pytest

from evalpress.search.entries import HEAVIEST, Entry, entry_of, make_entry
from evalpress.search.pages import IndexedPage, Section
from search.mini import page

TITLE = "云泽区教育局自评报告"
BODY = (
    f"<h1>{TITLE}</h1><h2 id='basics'>基本情况</h2><p>支出１，２３４.５６万元，"
    "采购𠮷野家 PDF 一份。</p><p>支出合规，支出及时。</p>"
).replace("'", '"')


def entry(body: str = BODY, title: str = TITLE) -> Entry:
    found = entry_of(page(body, title), "education/2025/")
    assert found is not None
    return found


def weight(found: Entry, word: str) -> int:
    """The weight of a word; 0 where the page does not have it."""
    return next((w for w, words in enumerate(found.words, 1) if word in words.split()), 0)


def test_a_title_weighs_more_than_a_heading_and_a_heading_more_than_text() -> None:
    found = entry()
    assert weight(found, "教育") > weight(found, "情况") > weight(found, "支出") > 0
    assert weight(found, "支出") > weight(found, "合规")
    assert weight(found, "网信") == 0


def test_no_number_of_places_in_the_text_weighs_as_much_as_the_title() -> None:
    often = entry(f"<p>{'经费。' * 5000}</p>")
    assert weight(often, "经费") < weight(entry("<p></p>", "经费"), "经费") <= HEAVIEST


def test_a_word_has_one_weight_and_words_of_a_weight_are_in_order() -> None:
    words = [word for group in entry().words for word in group.split()]
    assert len(words) == len(set(words))
    assert all(group.split() == sorted(group.split()) for group in entry().words)
    assert len(entry().words) == HEAVIEST


@pytest.mark.parametrize("word", ["1234.56", "𠮷野", "购𠮷", "pdf"])
def test_amounts_latin_words_and_rare_characters_are_words(word: str) -> None:
    assert weight(entry(), word) > 0


def test_the_text_is_kept_by_sections_as_it_is_shown() -> None:
    first, second = entry().sections
    assert first == ("", "", TITLE)
    assert second[:2] == ("basics", "基本情况")
    assert "１，２３４.５６万元，采购𠮷野家 PDF" in second[2]


def test_what_is_kept_gives_the_same_entry() -> None:
    assert Entry.from_bytes(entry().to_bytes()) == entry()
    assert entry().to_bytes() == entry().to_bytes()


@pytest.mark.parametrize("kept", [b"", b"{}", b"[1]", b"\x80\x04K\x01.", b'{"a": "b"'])
def test_bytes_that_are_no_entry_are_an_error(kept: bytes) -> None:
    with pytest.raises(ValueError):
        Entry.from_bytes(kept)


def test_a_page_without_words_has_an_entry() -> None:
    found = make_entry(IndexedPage("a/", "", "", (Section(),)))
    assert not any(found.words) and found.sections == ()
    assert Entry.from_bytes(found.to_bytes()) == found


def test_a_page_that_does_not_ask_to_be_found_has_none() -> None:
    assert entry_of("<html><article>正文</article></html>", "a/") is None
