"""2 check: addresses that are the site's own: no department and no document takes one as its id."""

from __future__ import annotations

import re

# First parts of the site's own addresses, now or foreseeably; a department must not take one.
RESERVED = frozenset(
    [
        "years",
        "departments",
        "problems",
        "indicators",
        "corrections",
        "verify",
        "search",
        "feeds",
        "data",
        "api",
        "assets",
        "guide",
        "about",
        "help",
        "stylesheets",
        "javascripts",
        "images",
        "index",
        "sitemap",
        "404",
        "compare",
        "coverage",
        "books",
        "attachments",
        "projects",
        "regions",
        "overrides",
        "static",
    ]
)
RESERVED_SLUGS = frozenset({"attachments", "index", "projects", "compare", "pdf"})
_EDITION = re.compile("v[0-9]+")  # earlier editions of a report lie below its address


def is_reserved_slug(slug: str) -> bool:
    """True for what a report can't be called, because something of its year is."""
    return slug in RESERVED_SLUGS or bool(_EDITION.fullmatch(slug))
