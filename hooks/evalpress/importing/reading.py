"""What was recognised in a file, before it is a report: values by field with their sources, what
found no place, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from evalpress.importing.drafts import Sourced, Unplaced
from evalpress.importing.fieldtexts import is_blank
from evalpress.importing.neutral import Cell
from evalpress.text.privacy import find_private
from evalpress.wording import word

Values = dict[str, Sourced]


@dataclass
class FundRow:
    """A row of a fund table: what it is called, which row it is if that is known, its values by
    column."""

    name: Sourced
    means: str = ""
    values: Values = field(default_factory=dict)


@dataclass
class Reading:
    """One report's worth of a file."""

    kind: str = ""
    heads: Values = field(default_factory=dict)
    labelled: list[tuple[str, str, Sourced]] = field(default_factory=list)
    fund_unit: str = ""
    unit_of_cells: bool = False  # it stands behind amounts, not over them
    fund_rows: list[FundRow] = field(default_factory=list)
    goal_targets: list[Sourced] = field(default_factory=list)
    goal_actuals: list[Sourced] = field(default_factory=list)
    indicators: list[Values] = field(default_factory=list)
    scores: Values = field(default_factory=dict)
    subtotals: list[Values] = field(default_factory=list)
    body: dict[str, Any] = field(default_factory=dict)
    title: Sourced | None = None
    unplaced: list[Unplaced] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    outline: str = ""
    offers: list[str] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    beside: Values = field(default_factory=dict)  # pictures by file that no text shows
    told: set[Unplaced] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    doubt: str = ""  # of everything that is read

    @property
    def holds_form(self) -> bool:
        """Whether there was a form at all."""
        return bool(self.fund_rows or self.indicators or self.goal_targets)

    def value(self, cell: Cell, text: str, doubt: str = "") -> Sourced | None:
        """A cell's text as a value of the draft; None, and told, where it cannot be one."""
        self.know(cell)
        if cell.fault:
            self.leave(cell, cell.fault)
            return None
        if any(hit.certain for hit in find_private(text)):
            self.leave(cell, "private")
            return None
        return Sourced(text, source_of(cell), doubt or self.doubt)

    def know(self, *cells: Cell) -> None:
        """Cells of which nothing more is to be told: headings, and what has been placed."""
        self.used.update(cell.source for cell in cells)

    def leave_rest(self, cells: Iterable[Cell]) -> None:
        """What no part of a form has taken."""
        rest = [c for c in cells if c.source not in self.used and not is_blank(c.text)]
        self.leave_all(rest, "no_heading")

    def leave(self, cell: Cell, why: str, **values: str) -> None:
        """A cell that is not placed, with the reason; blanks need none."""
        if cell.blank and not cell.fault:
            return
        self.drop(cell.source, cell.text, cell.fault or why, **values)

    def drop(self, source: str, text: str, why: str, **values: str) -> None:
        """The same for any text."""
        self.used.add(source)
        reason = word("import", "why", why).format(**values)
        entry = Unplaced(source, masked(text), reason)
        if entry not in self.told:
            self.told.add(entry)
            self.unplaced.append(entry)

    def leave_all(self, cells: Iterable[Cell], why: str, **values: str) -> None:
        """Several cells for one reason."""
        for cell in cells:
            self.leave(cell, why, **values)

    def person(self, source: str) -> None:
        """Somebody's name or number: where, never what."""
        self.used.add(source)
        if source not in self.persons:
            self.persons.append(source)


def source_of(cell: Cell) -> str:
    """Where a cell stands, with the number behind what it shows."""
    if not cell.stored:
        return cell.source
    return word("import", "stored").format(cell.source, cell.stored)


def masked(text: str) -> str:
    """A text with private data behind asterisks."""
    for hit in reversed(find_private(text)):
        text = text[: hit.start] + hit.mask + text[hit.end :]
    return text
