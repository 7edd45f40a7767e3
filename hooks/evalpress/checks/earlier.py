"""2 check: rules that hold a report against the department's report of the year before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from pydantic import BaseModel

from evalpress.assess.judging import target_move
from evalpress.assess.natures import Move
from evalpress.checks import rule
from evalpress.checks.fund_columns import money_unit, roles_of
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level
from evalpress.model import (
    Evaluated,
    FundColumnRole,
    FundLine,
    Problem,
    Report,
)

SIMILAR = 0.9
# Paragraphs at least this long, in characters, are compared as wholes.
LONG = 40
_NO_LETTER = re.compile(r"[\W_]+")


def _same(first: str | None, second: str | None) -> bool:
    """True for texts that say the same in nine of ten characters, marks aside."""
    if not first or not second:
        return False
    a, b = _NO_LETTER.sub("", first), _NO_LETTER.sub("", second)
    if a == b:
        return True
    if min(len(a), len(b)) < SIMILAR * max(len(a), len(b)) - 1 or len(a) < 8:
        return False
    letters, others = set(a), set(b)
    if len(letters & others) < 0.7 * max(len(letters), len(others)):
        return False
    matcher = SequenceMatcher(None, a[:300], b[:300], autojunk=False)
    return matcher.quick_ratio() >= SIMILAR and matcher.ratio() >= SIMILAR


# --- indicators ---------------------------------------------------------------------------------


@rule("indicator_renamed", level=Level.HINT)
def indicator_renamed(subject: Subject) -> Iterator[Finding]:
    """与上年相比，同一编号的指标没有改名，同名的指标没有换编号。

    依据：地方做法
    """
    if subject.earlier is None:
        return
    before = {i.id: i for i in subject.earlier.content.indicators}
    names = {i.name: i.id for i in before.values() if i.name}
    now = {i.id for i in subject.content.indicators}
    for indicator in subject.content.indicators:
        place = f"indicators/{indicator.id}"
        other = before.get(indicator.id)
        known = names.get(indicator.name or "")
        if other and other.name and indicator.name and known is None:
            values: dict[str, Any] = {"found": indicator.name, "before": other.name}
            yield subject.find("indicator_renamed", f"{place}/name", **values)
        elif other is None and known and known not in now:
            yield subject.find("indicator_renamed", place, found=indicator.id, before=known)


@rule("indicator_dropped", level=Level.HINT)
def indicator_dropped(subject: Subject) -> Iterator[Finding]:
    """上年的指标今年还在，去掉的要有说明。

    依据：地方做法
    """
    earlier = subject.earlier.content.indicators if subject.earlier else ()
    if not earlier or not subject.content.indicators:
        return
    kept = {i.id for i in subject.content.indicators} | {i.name for i in subject.content.indicators}
    gone = [i for i in earlier if i.id not in kept and (i.name or i.text or "") not in kept]
    if gone:
        found = "、".join(f"“{i.name or i.text or i.level2}”" for i in gone[:5])
        values: dict[str, Any] = {"count": len(gone), "year": subject.key.year - 1}
        yield subject.find("indicator_dropped", "indicators", found=found, **values)


@rule("target_lowered", level=Level.HINT)
def target_lowered(subject: Subject) -> Iterator[Finding]:
    """指标的目标值不比上年低，调低的要有说明。

    依据：地方做法
    """
    earlier = subject.earlier.content.indicators if subject.earlier else ()
    before = {i.id: i for i in earlier}
    for indicator in subject.content.indicators if before else ():
        other = before.get(indicator.id)
        if other and other.name == indicator.name and target_move(indicator, other) is Move.LOWERED:
            values: dict[str, Any] = {"found": str(indicator.target), "before": str(other.target)}
            place = f"indicators/{indicator.id}/target"
            yield subject.find("target_lowered", place, name=indicator.name, **values)


# --- problems -----------------------------------------------------------------------------------


@rule("problem_repeated", level=Level.HINT)
def problem_repeated(subject: Subject) -> Iterator[Finding]:
    """问题的文字不照抄上年。

    依据：地方做法
    """
    for problem, other in _returned(subject):
        if _same(problem.text, other.text):
            place = f"problems/{problem.id}"
            found, year = str(problem.text)[:24], subject.key.year - 1
            yield subject.find("problem_repeated", place, found=found, year=year)


@rule("measure_unchanged", level=Level.HINT)
def measure_unchanged(subject: Subject) -> Iterator[Finding]:
    """上年的问题又出现的，措施要有变化。

    依据：地方做法
    """
    for problem, other in _returned(subject):
        if _same(problem.measure, other.measure):
            place = f"problems/{problem.id}/measure"
            values: dict[str, Any] = {
                "found": str(problem.measure)[:24],
                "year": subject.key.year - 1,
            }
            yield subject.find("measure_unchanged", place, **values)


def _returned(subject: Subject) -> Iterator[tuple[Problem, Problem]]:
    """Problems that the year before also had, by id or by their words."""
    earlier = subject.earlier.content.problems if subject.earlier else ()
    for problem in subject.content.problems if earlier else ():
        found = next((p for p in earlier if p.id == problem.id), None)
        found = found or next((p for p in earlier if _same(problem.text, p.text)), None)
        if found:
            yield problem, found


# --- texts --------------------------------------------------------------------------------------


@rule("text_copied", level=Level.HINT)
def text_copied(subject: Subject) -> Iterator[Finding]:
    """段落不整段照抄上年。

    依据：地方做法
    """
    if subject.earlier is None:
        return
    before = set(_paragraphs(subject.earlier))
    copied = [t for t in subject.texts if len(t.value) >= LONG and t.value in before]
    if copied:
        found, year = copied[0].value[:24], subject.key.year - 1
        spots = [(text.place, 0) for text in copied]
        yield subject.find_all("text_copied", spots, found=found, year=year)


def _paragraphs(report: Report) -> Iterator[str]:
    """The long texts of a report's body and goals."""
    content = report.content
    for owner in (content, *content.projects):
        yield from _long_texts(tuple(owner.body.values()))
        yield from _long_texts(owner.goals)
        yield from (t for p in owner.problems for t in (p.text, p.cause, p.measure) if t)
    yield from _long_texts(content.evaluation)


def _long_texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        if len(node) >= LONG:
            yield node
    elif isinstance(node, tuple):
        for child in node:
            yield from _long_texts(child)
    elif isinstance(node, BaseModel):
        for child in node.__dict__.values():
            if child:
                yield from _long_texts(child)


# --- money carried over -------------------------------------------------------------------------


_CARRIED = re.compile(r"上年(?:度)?结转|年初结转")
_TOLERANCE = Decimal("0.02")


@rule("carried_differs", level=Level.WARNING)
def carried_differs(subject: Subject) -> Iterator[Finding]:
    """本年的上年结转与上年的年末结转一致。

    依据：算术关系
    """
    if subject.earlier is None:
        return
    brought = _brought_forward(subject, subject.content)
    left, exact = _left_over(subject, subject.earlier)
    if brought is None or left is None:
        return
    place, amount = brought
    if abs(amount - left) > _TOLERANCE if exact else amount > left + _TOLERANCE:
        values: dict[str, Any] = {"found": amount, "left": left, "year": subject.key.year - 1}
        yield subject.find("carried_differs", place, **values)


def _brought_forward(subject: Subject, owner: Evaluated) -> tuple[str, Decimal] | None:
    """The year's line of money carried over from the year before, in 万元 or what the table has."""
    table = subject.fund_table(owner)
    names = {row.id: row.name for row in table.rows} if table else {}
    for line in owner.funds.rows if owner.funds else ():
        if _CARRIED.search(line.name or names.get(line.id, "")):
            for column in ("initial", "budget", "adjusted"):
                amount = line.amounts.get(column)
                if amount is not None:
                    return f"funds/{line.id}/{column}", amount
    return None


def _left_over(subject: Subject, earlier: Report) -> tuple[Decimal | None, bool]:
    """What the year before left: as its table says, or at most what it did not spend."""
    content, reference = earlier.content, subject.reference
    now = subject.fund_table(subject.content)
    table = reference.fund_table_of(content, earlier.key)
    units = [money_unit(subject.content.funds, now), money_unit(content.funds, table)]
    if not content.funds or not table or units[0] != units[1]:
        return None, False
    roles = roles_of(table)
    line = next((row for row in content.funds.rows if row.id == "total"), content.funds.rows[0])
    carried = _amount(line, roles, FundColumnRole.CARRIED_OVER)
    if carried is not None:
        return carried, True
    budget = _amount(line, roles, FundColumnRole.BUDGET)
    executed = _amount(line, roles, FundColumnRole.EXECUTED)
    if budget is None or executed is None:
        return None, False
    return budget - executed, False


def _amount(
    line: FundLine, roles: dict[str, FundColumnRole], wanted: FundColumnRole
) -> Decimal | None:
    return next((a for c, a in line.amounts.items() if roles.get(c) is wanted), None)
