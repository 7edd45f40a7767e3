"""4 write: the list of departments, and the page of each."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from evalpress.assess import Assessment, Catalogue
from evalpress.assess.lineage import Passing, lineage, predecessors
from evalpress.assess.punctuality import Status
from evalpress.assess.targets import targets
from evalpress.assess.trends import History, department_history
from evalpress.model import Department, Region
from evalpress.pages.attainment import targets_cell, targets_column
from evalpress.pages.books import department_books, offers
from evalpress.pages.figures import Setting
from evalpress.pages.frame import (
    Page,
    anchor,
    home_entry,
    list_entry,
    panel,
    provenance_of,
    short_name,
)
from evalpress.pages.grids import Column, Grid, Row, cell, number_cell
from evalpress.pages.histories import (
    folded,
    followed_indicators,
    linked,
    passing_words,
    since_last,
    successor_note,
)
from evalpress.pages.history_charts import Medians, history_charts, indicator_charts, trends_part
from evalpress.pages.problems import register_link
from evalpress.pages.reports import report_figures
from evalpress.pages.rows import (
    as_of_words,
    figure_cells,
    figure_columns,
    list_frame,
    named_cell,
    region_note,
    several_sources,
    source_words,
    unit_note,
    unpublished,
)
from evalpress.text.markup import plain, render
from evalpress.wording import word


def departments_page(catalogue: Catalogue) -> Page:
    """All departments by region and group, with the names that people use."""
    title, here = word("page", "departments_title"), "departments/"
    parts: list[str] = [f"# {plain(title)}"]
    for region in catalogue.regions:
        parts += [f"## {plain(region.name)} {{#{region.id}}}", region_note(region)]
        parts.append(str(_departments_grid(catalogue, region, here).html()))
    frame = list_frame("departments", title)
    return Page(here, title, "\n\n".join(p for p in parts if p), frame)


def _departments_grid(catalogue: Catalogue, region: Region, here: str) -> Grid:
    rows: list[Row] = []
    columns = [
        Column(word("page", k))
        for k in ("department", "other_names", "budget_code", "newest_report")
    ]
    columns += [Column(word("page", "grade")), Column(word("page", "rate"), numeric=True)]
    columns.append(targets_column())
    columns.append(Column(word("page", "report_count"), numeric=True))
    groups: dict[str, list[Department]] = {}
    for department in catalogue.of_region(region):
        groups.setdefault(department.group or "", []).append(department)
    for group, members in groups.items():
        if group:
            rows.append(Row(group=group))
        rows += [_department_row(catalogue, d, here) for d in members]
    caption = word("page", "departments_of").format(region.name)
    return Grid(f"departments-{region.id}", caption, tuple(columns), tuple(rows),
                source=source_words(region))  # fmt: skip


def _department_row(catalogue: Catalogue, department: Department, here: str) -> Row:
    keys = [k for k in catalogue.assessments if k.department == department.id]
    newest = max((k for k in keys if not k.slug), default=None, key=lambda k: k.year)
    shown = (
        anchor(here, newest.address, word("page", "year").format(newest.year)) if newest else None
    )
    names = [name for name in department.all_names() if name != department.current.name]
    found = catalogue.assessments[newest] if newest else None
    own = anchor(here, f"{department.id}/", department.current.name)
    return Row((
        named_cell(found, short_name(department), own), cell("、".join(names)),
        cell(department.budget_code), cell(shown),
        cell(found.grade_word if found else None),
        number_cell(found.rate.percent if found and found.rate else None, "%"),
        targets_cell(targets(found.report) if found else None), number_cell(len(keys)),
    ))  # fmt: skip


def department_page(
    catalogue: Catalogue, department: Department, medians: Medians | None = None
) -> Page:
    """A department's history: every year in one table, newest first, then its other documents.
    `medians` are those of the departments that it can be compared with, by year."""
    here, title = f"{department.id}/", department.current.name
    region = catalogue.reference.regions[department.region]
    found = department_history(catalogue, department)
    years = [
        y
        for y in catalogue.region_years(region)
        if catalogue.status(department, y) != Status.ABSENT
    ]
    columns = [Column(word("page", "year_column")), *figure_columns()]
    rows = [_history_row(catalogue, department, year, here) for year in years]
    rows += _predecessor_rows(catalogue, found, here)
    caption = word("page", "history").format(title) + unit_note(catalogue.history(department.id))
    caption += as_of_words(catalogue, [department], years)
    absent = [str(y) for y in sorted(catalogue.region_years(region)) if y not in years]
    note = word("page", "without_years").format("、".join(absent)) if absent else ""
    grid = Grid("history", caption, tuple(columns), tuple(rows), style="ep-history", note=note,
                source=source_words(region))  # fmt: skip
    setting = Setting(here, department.id, title, source_words(region))
    drawn = history_charts(setting, found, medians or {})
    each = indicator_charts(setting, found)
    parts = [
        f"# {plain(title)}",
        _newest_figures(found),
        successor_note(catalogue, found, here),
        folded(
            word("page", "unfold_record"),
            render("details.html.j2", details=_department_record(catalogue, found)),
        ),
        trends_part(drawn),
        f"## {plain(word('page', 'history_heading'))} {{#reports}}",
        grid.html() if rows else f"<p>{plain(word('page', 'no_reports'))}</p>",
        since_last(found, here),
        register_link(catalogue, department, here),
        *_other_documents(catalogue, department, here),
        followed_indicators(found, each.html if each else ""),
    ]
    frame = list_frame(
        "department", title, breadcrumbs=[home_entry(), list_entry("departments/")],
        provenance=provenance_of(region.provenance, region.note),
        books=offers(department_books(catalogue, department)),
    )  # fmt: skip
    text = "\n\n".join(str(p) for p in parts if p)
    charts = tuple(shown.file for shown in (*drawn, each) if shown)
    return Page(here, title, text, frame, charts=charts)


def _newest_figures(found: History) -> str:
    """The key figures of the newest report, under its year."""
    if not found.reports:
        return ""
    newest = found.reports[-1]
    year = word("page", "year").format(newest.key.year)
    link = anchor(f"{found.department.id}/", newest.key.address, newest.report.title)
    shown = panel(report_figures(newest))
    return f'<p class="ep-newest">{plain(year)}　{link}</p>\n\n{shown}' if shown else ""


def _department_record(catalogue: Catalogue, found: History) -> dict[str, str | Markup]:
    department = found.department
    former = [
        f"{n.name}（{word('page', 'until').format(n.until)}）" if n.until else n.name
        for n in department.names[:-1]
    ]
    others = [name for name in (department.current.short, *department.aliases) if name]
    parents = [
        catalogue.reference.departments[p.id].current.name
        for p in department.parents
        if p.id in catalogue.reference.departments
    ]
    entries = {
        "region": catalogue.reference.regions[department.region].name,
        "group": department.group,
        "budget_code": department.budget_code,
        "other_names": "、".join(dict.fromkeys(others)),
        "former_names": "、".join(former),
        "parents": "、".join(parents),
        "units": "、".join(u.name for u in department.units),
        "established": str(department.established or ""),
        "abolished": str(department.abolished or ""),
    }
    record: dict[str, str | Markup]
    record = {word("page", key): text for key, text in entries.items() if text}
    for passing in found.passings:
        gives = passing.giver is department
        key = word("trends", _RECORD[gives, passing.whole])
        shown = _dated(passing.taker if gives else passing.giver, passing, department)
        record[key] = Markup("、").join([record[key], shown] if key in record else [shown])
    return record


# What a passing is called on the page of who gives and of who takes; all duties, or some.
_RECORD = {
    (True, True): "went_to", (True, False): "gave",
    (False, True): "came_from", (False, False): "got",
}  # fmt: skip


def _dated(other: Department, passing: Passing, here: Department) -> Markup:
    """The name of the other department, as a link, with the date."""
    text = word("trends", "since").format(name=other.current.name, date=passing.by.since)
    return linked(text, other, f"{here.id}/")


def _history_row(catalogue: Catalogue, department: Department, year: int, here: str) -> Row:
    found = catalogue.overall(department.id, year)
    shown = anchor(here, f"years/{year}/", word("page", "year").format(year))
    year_cell = named_cell(found, short_name(department, year), shown)
    if found is None:
        blanks = (cell(None),) * 8
        return Row((year_cell, unpublished(catalogue, department, year), *blanks), "ep-missing")
    title = word("short_kinds", found.report.kind)
    if len(department.names) > 1 or here != f"{department.id}/":
        title = short_name(department, year)
    return Row((year_cell, *figure_cells(found, here, title)))


def _predecessor_rows(catalogue: Catalogue, found: History, here: str) -> Iterator[Row]:
    """The years of the departments that became this one, and of those before them, under their
    own names."""
    for passing in lineage(catalogue, found.department, predecessors):
        kind = "predecessor" if passing.taker.id == found.department.id else "forebear"
        yield Row(group=passing_words(passing, kind, passing.giver))
        for report in reversed(department_history(catalogue, passing.giver).reports):
            yield _history_row(catalogue, passing.giver, report.key.year, here)


def _project_name(found: Assessment) -> str:
    return found.report.content.project_name or found.report.title


def _other_documents(catalogue: Catalogue, department: Department, here: str) -> list[str]:
    found = [
        a
        for a in catalogue.assessments.values()
        if a.key.department == department.id and a.key.slug
    ]
    if not found:
        return []
    found.sort(key=lambda a: (-a.key.year, a.key.slug))
    columns = [Column(word("page", "year_column")), *figure_columns()]
    rows = [
        Row((
            named_cell(a, _project_name(a), plain(word("page", "year").format(a.key.year))),
            *figure_cells(a, here, _project_name(a)),
        ))
        for a in found
    ]  # fmt: skip
    title = word("page", "project_heading")
    caption = word("page", "project_caption") + unit_note(found)
    grid = Grid("projects", caption, tuple(columns), tuple(rows), head=1,
                source=several_sources(found))  # fmt: skip
    return [f"## {plain(title)} {{#project-reports}}", str(grid.html())]
