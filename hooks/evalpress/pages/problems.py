"""4 write: the register of problems: an overview, a page for each year, one for each department.

A year's page has the overall reports of all departments, a department's page every problem that
its reports ever named, each once and with its timeline. The overview counts them all and shows
what is urgent, as far as MOST of each kind go, so that no page grows with the whole site.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any

from markupsafe import Markup

from evalpress.assess import Catalogue
from evalpress.assess.cases import Case, Due, by_deadline, cases
from evalpress.assess.register import Entry, Fate, Register, Told
from evalpress.model import Department, Region, ReportContent
from evalpress.pages.case_tables import (
    ADDRESS,
    alike_note,
    case_grid,
    case_link,
    due_cell,
    facets,
    fate_cell,
    measure_cell,
    others_note,
    place,
    problem_text,
    year_words,
)
from evalpress.pages.frame import (
    Figure,
    Frame,
    Link,
    Page,
    anchor,
    entry,
    home_entry,
    panel,
    short_name,
)
from evalpress.pages.grids import Cell, Column, Grid, Row, amount, cell, number_cell
from evalpress.pages.rows import list_frame, region_note, several_sources, source_words
from evalpress.text.last_days import last_day
from evalpress.text.markup import link, plain, render
from evalpress.wording import word

MOST = 20  # problems of a kind on the overview


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
    """The overview: for each region its numbers, what is overdue or due soon, what comes again."""
    title = word("problems", "title")
    parts = [f"# {plain(title)}", f"<p>{plain(word('problems', 'intro'))}</p>"]
    if found.entries:
        action = link(ADDRESS, "search/")
        parts.append(str(render("problem_search.html.j2", action=action)))
    day = catalogue.as_of.date() if catalogue.as_of else None
    for region in catalogue.regions:
        entries = [e for e in found.entries if e.report.region.id == region.id]
        if entries:
            parts += [f"## {plain(region.name)} {{#{region.id}}}", region_note(region)]
            parts += _of_region(catalogue, region, entries, day)
    if not found.entries:
        parts.append(f"<p>{plain(word('problems', 'none'))}</p>")
    frame = list_frame("problems", title, sortable=True)
    return Page(ADDRESS, title, "\n\n".join(p for p in parts if p), frame)


def _of_region(
    catalogue: Catalogue, region: Region, entries: list[Entry], day: date | None
) -> Iterator[str]:
    """Reports of another provenance than the region's are in the lists and not in the numbers."""
    own = [e for e in entries if e.report.report.provenance is region.provenance]
    found = cases(entries)
    yield str(panel(_figures(cases(own), day), alone=False))
    for due in (Due.OVERDUE, Due.SOON):
        yield from _urgent(region, str(due), by_deadline(found, due, day), day)
    newest = max(e.year for e in entries)
    again = [case for case in found if case.newest.year == newest and case.times > 1]
    yield from _urgent(region, "returning", again, day, newest)
    yield from _counts(catalogue, region, own, day)


def _figures(found: Sequence[Case], day: date | None) -> list[Figure]:
    """How many problems there are, each counted once, and how many of them want attention."""
    still = sum(case.fate is not Fate.SOLVED for case in found)
    dues = Counter(case.due(day) for case in found)
    named = sum(case.times for case in found)
    again = sum(case.times > 1 for case in found)
    unit = word("problems", "pieces")
    counts = {"problems": len(found), "unsolved": still}
    counts |= {"overdue": dues[Due.OVERDUE], "soon": dues[Due.SOON]} if day else {}
    notes = {"problems": word("problems", "figures", "named").format(named)}
    return [
        Figure(word("problems", "figures", name), amount(count), unit, notes.get(name, ""))
        for name, count in (counts | {"again": again}).items()
        if found
    ]


def _urgent(
    region: Region, kind: str, found: list[Case], day: date | None, year: int = 0
) -> Iterator[str]:
    """The problems of one kind, as many as the overview shows."""
    if not found:
        return
    said = {"region": region.name, "year": year, "count": len(found)}
    yield f"### {plain(word('problems', kind, 'heading').format(**said))} {{#{kind}-{region.id}}}"
    caption = word("problems", kind, "caption").format(**said)
    name = f"{kind}-list-{region.id}"
    yield str(case_grid(name, caption, found[:MOST], ADDRESS, "department", day).html())
    if len(found) > MOST:
        more = word("problems", "more").format(MOST, len(found) - MOST)
        yield f'<p class="ep-note">{plain(more)}</p>'


def _counts(
    catalogue: Catalogue, region: Region, own: list[Entry], day: date | None
) -> Iterator[str]:
    """How often problems were named by year; by department how many there are, and what became of
    them."""
    years = sorted({e.year for e in own}, reverse=True)
    by_year = [_year_count_row(year, [e for e in own if e.year == year], day) for year in years]
    by_department = [
        _department_count_row(d, cases(mine), day)
        for d in catalogue.of_region(region)
        if (mine := [e for e in own if e.report.key.department == d.id])
    ]
    if own:
        yield f"### {plain(word('problems', 'counts', 'heading'))} {{#counts-{region.id}}}"
    for kind, rows in (("year", by_year), ("department", by_department)):
        caption = word("problems", f"by_{kind}").format(region.name)
        first = Column(word("page", "year_column" if kind == "year" else kind), key=kind)
        grid = Grid(
            f"by-{kind}-{region.id}", caption, (first, *_count_columns(kind)), tuple(rows),
            counted=word("problems", f"counted_{kind}"), source=source_words(region),
        )  # fmt: skip
        yield str(grid.html()) if rows else ""


# Of a year how often problems are named, on its own page and elsewhere; of a department each once.
_COUNTED = {"year": ("named", "overall", "others"), "department": ("problems", "named")}


def _count_columns(kind: str) -> list[Column]:
    names = [*_COUNTED[kind], *Fate, "again", *(["soon"] * (kind == "department")), "overdue"]
    return [Column(word("problems", "counts", n), numeric=True, key=str(n)) for n in names]


def _year_count_row(year: int, entries: list[Entry], day: date | None) -> Row:
    title = anchor(ADDRESS, f"{ADDRESS}{year}/", word("page", "year").format(year))
    overall = sum(not e.report.key.slug for e in entries)
    fates = Counter(e.fate for e in entries)
    again, overdue = sum(e.times > 1 for e in entries), sum(e.is_overdue(day) for e in entries)
    sources = (len(entries), overall, len(entries) - overall)
    return _counted(title, (*sources, *(fates[fate] for fate in Fate), again, overdue))


def _department_count_row(department: Department, found: list[Case], day: date | None) -> Row:
    title = anchor(ADDRESS, f"{ADDRESS}{department.id}/", short_name(department))
    fates, dues = Counter(c.fate for c in found), Counter(c.due(day) for c in found)
    named, again = sum(c.times for c in found), sum(c.times > 1 for c in found)
    ends = (again, dues[Due.SOON], dues[Due.OVERDUE])
    return _counted(title, (len(found), named, *(fates[fate] for fate in Fate), *ends))


def _counted(title: Markup, counts: Sequence[int]) -> Row:
    return Row((cell(title), *(number_cell(count) for count in counts)))


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
        entries.sort(key=lambda e: -e.times)
        if named:
            parts += [f"## {plain(region.name)} {{#{region.id}}}", region_note(region)]
            parts.append(_sources(named, here))
        if entries:
            caption = word("problems", "year_of").format(region=region.name, year=year)
            grid = _grid(f"problems-{region.id}", caption, entries, here, day)
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
    """All problems that a department ever reported, each once: those named most often first, then
    the newest. Deadlines count as passed by that day."""
    here = f"{ADDRESS}{department.id}/"
    title = word("problems", "department_title").format(department.current.name)
    own = cases(found.of_department(department.id))
    named = {"count": len(own), "named": sum(case.times for case in own)}
    caption = word("problems", "department_of").format(short_name(department), **named)
    parts = [
        f"# {plain(title)}",
        str(panel(_figures(own, day))),
        str(case_grid("problems", caption, own, here, "year", day).html()),
        _more(here, f"{department.id}/", word("problems", "see_department")),
    ]
    return Page(here, title, "\n\n".join(parts), _frame("problems-department", title))


def _frame(kind: str, title: str, **values: Any) -> Frame:
    crumbs = [home_entry(), entry(word("problems", "title"), ADDRESS)]
    return list_frame(kind, title, breadcrumbs=crumbs, sortable=True, **values)


# --- the table of a year ------------------------------------------------------------------------


def _grid(name: str, caption: str, entries: list[Entry], here: str, day: date | None) -> Grid:
    """What the reports of one year name, each row named by its department."""
    columns = (
        Column(word("page", "department"), key="department"),
        Column(word("page", "problem")),
        Column(word("problems", "times_column"), numeric=True, key="times", slot="times"),
        Column(word("page", "measure")),
        Column(word("problems", "office"), key="office"),
        Column(word("problems", "due"), key="due"),
        Column(word("page", "followup"), key="fate"),
        Column(word("page", "report")),
    )
    filters = ("department", "fate", "office", "again", "due")
    return Grid(
        name, caption, columns, tuple(_row(e, here, day) for e in entries), cards=True,
        style="ep-problems", counted=word("problems", "counted"),
        filters={key: word("problems", "filters", key) for key in filters},
        source=several_sources(e.report for e in entries),
    )  # fmt: skip


def _row(found: Entry, here: str, day: date | None) -> Row:
    department = found.report.department
    name = short_name(department, found.year)
    due = Due.OVERDUE if found.is_overdue(day) else None
    return Row(
        (
            cell(anchor(here, f"{ADDRESS}{department.id}/", name)),
            _problem_cell(found, here),
            number_cell(found.times),
            measure_cell(found),
            cell(found.problem.office),
            due_cell(found, due, last_day(found.problem.due or "")),
            fate_cell(found.fate, Markup("").join(_told(told, here) for told in found.told)),
            cell(_report_link(found, here)),
        ),
        facets=facets(found, due, found.times) | {"department": name},
    )  # fmt: skip


def _report_link(found: Entry, here: str) -> Markup:
    """The way to the problem's place in its report."""
    report = found.report
    name = report.report.content.project_name if report.key.slug else ""
    return place(
        found, here, f"{year_words(found)}{name or word('short_kinds', report.report.kind)}"
    )


def _problem_cell(found: Entry, here: str) -> Cell:
    """The text, in which earlier and later years it stands too, which others resemble it."""
    text = problem_text(found)
    times = word("problems", "times").format(found.times)
    text += others_note(times, found.before, "ep-again", here)
    text += others_note(word("problems", "later"), found.after, "ep-again", here)
    text += alike_note(found, here)
    return Cell(text + case_link(Case((found,)), here))


def _told(told: Told, here: str) -> Markup:
    key = told.report.key
    where = anchor(here, key.address, word("page", "year").format(key.year))
    said = word("followup_status", told.followup.status)
    text = "：".join(filter(None, (said, told.followup.text)))
    return Markup('<span class="ep-told">{}{}</span>').format(where, plain(text))
