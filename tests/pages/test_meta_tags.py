"""Meta tags: every kind of page has those of its kind, once, never empty, nothing invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evalpress import site as sites
from evalpress.assess import assess
from evalpress.pages import write
from evalpress.pages.frame import Page
from evalpress.pages.meta_tags import (
    COLUMN,
    SITE,
    TEXTS,
    Identity,
    Shown,
    all_tags,
    first_words,
    open_graph,
    written_tags,
)
from evalpress.settings import Settings
from evalpress.wording import words
from projects import ADDRESS, ROOT, Finished
from samples import public, reference

FULL = Identity("绩效公开", "https://a.invalid/ping/", "0000000000", "本区绩效自评报告")
TEXT = ("ArticleTitle", "PubDate", "ContentSource", "Keywords", "Description")


@pytest.fixture(scope="module")
def made() -> list[Page]:
    """All pages of the demonstration: with editions and a withdrawn report, every kind."""
    return sites.make(Settings(), ROOT, ROOT / "docs").pages


def tags(page: Page, identity: Identity = FULL) -> dict[str, str]:
    return all_tags(identity, Shown(page.address, page.frame.kind, page.frame.tags, "a.png"))


@pytest.mark.demonstration
def test_every_kind_of_page_has_all_tags(made: list[Page]) -> None:
    lacking = []
    for page in made:
        needed = (*SITE, *COLUMN, "keywords", "description", "Url", "Image")
        needed += TEXT if page.frame.kind in TEXTS else ()
        if page.report and not page.report.content.first_published:
            needed = tuple(name for name in needed if name != "PubDate")
        lacking += [(page.address, name) for name in needed if not tags(page).get(name)]
    assert not lacking


@pytest.mark.demonstration
def test_every_kind_has_words_and_no_others_do(made: list[Page]) -> None:
    # Nothing frames the page at an old address; the exports write that about data.
    without_frame = {"written", "missing", "moved", "data"}
    assert {page.frame.kind for page in made} | without_frame == set(words("meta_tags", "about"))


@pytest.mark.demonstration
def test_a_description_is_the_page_s_own(made: list[Page]) -> None:
    said = Counter(tags(page)["description"] for page in made)
    assert [text for text, count in said.items() if count > 1] == []


def test_a_shared_link_shows_what_the_tags_say() -> None:
    page = {p.frame.kind: p for p in write(assess([public("title: 甲")], reference()))}["report"]
    shown = Shown(page.address, "report", page.frame.tags, "education/2025/a.png")
    found = open_graph(all_tags(FULL, shown), page.title, shown)
    assert found["og:image"] == "https://a.invalid/ping/education/2025/a.png"
    assert found["og:url"] == "https://a.invalid/ping/education/2025/"
    assert (found["og:type"], found["og:title"]) == ("article", "甲")
    alone = open_graph(all_tags(Identity("乙"), shown), page.title, shown)
    assert not {"og:image", "og:url"} & alone.keys()


def test_nothing_is_invented() -> None:
    """A site without a code or an address has no such tags, a report without a day has no day."""
    found = {page.frame.kind: page for page in write(assess([public("title: 甲")], reference()))}
    shown = tags(found["report"], Identity("绩效公开"))
    absent = {"SiteDomain", "SiteIDCode", "PubDate", "Author", "Image", "Url"}
    assert not absent & shown.keys()
    assert all(shown.values())


def test_a_report_s_own_words_go_first() -> None:
    text = """
title: 甲
first_published: 2025-08-15 09:00
public_info: {summary: 一句话。, keywords: [乙], source: 丙, author: 丁}
"""
    found = {page.frame.kind: page for page in write(assess([public(text)], reference()))}
    shown = tags(found["report"])
    assert shown["PubDate"] == "2025-08-15 09:00"
    assert shown["description"] == shown["Description"] == "一句话。（演示数据）"
    assert (shown["Keywords"], shown["ContentSource"], shown["Author"]) == ("乙", "丙", "丁")


def test_a_page_by_hand_is_told_by_its_first_words() -> None:
    html = (
        "<h1>甲</h1>\n<p></p>\n<p class='x'>第一句 <a href='b'>乙&amp;丙</a>。</p><p>第二段。</p>"
    )
    found = written_tags("甲", "使用说明", {}, html)
    assert found["description"] == "第一句 乙&丙。"
    assert found["ColumnName"] == "使用说明"
    assert written_tags("甲", "", {"description": "自己写的"}, html)["description"] == "自己写的"
    assert "PubDate" not in found
    assert first_words(f"<p>{'字' * 150}。{'字' * 150}。</p>") == "字" * 150 + "。"


# --- in finished pages --------------------------------------------------------------------------


class _Metas(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta" and "name" in values:
            self.found.append((values["name"], values["content"]))


def metas(site: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for path in sorted(site.rglob("*.html")):
        page = _Metas(path.read_text(encoding="utf-8"))
        yield path.relative_to(site).as_posix(), page.found


@pytest.mark.slow
def test_all_pages_of_a_configured_site_have_one_set_each(configured: Finished) -> None:
    for path, found in metas(configured.site):
        names = Counter(name for name, _ in found)
        assert max(names.values()) == 1, path
        assert all(content.strip() for _, content in found), path
        shown = dict(found)
        assert {*SITE, *COLUMN, "keywords", "description"} <= shown.keys(), path
        address = f"{ADDRESS}{path.removesuffix('index.html')}"
        assert shown.get("Url", "") == ("" if path == "404.html" else address)
    pages = {path: dict(found) for path, found in metas(configured.site)}
    texts = {path: found for path, found in pages.items() if "PubDate" in found}
    assert set(texts) == {
        "parks/2024/index.html", "parks/2025/index.html", "parks/2025/tree-planting/index.html",
    }  # fmt: skip
    assert all(set(TEXT) <= found.keys() for found in texts.values())
