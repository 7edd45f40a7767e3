"""The one form in which every file is read on: tables of cells and lines of text, each with where
it stands, and what the file has besides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evalpress.wording import word

Span = tuple[int, int]


@dataclass(frozen=True)
class Cell:
    """A cell as people see it, a merged one as one: its text, where it stands, the first row and
    column of the table and how many of each it covers.

    `stored` is a number that the file keeps more exactly than it shows it; `fault` names in the
    wording why the text cannot be trusted.
    """

    text: str
    source: str
    row: int = 0
    column: int = 0
    rows: int = 1
    columns: int = 1
    stored: str = ""
    fault: str = ""

    @property
    def blank(self) -> bool:
        """True for a cell without signs."""
        return not self.text.strip()


@dataclass(frozen=True)
class Grid:
    """A table or sheet: a rectangle in which a merged cell stands wherever it reaches."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0]) if self.rows else 0

    def across(self, row: int, span: Span | None = None) -> list[Cell]:
        """The cells of a row from left to right, each once, within columns [first, last)."""
        first, last = span or (0, self.width)
        return list(dict.fromkeys(self.rows[row][first:last]))

    def cells(self) -> Iterator[Cell]:
        """Every cell once, by rows."""
        yield from dict.fromkeys(cell for row in self.rows for cell in row)


@dataclass(frozen=True)
class Line:
    """A paragraph: its text without, and its number as Word counts it; `level` from 1 where its
    style makes it a heading. `right` where it stands at the right, as signatures do."""

    text: str
    source: str
    number: str = ""
    level: int = 0
    right: bool = False
    title: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture with the text that stands for it, if the file has one."""

    content: bytes
    suffix: str
    source: str
    text: str = ""


@dataclass(frozen=True)
class Told:
    """What a reader of the file would not see or the draft cannot show; `kind` names it in the
    wording."""

    kind: str
    source: str
    text: str = ""


Part = Grid | Line | Picture


@dataclass(frozen=True)
class Document:
    """What a file holds, in its order. `doubtful` where it is read by guesswork as PDFs are."""

    name: str
    parts: tuple[Part, ...]
    told: tuple[Told, ...] = ()
    doubtful: bool = False

    @property
    def grids(self) -> list[Grid]:
        """The tables."""
        return [part for part in self.parts if isinstance(part, Grid)]


class Refusal(Exception):
    """Why a file is not read; `reason` names it in the wording."""

    def __init__(self, reason: str, file: str = "") -> None:
        super().__init__(reason)
        self.reason, self.file = reason, file

    @property
    def said(self) -> str:
        """The reason and what to do, in Chinese."""
        return word("import", "refused", self.reason).format(self.file)
