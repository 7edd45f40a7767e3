"""3 assess: Catalogue -> the indicators that departments share, by the id that reference data give
them (`common`), each with all departments and years. A like name shares nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from evalpress.assess.assessment import Assessment
from evalpress.assess.catalogue import Catalogue
from evalpress.assess.indicator_years import Line, followed
from evalpress.assess.medians import middle
from evalpress.assess.reaching import Reached, reached, unit_of_years
from evalpress.assess.targets import owners
from evalpress.model import Indicator, Provenance, Region


@dataclass(frozen=True)
class Source:
    """Where a year of a shared indicator stands: its report, and its place on the report's page."""

    report: Assessment
    anchor: str


@dataclass(frozen=True)
class SharedLine:
    """A shared indicator in one document over the years; `project` is the name of the project
    inside it, or that the document is about."""

    report: Assessment
    project: str
    line: Line
    sources: dict[int, Source]

    @property
    def unit(self) -> str | None:
        """The unit of the newest figure; None where there is none."""
        return unit_of_years(self.line.years)


@dataclass(frozen=True)
class Pool:
    """What can be held against each other of one shared indicator: one region, one provenance."""

    region: Region
    provenance: Provenance
    lines: list[SharedLine] = field(default_factory=list)

    @property
    def years(self) -> list[int]:
        """The years that any document has, oldest first."""
        return sorted({year for one in self.lines for year in one.line.years})

    @property
    def unit(self) -> str:
        """The unit that most documents have; of several the first."""
        units = Counter(one.unit for one in self.lines if one.unit is not None)
        return units.most_common(1)[0][0] if units else ""

    def reached(self, one: SharedLine) -> list[Reached]:
        """Each year of one document, as far as its figures are in the unit of the pool."""
        return reached(one.line.years, self.years, self.unit)

    def medians(self) -> dict[int, Decimal]:
        """The middle of the actual values by year, where enough documents have one."""
        values: defaultdict[int, list[Decimal]] = defaultdict(list)
        for one in self.lines:
            for year in self.reached(one):
                if year.actual is not None:
                    values[year.year].append(year.actual)
        return {year: half for year, found in values.items() if (half := middle(found)) is not None}


def sharing(catalogue: Catalogue) -> dict[str, list[Assessment]]:
    """Which reports have each shared indicator, by its id; reference data say which there are."""
    known = catalogue.reference.common_indicators
    found: dict[str, list[Assessment]] = {name: [] for name in known}
    for one in catalogue.assessments.values():
        for name in {i.common for _, i in _indicators(one) if i.common in found}:
            found[str(name)].append(one)
    return found


def pools(catalogue: Catalogue, name: str) -> list[Pool]:
    """The documents that have a shared indicator, region by region, the region's own provenance
    first; in a region departments in the order of the data."""
    made: dict[tuple[str, Provenance], Pool] = {}
    place = {department.id: n for n, department in enumerate(catalogue.departments)}
    for region in catalogue.regions:
        made[region.id, region.provenance] = Pool(region, region.provenance)
    for department, slug in sorted(catalogue.documents, key=lambda d: (place[d[0]], d[1])):
        for line in _lines(catalogue.history(department, slug), name):
            region, provenance = line.report.region, line.report.report.provenance
            pool = made.setdefault((region.id, provenance), Pool(region, provenance))
            pool.lines.append(line)
    return [pool for pool in made.values() if pool.lines]


def _indicators(one: Assessment) -> Iterator[tuple[str, Indicator]]:
    for start, owner in owners(one.report):
        yield from ((start, indicator) for indicator in owner.indicators)


def _lines(history: list[Assessment], name: str) -> Iterator[SharedLine]:
    """The lines of one document: of the report itself, and of each project inside it."""
    found: dict[str, SharedLine] = {}
    for one in history:
        for start, indicator in _indicators(one):
            if indicator.common != name:
                continue
            line = found.setdefault(start, SharedLine(one, "", Line(name, {}), {}))
            years = line.line.years
            if one.key.year in years:
                continue
            before = years[max(years)].indicator if years else None
            years[one.key.year] = followed(one.report, indicator, before, start)
            project = start.split("/")[1] if start else ""
            anchor = f"project-{project}-indicator-" if project else "indicator-"
            line.sources[one.key.year] = Source(one, f"{anchor}{indicator.id}")
            found[start] = SharedLine(one, _project(one, project), line.line, line.sources)
    yield from found.values()


def _project(one: Assessment, project: str) -> str:
    if not project:
        return (one.report.content.project_name or one.report.title) if one.key.slug else ""
    return next(p.name for p in one.report.content.projects if p.id == project)
