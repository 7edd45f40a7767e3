"""4 write: what a chart shows: its marks in order, with all that a reader must know of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evalpress.assess.judging import Outcome
from evalpress.pages.grids import amount
from evalpress.text.numbering import circled
from evalpress.wording import word


@dataclass(frozen=True)
class Mark:
    """One mark: its value, the whole that it is a part of or the target that it was to reach, the
    median of those that it can be compared with, and what became of the target.

    `missing` says in a few characters why there is no value; `broken` says in a sentence why the
    mark cannot be compared with the one before it; `note` stands beside its value.
    """

    name: str
    value: Decimal | None
    whole: Decimal | None = None
    median: Decimal | None = None
    outcome: Outcome | None = None
    missing: str = ""
    broken: str = ""
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A series to draw. The names of value, whole and median stand in the legend and the table."""

    id: str
    title: str
    marks: tuple[Mark, ...]
    unit: str = ""
    value_name: str = ""
    whole_name: str = ""
    median_name: str = ""

    @property
    def breaks(self) -> list[tuple[str, Mark]]:
        """The marks before which the series is cut, each with the number of its cut."""
        broken = (mark for mark in self.marks if mark.broken)
        return [(circled(number), mark) for number, mark in enumerate(broken, 1)]

    @property
    def figures(self) -> list[Decimal]:
        """Every figure that is drawn."""
        return [v for m in self.marks for v in (m.value, m.whole, m.median) if v is not None]

    @property
    def is_judged(self) -> bool:
        """True where marks say what became of a target."""
        return any(mark.outcome for mark in self.marks)


def shown(value: Decimal, unit: str = "") -> str:
    """A value as its label has it; per cent with the sign."""
    return f"{amount(value)}{unit if unit == '%' else ''}"


def description(chart: Chart) -> str:
    """The chart in a sentence or two, for those who cannot see it."""
    return "".join(_said(chart))


def _said(chart: Chart) -> Iterator[str]:
    yield word("charts", "count").format(len(chart.marks))
    valued = [(mark.value, mark) for mark in chart.marks if mark.value is not None]
    if chart.is_judged:
        yield from (_judged(chart, mark) for _, mark in valued)
    elif valued:
        ends = {"highest": max(valued, key=_value), "lowest": min(valued, key=_value)}
        for name, (value, mark) in ends.items():
            yield word("charts", name).format(mark.name, shown(value), chart.unit)
    missing = [f"{mark.name}{mark.missing}" for mark in chart.marks if mark.value is None]
    if missing:
        yield word("charts", "missing").format("、".join(missing))
    for _, mark in chart.breaks:
        yield word("charts", "broken").format(mark.name, mark.broken)


def _judged(chart: Chart, mark: Mark) -> str:
    """What a year intended and reached, and what became of it."""
    key = "judged" if mark.whole is not None else "unmeasured"
    whole = amount(mark.whole) if mark.whole is not None else ""
    reached = amount(mark.value) if mark.value is not None else ""
    outcome = word("trends", "outcomes", mark.outcome or Outcome.UNKNOWN)
    return word("charts", key).format(mark.name, whole, reached, outcome, unit=chart.unit)


def _value(entry: tuple[Decimal, Mark]) -> Decimal:
    return entry[0]
