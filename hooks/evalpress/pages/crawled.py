"""4 write: what programs that crawl the site are told: sitemap.xml with every page and PDF, and
robots.txt, by the protocol of sitemaps.org.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from evalpress.assess import Catalogue
from evalpress.model import PublicReport
from evalpress.pages.described import changed_on
from evalpress.pages.frame import Page
from evalpress.pages.meta_tags import absolute
from evalpress.pages.plan import Planned

MAP, ROBOTS = "sitemap.xml", "robots.txt"
UNLISTED = ("edition", "changes", "withdrawn")  # search engines need not find them
_MOST = 50_000  # addresses in one file
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_NAMES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@dataclass(frozen=True)
class Located:
    """An address of the site, and the day (ISO 8601) of the newest that stands there, if known."""

    address: str
    updated: str = ""


def site_maps(found: Iterable[Located], site_url: str) -> dict[str, bytes]:
    """The site map by its address; of a site with more addresses than one file may hold, its parts
    as well."""
    every = [*found]
    starts = range(0, max(len(every), 1), _MOST)
    parts = [_listed("urlset", "url", every[at : at + _MOST], site_url) for at in starts]
    if len(parts) == 1:
        return {MAP: parts[0]}
    named = {f"sitemap-{number}.xml": part for number, part in enumerate(parts, 1)}
    return {MAP: map_of_maps(named, site_url), **named}


def map_of_maps(addresses: Iterable[str], site_url: str) -> bytes:
    """A map that names others; these must not do so themselves."""
    return _listed("sitemapindex", "sitemap", [Located(name) for name in addresses], site_url)


def _listed(root: str, tag: str, found: Sequence[Located], site_url: str) -> bytes:
    lines = [f"<{tag}>{_entry(one, site_url)}</{tag}>" for one in found]
    return "\n".join([_HEAD, f"<{root} {_NAMES}>", *lines, f"</{root}>", ""]).encode()


def _entry(one: Located, site_url: str) -> str:
    updated = f"<lastmod>{one.updated}</lastmod>" if one.updated else ""
    return f"<loc>{escape(absolute(site_url, one.address))}</loc>{updated}"


def robots(site_url: str) -> bytes:
    """That everything may be read, and where the site map lies, if the site has an address."""
    where = f"Sitemap: {absolute(site_url, MAP)}\n" if site_url else ""
    return f"User-agent: *\nDisallow:\n{where}".encode()


def dated(written: Iterable[tuple[Planned, Page]], catalogue: Catalogue) -> Iterator[Page]:
    """The pages, each with the day of the newest publication or correction of which it shows
    something, as ISO 8601; empty where none is known."""
    days = {key: _day(found.report) for key, found in catalogue.assessments.items()}
    newest = max(days.values(), default="")
    for planned, page in written:
        if page.report:
            day = _day(page.report)
        elif planned.reads is None:
            day = newest
        else:
            day = max((days[key] for key in planned.reads), default="")
        yield replace(page, updated=day)


def _day(report: PublicReport) -> str:
    return str(changed_on(report) or "")
