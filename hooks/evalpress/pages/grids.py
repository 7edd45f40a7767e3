"""4 write: tables as data.

Every table of a page is a Grid, so that all have a caption, scopes and labels for small screens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from evalpress.pages.finder import Order, controls
from evalpress.text.markup import in_cell, in_html
from evalpress.wording import word

# What the program adds on the site to a report: the style of print leaves it out.
WEB = "ep-web"


@dataclass(frozen=True)
class Column:
    """A column; neighbours with the same group share a head above them. One with a `key` can be
    sorted by in the browser, with `within` only among rows with the same facet of that name. One
    that is `computed` is the program's own and stands on the site alone, never in print. `slot`
    names its place where a row of a brief list takes two lines; `holds` tells the search what of an
    indicator stands in it."""

    name: str
    numeric: bool = False
    group: str | None = None
    key: str = ""
    within: str = ""
    computed: bool = False
    slot: str = ""
    holds: str = ""

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

    `mark` says beside the caption that the program made the table from data.
    `source` says how real the rows are: with it the table can be taken along as it is shown.
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
    mark: str = ""
    filters: dict[str, str] = field(default_factory=dict)
    counted: str = ""
    within_note: str = ""
    source: str = ""

    @property
    def is_sortable(self) -> bool:
        """True where the browser may sort: a few rows are seen at a glance."""
        return len(self.rows) > 5 and any(column.key for column in self.columns)

    def html(self) -> Markup:
        """The table in its region, as one block of HTML."""
        return Markup("\n".join(_parts(self)))


# No template: the tables of a large site have a million cells.
def _parts(grid: Grid) -> Iterator[str]:
    """The lines of a table's HTML."""
    if grid.is_sortable:
        yield _controls(grid)
    said = Said(grid.id, grid.caption, grid.mark, grid.note)
    yield from in_region(said, _marks(grid), _groups(grid), _finder(grid))
    if grid.source and grid.rows:
        yield from _taken(grid)


def _groups(grid: Grid) -> Iterator[str]:
    yield "<thead>"
    yield from _heads(grid)
    yield "</thead>"
    yield "<tbody>"
    yield from _rows(grid)
    yield "</tbody>"


class Said(NamedTuple):
    """What is said of a table beside what stands in it; its id is the region's."""

    id: str
    caption: str
    mark: str = ""
    note: str = ""


def in_region(
    said: Said,
    marks: Mapping[str, bool],
    groups: Iterable[str],
    more: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """The lines of a table in the region in which it scrolls. `groups` are the lines of its row
    groups, `marks` the classes of the region that hold, `more` further attributes."""
    own = {
        "class": " ".join(["ep-table", *(mark for mark, holds in marks.items() if holds)]),
        "role": "region", "tabindex": "0", "aria-labelledby": f"{said.id}-caption", "id": said.id,
        **(more or {}),
    }  # fmt: skip
    yield f"<div{_attributes(own)}>"
    yield "<table>"
    mark = f'<span class="ep-computed__mark">{in_html(said.mark)}</span>' if said.mark else ""
    yield f'<caption id="{said.id}-caption">{in_html(said.caption)}{mark}</caption>'
    yield from groups
    yield "</table>"
    yield f'<p class="ep-note">{in_html(said.note)}</p>\n</div>' if said.note else "</div>"


def _taken(grid: Grid) -> Iterator[str]:
    """The link to the file with what the table shows, which exports/shown.py makes from it."""
    yield f'<div class="ep-take {WEB}" data-source="{in_html(grid.source)}">'
    said, saved = word("take", "table"), in_html(f"{grid.caption}.csv")
    yield f'<a href="{grid.id}.csv" download="{saved}">{in_html(said)}</a></div>'


def _controls(grid: Grid) -> str:
    rows = [row.facets for row in grid.rows]
    orders = [Order(c.key, c.name, c.numeric) for c in grid.columns if c.key]
    return controls(grid.id, grid.caption, grid.counted, grid.filters, rows, orders)


def _printed(grid: Grid) -> int:
    return sum(not column.computed for column in grid.columns)


def _attributes(found: dict[str, str]) -> str:
    return "".join(f' {name}="{value}"' for name, value in found.items())


def _marks(grid: Grid) -> dict[str, bool]:
    """The classes of the region in which a table scrolls."""
    return {
        "ep-table--cards": grid.cards,
        "ep-table--roomy": _is_roomy(grid),
        "ep-table--short": len(grid.rows) <= 8,
        "ep-table--wide": _printed(grid) >= 8,
        "ep-table--tall": len(grid.rows) > 12 and not grid.cards,
        "ep-computed": bool(grid.mark),
        grid.style: bool(grid.style),
    }


def _finder(grid: Grid) -> dict[str, str]:
    """What the browser's sorting needs to know."""
    if not grid.is_sortable:
        return {}
    own: dict[str, str] = {"data-sortable": in_html(grid.counted)}
    return own | ({"data-within-note": in_html(grid.within_note)} if grid.within_note else {})


def _heads(grid: Grid) -> Iterator[str]:
    if groups := _grouped(grid.columns):
        shown = "".join(
            f'<th scope="colgroup" colspan="{width}">{in_html(name)}</th>' if name
            else "<td></td>"
            for name, width in groups
        )  # fmt: skip
        yield f"<tr>{shown}</tr>"
    yield f"<tr>{''.join(_head(grid, column) for column in grid.columns)}</tr>"


def _head(grid: Grid, column: Column) -> str:
    styles = " ".join(_head_styles(grid, column))
    style = f' class="{styles}"' if styles else ""
    key = ""
    if grid.is_sortable and column.key:
        within = f' data-within="{column.within}"' if column.within else ""
        key = f' data-key="{column.key}"{within}'
    held = f' data-holds="{column.holds}"' if column.holds else ""
    return f'<th scope="col"{style}{key}{held}>{in_html(column.name)}</th>'


def _head_styles(grid: Grid, column: Column) -> Iterator[str]:
    if column is grid.columns[grid.head]:
        yield "ep-head"
    if column.numeric:
        yield "ep-number"
    elif _is_value(column.name):
        yield "ep-value"
    if column.computed:
        yield WEB


def _rows(grid: Grid) -> Iterator[str]:
    longest = _longest(grid)
    frames = [_cell_frame(grid, at, column, longest[at]) for at, column in enumerate(grid.columns)]
    sortable, wide = grid.is_sortable, _printed(grid)
    rest = f'<td class="{WEB}"></td>' * (len(grid.columns) - wide)
    for row in grid.rows:
        if row.group:
            shown = f'<th scope="rowgroup" colspan="{wide}">'
            shown += f'<span class="ep-group__name">{in_html(row.group)}</span></th>'
            yield f'<tr class="ep-group">{shown}{rest}</tr>'
        else:
            cells = "".join(
                framed(shown, frame, sortable)
                for shown, frame in zip(row.cells, frames, strict=False)
            )
            yield f"<tr{_row_attributes(row)}>{cells}</tr>"


def _row_attributes(row: Row) -> str:
    style = f' class="{row.style}"' if row.style else ""
    own = f' id="{row.id}"' if row.id else ""
    return style + own + "".join(f' data-{k}="{in_html(v)}"' for k, v in row.facets.items())


class CellFrame(NamedTuple):
    """What all cells of a column share: how they begin, their last attributes, how they end, how
    one without a value is aligned, their own classes."""

    begin: str
    label: str
    end: str
    aligned: str = ""
    own: str = ""


def _cell_frame(grid: Grid, at: int, column: Column, longest: int) -> CellFrame:
    tag = "th" if at == grid.head else "td"
    label = f' data-label="{in_html(column.label)}"' if grid.cards else ""
    begin = '<th scope="row"' if tag == "th" else "<td"
    aligned = "ep-number" if column.numeric else ""
    slot = f"ep-slot-{column.slot}" if column.slot else ""
    is_text = longest >= _TEXT and not column.numeric and tag == "td" and not grid.cards
    own = " ".join(filter(None, (WEB * column.computed, slot, "ep-text" * is_text)))
    return CellFrame(begin, label, f"</{tag}>", aligned, own)


def framed(shown: Cell, frame: CellFrame, sortable: bool = False) -> str:
    """A cell as it stands in its row."""
    begin, label, end, aligned, own = frame
    styles = shown.style
    if styles == ABSENT_STYLE and aligned:
        styles = f"{aligned} {styles}"
    if own:
        styles = f"{styles} {own}".strip()
    if _is_date(shown.html):
        styles = f"{styles} ep-date".strip()
    elif _is_value(_seen(shown.html)) and "ep-number" not in styles:
        styles = f"{styles} ep-value".strip()
    style = f' class="{styles}"' if styles else ""
    sort = f' data-sort="{in_html(shown.sort)}"' if sortable and shown.sort else ""
    return f"{begin}{style}{sort}{label}>{shown.html}{end}"


def _is_date(html: Markup) -> bool:
    """Whether a cell holds a date alone, which a browser would break at its hyphens."""
    return len(html) == 10 and html[4] == html[7] == "-"


# How a value begins, and how long it may be beside the names of the rows on a narrow screen.
_VALUES, _VALUE = frozenset("0123456789≤≥＜＞＝"), 12


def _is_value(text: str) -> bool:
    """Whether a cell or head is one value with its unit, from which a browser would part it."""
    return len(text) <= _VALUE and text[:1] in _VALUES


def _longest(grid: Grid) -> list[int]:
    """The characters of each column's longest text, as far as they matter."""
    longest = [max(4, len(column.name)) for column in grid.columns]
    for row in grid.rows:
        for at, shown in enumerate(row.cells):
            longest[at] = max(longest[at], min(_TEXT, _length(shown.html)))
    return longest


# Texts of so many characters want a wide column; more need not be counted.
_TEXT = 16
# Widths in halves of a character, as tables.css has them: around a text, of any column at least, of
# one of names and of one of texts, and of all of them on a wide screen.
_AROUND, _LEAST, _NAMES, _TEXTS, _SHEET = 3, 9, 18, 26, 111


def _is_roomy(grid: Grid) -> bool:
    """Whether every column has room on a wide screen to keep a value and its unit in a line."""
    return not grid.cards and sum(_width(grid, at) for at in range(len(grid.columns))) <= _SHEET


def _width(grid: Grid, at: int) -> int:
    if at == grid.head:
        return _NAMES
    texts = [row.cells[at].html for row in grid.rows if at < len(row.cells)]
    seen = [text.striptags() if "<" in text else text for text in texts]
    if grid.columns[at].numeric:
        seen.append(grid.columns[at].name)
    elif any(len(text) >= _TEXT for text in seen):
        return _TEXTS
    return max(_LEAST, _AROUND + max((len(text.encode("gb18030")) for text in seen), default=0))


def _length(html: Markup) -> int:
    """How many characters a reader sees."""
    return len(html.striptags()) if "<" in html or "&" in html else len(html)


def _seen(html: Markup) -> str:
    """What a reader sees of a cell that is one link or value."""
    return html.striptags() if html.startswith("<a ") else html


def _grouped(columns: Iterable[Column]) -> list[tuple[str | None, int]]:
    """Groups of neighbouring columns with their widths; empty where no column has a group."""
    result: list[tuple[str | None, int]] = []
    for column in columns:
        if result and column.group and result[-1][0] == column.group:
            result[-1] = (column.group, result[-1][1] + 1)
        else:
            result.append((column.group, 1))
    return result if any(group for group, _ in result) else []


# The class of a cell without a value.
ABSENT_STYLE = "ep-absent"


def cell(value: object, style: str = "") -> Cell:
    """A cell for a value: what is absent shows as a dash."""
    if value is None or value == "":
        return Cell(in_html(word("page", "absent")), f"{style} {ABSENT_STYLE}".strip())
    if isinstance(value, Markup):
        return Cell(value, style)
    return Cell(in_cell(str(value)), style)


def number_cell(value: Decimal | int | None, suffix: str = "") -> Cell:
    """A number as it was written, aligned to the right."""
    return cell(None if value is None else f"{amount(value)}{suffix}", "ep-number")


def amount(value: Decimal | int) -> str:
    """A number as it was written, its thousands parted in the one way of the whole site."""
    return format(value, ",f" if isinstance(value, Decimal) else ",").replace(
        ",", word("numbers", "thousands")
    )
