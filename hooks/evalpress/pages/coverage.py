"""4 write: who must publish what by when, and who did: the matrix, the deadlines, the late ones."""

from __future__ import annotations

from markupsafe import Markup

from evalpress.assess import Assessment, Catalogue
from evalpress.assess.punctuality import OUTSTANDING, PUBLIC, Coverage, Punctuality, Status
from evalpress.model import Deadline, Department, Key, Kind, Region
from evalpress.pages.frame import Page, anchor, short_name
from evalpress.pages.grids import Cell, Column, Grid, Row, cell, number_cell
from evalpress.pages.rows import (
    STATUS_STYLES,
    as_of_words,
    days_note,
    days_words,
    list_frame,
    region_note,
    source_words,
    status_facet,
    status_words,
)
from evalpress.text.markup import link, plain
from evalpress.wording import word, words

ADDRESS = "coverage/"


def coverage_page(catalogue: Catalogue) -> Page:
    """Of each region: every department and year, the deadlines, what came late or not at all."""
    title = word("page", "coverage_title")
    parts = [f"# {plain(title)}", f"<p>{plain(word('page', 'coverage_intro'))}</p>"]
    for region in catalogue.regions:
        if years := catalogue.region_years(region):
            parts += [f"## {plain(region.name)} {{#{region.id}}}", region_note(region)]
            parts += [str(matrix(catalogue, region, years, ADDRESS, in_full=True).html())]
            parts += [*_deadlines(catalogue, region), *_late(catalogue, region, years)]
    frame = list_frame("coverage", title, sortable=True)
    return Page(ADDRESS, title, "\n\n".join(p for p in parts if p), frame)


# --- departments and years ----------------------------------------------------------------------


def matrix(
    catalogue: Catalogue, region: Region, years: list[int], here: str, in_full: bool = False
) -> Grid:
    """What is there of each department and year; `in_full` with the deadlines and all reasons."""
    columns = (Column(word("page", "department")), *(Column(str(y)) for y in years))
    rows = [
        Row((
            cell(anchor(here, f"{d.id}/", short_name(d))),
            *(_matrix_cell(catalogue, d, year, here, in_full) for year in years),
        ))
        for d in catalogue.of_region(region)
    ]  # fmt: skip
    if in_full and region.deadlines:
        rows.insert(0, Row((cell(word("page", "deadline")), *_dues(region, years)), "ep-dues"))
    caption = word("page", "coverage_caption").format(region.name)
    caption += as_of_words(catalogue, catalogue.of_region(region), years)
    return Grid(f"coverage-{region.id}", caption, columns, tuple(rows), style="ep-matrix",
                source=source_words(region))  # fmt: skip


def _dues(region: Region, years: list[int]) -> list[Cell]:
    """The day that holds for all departments, year by year."""
    found = (region.deadline("", year, Kind.DEPARTMENT) for year in years)
    return [
        cell(str(deadline.due) if deadline else word("page", "no_deadline")) for deadline in found
    ]


def _matrix_cell(
    catalogue: Catalogue, department: Department, year: int, here: str, in_full: bool
) -> Cell:
    found = catalogue.coverage(department, year)
    label, days = word("coverage", found.status), days_words(found)
    shown = plain(label)
    if found.status in (*PUBLIC, Status.WITHDRAWN):
        title = f"{short_name(department, year)} {word('page', 'year').format(year)} {label}"
        href = link(here, Key(department.id, year).address)
        shown = Markup('<a href="{}" aria-label="{}">{}</a>').format(href, plain(title), shown)
    notes = [days, found.reason] if in_full else [days]
    for note in filter(None, notes):
        shown += days_note(note)
    return cell(shown, STATUS_STYLES[found.status])


# --- deadlines ----------------------------------------------------------------------------------


def _deadlines(catalogue: Catalogue, region: Region) -> list[str]:
    if not region.deadlines:
        return []
    names = ("year_column", "kinds", "departments", "due_day", "note")
    columns = tuple(Column(word("page", name)) for name in names)
    newest_first = sorted(region.deadlines, key=lambda d: -d.year)
    rows = tuple(_deadline_row(catalogue, deadline) for deadline in newest_first)
    caption = word("page", "deadlines_of").format(region.name)
    grid = Grid(f"deadlines-{region.id}", caption, columns, rows, source=source_words(region))
    return [
        f"### {plain(word('page', 'deadlines'))} {{#deadlines-of-{region.id}}}",
        str(grid.html()),
    ]


def _deadline_row(catalogue: Catalogue, deadline: Deadline) -> Row:
    known = catalogue.reference.departments
    named = [short_name(known[name], deadline.year) for name in deadline.departments]
    shown = word("page", "year").format(deadline.year)
    has_page = deadline.year in catalogue.years
    return Row((
        cell(anchor(ADDRESS, f"years/{deadline.year}/", shown) if has_page else shown),
        cell("、".join(words("short_kinds")[kind] for kind in deadline.kinds)),
        cell("、".join(named) or word("page", "all_departments")),
        cell(str(deadline.due)),
        cell(deadline.note),
    ))  # fmt: skip


# --- late and outstanding -----------------------------------------------------------------------


def _late(catalogue: Catalogue, region: Region, years: list[int]) -> list[str]:
    rows = [row for year in years for row in late_rows(catalogue, region, year, ADDRESS)]
    heading = f"### {plain(word('page', 'late'))} {{#late-of-{region.id}}}"
    if not region.deadlines or not rows:
        return [heading, f"<p>{plain(word('page', 'none_late'))}</p>"] if region.deadlines else []
    caption = word("page", "late_of").format(region.name)
    caption += as_of_words(catalogue, catalogue.of_region(region), years)
    return [heading, str(late_grid(region, f"late-{region.id}", caption, rows).html())]


def outstanding(catalogue: Catalogue, region: Region, year: int, here: str) -> list[str]:
    """What of one year came late or is missing; where no deadline is set, only if anything is."""
    rows = late_rows(catalogue, region, year, here)
    heading = f"### {plain(word('page', 'late'))} {{#late-{region.id}}}"
    if rows:
        caption = word("page", "late_of_year").format(region=region.name, year=year)
        caption += as_of_words(catalogue, catalogue.of_region(region), [year])
        return [heading, str(late_grid(region, f"late-of-{region.id}", caption, rows).html())]
    has_deadline = any(deadline.year == year for deadline in region.deadlines)
    return [heading, f"<p>{plain(word('page', 'none_late'))}</p>"] if has_deadline else []


def late_grid(region: Region, name: str, caption: str, rows: list[Row]) -> Grid:
    """The table of what of a region came late or is outstanding."""
    columns = (
        Column(word("page", "report"), key="report"), Column(word("page", "status")),
        Column(word("page", "due_day"), key="due"),
        Column(word("page", "published_on"), key="published"),
        Column(word("page", "days_late"), numeric=True, key="days"),
    )  # fmt: skip
    return Grid(
        name, caption, columns, tuple(rows), counted=word("page", "copies"),
        filters={"year": word("page", "year_column"), "status": word("facets", "status")},
        source=source_words(region),
    )  # fmt: skip


def late_rows(catalogue: Catalogue, region: Region, year: int, here: str) -> list[Row]:
    """What came late or is outstanding of a year, longest first; projects after departments."""
    found: list[tuple[Coverage, Department, Assessment | None]] = []
    for department in catalogue.of_region(region):
        found.append((catalogue.coverage(department, year), department, None))
        found += [
            (catalogue.coverage_of(other), department, other)
            for other in catalogue.others(department.id, year)
        ]
    late = [entry for entry in found if _is_late(entry[0])]
    late.sort(key=lambda entry: (entry[2] is not None, -(entry[0].days or 0)))
    return [_late_row(*entry, year, here) for entry in late]


def _is_late(coverage: Coverage) -> bool:
    late = coverage.punctuality in (Punctuality.LATE, Punctuality.OVERDUE)
    return late or (coverage.status in OUTSTANDING and coverage.is_due)


def _late_row(
    coverage: Coverage, department: Department, other: Assessment | None, year: int, here: str
) -> Row:
    name = f"{short_name(department, year)}{word('page', 'year').format(year)}"
    title = plain(name)
    if other:
        shown = other.report.content.project_name or other.report.title
        title = anchor(here, other.key.address, f"{name} {shown}")
    elif coverage.status in PUBLIC:
        title = anchor(here, Key(department.id, year).address, name)
    published = coverage.day if coverage.status in PUBLIC else None
    days = coverage.days if (coverage.days or 0) > 0 else None
    cells = (
        cell(title),
        cell(status_words(coverage), STATUS_STYLES[coverage.status]),
        cell(str(coverage.deadline.due) if coverage.deadline else None),
        cell(str(published) if published else None),
        number_cell(days),
    )
    year_words = word("page", "year").format(year)
    return Row(cells, facets={"year": year_words, "status": status_facet(coverage)})
