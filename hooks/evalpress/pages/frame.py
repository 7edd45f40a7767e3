"""4 write: what all pages share: their type, key figures, and what the theme puts around them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from markupsafe import Markup
from pydantic import TypeAdapter

from evalpress.cache.store import digest
from evalpress.model import Department, Kind, Provenance, PublicReport, State
from evalpress.text.markup import link, plain, render
from evalpress.wording import word, words

# Documents that somebody else than the department itself wrote.
EVALUATIONS = (Kind.DEPARTMENT_EVALUATION, Kind.FISCAL_EVALUATION, Kind.THIRD_PARTY)


@dataclass(frozen=True)
class KeptText:
    """The Markdown of a page that lies in the cache until somebody asks for it."""

    hash: str
    load: Callable[[], str] = field(compare=False)


@dataclass(frozen=True)
class ChartFile:
    """A chart of a page as files: their address without the ending, and as JSON the picture (SVG)
    and the head and rows of its numbers."""

    address: str
    content: str | KeptText

    @property
    def text(self) -> str:
        """The JSON."""
        return self.content if isinstance(self.content, str) else self.content.load()

    @property
    def hash(self) -> str:
        """A hash of the JSON, which need not be read for it."""
        return digest(self.content) if isinstance(self.content, str) else self.content.hash


Link = dict[str, str]
"""A link of a frame: its `title` and its `url`, an address of the site."""


@dataclass(frozen=True)
class Offer:
    """A file to download: its address, the name under which it is saved, what it is called, its
    media type, and its size in words, which is not known before it is made."""

    url: str
    download: str
    title: str = ""
    media_type: str = ""
    size: str = ""


@dataclass(frozen=True)
class Frame:
    """What the theme puts round a page of this kind; what is not given is not shown. Where a report
    is its `original` alone, `pdf` is only the sheet that the program prints for it."""

    kind: str
    title: str
    breadcrumbs: Sequence[Link] = ()
    stamp: dict[str, str] | None = None
    provenance: dict[str, str] | None = None
    original: Offer | None = None
    pdf: Offer | None = None
    books: Sequence[Offer] = ()
    data: Sequence[Offer] = ()
    data_day: str = ""
    feed: Link | None = None
    previous: Link | None = None
    next: Link | None = None
    compare: Link | None = None
    related: Sequence[dict[str, Any]] = ()
    tags: dict[str, str] = field(default_factory=dict)
    search: dict[str, str] | None = None
    version: Mapping[str, Any] | None = None
    sortable: bool = False
    edition: str = ""
    picture: str = ""

    def as_data(self) -> Any:
        """The frame as JSON has it."""
        return _FRAMES.dump_python(self, mode="json")

    @staticmethod
    def from_data(found: Any) -> Frame:
        """The frame that was put down as JSON."""
        return _FRAMES.validate_python(found)


_FRAMES = TypeAdapter(Frame)


@dataclass(frozen=True)
class Page:
    """A page: its address, its title, its Markdown, the theme's frame round it, the addresses of
    the pictures that it shows, its charts as files, and the day (ISO 8601) of the newest report or
    correction of which it shows something, where that is known.

    One that is `written_by_hand`, if only in part, may hold any Markdown; see text/dialect.py.
    """

    address: str
    title: str
    text: str | KeptText
    frame: Frame
    report: PublicReport | None = None
    pictures: tuple[str, ...] = ()
    written_by_hand: bool = False
    charts: tuple[ChartFile, ...] = ()
    updated: str = ""

    def framed(self, **changes: Any) -> Page:
        """The same page with a frame of which this is changed."""
        return replace(self, frame=replace(self.frame, **changes))

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
        shown = [self.address, self.title, self.text_hash, self.frame.as_data()]
        return digest(json.dumps(shown, ensure_ascii=False))

    @property
    def source(self) -> str:
        """The Markdown file that the page stands for, from the folder of the pages."""
        return f"{self.address}index.md"


@dataclass(frozen=True)
class Figure:
    """A key figure of a panel; one that is `computed` stands on the site alone."""

    name: str
    value: str
    unit: str = ""
    note: str = ""
    bar: Markup | str = ""
    computed: bool = False


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


def entry(title: str, url: str) -> Link:
    """A link of the frame: its words, and an address of the site."""
    return {"title": title, "url": url}


def home_entry() -> Link:
    """The first of the crumbs: the home page."""
    return entry(word("page", "home"), "")


def list_entry(address: str) -> Link:
    """The crumb of a list: of departments or of years, by how its address begins."""
    return entry(word("page", "departments" if address.startswith("d") else "years"), address)


def found_as(kind: str) -> dict[str, str]:
    """Makes a page one that can be found, and says what it is among the results."""
    return {"kind": kind}


_STAMPED = (State.UNDER_CORRECTION, State.ARCHIVED, State.WITHDRAWN)


def stamp_of(report: PublicReport) -> dict[str, str] | None:
    """The word and the note with which a report is stamped: draft, embargoed, under correction,
    archived or withdrawn."""
    if report.state is State.DRAFT:
        return dict(words("stamps", State.DRAFT))
    if report.embargoed and report.content.first_published:
        when = f"{report.content.first_published:%Y-%m-%d %H:%M}"
        note = word("stamps", "embargoed", "note").format(when=when)
        return {"word": word("stamps", "embargoed", "word"), "note": note}
    return dict(words("stamps", report.state)) if report.state in _STAMPED else None


def provenance_of(provenance: Provenance, note: str | None = None) -> dict[str, str] | None:
    """What is said of reports that are no real ones; `note` is the own note of a report."""
    if provenance is Provenance.REAL:
        return None
    said = {key: word("provenances", provenance, key) for key in ("word", "note")}
    return {"id": str(provenance), **said, **({"note": note} if note else {})}


def panel(figures: list[Figure], alone: bool = True) -> Markup | str:
    """Key figures side by side; nothing where there are none. A page has a place named after them
    only if they are `alone`: those of several headings are told apart by these."""
    return render("panel.html.j2", figures=figures, alone=alone) if figures else ""
