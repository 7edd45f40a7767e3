"""4 write: the register of problems: an overview, a page for each year, one for each department.

A year's page has the overall reports of all departments, a department's page everything that its
reports ever named, so that no page grows with the whole site.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import chain
from typing import Any

from markupsafe import Markup

from evalpress.assess import Catalogue
from evalpress.assess.register import Entry, Fate, Register, Told
from evalpress.model import Department, Region, ReportContent
from evalpress.pages.frame import Frame, Link, Page, anchor, entry, home_entry, short_name
from evalpress.pages.grids import Cell, Column, Grid, Row, cell, number_cell
from evalpress.pages.rows import days_note, list_frame, region_note, several_sources, source_words
from evalpress.text.markup import in_html, lines, link, plain, render
from evalpress.wording import word

ADDRESS = "problems/"


def register_link(catalogue: Catalogue, department: Department, here: str) -> str:
    """The way to a department's page of the register, where its reports name any problem."""
    documents = (
        other.report.content
        for year in catalogue.years
        for other in catalogue.others(department.id, year)
    )
    overall = (a.report.content for a in catalogue.history(department.id))
    if not any(_names_problems(content) for content in chain(overall, documents)):
        return ""
    return _more(here, f"{ADDRESS}{department.id}/", word("problems", "see_problems"))


def year_link(catalogue: Catalogue, year: int, here: str) -> str:
    """The way to a year's page of the register, where there is one."""
    found = (a.report.content for key, a in catalogue.assessments.items() if key.year == year)
    if not any(_names_problems(content) for content in found):
        return ""
    return _more(here, f"{ADDRESS}{year}/", word("problems", "see_year").format(year))


def _names_problems(content: ReportContent) -> bool:
    return bool(content.problems) or any(project.problems for project in content.projects)


def _more(here: str, target: str, text: str) -> str:
    return f'<p class="ep-more">{anchor(here, target, text)}</p>'


# --- the overview -------------------------------------------------------------------------------


def problems_page(catalogue: Catalogue, found: Register) -> Page:
    """The overview: for each region its numbers, and what the newest year names again."""
    title = word("problems", "title")
    parts = [f"# {plain(title)}", f"<p>{plain(word('problems', 'intro'))}</p>"]
    if found.entries:
        action = link(ADDRESS, "search/")
        parts.append(str(render("problem_search.html.j2", action=action)))
    for region in catalogue.regions:
        entries = [e for e in found.entries if e.report.region.id == region.id]
        if entries:
            parts += [f"## {plain(region.name)} {{#{region.id}}}", region_note(region)]
            day = _day(catalogue)
            parts += [*_counts(catalogue, region, entries, day), *_returning(region, entries, day)]
    if not found.entries:
        parts.append(f"<p>{plain(word('problems', 'none'))}</p>")
    frame = list_frame("problems", title, sortable=True)
    return Page(ADDRESS, title, "\n\n".join(p for p in parts if p), frame)


def _day(catalogue: Catalogue) -> date | None:
    return catalogue.as_of.date() if catalogue.as_of else None


def _counts(
    catalogue: Catalogue, region: Region, entries: list[Entry], day: date | None
) -> list[str]:
    """How many problems there are by year and by department, and what became of them. Reports of
    another provenance than the region's are in the lists and not in these numbers."""
    own = [e for e in entries if e.report.report.provenance is region.provenance]
    years = sorted({e.year for e in own}, reverse=True)
    by_year = [
        _count_row(
            anchor(ADDRESS, f"{ADDRESS}{year}/", word("page", "year").format(year)),
            [e for e in own if e.year == year],
            day,
            with_sources=True,
        )
        for year in years
    ]
    by_department = [
        _count_row(anchor(ADDRESS, f"{ADDRESS}{d.id}/", short_name(d)), mine, day)
        for d in catalogue.of_region(region)
        if (mine := [e for e in own if e.report.key.department == d.id])
    ]
    made = []
    for kind, rows in (("year", by_year), ("department", by_department)):
        caption = word("problems", f"by_{kind}").format(region.name)
        first = Column(word("page", "year_column" if kind == "year" else kind), key=kind)
        grid = Grid(
            f"by-{kind}-{region.id}", caption, (first, *_count_columns(kind)), tuple(rows),
            counted=word("problems", f"counted_{kind}"), source=source_words(region),
        )  # fmt: skip
        made.append(str(grid.html()))
    return made


def _count_columns(kind: str) -> list[Column]:
    """Of a year also how many stand on its own page and how many elsewhere."""
    sources = ["overall", "others"] if kind == "year" else []
    names = ["count", *sources, *Fate, "again", "overdue"]
    return [Column(word("problems", "counts", n), numeric=True, key=str(n)) for n in names]


def _count_row(
    title: Markup, entries: list[Entry], day: date | None, with_sources: bool = False
) -> Row:
    fates = Counter(e.fate for e in entries)
    overall = sum(not e.report.key.slug for e in entries)
    again, overdue = sum(e.times > 1 for e in entries), sum(e.is_overdue(day) for e in entries)
    sources = (overall, len(entries) - overall) if with_sources else ()
    counts = (len(entries), *sources, *(fates[fate] for fate in Fate), again, overdue)
    return Row((cell(title), *(number_cell(count) for count in counts)))


def _returning(region: Region, entries: list[Entry], day: date | None) -> list[str]:
    """What the newest year names again, longest first."""
    newest = max(e.year for e in entries)
    again = [e for e in entries if e.year == newest and e.times > 1]
    if not again:
        return []
    again.sort(key=lambda e: -e.times)
    title = word("problems", "returning").format(newest)
    caption = word("problems", "returning_of").format(region=region.name, year=newest)
    grid = _grid(f"returning-{region.id}", caption, again, ADDRESS, "department", day)
    return [f"### {plain(title)} {{#again-{region.id}}}", str(grid.html())]


# --- a year, a department -----------------------------------------------------------------------


def problems_year_page(
    catalogue: Catalogue, found: Register, year: int, day: date | None = None
) -> Page:
    """The problems that the overall reports of a year name, by region, and how many others its
    other reports name and where those stand. Deadlines count as passed by that day."""
    here, title = f"{ADDRESS}{year}/", word("problems", "year_title").format(year)
    parts = [f"# {plain(title)}", f"<p>{plain(word('problems', 'year_intro'))}</p>"]
    for region in catalogue.regions:
        named = [e for e in found.of_year(year) if e.report.region.id == region.id]
        entries = [e for e in named if not e.report.key.slug]
        if named:
            parts += [f"## {plain(region.name)} {{#{region.id}}}", region_note(region)]
            parts.append(_sources(named, here))
        if entries:
            caption = word("problems", "year_of").format(region=region.name, year=year)
            grid = _grid(f"problems-{region.id}", caption, entries, here, "department", day)
            parts.append(str(grid.html()))
    at = found.years.index(year)
    earlier = found.years[at + 1] if at + 1 < len(found.years) else None
    later = found.years[at - 1] if at else None
    frame = _frame("problems-year", title, previous=_step(earlier), next=_step(later))
    return Page(here, title, "\n\n".join(p for p in parts if p), frame)


def _sources(named: list[Entry], here: str) -> str:
    """How many problems stand below, and how many in the departments' own pages, each with its
    link: together as many as the overview counts."""
    others = Counter(e.report.department.id for e in named if e.report.key.slug)
    departments = {e.report.department.id: e.report.department for e in named}
    counts = {"all": len(named), "overall": len(named) - others.total(), "others": others.total()}
    said = plain(word("problems", "sources").format(**counts))
    if others:
        links = (_to_others(departments[name], count, here) for name, count in others.items())
        said += plain(word("problems", "sources_others").format(**counts))
        said += plain("：") + Markup("、").join(links)
    return f"<p>{said}{plain('。')}</p>"


def _to_others(department: Department, count: int, here: str) -> Markup:
    shown = word("problems", "source").format(short_name(department), count)
    return anchor(here, f"{ADDRESS}{department.id}/", shown)


def _step(year: int | None) -> Link | None:
    return entry(word("page", "year").format(year), f"{ADDRESS}{year}/") if year else None


def problems_department_page(
    found: Register, department: Department, day: date | None = None
) -> Page:
    """All problems that a department ever reported, the newest first. Deadlines count as passed by
    that day."""
    here = f"{ADDRESS}{department.id}/"
    title = word("problems", "department_title").format(department.current.name)
    entries = sorted(found.of_department(department.id), key=lambda e: -e.year)
    caption = word("problems", "department_of").format(short_name(department))
    parts = [
        f"# {plain(title)}",
        str(_grid("problems", caption, entries, here, "year", day).html()),
        _more(here, f"{department.id}/", word("problems", "see_department")),
    ]
    return Page(here, title, "\n\n".join(parts), _frame("problems-department", title))


def _frame(kind: str, title: str, **values: Any) -> Frame:
    crumbs = [home_entry(), entry(word("problems", "title"), ADDRESS)]
    return list_frame(kind, title, breadcrumbs=crumbs, sortable=True, **values)


# --- the table ----------------------------------------------------------------------------------


def _grid(
    name: str, caption: str, entries: list[Entry], here: str, by: str, day: date | None
) -> Grid:
    """Problems, each row named by its department or by its year."""
    first = {"department": ("department", "department"), "year": ("year_column", "year")}[by]
    columns = (
        Column(word("page", first[0]), key=first[1]),
        Column(word("page", "problem")),
        Column(word("problems", "times_column"), numeric=True, key="times"),
        Column(word("page", "measure")),
        Column(word("problems", "office"), key="office"),
        Column(word("problems", "due"), key="due"),
        Column(word("page", "followup"), key="fate"),
        Column(word("page", "report")),
    )
    filters = (by, "fate", "again", "overdue")
    rows = tuple(_row(e, here, by, day) for e in entries)
    return Grid(
        name, caption, columns, rows, cards=True, style="ep-problems",
        filters={key: word("problems", "filters", key) for key in filters},
        counted=word("problems", "counted"), source=several_sources(e.report for e in entries),
    )  # fmt: skip


def _row(found: Entry, here: str, by: str, day: date | None) -> Row:
    report, year = found.report, word("page", "year").format(found.year)
    department = short_name(report.department, found.year)
    target = f"{ADDRESS}{report.department.id}/" if by == "department" else f"years/{found.year}/"
    problem = found.problem
    times = word("problems", "times").format(found.times)
    return Row(
        (
            cell(anchor(here, target, department if by == "department" else year)),
            _problem_cell(found, here),
            number_cell(found.times),
            cell(problem.measure or (word("problems", "measure_in_text") if problem.measure_in_text
                                     else None)),
            cell(problem.office),
            _due_cell(found, day),
            _fate_cell(found, here),
            cell(_report_link(found, here)),
        ),
        facets={
            "department": department, "year": year, "fate": word("problems", "fates", found.fate),
            "again": times if found.times > 1 else "",
            "overdue": word("problems", "overdue") if found.is_overdue(day) else "",
        },
    )  # fmt: skip


def _due_cell(found: Entry, day: date | None) -> Cell:
    """The deadline as it was written, and that it has passed."""
    due = found.problem.due
    if not due or not found.is_overdue(day):
        return cell(due)
    return Cell(in_html(due) + days_note(word("problems", "overdue")), "ep-overdue")


def _report_link(found: Entry, here: str) -> Markup:
    """The way to the problem's place in its report."""
    report = found.report
    year = word("page", "year").format(found.year)
    name = report.report.content.project_name if report.key.slug else ""
    shown = f"{year}{name or word('short_kinds', report.report.kind)}"
    return _place(found, here, shown)


def _place(found: Entry, here: str, shown: str) -> Markup:
    href = f"{link(here, found.report.key.address)}#{found.anchor}"
    return Markup('<a href="{}">{}</a>').format(href, plain(shown))


def _problem_cell(found: Entry, here: str) -> Cell:
    """The text, in which earlier years it stood already, which others resemble it."""
    text = Markup("<br>").join(lines(found.problem.text or found.withheld))
    notes = []
    if found.before:
        times = word("problems", "times").format(found.times)
        notes.append((times, found.before, "ep-again"))
    if found.alike:
        notes.append((word("problems", "alike"), found.alike, "ep-alike"))
    for said, others, style in notes:
        text += Markup('<span class="{}">{}{}</span>').format(
            Markup(style), plain(said), _years(others, here)
        )
    return Cell(text or plain(word("page", "absent")))


def _years(others: Iterable[Entry], here: str) -> Markup:
    years = (_place(e, here, word("page", "year").format(e.year)) for e in others)
    return plain("（") + Markup("、").join(years) + plain("）")


def _fate_cell(found: Entry, here: str) -> Cell:
    """What became of the problem, and every later report that speaks of it."""
    said = plain(word("problems", "fates", found.fate))
    shown = Markup('<span class="ep-fate">{}</span>').format(said)
    for told in found.told:
        shown += Markup('<span class="ep-told">{}</span>').format(_told(told, here))
    return Cell(shown, f"ep-status ep-status--{found.fate}", sort=str(list(Fate).index(found.fate)))


def _told(told: Told, here: str) -> Markup:
    key = told.report.key
    where = anchor(here, key.address, word("page", "year").format(key.year))
    said = word("followup_status", told.followup.status)
    text = "".join(filter(None, (said, told.followup.text and f"：{told.followup.text}")))
    return where + plain(text)
