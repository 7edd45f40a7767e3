"""4 write: what a report's tables share: their frame, the mark that they are made from data and no
part of the original, and the notice where a value was withheld."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from evalpress.model import Correction
from evalpress.pages.grids import Cell, Column, Grid, Row
from evalpress.pages.writer import Writer
from evalpress.text.markup import plain
from evalpress.wording import word

ABSENT = None


def add_grid(
    writer: Writer,
    name: str,
    caption: str,
    columns: Iterable[Column],
    rows: Iterable[Row],
    head: int = 0,
    cards: bool = False,
    note: str = "",
) -> None:
    """Add a table to the page; its id is the piece's name, made unique on the page."""
    own, mark = writer.unique(f"{writer.prefix}{name}-table"), word("page", "computed_table")
    shown = tuple(columns), tuple(rows)
    writer.add(Grid(own, caption, *shown, head=head, cards=cards, note=note, mark=mark).html())


def marked(shown: Cell, correction: Correction | None) -> Cell:
    """The cell; with a mark that leads to the note where its value was corrected."""
    if correction is None:
        return shown
    mark = Markup(' <a class="ep-corrected__mark" href="#corrections">{}</a>')
    said = mark.format(word("page", "corrected_mark"))
    return Cell(shown.html + said, f"{shown.style} ep-corrected".strip(), shown.sort)


def or_notice(shown: Cell, notice: str | None) -> Cell:
    """The cell, or the notice where its value was withheld."""
    if not notice:
        return shown
    return Cell(
        Markup('<span class="ep-withheld">') + plain(notice) + Markup("</span>"), shown.style
    )
