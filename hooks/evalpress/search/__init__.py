"""7 index: a built site and its Catalogue in; a list of names and a Pagefind index out.

`search/names.json` answers names and titles at once, `pagefind/` answers everything else, and
`search/pages.json` tells which report each page of the index is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evalpress.assess import Catalogue
from evalpress.search import pagefind
from evalpress.search.names import names, ordered_keys
from evalpress.search.pagefind import SearchError
from evalpress.search.pages import IndexedPage, read_page

__all__ = ["SearchError", "index"]

NAMES = "search/names.json"
PAGES = "search/pages.json"
PAGEFIND = "pagefind"
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"


def index(site_dir: Path, catalogue: Catalogue) -> int:
    """Make everything that the search needs in a built site.

    Returns the number of pages in the index; the same pages give the same bytes. Raises
    SearchError when the index cannot be made, or when no page asks to be found.
    """
    pages = list(_pages(site_dir))
    if not pages:
        raise SearchError(f"没有可供搜索的网页：{site_dir}")
    parts = pagefind.build(pages, site_dir / PAGEFIND)
    _write(site_dir / NAMES, names(catalogue))
    _write(site_dir / PAGES, _page_list(pages, parts, catalogue))
    return len(pages)


def _pages(site_dir: Path) -> Iterator[IndexedPage]:
    """The pages that ask to be found, by address."""
    for path in sorted(site_dir.rglob("*.html")):
        address = path.relative_to(site_dir).as_posix().removesuffix("index.html")
        page = read_page(path.read_text(encoding="utf-8"), address)
        if page:
            yield page


def _page_list(
    pages: list[IndexedPage], parts: list[list[str]], catalogue: Catalogue
) -> dict[str, Any]:
    """Pagefind's names of the reports, in the order of the list of names, and of all other pages.

    A name is what all names of its part begin with and a hash; here one sign stands for the part,
    and of the hash as much as tells it from the others.
    """
    known = {
        page.address: f"{_SIGNS[part]}{name}"
        for part, found in enumerate(parts)
        for page, name in zip(pages[part :: len(parts)], _shortened(found), strict=True)
    }
    addresses = [key.address for key in ordered_keys(catalogue)]
    reports = set(addresses)
    return {
        "parts": [f"{found[0].rpartition('_')[0]}_" for found in parts],
        "reports": " ".join(known.get(address, "") for address in addresses),
        "others": [
            [known[page.address], page.address, page.title, page.kind]
            for page in pages
            if page.address not in reports
        ],
    }


def _shortened(names: list[str]) -> list[str]:
    """The beginnings of the hashes of a part that no other of them begins with."""
    hashes = [name.rpartition("_")[2] for name in names]
    ordered = sorted(hashes)
    neighbours = zip(["", *ordered], ordered, [*ordered[1:], ""], strict=False)
    short = {own: _beginning(own, (before, after)) for before, own, after in neighbours}
    return [short[own] for own in hashes]


def _beginning(own: str, others: tuple[str, str]) -> str:
    """As much of a text as the others do not begin with."""
    parts = (own[:length] for length in range(1, len(own) + 1))
    return next(part for part in parts if not any(other.startswith(part) for other in others))


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8")
