"""5 print: what is to be printed, and how printing tells that it could not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evalpress.wording import TEMPLATES

STYLE = TEMPLATES / "print.css"
TEMPLATE = TEMPLATES / "print.html.j2"
BOOK_TEMPLATE = TEMPLATES / "book.html.j2"
SHARED_TEMPLATES = TEMPLATES / "about.html.j2", TEMPLATES / "cover.html.j2"


@dataclass(frozen=True)
class Tls:
    """The files with which both sides of a connection to a cluster prove who they are."""

    ca: Path
    cert: Path
    key: Path


@dataclass(frozen=True)
class Data:
    """A file that travels inside a PDF; a reader sees its name and title. One that `is_source`
    holds all that is printed; by the `link` the page leads to it."""

    name: str
    title: str
    file: str
    is_source: bool = False
    link: str = ""


@dataclass(frozen=True)
class PrintJob:
    """One PDF to print. `pictures` maps addresses in the Markdown to files.

    `base_url` is the report's permanent address, `facts` what stands beside it: names and values.
    `imprint_last` puts both at the end instead of below the title. `cover`, where there is one,
    holds the lines below its title. `dates` are those of the first publication and of the edition,
    after ISO 8601, "" where not known; the files inside bear the first.
    `official_fonts` is the hash of the official fonts that the workers know, if any.
    `sources` are the data files, as people call them and where they lie: only for messages.
    """

    name: str
    title: str
    markdown: str
    author: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    base_url: str = ""
    origin: str = ""
    stamp: str = ""
    pictures: tuple[tuple[str, str], ...] = ()
    data: tuple[Data, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    imprint_last: bool = False
    cover: tuple[str, ...] | None = None
    dates: tuple[str, str] = ("", "")
    official_fonts: str = ""
    sources: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class BookPart:
    """A report in a book: the name of its print job, its title, a note for the contents."""

    name: str
    title: str
    note: str = ""


@dataclass(frozen=True)
class BookJob:
    """One book to bind. `heading` is what of the title stands large on the cover, in lines; below
    it `subtitle`, at the foot `lines`."""

    name: str
    title: str
    heading: tuple[str, ...]
    parts: tuple[BookPart, ...]
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    description: str = ""
    keywords: tuple[str, ...] = ()
    dates: tuple[str, str] = ("", "")
    stamp: str = ""
    lines: tuple[str, ...] = ()


class Unprintable(Exception):
    """Something in a report cannot be printed; the text tells the clerk what."""


class SignsMissing(Unprintable):
    """No font has these signs: one string of them."""


class PrintFailed(Exception):
    """Reports that could not be printed, each with the reason.

    The cause is the first failure that is a fault of the program and not of a report, if any is.
    """


class NoCluster(PrintFailed):
    """No worker of a cluster can print; the text says why, and what to do."""
