"""4 write: a department over the years as charts: score, rate and money, and each indicator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from evalpress.assess.indicator_years import Line, indicator_lines
from evalpress.assess.judging import named
from evalpress.assess.medians import Median
from evalpress.assess.reaching import Reached, reached, unit_of_years
from evalpress.assess.trends import (
    Cut,
    History,
    Point,
    fund_series,
    passing_cuts,
    rate_series,
    score_series,
)
from evalpress.pages.charts import Chart, Mark, bars, dots
from evalpress.pages.figures import Setting, Shown, figure, figures, multiples
from evalpress.pages.histories import cut_words
from evalpress.text.markup import plain
from evalpress.wording import word

Medians = Mapping[int, Median]


def history_charts(setting: Setting, found: History, medians: Medians) -> list[Shown]:
    """Score, execution rate and money over the years; a single year needs no chart."""
    if len(found.reports) < 2:
        return []
    funds, unit = fund_series(found)
    scores = _marks(found, score_series(found), lambda year: _of(medians, year).score)
    rates = _marks(found, rate_series(found), lambda year: _of(medians, year).rate)
    drawn = [
        (_chart("share", "%", "score", scores), dots),
        (_chart("rate", "%", "rate", rates), dots),
        (_chart("funds", unit, "executed", _marks(found, funds), "budget"), bars),
    ]
    return [
        figure(setting, chart, draw)
        for chart, draw in drawn
        if any(mark.value is not None for mark in chart.marks)
    ]


def trends_part(drawn: list[Shown]) -> str:
    """The charts under their heading; nothing where there are none."""
    if not drawn:
        return ""
    heading = f"## {plain(word('trends', 'heading'))} {{#trends}}"
    return f"{heading}\n\n{figures(*(shown.html for shown in drawn))}"


def _of(medians: Medians, year: int) -> Median:
    return medians.get(year, Median())


def _chart(name: str, unit: str, value: str, marks: tuple[Mark, ...], whole: str = "") -> Chart:
    said = word("trends", value)
    whole_name = word("trends", whole) if whole else ""
    median_name = "" if whole else word("charts", "median")
    return Chart(name, word("trends", name), marks, unit, said, whole_name, median_name)


def _marks(
    found: History, points: list[Point], median: Callable[[int], Decimal | None] | None = None
) -> tuple[Mark, ...]:
    """The points of a series: with medians as a share of a hundred, which needs no whole."""
    return tuple(
        Mark(
            str(point.year), point.value, None if median else point.whole,
            median(point.year) if median and point.value is not None else None,
            missing=word("trends", "gaps", point.gap) if point.gap else "",
            broken=_broken(found, point.year, point.cuts),
        )
        for point in points
    )  # fmt: skip


def _broken(found: History, year: int, cuts: tuple[Cut, ...]) -> str:
    return "".join(cut_words(cut, year, found.department) for cut in cuts)


# --- small multiples ----------------------------------------------------------------------------


def indicator_charts(setting: Setting, found: History) -> Shown | None:
    """Every followed indicator as a small chart of its own, in the order of the table below; None
    where none has figures."""
    lines = indicator_lines(found.reports)
    years = sorted({year for line in lines for year in line.years})
    cuts = passing_cuts(found)
    broken = {year: _broken(found, year, tuple(cuts.get(year, ()))) for year in years[1:]}
    drawn = [chart for line in lines if (chart := indicator_chart(line, years, broken))]
    if not drawn:
        return None
    left = len(lines) - len(drawn)
    note = word("trends", "multiples_note")
    note += word("trends", "undrawn").format(left) if left else ""
    title = word("trends", "multiples")
    return multiples(setting, "indicators", title, drawn, word("trends", "indicator"), note)


def indicator_chart(line: Line, years: list[int], broken: Mapping[int, str]) -> Chart | None:
    """An indicator over these years; None where fewer than two actual values are figures of one
    unit."""
    unit = unit_of_years(line.years)
    if unit is None:
        return None
    each = reached(line.years, years, unit)
    marks = tuple(reached_mark(one, broken.get(one.year, "")) for one in each)
    if sum(mark.value is not None for mark in marks) < 2:
        return None
    said = (word("trends", key) for key in ("actual", "target"))
    return Chart(f"indicator-{line.id}", named(line.newest), marks, unit, *said)


def reached_mark(one: Reached, broken: str = "") -> Mark:
    """The year of an indicator; what it does not list is a gap."""
    if one.actual is not None:
        return Mark(str(one.year), one.actual, one.target, outcome=one.outcome, broken=broken)
    missing = word("trends", "gaps", one.gap) if one.gap else word("trends", "absent")
    return Mark(str(one.year), None, missing=missing, broken=broken)
