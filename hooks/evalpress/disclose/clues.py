"""Withheld places -> clues: the figures and texts that may stand nowhere else, and the figures from
which the withheld ones would follow (what is left, rates, the change from another year)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from evalpress.disclose.measured import Form, Measured
from evalpress.disclose.withheld import KEPT, revealing
from evalpress.model import FundColumnRole, Indicator, PublicReport, Reference, Report
from evalpress.model.places import Part, walk
from evalpress.text.quantities import read
from evalpress.wording import word

SHORT_TEXT = 4
COMMON_TEXT = 8  # shorter parts of something withheld may be stock phrases
_FEWEST_DIGITS = 3
_Role = FundColumnRole
_BEFORE = (_Role.INITIAL, _Role.ADJUSTED, _Role.BUDGET, _Role.APPROPRIATED, _Role.RECEIVED)


@dataclass(frozen=True)
class Clue:
    """A figure that may not be read anywhere: `words` finds what it is of, `turns` the words that
    say how the withheld one follows from it (empty for the value itself). `certain` is False for
    figures in withheld prose, which may be anybody's; `exact` is True for what no rounded figure
    counts as."""

    place: str
    value: Decimal
    unit: str
    words: str
    turns: str = ""
    role: FundColumnRole | None = None
    certain: bool = True
    exact: bool = False


@dataclass(frozen=True)
class TextClue:
    """A withheld text as it may not stand elsewhere."""

    place: str
    text: str


@dataclass(frozen=True)
class Holder:
    """A report that withholds something, its public form, and the public forms of the same document
    in other years."""

    report: Report
    public: PublicReport
    reference: Reference
    years: Mapping[int, PublicReport]

    @cached_property
    def form(self) -> Form:
        """How its figures are read."""
        return Form(self.report.content, self.reference, self.report.key)

    @cached_property
    def parts(self) -> list[Part]:
        """Every part of the report as it was read."""
        return walk(self.report.content)

    @cached_property
    def shown(self) -> dict[str, Any]:
        """What is public of the report, by its places."""
        return {place: value for place, _, value in walk(self.public.content)}

    @cached_property
    def figures(self) -> dict[str, Measured]:
        """Its public figures, by their places."""
        return _figures(self.public, self.reference)

    @cached_property
    def elsewhen(self) -> dict[int, dict[str, Measured]]:
        """The public figures of other years, by their places."""
        return {year: _figures(other, self.reference) for year, other in self.years.items()}


def _figures(public: PublicReport, reference: Reference) -> dict[str, Measured]:
    form = Form(public.content, reference, public.key)
    parts = ((place, form.measured(steps, v)) for place, steps, v in walk(public.content))
    return {place: measured for place, measured in parts if measured}


def clues(holder: Holder) -> tuple[list[Clue], list[TextClue]]:
    """All that gives away what a report withholds; places that it does not know are another
    finding's."""
    figures: dict[Clue, None] = {}
    texts: dict[TextClue, None] = {}
    for request in holder.report.content.withheld:
        if request.place in holder.public.withheld:
            for clue in _clues_of(request.place, holder):
                (texts if isinstance(clue, TextClue) else figures)[clue] = None  # type: ignore[index]
    return list(figures), list(texts)


def _clues_of(asked: str, holder: Holder) -> Iterator[Clue | TextClue]:
    hidden = set(revealing(asked, holder.report, holder.reference))
    for part in holder.parts:
        place, steps, value = part
        below = place == asked or place.startswith(f"{asked}/")
        if not below and place not in hidden:
            continue
        measured = holder.form.measured(steps, value)
        if measured and (below or significant(measured.value) >= _FEWEST_DIGITS):
            yield _itself(asked, measured)
            yield from _computed(asked, part, measured, holder)
        elif below and not measured and _is_text(value):
            yield from _of_text(asked, part, holder)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or hasattr(value, "written")


def _itself(asked: str, measured: Measured) -> Clue:
    return Clue(asked, measured.value, measured.unit, measured.words, role=measured.role)


def _of_text(asked: str, part: Part, holder: Holder) -> Iterator[Clue | TextClue]:
    place, steps, value = part
    text, named = str(value), steps[-1] in KEPT
    if named and place in holder.shown and place != asked:
        return
    if len(text) >= (SHORT_TEXT if named or place == asked else COMMON_TEXT):
        yield TextClue(asked, text)
    for figure in read(text):
        if significant(figure.value) >= _FEWEST_DIGITS and not figure.rough:
            yield Clue(asked, figure.value, figure.unit, "", certain=False)


def significant(value: Decimal) -> int:
    """How many digits tell a figure from others: 1,050 has three, 0.12 two, 100 one."""
    return (
        len(f"{value:f}".replace(".", "").strip("0"))
        if "." in f"{value:f}"
        else (len(f"{value:f}".strip("0")))
    )


# --- figures from which the withheld one follows ------------------------------------------------


def _computed(asked: str, part: Part, own: Measured, holder: Holder) -> Iterator[Clue]:
    place, steps, _ = part
    clue = replace(_itself(asked, own), role=None)
    yield from _beside_others(clue, own, holder)
    yield from _divided(clue, own, holder)
    if own.role in (*_BEFORE, _Role.EXECUTED) and own.unit != "%":
        yield from _beside_budget(clue, place, own, holder)
    elif isinstance(indicator := holder.form.reached(steps[:-1]), Indicator):
        yield from _beside_target(clue, place, own, indicator, holder)
    if own.unit == "分" and (full := _full_marks(place, holder)):
        yield replace(clue, value=abs(full - own.value), turns=word("clues", "lost"))
    for year, figures in holder.elsewhen.items():
        if (other := figures.get(place)) and other.unit == own.unit:
            yield from _change(clue, own, other, later=year > holder.report.key.year)


def _beside_others(clue: Clue, own: Measured, holder: Holder) -> Iterator[Clue]:
    """What an amount or count makes together with one that is public, and how far they differ."""
    if own.unit in ("", "%", "分"):
        return
    for value in dict.fromkeys(m.value for m in holder.figures.values() if m.unit == own.unit):
        yield replace(clue, value=own.value + value, turns=word("clues", "sum"), exact=True)
        apart = abs(own.value - value)
        yield replace(clue, value=apart, turns=word("clues", "apart"), exact=True)


_PARTS = {"half": 2, "per_quarter": 4, "per_month": 12}


def _divided(clue: Clue, own: Measured, holder: Holder) -> Iterator[Clue]:
    """What falls to a month, a quarter, a half of an amount or count, and to each of those whom the
    report counts in public."""
    if own.unit in ("", "%", "分"):
        return
    for turns, parts in _PARTS.items():
        yield replace(clue, value=own.value / parts, turns=word("clues", turns))
    for count in dict.fromkeys(m.value for m in holder.figures.values() if _counts(m, own)):
        yield replace(clue, value=own.value / count, turns=word("clues", "each"))


def _counts(other: Measured, own: Measured) -> bool:
    """True for the number of those among whom an amount may be divided."""
    return other.unit not in ("", "%", "分", own.unit, word("clues", "money")) and other.value > 1


def _beside_budget(clue: Clue, place: str, own: Measured, holder: Holder) -> Iterator[Clue]:
    """What is left of an amount, and the rate of execution, from the other amounts of its row."""
    row = place.rpartition("/")[0]
    for other_place, steps, value in holder.parts:
        if other_place.rpartition("/")[0] != row or other_place not in holder.shown:
            continue
        other = holder.form.measured(steps, value)
        if not other or other.unit != own.unit or other.role not in (*_BEFORE, _Role.EXECUTED):
            continue
        yield replace(clue, value=abs(own.value - other.value), turns=word("clues", "rest"))
        if _Role.EXECUTED in (own.role, other.role):
            done, whole = (own, other) if own.role is _Role.EXECUTED else (other, own)
            rated = f"{word('clues', 'rate')}|{word('clues', 'of_budget')}"
            yield from _share(clue, done.value, whole.value, rated)
            yield from _share(clue, whole.value - done.value, whole.value, word("clues", "rest"))


def _beside_target(
    clue: Clue, place: str, own: Measured, indicator: Indicator, holder: Holder
) -> Iterator[Clue]:
    """How far an indicator missed its target, and its rate of completion."""
    target, actual = (m.value if m else None for m in (indicator.target, indicator.actual))
    kept = f"{place.rpartition('/')[0]}/target"
    if place.endswith("/actual") and kept in holder.shown and target and actual is not None:
        factor = own.value / actual if actual else Decimal(1)
        missed = abs(target - actual) * abs(factor)
        yield replace(clue, value=missed, turns=word("clues", "rest"))
        yield from _share(clue, abs(actual), abs(target), word("clues", "done"))


def _share(clue: Clue, part: Decimal, whole: Decimal, turns: str) -> Iterator[Clue]:
    if whole:
        yield replace(clue, value=part / whole * 100, unit="%", turns=turns)


def _full_marks(place: str, holder: Holder) -> Decimal | None:
    full = holder.shown.get(f"{place.rpartition('/')[0]}/full_marks")
    return full if isinstance(full, Decimal) else None


def _change(clue: Clue, own: Measured, other: Measured, later: bool) -> Iterator[Clue]:
    """The change between two years, as an amount and in per cent of the earlier one."""
    change, turns = abs(own.value - other.value), word("clues", "rise")
    yield replace(clue, value=change, turns=turns)
    yield from _share(clue, change, own.value if later else other.value, turns)


def figures_of(public: PublicReport, reference: Reference) -> set[tuple[Decimal, str | None]]:
    """The figures that a public report gives in its fields: value and base unit."""
    return {(m.value, m.unit) for m in _figures(public, reference).values()}
