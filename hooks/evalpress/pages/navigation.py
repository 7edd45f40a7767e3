"""4 write: an owner's navigation -> the same with the entries that belong to the program.

Generated pages and guides are named here, never in a site's own files, so that a new one is linked
by the next build.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evalpress.wording import TEMPLATES, word, words

GUIDE = TEMPLATES / "guide"
# What a site has a page for only where its data name something.
_OPTIONAL = frozenset({"indicators/index.md"})


def guide_files() -> dict[str, Path]:
    """Every file of the guides by its source path from the root of a site."""
    found = sorted(path for path in GUIDE.rglob("*") if path.is_file())
    return {f"guide/{path.relative_to(GUIDE).as_posix()}": path for path in found}


def navigation(own: Any, guide: bool) -> list[Any]:
    """The whole navigation: `own` is MkDocs' `nav` or None. Its entries keep their order, titles
    and places; generated pages that it does not name follow the last one that it does, or the home
    page; the guides, if they are shown, are the last entry."""
    titles = words("navigation", "pages")
    entries = list(own or [])
    named = sources(entries)
    missing = [{title: source} for source, title in titles.items() if source not in named]
    known = [n for n, entry in enumerate(entries, 1) if sources(entry) & titles.keys()]
    at = max(known, default=0)
    shown = [*entries[:at], *missing, *entries[at:]]
    return [*shown, *_guide(named)] if guide else shown


def present(nav: list[Any], made: set[str]) -> list[Any]:
    """The navigation without the entries of pages that this site has nothing for; `made` are the
    sources of those that it has."""
    absent = _OPTIONAL - made
    return [entry for entry in nav if not (sources(entry) and sources(entry) <= absent)]


def _guide(named: set[str]) -> list[Any]:
    """The guides that an owner's navigation does not name, under one title."""
    pages = words("navigation", "guide")
    missing = [{title: source} for source, title in pages.items() if source not in named]
    return [{word("navigation", "title"): missing}] if missing else []


def sources(nav: Any) -> set[str]:
    """The sources that a navigation, or an entry of one, names, however deep."""
    if isinstance(nav, dict):
        nav = nav.values()
    return {nav} if isinstance(nav, str) else set().union(*map(sources, nav or ()))
