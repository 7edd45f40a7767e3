"""Pages in, a Pagefind index of their search words and the pages' text out."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from evalpress.search import SearchError, _shortened, index, pagefind
from evalpress.search.pages import IndexedPage, Section
from evalpress.search.tokens import pair

TEXT = "开展网络安全检查，预算执行率达到98.1%。"
PAGES = [
    IndexedPage(
        f"{name}/{year}/",
        title := f"云泽区{office}{year}年度部门整体绩效自评报告",
        "部门整体",
        (Section("", "", f"{title}😀"), Section("basics", "一、基本情况", TEXT)),
    )
    for name, office in (("cac", "委网信办"), ("education", "教育局"))
    for year in (2024, 2025)
]


def unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")


def fragment(folder: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(unpacked(folder / "fragment" / f"{name}.pf_fragment"))
    return found


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    folder = tmp_path_factory.mktemp("site") / "pagefind"
    [ids] = pagefind.build(PAGES, folder)
    return folder, ids


def test_every_page_has_a_name_and_its_text(built: tuple[Path, list[str]]) -> None:
    folder, ids = built
    for page, name in zip(PAGES, ids, strict=True):
        found = fragment(folder, name)
        assert found["url"] == page.address
        assert found["meta"] == {"title": page.title, "kind": "部门整体"}
        assert found["content"] == f"{page.title}😀\n{TEXT}"


def test_sections_are_where_the_browser_counts_them(built: tuple[Path, list[str]]) -> None:
    """JavaScript counts in UTF-16 units."""
    folder, ids = built
    found = fragment(folder, ids[0])
    [anchor] = found["anchors"]
    units = found["content"].encode("utf-16-le")
    assert units[anchor["location"] * 2 :].decode("utf-16-le") == TEXT
    assert (anchor["id"], anchor["text"]) == ("basics", "一、基本情况")


def test_the_index_holds_search_words(built: tuple[Path, list[str]]) -> None:
    folder, _ = built
    held = b"".join(unpacked(path) for path in (folder / "index").iterdir()).decode(
        "utf-8", "replace"
    )
    assert all(word in held for word in (pair("网络"), pair("络安"), "98p1", "2025"))
    assert "网络" not in held


def test_only_files_that_the_search_box_loads_are_published(built: tuple[Path, list[str]]) -> None:
    names = {path.name for path in built[0].iterdir()}
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json"} <= names
    assert not [name for name in names if "ui" in name or "highlight" in name]


def test_the_same_pages_give_the_same_bytes_in_place_of_older_ones(
    built: tuple[Path, list[str]], tmp_path: Path
) -> None:
    stale = tmp_path / "fragment" / "und_stale.pf_fragment"
    stale.parent.mkdir(parents=True)
    stale.touch()
    assert pagefind.build(PAGES, tmp_path) == [built[1]]
    assert digest(tmp_path) == digest(built[0])


def test_many_pages_lie_in_parts_whose_names_differ_and_which_share_one_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagefind, "MOST_PAGES", 2)
    first, second = pagefind.build(PAGES[:3], tmp_path)
    assert [fragment(tmp_path, name)["url"] for name in first] == ["cac/2024/", "education/2024/"]
    [other] = second
    assert fragment(tmp_path / "1", other)["url"] == "cac/2025/"
    assert first[0].startswith("und_") and other.startswith("und-x-1_")
    assert sorted(path.name for path in (tmp_path / "1").iterdir()) == [
        "fragment", "index", "pagefind-entry.json",
        *(path.name for path in (tmp_path / "1").glob("*.pf_meta")),
    ]  # fmt: skip
    pagefind.build(PAGES[:2], tmp_path)
    assert not (tmp_path / "1").exists()


def test_names_are_shortened_to_what_tells_them_apart() -> None:
    assert _shortened(["und_1a2b", "und_1a3c", "und_9f00"]) == ["1a2", "1a3", "9"]
    assert _shortened(["und_1a2b"]) == ["1"]


def test_a_site_without_pages_to_find_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<html><article>首页</article></html>", encoding="utf-8")
    with pytest.raises(SearchError, match="没有可供搜索的网页"):
        index(tmp_path, None)  # type: ignore[arg-type]


def test_a_failure_tells_what_pagefind_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagefind, "LANGUAGE", "--no-such-option")
    with pytest.raises(SearchError, match="no-such-option"):
        pagefind.build(PAGES, tmp_path)


def test_a_missing_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(pagefind.importlib, "import_module", refuse)
    with pytest.raises(SearchError, match=r"pagefind\[extended\]"):
        pagefind.build(PAGES, tmp_path)
