"""Findings: what is wrong where, and what to write instead; data before they are messages.

Rule ids, levels and places are data; the Chinese sentences come from templates/wording/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from evalpress.text.privacy import masked
from evalpress.wording import word


class Level(IntEnum):
    """How much a finding weighs: an error blocks, a warning wants an answer, a hint informs."""

    ERROR = 0
    WARNING = 1
    HINT = 2


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file, for people: line and column start at 1; 0 where there is none."""

    file: str
    line: int = 0
    column: int = 0
    field: str = ""

    def __str__(self) -> str:
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])


@dataclass(frozen=True)
class Finding:
    """One finding: the rule that made it, its level, where it is, what was found, what to write.

    `in_draft` is True for what stops nobody's publication: a mistake in a file that is a draft;
    `binding` for a warning that stops one until somebody has signed it.
    """

    rule: str
    level: Level
    where: Place
    what: str
    fix: str
    place: str = ""
    exact: str = ""
    in_draft: bool = False
    binding: bool = False

    def __str__(self) -> str:
        field = f"{word('finding', 'field')}{self.where.field}\n" if self.where.field else ""
        lines = (
            f"{self.where}  {self._weight}  [{self.rule}]\n{field}"
            f"{word('finding', 'what')}{self.what}\n{word('finding', 'fix')}{self.fix}"
        )
        shown = lines.replace("\t", word("finding", "tab"))
        return _UNPRINTABLE.sub("�", shown).replace("\n", "\n    ")

    @property
    def _weight(self) -> str:
        level = word("levels", self.level.name.lower())
        if self.in_draft:
            return word("finding", "in_draft").format(level)
        return word("finding", "binding").format(level) if self.binding else level


# What would move a terminal's cursor, or cannot be printed (file names in old encodings).
_UNPRINTABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def find(
    rule: str,
    where: Place,
    level: Level = Level.ERROR,
    place: str = "",
    exact: str = "",
    **values: Any,
) -> Finding:
    """A finding whose sentences are the catalogue's for this rule, filled with the values.

    `place` is the id path that a waiver names, `exact` the string that a privacy waiver repeats.
    Numbers of persons appear in no part of it but with a mask.
    """
    shown = {"place": place, **values}
    what, fix = (masked(word("messages", rule, part).format(**shown)) for part in ("what", "fix"))
    named = replace(where, field=masked(where.field)) if where.field else where
    return Finding(rule, level, named, what, fix, masked(place), masked(exact))


def blocking(
    findings: Iterable[Finding], strict: bool = False, drafts: bool = False
) -> list[Finding]:
    """The findings that stop a publication, in the order of files and lines; with `strict` also all
    other warnings that nobody has signed, with `drafts` also those in drafts."""
    weight = Level.WARNING if strict else Level.ERROR
    heavy = (f for f in findings if f.level <= weight or f.binding)
    found = (f for f in heavy if drafts or not f.in_draft)
    return sorted(found, key=lambda f: f.where)


def heaviest_last(findings: Iterable[Finding]) -> list[Finding]:
    """Hints, warnings, errors, each in the order of files and lines: on a terminal what blocks
    stands right above the count, where the eye is."""
    return sorted(findings, key=lambda f: (-f.level, f.where, f.rule, f.what))


def report(findings: Iterable[Finding], hints: bool = True) -> str:
    """All findings as one text for a terminal, heaviest last, and their count.

    Without `hints` these are only counted: a build's log has to show what blocks it.
    """
    ordered = heaviest_last(findings)
    count = word("finding", "count").format(
        errors=sum(f.level is Level.ERROR for f in ordered),
        warnings=sum(f.level is Level.WARNING for f in ordered),
        hints=sum(f.level is Level.HINT for f in ordered),
    )
    shown = [f for f in ordered if hints or f.level is not Level.HINT]
    return "\n".join([*map(str, shown), count])


class Refused(Exception):
    """Data or settings cannot be published; carries every finding, is shown without traceback."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__(report(self.findings))


class Mistaken(Exception):
    """Somebody asked for what cannot be done; the text says what to ask for, in Chinese."""
