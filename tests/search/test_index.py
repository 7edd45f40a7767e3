"""What a built site offers to the search: all of what is public, nothing of what is not."""

from __future__ import annotations

import json
import shutil
from itertools import compress, islice
from pathlib import Path
from typing import Any

import pytest

from evalpress import search
from evalpress.search import SearchError, index
from evalpress.search.tokens import bucket_of, search_words
from projects import Finished
from search import mini, unpacking

# What stands in the small project's draft, embargoed and withheld texts only.
OUTSIDE = ("暗记甲一七", "暗记乙二八")


def listed(site: Path) -> Any:
    return json.loads((site / search.NAMES).read_text(encoding="utf-8"))


def order(site: Path) -> list[str]:
    """The address of every page, as the browser puts them in order."""
    found = listed(site)
    own = [
        f"{department}/{place}"
        for department, *_, rows in found["departments"]
        for place in ["", *(f"{y}/{r[0] and r[0] + '/'}" for r in rows for y in r[3])]
    ]
    return [*own, *(address for address, *_ in found["index"]["others"])]


def words_of(site: Path) -> dict[str, set[str]]:
    """Every search word of the index with the addresses of the pages that hold it."""
    about, addresses = unpacking.about(site), order(site)
    assert sum(about["parts"]) == len(addresses)
    found: dict[str, set[str]] = {}
    for number in range(about["buckets"]):
        path = site / search.WORDS / f"{number}.bin"
        edition, segments = unpacking.segments(path, len(about["parts"]))
        assert edition == about["edition"]
        rest = iter(addresses)
        for segment, pages in zip(segments, about["parts"], strict=True):
            own = list(islice(rest, pages))
            for word, weights in unpacking.rows(segment, pages):
                assert bucket_of(word, about["buckets"]) == number
                found.setdefault(word, set()).update(compress(own, weights))
    return found


# --- of the finished sites ----------------------------------------------------------------------


@pytest.mark.parametrize("told", OUTSIDE)
def test_no_word_of_what_is_not_public_is_in_the_index(finished_small: Finished, told: str) -> None:
    found = words_of(finished_small.site)
    assert not [word for word in search_words(told) if word in found]
    assert [word for word in search_words("古树名木") if word in found]
    site = finished_small.site
    texts = [unpacking.text(site, path) for path in (site / search.TEXTS).rglob("*.bin")]
    assert texts and not [one for one in texts if told in one]


def test_the_list_of_names_holds_public_reports_only(finished_small: Finished) -> None:
    years = {
        department: [year for series in found for year in series[3]]
        for department, *_, found in listed(finished_small.site)["departments"]
    }
    assert years == {"parks": [2024, 2025, 2025], "archives": []}


def test_a_draft_is_told_as_one_that_is_not_there(finished_small: Finished) -> None:
    """As the page of coverage tells it: nothing of the draft, not even that there is one."""
    listed_gaps = listed(finished_small.site)["gaps"]
    places = [id for id, *_ in listed(finished_small.site)["departments"]]
    gaps = {places[place]: rows for place, rows in listed_gaps}
    assert [[year, said] for year, said, *_ in gaps["archives"]] == [
        [2025, "未公开"], [2024, "未公开"],
    ]  # fmt: skip
    coverage = (finished_small.site / "coverage/index.html").read_text(encoding="utf-8")
    assert "未公开" in coverage


def test_every_page_that_asks_is_in_the_index_with_its_text(finished: Finished) -> None:
    pages = {
        path.parent.relative_to(finished.site).as_posix().removeprefix(".")
        for path in finished.site.rglob("index.html")
        if "data-search-body" in path.read_text(encoding="utf-8")
    }
    asking = {f"{page}/" if page else "" for page in pages}
    found = words_of(finished.site)
    assert set().union(*found.values()) == asking
    texts = finished.site / search.TEXTS
    assert {p.parent.relative_to(texts).as_posix() for p in texts.rglob("*.bin")} == {
        address.rstrip("/") or "." for address in asking
    }
    kinds = {kind for _, _, kind in listed(finished.site)["index"]["others"]}
    assert {"说明", "年度汇总", "目录", "问题台账", "公开情况"} <= kinds


def test_the_text_of_an_original_is_found(finished: Finished) -> None:
    texts = finished.site / search.TEXTS
    said = unpacking.text(finished.site, texts / "civil-affairs/2021/text.bin")
    assert "日间照料中心少建1个" in said
    assert "civil-affairs/2021/" in words_of(finished.site)["少建"]


# --- of a small one -----------------------------------------------------------------------------

PAGES = {
    "education/": mini.page("<p>部门主页</p>", "县教育局"),
    "education/2024/": mini.page("<p>网络安全</p>"),
    "guide/": mini.page("<p>怎样填报</p>", "填报说明", "说明"),
    "guide/empty/": mini.page("", "", "说明"),
}


def test_the_same_pages_give_the_same_bytes_in_place_of_older_ones(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    assert mini.write(first, PAGES) == len(PAGES)
    mini.write(second, {**dict(reversed(PAGES.items())), "old/": mini.page("<p>旧页</p>")})
    shutil.rmtree(second / "old")
    index(second, mini.catalogue())
    assert mini.content(first) == mini.content(second)


def test_a_page_without_a_word_and_a_report_without_a_page_do_no_harm(tmp_path: Path) -> None:
    mini.write(tmp_path, PAGES)
    assert words_of(tmp_path)["网络"] == {"education/2024/"}
    others = listed(tmp_path)["index"]["others"]
    assert others == [["guide/", "填报说明", "说明"], ["guide/empty/", "", "说明"]]


def test_a_site_without_pages_to_find_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<html><article>首页</article></html>", encoding="utf-8")
    with pytest.raises(SearchError, match="没有可供搜索的网页"):
        index(tmp_path, mini.catalogue())
