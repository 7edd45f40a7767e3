"""3 assess: the entries of the register -> cases: each problem once, over all reports that name it.

A case ends as the newest report to speak of it says; its deadline is the last one that was named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from evalpress.assess.assessment import Assessment
from evalpress.assess.register import Entry, Fate, Told
from evalpress.text.last_days import last_day

SOON = timedelta(days=90)


class Due(StrEnum):
    """How a deadline stands to a day; what is solved, or names no last day, has none."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True)
class Event:
    """What a report did with a problem: it named it, or told what became of it."""

    report: Assessment
    named: Entry | None = None
    told: Told | None = None


@dataclass(frozen=True, eq=False)
class Case:
    """A problem and every report that names it, oldest first."""

    entries: tuple[Entry, ...]

    @property
    def newest(self) -> Entry:
        """The problem as the newest report names it."""
        return self.entries[-1]

    @property
    def times(self) -> int:
        """How many reports name it."""
        return len(self.entries)

    @property
    def fate(self) -> Fate:
        """What became of it, by the newest report that speaks of it."""
        return self.newest.fate

    @property
    def address(self) -> str:
        """Where it always stands: on its department's page of the register, in its place there."""
        return f"problems/{self.newest.report.key.department}/#{self.anchor}"

    @property
    def anchor(self) -> str:
        """Its place on the department's page, made of ids that are never given anew."""
        key, entry = self.newest.report.key, self.newest
        inside = [key.slug or "_", entry.project] if entry.project else [key.slug]
        return ".".join(filter(None, ("p", *inside, entry.problem.id)))

    @property
    def deadline(self) -> Entry:
        """The entry whose deadline counts: the newest one that names any, or the newest."""
        return next((e for e in reversed(self.entries) if e.problem.due), self.newest)

    @cached_property
    def last_day(self) -> date | None:
        """The last day of the deadline; None where the original names none."""
        return last_day(self.deadline.problem.due or "")

    def due(self, day: date | None) -> Due | None:
        """How the deadline stands to that day; None for what is solved or has no last day."""
        last = self.last_day
        if day is None or last is None or self.fate is Fate.SOLVED:
            return None
        return Due.OVERDUE if last < day else Due.SOON if last - day <= SOON else Due.LATER

    @property
    def events(self) -> list[Event]:
        """What the reports did with it, oldest first; within a report first what it tells of the
        years before."""
        told = [Event(one.report, told=one) for entry in self.entries for one in entry.told]
        found = [*told, *(Event(entry.report, named=entry) for entry in self.entries)]
        return sorted(found, key=lambda event: event.report.key.year)


def cases(entries: Iterable[Entry]) -> list[Case]:
    """The problems that these entries name, those named most often first, then the newest."""
    found: dict[tuple[str, str, str, str], list[Entry]] = {}
    for entry in entries:
        key = entry.report.key
        found.setdefault((key.department, key.slug, *entry.identity), []).append(entry)
    made = [Case(tuple(sorted(group, key=lambda e: e.year))) for group in found.values()]
    return sorted(made, key=lambda case: (-case.times, -case.newest.year))


def by_deadline(found: Iterable[Case], due: Due, day: date | None) -> list[Case]:
    """Those whose deadline stands so to that day, the most often named first, then the oldest
    deadline."""
    dated = [(case, last) for case in found if case.due(day) is due and (last := case.last_day)]
    return [case for case, _ in sorted(dated, key=lambda one: (-one[0].times, one[1]))]
