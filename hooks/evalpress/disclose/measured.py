"""A figure's place in a report -> what it measures: its value in the base unit (元, %, 分, 人 …),
and the words by which prose speaks of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from evalpress.model import (
    Evaluated,
    FundColumnRole,
    FundLine,
    FundTable,
    Indicator,
    Key,
    Reference,
    ReportContent,
    Score,
    Scores,
)
from evalpress.model.places import Steps
from evalpress.model.report import Fact, FactPart, Quantity
from evalpress.model.values import NUMBER, Measure
from evalpress.text.quantities import unit_of
from evalpress.wording import word


@dataclass(frozen=True)
class Measured:
    """`unit` is "" where none is known; `words` is an expression that finds the thing's own words,
    `role` what a fund table's column means, `closed` True for what tables settle among themselves:
    amounts and scores, of which `withheld.py` knows which give others away."""

    value: Decimal
    unit: str
    words: str
    role: FundColumnRole | None = None
    closed: bool = False


@dataclass(frozen=True)
class Form:
    """How a report's figures are to be read: its content and the reference data of its forms."""

    content: ReportContent
    reference: Reference
    key: Key

    def owner(self, steps: Steps) -> Evaluated:
        """The project inside the report that a place belongs to, or the report."""
        if len(steps) > 1 and steps[0] == "projects":
            return self.content.projects[int(steps[1])]
        return self.content

    def table(self, steps: Steps) -> FundTable | None:
        """The form of the fund table that a place belongs to."""
        return self.reference.fund_table_of(self.owner(steps), self.key)

    def reached(self, steps: Steps) -> Any:
        """What stands at the end of a way through the report."""
        node: Any = self.content
        for step in steps:
            node = getattr(node, str(step)) if isinstance(node, BaseModel) else node[step]
        return node

    def measured(self, steps: Steps, found: Any) -> Measured | None:
        """What the value at the end of a way measures; None for what is no figure."""
        value = found.value if isinstance(found, Measure) else found
        if isinstance(value, str) and NUMBER.fullmatch(value):
            value = Decimal(value)
        if not isinstance(value, Decimal):
            return None
        way = steps[:-2] if steps[-2:-1] == ("amounts",) else steps[:-1]
        node = self.reached(way)
        read = _READERS.get(type(node))
        return read(self, steps, node, found, abs(value)) if read else Measured(value, "", "")


def one_of(*texts: str | None) -> str:
    """An expression that finds any of these words."""
    return "|".join(re.escape(text) for text in texts if text)


_RATES = frozenset({"rate", "completion", "coefficient"})
_POINTS = frozenset({"score", "full_marks"})


def _based(value: Decimal, unit: str | None, words: str, **more: Any) -> Measured:
    factor, base = unit_of(unit) if unit else (Decimal(1), "")
    return Measured(value * factor, base, words, **more)


def _of_line(form: Form, steps: Steps, line: FundLine, _: Any, value: Decimal) -> Measured:
    """An amount, rate or score of a fund table's row."""
    table, field = form.table(steps), str(steps[-1])
    names = [row.name for row in table.rows if row.id == line.id] if table else []
    own = one_of(line.name, *names)
    if steps[-2] != "amounts":
        rated = field in _RATES
        role = FundColumnRole.RATE if rated else FundColumnRole.SCORE
        words = _joined(role_words(role), own)
        return Measured(value, "%" if rated else "分", words, role, closed=True)
    column = next((c for c in table.columns if c.id == field), None) if table else None
    known = field in FundColumnRole.__members__.values()
    role = column.role if column else FundColumnRole(field) if known else FundColumnRole.OTHER
    owner = form.owner(steps)
    unit = (owner.funds.unit if owner.funds else None) or (table.unit if table else None)
    words = _joined(role_words(role), one_of(column.name if column else None), own)
    return _based(value, unit or word("clues", "money"), words, role=role, closed=True)


def _of_indicator(_: Form, steps: Steps, owner: Indicator, found: Any, value: Decimal) -> Measured:
    words, field = one_of(owner.name, owner.level2 if not owner.name else None), steps[-1]
    if field in _RATES:
        return Measured(value, "%", _joined(words, word("clues", "done")))
    if field in _POINTS:
        return Measured(value, "分", words, closed=True)
    unit = found.unit if isinstance(found, Measure) and found.unit else owner.unit
    return _based(value, unit, words)


def _of_score(_: Form, steps: Steps, owner: Score, found: Any, value: Decimal) -> Measured:
    return Measured(value, "分", one_of(owner.name), closed=True)


def _of_scores(_: Form, steps: Steps, owner: Scores, found: Any, value: Decimal) -> Measured:
    return Measured(value, "分", word("clues", "score"), closed=True)


def _of_named(_: Form, steps: Steps, owner: Any, found: Any, value: Decimal) -> Measured:
    bare = owner.name.removesuffix(owner.unit or "")  # 供餐人次 is spoken of as 供餐86000人次
    return _based(value, owner.unit, one_of(bare or owner.name))


_READERS: dict[type, Callable[[Form, Steps, Any, Any, Decimal], Measured]] = {
    FundLine: _of_line,
    Indicator: _of_indicator,
    Score: _of_score,
    Scores: _of_scores,
    Quantity: _of_named,
    Fact: _of_named,
    FactPart: _of_named,
}


def role_words(role: FundColumnRole) -> str:
    """An expression that finds the words by which prose speaks of a column of this meaning."""
    known: dict[str, str] = dict(_role_entries())
    return known.get(str(role), "")


def _role_entries() -> Iterator[tuple[str, str]]:
    for role in FundColumnRole:
        if role not in (FundColumnRole.OTHER, FundColumnRole.FULL_MARKS):
            yield str(role), word("clues", str(role))


def _joined(*expressions: str) -> str:
    return "|".join(filter(None, expressions))
