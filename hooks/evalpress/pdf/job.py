"""5 print: what is to be printed, and how printing tells that it could not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PrintJob:
    """One PDF to print. `pictures` maps addresses in the Markdown to files."""

    name: str
    title: str
    markdown: str
    author: str = ""
    description: str = ""
    base_url: str = ""
    footer: str = ""
    stamp: str = ""
    pictures: tuple[tuple[str, str], ...] = ()


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
    author: str = ""
    description: str = ""
    stamp: str = ""
    lines: tuple[str, ...] = ()


class Unprintable(Exception):
    """Something in a report cannot be printed; the text tells the clerk what."""


class PrintFailed(Exception):
    """Reports that could not be printed, each with the reason.

    The cause is the first failure that is a fault of the program and not of a report, if any is.
    """
