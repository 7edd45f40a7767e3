"""4 write: Catalogue -> what pages there are, and which reports each of them reads.

A page is written from a view that holds the reports it says it reads and no others, so that what a
kept page follows from is what it was made from. A page that asks for more finds nothing, in a clean
build as in any other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any

from evalpress.assess import Assessment, Catalogue
from evalpress.assess.cases import cases
from evalpress.assess.lineage import linked_departments
from evalpress.assess.medians import Medians, medians
from evalpress.assess.pooled import sharing
from evalpress.assess.register import Register, register
from evalpress.files.attachments import attachment_address
from evalpress.files.originals import OriginalText
from evalpress.ledger.past import Past
from evalpress.model import Department, Key, PublicReport
from evalpress.pages.comparison import comparison_page
from evalpress.pages.coverage import coverage_page
from evalpress.pages.departments import department_page, departments_page
from evalpress.pages.frame import Page
from evalpress.pages.histories import comparison_address
from evalpress.pages.home import home_page
from evalpress.pages.picking import (
    address_of,
    compare_page,
    department_documents_page,
)
from evalpress.pages.problems import (
    problems_department_page,
    problems_page,
    problems_year_page,
)
from evalpress.pages.reports import report_page
from evalpress.pages.search import search_page
from evalpress.pages.shared_indicators import indicator_page, indicators_page
from evalpress.pages.site_map import site_map_page
from evalpress.pages.superseded import (
    changes_page,
    corrections_page,
    edition_page,
    version_block,
    withdrawn_page,
)
from evalpress.pages.verifying import verifying_page
from evalpress.pages.years import year_page, years_page

Maker = Callable[[Catalogue], list[Page]]


@dataclass(frozen=True)
class Planned:
    """Pages to be written together, mostly one. `reads` are the reports that they show something
    of, None all, and `texts` those of them of which they show texts; `dated` where days are
    counted; `more` what they show beside the reports."""

    name: str
    make: Maker
    reads: tuple[Key, ...] | None = None
    dated: bool = True
    more: str = ""
    texts: tuple[Key, ...] = ()

    def view(self, catalogue: Catalogue) -> Catalogue:
        """What of the catalogue the pages may see."""
        bare = catalogue.without_texts
        if self.reads is None:
            return bare
        whole = {key: catalogue.assessments[key] for key in self.texts}
        return bare.within(self.reads, self.dated, whole)


def plan(
    catalogue: Catalogue,
    intro: str = "",
    sizes: Mapping[str, int] | None = None,
    texts: Mapping[str, OriginalText] | None = None,
    rankings: bool = False,
    past: Mapping[Key, Sequence[Past]] | None = None,
) -> Iterator[Planned]:
    """All generated pages. `intro` is docs/index.md's Markdown, `sizes` the attachments' bytes,
    `texts` what could be read of originals, both by address; `rankings` says whether departments
    are ranked, `past` what earlier editions the reports have."""
    problems = register(catalogue)
    home = partial(home_page, intro=intro, found=problems, rankings=rankings)
    yield Planned("home", _one(home), more=intro)
    for name, make in _LISTS.items():
        yield Planned(name, _one(make))
    yield from _problems(catalogue, problems)
    yield from _shared_indicators(catalogue)
    for year in catalogue.years:
        yield _year(catalogue, year)
    found = medians(catalogue)
    for department in catalogue.departments:
        yield _department(catalogue, department, found)
    yield Planned("compare", _one(compare_page))
    for department in catalogue.departments:
        yield from _documents(catalogue, department)
    yield Planned("verify", lambda seen: [verifying_page()], reads=(), dated=False)
    for document in catalogue.documents:
        for before, now in pairwise(catalogue.history(*document)):
            yield _comparison(catalogue, before, now)
    files = _Files(sizes or {}, texts or {})
    past = past or {}
    for assessment in catalogue.assessments.values():
        yield _report(catalogue, assessment, files, past.get(assessment.key, ()))
    yield from _editions(catalogue, past, files)


_LISTS: dict[str, Callable[[Catalogue], Page]] = {
    "departments": departments_page,
    "years": years_page,
    "search": search_page,
    "coverage": coverage_page,
    "sitemap": site_map_page,
}


def _problems(catalogue: Catalogue, found: Register) -> Iterator[Planned]:
    """The register: an overview, a page for each year, one for each department."""
    day = catalogue.as_of.date() if catalogue.as_of else None
    yield Planned("problems", lambda seen: [problems_page(seen, found)])
    for year in found.years:
        yield _problems_year(found, year, day)
    for name in found.departments:
        reads = tuple(key for key in catalogue.assessments if key.department == name)
        make = partial(_problems_department, name=name, day=day)
        late = repr([c.due(day) for c in cases(found.of_department(name))])
        yield Planned(f"problems/{name}", make, reads, dated=False, more=late)


def _problems_year(found: Register, year: int, day: date | None) -> Planned:
    """The reports that named a problem in this year, before it, like it, or after it; and which of
    the problems are overdue, which changes with the days."""
    named = found.of_year(year)
    reads = {report.key for entry in named for report in entry.reports}
    told = ((e.problem.id, e.fate, e.times, [a.year for a in e.after]) for e in named)
    more = repr([found.years, Register(named).overdue(day), *told])

    def make(seen: Catalogue) -> list[Page]:
        return [problems_year_page(seen, found, year, day)]

    return Planned(f"problems/{year}", make, tuple(sorted(reads)), dated=False, more=more)


def _problems_department(seen: Catalogue, name: str, day: date | None) -> list[Page]:
    return [problems_department_page(register(seen), seen.reference.departments[name], day)]


def _shared_indicators(catalogue: Catalogue) -> Iterator[Planned]:
    """Of indicators that departments share a list and a page each, which read the reports that have
    them and no others; nothing where reference data name none."""
    found = sharing(catalogue)
    if found:
        keys = {one.key: None for reports in found.values() for one in reports}
        yield Planned("indicators", _one(indicators_page), tuple(keys), dated=False)
    for name, reports in found.items():
        make = partial(_shared_indicator, name=name)
        reads = tuple(one.key for one in reports)
        yield Planned(f"indicators/{name}", make, reads, dated=False)


def _shared_indicator(seen: Catalogue, name: str) -> list[Page]:
    return [indicator_page(seen, seen.reference.common_indicators[name])]


def _one(make: Callable[[Catalogue], Page]) -> Maker:
    return lambda seen: [make(seen)]


def _year(catalogue: Catalogue, year: int) -> Planned:
    """Its reports, and of each the last one before, from which it moved."""
    own = [a for key, a in catalogue.assessments.items() if key.year == year]
    earlier = [before for a in own if (before := catalogue.before(a))]
    reads = {a.key for a in (*own, *earlier)}
    ordered = tuple(key for key in catalogue.assessments if key in reads)
    return Planned(f"years/{year}", lambda seen: [year_page(seen, year)], ordered)


def _department(catalogue: Catalogue, department: Department, all_medians: Medians) -> Planned:
    """Its own reports, and those of the departments that it took over from or handed on to; of the
    departments that it can be compared with their medians, and nothing else."""
    own = {a.key.year: all_medians.of(a) for a in catalogue.history(department.id)}

    def make(seen: Catalogue) -> list[Page]:
        return [department_page(seen, department, own)]

    linked = linked_departments(catalogue.reference, department.id)
    reads = tuple(key for key in catalogue.assessments if key.department in linked)
    return Planned(department.id, make, reads, more=repr(own))


def _documents(catalogue: Catalogue, department: Department) -> Iterator[Planned]:
    """What of a department can be put side by side, if there is anything."""
    reads = tuple(key for key in catalogue.assessments if key.department == department.id)

    def make(seen: Catalogue) -> list[Page]:
        return [department_documents_page(seen, department)]

    if reads:
        yield Planned(address_of(department), make, reads, dated=False)


def _comparison(catalogue: Catalogue, before: Assessment, now: Assessment) -> Planned:
    """Both reports, and the other years of the same document, to which the page leads."""

    def make(seen: Catalogue) -> list[Page]:
        return [comparison_page(seen, seen.assessments[before.key], seen.assessments[now.key])]

    reads = _same_document(catalogue, now.key)
    return Planned(comparison_address(now), make, reads, dated=False, texts=(before.key, now.key))


class _Files:
    """What is known of the attachments: their bytes and texts by address; by folder, all of it."""

    def __init__(self, sizes: Mapping[str, int], texts: Mapping[str, OriginalText]) -> None:
        self.sizes, self.texts = sizes, texts
        self._known: defaultdict[str, list[Any]] = defaultdict(list)
        for address, size in sizes.items():
            self._known[address[: address.rfind("/") + 1]] += [address, size, texts.get(address)]

    def beside(self, key: Key) -> str:
        """All that is known of the files of a department and year."""
        return repr(self._known.get(attachment_address(key, ""), ""))


def _editions(
    catalogue: Catalogue, past: Mapping[Key, Sequence[Past]], files: _Files
) -> Iterator[Planned]:
    """Earlier editions, each held against the next one; what was withdrawn; all corrections."""
    for one in (one for editions in past.values() for one in editions):
        yield _edition(one, files)
    for report in catalogue.withdrawn.values():
        make = partial(_withdrawn_page, report=report)
        more = repr([report.title, report.content, report.provenance])
        yield Planned(report.key.address, make, (), dated=False, more=more)
    found = [k for k, a in catalogue.assessments.items() if a.report.content.corrections]
    yield Planned("corrections", _one(corrections_page), tuple(found), dated=False)


def _withdrawn_page(seen: Catalogue, report: PublicReport) -> list[Page]:
    return [withdrawn_page(seen, report)]


def _edition(past: Past, files: _Files) -> Planned:
    def make(seen: Catalogue) -> list[Page]:
        return [edition_page(seen, past, files.sizes, files.texts), changes_page(seen, past)]

    more = repr([past.edition, past.next, past.changes, past.report, past.removed, *past.files])
    return Planned(past.report.key.address, make, (), dated=False, more=more)


def _report(
    catalogue: Catalogue, assessment: Assessment, files: _Files, past: Sequence[Past]
) -> Planned:
    """The report, the same document in other years, and what else there is of its year."""
    key = assessment.key
    beside = {a.key for a in catalogue.others(key.department, key.year)} | {
        Key(key.department, key.year)
    }
    reads = tuple(sorted({*_same_document(catalogue, key), *beside} & catalogue.assessments.keys()))

    def make(seen: Catalogue) -> list[Page]:
        found = seen.assessments[key]
        version = version_block(found.report, past)
        return [report_page(seen, found, files.sizes, files.texts, version)]

    more = files.beside(key) + repr([one.edition.number for one in past])
    return Planned(key.address, make, reads, dated=False, more=more, texts=(key,))


def _same_document(catalogue: Catalogue, key: Key) -> tuple[Key, ...]:
    return tuple(a.key for a in catalogue.history(key.department, key.slug))
