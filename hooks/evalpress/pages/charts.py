"""4 write: series -> SVG: columns over the years, rows of a distribution.

Every axis begins at zero and every value stands beside its mark, so that a chart misleads nobody
and needs no colour. What is missing is a gap that says why; what cannot be compared with what
stands before it is cut off by a numbered line. Colours are attributes, which the style sheet of
the site replaces by its own (light, dark); print, where no style sheet reaches, keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from evalpress.pages.grids import amount
from evalpress.text.markup import render
from evalpress.text.numbering import circled
from evalpress.wording import word


@dataclass(frozen=True)
class Bar:
    """One mark: its value, the whole that it is a part of, and what a reader must know of it.

    `missing` says in a few characters why there is no value; `broken` says in a sentence why the
    mark cannot be compared with the one before it.
    """

    name: str
    value: Decimal | None
    whole: Decimal | None = None
    missing: str = ""
    broken: str = ""


@dataclass(frozen=True)
class Chart:
    """A series to draw. `value_name` and `whole_name` stand in the legend and the table; `top` is
    the least that the axis reaches, such as 100 for shares."""

    id: str
    title: str
    bars: tuple[Bar, ...]
    unit: str = ""
    value_name: str = ""
    whole_name: str = ""
    top: Decimal = Decimal(0)

    @property
    def breaks(self) -> list[tuple[str, Bar]]:
        """The bars before which the series is cut, each with the number of its cut."""
        broken = (bar for bar in self.bars if bar.broken)
        return [(circled(number), bar) for number, bar in enumerate(broken, 1)]

    @property
    def highest(self) -> Decimal:
        """What the axis reaches."""
        found = [v for bar in self.bars for v in (bar.value, bar.whole) if v is not None]
        return max([self.top, *found])


def shown(value: Decimal, unit: str = "") -> str:
    """A value as its label has it; per cent with the sign."""
    return f"{amount(value)}{unit if unit == '%' else ''}"


def description(chart: Chart) -> str:
    """The chart in a sentence or two, for those who cannot see it."""
    valued = [(bar.value, bar) for bar in chart.bars if bar.value is not None]
    said = [word("charts", "count").format(len(chart.bars))]
    if valued:
        for name, (value, bar) in (("highest", max(valued, key=_value)),
                                   ("lowest", min(valued, key=_value))):  # fmt: skip
            said.append(word("charts", name).format(bar.name, shown(value), chart.unit))
    missing = [f"{bar.name}{bar.missing}" for bar in chart.bars if bar.value is None]
    if missing:
        said.append(word("charts", "missing").format("、".join(missing)))
    said += [word("charts", "broken").format(bar.name, bar.broken) for _, bar in chart.breaks]
    return "".join(said)


def _value(entry: tuple[Decimal, Bar]) -> Decimal:
    return entry[0]


# --- geometry, in units of about a pixel --------------------------------------------------------

WIDTH = 320.0
_FONT = 12.0
_SCALE = 1.1  # at which charts stand on a wide page
_HIGH = 104.0  # of a column that reaches the top
_CUT = 18.0  # the space in which a series is cut
_ROW = 26.0


@dataclass(frozen=True)
class Shape:
    """A rectangle, a line from corner to corner, or a text at the lower left or middle of it."""

    kind: str
    x: float
    y: float
    width: float = 0.0
    height: float = 0.0
    text: str = ""
    anchor: str = "middle"

    @property
    def at(self) -> dict[str, Markup]:
        """The numbers of the SVG, with one decimal."""
        return {
            "x": _number(self.x), "y": _number(self.y),
            "width": _number(self.width), "height": _number(self.height),
            "x2": _number(self.x + self.width), "y2": _number(self.y + self.height),
        }  # fmt: skip


def _number(value: float) -> Markup:
    return Markup(f"{value:.1f}".removesuffix(".0"))


def text_width(text: str, size: float = _FONT) -> float:
    """About how wide a text is: Chinese a square, digits more than half, points a third."""
    wide = sum(1.0 if ord(c) > 0x2E80 else 0.34 if c in ".,-" else 0.6 for c in text)
    return wide * size


def _drawn(chart: Chart, width: float, height: float, shapes: list[Shape]) -> Markup:
    size = {
        "width": _number(width), "height": _number(height),
        "wide": _number(width * _SCALE), "high": _number(height * _SCALE),
    }  # fmt: skip
    return render(
        "chart.svg.j2", chart=chart, size=size, shapes=shapes, description=description(chart)
    )


# --- columns over the years ---------------------------------------------------------------------


def columns(chart: Chart) -> Markup:
    """One column per bar from left to right; the whole as an outline behind the value."""
    slot = max(_slot(chart), (WIDTH - _CUT * len(chart.breaks)) / max(1, len(chart.bars)))
    two = _has_two_labels(chart)
    base = (28 if chart.whole_name else 6) + (2 if two else 1) * 15 + _HIGH
    shapes, left = [*_legend(chart)], 0.0
    cuts = iter(chart.breaks)
    for bar in chart.bars:
        if bar.broken:
            shapes += _cut(left, base, next(cuts)[0])
            left += _CUT
        shapes += _column(chart, bar, left + slot / 2, slot, base, two)
        left += slot
    shapes.append(Shape("axis", 0, base, left))
    return _drawn(chart, max(left, WIDTH), base + 20, shapes)


def _has_two_labels(chart: Chart) -> bool:
    """True where the whole differs from column to column, so that it needs a label of its own."""
    return len({bar.whole for bar in chart.bars if bar.whole is not None}) > 1


def _slot(chart: Chart) -> float:
    labels = [bar.name for bar in chart.bars]
    labels += [
        shown(v, chart.unit) for b in chart.bars for v in (b.value, b.whole) if v is not None
    ]
    return max([36.0, *(text_width(label) + 8 for label in labels)])


def _column(
    chart: Chart, bar: Bar, middle: float, slot: float, base: float, two: bool
) -> Iterator[Shape]:
    wide = min(30.0, slot * 0.6)
    yield Shape("name", middle, base + 15, text=bar.name)
    if bar.whole is not None:
        tall = _scaled(bar.whole, chart)
        yield Shape("whole", middle - wide / 2, base - tall, wide, tall)
    if bar.value is not None:
        tall = _scaled(bar.value, chart)
        narrow = wide - (8 if chart.whole_name else 0)
        yield Shape("value", middle - narrow / 2, base - tall, narrow, tall)
    elif bar.missing:
        yield from _upright(bar.missing, middle, base)
    yield from _labels(chart, bar, middle, base, two)


def _labels(chart: Chart, bar: Bar, middle: float, base: float, two: bool) -> Iterator[Shape]:
    there = [v for v in (bar.value, bar.whole) if v is not None]
    top = base - _scaled(max(there, default=Decimal(0)), chart) - 5
    if bar.value is not None:
        yield Shape("label", middle, top, text=shown(bar.value, chart.unit))
        top -= 15
    if two and bar.whole is not None:
        yield Shape("whole-label", middle, top, text=shown(bar.whole, chart.unit))


def _upright(text: str, middle: float, base: float) -> Iterator[Shape]:
    """A few characters one below the other, as Chinese may stand in a narrow place."""
    top = base - 6 - (len(text) - 1) * 14
    for index, sign in enumerate(text):
        yield Shape("missing", middle, top + index * 14, text=sign)


def _scaled(value: Decimal, chart: Chart) -> float:
    highest = chart.highest
    return float(max(value, Decimal(0)) / highest) * _HIGH if highest > 0 else 0.0


def _cut(left: float, base: float, mark: str) -> list[Shape]:
    middle = left + _CUT / 2
    return [
        Shape("cut", middle, 30, 0, base - 26),
        Shape("cut-mark", middle, base + 15, text=mark),
    ]


def _legend(chart: Chart) -> Iterator[Shape]:
    """What outline and column mean; a chart without a whole needs none."""
    left = 1.0
    entries = (("value", chart.value_name), ("whole", chart.whole_name))
    for kind, name in entries if chart.whole_name else ():
        yield Shape(kind, left, 3, 11, 11)
        yield Shape("legend", left + 16, 13, text=name, anchor="start")
        left += 16 + text_width(name) + 18


# --- rows of a distribution ---------------------------------------------------------------------


def rows(chart: Chart) -> Markup:
    """One row per bar from top to bottom: its name, its length from zero, its value."""
    names = max((text_width(bar.name) for bar in chart.bars), default=0) + 10
    said = {bar.name: _row_label(chart, bar) for bar in chart.bars}
    ends = max((text_width(text) for text in said.values()), default=0) + 8
    long = max(60.0, WIDTH - names - ends)
    shapes: list[Shape] = []
    for index, bar in enumerate(chart.bars):
        middle = index * _ROW + _ROW / 2
        part = _scaled(bar.value or Decimal(0), chart) / _HIGH * long
        shapes.append(Shape("row-name", names - 8, middle + 4, text=bar.name, anchor="end"))
        shapes.append(Shape("value", names, middle - 8, part, 16))
        kind = "label" if bar.value is not None else "missing"
        at = names + part + 6
        shapes.append(Shape(kind, at, middle + 4, text=said[bar.name], anchor="start"))
    height = _ROW * len(chart.bars)
    shapes.append(Shape("axis", names, 0, 0, height))
    return _drawn(chart, names + long + ends, height, shapes)


def _row_label(chart: Chart, bar: Bar) -> str:
    return bar.missing if bar.value is None else f"{amount(bar.value)}{chart.unit}"
