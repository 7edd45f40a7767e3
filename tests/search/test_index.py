"""What a built site offers to the search: all of what is public, nothing of what is not."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from evalpress import search
from evalpress.search.tokens import search_words
from projects import Finished

# What stands in the small project's draft, embargoed and withheld texts only.
OUTSIDE = ("暗记甲一七", "暗记乙二八")


def listed(finished: Finished, name: str) -> Any:
    return json.loads((finished.site / name).read_text(encoding="utf-8"))


def stem(finished: Finished, pages: dict[str, Any], name: str) -> str:
    """The one file of the index that a name of the list stands for."""
    folder = finished.site / search.PAGEFIND / "fragment"
    [found] = folder.glob(f"{pages['parts'][int(name[0], 36)]}{name[1:]}*")
    return found.stem


def held(folder: Path) -> str:
    """Everything that the index holds, without its compression."""
    paths = [*folder.rglob("*.pf_index"), *folder.rglob("*.pf_fragment")]
    return "\n".join(gzip.decompress(p.read_bytes()).decode("utf-8", "replace") for p in paths)


@pytest.mark.parametrize("text", OUTSIDE)
def test_no_word_of_what_is_not_public_is_in_the_index(finished_small: Finished, text: str) -> None:
    index = held(finished_small.site / search.PAGEFIND)
    assert not [word for word in search_words(text) if word in index]
    assert [word for word in search_words("古树名木") if word in index]


def test_the_list_of_names_holds_public_reports_only(finished_small: Finished) -> None:
    years = {
        department: [year for series in found for year in series[3]]
        for department, *_, found in listed(finished_small, search.NAMES)["departments"]
    }
    assert years == {"parks": [2024, 2025, 2025], "archives": []}


def test_every_page_of_the_index_is_told_to_the_browser(finished: Finished) -> None:
    pages = listed(finished, search.PAGES)
    told = [*pages["reports"].split(), *(name for name, *_ in pages["others"])]
    folder = finished.site / search.PAGEFIND / "fragment"
    stems = [stem(finished, pages, name) for name in told]
    assert sorted(stems) == sorted(path.stem for path in folder.iterdir())


def test_the_text_of_an_original_is_found(finished: Finished) -> None:
    pages = listed(finished, search.PAGES)
    folder = finished.site / search.PAGEFIND / "fragment"
    names = (stem(finished, pages, name) for name in pages["reports"].split())
    fragments = (folder / f"{name}.pf_fragment" for name in names)
    texts = [gzip.decompress(path.read_bytes()).decode() for path in fragments]
    [found] = [text for text in texts if "日间照料中心少建1个" in text]
    assert '"url": "civil-affairs/2021/"' in found
