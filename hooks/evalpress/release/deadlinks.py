"""8 release: a file of the site -> what it links to and what in it can be linked to; dead links.

Paths are those of files from the site's root. What is found in a file follows from its bytes and
its path alone, so that it can be kept.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

_STYLE_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
_ATTRIBUTES = "//@href | //@src | //@poster | //@data[parent::object] | //@action"
_PLACES = "//@id | //a/@name"


@dataclass(frozen=True)
class Facts:
    """What a file links to, as path and fragment, and the fragments that it has itself; `broken`
    says that it could not be read."""

    links: tuple[tuple[str, str], ...] = ()
    places: tuple[str, ...] = ()
    broken: bool = False

    def as_bytes(self) -> bytes:
        """To be kept."""
        return json.dumps([self.links, self.places, self.broken]).encode()

    @classmethod
    def from_bytes(cls, kept: bytes, known: dict[tuple[str, str], tuple[str, str]]) -> Facts:
        """From what was kept. Pages link to the same places: each link is in memory once, among
        those that are `known`."""
        links, places, broken = json.loads(kept)
        pairs = ((path, part) for path, part in links)
        return cls(tuple(known.setdefault(p, p) for p in pairs), tuple(places), broken)


def has_facts(path: str) -> bool:
    """Whether files of this kind link, or can be opened, at all."""
    return path.endswith((".html", ".css", ".pdf"))


def facts_of(path: str, content: bytes, site_url: str) -> Facts:
    """What the file at this path holds; `site_url` is the site's own address, if it has one."""
    if path.endswith(".pdf"):
        return _of_pdf(path, content, site_url)
    if path.endswith(".css"):
        found, places = _of_style(content)
    else:
        found, places = _of_page(content)
    own = (_inside(path, link, site_url) for link in dict.fromkeys(found))
    return Facts(tuple(dict.fromkeys(filter(None, own))), places)


def _of_style(content: bytes) -> tuple[list[str], tuple[str, ...]]:
    return _STYLE_URL.findall(content.decode("utf-8", "replace")), ()


def _of_page(content: bytes) -> tuple[list[str], tuple[str, ...]]:
    from lxml import etree

    tree = etree.HTML(content, etree.HTMLParser(encoding="utf-8"))
    if tree is None:
        return [], ()
    links, places = (tree.xpath(path, smart_strings=False) for path in (_ATTRIBUTES, _PLACES))
    return links, tuple(places)


def _of_pdf(path: str, content: bytes, site_url: str) -> Facts:
    """A PDF opens, has pages, and leads to the site by its whole address."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            found = dict.fromkeys(uri for page in pdf.pages for uri in _uris(page))
            empty = len(pdf.pages) == 0
    except pikepdf.PdfError:
        return Facts(broken=True)
    own = (_inside(path, uri, site_url) for uri in found if site_url and uri.startswith(site_url))
    return Facts(tuple(filter(None, own)), broken=empty)


def _uris(page: Any) -> Iterator[str]:
    for note in page.get("/Annots", ()):
        if uri := note.get("/A", {}).get("/URI"):
            yield str(uri)


def _inside(source: str, link: str, site_url: str) -> tuple[str, str] | None:
    """The path and fragment that a link leads to; None where it leaves the site."""
    root = site_url.rstrip("/") + "/" if site_url else ""
    if root and link.startswith(root):
        link = urlsplit(root).path + link.removeprefix(root)
    try:
        parts = urlsplit(link)
    except ValueError:
        return link, ""
    if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
        return None
    base = urlsplit(root).path or "/"
    start = f"{base}{source}"
    target = posixpath.normpath(posixpath.join(posixpath.dirname(start), parts.path))
    if not parts.path:
        target = start
    elif parts.path.endswith(("/", ".", "..")):
        target = posixpath.join(target, "")
    if not target.startswith(base):
        return None if parts.path.startswith("/") else (unquote(target), "")
    return unquote(target.removeprefix(base)), unquote(parts.fragment)


def dead(
    facts: Mapping[str, Facts], there: Iterable[str], beside: Iterable[str] = ()
) -> Iterator[tuple[str, str]]:
    """Every link that leads nowhere: the file that it stands in, and what it asks for.

    `there` are the paths that a server will answer, `beside` files and whole folders of others:
    what lies in these, and which places it has, is theirs to know.
    """
    known, others = set(there), frozenset(beside)
    asked = {link for one in facts.values() for link in one.links}
    targets = {link: _served(link[0], known) for link in asked}
    named = {target for (_, fragment), target in targets.items() if fragment and target}
    places = {path: frozenset(facts[path].places) for path in named & facts.keys()}
    wrong = {link for link, target in targets.items() if not _answers(link, target, places, others)}
    for source, one in facts.items() if wrong else ():
        for path, fragment in (link for link in one.links if link in wrong):
            yield source, f"{path}#{fragment}" if fragment else path


def _answers(
    link: tuple[str, str], target: str | None, places: Mapping[str, frozenset[str]],
    others: frozenset[str],
) -> bool:  # fmt: skip
    """Whether there is a file, and the place in it; or whether others answer."""
    path, fragment = link
    if target is None:
        return _is_below(path, others)
    return not fragment or _has(places.get(target), fragment)


def _is_below(path: str, folders: frozenset[str]) -> bool:
    """Whether a path is one of these or lies in one."""
    parts = path.rstrip("/").split("/")
    return any("/".join(parts[:end]) in folders for end in range(1, len(parts) + 1))


def _served(path: str, known: set[str]) -> str | None:
    """The file that a web server answers with."""
    names = (
        (f"{path}index.html",) if path.endswith("/") or not path else (path, f"{path}/index.html")
    )
    return next((name for name in names if name in known), None)


def _has(places: frozenset[str] | None, fragment: str) -> bool:
    """Whether a page has the place; what a browser itself understands counts as there."""
    browser_s_own = fragment.startswith(":~:") or fragment == "top"
    return places is None or browser_s_own or fragment in places
