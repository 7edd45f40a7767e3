"""4 write: tables as data.

Every table of a page is a Grid, so that all have a caption, scopes and labels for small screens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from markupsafe import Markup

from evalpress.text.markup import in_cell, plain, render
from evalpress.wording import word


@dataclass(frozen=True)
class Column:
    """A column; neighbours with the same group share a head above them. One with a `key` can be
    sorted by in the browser, with `within` only among rows with the same facet of that name."""

    name: str
    numeric: bool = False
    group: str | None = None
    key: str = ""
    within: str = ""

    @property
    def label(self) -> str:
        """What a card calls the column, where no head stands above it."""
        return f"{self.group} {self.name}" if self.group else self.name


@dataclass(frozen=True)
class Cell:
    """A cell's content; `style` is a class of the style sheet, `sort` what the browser sorts by
    where that is not the text."""

    html: Markup
    style: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Row:
    """A row; the cell at the grid's `head` names it. A row with `group` is one wide head. By its
    `facets` a row is found in the browser."""

    cells: tuple[Cell, ...] = ()
    style: str = ""
    id: str = ""
    group: str = ""
    facets: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    """A table: caption, columns, rows; `cards` lets small screens show each row as a card.

    `filters` are the facets to choose rows by in the browser, with their names; `counted` is what
    the rows are called when they are counted, `within_note` what is said of a sorting within.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    head: int = 0
    cards: bool = False
    style: str = ""
    note: str = ""
    filters: dict[str, str] = field(default_factory=dict)
    counted: str = ""
    within_note: str = ""

    @property
    def is_sortable(self) -> bool:
        """True where the browser may sort: a few rows are seen at a glance."""
        return len(self.rows) > 5 and any(column.key for column in self.columns)

    def html(self) -> Markup:
        """The table in its region, as one block of HTML."""
        groups, widths = _grouped(self.columns), _widths(self)
        return render("grid.html.j2", grid=self, groups=groups, widths=widths)


def _widths(grid: Grid) -> list[int]:
    """A share of the width for each column, in per cent: more for long texts, for print."""
    longest = [max(4, len(column.name)) for column in grid.columns]
    for row in grid.rows:
        for at, shown in enumerate(row.cells):
            longest[at] = max(longest[at], min(36, len(shown.html.striptags())))
    weights = [length**0.6 for length in longest]
    return [round(weight / sum(weights) * 100) for weight in weights]


def _grouped(columns: Iterable[Column]) -> list[tuple[str | None, int]]:
    """Groups of neighbouring columns with their widths; empty where no column has a group."""
    result: list[tuple[str | None, int]] = []
    for column in columns:
        if result and column.group and result[-1][0] == column.group:
            result[-1] = (column.group, result[-1][1] + 1)
        else:
            result.append((column.group, 1))
    return result if any(group for group, _ in result) else []


def cell(value: object, style: str = "") -> Cell:
    """A cell for a value: what is absent shows as a dash."""
    if value is None or value == "":
        return Cell(plain(word("page", "absent")), f"{style} ep-absent".strip())
    if isinstance(value, Markup):
        return Cell(value, style)
    return Cell(in_cell(str(value)), style)


def number_cell(value: Decimal | int | None, suffix: str = "") -> Cell:
    """A number as it was written, aligned to the right."""
    return cell(None if value is None else f"{amount(value)}{suffix}", "ep-number")


def amount(value: Decimal | int) -> str:
    """A number in plain digits, as written."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)
