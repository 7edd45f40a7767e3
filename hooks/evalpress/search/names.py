"""7 index: Catalogue -> the list of names: what the browser needs to find a report by any of them.

The list holds departments with every name, and under each its documents, a row for all years of
one. A title that follows from the department's name, the year, the project and the kind is left
out: `assets/search/names.js` makes it again. What is sorted and chosen by (score, grade, group)
stands with it, so that one small file answers a name and counts the results of any search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from evalpress.assess import Assessment, Catalogue
from evalpress.model import Department, Key
from evalpress.pages.frame import short_name
from evalpress.wording import word

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
    grades = _Index(_grades(catalogue))
    groups = _Index(dict.fromkeys(d.group or "" for d in catalogue.departments))
    return {
        "kinds": [[word("short_kinds", kind), word("kinds", kind)] for kind in kinds.entries],
        "grades": grades.entries,
        "groups": groups.entries,
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


def _grades(catalogue: Catalogue) -> list[str]:
    """Every grade word in use, the best first as far as the grade scales tell."""
    used = {a.grade_word for a in catalogue.assessments.values() if a.grade_word}
    scales = catalogue.reference.grade_scales.values()
    known = dict.fromkeys(grade.word for scale in scales for grade in scale.grades)
    return [w for w in known if w in used] + sorted(used - set(known))


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


def _series_row(series: Series, kinds: _Index, grades: _Index) -> Row:
    """Slug, kind, project, then by year: years, scores, grades, titles that do not follow."""
    odd = {
        str(a.key.year): a.report.title
        for a in series.reports
        if a.report.title != _usual_title(series, a)
    }
    row: Row = [
        series.slug, kinds[series.kind], series.project,
        [a.key.year for a in series.reports],
        [None if a.score_percent is None else float(a.score_percent) for a in series.reports],
        [-1 if a.grade_word is None else grades[a.grade_word] for a in series.reports],
    ]  # fmt: skip
    return [*row, odd] if odd else row


def _usual_title(series: Series, assessment: Assessment) -> str:
    project = series.project.removesuffix(word("titles", "project_ending"))
    parts = (assessment.key.year, project, word("kinds", series.kind))
    return word("titles", "report").format(assessment.department_name, *parts)
