"""An index in several parts answers in the browser as one does."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import search_queries
from evalpress import site as sites
from evalpress.assess import Catalogue
from evalpress.search import NAMES, index, parts
from projects import Finished
from sampling import sample
from serving import serving
from visits import Visit

PART = 30  # pages in one part
QUERIES = 60

Parted = tuple[Path, Catalogue]


@pytest.fixture(scope="module")
def parted(
    finished: Finished, pages_made: sites.Site, tmp_path_factory: pytest.TempPathFactory
) -> Parted:
    """The finished site without its PDFs, its index in parts."""
    folder = tmp_path_factory.mktemp("parted") / "site"
    shutil.copytree(finished.site, folder, ignore=shutil.ignore_patterns("*.pdf"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "PART", PART)
        index(folder, pages_made.catalogue)
    return folder, pages_made.catalogue


@pytest.mark.slow
def test_every_page_that_holds_a_query_is_found_in_its_part(
    visit: Callable[..., Visit], parted: Parted
) -> None:
    folder, catalogue = parted
    about = json.loads((folder / NAMES).read_text(encoding="utf-8"))["index"]
    assert len(about["parts"]) > 1
    queries = search_queries.draw(catalogue, search_queries.page_texts(folder), QUERIES)
    with serving(folder) as address:
        one = visit()
        one.address = address
        one.open("")
        for query in sample(queries, 2):
            answer = one.page.evaluate(search_queries.ASK, [address, query.text])
            assert query.holding <= set(answer["found"]), query.text
