"""4 write: the home page: this year against the last, where each department is, what is new, the
matrix of what is published."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from markupsafe import Markup

from evalpress.assess import Assessment, Catalogue, YearTotals
from evalpress.assess.cases import Due, cases
from evalpress.assess.punctuality import Status
from evalpress.assess.register import Fate, Register
from evalpress.assess.spread import by_scheme
from evalpress.assess.targets import Targets, targets, targets_of
from evalpress.model import Department, Region
from evalpress.pages.attainment import targets_brief, targets_figure
from evalpress.pages.case_tables import ADDRESS as PROBLEMS
from evalpress.pages.coverage import ADDRESS, matrix
from evalpress.pages.frame import Figure, Frame, Page, anchor, panel, short_name
from evalpress.pages.grids import Column, Grid, Row, amount, cell, number_cell
from evalpress.pages.meta_tags import column_tags
from evalpress.pages.rows import moved, region_note, several_sources, status_words, tick
from evalpress.text.markup import link, plain, render
from evalpress.wording import word

LATEST = 10
MATRIX_YEARS = 5
RANKED = 10
FEWEST = 3  # reports of one weight scheme that can be ranked


def home_page(catalogue: Catalogue, intro: str, found: Register, rankings: bool = False) -> Page:
    """What the site is, the newest year's figures, all departments, the latest publications, the
    matrix. Departments are ranked only where `rankings` says so."""
    title = word("page", "home_title")
    here = ""
    parts = [
        render("hero.md.j2", intro=Markup(intro.strip()) or Markup(f"# {plain(title)}")),
        *(_region(catalogue, region, found, rankings) for region in catalogue.regions),
        _latest(catalogue, here),
        *(_coverage(catalogue, region, here) for region in catalogue.regions),
    ]
    frame = Frame("home", title, tags=column_tags("home", title))
    return Page(here, title, "\n\n".join(str(p) for p in parts if p), frame, written_by_hand=True)


def _region(catalogue: Catalogue, region: Region, found: Register, rankings: bool) -> str:
    years = catalogue.region_years(region)
    if not years:
        return ""
    year = years[0]
    title = word("page", "region_year").format(region=region.name, year=year)
    parts = [
        f"## {plain(title)} {{#figures-{region.id}}}",
        region_note(region),
        str(panel(list(_figures(catalogue, region, year, found)), alone=False)),
        _onward(years, region, found),
        str(_departments(catalogue, region, year)),
        *(_rankings(catalogue, region, year) if rankings else ()),
    ]
    return "\n\n".join(filter(None, parts))


# --- this year against the last -----------------------------------------------------------------


def _figures(catalogue: Catalogue, region: Region, year: int, found: Register) -> Iterator[Figure]:
    totals, before = catalogue.totals(region, year), _before(catalogue, region, year)
    yield _published(totals, before)
    now = targets_of(catalogue.comparable(region, year))
    yield from targets_figure(now, _targets_before(catalogue, region, before))
    if totals.rate_percent is not None:
        note = _rate_before(totals.rate_percent, before)
        yield Figure(word("page", "rate"), amount(totals.rate_percent), "%", note)
    yield from _problems(catalogue, region, found)


def _before(catalogue: Catalogue, region: Region, year: int) -> YearTotals | None:
    """The year before, where the region has reports of it."""
    has_reports = year - 1 in catalogue.region_years(region)
    return catalogue.totals(region, year - 1) if has_reports else None


def _published(totals: YearTotals, before: YearTotals | None) -> Figure:
    """How many of what was due are published, and how many of them came late."""
    notes = [_late_words(totals)]
    if before and before.late is not None and totals.late is not None:
        notes.append(word("home", "before").format(_late_words(before)))
    value = word("home", "of").format(totals.published, totals.due)
    return Figure(
        word("page", "published_count"), value, word("page", "copies"),
        "；".join(filter(None, notes)),
    )  # fmt: skip


def _late_words(totals: YearTotals) -> str:
    if totals.late is None:
        return ""
    said = {"in_time": totals.published - totals.late, "late": totals.late}
    told = "，".join(word("home", key).format(count) for key, count in said.items() if count)
    return told + (word("home", "missing").format(totals.missing) if totals.missing else "")


def _targets_before(catalogue: Catalogue, region: Region, before: YearTotals | None) -> str:
    found = targets_of(catalogue.comparable(region, before.year)) if before else Targets()
    if not found:
        return ""
    return word("home", "before").format(word("home", "of").format(found.met, found.asked))


def _rate_before(rate: Decimal, before: YearTotals | None) -> Markup | str:
    if not before or before.rate_percent is None:
        return ""
    said = word("home", "before").format(f"{amount(before.rate_percent)}%")
    return plain(said) + " " + moved(rate - before.rate_percent, word("home", "points"))


def _problems(catalogue: Catalogue, region: Region, found: Register) -> Iterator[Figure]:
    """What is still open of all that the region's reports ever named, each problem once."""
    own = cases(
        e
        for e in found.entries
        if e.report.region.id == region.id and e.report.report.provenance is region.provenance
    )
    if not own:
        return
    day = catalogue.as_of.date() if catalogue.as_of else None
    overdue = sum(case.due(day) is Due.OVERDUE for case in own)
    note = word("home", "overdue").format(overdue) if day else ""
    still = sum(case.fate is not Fate.SOLVED for case in own)
    yield Figure(word("home", "open"), amount(still), word("home", "pieces"), note)


def _onward(years: list[int], region: Region, found: Register) -> str:
    """Where each of the figures is told in full: the year, its problems, the other years."""
    year = years[0]
    more = [anchor("", f"years/{year}/", word("page", "see_year").format(year))]
    if any(e.report.region.id == region.id for e in found.entries):
        more.append(anchor("", PROBLEMS, word("home", "see_problems")))
    if others := [anchor("", f"years/{y}/", str(y)) for y in years[1:]]:
        more.append(plain(word("page", "other_years")) + Markup(" ").join(others))
    shown = Markup(" ").join(Markup("<span>{}</span>").format(one) for one in more)
    return f'<p class="ep-more ep-onward">{shown}</p>'


# --- where is my department ---------------------------------------------------------------------


def _departments(catalogue: Catalogue, region: Region, year: int) -> Markup:
    there = (d for d in catalogue.of_region(region) if _is_there(catalogue, d, year))
    entries = [_entry(catalogue, department, year) for department in there]
    heading = word("home", "departments")
    return render("find_department.html.j2", heading=heading, id=region.id, entries=entries)


def _is_there(catalogue: Catalogue, department: Department, year: int) -> bool:
    return catalogue.status(department, year) is not Status.ABSENT


def _entry(catalogue: Catalogue, department: Department, year: int) -> dict[str, object]:
    found, name = catalogue.overall(department.id, year), short_name(department, year)
    return {
        "name": anchor("", f"{department.id}/", name),
        "tick": tick(found, name) if found else "",
        "grade": (found.grade_word or "") if found else "",
        "rate": f"{amount(found.rate.percent)}%" if found and found.rate else "",
        "met": targets_brief(targets(found.report)) if found else "",
        "missing": "" if found else status_words(catalogue.coverage(department, year)),
    }


# --- rankings, where a setting turns them on ----------------------------------------------------


def _rankings(catalogue: Catalogue, region: Region, year: int) -> Iterator[str]:
    """The best scores of the region's year, scheme by scheme: nothing is ranked across schemes,
    regions or provenances."""
    groups = by_scheme(catalogue.comparable(region, year))
    for number, group in enumerate(group for group in groups if len(group) >= FEWEST):
        yield str(_ranking(f"ranking-{region.id}-{number}", group).html())


def _ranking(name: str, group: list[Assessment]) -> Grid:
    ranked = sorted(group, key=lambda one: one.score or 0, reverse=True)[:RANKED]
    scheme = group[0].scheme
    caption = word("home", "ranking").format(scheme.name if scheme else word("page", "not_stated"))
    rows = tuple(
        Row((
            cell(anchor("", one.key.address, short_name(one.department, one.key.year))),
            number_cell(one.score), cell(one.grade_word),
        ))
        for one in ranked
    )  # fmt: skip
    columns = (
        Column(word("page", "department")), Column(word("page", "self_score"), numeric=True),
        Column(word("page", "grade")),
    )  # fmt: skip
    return Grid(name, caption, columns, rows, source=several_sources(group))


# --- what is new, what there is -----------------------------------------------------------------


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


def _coverage(catalogue: Catalogue, region: Region, here: str) -> str:
    """The newest years' matrix, with the way to all of them."""
    years = catalogue.region_years(region)[:MATRIX_YEARS]
    if not years:
        return ""
    title = word("page", "coverage").format(region.name)
    grid = matrix(catalogue, region, years, here).html()
    target = f"{link(here, ADDRESS)}#{region.id}"
    more = Markup('<a href="{}">{}</a>').format(target, plain(word("page", "see_coverage")))
    heading = f"## {plain(title)} {{#matrix-{region.id}}}"
    return f'{heading}\n\n{grid}\n\n<p class="ep-more">{more}</p>'
