"""An index in several parts answers in the browser as one does."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from benchmarks import search_queries
from conftest import Finished, serving
from visits import Visit

from evalpress import site as sites
from evalpress.search import index, pagefind
from evalpress.settings import Settings

PART = 30  # pages in one part
QUERIES = 60


@pytest.fixture(scope="module")
def parted(finished: Finished, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The finished site without its PDFs, its index in parts."""
    folder = tmp_path_factory.mktemp("parted") / "site"
    shutil.copytree(finished.site, folder, ignore=shutil.ignore_patterns("*.pdf"))
    catalogue = sites.make(Settings(), finished.project.folder, finished.project.folder / "docs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pagefind, "MOST_PAGES", PART)
        index(folder, catalogue.catalogue)
    yield folder


@pytest.mark.slow
def test_every_page_that_holds_a_query_is_found_in_its_part(
    visit: Callable[..., Visit], parted: Path, finished: Finished
) -> None:
    folder = finished.project.folder
    assert len([path for path in (parted / "pagefind").iterdir() if path.name.isdigit()]) > 1
    catalogue = sites.make(Settings(), folder, folder / "docs").catalogue
    queries = search_queries.draw(catalogue, search_queries.page_texts(parted), QUERIES)
    with serving(parted) as address:
        one = visit()
        one.address = address
        one.open("")
        for query in queries:
            answer = one.page.evaluate(search_queries.ASK, [address, query.text])
            assert query.holding <= set(answer["found"]), query.text
        assert sum(url.endswith(".pagefind") for url in one.asked) <= 1
        loaded = {url.removeprefix(f"{address}pagefind/").partition("/")[0] for url in one.asked}
        assert {"1", "2"} <= loaded
