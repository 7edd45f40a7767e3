"""What the districts tell -> what the joint site has for programs: the directory of its interface,
its register of coverage, a feed, site maps, robots.txt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from evalpress.districts.joint_corrections import corrections_feed
from evalpress.districts.joint_pages import JointSite
from evalpress.districts.taking_in import Part
from evalpress.exports.coverage_register import ADDRESS as COVERAGE
from evalpress.exports.feeds import Entry, Feed, as_atom
from evalpress.exports.feeds.listing import moment_of
from evalpress.exports.interface import INDEX, as_json, interface_file
from evalpress.pages.crawled import (
    MAP,
    ROBOTS,
    Located,
    map_of_maps,
    robots,
    site_maps,
)
from evalpress.pages.frame import Page
from evalpress.wording import word

_OWN_MAP = "sitemap-joint.xml"


def joint_files(
    site: JointSite, pages: Sequence[Page], site_url: str, agreeing: Sequence[Part]
) -> dict[str, bytes]:
    """The files by address. `agreeing` are the parts whose own site maps name addresses of this
    site; without a `site_url` there is no map, which names whole addresses."""
    found = {
        INDEX: _directory(site, site_url), COVERAGE: interface_file("coverage", _register(site)),
        ROBOTS: robots(site_url),
    }  # fmt: skip
    if site_url:
        found |= {one.address: as_atom(one, site.title, site_url) for one in joint_feeds(site)}
        found |= _maps(pages, site_url, agreeing)
    return found


def joint_feeds(site: JointSite) -> tuple[Feed, ...]:
    """What is new, and what was corrected or withdrawn."""
    news = Feed("", word("joint", "feed"), tuple(_entries(site)))
    return news, corrections_feed(site.parts)


def _directory(site: JointSite, site_url: str) -> bytes:
    """What there is, district by district, with addresses from the joint home page."""
    return as_json({
        "version": 1, "title": site.title, "documentation": "data/", "site_url": site_url,
        "coverage": COVERAGE, "districts": [_told(part) for part in site.parts],
    })  # fmt: skip


def _told(part: Part) -> dict[str, Any]:
    below, directory = part.district.below, part.account.directory
    groups = [
        {
            **group, "page": f"{below}{group['page']}",
            "files": [f"{below}{path}" for path in group["files"]],
        }
        for group in directory["groups"]
    ]  # fmt: skip
    licence = directory.get("licence")
    return {
        "prefix": part.district.prefix, "name": part.district.name, "page": below,
        "index": f"{below}{INDEX}", "as_of": part.manifest.as_of,
        "program": part.manifest.program, **({"licence": licence} if licence else {}),
        "groups": groups,
    }  # fmt: skip


def _register(site: JointSite) -> Iterator[dict[str, Any]]:
    for part in site.parts:
        own = {"district": part.district.prefix, "district_name": part.district.name}
        for one in part.account.coverage:
            inside = {k: f"{part.district.below}{one[k]}" for k in ("address",) if k in one}
            yield {**own, **one, **inside}


def _entries(site: JointSite) -> Iterator[Entry]:
    """Every dated report, as the districts' own feeds tell it, with its district."""
    for part in site.parts:
        for one in part.account.reports:
            if not one.get("published"):
                continue
            published = moment_of(date.fromisoformat(str(one["published"])))
            address = f"{part.district.below}{one['address']}"
            title = word("joint", "of_district").format(part.district.name, one["title"])
            invented = str(one.get("provenance") or "")
            summary = "；".join(filter(None, (invented, one["department_name"], one["kind"])))
            yield Entry(address, title, published, address, summary, published)


def _maps(pages: Sequence[Page], site_url: str, agreeing: Sequence[Part]) -> dict[str, bytes]:
    """A map of the joint pages, and one that names it and those of the districts: of a district
    whose map names others, these."""
    own = site_maps((Located(page.address) for page in pages), site_url)[MAP]
    names = [_OWN_MAP]
    for part in agreeing:
        found = sorted(p for p in part.manifest.files if _is_map(p))
        parts = [path for path in found if path != MAP]
        names += [f"{part.district.below}{path}" for path in parts or found]
    return {_OWN_MAP: own, MAP: map_of_maps(names, site_url)}


def _is_map(path: str) -> bool:
    return "/" not in path and path.startswith("sitemap") and path.endswith(".xml")
