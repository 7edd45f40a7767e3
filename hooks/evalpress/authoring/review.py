"""Findings of one year -> a page for the bureau's reviewer: every department, worst first.

The page is one file that needs no network and no script. It shows what the public must not see and
is therefore never written where the site is made or built.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from markupsafe import Markup, escape

from evalpress.assess.punctuality import Coverage, Punctuality, Status
from evalpress.authoring.sheet import dump
from evalpress.checks.signing import Examination, Signing
from evalpress.findings import Finding, Level, Mistaken, blocking
from evalpress.load import MAX_BYTES, Loaded
from evalpress.model import Department, Key, Kind, Report, State, Waiver
from evalpress.text.markup import render
from evalpress.text.privacy import masked
from evalpress.wording import word

CONTEXT = 1  # lines shown before and after the one that a finding is about
WINDOW = 160  # characters shown on either side of a finding's column


class PublicPlace(Mistaken):
    """The page was to be written where the public would see it; says so in Chinese."""


class Standing(StrEnum):
    """How a department stands in a year, from what needs work to what does not."""

    UNREADABLE = "unreadable"
    WRONG = "wrong"
    MISSING = "missing"
    DOUBTFUL = "doubtful"
    DRAFT = "draft"
    LATE = "late"
    READY = "ready"
    EXEMPT = "exempt"


@dataclass(frozen=True)
class SourceLine:
    """A line of a source file; `marked` is the part that a finding is about."""

    number: int
    before: Markup
    marked: Markup


@dataclass(frozen=True)
class Remark:
    """A finding beside the text that it is about, with the waiver to copy or the one given."""

    finding: Finding
    excerpt: list[SourceLine]
    offer: Markup | None = None
    waiver: Waiver | None = None


@dataclass
class Document:
    """A report file of the year with what stands against it and what is signed off."""

    source: str
    report: Report | None
    remarks: list[Remark] = field(default_factory=list)
    signed: list[Remark] = field(default_factory=list)
    coverage: Coverage | None = None

    @property
    def title(self) -> str:
        """What the reviewer knows the document by."""
        content = self.report.content if self.report else None
        if content and (content.title or content.project_name):
            return content.title or content.project_name or ""
        overall = not self.report or not self.report.key.slug
        return word("review", "overall" if overall else "other")

    @property
    def timing(self) -> str:
        """The same of this document, where it has a deadline of its own."""
        return timing_words(self.coverage) if self.coverage else ""


def timing_words(found: Coverage) -> str:
    """Days after a deadline or left until it, in words; nothing where there is none."""
    return word("punctuality", found.punctuality).format(days=abs(found.days or 0))


@dataclass
class Desk:
    """A department of the year."""

    department: Department
    name: str
    documents: list[Document]
    coverage: Coverage

    def count(self, level: Level) -> int:
        """How many findings of this level stand."""
        return sum(r.finding.level is level for d in self.documents for r in d.remarks)

    @property
    def signed(self) -> int:
        """How many findings of the department's documents are signed off."""
        return sum(len(document.signed) for document in self.documents)

    @property
    def standing(self) -> Standing:
        """The worst that can be said of the department's year."""
        if any(document.report is None for document in self.documents):
            return Standing.UNREADABLE
        if self.count(Level.ERROR):
            return Standing.WRONG
        if not any(d.report and not d.report.key.slug for d in self.documents):
            exempt = self.coverage.status is Status.EXEMPT
            return Standing.EXEMPT if exempt else Standing.MISSING
        if self.count(Level.WARNING):
            return Standing.DOUBTFUL
        drafts = any(d.report and d.report.content.state is State.DRAFT for d in self.documents)
        if drafts:
            return Standing.DRAFT
        late = self.coverage.punctuality is Punctuality.LATE
        return Standing.LATE if late else Standing.READY

    @property
    def timing(self) -> str:
        """Days after the deadline or left until it, in words."""
        return timing_words(self.coverage)

    @property
    def weight(self) -> tuple[int, ...]:
        """Sorts the worst to the front; of what stands alike, what is due longest."""
        found = self.coverage
        punctual = found.punctuality in (Punctuality.ON_TIME, Punctuality.UNKNOWN)
        urgency = _NOT_URGENT if punctual or found.days is None else -found.days
        errors, *counts = (-self.count(level) for level in Level)
        return (list(Standing).index(self.standing), errors, urgency, *counts)


_NOT_URGENT = 9999  # behind whatever is late or waited for


@dataclass(frozen=True)
class Overview:
    """The whole page: desks by region's name, findings elsewhere, blocking ones of other years."""

    year: int
    regions: dict[str, list[Desk]]
    shared: list[Remark]
    elsewhere: dict[int, int]

    def total(self, level: Level) -> int:
        """How many findings of this level stand on the page."""
        shared = sum(remark.finding.level is level for remark in self.shared)
        return shared + sum(d.count(level) for desks in self.regions.values() for d in desks)

    def standings(self) -> dict[Standing, int]:
        """How many departments stand how."""
        found = [desk.standing for desks in self.regions.values() for desk in desks]
        return {standing: found.count(standing) for standing in Standing if standing in found}


def review_page(overview: Overview) -> str:
    """The page as HTML."""
    levels = {level.name.lower(): overview.total(level) for level in Level}
    return str(render("review.html.j2", page=overview, totals=levels, Level=Level)) + "\n"


def save_page(html: str, path: Path, public: Iterable[Path]) -> None:
    """Write the page. Raises PublicPlace for a path inside one of the public folders, Mistaken for
    one where nothing can be written."""
    refuse_public(path, public)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")
    except OSError as error:
        raise Mistaken(word("review", "unwritable").format(path, error.strerror)) from None


def refuse_public(path: Path, public: Iterable[Path]) -> None:
    """Raise PublicPlace for a path inside one of the public folders."""
    for folder in public:
        if path.resolve().is_relative_to(folder.resolve()):
            raise PublicPlace(word("review", "public_place").format(path, folder))


# --- findings by department ---------------------------------------------------------------------


def review(
    loaded: Loaded,
    examination: Examination,
    root: Path,
    signings: Mapping[str, Signing],
    as_of: datetime,
    year: int | None = None,
) -> Overview:
    """What the reviewer sees of a year, the newest one where none is named, at this moment."""
    return _Review(loaded, examination, root, signings, as_of).overview(year)


class _Review:
    """Sorts findings by year, department and file, and puts each beside its text."""

    def __init__(
        self,
        loaded: Loaded,
        examination: Examination,
        root: Path,
        signings: Mapping[str, Signing],
        as_of: datetime,
    ) -> None:
        self.loaded, self.root, self.signings, self.as_of = loaded, root, signings, as_of
        self.remarks: dict[str, list[Remark]] = {}
        for finding in sorted(examination.open, key=lambda f: (f.level, f.where)):
            remark = Remark(finding, self._excerpt(finding), self._offer(finding))
            self.remarks.setdefault(finding.where.file, []).append(remark)
        self.signed: dict[str, list[Remark]] = {}
        for finding, waiver in examination.waived:
            remark = Remark(finding, self._excerpt(finding), waiver=waiver)
            self.signed.setdefault(finding.where.file, []).append(remark)
        self.documents = {report.source: (report.key, report) for report in loaded.reports}
        self.unreadable = {
            source: key
            for source in self.remarks
            if source not in self.documents and (key := self._key(source))
        }

    def overview(self, year: int | None) -> Overview:
        keys = [*(key for key, _ in self.documents.values()), *self.unreadable.values()]
        chosen = year or max((key.year for key in keys), default=0)
        regions: dict[str, list[Desk]] = {}
        for department in self.loaded.reference.departments.values():
            desk = self._desk(department, chosen)
            if desk.documents or department.existed_in(chosen):
                regions.setdefault(self._region(department), []).append(desk)
        ordered = {name: sorted(desks, key=lambda d: d.weight) for name, desks in regions.items()}
        return Overview(chosen, ordered, self._shared(), self._elsewhere(chosen))

    def _desk(self, department: Department, year: int) -> Desk:
        found = [
            self._document(source, key, report)
            for source, (key, report) in self._all().items()
            if (key.department, key.year) == (department.id, year)
        ]
        coverage = self._coverage(department, year, found)
        return Desk(department, department.named_in(year).name, found, coverage)

    def _document(self, source: str, key: Key, report: Report | None) -> Document:
        other = report if key.slug else None  # how the overall report stands is the desk's matter
        return Document(
            source, report, self.remarks.get(source, []), self.signed.get(source, []),
            self._measured(key, other) if other else None,
        )  # fmt: skip

    def _coverage(self, department: Department, year: int, found: list[Document]) -> Coverage:
        """How the department's overall report stands to its deadline, or why none is due."""
        key = Key(department.id, year)
        report = next((d.report for d in found if d.report and d.report.key == key), None)
        exemption = department.exemption(year)
        if exemption and not report:
            return Coverage(Status.EXEMPT, reason=exemption.reason)
        return self._measured(key, report)

    def _measured(self, key: Key, report: Report | None) -> Coverage:
        """A report against its deadline: one that is a draft or not yet due for publication is
        not public, whatever its date."""
        kind = report.kind if report else Kind.DEPARTMENT
        if report and report.content.state is State.WITHDRAWN:
            return Coverage(Status.WITHDRAWN)
        deadline = self.loaded.reference.deadline(key, kind)
        published = report.content.first_published if report else None
        waits = published is not None and published > self.as_of
        if report and report.content.state is not State.DRAFT and not waits:
            return Coverage(Status.PUBLISHED, deadline, published.date() if published else None)
        return Coverage(Status.MISSING, deadline, self.as_of.date())

    def _all(self) -> dict[str, tuple[Key, Report | None]]:
        """Every report file, overall reports before the others."""
        unreadable = {source: (key, None) for source, key in self.unreadable.items()}
        found: dict[str, tuple[Key, Report | None]] = {**self.documents, **unreadable}
        return dict(sorted(found.items(), key=lambda entry: entry[1][0]))

    def _region(self, department: Department) -> str:
        region = self.loaded.reference.regions.get(department.region)
        return region.name if region else department.region

    def _shared(self) -> list[Remark]:
        """Findings about anything but the reports."""
        files = [f for f in self.remarks if f not in self.documents and f not in self.unreadable]
        return [remark for file in sorted(files) for remark in self.remarks[file]]

    def _elsewhere(self, year: int) -> dict[int, int]:
        """How many findings of other years stop the publication."""
        found: dict[int, int] = {}
        for source, (key, _) in self._all().items():
            remarks = self.remarks.get(source, [])
            errors = len(blocking(remark.finding for remark in remarks))
            if errors and key.year != year:
                found[key.year] = found.get(key.year, 0) + errors
        return dict(sorted(found.items(), reverse=True))

    def _key(self, source: str) -> Key | None:
        """Department, year and slug of a report file that could not be read."""
        parts = PurePosixPath(source).with_suffix("").parts
        below = parts[parts.index("reports") + 1 :] if "reports" in parts else ()
        if len(below) not in (2, 3) or not (below[1].isascii() and below[1].isdigit()):
            return None
        found = [
            d.id
            for d in self.loaded.reference.departments.values()
            if below[0] in (d.id, *d.all_names())
        ]
        return Key(found[0], int(below[1]), "".join(below[2:])) if len(found) == 1 else None

    # --- a finding beside its text --------------------------------------------------------------

    def _excerpt(self, finding: Finding) -> list[SourceLine]:
        """The line that the finding is about, between its neighbours."""
        number = finding.where.line
        if not number:
            return []
        lines = _lines(self.root / finding.where.file)
        first, last = max(1, number - CONTEXT), min(len(lines), number + CONTEXT)
        shown = range(first, last + 1)
        return [_line(n, lines[n - 1], finding.where.column if n == number else 0) for n in shown]

    def _offer(self, finding: Finding) -> Markup | None:
        """The entry of `waivers:` with which somebody can answer for the finding."""
        signing = self.signings.get(finding.rule, Signing(allowed=False))
        if not signing.allowed or finding.level is Level.HINT:
            return None
        entry: dict[str, Any] = {"rule": finding.rule}
        entry |= {"place": finding.place} if finding.place else {}
        entry |= {"exact": finding.exact} if signing.exact else {}
        blanks = dict.fromkeys(("reason", "office", "date"))
        return Markup("\n").join(map(escape, dump({"waivers": [{**entry, **blanks}]})))


@cache
def _lines(path: Path) -> list[str]:
    """The lines of a source file as an editor counts them; none where it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES)
    except (OSError, ValueError):
        return []
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
            return text.removesuffix("\n").split("\n")
        except UnicodeDecodeError:
            continue
    return []


def _line(number: int, text: str, column: int) -> SourceLine:
    """A line cut to what can be read at a glance, marked from the column on."""
    middle = max(column - 1, 0)
    start = max(0, middle - WINDOW)
    before, marked = masked(text[:middle])[-WINDOW:], masked(text[middle:])[:WINDOW]
    before = ("…" if start else "") + before
    rest = "…" if len(text) > middle + WINDOW else ""
    if not column:
        return SourceLine(number, _shown(marked + rest), Markup(""))
    return SourceLine(number, _shown(before), _shown(marked + rest))


def _shown(text: str) -> Markup:
    """Text as HTML; what nobody could see shows as a replacement character."""
    return escape("".join(c if c.isprintable() or c == "\u3000" else "�" for c in text))
