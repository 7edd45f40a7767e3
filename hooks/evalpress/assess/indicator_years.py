"""3 assess: the indicators of one report after another: what became of each, how its target moved.

An indicator is the same where its id is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evalpress.assess.assessment import Assessment
from evalpress.assess.judging import Outcome, outcome, target_move
from evalpress.assess.natures import Move
from evalpress.model import Indicator, PublicReport


@dataclass(frozen=True)
class Followed:
    """An indicator in one year, what became of it, and how its target stands to the year before in
    which it was there."""

    indicator: Indicator
    outcome: Outcome | None
    move: Move | None
    withheld: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Line:
    """An indicator over the years, by its id; the newest name is its name."""

    id: str
    years: dict[int, Followed]

    @property
    def newest(self) -> Indicator:
        """The indicator as the newest of the reports has it."""
        return self.years[max(self.years)].indicator


def indicator_lines(found: Iterable[Assessment], least: int = 2) -> list[Line]:
    """Indicators that at least so many reports have, those of the newest first, in its order."""
    lines: dict[str, dict[int, Followed]] = {}
    order: dict[str, int] = {}
    for assessment in found:
        for position, indicator in enumerate(assessment.report.content.indicators):
            earlier = lines.setdefault(indicator.id, {})
            before = earlier[max(earlier)].indicator if earlier else None
            earlier[assessment.key.year] = followed(assessment.report, indicator, before)
            order[indicator.id] = position
    kept = [Line(name, years) for name, years in lines.items() if len(years) >= least]
    return sorted(kept, key=lambda line: (-max(line.years), order[line.id]))


_MEASURED = ("target", "adjusted_target", "actual", "score")


def followed(
    report: PublicReport, indicator: Indicator, before: Indicator | None, start: str = ""
) -> Followed:
    """An indicator of a report, held against the same one of an earlier year; `start` is where a
    project inside the report begins (`projects/<id>/`)."""
    move = target_move(indicator, before) if before else None
    outcome, hidden = outcome_told(report, indicator, start), _hidden(report, indicator, start)
    return Followed(indicator, outcome, move, hidden)


def _hidden(report: PublicReport, indicator: Indicator, start: str = "") -> frozenset[str]:
    place = f"{start}indicators/{indicator.id}"
    return frozenset(key for key in _MEASURED if report.is_withheld(f"{place}/{key}"))


def outcome_told(report: PublicReport, indicator: Indicator, start: str = "") -> Outcome | None:
    """What became of an indicator; None where a value that would say so is withheld. `start` is
    where a project inside the report begins (`projects/<id>/`)."""
    return None if _hidden(report, indicator, start) - {"score"} else outcome(indicator)


@dataclass(frozen=True)
class Changes:
    """What became of the indicators of a report in the next one; pairs are (before, now)."""

    moved: dict[Move, list[tuple[Indicator, Indicator]]]
    dropped: list[Indicator]
    added: list[Indicator]

    def __bool__(self) -> bool:
        return bool(self.moved or self.dropped or self.added)


def changes(before: PublicReport, now: PublicReport) -> Changes:
    """Targets that moved, indicators that went and came; nothing where one year lists none."""
    old = {i.id: i for i in before.content.indicators}
    new = {i.id: i for i in now.content.indicators}
    if not old or not new:
        return Changes({}, [], [])
    found: dict[Move, list[tuple[Indicator, Indicator]]] = {}
    for name, indicator in new.items():
        move = target_move(indicator, old[name]) if name in old else None
        if move and move is not Move.SAME:
            found.setdefault(move, []).append((old[name], indicator))
    dropped = [indicator for name, indicator in old.items() if name not in new]
    added = [indicator for name, indicator in new.items() if name not in old]
    return Changes(found, dropped, added)
