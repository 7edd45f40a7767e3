"""7 index: Catalogue -> the list of names: what the browser needs to find a report by any of them.

The list holds departments with every name, and under each its documents, a row for all years of
one; then the reports that are due and not there, as the page of coverage tells them. A title that
follows from the department's name, the year, the project and the kind is left out:
`assets/search/names.js` makes it again. What is sorted and chosen by (score, grade, group) stands
with it, so that one small file answers a name and counts the results of any search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from evalpress.assess import Assessment, Catalogue
from evalpress.assess.punctuality import OUTSTANDING, Coverage, Status
from evalpress.model import Department, GradeId, Key, Kind
from evalpress.pages.frame import short_name
from evalpress.wording import word, words

Row = list[Any]


@dataclass(frozen=True)
class Series:
    """One document over the years, oldest first: an overall report, a project, an evaluation."""

    slug: str
    kind: str
    project: str
    reports: tuple[Assessment, ...]


def names(catalogue: Catalogue) -> dict[str, Any]:
    """The list of names, ready for JSON; everything in it stands on a public page."""
    kinds = _Index(sorted({a.report.kind.value for a in catalogue.assessments.values()}))
    grades = _Grades(catalogue)
    groups = _Index(dict.fromkeys(d.group or "" for d in catalogue.departments))
    return {
        "kinds": [[word("short_kinds", kind), word("kinds", kind)] for kind in kinds.entries],
        "grades": grades.groups,
        "groups": groups.entries,
        "gaps": _gaps(catalogue),
        "departments": [
            [
                department.id, groups[department.group or ""], short_name(department),
                _dated_names(department, catalogue.years), _other_names(department),
                [_series_row(s, kinds, grades) for s in series_of(catalogue, department)],
            ]
            for department in catalogue.departments
        ],
    }  # fmt: skip


def grouped_addresses(catalogue: Catalogue) -> list[list[str]]:
    """The pages in the order of the list: for each department its own page, then its reports."""
    return [
        [f"{department.id}/", *(key.address for key in _keys(catalogue, department))]
        for department in catalogue.departments
    ]


def _keys(catalogue: Catalogue, department: Department) -> Iterator[Key]:
    for series in series_of(catalogue, department):
        yield from (assessment.key for assessment in series.reports)


def written_names(catalogue: Catalogue) -> Iterator[list[str]]:
    """What is asked by its reading: the words for kinds, then each department's own names, those
    of its projects, and titles that do not follow from these."""
    yield [*words("short_kinds").values(), *words("kinds").values()]
    for department in catalogue.departments:
        written = {*department.all_names(), *(unit.name for unit in department.units)}
        for series in series_of(catalogue, department):
            written |= {series.project, *_odd_titles(series).values()}
        yield sorted(written)


def series_of(catalogue: Catalogue, department: Department) -> Iterator[Series]:
    """A department's documents: the overall report first, then the others by slug."""
    found: dict[tuple[str, str, str], list[Assessment]] = {}
    for assessment in _of_department(catalogue, department):
        project = assessment.report.content.project_name or ""
        place = (assessment.key.slug, assessment.report.kind.value, project)
        found.setdefault(place, []).append(assessment)
    for (slug, kind, project), reports in sorted(found.items(), key=lambda item: item[0]):
        yield Series(slug, kind, project, tuple(reports))


def _of_department(catalogue: Catalogue, department: Department) -> list[Assessment]:
    """All its reports, oldest first."""
    years = catalogue.years
    found = [
        a
        for year in reversed(years)
        for a in (catalogue.overall(department.id, year), *catalogue.others(department.id, year))
    ]
    return [a for a in found if a is not None]


class _Index:
    """Words by their place in a list."""

    def __init__(self, entries: Iterable[str]) -> None:
        self.entries = list(entries)
        self.places = {entry: place for place, entry in enumerate(self.entries)}

    def __getitem__(self, entry: str) -> int:
        return self.places[entry]


class _Grades:
    """Grade words by what they mean, the best first: `groups` have the word to call a meaning by,
    then the others that the grade scales know for it or that a report uses. A word's place counts
    the words of all groups."""

    def __init__(self, catalogue: Catalogue) -> None:
        meanings: dict[str, dict[str, None]] = {grade: {} for grade in GradeId}
        for scale in catalogue.reference.grade_scales.values():
            for grade in scale.grades:
                meanings[grade.id].update(dict.fromkeys((grade.word, *grade.also)))
        for meant, written in sorted(
            set(filter(None, map(_graded, catalogue.assessments.values())))
        ):
            meanings.setdefault(meant, {})[written] = None
        self.groups = [list(written) for written in meanings.values() if written]
        pairs = [(meant, written) for meant, held in meanings.items() for written in held]
        self._places = {pair: place for place, pair in enumerate(pairs)}

    def place(self, assessment: Assessment) -> int:
        """Where the report's grade stands; -1 for none."""
        pair = _graded(assessment)
        return self._places[pair] if pair else -1


def _graded(assessment: Assessment) -> tuple[str, str] | None:
    """What the grade of a report means, and its own word for it; a word that no grade scale knows
    means itself."""
    written, grade = assessment.grade_word, assessment.grade
    return (grade.id if grade else written, written) if written else None


def _gaps(catalogue: Catalogue) -> list[Row]:
    """Departments, by their place, with the years of which no overall report is public: the year,
    what is said of it, the day by which it must be public, the reason, whether it has a page."""
    rows = ((place, _gaps_of(catalogue, d)) for place, d in enumerate(catalogue.departments))
    return [[place, gaps] for place, gaps in rows if gaps]


def _gaps_of(catalogue: Catalogue, department: Department) -> list[Row]:
    region = catalogue.reference.regions[department.region]
    due = {d.year for d in region.deadlines if d.covers(department.id, d.year, Kind.DEPARTMENT)}
    years = sorted(due.union(catalogue.region_years(region)), reverse=True)
    found = ((year, catalogue.coverage(department, year)) for year in years)
    return [_gap_row(year, coverage) for year, coverage in found if coverage.status in _GAPS]


_GAPS = (*OUTSTANDING, Status.EXEMPT, Status.WITHDRAWN)


def _gap_row(year: int, coverage: Coverage) -> Row:
    said = Status.MISSING if coverage.status in OUTSTANDING else coverage.status
    due = str(coverage.deadline.due) if coverage.deadline else ""
    has_page = coverage.status is Status.WITHDRAWN
    return [year, word("coverage", said), due, coverage.reason, int(has_page)]


def _dated_names(department: Department, years: list[int]) -> list[Row]:
    """Official name, short name and the first year that goes by them, oldest first."""
    first: dict[int, int] = {}
    for year in sorted(years):
        first.setdefault(department.names.index(department.named_in(year)), year)
    return [
        [named.name, named.short or "", first.get(place, 0)]
        for place, named in enumerate(department.names)
    ]


def _other_names(department: Department) -> list[str]:
    """Aliases, budget code and the names of subordinate units."""
    units = [text for unit in department.units for text in (unit.name, unit.code) if text]
    return [*department.aliases, *filter(None, [department.budget_code]), *units]


def _series_row(series: Series, kinds: _Index, grades: _Grades) -> Row:
    """Slug, kind, project, then by year: years, scores, grades, titles that do not follow."""
    odd = _odd_titles(series)
    row: Row = [
        series.slug, kinds[series.kind], series.project,
        [a.key.year for a in series.reports],
        [None if a.score_percent is None else float(a.score_percent) for a in series.reports],
        [grades.place(a) for a in series.reports],
    ]  # fmt: skip
    return [*row, odd] if odd else row


def _odd_titles(series: Series) -> dict[str, str]:
    """The titles that do not follow from the rest of the row, by year."""
    return {
        str(a.key.year): a.report.title
        for a in series.reports
        if a.report.title != _usual_title(series, a)
    }


def _usual_title(series: Series, assessment: Assessment) -> str:
    project = series.project.removesuffix(word("titles", "project_ending"))
    parts = (assessment.key.year, project, word("kinds", series.kind))
    return word("titles", "report").format(assessment.department_name, *parts)
