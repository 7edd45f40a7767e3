"""2 check: what a rule on one report looks at, and how it says where it found something.

A rule names places by ids (`funds/total/executed`); file, line and column follow from them, and so
does the name that a waiver signs off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from evalpress.checks.spots import Spot, spot_in
from evalpress.findings import Finding, Place, find
from evalpress.ledger.held import Recorded
from evalpress.load import Source
from evalpress.load.encoding import decode
from evalpress.model import (
    Evaluated,
    FundTable,
    GradeScale,
    IndicatorTable,
    Key,
    Kind,
    Reference,
    Report,
    ReportFile,
    Scheme,
)
from evalpress.model.places import Part, Steps, describe, walk
from evalpress.model.values import Written
from evalpress.typefaces import Typefaces
from evalpress.wording import word

T = TypeVar("T")

# Parts of a report that stay inside: no rule on what is published looks at them.
_INTERNAL = ("withheld", "sign_offs", "waivers", "notes", "slug", "state")
# Fields whose texts are sentences; the others are names, numbers and codes.
_PROSE = ("body", "goals", "problems", "evaluation", "followups", "signature")
_SENTENCES = ("deviation", "cause", "measure", "summary")


# Texts that quote what was wrong, and names of files.
_QUOTING = ("corrections/", "original/", "source", "project_code")
_FILES = ("/file", "/picture")


_MEASURES = ("target", "adjusted_target", "period_target", "actual")


class Text(NamedTuple):
    """A text of a report: where it stands, and what it says."""

    place: str
    value: str


@dataclass(frozen=True)
class Subject:
    """One report with everything that its rules may ask for."""

    report: Report
    reference: Reference
    source: Source
    attachments: Path
    earlier: Report | None = None
    fonts: Typefaces | None = None
    contents: Mapping[str, str] | None = None
    """The digests of the files beside the report, where they were taken before its rules ran."""
    recorded: Recorded | None = None
    """What the ledger holds of the report; None where there is no ledger."""

    @property
    def key(self) -> Key:
        """Department, year and slug: what the report is published under."""
        return self.report.key

    @property
    def content(self) -> ReportFile:
        """What the report's file says."""
        return self.report.content

    @property
    def kind(self) -> Kind:
        """The kind of document, 部门整体 where the file names none."""
        return self.report.kind

    @cached_property
    def _made(self) -> dict[Callable[..., Any], Any]:
        return {}

    def once(self, make: Callable[[Subject], T]) -> T:
        """What `make` gives for this report; made once, however many rules ask for it."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    def forget(self) -> None:
        """Let go of what was made, which points back here: no collector runs while all are read."""
        self._made.clear()

    @cached_property
    def parts(self) -> list[Part]:
        """Every part of what may be published: its place, the way to it, and what it is."""
        return [part for part in walk(self.content) if part[1][0] not in _INTERNAL]

    def of(self, kind: type) -> list[Part]:
        """The parts of one type."""
        return self._by_type.get(kind, [])

    @cached_property
    def _by_type(self) -> dict[type, list[Part]]:
        found: dict[type, list[Part]] = {}
        for part in self.parts:
            found.setdefault(type(part[2]), []).append(part)
        return found

    @cached_property
    def _places(self) -> dict[str, tuple[Steps, Any]]:
        return {place: (steps, value) for place, steps, value in reversed(self.parts)}

    @cached_property
    def _texts(self) -> list[tuple[Text, Steps]]:
        return [(Text(p, value), steps) for p, steps, value in self.parts if isinstance(value, str)]

    @cached_property
    def every_text(self) -> list[Text]:
        """Every text that may be published, names and codes included."""
        return [text for text, _ in self._texts]

    @cached_property
    def texts(self) -> list[Text]:
        """The sentences: body, goals, problems, stages, deviations."""
        return [text for text, steps in self._texts if _is_sentence(steps)]

    @cached_property
    def measures(self) -> list[Text]:
        """The target and actual values of indicators, as they are written."""
        return [
            Text(f"{prefix}indicators/{indicator.id}/{field}", measure.written)
            for owner, prefix in self.owners()
            for indicator in owner.indicators
            for field in _MEASURES
            if (measure := getattr(indicator, field)) is not None
        ]

    @cached_property
    def own_texts(self) -> list[Text]:
        """Every text in the report's own words."""
        return [
            text for text in self.every_text
            if not text.place.startswith(_QUOTING) and not text.place.endswith(_FILES)
        ]  # fmt: skip

    def may_hold(self, pattern: re.Pattern[str]) -> bool:
        """False where no text can match: one search over all is quicker than one for each."""
        return bool(pattern.search(self.whole))

    def matches(
        self,
        pattern: re.Pattern[str],
        texts: Sequence[Text] | None = None,
        near: re.Pattern[str] | None = None,
    ) -> Iterator[tuple[str, re.Match[str]]]:
        """Every match of a pattern in these texts, the report's own words unless others are named,
        with the place of its text. `near` is quicker to search for, and is there wherever the
        pattern is."""
        if self.may_hold(near or pattern):
            for place, value in self.own_texts if texts is None else texts:
                for match in pattern.finditer(value):
                    yield place, match

    @cached_property
    def whole(self) -> str:
        """All texts as one, for a quick look whether something is there at all."""
        return "\n\n".join([text.value for text in self.every_text])

    @cached_property
    def signs(self) -> frozenset[str]:
        """Every sign that occurs in a text: a look into a set is quicker than a search."""
        return frozenset(self.whole)

    def may_say(self, *words: str) -> bool:
        """True where one of these words occurs; quicker than a pattern of them."""
        return any(word in self.whole for word in words)

    def owners(self) -> Iterator[tuple[Evaluated, str]]:
        """The report and the projects inside it, each with the beginning of its places."""
        return iter(self._owners)

    @cached_property
    def _owners(self) -> list[tuple[Evaluated, str]]:
        inside = [(project, f"projects/{project.id}/") for project in self.content.projects]
        return [(self.content, ""), *inside]

    def scheme(self, owner: Evaluated) -> Scheme | None:
        """The weighting scheme of the report or project; None where it has none."""
        return self._asked("scheme", owner, self.reference.scheme_of)

    def grade_scale(self, owner: Evaluated) -> GradeScale | None:
        """The scale that its grade is a word of; None where none is known."""
        return self._asked("grade_scale", owner, self.reference.grade_scale_of)

    def fund_table(self, owner: Evaluated) -> FundTable | None:
        """The registered form of its fund table; None where none is known."""
        return self._asked("fund_table", owner, self.reference.fund_table_of)

    def _asked(self, name: str, owner: Evaluated, look: Callable[[Any, Key], T]) -> T:
        """What the reference data have for the report or project, looked up once."""
        known = self._looked_up
        if (name, id(owner)) not in known:
            known[name, id(owner)] = look(owner, self.key)
        found: T = known[name, id(owner)]
        return found

    @cached_property
    def _looked_up(self) -> dict[tuple[str, int], Any]:
        return {}

    def indicator_table(self, owner: Evaluated) -> IndicatorTable | None:
        """The registered form of its indicator table; None where none is known."""
        return self.reference.indicator_table_of(owner, self.key)

    def find(self, rule: str, place: str, exact: str = "", **values: Any) -> Finding:
        """A finding at a place; `exact` is the string that a privacy waiver has to repeat."""
        where = self.locate(self._steps(place), self.describe(place))
        return find(rule, where, place=place, exact=exact, **values)

    def describe(self, place: str) -> str:
        """What a place is called: rows, columns and sections by their names; nothing for none."""
        table = self.fund_table(self.content)
        outline = self.reference.outline_of(self.content, self.key, self.kind)
        return describe(place, self.content, table, outline, self._places) if place else ""

    def find_at(self, rule: str, place: str, at: int, exact: str = "", **values: Any) -> Finding:
        """A finding at a sign, counted from 0, of the text at a place; otherwise as `find`."""
        found = self.find(rule, place, exact, **values)
        line, column = self._spot(place, at)
        return replace(found, where=replace(found.where, line=line, column=column))

    def find_match(self, rule: str, place: str, match: re.Match[str], **values: Any) -> Finding:
        """A finding at a match in the text at a place; `found` is what it matched, unless told."""
        return self.find_at(rule, place, match.start(), **({"found": match[0]} | values))

    def find_all(self, rule: str, signs: Sequence[tuple[str, int]], **values: Any) -> Finding:
        """One finding for several signs of texts, at the first of them; `count` and `spots` tell
        how many there are, and the line and column of each."""
        told = dict.fromkeys(self._spot(place, at) for place, at in signs)
        form = word("finding", "spot")
        spots = "、".join(form.format(line=line, column=column) for line, column in told)
        place, at = signs[0]
        return self.find_at(rule, place, at, count=len(signs), spots=spots, **values)

    def _spot(self, place: str, at: int) -> Spot:
        """Line and column of a sign of the text at a place, or of the text of the block there;
        where it has no text, and before its first sign, of the place itself."""
        steps, value = self._places.get(place, ((), None))
        text = str(value) if isinstance(value, str | Written) else getattr(value, "text", None)
        if isinstance(value, BaseModel) and not isinstance(value, Written):
            steps = (*steps, "text")
        start = self.source.start(steps or self._steps(place))
        if at < 0 or not isinstance(text, str) or not start.line:
            return start.line, start.column
        return spot_in(self.once(_lines), (start.line, start.column), text, at)

    def locate(self, steps: Steps, label: str = "") -> Place:
        """Where in the file the way through the model leads; short forms leave out some steps."""
        return self.source.place(steps, label)

    def _steps(self, place: str) -> Steps:
        """The way to a place, or to the nearest one above it."""
        while place not in self._places and "/" in place:
            place = place.rpartition("/")[0]
        return self._places.get(place, ((), None))[0]


def _lines(subject: Subject) -> list[str]:
    """The lines of the report's file."""
    text = decode(subject.source.content).replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def _is_sentence(steps: Steps) -> bool:
    last = steps[-1]
    if last in ("id", "number", "numbering", "show"):
        return False
    inside = steps[2:] if steps[0] == "projects" else steps
    return last in _SENTENCES or (bool(inside) and inside[0] in _PROSE)
