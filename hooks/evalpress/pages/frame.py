"""4 write: what all pages share: their type, key figures, and what the theme puts around them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from markupsafe import Markup

from evalpress.cache.store import digest
from evalpress.model import Department, Kind, Provenance, PublicReport, State
from evalpress.text.markup import link, plain, render
from evalpress.wording import word

# Documents that somebody else than the department itself wrote.
EVALUATIONS = (Kind.DEPARTMENT_EVALUATION, Kind.FISCAL_EVALUATION, Kind.THIRD_PARTY)


@dataclass(frozen=True)
class KeptText:
    """The Markdown of a page that lies in the cache until somebody asks for it."""

    hash: str
    load: Callable[[], str] = field(compare=False)


@dataclass(frozen=True)
class Page:
    """A page: its address, its title, its Markdown, and what the theme needs to frame it.

    One that is `written_by_hand`, if only in part, may hold any Markdown; see text/dialect.py.
    """

    address: str
    title: str
    text: str | KeptText
    meta: dict[str, Any] = field(default_factory=dict)
    report: PublicReport | None = None
    written_by_hand: bool = False

    @property
    def markdown(self) -> str:
        """The page's text."""
        return self.text if isinstance(self.text, str) else self.text.load()

    @property
    def text_hash(self) -> str:
        """A hash of the page's text, which need not be read for it."""
        return digest(self.text) if isinstance(self.text, str) else self.text.hash

    @property
    def content_hash(self) -> str:
        """A hash of all that the page shows."""
        shown = [self.address, self.title, self.text_hash, self.meta]
        return digest(json.dumps(shown, ensure_ascii=False))

    @property
    def source(self) -> str:
        """The Markdown file that the page stands for, from the folder of the pages."""
        return f"{self.address}index.md"


@dataclass(frozen=True)
class Figure:
    """A key figure of a panel."""

    name: str
    value: str
    unit: str = ""
    note: str = ""


def moment_words(moment: datetime) -> str:
    """A time of publication; the date alone where no time was given."""
    dated = f"{moment:%Y-%m-%d}"
    return f"{moment:%Y-%m-%d %H:%M}" if (moment.hour, moment.minute) != (0, 0) else dated


# Where a long title may break: around the year, before what kind of document it is.
_TITLE_BREAKS = re.compile(
    r"(?<=\D)(?=\d{4}年度)|(?<=年度)|(?=部门整体支出|项目支出|绩效|财政评价|第三方)"
)


def title_words(title: str) -> Markup:
    """A title that breaks between its parts, not inside a word."""
    parts = [plain(part) for part in _TITLE_BREAKS.split(title) if part]
    return Markup("<wbr>").join(parts)


def short_name(department: Department, year: int | None = None) -> str:
    """The name that tables use: the short one of that time, the usual one, or the official one."""
    named = department.named_in(year) if year else department.current
    if named.short:
        return named.short
    alias = department.aliases[0] if department.aliases and len(department.names) == 1 else None
    return alias or named.name


def anchor(here: str, target: str, text: str) -> Markup:
    """A link to an address of the site, relative to the page that it stands on."""
    return Markup('<a href="{}">{}</a>').format(link(here, target), plain(text))


def entry(title: str, url: str) -> dict[str, str]:
    """A link of the frame: its words, and an address of the site."""
    return {"title": title, "url": url}


def home_entry() -> dict[str, str]:
    """The first of the crumbs: the home page."""
    return entry(word("page", "home"), "")


def list_entry(address: str) -> dict[str, str]:
    """The crumb of a list: of departments or of years, by how its address begins."""
    return entry(word("page", "departments" if address.startswith("d") else "years"), address)


def search_meta(kind: str) -> dict[str, str]:
    """Makes a page one that can be found, and says what it is among the results."""
    return {"kind": kind}


def page_meta(kind: str, title: str, **values: Any) -> dict[str, Any]:
    """What the theme puts round a page of this kind; what is not given is not shown."""
    empty: dict[str, Any] = {
        "breadcrumbs": [], "stamp": None, "provenance": None, "pdf": None, "data": [],
        "previous": None, "next": None, "compare": None, "related": [], "tags": {}, "search": None,
        "sortable": False,
    }  # fmt: skip
    return {**empty, "kind": kind, "title": title, **values}


def stamp_of(report: PublicReport) -> dict[str, str] | None:
    """The word and the note with which a report is stamped: draft, embargoed or archived."""
    if report.state is State.DRAFT:
        return {"word": word("stamps", "draft", "word"), "note": word("stamps", "draft", "note")}
    if report.embargoed and report.content.first_published:
        when = f"{report.content.first_published:%Y-%m-%d %H:%M}"
        note = word("stamps", "embargoed", "note").format(when=when)
        return {"word": word("stamps", "embargoed", "word"), "note": note}
    if report.state is State.ARCHIVED:
        return {
            "word": word("stamps", "archived", "word"),
            "note": word("stamps", "archived", "note"),
        }
    return None


def provenance_of(provenance: Provenance, note: str | None = None) -> dict[str, str] | None:
    """What is said of reports that are no real ones; `note` is the own note of a report."""
    if provenance is Provenance.REAL:
        return None
    words = {key: word("provenances", provenance, key) for key in ("word", "note")}
    return {"id": str(provenance), **words, **({"note": note} if note else {})}


def panel(figures: list[Figure]) -> Markup | str:
    """Key figures side by side; nothing where there are none."""
    return render("panel.html.j2", figures=figures) if figures else ""
