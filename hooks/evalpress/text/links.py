"""Addresses that a page may lead to: text -> whether a browser opens it and runs nothing.

One list of what is allowed for settings, data and Markdown alike.
"""

from __future__ import annotations

import html
import re
from unicodedata import normalize
from urllib.parse import unquote

SCHEMES = frozenset({"http", "https", "mailto"})
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\\\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WEB = re.compile(r"https?://[^/?#@]+(?:[/?#].*)?", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^@?]+@[^@?]+(?:\?.*)?", re.IGNORECASE)
# A host without its scheme would be looked for below the site itself.
_BARE_HOST = re.compile(r"www\.|[^/?#]+\.(?:cn|com|net|org)(?![\w.-])", re.IGNORECASE)
_HREF = re.compile(r'\b(?:href|src)\s*=\s*(?:"([^"]*)"|\'([^\']*)\'|([^\s>]+))', re.IGNORECASE)


def is_address(text: str) -> bool:
    """True for a web address, an e-mail address behind `mailto:` and a path within the site."""
    if any(_runs(form) for form in (normalize("NFKC", text), html.unescape(text), unquote(text))):
        return False
    scheme = _SCHEME.match(text)
    if not text or _UNSEEN.search(text):
        return False
    if scheme:
        form = _MAIL if scheme[1].lower() == "mailto" else _WEB
        return scheme[1].lower() in SCHEMES and bool(form.fullmatch(text))
    return not text.startswith("//") and not _BARE_HOST.match(text)


def _runs(form: str) -> bool:
    """True for another reading of an address that begins with a scheme which nobody may use."""
    scheme = _SCHEME.match(_UNSEEN.sub("", form))
    return scheme is not None and scheme[1].lower() not in SCHEMES


def refused_links(source: str) -> list[str]:
    """The links of a piece of HTML that no page may have, as a browser would read them."""
    found = (html.unescape(next(filter(None, m.groups()), "")) for m in _HREF.finditer(source))
    return [address for address in found if not is_address(address.strip())]
