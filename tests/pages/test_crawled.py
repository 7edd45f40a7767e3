"""sitemap.xml and robots.txt: every page and PDF with the day of its newest report."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from evalpress.pages.crawled import Located, robots, site_maps
from projects import ADDRESS, Finished

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def entries(content: bytes) -> dict[str, str]:
    """Each address with its day."""
    found = ElementTree.fromstring(content)
    return {
        str(one.findtext(f"{SPACE}loc")): one.findtext(f"{SPACE}lastmod") or "" for one in found
    }


def test_addresses_are_whole_and_encoded() -> None:
    made = site_maps([Located("a/报 告&1.pdf", "2025-08-15"), Located("")], "https://a.invalid/b")
    assert entries(made["sitemap.xml"]) == {
        "https://a.invalid/b/a/%E6%8A%A5%20%E5%91%8A%261.pdf": "2025-08-15",
        "https://a.invalid/b/": "",
    }


def test_a_large_site_has_several_maps() -> None:
    made = site_maps((Located(f"{number}/") for number in range(50_001)), ADDRESS)
    assert list(made) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    assert list(entries(made["sitemap.xml"])) == [f"{ADDRESS}sitemap-{n}.xml" for n in (1, 2)]
    assert [len(entries(made[f"sitemap-{n}.xml"])) for n in (1, 2)] == [50_000, 1]


def test_a_site_without_an_address_names_no_map() -> None:
    assert b"Sitemap" not in robots("")
    assert f"Sitemap: {ADDRESS}sitemap.xml".encode() in robots(ADDRESS)


@pytest.mark.slow
def test_every_page_and_pdf_of_a_site_is_named(configured: Finished) -> None:
    """But no page that asks not to be found."""
    site = configured.site
    found = entries((site / "sitemap.xml").read_bytes())
    names = (path.relative_to(site).as_posix() for path in site.rglob("*"))
    wanted = {n.removesuffix("index.html") for n in names if n.endswith(("index.html", ".pdf"))}
    assert set(found) == {f"{ADDRESS}{name}" for name in wanted}
    report = f"{ADDRESS}parks/2025/"
    assert found[report] == found[f"{report}parks-2025.pdf"] == "2026-09-01"
    assert found[f"{ADDRESS}years/2024/"] == "2025-08-20"
    assert found[f"{ADDRESS}verify/"] == ""
    assert not (site / "sitemap.xml.gz").exists()


@pytest.mark.slow
def test_without_an_address_there_is_no_map(finished_small: Finished) -> None:
    site = finished_small.site
    assert not [*site.glob("sitemap*.xml*")]
    assert (site / "robots.txt").is_file() and (site / "favicon.ico").is_file()
