"""4 write: what a page is -> the meta tags that pages of a government site bear (网页标签).

Every page bears those of the site and of its column, a report's those of a text as well; every kind
of page has its words below `meta_tags: about`. A tag without content is left out. Names and forms
are those of 网页标签 in the 政府网站发展指引 (国办发〔2017〕47号).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from evalpress.text.markup import as_url
from evalpress.wording import catalogue, word

Tags = dict[str, str]
# The kinds of pages that are texts of a column, not columns; all of them bear CONTENT.
TEXTS = ("report", "project", "edition", "withdrawn")
SITE = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
CONTENT = ("ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description", "Image")
OWN = ("keywords", "description", "Url")

_LONGEST = 200  # characters of a description taken from a page's text
_FIRST = re.compile(r"<p(?:\s[^>]*)?>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Identity:
    """What is known of the site as a whole; what is not set is empty."""

    name: str
    url: str = ""
    code: str = ""
    about: str = ""
    organizer: str = ""


@dataclass(frozen=True)
class Shown:
    """A page that is about to be framed: its address (None where it stands for missing ones), its
    kind, the tags that it brings, and the address of its picture."""

    address: str | None
    kind: str
    tags: Mapping[str, str] = field(default_factory=dict)
    picture: str = ""


def all_tags(site: Identity, page: Shown) -> Tags:
    """Every tag of a page by name, in the order of the standard, none of them empty."""
    found = {
        "SiteName": site.name,
        "SiteDomain": urlsplit(site.url).hostname or "",
        "SiteIDCode": site.code,
        **page.tags,
    }
    if site.url:
        found["Image"] = absolute(site.url, page.picture) if page.picture else ""
        found["Url"] = absolute(site.url, page.address) if page.address is not None else ""
    if page.kind == "home" and site.about:
        found["description"] = site.about
    order = (*SITE, *COLUMN, *CONTENT, *OWN)
    return {name: found[name] for name in order if found.get(name)}


def open_graph(tags: Tags, title: str, page: Shown) -> Tags:
    """The properties by which a link to the page is shown where it is shared (ogp.me), from the
    meta tags that it has."""
    found = {
        "og:site_name": tags["SiteName"],
        "og:type": "article" if page.kind in TEXTS else "website",
        "og:locale": "zh_CN",
        "og:title": title,
        "og:description": tags.get("description", ""),
        "og:url": tags.get("Url", ""),
        "og:image": tags.get("Image", ""),
    }
    return {name: content for name, content in found.items() if content}


def absolute(site_url: str, address: str) -> str:
    """A whole address from one of the site's own."""
    return urljoin(f"{site_url.rstrip('/')}/", as_url(address))


def column_tags(kind: str, title: str) -> Tags:
    """Those of a page that is a column (栏目) of the site. A kind without words is a bug and raises
    KeyError."""
    about, keywords = about_words(kind, title), _keywords(title)
    return {**_column(title, about, keywords), "keywords": keywords, "description": about}


def _column(name: str, about: str, keywords: str) -> Tags:
    return {
        "ColumnName": name,
        "ColumnDescription": about,
        "ColumnKeywords": keywords,
        "ColumnType": word("page", "column_type"),
    }


def _keywords(*own: str) -> str:
    """What a page is about in words; those that any page of the site is about come last."""
    shared = catalogue("wording")["meta_tags"]["keywords"]
    return ",".join(dict.fromkeys((*own, *shared)))


def about_words(kind: str, title: str) -> str:
    """What a page of this kind shows, under its title."""
    return word("meta_tags", "about", kind).format(title=title)


def content_tags(
    kind: str,
    title: str,
    column: str,
    *,
    source: str = "",
    published: datetime | None = None,
    keywords: Iterable[str] = (),
    author: str = "",
    about: str = "",
) -> Tags:
    """Those of a text, which lies in the `column` of its department: who it is from, when it came
    out (left out where that is not known), what it says."""
    own = ",".join(keywords) or _keywords(column)
    description = about or about_words(kind, title)
    return {
        **_column(column, about_words("department", column), _keywords(column)),
        "ArticleTitle": title,
        "PubDate": f"{published:%Y-%m-%d %H:%M}" if published else "",
        "ContentSource": source,
        "Keywords": own,
        "Author": author,
        "Description": description,
        "keywords": own,
        "description": description,
    }


def written_tags(title: str, section: str, own: Mapping[str, str], text: str) -> Tags:
    """Those of a page that somebody wrote by hand: in a section of the navigation, or a column of
    its own. What it says of itself (`description`, `keywords`) goes before its first words."""
    column = section or title
    about = own.get("description") or first_words(text) or about_words("written", title)
    keywords = own.get("keywords") or _keywords(*dict.fromkeys((title, column)))
    return {
        **_column(column, about_words("written", column), _keywords(column)),
        "keywords": keywords,
        "description": about,
    }


def first_words(text: str) -> str:
    """The first paragraph of a page's HTML as plain text, cut after a sentence where it is long."""
    for found in _FIRST.finditer(text):
        said = " ".join(html.unescape(_TAG.sub("", found[1])).split())
        if said:
            return said if len(said) <= _LONGEST else _shortened(said)
    return ""


def _shortened(said: str) -> str:
    start = said[:_LONGEST]
    end = max(start.rfind(sign) for sign in "。！？；")
    return start[: end + 1] or f"{start}…"
