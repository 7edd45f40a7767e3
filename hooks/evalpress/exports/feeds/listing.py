"""6 export: feeds and their entries as data, and the list of all feeds of a site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from evalpress.assess import Catalogue
from evalpress.clock import BEIJING
from evalpress.model.values import LooseDate

NAME = "feed.xml"


@dataclass(frozen=True)
class Entry:
    """One thing that is new: `id` is its address, with its place in the page, and stays the same
    for ever; `href` is where it can be read; `updated` is when it became what it is."""

    id: str
    title: str
    updated: datetime
    href: str
    summary: str = ""
    published: datetime | None = None


@dataclass(frozen=True)
class Feed:
    """A feed beside the page at the address `page`; its entries may be in any order."""

    page: str
    title: str
    entries: tuple[Entry, ...]

    @property
    def address(self) -> str:
        """Where the feed lies."""
        return f"{self.page}{NAME}"


Maker = Callable[[Catalogue], Iterator[Feed]]
_MAKERS: list[Maker] = []


def feeds(make: Maker) -> Maker:
    """Register what makes one feed or several."""
    _MAKERS.append(make)
    return make


def all_feeds(catalogue: Catalogue) -> list[Feed]:
    """Every feed of the site. Raises ValueError for two beside one page, which is a bug."""
    found = [feed for make in _MAKERS for feed in make(catalogue)]
    if len({feed.page for feed in found}) != len(found):
        raise ValueError("two feeds have one address")
    return found


def moment_of(written: LooseDate | date) -> datetime:
    """A day as a moment; of a date that is not written in full the first that it can be."""
    if isinstance(written, datetime):
        return written
    first = (written.year or 2000, written.month or 1, written.day or 1)
    return datetime.combine(date(*first), time(), BEIJING)
