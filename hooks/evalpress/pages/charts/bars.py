"""4 write: marks below each other -> bars from zero, with their axis, wholes and values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evalpress.pages.charts.scale import Scale, from_zero
from evalpress.pages.charts.series import Chart, Mark
from evalpress.pages.charts.shapes import WIDTH, Drawing, Shape, box, line, text, text_width
from evalpress.pages.grids import amount

_ROW, _TALL_ROW = 26.0, 42.0
_LEGEND = 24.0
_TICKS = 22.0  # below the rows, for the figures of the axis
_CUT = 14.0  # the space in which a series is cut


@dataclass(frozen=True)
class _Place:
    """Where values lie: the bars' beginning and longest length, and how high a row is."""

    left: float
    long: float
    row: float
    scale: Scale

    def x(self, value: Decimal) -> float:
        """The end of a bar of this value."""
        return self.left + self.scale.part(value) * self.long


def bars(chart: Chart) -> Drawing:
    """One row per mark from top to bottom: its name, its length from zero, its value; the whole as
    an outline behind it."""
    place = _place(chart)
    shapes, top = list(_legend(chart)), _LEGEND if chart.whole_name else 2.0
    begin, cuts = top, iter(chart.breaks)
    for mark in chart.marks:
        if mark.broken:
            shapes += _cut(top + _CUT / 2, next(cuts)[0])
            top += _CUT
        shapes += _bar(chart, mark, top, place)
        top += place.row
    shapes += _axis(place, begin, top)
    return Drawing(WIDTH, top + _TICKS, tuple(shapes))


def _place(chart: Chart) -> _Place:
    names = max((text_width(mark.name) for mark in chart.marks), default=0) + 8
    ends = max((text_width(said) for m in chart.marks for said in _texts(chart, m)), default=0) + 10
    long = max(60.0, WIDTH - names - ends)
    widest = text_width(amount(max(chart.figures, default=Decimal(0)))) + 12
    most = max(1, min(4, int(long // widest)))
    row = _TALL_ROW if chart.whole_name else _ROW
    return _Place(names, long, row, from_zero(chart.figures, most))


def _texts(chart: Chart, mark: Mark) -> Iterator[str]:
    yield _value_words(chart, mark)
    if mark.whole is not None:
        yield amount(mark.whole)


def _value_words(chart: Chart, mark: Mark) -> str:
    if mark.value is None:
        return mark.missing
    unit = "" if chart.whole_name else chart.unit
    return f"{amount(mark.value)}{unit}{mark.note}"


def _bar(chart: Chart, mark: Mark, top: float, place: _Place) -> Iterator[Shape]:
    middle = top + place.row / 2
    high = place.row - (14 if chart.whole_name else 10)
    yield text("row-name", place.left - 6, middle + 4.5, mark.name, "end")
    zero, end = place.x(Decimal(0)), place.left
    if mark.whole is not None:
        end = place.x(mark.whole)
        yield box("whole", min(zero, end), middle - high / 2, abs(end - zero), high)
    if mark.value is not None:
        own = place.x(mark.value)
        inner = high - (8 if chart.whole_name else 0)
        yield box("value", min(zero, own), middle - inner / 2, abs(own - zero), inner)
        end = max(end, own)
    yield from _row_labels(chart, mark, end + 6, middle)


def _row_labels(chart: Chart, mark: Mark, left: float, middle: float) -> Iterator[Shape]:
    kind = "label" if mark.value is not None else "missing"
    two = mark.whole is not None
    yield text(kind, left, middle - 3 if two else middle + 4.5, _value_words(chart, mark), "start")
    if mark.whole is not None:
        yield text("whole-label", left, middle + 13, amount(mark.whole), "start")


def _axis(place: _Place, begin: float, base: float) -> Iterator[Shape]:
    for tick in place.scale.ticks:
        x = place.x(tick)
        yield line("grid" if tick else "axis", x, begin, x, base)
        yield text("tick", x, base + 16, amount(tick))


def _cut(middle: float, mark: str) -> list[Shape]:
    return [
        line("cut", 16, middle, WIDTH, middle),
        text("cut-mark", 7, middle + 4.5, mark),
    ]


def _legend(chart: Chart) -> Iterator[Shape]:
    """What outline and bar mean; a chart without a whole needs none."""
    left = 1.0
    entries = (("value", chart.value_name), ("whole", chart.whole_name))
    for kind, name in entries if chart.whole_name else ():
        yield box(kind, left, 3, 12, 12)
        yield text("legend", left + 17, 14, name, "start")
        left += 17 + text_width(name) + 16
