"""4 write: several tables set into one, as an official form has them.

Each is a band of the form: its name stands at its side, its columns head its rows, and cells of the
same text below each other may be one. All bands share a grid of units. A head of one band is none
of the next, so every cell names its own heads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

from markupsafe import Markup

from evalpress.pages.grids import (
    ABSENT_STYLE,
    Cell,
    CellFrame,
    Column,
    Row,
    Said,
    cell,
    framed,
    in_region,
)
from evalpress.text.markup import in_html

# Classes by which print knows the row that heads a band, and a band of few rows.
HEADS, WHOLE = "ep-form__heads", "ep-form__whole"
LABEL = 2  # units of a name beside its value


@dataclass(frozen=True)
class Box:
    """A cell of a form: what it holds, how many units it takes to the right and rows down. One with
    a `scope` is a head; one with an `id` is among the `heads` of others. `label` is what a card
    calls it, `holds` tells the search what of an indicator stands below it."""

    shown: Cell
    over: int = 1
    down: int = 1
    scope: str = ""
    id: str = ""
    heads: tuple[str, ...] = ()
    label: str = ""
    holds: str = ""


@dataclass(frozen=True)
class Line:
    """A row of a form, with its class and its place on the page."""

    boxes: tuple[Box, ...]
    style: str = ""
    id: str = ""


@dataclass(frozen=True)
class Layout:
    """How rows stand in a band: their columns, the units of each, which column names a row, how
    many columns from the first have their equal cells set as one."""

    columns: tuple[Column, ...]
    over: tuple[int, ...]
    naming: int | None = None
    merged: int = 0


class Form:
    """A form in the making: `units` is the width of its grid."""

    def __init__(self, said: Said, units: int) -> None:
        self.said, self.units = said, units
        self.bands: list[tuple[str, list[Line]]] = []
        self._ids = (f"{said.id}-{number}" for number in count(1))

    def html(self) -> Markup:
        """The form in its region, as one block of HTML."""
        marks = {"ep-form": True, "ep-table--cards": True, "ep-computed": bool(self.said.mark)}
        return Markup("\n".join(in_region(self.said, marks, self._groups())))

    def _groups(self) -> Iterator[str]:
        for style, lines in self.bands:
            yield f'<tbody class="{style}">' if style else "<tbody>"
            yield from map(_written, lines)
            yield "</tbody>"

    def add_pairs(self, *rows: Sequence[tuple[str, Cell]]) -> None:
        """A band of names, each with its value beside it; a row is shared evenly."""
        self.bands.append((WHOLE, [Line(tuple(self._pairs(pairs))) for pairs in rows]))

    def _pairs(self, pairs: Sequence[tuple[str, Cell]]) -> Iterator[Box]:
        for (name, shown), room in zip(pairs, evenly(self.units, len(pairs)), strict=True):
            own = next(self._ids)
            yield Box(cell(name), LABEL, scope="row", id=own)
            yield Box(shown, room - LABEL, heads=(own,))

    def add_alone(self, side: str, shown: Cell) -> None:
        """A band of which there is one word alone."""
        own = next(self._ids)
        aside = Box(cell(side), scope="row", id=own)
        self.bands.append(("", [Line((aside, Box(shown, self.units - 1, heads=(own,))))]))

    def add_band(
        self, side: str, layout: Layout, rows: Sequence[Row], style: str = "", aside: int = 1
    ) -> tuple[str, ...]:
        """A band of rows below their heads; gives the ids of these, "" for a column without. What
        stands at the side takes the units of `aside`."""
        own, above = next(self._ids), [next(self._ids) if c.name else "" for c in layout.columns]
        heads = (
            Box(cell(c.name), over, scope="col", id=at, holds=c.holds) if at else Box(_EMPTY, over)
            for c, over, at in zip(layout.columns, layout.over, above, strict=True)
        )  # fmt: skip
        named = Box(cell(side), aside, len(rows) + 1, "rowgroup", own)
        lines, levels = [Line((named, *heads), HEADS)], [own] * max(1, layout.merged)
        for row, downs in zip(rows, _downs(rows, layout.merged), strict=True):
            boxes = self._boxes(layout, row, downs, above, levels)
            lines.append(Line(tuple(boxes), row.style, row.id))
        self.bands.append((style, lines))
        return tuple(above)

    def _boxes(
        self, layout: Layout, row: Row, downs: Sequence[int], above: Sequence[str],
        levels: list[str],
    ) -> Iterator[Box]:  # fmt: skip
        """The cells of a row; `levels` are the heads to their left, among them its merged cells."""
        named = next(self._ids) if layout.naming is not None else ""
        for at, (column, over, shown) in enumerate(
            zip(layout.columns, layout.over, row.cells, strict=True)
        ):
            if at < layout.merged:
                if downs[at]:
                    levels[at] = "" if ABSENT_STYLE in shown.style else next(self._ids)
                    scope = "rowgroup" if levels[at] else ""
                    yield Box(shown, over, downs[at], scope, levels[at], label=column.label)
                continue
            is_name = at == layout.naming
            heads = (*levels, above[at], "" if is_name else named)
            yield Box(
                shown, over, 1, "row" if is_name else "", named if is_name else "",
                tuple(filter(None, heads)), column.label,
            )  # fmt: skip

    def add_sum(
        self, name: str, layout: Layout, above: Sequence[str], cells: Mapping[int, Cell]
    ) -> None:
        """A last row below the columns of a band: its name as far as the first of its `cells`,
        which stand in their columns."""
        own, first = next(self._ids), min(cells)
        boxes = [Box(cell(name), self.units - sum(layout.over[first:]), scope="row", id=own)]
        for at in range(first, len(layout.columns)):
            heads = (above[at], own) if at in cells else ()
            shown = cells.get(at, _EMPTY)
            boxes.append(Box(shown, layout.over[at], heads=heads, label=layout.columns[at].label))
        self.bands.append(("", [Line(tuple(boxes), "ep-total")]))


def evenly(units: int, count: int) -> list[int]:
    """So many units shared among so many; what is over goes to the last ones."""
    ends = [units * at // count for at in range(count + 1)]
    return [end - begin for begin, end in pairwise(ends)]


_EMPTY = Cell(Markup(""))


def _downs(rows: Sequence[Row], merged: int) -> list[list[int]]:
    """For each row how many rows each of its merged cells takes, 0 where one above takes it too."""
    found = [[1] * merged for _ in rows]
    for place in range(merged):
        first = 0
        for at in range(1, len(rows)):
            if _texts(rows[at], place) == _texts(rows[at - 1], place):
                found[first][place] += 1
                found[at][place] = 0
            else:
                first = at
    return found


def _texts(row: Row, place: int) -> list[Markup]:
    return [shown.html for shown in row.cells[: place + 1]]


def _written(line: Line) -> str:
    style = f' class="{line.style}"' if line.style else ""
    own = f' id="{line.id}"' if line.id else ""
    return f"<tr{style}{own}>{''.join(map(_boxed, line.boxes))}</tr>"


def _boxed(box: Box) -> str:
    tag = "th" if box.scope else "td"
    given = {
        "scope": box.scope, "id": box.id, "colspan": box.over if box.over > 1 else "",
        "rowspan": box.down if box.down > 1 else "", "headers": " ".join(box.heads),
        "data-holds": box.holds,
    }  # fmt: skip
    begin = "".join(f' {name}="{value}"' for name, value in given.items() if value)
    label = f' data-label="{in_html(box.label)}"' if box.label and not box.scope else ""
    return framed(box.shown, CellFrame(f"<{tag}{begin}", label, f"</{tag}>"))
