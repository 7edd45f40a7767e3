"""Clues and public texts -> leaks: where a withheld value still stands, and how certain that is.

A figure is weighed: how many digits it shares with the withheld one, whether the words around it
say that it is this one or another, whether the text is about the same thing at all. A value counts
however it is written (see alike.py), in 元 for 万元, in other words for a share, or rounded.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum
from typing import Any

from pydantic import BaseModel

from evalpress.disclose.alike import Statement, bare
from evalpress.disclose.clues import Clue, TextClue, significant
from evalpress.disclose.measured import Form, role_words
from evalpress.model import FundColumnRole, Markdown, PublicReport, Reference, Table
from evalpress.model.places import Steps, walk
from evalpress.model.values import Measure, Written
from evalpress.text.markup import markdown_words
from evalpress.text.quantities import Figure, read
from evalpress.wording import word

LONG_TEXT = 20
Public = Set[tuple[Decimal, str | None]]


class Nearness(IntEnum):
    """How near a text is to what is withheld: of another year or document; of a document that has
    to do with it; of the same report, or about the same thing by name."""

    FAR = -1
    RELATED = 0
    SAME = 1


@dataclass(frozen=True)
class Leak:
    """A withheld place, and the text in which it may be read; certain, or for a person to judge."""

    asked: str
    statement: Statement
    certain: bool


def leaks(
    figures: Iterable[Clue],
    texts: Iterable[TextClue],
    statements: Iterable[Statement],
    near: Callable[[Statement], Nearness],
    public: Public,
) -> list[Leak]:
    """Every text that gives something away, once for each withheld place; `public` are the figures
    that the searched report gives in its own fields (value, base unit)."""
    found: dict[tuple[str, Statement], bool] = {}
    clues, wanted = _Clues(figures), [(clue, bare(clue.text)) for clue in texts]
    for statement in statements:
        seen = [*_figures(statement.text), *_figures(statement.closed)]
        alone = bare(statement.said)
        nearness = near(statement)
        for asked, certain in [
            *_figure_leaks(clues, seen, nearness, public),
            *_text_leaks(wanted, alone, nearness),
        ]:
            key = (asked, statement)
            found[key] = found.get(key, False) or certain
    return [Leak(asked, statement, certain) for (asked, statement), certain in found.items()]


class _Clues:
    """Clues by their values: only those that a figure may be are weighed."""

    def __init__(self, clues: Iterable[Clue]) -> None:
        self._by_unit: dict[str, list[Clue]] = {}
        self._by_value: dict[Decimal, list[Clue]] = {}
        for clue in sorted(clues, key=_value):
            self._by_unit.setdefault(clue.unit, []).append(clue)
            self._by_value.setdefault(clue.value, []).append(clue)

    def of(self, seen: Seen) -> Iterable[Clue]:
        """The clues that a figure may be, exactly in any unit or rounded in its own."""
        near = [*self._around(seen, seen.unit)]
        if seen.unit in _NO_PER_CENT:
            near += self._around(_in_per_cent(seen), "%")
        for scale in _MONEY_SCALES:
            near += self._by_value.get(seen.value * scale, ())
            near += self._by_value.get(seen.value / scale, ())
        return [clue for clue in dict.fromkeys(near) if _is_said_so(clue, seen)]

    def _around(self, seen: Seen, unit: str | None) -> list[Clue]:
        known = self._by_unit.get(unit or "", [])
        low = bisect_left(known, seen.value - seen.step, key=_value)
        return known[low : bisect_right(known, seen.value + seen.step, key=_value)]


def _value(clue: Clue) -> Decimal:
    return clue.value


def _is_said_so(clue: Clue, seen: Seen) -> bool:
    """False for what falls to each of many where no word says so: it is too often another thing."""
    each = word("clues", "each")
    return clue.turns != each or bool(re.search(each, seen.near))


def _text_leaks(
    texts: Iterable[tuple[TextClue, str]], alone: str, nearness: Nearness
) -> Iterator[tuple[str, bool]]:
    for clue, text in texts:
        if text in alone:
            yield clue.place, nearness is Nearness.SAME or len(text) >= LONG_TEXT


def _figure_leaks(
    clues: _Clues, seen: list[Seen], nearness: Nearness, public: Public
) -> Iterator[tuple[str, bool]]:
    for figure in seen:
        for clue in clues.of(figure):
            weight = _weight(clue, figure, nearness, public)
            if weight >= _LIKELY:
                yield clue.place, weight >= _CERTAIN and _may_be_certain(clue, figure, public)


# --- what a text says ---------------------------------------------------------------------------


def statements(public: PublicReport, reference: Reference) -> list[Statement]:
    """Every public text of a report. A figure in a field is a sentence: its name, value and unit;
    tables of money and scores are left out, since what reveals what in them is settled."""
    form = Form(public.content, reference, public.key)
    found = [Statement.of("title", public.title)]
    found += [Statement.of("withheld", notice) for notice in public.withheld.values()]
    for place, steps, value in walk(public.content):
        if isinstance(value, Table):
            found += [Statement.of(place, line) for line in _rows(value)]
        elif _is_leaf(value) and not _in_table(form, steps):
            found += _statement(form, place, steps, value)
    return found


def _statement(form: Form, place: str, steps: Steps, value: Any) -> Iterator[Statement]:
    measured = form.measured(steps, value)
    if not measured:
        is_markdown = isinstance(form.reached(steps[:-1]), Markdown) and steps[-1] == "markdown"
        yield Statement.of(place, _words_of_markdown(value) if is_markdown else str(value))
    elif not measured.closed:
        owner = form.reached(steps[:-1])
        name = getattr(owner, "name", None) or ""
        unit = getattr(owner, "unit", None) or ("%" if measured.unit == "%" else "")
        shown = value.written if isinstance(value, Measure) and value.unit else f"{value}{unit}"
        yield Statement.of(place, f"{name}{shown}")


# A sign set high: that of a note, or a power of ten.
_RAISED = re.compile(r"(10)?<sup>(\w{1,3})</sup>")


def _words_of_markdown(text: str) -> str:
    return markdown_words(_RAISED.sub(lambda m: f"10^{m[2]}" if m[1] else " ", text))


def _rows(table: Table) -> Iterator[str]:
    """Each row as it is read, and each cell as a sentence: the row's first cell, the column's name,
    the cell with its unit."""
    heads = [column.name for column in table.columns]
    units = [_UNIT.search(head) or _UNIT.search(table.table or "") for head in heads]
    for row in table.rows:
        yield " ".join(cell or "" for cell in row)  # where a number and its unit are in two cells
        for head, cell, unit in zip(heads, row, units, strict=True):
            if cell:
                yield f"{row[0] or ''}{_UNIT.sub('', head)} {cell}{unit[1] if unit else ''}"
    groups = dict.fromkeys(column.group for column in table.columns)
    yield from filter(None, [table.table, *heads, *groups, table.note])


# The unit in a head: “金额（万元）” matches; “金额” does not.
_UNIT = re.compile(r"[（(](?:单位：)?((?:百|千)?[万亿]?元|%|人|个|次|户)[）)]")


def _in_table(form: Form, steps: Steps) -> bool:
    return any(isinstance(form.reached(steps[:n]), Table) for n in range(1, len(steps)))


def _is_leaf(value: Any) -> bool:
    if isinstance(value, BaseModel):
        return isinstance(value, Written)
    return isinstance(value, str | Decimal)


# --- figures ------------------------------------------------------------------------------------

# A number without a unit: “共19.84。”, “19.84.csv” match; “2024年”, “1.2.3” do not.
_BARE = re.compile(r"(?<![\d.A-Za-z〔\[/])\d+(?:\.\d+)?(?!\.?[\d年号〕\]/]|[A-Za-z])(?!\s*年|-\d)")

_AROUND = 60


@dataclass(frozen=True)
class Seen:
    """A number in a text: `unit` is None for one without; `step` the worth of its last digit;
    `near` what stands in its clause, `around` in its sentence; `is_plan` for what was intended."""

    value: Decimal
    unit: str | None
    step: Decimal
    rough: bool
    near: str
    around: str
    is_plan: bool = False


def _figures(text: str) -> Iterator[Seen]:
    figures = read(text)
    yield from (_seen(figure) for figure in figures)
    taken = [(figure.start, figure.end) for figure in figures]
    for match in _BARE.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            number = Decimal(match[0])
            around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
            step = Decimal(10) ** number.as_tuple().exponent  # type: ignore[operator]
            yield Seen(number, None, step, False, around, around)


def _seen(figure: Figure) -> Seen:
    begin, end = figure.sentence
    step = figure.step
    if figure.rough:  # 约1200万元 tells two digits
        step = Decimal(10) ** (figure.value.normalize().as_tuple().exponent)  # type: ignore[operator]
    near = f"{figure.clause} {figure.after[:8]}"
    around = figure.text[begin:end]
    value, unit = figure.value, figure.unit
    if unit == "‰":
        value, unit, step = value / 10, "%", step / 10
    return Seen(value, unit, step, figure.rough, near, around, figure.is_plan)


_CERTAIN, _LIKELY = 4, 2
_MOST_DIGITS = 3  # that count; more do not make a figure more certain
_NAMED = 2  # the words around a number say that it is the withheld one
_MONEY_SCALES = (Decimal(1), Decimal(10**4), Decimal(10**8))


def _weight(clue: Clue, seen: Seen, nearness: Nearness, public: Public) -> int:
    """What speaks for a number being the withheld one, less what speaks against it; 0 for one that
    cannot be."""
    fit = _fit(clue, seen)
    if fit is None:
        return 0
    label, known = _label(clue, seen), (seen.value, seen.unit) in public
    if known and (label <= 0 or not clue.certain or seen.is_plan):
        return 0
    shared = significant(seen.value) - (1 if _is_by_name(clue, label) else 2)
    vague = -1 if clue.turns and label < _NAMED else 0
    return min(max(shared, 0), _MOST_DIGITS) + fit + label + vague + nearness


def _is_by_name(clue: Clue, label: int) -> bool:
    """True where a text says by a name of its own which figure it gives; not by 支出 or 结余."""
    return label == _NAMED and not clue.turns and clue.role is None


def _fit(clue: Clue, seen: Seen) -> int | None:
    """0 for the same value and unit, less for one that is rounded or has no or another unit; None
    for another value."""
    if not clue.value:
        return None
    if clue.unit and seen.unit == clue.unit:
        return _fit_in_unit(clue, seen)
    if clue.unit == "%" and seen.unit in _NO_PER_CENT:
        fit = _fit_in_unit(clue, _in_per_cent(seen))
        return None if fit is None else fit - 1
    scales = _MONEY_SCALES if {clue.unit, seen.unit or ""} & {_money()} else _MONEY_SCALES[:1]
    if not any(clue.value in (seen.value * s, seen.value / s) for s in scales):
        return None
    if not clue.unit:
        return 0
    return -1 if seen.unit is None else -3


def _in_per_cent(seen: Seen) -> Seen:
    """执行率0.928 and 92.8个百分点 as per cent; what is too short without a unit is none."""
    if seen.unit is not None:
        return seen
    if significant(seen.value) > 1 > seen.value:
        return replace(seen, value=seen.value * 100, step=seen.step * 100)
    return seen if significant(seen.value) > _FEW else replace(seen, value=Decimal(0))


_FEW = 2  # digits
_NO_PER_CENT = (None, word("clues", "points"))  # units in which a rate is written all the same


def _fit_in_unit(clue: Clue, seen: Seen) -> int | None:
    if seen.value == clue.value:
        return 0
    reach = seen.step if seen.rough else seen.step / 2  # 超九成二 may be any of its tenths
    if not seen.value or clue.exact or abs(seen.value - clue.value) > reach:
        return None
    return 0 if clue.turns and not seen.rough else -1


def _money() -> str:
    return word("clues", "money")


def _label(clue: Clue, seen: Seen) -> int:
    """2 where the words around a number say that it is this one, -2 where they name another column
    of the same table."""
    named = bool(clue.words and re.search(clue.words, seen.near))
    if clue.turns:
        if not re.search(clue.turns, seen.near):
            return 0
        specific = clue.turns != word("clues", "rise")
        return _NAMED if specific or (clue.words and re.search(clue.words, seen.around)) else 1
    if named:
        return _NAMED
    others = (role_words(r) for r in FundColumnRole if clue.role and r is not clue.role)
    return -2 if any(re.search(other, seen.near) for other in others if other) else 0


def _may_be_certain(clue: Clue, seen: Seen, public: Public) -> bool:
    """False for what may be another thing all the same: few digits, a figure of prose, one that
    another field gives as well."""
    label = _label(clue, seen)
    if clue.role is None and (seen.value, seen.unit) in public:
        return False
    few = 2 if _is_by_name(clue, label) else 3
    return clue.certain and significant(seen.value) >= few and (not clue.turns or label > 0)
