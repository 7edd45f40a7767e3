"""4 write: the pages that lead to reports: home, departments, years, one department, one year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from markupsafe import Markup

from evalpress.assess import BUDGET_ROLES, Assessment, Catalogue, Status, YearTotals
from evalpress.frame import (
    Figure,
    Page,
    anchor,
    entry,
    home_entry,
    list_entry,
    page_meta,
    panel,
    provenance_of,
    search_meta,
    short_name,
    stamp_of,
)
from evalpress.grids import Cell, Column, Grid, Row, amount, cell, number_cell
from evalpress.markup import link, plain, render
from evalpress.model import Department, FundColumnRole, Provenance, Region
from evalpress.wording import word

LATEST = 10


def home_page(catalogue: Catalogue, intro: str) -> Page:
    """What the site is, the newest year's figures, the latest publications, the matrix."""
    title = word("page", "home_title")
    here = ""
    parts = [
        render("hero.md.j2", intro=Markup(intro.strip()) or Markup(f"# {plain(title)}")),
        *(_region_figures(catalogue, region, here) for region in catalogue.regions),
        _latest(catalogue, here),
        *(_matrix(catalogue, region, here) for region in catalogue.regions),
    ]
    meta = page_meta("home", title, tags=_column_tags(title))
    return Page(here, title, "\n\n".join(str(p) for p in parts if p), meta)


def _region_figures(catalogue: Catalogue, region: Region, here: str) -> str:
    years = catalogue.region_years(region)
    if not years:
        return ""
    year = years[0]
    title = word("page", "region_year").format(region=region.name, year=year)
    heading = f"## {plain(title)} {{#figures-{region.id}}}"
    note = _region_note(region)
    figures = panel(year_figures(catalogue.totals(region, year)))
    more = anchor(here, f"years/{year}/", word("page", "see_year").format(year))
    return "\n\n".join(
        filter(None, [heading, note, str(figures), f'<p class="ep-more">{more}</p>'])
    )


def _latest(catalogue: Catalogue, here: str) -> str:
    newest = catalogue.newest_first[:LATEST]
    if not newest:
        return ""
    entries = [
        {
            "href": link(here, a.key.address),
            "title": a.report.title,
            "date": f"{a.report.content.first_published:%Y-%m-%d}",
        }
        for a in newest
    ]
    heading = f"## {plain(word('page', 'latest'))} {{#latest}}"
    return f"{heading}\n\n{render('latest.html.j2', entries=entries)}"


def _matrix(catalogue: Catalogue, region: Region, here: str) -> str:
    years = catalogue.region_years(region)
    if not years:
        return ""
    columns = (Column(word("page", "department")), *(Column(str(y)) for y in years))
    rows = [
        Row((
            cell(anchor(here, f"{d.id}/", short_name(d))),
            *(_status_cell(catalogue, d, year, here) for year in years),
        ))
        for d in catalogue.of_region(region)
    ]  # fmt: skip
    title = word("page", "coverage").format(region.name)
    caption = word("page", "coverage_caption").format(region.name)
    grid = Grid(f"coverage-{region.id}", caption, columns, tuple(rows), style="ep-matrix")
    return f"## {plain(title)} {{#matrix-{region.id}}}\n\n{grid.html()}"


def _status_cell(catalogue: Catalogue, department: Department, year: int, here: str) -> Cell:
    status = catalogue.status(department, year)
    text: object = word("coverage", status)
    if status in (Status.PUBLISHED, Status.PREVIEW):
        found = catalogue.overall(department.id, year)
        assert found is not None
        label = word("coverage", status)
        title = f"{short_name(department, year)} {word('page', 'year').format(year)}"
        text = Markup('<a href="{}" aria-label="{}">{}</a>').format(
            link(here, found.key.address), f"{title} {label}", label
        )
    return cell(text, _MATRIX_STYLES[status])


def departments_page(catalogue: Catalogue) -> Page:
    """All departments by region and group, with the names that people use."""
    title, here = word("page", "departments_title"), "departments/"
    parts: list[str] = [f"# {plain(title)}"]
    for region in catalogue.regions:
        parts += [f"## {plain(region.name)} {{#{region.id}}}", _region_note(region)]
        parts.append(str(_departments_grid(catalogue, region, here).html()))
    meta = _list_meta("departments", title)
    return Page(here, title, "\n\n".join(p for p in parts if p), meta)


def _departments_grid(catalogue: Catalogue, region: Region, here: str) -> Grid:
    rows: list[Row] = []
    columns = [
        Column(word("page", k))
        for k in ("department", "other_names", "budget_code", "newest_report")
    ]
    columns.append(Column(word("page", "report_count"), numeric=True))
    groups: dict[str, list[Department]] = {}
    for department in catalogue.of_region(region):
        groups.setdefault(department.group or "", []).append(department)
    for group, members in groups.items():
        if group:
            rows.append(Row(group=group))
        rows += [_department_row(catalogue, d, here) for d in members]
    caption = word("page", "departments_of").format(region.name)
    return Grid(f"departments-{region.id}", caption, tuple(columns), tuple(rows), cards=True)


def _department_row(catalogue: Catalogue, department: Department, here: str) -> Row:
    keys = [k for k in catalogue.assessments if k.department == department.id]
    newest = max((k for k in keys if not k.slug), default=None, key=lambda k: k.year)
    shown = (
        anchor(here, newest.address, word("page", "year").format(newest.year)) if newest else None
    )
    names = [name for name in department.all_names() if name != department.current.name]
    return Row((
        cell(anchor(here, f"{department.id}/", department.current.name)), cell("、".join(names)),
        cell(department.budget_code), cell(shown), number_cell(len(keys)),
    ))  # fmt: skip


def years_page(catalogue: Catalogue) -> Page:
    """All years, newest first, by region."""
    title, here = word("page", "years_title"), "years/"
    parts: list[str] = [f"# {plain(title)}"]
    columns = [Column(word("page", "year_column"))]
    columns += [
        Column(word("page", k), numeric=True)
        for k in (
            "published_count",
            "due",
            "project_count",
            "total_budget",
            "total_executed",
            "rate",
        )
    ]
    for region in catalogue.regions:
        rows = []
        for year in catalogue.region_years(region):
            totals = catalogue.totals(region, year)
            shown = word("page", "year").format(year)
            rows.append(Row((
                cell(anchor(here, f"years/{year}/", shown)), number_cell(totals.published),
                number_cell(totals.due), number_cell(totals.projects), number_cell(totals.budget),
                number_cell(totals.executed), number_cell(totals.rate, "%"),
            )))  # fmt: skip
        if rows:
            unit = catalogue.totals(region, catalogue.region_years(region)[0]).unit
            caption = word("page", "years_of").format(region.name)
            caption += word("page", "unit_note").format(unit) if unit else ""
            grid = Grid(f"years-{region.id}", caption, tuple(columns), tuple(rows), cards=True)
            parts += [
                f"## {plain(region.name)} {{#{region.id}}}",
                _region_note(region),
                str(grid.html()),
            ]
    return Page(here, title, "\n\n".join(p for p in parts if p), _list_meta("years", title))


def year_page(catalogue: Catalogue, year: int) -> Page:
    """Every department's report of one year, region by region."""
    here, title = f"years/{year}/", word("page", "year_title").format(year)
    parts: list[str] = [f"# {plain(title)}"]
    for region in catalogue.regions:
        if year in catalogue.region_years(region):
            parts += _year_of_region(catalogue, region, year, here)
    at = catalogue.years.index(year)
    earlier = catalogue.years[at + 1] if at + 1 < len(catalogue.years) else None
    later = catalogue.years[at - 1] if at else None
    meta = _list_meta(
        "year", title, breadcrumbs=[home_entry(), list_entry("years/")],
        previous=_year_entry(earlier), next=_year_entry(later),
    )  # fmt: skip
    return Page(here, title, "\n\n".join(p for p in parts if p), meta)


def _year_of_region(catalogue: Catalogue, region: Region, year: int, here: str) -> list[str]:
    totals = catalogue.totals(region, year)
    caption = word("page", "reports_of").format(region=region.name, year=year)
    caption += word("page", "unit_note").format(totals.unit) if totals.unit else ""
    columns = [Column(word("page", "department")), *_figure_columns()]
    columns += [Column(word("page", "project_reports"), numeric=True)]
    rows = [
        _year_row(catalogue, d, year, here)
        for d in catalogue.of_region(region)
        if catalogue.status(d, year) is not Status.ABSENT
    ]
    grid = Grid(f"reports-{region.id}", caption, tuple(columns), tuple(rows), cards=True)
    schemes = dict.fromkeys(
        a.scheme.name
        for d in catalogue.of_region(region)
        if (a := catalogue.overall(d.id, year)) and a.scheme
    )
    note = word("page", "scheme_note").format("、".join(schemes)) if schemes else ""
    return [
        f"## {plain(region.name)} {{#{region.id}}}",
        _region_note(region),
        str(panel(year_figures(totals))),
        str(grid.html()),
        f'<p class="ep-note">{plain(note)}</p>' if note else "",
    ]


def _year_row(catalogue: Catalogue, department: Department, year: int, here: str) -> Row:
    found = catalogue.overall(department.id, year)
    name = cell(anchor(here, f"{department.id}/", short_name(department, year)))
    projects = number_cell(len(catalogue.others(department.id, year)))
    if found is None:
        blanks = (cell(None),) * 7
        return Row(
            (name, _unpublished(catalogue, department, year), *blanks, projects), "ep-missing"
        )
    return Row(
        (name, *_figure_cells(found, here, word("short_kinds", found.report.kind)), projects)
    )


def department_page(catalogue: Catalogue, department: Department) -> Page:
    """A department's history: every year in one table, newest first, then its other documents."""
    here, title = f"{department.id}/", department.current.name
    region = catalogue.reference.regions[department.region]
    years = [
        y
        for y in catalogue.region_years(region)
        if catalogue.status(department, y) != Status.ABSENT
    ]
    columns = [Column(word("page", "year_column")), *_figure_columns()]
    rows = [_history_row(catalogue, department, year, here) for year in years]
    caption = word("page", "history").format(title) + _unit_note(catalogue.history(department.id))
    grid = Grid("history", caption, tuple(columns), tuple(rows), cards=True)
    parts = [
        f"# {plain(title)}",
        render("details.html.j2", details=_department_record(catalogue, department)),
        f"## {plain(word('page', 'history_heading'))} {{#reports}}",
        grid.html() if rows else f"<p>{plain(word('page', 'no_reports'))}</p>",
        *_other_documents(catalogue, department, here),
    ]
    filters = {"department": short_name(department), "kind": word("page", "department")}
    meta = _list_meta(
        "department", title, breadcrumbs=[home_entry(), list_entry("departments/")],
        provenance=provenance_of(region.provenance, region.note),
        search=search_meta(filters),
    )  # fmt: skip
    return Page(here, title, "\n\n".join(str(p) for p in parts if p), meta)


def _department_record(catalogue: Catalogue, department: Department) -> dict[str, str]:
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
    return {word("page", key): text for key, text in entries.items() if text}


def _history_row(catalogue: Catalogue, department: Department, year: int, here: str) -> Row:
    found = catalogue.overall(department.id, year)
    year_cell = cell(anchor(here, f"years/{year}/", word("page", "year").format(year)))
    if found is None:
        blanks = (cell(None),) * 7
        return Row((year_cell, _unpublished(catalogue, department, year), *blanks), "ep-missing")
    shown = department.named_in(year).short or word("short_kinds", found.report.kind)
    if len(department.names) == 1:
        shown = word("short_kinds", found.report.kind)
    return Row((year_cell, *_figure_cells(found, here, shown)))


def _other_documents(catalogue: Catalogue, department: Department, here: str) -> list[str]:
    found = [
        a
        for a in catalogue.assessments.values()
        if a.key.department == department.id and a.key.slug
    ]
    if not found:
        return []
    found.sort(key=lambda a: (-a.key.year, a.key.slug))
    columns = [Column(word("page", "year_column")), *_figure_columns()]
    rows = [
        Row((
            cell(word("page", "year").format(a.key.year)),
            *_figure_cells(a, here, a.report.content.project_name or a.report.title),
        ))
        for a in found
    ]  # fmt: skip
    title = word("page", "project_heading")
    caption = word("page", "project_caption") + _unit_note(found)
    grid = Grid("projects", caption, tuple(columns), tuple(rows), head=1, cards=True)
    return [f"## {plain(title)} {{#project-reports}}", str(grid.html())]


def year_figures(totals: YearTotals) -> list[Figure]:
    """Key figures of a region and year."""
    figures = [
        Figure(
            word("page", "published_count"), str(totals.published), word("page", "copies"),
            word("page", "of_due").format(totals.due),
        )
    ]  # fmt: skip
    if totals.projects:
        figures.append(
            Figure(word("page", "project_count"), str(totals.projects), word("page", "copies"))
        )
    covered = word("page", "covers").format(totals.counted)
    for name, value in (("total_budget", totals.budget), ("total_executed", totals.executed)):
        if value is not None:
            figures.append(Figure(word("page", name), _grouped(value), totals.unit, covered))
    if totals.rate is not None:
        note = word("page", "rate_of_sums")
        figures.append(Figure(word("page", "rate"), amount(totals.rate), "%", note))
    if totals.grades:
        graded = sum(totals.grades.values())
        best = totals.grades.get("excellent", 0)
        note = word("page", "of_graded").format(graded)
        figures.append(
            Figure(word("page", "excellent_count"), str(best), word("page", "copies"), note)
        )
    return figures


def _grouped(value: Decimal) -> str:
    """A sum with thousands separators, for the eye; it is the program's own figure."""
    return f"{value:,f}"


def _figure_columns() -> list[Column]:
    names = ("self_score", "full_marks", "grade", "budget_column", "executed_column", "rate")
    return [
        Column(word("page", "report")),
        *(Column(word("page", n), numeric=n != "grade") for n in names),
        Column(word("page", "published_on")),
    ]


def _figure_cells(assessment: Assessment, here: str, shown: str) -> tuple[Cell, ...]:
    money = assessment.money
    published = assessment.report.content.first_published
    budget = money.get(*BUDGET_ROLES, FundColumnRole.APPROPRIATED) if money else None
    executed = money.get(FundColumnRole.EXECUTED) if money else None
    stamp = stamp_of(assessment.report)
    title = anchor(here, assessment.key.address, shown)
    if stamp:
        title += Markup(' <span class="ep-badge">') + plain(stamp["word"]) + Markup("</span>")
    return (
        cell(title),
        number_cell(assessment.score),
        number_cell(assessment.full_marks),
        cell(assessment.grade_word),
        number_cell(budget),
        number_cell(executed),
        number_cell(assessment.rate.value if assessment.rate else None, "%"),
        cell(f"{published:%Y-%m-%d}" if published else None),
    )


def _unit_note(assessments: list[Assessment]) -> str:
    """The unit of the amounts in a table's caption, where all have the same."""
    units = {a.money.unit for a in assessments if a.money}
    return word("page", "unit_note").format(units.pop()) if len(units) == 1 else ""


def _unpublished(catalogue: Catalogue, department: Department, year: int) -> Cell:
    status = catalogue.status(department, year)
    exemption = department.exemption(year)
    text = word("coverage", status) + (f"：{exemption.reason}" if exemption else "")
    return cell(text, _MATRIX_STYLES[status])


_MATRIX_STYLES = {
    Status.PUBLISHED: "ep-yes",
    Status.PREVIEW: "ep-preview",
    Status.PARTIAL: "ep-exempt",
    Status.MISSING: "ep-no",
    Status.EXEMPT: "ep-exempt",
    Status.ABSENT: "ep-none",
}


def _region_note(region: Region) -> str:
    """Says what the region's data are, where they are not simply real."""
    if region.provenance is Provenance.REAL:
        return ""
    label = Markup('<span class="ep-badge">') + plain(
        word("provenances", region.provenance, "word")
    )
    note = region.note or word("provenances", region.provenance, "note")
    return f'<p class="ep-note">{label}</span> {plain(note)}</p>'


def _column_tags(title: str) -> dict[str, str]:
    return {
        "ColumnName": title,
        "ColumnDescription": title,
        "ColumnKeywords": word("page", "column_keywords"),
        "ColumnType": word("page", "column_type"),
        "keywords": word("page", "column_keywords"),
        "description": title,
    }


def _list_meta(kind: str, title: str, **values: Any) -> dict[str, Any]:
    shared: dict[str, Any] = {"breadcrumbs": [home_entry()], "tags": _column_tags(title)}
    return page_meta(kind, title, **{**shared, **values})


def _year_entry(year: int | None) -> dict[str, str] | None:
    return entry(word("page", "year").format(year), f"years/{year}/") if year else None
