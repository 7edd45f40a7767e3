"""4 write: what a page says of itself to programs, in the words of schema.org (JSON-LD).

A block of data, which no policy against scripts keeps from being read. Only what the page shows,
and only where the site has an address, since everything here is named by its whole address.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from mimetypes import guess_type
from typing import Any

from markupsafe import Markup

from evalpress.pages.frame import Frame, Offer
from evalpress.pages.meta_tags import TEXTS, Identity, Shown, absolute

Thing = dict[str, Any]
_CONTEXT = "https://schema.org"


def linked_data(site: Identity, page: Shown, frame: Frame | None) -> Markup | None:
    """The page's block of data as it stands in HTML; None where there is nothing to say."""
    if not site.url or frame is None or page.address is None:
        return None
    things = [found for thing in _things(site, page, frame) if (found := _without_empty(thing))]
    if not things:
        return None
    text = json.dumps({"@context": _CONTEXT, "@graph": things}, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c"))


def _things(site: Identity, page: Shown, frame: Frame) -> Iterator[Thing]:
    if page.kind == "home":
        yield _organizer(site)
        yield {"@type": "WebSite", "name": site.name, "url": absolute(site.url, ""),
               "description": page.tags.get("description"), "inLanguage": "zh-CN",
               "publisher": _organizer(site, named=False)}  # fmt: skip
    if page.kind == "department":
        yield {"@type": "GovernmentOrganization", "name": frame.title, "url": _url(site, page)}
    if page.kind in TEXTS and page.kind != "withdrawn":
        yield _report(site, page, frame)
        if frame.data:
            yield _dataset(site, page, frame)


def _organizer(site: Identity, named: bool = True) -> Thing:
    """The body that runs the site, where a setting says which."""
    if not site.organizer:
        return {}
    own = {"@id": f"{absolute(site.url, '')}#organizer"}
    return {"@type": "GovernmentOrganization", **own, "name": site.organizer} if named else own


def _report(site: Identity, page: Shown, frame: Frame) -> Thing:
    tags, version = page.tags, frame.version or {}
    return {
        "@type": "Report",
        "@id": f"{_url(site, page)}#report",
        "name": frame.title,
        "url": _url(site, page),
        "inLanguage": "zh-CN",
        "description": tags.get("Description"),
        "keywords": tags.get("Keywords"),
        "datePublished": tags.get("PubDate", "")[:10],
        "version": str(version.get("number") or ""),
        "author": {"@type": "Organization", "name": tags["ContentSource"]},
        "publisher": _publisher(site),
        "image": absolute(site.url, page.picture) if page.picture else "",
        "encoding": [*_encodings(site, frame)],
    }


def _publisher(site: Identity) -> Thing:
    return {"@type": "GovernmentOrganization", "name": site.organizer} if site.organizer else {}


def _dataset(site: Identity, page: Shown, frame: Frame) -> Thing:
    return {
        "@type": "Dataset",
        "name": frame.title,
        "url": _url(site, page),
        "description": page.tags.get("Description"),
        "isBasedOn": f"{_url(site, page)}#report",
        "creator": {"@type": "Organization", "name": page.tags["ContentSource"]},
        "isAccessibleForFree": True,
        "distribution": [
            {**_file(site, offer, offer.media_type), "@type": "DataDownload", "name": offer.title}
            for offer in frame.data
        ],
    }


def _encodings(site: Identity, frame: Frame) -> Iterator[Thing]:
    """The report as a file: its original where that is all there is, or its PDF."""
    if main := frame.original or frame.pdf:
        yield _file(site, main, guess_type(main.url)[0] or "application/octet-stream")


def _file(site: Identity, offer: Offer, media_type: str) -> Thing:
    address = absolute(site.url, offer.url)
    return {"@type": "MediaObject", "contentUrl": address, "encodingFormat": media_type}


def _url(site: Identity, page: Shown) -> str:
    return absolute(site.url, page.address or "")


def _without_empty(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value not in ("", None, {}, [])}
