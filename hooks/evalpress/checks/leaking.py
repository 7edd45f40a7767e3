"""2 check: the search for withheld values in all documents of their department.

Every document is searched in its public form, with the texts of the files beside it, for the clues
of every report that withholds something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NamedTuple

from evalpress.checks import Context
from evalpress.checks.examined import inside, named_files
from evalpress.clock import BEIJING
from evalpress.disclose.alike import Statement, searchable
from evalpress.disclose.clues import Clue, Holder, TextClue, clues, figures_of
from evalpress.disclose.leaks import Leak, Nearness, leaks, statements
from evalpress.disclose.public import publish
from evalpress.disclose.withheld import KEPT, is_same_project, revealing_counterparts
from evalpress.files.originals import joined
from evalpress.files.scan import Passage, scan_content
from evalpress.findings import Finding
from evalpress.model import Key, Project, PublicReport, Report
from evalpress.model.places import places, walk
from evalpress.wording import word

_ANY_TIME = datetime(2000, 1, 1, tzinfo=BEIJING)


class FileText(NamedTuple):
    """A line of a file beside a report: where the report names the file, and the passage."""

    place: str
    file: str
    passage: Passage


class LeakSearch:
    """Searches documents for what others, or they themselves, withhold."""

    def __init__(self, context: Context) -> None:
        self.context, self.reference = context, context.loaded.reference
        self._public: dict[Key, PublicReport] = {}
        self._searched: dict[Key, list[tuple[Statement, FileText | None]]] = {}

    def is_known(self, report: Report) -> bool:
        """False for a report whose department or region could not be read."""
        department = self.reference.departments.get(report.key.department)
        return department is not None and department.region in self.reference.regions

    def leaks_of(self, report: Report) -> list[tuple[Finding, bool]]:
        """What gives away what this report withholds, in all documents of its department, each with
        whether that is certain; kept between runs."""
        mine = [r for r in self.context.loaded.reports if _share(r.key, report.key)]
        follows = (part for each in mine for part in self.context.follows_from(each))
        key = ("leaks", report.source, *follows)
        return self.context.store.get(key, lambda: list(self._leaks(report, mine)))

    def _leaks(self, report: Report, mine: list[Report]) -> Iterator[tuple[Finding, bool]]:
        key = report.key
        years = {r.key.year: self.public(r) for r in mine if r.key.slug == key.slug}
        years.pop(key.year, None)
        holder = Holder(report, self.public(report), self.reference, years)
        figures, texts = clues(holder)
        for other in mine:
            yield from self._counterparts(report, other)
            for group in _by_project(figures, texts):
                yield from self._in_texts(report, other, *group)

    def public(self, report: Report) -> PublicReport:
        """The public form of a report, made once."""
        if report.key not in self._public:
            earlier = self.context.subject(report).earlier
            self._public[report.key] = publish(report, self.reference, _ANY_TIME, earlier)
        return self._public[report.key]

    def _counterparts(self, report: Report, other: Report) -> Iterator[tuple[Finding, bool]]:
        """Fields of a project's own file, or of the department's list, that say the same."""
        if other is report or other.key.year != report.key.year:
            return
        shown = places(self.public(other).content)
        for request in report.content.withheld:
            if request.place not in self.public(report).withheld:
                continue
            told = revealing_counterparts(request.place, report, other, self.reference)
            for place in dict.fromkeys(told):
                below = [p for p in shown if p == place or p.startswith(f"{place}/") or not place]
                if any(p.rpartition("/")[2] not in KEPT for p in below):
                    yield self._finding(report, other, request.place, place), True

    def _in_texts(
        self, report: Report, other: Report, project: str,
        figures: list[Clue], texts: list[TextClue],
    ) -> Iterator[tuple[Finding, bool]]:  # fmt: skip
        public = self.public(other)
        searched = dict(self._texts(other))
        near = partial(_nearness, report, other, project)
        known = figures_of(public, self.reference)
        for leak in leaks(figures, texts, searched, near, known):
            yield self._told(report, other, leak, searched[leak.statement]), leak.certain

    def _texts(self, report: Report) -> list[tuple[Statement, FileText | None]]:
        """Every public text of a report and of the files beside it."""
        if report.key not in self._searched:
            own = [(s, None) for s in statements(self.public(report), self.reference)]
            self._searched[report.key] = [*own, *self._file_texts(report)]
        return self._searched[report.key]

    def _file_texts(self, report: Report) -> Iterator[tuple[Statement, FileText]]:
        shown = places(self.public(report).content)
        subject, digests = self.context.subject(report), self.context.contents(report)
        for place, name in named_files(subject):
            path = subject.attachments / name
            if place in shown and digests.get(name):
                for passage in _lines(path.read_bytes()):
                    yield Statement.of(place, passage.text), FileText(place, name, passage)

    def _told(self, report: Report, other: Report, leak: Leak, text: FileText | None) -> Finding:
        place = _written_at(other, leak.statement)
        return self._finding(report, other, leak.asked, place, text, leak.certain)

    def _finding(
        self, report: Report, other: Report, asked: str, place: str,
        text: FileText | None = None, certain: bool = True,
    ) -> Finding:  # fmt: skip
        whose = "" if other is report else word("leaks", "whose").format(address=report.key.address)
        part = inside(text.passage) if text else ""
        within = word("leaks", "inside").format(file=text.file, part=part) if text else ""
        rule = "withheld_leak" if certain else "withheld_likely"
        subject, said = self.context.subject(other), {"whose": whose, "inside": within}
        found = subject.find(rule, _lasting_part(place), found=asked, **said)
        return replace(found, where=subject.find(rule, place, found=asked, **said).where)


def _lines(content: bytes) -> Iterator[Passage]:
    """The texts of a file, pages by paragraphs; also what stands where one ends inside a number."""
    before = ""
    for passage in scan_content(content).texts:
        for line in joined([line.strip() for line in passage.text.splitlines() if line.strip()]):
            yield replace(passage, text=line)
            if _is_torn(before, line):
                yield replace(passage, text=f"{before[-_REACH:]}{line[:_REACH]}")
            before = line


_REACH = 60
# How a line begins that goes on with a number: “.75万元”, “万元” match; “万事” does not.
_GOES_ON = re.compile(r"[.点．]\d|(?:[百千]?[万亿])?元|[万亿](?=[，。；,;]|$)|%")


def _is_torn(before: str, line: str) -> bool:
    """Tell whether a number that one line ends with goes on in the next."""
    last = before[-2:]
    inside = last[:1].isdigit() and last[1:] in (".", ",", "点", "．") and line[0].isdigit()
    return inside or (before[-1:].isdigit() and bool(_GOES_ON.match(line)))


def _share(key: Key, other: Key) -> bool:
    return key.department == other.department


def _by_project(
    figures: list[Clue], texts: list[TextClue]
) -> Iterator[tuple[str, list[Clue], list[TextClue]]]:
    """The clues of the report itself, then those of each project inside it."""
    asked = [clue.place for clue in figures] + [clue.place for clue in texts]
    for project in dict.fromkeys(map(_project_of, asked)):
        yield (
            project,
            [clue for clue in figures if _project_of(clue.place) == project],
            [clue for clue in texts if _project_of(clue.place) == project],
        )


def _project_of(place: str) -> str:
    parts = place.split("/")
    return parts[1] if parts[0] == "projects" and len(parts) > 1 else ""


def _nearness(report: Report, other: Report, project: str, statement: Statement) -> Nearness:
    """How near a text is to what a report withholds of itself or of the project inside it."""
    if other is report:
        return Nearness.SAME
    if other.key.year == report.key.year:
        return _among_documents(report, other, project, statement)
    named = any(name in statement.text for name in _years(report.key.year, other.key.year))
    if other.key.slug != report.key.slug:
        return Nearness.RELATED if named else Nearness.FAR
    return Nearness.SAME if named else Nearness.FAR


def _among_documents(report: Report, other: Report, project: str, statement: Statement) -> Nearness:
    """The project's own file is about it; other documents where they name it."""
    inner = next((p for p in report.content.projects if p.id == project), None)
    if inner and is_same_project(inner, other):
        return Nearness.SAME
    listed = [p for p in other.content.projects if report.key.slug and is_same_project(p, report)]
    if any(statement.place.startswith(f"projects/{p.id}/") for p in listed):
        return Nearness.SAME
    names = _names(inner, report)
    return Nearness.SAME if any(name in statement.text for name in names) else Nearness.RELATED


def _names(project: Project | None, report: Report) -> Iterable[str]:
    own = project.name if project else report.content.project_name
    return [searchable(own).removesuffix("项目")] if own else []


def _years(year: int, now: int) -> list[str]:
    """The words by which a document of the year `now` speaks of another year."""
    spoken = {1: ["上年", "去年", "上一年"], 2: ["前年"], -1: ["明年", "下年", "次年"]}
    return [f"{year}年", *spoken.get(now - year, ())]


def _written_at(report: Report, statement: Statement) -> str:
    """The place in the report as it was written: what is withheld shifts the positions after it."""
    lasting = _lasting_part(statement.place)
    for place, _, value in walk(report.content):
        if _lasting_part(place) == lasting and str(value) == statement.said:
            return place
    return statement.place


def _lasting_part(place: str) -> str:
    parts = place.split("/")
    return "/".join(parts[: next((n for n, p in enumerate(parts) if p.isdigit()), len(parts))])
