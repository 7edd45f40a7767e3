"""8 release: a report's page -> its text as plain HTML, to be pasted into somebody else's page.

What the site adds for itself is left out; no script, style or class is in it, and what only styles
would set apart stands in paragraphs and ruled tables of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit

import nh3

from evalpress.pages.grids import WEB
from evalpress.text.links import SCHEMES
from evalpress.wording import word

if TYPE_CHECKING:  # only packages take it
    from lxml.etree import _Element

_TAGS = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "div", "blockquote", "strong", "em", "sub",
    "sup", "code", "ul", "ol", "li", "a", "img", "table", "caption", "thead", "tbody", "tr", "th",
    "td", "ins", "del",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"id"}, "a": {"href"}, "img": {"src", "alt"},
    "th": {"scope", "colspan", "rowspan", "headers"}, "td": {"colspan", "rowspan", "headers"},
    "table": {"border", "cellspacing", "cellpadding", "width"}, "ol": {"start"},
}  # fmt: skip
# Lines of a table, for a page that has no styles for it.
_RULED = {"border": "1", "cellspacing": "0", "cellpadding": "6", "width": "100%"}
_DROPPED = f".//*[contains(concat(' ', @class, ' '), ' {WEB} ')] | .//button | .//svg | .//form"
_PREFIX = "ep-"  # ids of the text stay apart from those of the page that it is pasted into


def fragment(tree: _Element, address: str, inside: Mapping[str, str], site_url: str) -> str:
    """The text of the report at this address. Links lead to the files that lie beside it (`inside`,
    by their paths on the site), or to the site where that has an address."""
    article = tree.xpath("//article")[0]
    for node in article.xpath(_DROPPED):
        _drop(node)
    for form in (_figures, _record, _lists):
        form(article)
    for note in reversed(tree.xpath("//*[@role='note']")):
        article.insert(0, _paragraph(" ".join("".join(note.itertext()).split())))
    for table in article.iter("table"):
        table.attrib.update(_RULED)
    for note in article.xpath(_having("ep-cell-note")):
        note.text = word("fragment", "aside").format(note.text or "")
    _relink(article, address, inside, site_url)
    return _cleaned(article)


def _drop(node: _Element) -> None:
    """Take a node away, not what stands behind it."""
    above = node.getparent()
    if above is None:
        return
    if node.tail:
        before = node.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + node.tail
        else:
            above.text = (above.text or "") + node.tail
    above.remove(node)


def _paragraph(text: str) -> _Element:
    from lxml import etree

    made = etree.Element("p")
    made.text = text
    return made


def _having(name: str) -> str:
    """An XPath for what has a class of this name."""
    return f".//*[contains(concat(' ', @class, ' '), ' {name} ')]"


def _figures(article: _Element) -> None:
    """Key figures: a paragraph for each."""
    for figure in article.xpath(_having("ep-figure")):
        name, *rest = ("".join(part.itertext()).strip() for part in figure)
        value, note = rest[0] if rest else "", " ".join(filter(None, rest[1:]))
        _replace(figure, _named(name, value, note))


def _record(article: _Element) -> None:
    """The head of public information: unfolded, a paragraph for each entry."""
    for summary in article.iter("summary"):
        summary.tag = "p"
    for entry in article.xpath(".//dl/div"):
        name, *rest = ("".join(part.itertext()).strip() for part in entry)
        _replace(entry, _named(name, " ".join(rest)))
    for record in article.iter("dl"):
        record.tag = "div"


def _lists(article: _Element) -> None:
    """Lists whose items bring their own numbers: a paragraph for each item."""
    for found in article.xpath(_having("ep-list")):
        found.tag = "div"
        for item in found.iterchildren("li"):
            item.tag = "p"


def _named(name: str, value: str, note: str = "") -> _Element:
    said = word("fragment", "noted" if note else "plain")
    return _paragraph(said.format(name=name, value=value, note=note))


def _replace(node: _Element, other: _Element) -> None:
    other.tail = node.tail
    node.getparent().replace(node, other)


def _relink(article: _Element, address: str, inside: Mapping[str, str], site_url: str) -> None:
    for node in article.xpath(".//*[@id]"):
        node.set("id", f"{_PREFIX}{node.get('id')}")
    for node in article.xpath(".//*[@headers]"):
        node.set("headers", " ".join(f"{_PREFIX}{head}" for head in node.get("headers").split()))
    for node in article.xpath(".//*[@href or @src]"):
        name = "href" if node.get("href") else "src"
        target = _target(str(node.get(name)), address, inside, site_url)
        if target:
            node.set(name, target)
        else:
            del node.attrib[name]


def _target(link: str, address: str, inside: Mapping[str, str], site_url: str) -> str:
    """Where a link leads from the package; nothing where there is no such place."""
    if link.startswith("#"):
        return f"#{_PREFIX}{link[1:]}"
    if urlsplit(link).scheme:
        return link
    path = unquote(urlsplit(urljoin(f"/{address}", link)).path).lstrip("/")
    if path in inside:
        return quote(inside[path])
    return urljoin(urljoin(site_url, quote(address)), link) if site_url else ""


def _cleaned(article: _Element) -> str:
    from lxml import etree

    html = etree.tostring(article, encoding="unicode", method="html")
    kept = nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set(SCHEMES), link_rel=None
    )
    lines = (line.strip() for line in kept.splitlines())
    return "\n".join(filter(None, lines)) + "\n"
