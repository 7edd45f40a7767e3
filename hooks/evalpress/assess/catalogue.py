"""3 assess: PublicReports -> Catalogue: all of them, assessed, and the questions that pages ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from evalpress.assess.assessment import Assessment, assess_report
from evalpress.assess.punctuality import OUTSTANDING, Coverage, Punctuality, Status
from evalpress.assess.totals import YearTotals, sums
from evalpress.model import Department, Key, Kind, PublicReport, Reference, Region, SectionText


@dataclass(frozen=True)
class Catalogue:
    """All public reports with their assessments, and questions that pages ask of them."""

    reference: Reference
    assessments: dict[Key, Assessment] = field(default_factory=dict)
    as_of: datetime | None = None
    years_of_regions: dict[str, list[int]] | None = None
    withdrawn: Mapping[Key, PublicReport] = field(default_factory=dict)
    """Reports that were public once and are so no longer; in no figure and no list."""

    def within(
        self, keys: Iterable[Key], dated: bool, other: Mapping[Key, Assessment] | None = None
    ) -> Catalogue:
        """The same questions asked of these reports only, some in an `other` form; without the
        moment unless `dated`. Which years a region has reports of stays known."""
        found = {key: self.assessments[key] for key in keys} | dict(other or {})
        as_of = self.as_of if dated else None
        return Catalogue(self.reference, found, as_of, self._years_of_regions, self.withdrawn)

    @cached_property
    def without_texts(self) -> Catalogue:
        """The same reports with their sections empty: all that lists and figures show something
        of."""
        found = {key: _without_texts(one) for key, one in self.assessments.items()}
        return replace(self, assessments=found, years_of_regions=self._years_of_regions)

    @cached_property
    def _years_of_regions(self) -> dict[str, list[int]]:
        return {region.id: self.region_years(region) for region in self.regions}

    @cached_property
    def by_address(self) -> dict[str, Assessment]:
        """Every report by its page's address."""
        return {key.address: assessment for key, assessment in self.assessments.items()}

    @cached_property
    def newest_first(self) -> list[Assessment]:
        """Reports by first publication, newest first; those without a date are left out."""
        dated = [
            (published, a.key, a)
            for a in self.assessments.values()
            if (published := a.report.content.first_published)
        ]
        return [a for _, _, a in sorted(dated, key=lambda entry: entry[:2], reverse=True)]

    @cached_property
    def years(self) -> list[int]:
        """The years that have reports, newest first; of a part of the reports those of all."""
        if self.years_of_regions is not None:
            return sorted(set().union(*self.years_of_regions.values()), reverse=True)
        return sorted({key.year for key in self.assessments}, reverse=True)

    @cached_property
    def departments(self) -> list[Department]:
        """Departments in the order of the data."""
        return list(self.reference.departments.values())

    @cached_property
    def regions(self) -> list[Region]:
        """Regions that have departments, the one with most departments first."""
        count = Counter(d.region for d in self.departments)
        return sorted(
            (r for r in self.reference.regions.values() if count[r.id]), key=lambda r: -count[r.id]
        )

    def of_region(self, region: Region) -> list[Department]:
        """The departments that belong to a region last, in the order of the data."""
        return [d for d in self.departments if d.region == region.id]

    def region_years(self, region: Region) -> list[int]:
        """The years of which departments of a region have reports, newest first."""
        if self.years_of_regions is not None:
            return self.years_of_regions[region.id]
        ids = {d.id for d in self.of_region(region)}
        return sorted({k.year for k in self.assessments if k.department in ids}, reverse=True)

    def overall(self, department: str, year: int) -> Assessment | None:
        """The overall report of a department and year."""
        return self.assessments.get(Key(department, year))

    def others(self, department: str, year: int) -> list[Assessment]:
        """Every other document of that department and year, by its slug."""
        return self._others.get((department, year), [])

    @cached_property
    def _others(self) -> dict[tuple[str, int], list[Assessment]]:
        found: dict[tuple[str, int], list[Assessment]] = {}
        for key in sorted(key for key in self.assessments if key.slug):
            found.setdefault((key.department, key.year), []).append(self.assessments[key])
        return found

    def history(self, department: str, slug: str = "") -> list[Assessment]:
        """The same document over the years, oldest first."""
        return self._histories.get((department, slug), [])

    def before(self, assessment: Assessment) -> Assessment | None:
        """The same document's report of the nearest earlier year."""
        key = assessment.key
        earlier = [a for a in self.history(key.department, key.slug) if a.key.year < key.year]
        return earlier[-1] if earlier else None

    @property
    def documents(self) -> list[tuple[str, str]]:
        """Department and slug of every document, in the order of their first reports."""
        return list(self._histories)

    @cached_property
    def _histories(self) -> dict[tuple[str, str], list[Assessment]]:
        found: dict[tuple[str, str], list[Assessment]] = {}
        for key in sorted(self.assessments):
            found.setdefault((key.department, key.slug), []).append(self.assessments[key])
        return found

    def status(self, department: Department, year: int) -> Status:
        """What there is of a department and year: its overall report, a reason why there is none,
        or only documents that others wrote of it."""
        assessment = self.overall(department.id, year)
        if assessment:
            return Status.PREVIEW if assessment.report.previewed else Status.PUBLISHED
        if Key(department.id, year) in self.withdrawn:
            return Status.WITHDRAWN
        if department.exemption(year):
            return Status.EXEMPT
        if self.others(department.id, year):
            return Status.PARTIAL
        return Status.MISSING if department.existed_in(year) else Status.ABSENT

    def coverage(self, department: Department, year: int) -> Coverage:
        """The department's overall report of the year, measured against its deadline."""
        found, status = self.overall(department.id, year), self.status(department, year)
        if found:
            return self.coverage_of(found)
        deadline = self.reference.deadline(Key(department.id, year), Kind.DEPARTMENT)
        exemption = department.exemption(year)
        if status is Status.EXEMPT and exemption:
            return Coverage(status, deadline, reason=exemption.reason)
        if status is Status.WITHDRAWN:
            taken = self.withdrawn[Key(department.id, year)].content.withdrawal
            return Coverage(status, deadline, reason=taken.reason if taken else "")
        today = self.as_of.date() if self.as_of and status in OUTSTANDING else None
        return Coverage(status, deadline, today)

    def coverage_of(self, assessment: Assessment) -> Coverage:
        """A public report, measured against its deadline."""
        report = assessment.report
        published = report.content.first_published
        return Coverage(
            Status.PREVIEW if report.previewed else Status.PUBLISHED,
            self.reference.deadline(report.key, report.kind),
            published.date() if published else None,
        )

    def comparable(self, region: Region, year: int) -> list[Assessment]:
        """The overall reports of a region and year that have the region's own provenance."""
        found = (self.overall(d.id, year) for d in self.of_region(region))
        return [a for a in found if a and a.report.provenance is region.provenance]

    def totals(self, region: Region, year: int) -> YearTotals:
        """The figures of one region and year, from overall reports of its own provenance only."""
        departments = self.of_region(region)
        found = [d for d in departments if self.overall(d.id, year)]
        same = self.comparable(region, year)
        budget, executed, unit, counted = sums(same)
        coverage = [self.coverage(d, year) for d in departments]
        late = sum(c.punctuality is Punctuality.LATE for c in coverage)
        return YearTotals(
            year=year, due=sum(c.is_due for c in coverage), published=len(found),
            budget=budget, executed=executed, unit=unit, counted=counted,
            grades=dict(Counter(a.grade.id for a in same if a.grade)),
            projects=sum(len(self.others(d.id, year)) for d in departments),
            late=late if region.deadline("", year, Kind.DEPARTMENT) else None,
            missing=sum(c.is_due and c.status in OUTSTANDING for c in coverage),
        )  # fmt: skip


def _without_texts(one: Assessment) -> Assessment:
    """Nothing of an assessment follows from texts."""
    body = dict.fromkeys(one.report.content.body, SectionText())
    content = one.report.content.model_copy(update={"body": body})
    return replace(one, report=replace(one.report, content=content))


def assess(
    reports: Iterable[PublicReport],
    reference: Reference,
    as_of: datetime | None = None,
    withdrawn: Iterable[PublicReport] = (),
) -> Catalogue:
    """All reports, assessed, beside those that were `withdrawn`; without a moment nothing that is
    missing counts as late."""
    assessments = {r.key: assess_report(r, reference) for r in reports}
    return Catalogue(reference, assessments, as_of, withdrawn={r.key: r for r in withdrawn})
