"""4 write: which reports are bound into one PDF: all years of a department, all departments of a
year. A book holds overall reports of one region and one provenance; a single one needs no book.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evalpress.assess import Assessment, Catalogue
from evalpress.model import Department, Provenance, PublicReport, Region
from evalpress.pages.described import changed_on, dates
from evalpress.pages.frame import Offer, provenance_of
from evalpress.wording import word


@dataclass(frozen=True)
class Book:
    """A book: its address, how its page offers it, its title in lines, what it holds in order."""

    address: str
    label: str
    heading: tuple[str, str]
    subtitle: str
    page: str
    lines: tuple[str, ...]
    provenance: dict[str, str] | None
    parts: tuple[Assessment, ...]

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.address.rpartition("/")[2].removesuffix(".pdf")

    @property
    def authors(self) -> tuple[str, ...]:
        """Whose reports it holds."""
        return tuple(dict.fromkeys(part.department_name for part in self.parts))

    @property
    def keywords(self) -> tuple[str, ...]:
        """The years and kinds of its reports."""
        years = (word("page", "year").format(part.key.year) for part in self.parts)
        kinds = (word("short_kinds", part.report.kind) for part in self.parts)
        return tuple(dict.fromkeys([*years, *kinds]))

    @property
    def dates(self) -> tuple[str, str]:
        """The first publication of any of its reports, and the last day of what it holds, after ISO
        8601; "" for what is not known."""
        found = [dates(part.report) for part in self.parts]
        return (
            min((first for first, _ in found if first), default=""),
            max((last for _, last in found if last), default=""),
        )

    @property
    def title(self) -> str:
        """The whole title."""
        return "".join(self.heading) + (f"（{self.subtitle}）" if self.subtitle else "")


def all_books(catalogue: Catalogue) -> list[Book]:
    """Every book of the site."""
    of_departments = [department_books(catalogue, d) for d in catalogue.departments]
    of_years = [year_books(catalogue, year) for year in catalogue.years]
    return [book for books in (*of_departments, *of_years) for book in books]


def department_books(catalogue: Catalogue, department: Department) -> list[Book]:
    """A department's overall reports, newest first, as its page lists them."""
    region, owner = catalogue.reference.regions[department.region], department.current.name
    found = reversed(catalogue.history(department.id))
    return [
        Book(
            address=f"{department.id}/{department.id}-reports{_suffix(provenance)}.pdf",
            label=word("books", "all_years") + _apart(provenance, region),
            heading=(owner, word("books", "department")),
            subtitle=word("books", "years").format(parts[-1].key.year, parts[0].key.year),
            page=f"{department.id}/",
            lines=(word("books", "newest_first").format(len(parts)), *_dated(parts)),
            provenance=provenance_of(provenance, region.note),
            parts=parts,
        )
        for provenance, parts in _bound_together(found)
    ]


def year_books(catalogue: Catalogue, year: int) -> list[Book]:
    """A year's overall reports, region by region, in the order of the departments."""
    return [book for region in catalogue.regions for book in _region_books(catalogue, region, year)]


def _region_books(catalogue: Catalogue, region: Region, year: int) -> list[Book]:
    found = (catalogue.overall(d.id, year) for d in catalogue.of_region(region))
    return [
        Book(
            address=f"years/{year}/{region.id}-{year}{_suffix(provenance)}.pdf",
            label=word("books", "all_departments").format(region.name) + _apart(provenance, region),
            heading=(region.name, word("books", "year").format(year)),
            subtitle="",
            page=f"years/{year}/",
            lines=(word("books", "by_department").format(len(parts)), *_dated(parts)),
            provenance=provenance_of(provenance, region.note),
            parts=parts,
        )
        for provenance, parts in _bound_together(a for a in found if a)
    ]


def offers(books: Iterable[Book]) -> list[Offer]:
    """How a page's frame offers its books; their sizes come with printing."""
    return [Offer(book.address, f"{book.title}.pdf", book.label) for book in books]


def edition(report: PublicReport) -> str:
    """When a report was published, and in which version it is if it has been corrected."""
    published, version = report.content.first_published, report.content.version
    dated = word("books", "published").format(f"{published:%Y-%m-%d}") if published else ""
    corrected = word("books", "version").format(version) if version > 1 else ""
    return "，".join(filter(None, (dated, corrected)))


def _bound_together(
    found: Iterable[Assessment],
) -> list[tuple[Provenance, tuple[Assessment, ...]]]:
    """Reports by provenance, in their order; one alone is no book."""
    groups: dict[Provenance, list[Assessment]] = {}
    for assessment in found:
        groups.setdefault(assessment.report.provenance, []).append(assessment)
    return [(provenance, tuple(parts)) for provenance, parts in groups.items() if len(parts) > 1]


def _suffix(provenance: Provenance) -> str:
    """What keeps books of other than real reports apart, in their addresses too."""
    return "" if provenance is Provenance.REAL else f"-{provenance}"


def _apart(provenance: Provenance, region: Region) -> str:
    """Names the provenance of a book that is not its region's usual one."""
    return (
        "" if provenance is region.provenance else f"（{word('provenances', provenance, 'word')}）"
    )


def _dated(parts: Iterable[Assessment]) -> list[str]:
    """The day of the last publication or correction of any of the parts."""
    days = [day for part in parts if (day := changed_on(part.report))]
    return [word("books", "as_of").format(max(days))] if days else []
