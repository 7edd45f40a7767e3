"""A page of the joint site -> HTML in the theme's frame, without a generator: the frame is the
theme's own template, and what that asks of a generator is given here.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin, urlsplit

from jinja2 import Environment, FileSystemLoader, Template, pass_context
from jinja2.runtime import Context

import evalpress
from evalpress.exports.shown import shown_tables
from evalpress.pages import assets, material, script_words, styles
from evalpress.pages.frame import Page
from evalpress.pages.meta_tags import Identity, Shown, all_tags, column_tags, open_graph
from evalpress.pages.schema_org import linked_data
from evalpress.settings import SiteIdentity
from evalpress.text.dialect import convert
from evalpress.wording import TEMPLATES, word, words

THEME = TEMPLATES / "theme"
MISSING = "404.html"
_ICON = "favicon.ico"
# What the pages of a joint site load; the other scripts are for pages that it does not have.
_SCRIPTS = (
    "first.js", "evalpress.js", "search.js", "tables.js", "missing.js", "picks.js", "verify.js",
)  # fmt: skip
_PICTURE = "evalpress.svg"


@dataclass(frozen=True)
class Surroundings:
    """What stands round every page: the site's name and address, who runs it, and the addresses of
    the pages in its navigation."""

    title: str
    site_url: str
    description: str
    identity: SiteIdentity
    navigation: Sequence[str]

    def pages(self, made: Sequence[Page]) -> dict[str, bytes]:
        """Every page as the file that it is served from, and the one for missing pages."""
        shown = {page.address: _shown(page, self.site_url) for page in made}
        nav = self._nav(shown)
        found = {
            f"{page.address}index.html": self._framed(shown[page.address], nav) for page in made
        }
        return {**found, MISSING: self._framed(None, nav)}

    def _framed(self, page: SimpleNamespace | None, nav: SimpleNamespace) -> bytes:
        base = _base(page.url) if page else urlsplit(self.site_url).path or "/"
        text = self._template.render(page=page, nav=nav, config=self._config, base_url=base)
        return text.encode()

    def _nav(self, shown: Mapping[str, SimpleNamespace]) -> SimpleNamespace:
        items = [shown[address] for address in self.navigation]
        return SimpleNamespace(items=items, homepage=shown[""])

    @cached_property
    def _template(self) -> Template:
        env = Environment(loader=FileSystemLoader(THEME))
        env.filters.update(url=_url, script_tag=str)  # of an owner's scripts; there are none here
        asset = {name: assets.address_of(name, file) for name, file in _named().items()}
        env.globals.update(word=word, words=words, head=self._head, asset=asset.__getitem__)
        return env.get_template("main.html")

    @cached_property
    def _config(self) -> SimpleNamespace:
        extra = {
            "ep_site": self.identity.model_dump(exclude_none=True),
            "ep_version": evalpress.__version__,
            "ep_joint": {"ways": words("districts", "ways")},
        }
        theme = SimpleNamespace(favicon="assets/images/favicon.png")
        return SimpleNamespace(
            site_name=self.title, site_url=self.site_url, extra=extra, theme=theme, extra_css=(),
            extra_javascript=(), copyright="",
        )  # fmt: skip

    def _head(self, page: SimpleNamespace | None, title: str) -> dict[str, Any]:
        """What a page says of itself to programs."""
        own = Identity(
            self.title, self.site_url, self.identity.site_code or "", self.description,
            self.identity.organizer or "",
        )  # fmt: skip
        frame = page.meta["ep"] if page else None
        if page is None or frame is None:
            shown = Shown(None, "missing", column_tags("missing", word("missing", "title")))
        else:
            shown = Shown(page.url, frame.kind, frame.tags, frame.picture)
        tags = all_tags(own, shown)
        data = linked_data(own, shown, frame)
        return {"tags": tags, "graph": open_graph(tags, title, shown), "data": data}


def _shown(page: Page, site_url: str) -> SimpleNamespace:
    """A page as the template asks for it; one in the navigation is an entry there as well."""
    canonical = urljoin(f"{site_url.rstrip('/')}/", page.address) if site_url else ""
    return SimpleNamespace(
        title=page.title if page.address else word("page", "home"), url=page.address,
        canonical_url=canonical, meta={"ep": page.frame}, content=convert(page.markdown).html,
        toc=(), ancestors=(), children=None, is_page=True, is_homepage=not page.address,
        active=False,
    )  # fmt: skip


def _base(address: str) -> str:
    """The way from a page to the site's root."""
    return posixpath.relpath(".", address.strip("/") or ".")


@pass_context
def _url(context: Context, address: str) -> str:
    """An address of the site as a link from the page that is drawn."""
    if urlsplit(address).scheme or address.startswith(("/", "#")):
        return address
    path, mark, place = address.partition("#")
    base = str(context["base_url"])
    found = posixpath.normpath(posixpath.join(base, path or "."))
    slash = "" if (path and path != "." and not path.endswith("/")) or found == "/" else "/"
    return f"{found}{slash}{mark}{place}"


@cache
def _named() -> dict[str, bytes]:
    """What pages name, by its name."""
    found = {name: (THEME / "assets" / name).read_bytes() for name in _SCRIPTS}
    ours, used = styles.style_sheet(), material.used_classes([THEME], (), "")
    style = f"{material.pruned(material.style_sheet(), used, ours)}\n{ours}"
    return {
        **found, styles.NAME: style.encode(),
        script_words.NAME: script_words.script_words().encode(),
    }  # fmt: skip


def loaded() -> dict[str, bytes]:
    """The files that every page loads, by address."""
    folder = THEME / "assets"
    others = [folder / _PICTURE, *sorted((folder / "search").iterdir())]
    return {
        **{assets.address_of(name, content): content for name, content in _named().items()},
        **{f"assets/{p.relative_to(folder).as_posix()}": p.read_bytes() for p in others},
        _ICON: (THEME / _ICON).read_bytes(),
    }  # fmt: skip


def pictures(found: Mapping[str, Path]) -> dict[str, bytes]:
    """The footer's pictures, by address."""
    return {address: path.read_bytes() for address, path in found.items()}


def tables_of(pages: Sequence[Page]) -> dict[str, bytes]:
    """The tables that pages show as files beside them, by address."""
    return {
        f"{page.address}{name}": content
        for page in pages
        for name, content in shown_tables(page.markdown).items()
    }
