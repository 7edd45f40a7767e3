"""2 check: what no rule can judge -> Findings: a figure that lacks, a name that nobody knows.

A rule that finds nothing because it cannot look is no good news: each such place is told, with the
reason. One more reason: a function here, and its sentence under `not_checked` in the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from evalpress.assess.judging import countable, named, target_of
from evalpress.checks import rule
from evalpress.checks.fund_rows import (
    MONEY,
    budget_of,
    rates_of,
    rows,
    spends_whole_budget,
    total_row,
)
from evalpress.checks.indicator_rows import judgement
from evalpress.checks.level_names import FRAMEWORK, LEVEL1, LEVEL2, meant
from evalpress.checks.marking import dimension_of, effect_of, names_of
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level
from evalpress.model import Effect, Evaluated, FundColumnRole, Indicator, Nature
from evalpress.wording import word

# Places that cannot be judged, each with what it is called.
_Doubts = list[tuple[str, str]]
_Reason = Callable[[Subject, Evaluated, str], _Doubts]
_REASONS: dict[str, _Reason] = {}
_SHOWN = 8  # names in one message


def _reason(name: str) -> Callable[[_Reason], _Reason]:
    """Register why something was not checked."""

    def register(function: _Reason) -> _Reason:
        _REASONS[name] = function
        return function

    return register


@rule("not_checked", level=Level.HINT)
def not_checked(subject: Subject) -> Iterator[Finding]:
    """没法核对的地方不当作没有问题：缺数、名称认不出、数值看不懂的，都说明没有核对什么、为什么。

    依据：本程序的数据格式
    """
    for owner, start in subject.owners():
        for name, doubts in _REASONS.items():
            found = doubts(subject, owner, start)
            if found:
                shown = "、".join(dict.fromkeys(called for _, called in found[:_SHOWN]))
                names = f"{shown}{word('finding', 'and_more') if len(found) > _SHOWN else ''}"
                why = word("not_checked", name).format(names=names)
                yield subject.find_all("not_checked", [(place, 0) for place, _ in found], why=why)


def _places(start: str, indicators: list[Indicator]) -> _Doubts:
    return [(f"{start}indicators/{i.id}", named(i)) for i in indicators]


# --- indicators and scores ------------------------------------------------------------------------


@_reason("stray")
def _stray(subject: Subject, owner: Evaluated, start: str) -> _Doubts:
    """Indicators with points but without a dimension, beside others that have one."""
    scored = [i for i in countable(owner) if i.full_marks is not None or i.score is not None]
    stray = [i for i in scored if not i.level1]
    return _places(start, stray) if len(stray) < len(scored) else []


@_reason("unknown_level")
def _unknown_level(subject: Subject, owner: Evaluated, start: str) -> _Doubts:
    """Indicators of a dimension that the scheme does not have."""
    scheme = subject.scheme(owner)
    if scheme is None:
        return []
    unknown = [
        i for i in countable(owner)
        if i.level1 and i.full_marks is not None and not dimension_of(i.level1, scheme)
        and effect_of(i.level1, scheme) is Effect.REGULAR
    ]  # fmt: skip
    return [(f"{start}indicators/{i.id}/level1", str(i.level1)) for i in unknown]


@_reason("without_score")
def _without_score(subject: Subject, owner: Evaluated, start: str) -> _Doubts:
    """Indicators without points beside others that have some."""
    asked = [i for i in countable(owner) if i.full_marks is not None or i.score is not None]
    missing = [i for i in asked if i.score is None]
    return _places(start, missing) if len(missing) < len(asked) else []


@_reason("without_marks")
def _without_marks(subject: Subject, owner: Evaluated, start: str) -> _Doubts:
    """Indicators without full marks beside others that have some."""
    scored = [i for i in countable(owner) if i.score is not None]
    missing = [i for i in scored if i.full_marks is None]
    return _places(start, missing) if len(missing) < len(scored) else []


@_reason("item_without_score")
def _item_without_score(subject: Subject, owner: Evaluated, start: str) -> _Doubts:
    """Dimensions without points beside others that have some."""
    items = owner.scores.items if owner.scores else ()
    missing = [i for i in items if i.score is None]
    if len(missing) == len(items):
        return []
    return [(f"{start}scores/{i.id or i.name}", i.name) for i in missing]


@_reason("dimension_unlisted")
def _dimension_unlisted(subject: Subject, owner: Evaluated, start: str) -> _Doubts:
    """Dimensions of the scheme that the scores leave out."""
    scheme, items = subject.scheme(owner), owner.scores.items if owner.scores else ()
    if scheme is None or not items:
        return []
    known = [found.id for i in items if (found := dimension_of(i.name, scheme))]
    left = [d for d in scheme.dimensions if d.id not in known and d.effect is Effect.REGULAR]
    return [(f"{start}scores", d.name) for d in left] if known else []


@_reason("no_total")
def _no_total(subject: Subject, owner: Evaluated, start: str) -> _Doubts:
    """Scores of dimensions without a total."""
    scores = owner.scores
    scored = [i for i in scores.items if i.score is not None] if scores else []
    missing = scores is not None and scores.total is None and len(scored) > 1
    return [(f"{start}scores", word("finding", "total"))] if missing else []


_FIGURE = re.compile(r"[\d０-９]")
_JUDGED = (None, Nature.POSITIVE, Nature.NEGATIVE)


@_reason("unread_value")
def _unread_value(subject: Subject, owner: Evaluated, start: str) -> _Doubts:
    """Targets and actual values with figures that cannot be held against each other."""
    found = []
    for indicator in countable(owner):
        target, actual = target_of(indicator), indicator.actual
        if not target or not actual or indicator.score is None or indicator.nature not in _JUDGED:
            continue
        if judgement(subject, indicator) is not None:
            continue
        if target.written == actual.written or _DATED.search(target.written):
            continue
        if target.value is not None or (
            _FIGURE.search(target.written) and _FIGURE.search(actual.written)
        ):
            called = f"{named(indicator)}（{target} / {actual}）"
            found.append((f"{start}indicators/{indicator.id}/target", called))
    return found


_DATED = re.compile(r"\d\s*月|\d{4}\s*年")


@_reason("no_actual")
def _no_actual(subject: Subject, owner: Evaluated, start: str) -> _Doubts:
    """Indicators with a target and points whose actual value lacks."""
    rows_ = [i for i in countable(owner) if target_of(i) and i.score is not None]
    missing = [i for i in rows_ if i.actual is None]
    return _places(start, missing) if len(missing) < len(rows_) else []


# --- funds ----------------------------------------------------------------------------------------


@_reason("empty_cell")
def _empty_cell(subject: Subject, owner: Evaluated, start: str) -> _Doubts:
    """Amounts of a part that lack where the total and another part have theirs."""
    table, known = subject.fund_table(owner), rows(subject, owner, start)
    found = []
    for row in table.rows if table else ():
        whole = known.get(row.id)
        parts = [known[part] for part in row.sum_of if part in known]
        for role in (r for r in MONEY if whole and r in whole.values):
            missing = [p for p in parts if role not in p.values and p.values]
            if len(missing) < len(parts):
                found += [(part.at(role), part.name) for part in missing]
    return found


@_reason("row_unlisted")
def _row_unlisted(subject: Subject, owner: Evaluated, start: str) -> _Doubts:
    """Parts of the total that are not listed, where the listed ones leave some of it that these
    may have had."""
    table, known = subject.fund_table(owner), rows(subject, owner, start)
    for row in table.rows if table else ():
        whole, parts = known.get(row.id), [known[p] for p in row.sum_of if p in known]
        lacking = [part for part in row.sum_of if part not in known]
        if whole is None or len(parts) < 2 or not lacking:
            continue
        shared = [r for r in MONEY if r in whole.values and all(r in p.values for p in parts)]
        left = [r for r in shared if whole.values[r] != sum(p.values[r] for p in parts)]
        if left == [FundColumnRole.EXECUTED] and spends_whole_budget(whole, parts):
            continue  # a wrong sum, which a rule of its own tells
        if left:
            names = {r.id: r.name for r in table.rows} if table else {}
            return [(whole.place, names.get(part, part)) for part in lacking]
    return []


@_reason("no_budget")
def _no_budget(subject: Subject, owner: Evaluated, start: str) -> _Doubts:
    """Points for the execution rate without a budget or a rate that they could follow from."""
    row = total_row(subject, owner, start)
    items = owner.scores.items if owner.scores else ()
    item = next((i for i in items if "执行率" in i.name and i.score is not None), None)
    if item is None or (row and (rates_of(row) or FundColumnRole.SCORE in row.values)):
        return []
    return [] if row and budget_of(row) else [(f"{start}scores/{item.id or item.name}", item.name)]


@_reason("no_executed")
def _no_executed(subject: Subject, owner: Evaluated, start: str) -> _Doubts:
    """A total without what was executed of it, beside its rate or lines that say so."""
    row = total_row(subject, owner, start)
    if row is None or FundColumnRole.EXECUTED in row.values or not budget_of(row):
        return []
    others = any(FundColumnRole.EXECUTED in r.values for r in rows(subject, owner, start).values())
    return [(row.place, row.name)] if others or FundColumnRole.RATE in row.values else []


# --- names that are nearly right ------------------------------------------------------------------


_SHORT2 = tuple(name.removesuffix("指标") for name in LEVEL2)


@rule("level_name", level=Level.WARNING)
def level_name(subject: Subject) -> Iterator[Finding]:
    """一级指标、二级指标写规范名称：没有错字、多余的空格、编号和分值。

    依据：报告前后一致
    """
    for owner, start in subject.owners():
        scheme = subject.scheme(owner)
        first = names_of(scheme) if scheme else LEVEL1
        for field, known in (("level1", first), ("level2", (*LEVEL2, *_SHORT2))):
            wrong: dict[str, list[tuple[str, int]]] = {}
            for indicator in owner.indicators:
                written = getattr(indicator, field)
                if written and written not in FRAMEWORK and meant(written, known):
                    place = f"{start}indicators/{indicator.id}/{field}"
                    wrong.setdefault(written, []).append((place, 0))
            for written, spots in wrong.items():
                values = {"found": written, "expected": meant(written, known)}
                yield subject.find_all("level_name", spots, **values)
