"""4 write: marks over the years -> dots on an axis that fits them, with targets and medians."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from evalpress.assess.judging import Outcome
from evalpress.pages.charts.scale import Scale, fitted
from evalpress.pages.charts.series import Chart, Mark
from evalpress.pages.charts.shapes import (
    WIDTH,
    Drawing,
    Shape,
    line,
    spot,
    text,
    text_width,
    track,
)
from evalpress.pages.grids import amount
from evalpress.wording import word

_HIGH = 96.0  # of the axis
_ROOM, _FOOT = 22.0, 12.0  # above and below it, for a label
_LEGEND = 22.0  # a line of the legend
_NAMES = 24.0  # below it, for the years
_GAP = 5.0  # between two texts


def dots(chart: Chart, scale: Scale | None = None, legend: bool = True) -> Drawing:
    """A dot for each value from left to right; the target as a line across its year, the median as
    a dash. Several charts that share a `scale` can be compared by eye, and share one legend."""
    scale = scale or fitted(chart.figures, is_share=chart.unit == "%")
    known = _legend(chart) if legend else []
    rows = list(_rows(known))
    place = _Place.of(chart, scale, top=len(rows) * _LEGEND + _ROOM)
    shapes = [
        *(shape for number, row in enumerate(rows) for shape in _legend_row(row, number)),
        *_axis(scale, place),
        *_names(chart, place),
        *_cuts(chart, place),
        *_trend(chart, place),
        *(shape for at, mark in enumerate(chart.marks) for shape in _mark(mark, at, place)),
        *_labels(chart, place),
    ]
    low = amount(scale.low) if scale.low else ""
    return Drawing(WIDTH, place.base + _NAMES, tuple(shapes), low)


@dataclass(frozen=True)
class _Place:
    """Where years and values lie on the sheet."""

    left: float
    base: float
    slot: float
    scale: Scale

    @classmethod
    def of(cls, chart: Chart, scale: Scale, top: float) -> _Place:
        """Room for the figures of the axis at the left, the rest shared by the marks."""
        left = max(text_width(amount(tick)) for tick in scale.ticks) + 8
        return cls(left, top + _HIGH + _FOOT, (WIDTH - left - 4) / max(1, len(chart.marks)), scale)

    def x(self, at: int) -> float:
        """The middle of a mark's slot."""
        return self.left + (at + 0.5) * self.slot

    def y(self, value: Decimal) -> float:
        """The height of a value."""
        return self.base - _FOOT - self.scale.part(value) * _HIGH


def _axis(scale: Scale, place: _Place) -> Iterator[Shape]:
    for tick in scale.ticks:
        y = place.y(tick)
        yield line("grid" if tick != scale.low else "axis", place.left, y, WIDTH, y)
        yield text("tick", place.left - 6, y + 4.5, amount(tick), "end")


def _names(chart: Chart, place: _Place) -> Iterator[Shape]:
    """The years, or every so many of them, counted from the newest, where all have no room."""
    wide = max((text_width(mark.name) for mark in chart.marks), default=0) + 3 * _GAP
    every = max(1, -int(-wide // place.slot))
    last = len(chart.marks) - 1
    for at, mark in enumerate(chart.marks):
        if (last - at) % every == 0:
            x = min(place.x(at), WIDTH - text_width(mark.name) / 2)
            yield text("name", x, place.base + 18, mark.name)


def _cuts(chart: Chart, place: _Place) -> Iterator[Shape]:
    """Where years cannot be compared; the first of all years has none before it."""
    numbers = {id(mark): number for number, mark in chart.breaks}
    for at, mark in enumerate(chart.marks):
        if mark.broken:
            x = place.left + at * place.slot
            top = place.base - _FOOT - _HIGH - 8
            yield line("cut", x, top, x, place.base)
            yield text("cut-mark", x, top - 2, numbers[id(mark)])


def _trend(chart: Chart, place: _Place) -> Iterator[Shape]:
    """A thin line from year to year, as far as they can be compared."""
    run: list[tuple[float, float]] = []
    for at, mark in enumerate(chart.marks):
        if mark.value is None or mark.broken:
            yield from _joined(run)
            run = []
        if mark.value is not None:
            run.append((place.x(at), place.y(mark.value)))
    yield from _joined(run)


def _joined(run: list[tuple[float, float]]) -> Iterator[Shape]:
    if len(run) > 1:
        yield track("trend", run)


def _mark(mark: Mark, at: int, place: _Place) -> Iterator[Shape]:
    x, half = place.x(at), place.slot / 2
    if mark.whole is not None:
        y = place.y(mark.whole)
        yield line("target", x - half + 2, y, x + half - 2, y)
    if mark.median is not None:
        y, wide = place.y(mark.median), min(11.0, half - 2)
        yield line("median", x - wide, y, x + wide, y)
    if mark.value is not None:
        yield spot(mark.outcome, x, place.y(mark.value))
    elif mark.missing:
        yield from _upright(mark.missing, x, place.base - _FOOT)


def _upright(said: str, middle: float, base: float) -> Iterator[Shape]:
    """A few characters one below the other, as Chinese may stand in a narrow place."""
    top = base - 8 - (len(said) - 1) * 15
    for index, sign in enumerate(said):
        yield text("missing", middle, top + index * 15, sign)


def _labels(chart: Chart, place: _Place) -> Iterator[Shape]:
    """The values; where all have no room, those of the newest year and the ends, as many as fit."""
    valued = [(at, m, m.value) for at, m in enumerate(chart.marks) if m.value is not None]
    order = sorted(valued, key=lambda entry: (entry[2], entry[0]))
    first = [valued[-1], order[-1], order[0]] if valued else []
    taken: list[tuple[float, float]] = []
    for at, mark, value in [*first, *valued]:
        half = text_width(amount(value)) / 2 + _GAP / 2
        x = min(max(place.x(at), place.left + half), WIDTH - half)
        if all(x + half <= low or high <= x - half for low, high in taken):
            taken.append((x - half, x + half))
            yield text("label", x, _label_height(mark, value, place), amount(value))


def _label_height(mark: Mark, value: Decimal, place: _Place) -> float:
    """Above the dot; below it where the target lies above, as far as there is room."""
    y = place.y(value)
    others = [place.y(v) for v in (mark.whole, mark.median) if v is not None]
    is_below = any(0 < y - other < 24 for other in others)
    return y + 19 if is_below and y + 12 <= place.base else y - 10


# --- the legend ---------------------------------------------------------------------------------

_Sign = tuple[str, str]


def _legend(chart: Chart) -> list[_Sign]:
    """What the signs mean, each with its words; a chart of plain dots alone needs none."""
    if chart.is_judged:
        known = [("target", chart.whole_name), *((o, outcome_words(o)) for o in Outcome)]
    else:
        known = [("dot", chart.value_name)]
    if any(mark.median is not None for mark in chart.marks):
        return [*known, ("median", chart.median_name)]
    return known if chart.is_judged else []


def outcome_words(outcome: Outcome) -> str:
    """What became of a target, in closed words."""
    return word("trends", "outcomes", outcome)


def _rows(found: Iterable[_Sign]) -> Iterator[list[tuple[float, _Sign]]]:
    """The entries in lines that are no wider than the sheet, each with its beginning."""
    row: list[tuple[float, _Sign]] = []
    left = 0.0
    for sign in found:
        wide = 26 + text_width(sign[1])
        if row and left + wide > WIDTH:
            yield row
            row, left = [], 0.0
        row.append((left, sign))
        left += wide + 12
    if row:
        yield row


def _legend_row(row: list[tuple[float, _Sign]], number: int) -> Iterator[Shape]:
    for left, (kind, said) in row:
        y = number * _LEGEND + 10
        if kind in ("target", "median"):
            yield line(kind, left, y, left + 18, y)
        else:
            yield spot(Outcome(kind) if kind != "dot" else None, left + 9, y)
        yield text("legend", left + 24, y + 4.5, said, "start")


def legend(chart: Chart) -> Drawing:
    """The legend alone, for charts that share it."""
    rows = list(_rows(_legend(chart)))
    shapes = (s for number, row in enumerate(rows) for s in _legend_row(row, number))
    return Drawing(WIDTH, len(rows) * _LEGEND, tuple(shapes))
