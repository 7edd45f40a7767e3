"""Nothing that a site offers to load is unknown to it: every link of every page is followed."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path

import pytest

from evalpress.files.beginnings import hints_of
from evalpress.release.deadlinks import facts_of
from evalpress.verify.asking import ask_folder, hash_of
from projects import ADDRESS, Finished

# What pages load for themselves, or programs that crawl.
NOT_TO_KEEP = (".html", ".css", ".js", ".ico")


def offered(site: Path, site_url: str) -> Iterator[Path]:
    """The files that are no pages and that some page leads to, pictures on it included."""
    found: set[str] = set()
    for page in site.rglob("*.html"):
        path = page.relative_to(site).as_posix()
        found |= {target for target, _ in facts_of(path, page.read_bytes(), site_url).links}
    own = {posixpath.normpath(target) for target in found if not target.endswith("/")}
    for name in sorted(own):
        path = site / name
        if path.is_file() and path.suffix not in NOT_TO_KEEP and not name.startswith("assets/"):
            yield path


def unknown(site: Path, site_url: str = "") -> tuple[int, list[str]]:
    ask, files = ask_folder(site), list(offered(site, site_url))
    lost = [path for path in files if not ask(hash_of(path)) and not hints_of(path)]
    return len(files), [path.relative_to(site).as_posix() for path in lost]


def test_every_file_that_a_configured_site_offers_is_known(configured: Finished) -> None:
    count, lost = unknown(configured.site, ADDRESS)
    assert count > 80
    assert lost == []


def test_every_file_that_the_demonstration_offers_is_known(finished: Finished) -> None:
    count, lost = unknown(finished.site)
    assert count > 800
    assert lost == []


@pytest.mark.parametrize("name", ["manifest.json", "SHA256SUMS", "sitemap.xml"])
def test_lists_of_a_whole_site_say_what_they_are(configured: Finished, name: str) -> None:
    assert hints_of(configured.site / name)


def test_what_programs_load_is_known(configured: Finished) -> None:
    ask = ask_folder(configured.site)
    paths = [p for root in ("api", "data") for p in (configured.site / root).rglob("*.*")]
    paths += configured.site.rglob("feed.xml")
    assert not [p for p in paths if p.suffix != ".html" and not ask(hash_of(p))]
