"""`evalpress status`: data and ledger -> the bureau's checklist; an exit code for a timer."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from evalpress.assess import Catalogue, assess
from evalpress.assess.punctuality import OUTSTANDING, Punctuality
from evalpress.checks.examining import read
from evalpress.checks.signing import Examination
from evalpress.commands._options import add_config
from evalpress.disclose.public import disclose, withdrawn
from evalpress.findings import Level
from evalpress.load import Loaded
from evalpress.mkdocs_yml import Configuration
from evalpress.model import Report, State
from evalpress.pages.frame import short_name
from evalpress.wording import word, words

# What somebody has to do something about; the rest is only told.
_WAITING = ("missing", "unrecorded", "unsigned")
# The rules that find a change without a note.
_UNRECORDED = (
    "changed_without_correction", "correction_incomplete", "correction_values", "edition_number",
    "correction_rewritten", "report_vanished", "fell_back_to_draft", "first_publication_moved",
)  # fmt: skip


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which year."""
    parser.add_argument("year", nargs="?", type=int, help=word("commands", "status", "year"))
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Print the checklist; 1 where something is overdue, unsigned, or changed without a note."""
    site = Configuration(options.config)
    loaded, examination = read(site.settings, site.root)
    moment, said = site.settings.moment(), words("commands", "status")
    found = checklist(loaded, examination, moment, options.year)
    print(said["as_of"].format(f"{moment:%Y-%m-%d %H:%M}"))
    for name, lines in found.items():
        print(said["line"].format(name=said[name], count=len(lines)))
        for line in lines:
            print(f"  {line}")
    return 1 if any(found[name] for name in _WAITING) else 0


def checklist(
    loaded: Loaded, examination: Examination, moment: datetime, year: int | None = None
) -> dict[str, list[str]]:
    """By what has to be done, the lines of the list; of one year, or of all."""
    reports = [r for r in loaded.reports if year in (None, r.key.year)]
    public = disclose(reports, loaded.reference, moment)
    gone = withdrawn(reports, loaded.reference, moment)
    catalogue = assess(public, loaded.reference, moment, gone)
    scheduled = sorted(
        (published, r)
        for r in reports
        if (published := r.content.first_published) and published > moment and not _is_draft(r)
    )
    names = {r.source for r in reports}
    return {
        **_deadlines(catalogue, year),
        "draft": [r.source for r in reports if _is_draft(r)],
        "scheduled": [f"{when:%Y-%m-%d %H:%M} {r.source}" for when, r in scheduled],
        "correcting": [
            r.source for r in reports if r.content.state is State.UNDER_CORRECTION
        ],
        "withdrawn": [r.source for r in reports if r.content.state is State.WITHDRAWN],
        "unsigned": _findings(examination, names, year, warnings=True),
        "unrecorded": _findings(examination, names, year, warnings=False),
    }  # fmt: skip


def _is_draft(report: Report) -> bool:
    return report.content.state is State.DRAFT


def _findings(
    examination: Examination, names: set[str], year: int | None, warnings: bool
) -> list[str]:
    """The unsigned warnings of these files, or what changed without a note."""
    return [
        f"{f.where}  [{f.rule}]"
        for f in examination.open
        if (year is None or f.where.file in names)
        and (f.level is Level.WARNING if warnings else f.rule in _UNRECORDED)
        and not f.in_draft
    ]


def _deadlines(catalogue: Catalogue, year: int | None) -> dict[str, list[str]]:
    """What is still due, what is overdue, and what came late."""
    found: dict[str, list[str]] = {"due": [], "missing": [], "late": []}
    for name, line in chain.from_iterable(_of_year(catalogue, y) for y in _years(catalogue, year)):
        found[name].append(line)
    return found


def _years(catalogue: Catalogue, year: int | None) -> list[int]:
    if year is not None:
        return [year]
    asked = {d.year for region in catalogue.regions for d in region.deadlines}
    return sorted({*catalogue.years, *asked}, reverse=True)


def _of_year(catalogue: Catalogue, year: int) -> Iterator[tuple[str, str]]:
    said = words("commands", "status")
    for department in catalogue.departments:
        coverage = catalogue.coverage(department, year)
        name = f"{year} {short_name(department, year)}"
        due = coverage.deadline.due if coverage.deadline else None
        line = said["dated"].format(name=name, due=due) if due else name
        if coverage.status in OUTSTANDING and coverage.is_due:
            overdue = coverage.punctuality is not Punctuality.PENDING
            yield ("missing" if overdue else "due"), line
        elif coverage.punctuality is Punctuality.LATE:
            yield "late", line
