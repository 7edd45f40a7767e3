"""6 export: a feed -> its bytes after RFC 4287, the newest entries first.

Its dates are those of its entries, never that of the build, so the same data give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from evalpress.clock import BEIJING
from evalpress.exports.feeds.listing import NAME, Entry, Feed
from evalpress.text.markup import as_url, link, visible

MEDIA_TYPE = "application/atom+xml"
_SHOWN = 100  # entries; readers of feeds keep what they have read
_NEVER = datetime(2000, 1, 1, tzinfo=BEIJING)  # an empty feed has to bear a date as well


def as_atom(feed: Feed, site_name: str, site_url: str = "") -> bytes:
    """The feed's file; ids and links are addresses where the site has one, else links lead from
    the file."""
    base = f"{site_url.rstrip('/')}/" if site_url else ""
    entries = sorted(feed.entries, key=lambda entry: (entry.updated, entry.id), reverse=True)
    own, page = (base + feed.address, base + feed.page) if base else (NAME, "./")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        _element("title", f"{feed.title} - {site_name}"),
        _element("id", _id(feed.address, base)),
        _element("updated", (entries[0].updated if entries else _NEVER).isoformat()),
        f"<author>{_element('name', site_name)}</author>",
        f'<link rel="self" type="{MEDIA_TYPE}" href={quoteattr(own)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>',
        *(line for entry in entries[:_SHOWN] for line in _entry(entry, feed, base)),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _entry(entry: Entry, feed: Feed, base: str) -> Iterator[str]:
    yield "<entry>"
    yield _element("title", entry.title)
    yield _element("id", _id(entry.id, base))
    yield _element("updated", entry.updated.isoformat())
    if entry.published:
        yield _element("published", entry.published.isoformat())
    yield f'<link rel="alternate" type="text/html" href={quoteattr(_href(entry, feed, base))}/>'
    if entry.summary:
        yield _element("summary", entry.summary)
    yield "</entry>"


def _id(address: str, base: str) -> str:
    return (base or "urn:evalpress:") + address


def _href(entry: Entry, feed: Feed, base: str) -> str:
    path, mark, place = entry.href.partition("#")
    target = base + as_url(path) if base else str(as_url(link(feed.page, path)))
    return f"{target}{mark}{place}"


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(visible(text))}</{name}>"
