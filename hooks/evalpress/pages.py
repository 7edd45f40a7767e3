"""4 write: Catalogue -> the Markdown pages of the site, all of them pure functions of the data.

Addresses end with a slash and are relative to the site's root; a page's source is its address plus
index.md. What the theme shows around the text (breadcrumbs, download, neighbours) is in `meta`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from evalpress.assess import Assessment, Catalogue, Status, YearTotals
from evalpress.attachments import address as attachment_address
from evalpress.attachments import size_words
from evalpress.body import write_body
from evalpress.grids import Cell, Column, Grid, Row, amount, cell, number_cell
from evalpress.markup import link, plain, render
from evalpress.model import (
    Department,
    FundColumnRole,
    Provenance,
    PublicReport,
    Region,
    State,
)
from evalpress.places import describe
from evalpress.wording import word

LATEST = 10
BUDGETS = (FundColumnRole.BUDGET, FundColumnRole.INITIAL)


@dataclass(frozen=True)
class Page:
    """A page: its address, its title, its Markdown, and what the theme needs to frame it."""

    address: str
    title: str
    markdown: str
    meta: dict[str, Any] = field(default_factory=dict)
    report: PublicReport | None = None

    @property
    def source(self) -> str:
        return f"{self.address}index.md"


@dataclass(frozen=True)
class Figure:
    """A key figure of a panel."""

    name: str
    value: str
    unit: str = ""
    note: str = ""


def write(
    catalogue: Catalogue, intro: str = "", sizes: Mapping[str, int] | None = None
) -> list[Page]:
    """All generated pages. `intro` is docs/index.md's Markdown, `sizes` the attachments' bytes."""
    return [
        home_page(catalogue, intro),
        departments_page(catalogue),
        years_page(catalogue),
        *(year_page(catalogue, year) for year in catalogue.years),
        *(department_page(catalogue, d) for d in catalogue.departments),
        *(report_page(catalogue, a, sizes or {}) for a in catalogue.assessments.values()),
    ]


# --- a report -----------------------------------------------------------------------------------


def report_page(catalogue: Catalogue, assessment: Assessment, sizes: Mapping[str, int]) -> Page:
    """A report: head, key figures, body, corrections, attachments, signature."""
    report = assessment.report
    parts = [
        _report_title(report),
        render("details.html.j2", details=_record(assessment)),
        _summary(report),
        _panel(report_figures(assessment)),
        _original(report, sizes),
        write_body(catalogue, assessment),
        _corrections(report),
        _attachments(report, sizes),
        _signature(report),
    ]
    meta = _meta(
        "project" if report.key.slug else "report", report.title,
        breadcrumbs=_report_breadcrumbs(assessment),
        stamp=_stamp(report),
        provenance=_provenance(report.provenance, report.content.provenance_note),
        pdf={
            "url": f"{report.key.address}{report.key.name}.pdf",
            "download": f"{report.title}.pdf",
        },
        related=_related(catalogue, assessment),
        tags=_report_tags(assessment),
        search=_search(
            {
                "year": str(report.key.year),
                "department": _short(assessment.department, report.key.year),
                "kind": word("short_kinds", report.kind),
            }
        ),
        **_neighbours(catalogue, assessment),
    )  # fmt: skip
    body = "\n\n".join(str(part) for part in parts if part)
    return Page(report.key.address, report.title, body, meta, report)


def _report_title(report: PublicReport) -> str:
    note = report.content.title_note
    shown = Markup('<span class="ep-title-note">') + plain(note) + Markup("</span>") if note else ""
    title = f"# {plain(report.title)}{shown}"
    if subtitle := report.content.subtitle:
        return f'{title}\n\n<p class="ep-subtitle">{plain(subtitle)}</p>'
    return title


def _record(assessment: Assessment) -> dict[str, str]:
    """The public-information head: the main entries always, the others where they are given."""
    content, report = assessment.report.content, assessment.report
    info = content.public_info
    missing = word("page", "not_stated")
    published, archived = content.first_published, report.state is State.ARCHIVED
    main = {
        "department": assessment.department_name,
        "index_number": info.index_number or missing,
        "publisher": info.publisher or missing,
        "issued": str(info.issued or missing),
        "first_published": f"{published:%Y-%m-%d %H:%M}" if published else missing,
        "document_number": info.document_number or missing,
        "validity": info.validity or (word("states", "archived") if archived else missing),
    }
    optional = {
        "version": _version(report),
        "kind": word("kinds", report.kind),
        "number": content.number,
        "project_name": content.project_name,
        "project_code": content.project_code,
        "authority": content.authority,
        "unit": content.unit,
        "topic": info.topic,
        "genre": info.genre,
        "group": info.group,
        "disclosure": info.disclosure,
        "scope": info.scope,
        "source": info.source,
        "author": info.author,
        "keywords": "、".join(info.keywords),
    }
    entries = {**main, **{key: text for key, text in optional.items() if text}}
    return {word("record", key): text for key, text in entries.items()}


def _version(report: PublicReport) -> str:
    content = report.content
    dates = [str(c.date) for c in content.corrections if c.date]
    if not content.corrections:
        return word("page", "version").format(content.version) if content.version > 1 else ""
    corrected = (
        word("page", "corrected").format(dates[-1]) if dates else word("page", "corrected_undated")
    )
    return word("page", "version").format(content.version) + corrected


def _summary(report: PublicReport) -> str:
    summary = report.content.public_info.summary
    return f'<p class="ep-lead">{plain(summary)}</p>' if summary else ""


def report_figures(assessment: Assessment) -> list[Figure]:
    """What a reader wants first: score, grade, execution rate, money; only what there is."""
    return [*_score_figures(assessment), *_money_figures(assessment)]


def _score_figures(assessment: Assessment) -> list[Figure]:
    figures: list[Figure] = []
    if assessment.score is not None:
        whole = assessment.full_marks
        note = (
            word("page", "of_full_marks").format(amount(whole))
            if whole is not None
            else word("page", "no_full_marks")
        )
        figures.append(
            Figure(
                word("page", "self_score"), amount(assessment.score), word("page", "points"), note
            )
        )
    if assessment.grade_word:
        figures.append(Figure(word("page", "grade"), assessment.grade_word))
    if assessment.rate:
        note = word("page", "rate_computed" if assessment.rate.computed else "rate_written")
        figures.append(Figure(word("page", "rate"), amount(assessment.rate.value), "%", note))
    return figures


def _money_figures(assessment: Assessment) -> list[Figure]:
    money = assessment.money
    if money is None:
        return []
    wanted = [
        next((role for role in BUDGETS if role in money.amounts), FundColumnRole.APPROPRIATED),
        FundColumnRole.RECEIVED,
        FundColumnRole.EXECUTED,
    ]
    table = [role for role in wanted if role in money.amounts]
    return [
        Figure(word("fund_roles", role), amount(money.amounts[role]), money.unit) for role in table
    ]


def _panel(figures: list[Figure]) -> Markup | str:
    return render("panel.html.j2", figures=figures) if figures else ""


def _original(report: PublicReport, sizes: Mapping[str, int]) -> Markup | str:
    original = report.content.original
    if not original:
        return ""
    target = attachment_address(report.key, original.file)
    return render(
        "original.html.j2", href=link(report.key.address, target), name=original.file,
        note=original.note, kind=_file_kind(original.file, sizes.get(target)),
    )  # fmt: skip


def _corrections(report: PublicReport) -> str:
    corrections = report.content.corrections
    if not corrections:
        return ""
    columns = [
        Column(word("page", key))
        for key in ("date", "place", "old", "new", "reason", "correcting_office")
    ]
    rows = [
        Row((
            cell(c.date), cell(describe(c.place, report.content) if c.place else None), cell(c.old),
            cell(c.new), cell("\n".join(filter(None, (c.reason, c.note)))), cell(c.office),
        ))
        for c in corrections
    ]  # fmt: skip
    grid = Grid(
        "corrections-table", word("page", "corrections"), tuple(columns), tuple(rows), cards=True
    )
    heading = f"## {plain(word('page', 'corrections'))} {{#corrections}}"
    return f"{heading}\n\n{grid.html()}"


def _attachments(report: PublicReport, sizes: Mapping[str, int]) -> str:
    if not report.content.attachments:
        return ""
    entries = []
    for item in report.content.attachments:
        target = attachment_address(report.key, item.file) if item.file else ""
        entries.append(
            {
                "href": link(report.key.address, target) if target else "",
                "file": item.file,
                "name": f"{item.number}：{item.name}" if item.number else item.name,
                "kind": _file_kind(item.file, sizes.get(target)) if item.file else "",
                "note": "　".join(filter(None, ["、".join(item.units), item.note])),
            }
        )
    heading = f"## {plain(word('page', 'attachments'))} {{#attachments}}"
    return f"{heading}\n\n{render('attachments.html.j2', entries=entries)}"


def _file_kind(name: str, size: int | None) -> str:
    kind = name.rpartition(".")[2].upper()
    return f"{kind}，{size_words(size)}" if size else kind


def _signature(report: PublicReport) -> Markup | str:
    signature = report.content.signature
    return render("signature.html.j2", signature=signature) if signature else ""


def _report_breadcrumbs(assessment: Assessment) -> list[dict[str, str]]:
    key, department = assessment.key, assessment.department
    crumbs = [_home(), _crumb("departments/"), _entry(_short(department), f"{department.id}/")]
    if key.slug:
        title = word("page", "year").format(key.year)
        crumbs.append(_entry(title, f"{key.department}/{key.year}/"))
    return crumbs


def _stamp(report: PublicReport) -> dict[str, str] | None:
    if report.state is State.DRAFT:
        return {"word": word("stamps", "draft", "word"), "note": word("stamps", "draft", "note")}
    if report.embargoed and report.content.first_published:
        when = f"{report.content.first_published:%Y-%m-%d %H:%M}"
        note = word("stamps", "embargoed", "note").format(when=when)
        return {"word": word("stamps", "embargoed", "word"), "note": note}
    if report.state is State.ARCHIVED:
        return {
            "word": word("stamps", "archived", "word"),
            "note": word("stamps", "archived", "note"),
        }
    return None


def _provenance(provenance: Provenance, note: str | None = None) -> dict[str, str] | None:
    if provenance is Provenance.REAL:
        return None
    words = {key: word("provenances", provenance, key) for key in ("word", "note")}
    return {"id": str(provenance), **words, **({"note": note} if note else {})}


def _neighbours(catalogue: Catalogue, assessment: Assessment) -> dict[str, Any]:
    """The same document's earlier and later year."""
    history = catalogue.history(assessment.key.department, assessment.key.slug)
    at = history.index(assessment)
    found = {
        "previous": history[at - 1] if at else None,
        "next": history[at + 1] if at + 1 < len(history) else None,
    }
    return {
        name: _entry(word("page", "year").format(a.key.year), a.key.address) if a else None
        for name, a in found.items()
    }


def _related(catalogue: Catalogue, assessment: Assessment) -> list[dict[str, Any]]:
    key = assessment.key
    others = [a for a in catalogue.others(key.department, key.year) if a.key != key]
    overall = catalogue.overall(key.department, key.year) if key.slug else None
    groups = [
        ("overall_report", [overall] if overall else []),
        ("other_documents" if key.slug else "project_reports", others),
    ]
    return [
        {
            "heading": word("page", name),
            "links": [{**_entry(a.report.title, a.key.address), "note": _brief(a)} for a in found],
        }
        for name, found in groups
        if found
    ]


def _brief(assessment: Assessment) -> str:
    """Score and grade in a few words."""
    if assessment.score is None:
        return ""
    grade = f"，{assessment.grade_word}" if assessment.grade_word else ""
    return f"{amount(assessment.score)}{word('page', 'points')}{grade}"


def _report_tags(assessment: Assessment) -> dict[str, str]:
    content = assessment.report.content
    info, published = content.public_info, content.first_published
    keywords = info.keywords or (
        _short(assessment.department, assessment.key.year),
        word("page", "year").format(assessment.key.year),
        word("short_kinds", assessment.report.kind),
    )
    tags = {
        "ArticleTitle": assessment.report.title,
        "PubDate": f"{published:%Y-%m-%d %H:%M}" if published else "",
        "ContentSource": info.source or info.publisher or assessment.department_name,
        "Keywords": ",".join(keywords),
        "Description": info.summary or assessment.report.title,
        "ColumnName": _short(assessment.department),
        "ColumnType": word("page", "column_type"),
    }
    return {name: text for name, text in tags.items() if text}


# --- lists --------------------------------------------------------------------------------------


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
    meta = _meta("home", title, tags=_column_tags(title))
    return Page(here, title, "\n\n".join(str(p) for p in parts if p), meta)


def _region_figures(catalogue: Catalogue, region: Region, here: str) -> str:
    years = catalogue.region_years(region)
    if not years:
        return ""
    year = years[0]
    title = word("page", "region_year").format(region=region.name, year=year)
    heading = f"## {plain(title)} {{#figures-{region.id}}}"
    note = _region_note(region)
    panel = _panel(year_figures(catalogue.totals(region, year)))
    more = _anchor(here, f"years/{year}/", word("page", "see_year").format(year))
    return "\n\n".join(filter(None, [heading, note, str(panel), f'<p class="ep-more">{more}</p>']))


def _region_note(region: Region) -> str:
    """Says what the region's data are, where they are not simply real."""
    if region.provenance is Provenance.REAL:
        return ""
    label = Markup('<span class="ep-badge">') + plain(
        word("provenances", region.provenance, "word")
    )
    note = region.note or word("provenances", region.provenance, "note")
    return f'<p class="ep-note">{label}</span> {plain(note)}</p>'


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


_MATRIX_STYLES = {
    Status.PUBLISHED: "ep-yes",
    Status.PREVIEW: "ep-preview",
    Status.MISSING: "ep-no",
    Status.EXEMPT: "ep-exempt",
    Status.ABSENT: "ep-none",
}


def _matrix(catalogue: Catalogue, region: Region, here: str) -> str:
    years = catalogue.region_years(region)
    if not years:
        return ""
    columns = (Column(word("page", "department")), *(Column(str(y)) for y in years))
    rows = [
        Row((
            cell(_anchor(here, f"{d.id}/", _short(d))),
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
        title = f"{_short(department, year)} {word('page', 'year').format(year)}"
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
        _anchor(here, newest.address, word("page", "year").format(newest.year)) if newest else None
    )
    names = [name for name in department.all_names() if name != department.current.name]
    return Row((
        cell(_anchor(here, f"{department.id}/", department.current.name)), cell("、".join(names)),
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
                cell(_anchor(here, f"years/{year}/", shown)), number_cell(totals.published),
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
        "year", title, breadcrumbs=[_home(), _crumb("years/")],
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
        str(_panel(year_figures(totals))),
        str(grid.html()),
        f'<p class="ep-note">{plain(note)}</p>' if note else "",
    ]


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
    budget = money.get(*BUDGETS, FundColumnRole.APPROPRIATED) if money else None
    executed = money.get(FundColumnRole.EXECUTED) if money else None
    stamp = _stamp(assessment.report)
    title = _anchor(here, assessment.key.address, shown)
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


def _year_row(catalogue: Catalogue, department: Department, year: int, here: str) -> Row:
    found = catalogue.overall(department.id, year)
    name = cell(_anchor(here, f"{department.id}/", _short(department, year)))
    projects = number_cell(len(catalogue.others(department.id, year)))
    if found is None:
        blanks = (cell(None),) * 7
        return Row(
            (name, _unpublished(catalogue, department, year), *blanks, projects), "ep-missing"
        )
    return Row(
        (name, *_figure_cells(found, here, word("short_kinds", found.report.kind)), projects)
    )


def _unpublished(catalogue: Catalogue, department: Department, year: int) -> Cell:
    status = catalogue.status(department, year)
    exemption = department.exemption(year)
    text = word("coverage", status) + (f"：{exemption.reason}" if exemption else "")
    return cell(text, _MATRIX_STYLES[status])


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
    meta = _list_meta(
        "department", title, breadcrumbs=[_home(), _crumb("departments/")],
        provenance=_provenance(region.provenance, region.note),
        search=_search({"department": _short(department), "kind": word("page", "department")}),
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


def _unit_note(assessments: list[Assessment]) -> str:
    """The unit of the amounts in a table's caption, where all have the same."""
    units = {a.money.unit for a in assessments if a.money}
    return word("page", "unit_note").format(units.pop()) if len(units) == 1 else ""


def _history_row(catalogue: Catalogue, department: Department, year: int, here: str) -> Row:
    found = catalogue.overall(department.id, year)
    year_cell = cell(_anchor(here, f"years/{year}/", word("page", "year").format(year)))
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


# --- what pages share ---------------------------------------------------------------------------


def _short(department: Department, year: int | None = None) -> str:
    """The name that tables use: the short one of that time, the usual one, or the official one."""
    named = department.named_in(year) if year else department.current
    if named.short:
        return named.short
    alias = department.aliases[0] if department.aliases and len(department.names) == 1 else None
    return alias or named.name


def _anchor(here: str, target: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(link(here, target), plain(text))


def _entry(title: str, url: str) -> dict[str, str]:
    return {"title": title, "url": url}


def _home() -> dict[str, str]:
    return _entry(word("page", "home"), "")


def _crumb(address: str) -> dict[str, str]:
    return _entry(word("page", "departments" if address.startswith("d") else "years"), address)


def _year_entry(year: int | None) -> dict[str, str] | None:
    return _entry(word("page", "year").format(year), f"years/{year}/") if year else None


def _search(filters: dict[str, str]) -> dict[str, Any]:
    return {"filters": filters, "weight": 1}


def _column_tags(title: str) -> dict[str, str]:
    return {
        "ColumnName": title,
        "ColumnDescription": title,
        "ColumnKeywords": word("page", "column_keywords"),
        "ColumnType": word("page", "column_type"),
        "keywords": word("page", "column_keywords"),
        "description": title,
    }


def _meta(kind: str, title: str, **values: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "breadcrumbs": [], "stamp": None, "provenance": None, "pdf": None,
        "previous": None, "next": None, "related": [], "tags": {}, "search": None,
    }  # fmt: skip
    return {**empty, "kind": kind, "title": title, **values}


def _list_meta(kind: str, title: str, **values: Any) -> dict[str, Any]:
    shared: dict[str, Any] = {"breadcrumbs": [_home()], "tags": _column_tags(title)}
    return _meta(kind, title, **{**shared, **values})
