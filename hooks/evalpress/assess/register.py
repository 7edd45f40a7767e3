"""3 assess: Catalogue -> the register of problems: every problem ever reported, and its later life.

A problem is the same as an earlier one where the report gives it the same id; texts that merely
resemble each other are called that and no more. Its status is what a later report says of it in
`followups`; silence is told as silence. Withheld texts are not here to begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from evalpress.assess.assessment import Assessment
from evalpress.assess.catalogue import Catalogue
from evalpress.model import Evaluated, Followup, FollowupStatus, Problem, PublicReport
from evalpress.text.last_days import last_day

# Texts are alike where they share half of their pairs of Chinese characters, figures left out.
ALIKE = 0.5
_SHORTEST = 10  # pairs of characters; shorter texts are alike by chance
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")


class Fate(StrEnum):
    """What later reports say of a problem; `silent` where they say nothing, `newest` where there
    is no later report yet."""

    SOLVED = "solved"
    UNDERWAY = "underway"
    OPEN = "open"
    SILENT = "silent"
    NEWEST = "newest"


_FATES = {
    FollowupStatus.SOLVED: Fate.SOLVED,
    FollowupStatus.UNDERWAY: Fate.UNDERWAY,
    FollowupStatus.OPEN: Fate.OPEN,
}


@dataclass(frozen=True)
class Told:
    """What a later report says of a problem."""

    report: Assessment
    followup: Followup


@dataclass(eq=False)
class Entry:
    """A problem as one report names it. `project` is the project inside the report that it stands
    under; `before` and `after` are the same problem in earlier and later reports, `others` what
    else the earlier ones of the document name."""

    report: Assessment
    problem: Problem
    project: str = ""
    later: bool = False
    told: list[Told] = field(default_factory=list)
    before: list[Entry] = field(default_factory=list)
    after: list[Entry] = field(default_factory=list)
    others: list[Entry] = field(default_factory=list)

    @cached_property
    def alike(self) -> list[Entry]:
        """Other problems of earlier reports with a similar text."""
        return [entry for entry in self.others if likeness(entry, self) >= ALIKE]

    @property
    def identity(self) -> tuple[str, str]:
        """What makes it the same as an entry of another year: the project and the id."""
        return self.project, self.problem.id

    @cached_property
    def pairs(self) -> frozenset[str]:
        """What the text is likened by: its pairs of neighbouring Chinese characters."""
        parts = _CHINESE.findall(self.problem.text or "")
        return frozenset(part[at : at + 2] for part in parts for at in range(len(part) - 1))

    @property
    def year(self) -> int:
        """The year of the report that names it."""
        return self.report.key.year

    @property
    def reports(self) -> list[Assessment]:
        """Every report that what is known of the problem comes from."""
        others = [entry.report for entry in (*self.before, *self.alike)]
        return [self.report, *others, *(told.report for told in self.told)]

    @property
    def fate(self) -> Fate:
        """What the last report to speak of it says."""
        if self.told:
            return _FATES[self.told[-1].followup.status]
        return Fate.SILENT if self.later else Fate.NEWEST

    def is_overdue(self, day: date | None) -> bool:
        """True where the deadline that the report names has passed by that day, no later report
        names another, and none says that the problem is solved; False without a day."""
        last = last_day(self.problem.due or "")
        if not (day and last and last < day) or any(e.problem.due for e in self.after):
            return False
        return [self, *self.after][-1].fate is not Fate.SOLVED

    @property
    def times(self) -> int:
        """In how many reports it has been named so far, this one included."""
        return len(self.before) + 1

    @property
    def anchor(self) -> str:
        """The id of the problem's place on the report's page."""
        prefix = f"project-{self.project}-" if self.project else ""
        return f"{prefix}problem-{self.problem.id}"

    @property
    def withheld(self) -> str:
        """The notice that stands in the place of a withheld text."""
        place = f"projects/{self.project}/" if self.project else ""
        steps = f"{place}problems/{self.problem.id}/text".split("/")
        places = ("/".join(steps[:n]) for n in range(len(steps), 0, -1))
        notices = self.report.report.withheld
        return next((notices[p] for p in places if p in notices), "")


@dataclass(frozen=True)
class Register:
    """Every problem, by department, year and document in the order of the reports."""

    entries: list[Entry]

    @cached_property
    def _by_year(self) -> dict[int, list[Entry]]:
        found: dict[int, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.year, []).append(entry)
        return found

    @cached_property
    def _by_department(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.report.key.department, []).append(entry)
        return found

    def overdue(self, day: date | None) -> list[str]:
        """Which problems are overdue by that day, each by its place on the site."""
        late = (e for e in self.entries if e.is_overdue(day))
        return [f"{e.report.key.address}#{e.anchor}" for e in late]

    @property
    def years(self) -> list[int]:
        """The years that have problems, newest first."""
        return sorted(self._by_year, reverse=True)

    @property
    def departments(self) -> list[str]:
        """The ids of the departments that have problems, in the order of the data."""
        return list(self._by_department)

    def of_year(self, year: int) -> list[Entry]:
        """The problems that the reports of a year name; [] where there are none."""
        return self._by_year.get(year, [])

    def of_department(self, department: str) -> list[Entry]:
        """The problems that the reports of a department (its id) name; [] where there are none."""
        return self._by_department.get(department, [])


def register(catalogue: Catalogue) -> Register:
    """The register of all public reports."""
    found = [
        entry
        for department, slug in catalogue.documents
        for entry in _of_series(catalogue.history(department, slug))
    ]
    place = {department.id: n for n, department in enumerate(catalogue.departments)}
    return Register(sorted(found, key=lambda e: place[e.report.key.department]))


def _of_series(series: list[Assessment]) -> Iterator[Entry]:
    """The problems of one document over its years, oldest first, joined to each other."""
    past: list[Entry] = []
    for number, report in enumerate(series):
        found = [
            Entry(report, problem, project, later=number + 1 < len(series))
            for project, owner in _owners(report)
            for problem in owner.problems
        ]
        for entry in found:
            entry.before = [e for e in past if e.identity == entry.identity]
            entry.others = [e for e in past if e.identity != entry.identity]
            for earlier in entry.before:
                earlier.after.append(entry)
        for followup in report.report.content.followups:
            for entry in past:
                if (entry.year, *entry.identity) == (followup.year, "", followup.problem):
                    entry.told.append(Told(report, followup))
        past += found
    yield from past


def _owners(report: Assessment) -> Iterator[tuple[str, Evaluated]]:
    content = report.report.content
    yield "", content
    yield from ((project.id, project) for project in content.projects)


# --- texts that resemble each other -------------------------------------------------------------


def likeness(first: Entry, second: Entry) -> float:
    """How much two texts share of their pairs of characters: 0 nothing, 1 all. What is too short
    to tell shares nothing."""
    if min(len(first.pairs), len(second.pairs)) < _SHORTEST:
        return 0.0
    shared = len(first.pairs & second.pairs)
    return 2 * shared / (len(first.pairs) + len(second.pairs))


# --- a report and the one before it -------------------------------------------------------------


@dataclass(frozen=True)
class Aftermath:
    """What a later report tells of an earlier problem: a status, or nothing; `again` where it
    names the same problem anew."""

    problem: Problem
    followup: Followup | None
    again: bool

    @property
    def status(self) -> FollowupStatus | None:
        """What the later report says became of it; None where it says nothing."""
        return self.followup.status if self.followup else None


def aftermath(before: PublicReport, now: PublicReport) -> list[Aftermath]:
    """What became of the problems of an earlier report, as far as a later one tells."""
    told = {f.problem: f for f in now.content.followups if f.year == before.key.year}
    named = {p.id for p in now.content.problems}
    return [Aftermath(p, told.get(p.id), p.id in named) for p in before.content.problems]
