"""evalpress.search: a folder of pages in, a Pagefind index out."""

import gzip
import hashlib
from pathlib import Path

import pytest

from evalpress import search
from evalpress.search import SearchError

PAGES = {
    "cac/2025/index.html": "云泽区委网信办2025年度部门整体绩效自评报告",
    "cac/2024/index.html": "云泽区委网信办2024年度部门整体绩效自评报告",
    "education/2025/index.html": "云泽区教育局2025年度部门整体绩效自评报告",
}
UNMARKED = {"years/index.html": "云泽区年度列表"}


def write_page(path: Path, title: str, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'<!doctype html><html lang="zh-CN"><head><title>{title}</title></head><body>'
        f'<nav>当前位置</nav><article {body} data-title="{title}"><h1>{title}</h1>'
        "<p>开展网络安全检查，预算执行率达到98.1%。</p></article></body></html>",
        encoding="utf-8",
    )


def write_site(folder: Path) -> Path:
    for path, title in PAGES.items():
        write_page(
            folder / path, title, 'data-pagefind-body data-pagefind-meta="title[data-title]"'
        )
    for path, title in UNMARKED.items():
        write_page(folder / path, title, "")
    return folder


def fragments(site: Path) -> list[str]:
    """The indexed text of every page; Pagefind puts zero-width spaces between words."""
    paths = sorted((site / "pagefind" / "fragment").iterdir())
    return [gzip.decompress(path.read_bytes()).decode().replace("\u200b", "") for path in paths]


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_site(tmp_path_factory.mktemp("site"))
    assert search.index(folder) == len(PAGES)
    return folder


def test_marked_pages_have_a_fragment_each(site: Path) -> None:
    texts = fragments(site)
    assert len(texts) == len(PAGES)
    for title in PAGES.values():
        assert any(f'"title":"{title}"' in text for text in texts)


def test_unmarked_pages_and_navigation_are_left_out(site: Path) -> None:
    text = "".join(fragments(site))
    assert "年度列表" not in text
    assert "当前位置" not in text


def test_chinese_is_cut_into_words(site: Path) -> None:
    """Only the extended program does that; the words are told apart by zero-width spaces."""
    path = next((site / "pagefind" / "fragment").iterdir())
    assert "网络\u200b安全" in gzip.decompress(path.read_bytes()).decode()


def test_only_files_that_the_search_box_loads_are_published(site: Path) -> None:
    names = {path.name for path in (site / "pagefind").iterdir()}
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json"} <= names
    assert not [name for name in names if "ui" in name or "highlight" in name]


def test_the_same_pages_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    again = write_site(tmp_path)
    search.index(again)
    assert digest(again / "pagefind") == digest(site / "pagefind")


def test_an_older_index_is_replaced(tmp_path: Path) -> None:
    write_site(tmp_path)
    stale = tmp_path / "pagefind" / "fragment" / "zh_stale.pf_fragment"
    stale.parent.mkdir(parents=True)
    stale.touch()
    search.index(tmp_path)
    assert not stale.exists()


def test_a_site_without_marked_pages_is_an_error(tmp_path: Path) -> None:
    write_page(tmp_path / "index.html", "首页", "")
    with pytest.raises(SearchError, match="没有可供搜索的网页"):
        search.index(tmp_path)


def test_a_failure_tells_what_pagefind_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "LANGUAGE", "--no-such-option")
    with pytest.raises(SearchError, match="no-such-option"):
        search.index(write_site(tmp_path))


def test_a_missing_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(search.importlib, "import_module", refuse)
    with pytest.raises(SearchError, match=r"pagefind\[extended\]"):
        search.index(write_site(tmp_path))
