"""4 write: cases of the register as a table: each problem with its deadline and its timeline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from evalpress.assess.cases import Case, Due, Event
from evalpress.assess.register import Entry, Fate
from evalpress.pages.frame import anchor, short_name
from evalpress.pages.grids import Cell, Column, Grid, Row, cell, number_cell
from evalpress.pages.rows import days_note, several_sources
from evalpress.text.markup import in_html, lines, link, plain
from evalpress.wording import word

ADDRESS = "problems/"


def case_grid(
    name: str, caption: str, found: Sequence[Case], here: str, by: str, day: date | None
) -> Grid:
    """Problems, each row named by its department, without what each report did with it, or by the
    newest year that names it. On its own department's page a row bears the place to which others
    lead."""
    first = {"department": "department", "year": "year_column"}[by]
    is_full = by == "year"
    columns = [
        Column(word("page", first), key=by),
        Column(word("page", "problem")),
        Column(word("problems", "times_column"), numeric=True, key="times", slot="times"),
        *([Column(word("page", "measure"))] if is_full else []),
        Column(word("problems", "office"), key="office"),
        Column(word("problems", "due"), key="due"),
        Column(word("page", "followup"), key="fate"),
        *([Column(word("problems", "timeline"))] if is_full else []),
    ]
    filters = (by, "fate", "office", "again", "due")
    make = _full_row if is_full else _brief_row
    return Grid(
        name, caption, tuple(columns), tuple(make(case, here, day) for case in found), cards=True,
        style="ep-problems" if is_full else "ep-problems ep-problems--brief",
        counted=word("problems", "counted"),
        filters={key: word("problems", "filters", key) for key in filters},
        source=several_sources(case.newest.report for case in found),
    )  # fmt: skip


def _full_row(case: Case, here: str, day: date | None) -> Row:
    year = year_words(case.newest)
    problem, times, *rest = _cells(case, here, day)
    return Row(
        (
            cell(anchor(here, f"years/{case.newest.year}/", year)),
            problem, times, measure_cell(case.newest), *rest, _timeline(case, here),
        ),
        id=case.anchor, facets=_facets_of(case, day) | {"year": year},
    )  # fmt: skip


def _brief_row(case: Case, here: str, day: date | None) -> Row:
    department = case.newest.report.department
    name = short_name(department)
    named = cell(anchor(here, f"{ADDRESS}{department.id}/", name))
    own = _facets_of(case, day) | {"department": name}
    return Row((named, *_cells(case, here, day)), facets=own)


def _cells(case: Case, here: str, day: date | None) -> tuple[Cell, ...]:
    return (
        _problem_cell(case, here),
        number_cell(case.times),
        cell(case.newest.problem.office),
        due_cell(case.deadline, case.due(day), case.last_day),
        fate_cell(case.fate),
    )


def _facets_of(case: Case, day: date | None) -> dict[str, str]:
    return facets(case.newest, case.due(day), case.times)


def facets(found: Entry, due: Due | None, times: int) -> dict[str, str]:
    """By what a problem is chosen in the browser."""
    return {
        "fate": word("problems", "fates", found.fate),
        "office": found.problem.office or "",
        "again": word("problems", "times").format(times) if times > 1 else "",
        "due": word("problems", "dues", due or "none"),
    }


def year_words(found: Entry) -> str:
    """2025年度."""
    return word("page", "year").format(found.year)


def problem_text(found: Entry) -> Markup:
    """The text, or the notice in its place."""
    shown = Markup("<br>").join(lines(found.problem.text or found.withheld))
    return shown or plain(word("page", "absent"))


def _problem_cell(case: Case, here: str) -> Cell:
    """The newest text, that it came again, and the address at which the problem always stands."""
    shown = problem_text(case.newest)
    if case.times > 1:
        shown += Markup('<span class="ep-again">{}</span>').format(
            plain(word("problems", "times").format(case.times))
        )
    shown += alike_note(case.newest, here)
    return Cell(shown + case_link(case, here))


def case_link(case: Case, here: str) -> Markup:
    """The way to the place of a problem, or on that page itself its lasting address."""
    page, _, place = case.address.partition("#")
    is_own = page == here
    href = f"#{place}" if is_own else f"{link(here, page)}#{place}"
    said = word("problems", "lasting" if is_own else "see_case")
    return Markup('<a class="ep-lasting" href="{}">{}</a>').format(href, plain(said))


def alike_note(found: Entry, here: str) -> Markup:
    """Which other problems have a similar text; nothing where none has."""
    return others_note(word("problems", "alike"), found.alike, "ep-alike", here)


def others_note(said: str, others: Sequence[Entry], style: str, here: str) -> Markup:
    """A note on other entries, with their years as links."""
    if not others:
        return Markup("")
    years = Markup("、").join(place(e, here, year_words(e)) for e in others)
    return Markup('<span class="{}">{}（{}）</span>').format(Markup(style), plain(said), years)


def place(found: Entry, here: str, shown: str) -> Markup:
    """The way to an entry's place in its report."""
    href = f"{link(here, found.report.key.address)}#{found.anchor}"
    return Markup('<a href="{}">{}</a>').format(href, plain(shown))


def measure_cell(found: Entry) -> Cell:
    """The measure, or that it stands in the text of the problem."""
    problem = found.problem
    in_text = word("problems", "measure_in_text") if problem.measure_in_text else None
    return cell(problem.measure or in_text)


def due_cell(found: Entry, due: Due | None, last: date | None) -> Cell:
    """The deadline as it was written, and that it has passed or comes soon."""
    written = found.problem.due
    if not written:
        return cell(None)
    sort = f"{last:%Y%m%d}" if last else ""
    if due not in (Due.OVERDUE, Due.SOON):
        return Cell(in_html(written), sort=sort)
    note = days_note(word("problems", "due_notes", due))
    return Cell(in_html(written) + note, f"ep-{due}", sort=sort)


def fate_cell(fate: Fate, told: Markup | str = "") -> Cell:
    """What became of a problem, in closed words, before what the reports told."""
    said = plain(word("problems", "fates", fate))
    shown = Markup('<span class="ep-fate">{}</span>{}').format(said, told)
    return Cell(shown, f"ep-status ep-status--{fate}", sort=str(list(Fate).index(fate)))


# --- the timeline -------------------------------------------------------------------------------


def _timeline(case: Case, here: str) -> Cell:
    """What each report did with the problem, oldest first."""
    named = 0
    items = []
    for event in case.events:
        named += event.named is not None
        items.append(Markup("<li>{}</li>").format(_event(event, named, here)))
    return Cell(Markup('<ol class="ep-timeline">{}</ol>').format(Markup("").join(items)))


def _event(event: Event, times: int, here: str) -> Markup:
    key = event.report.key
    year = word("page", "year").format(key.year)
    if event.named:
        said = word("problems", "named" if times == 1 else "named_again").format(times)
        return place(event.named, here, year) + plain(said)
    return anchor(here, key.address, year) + plain(told_words(event))


def told_words(event: Event) -> str:
    """What a later report says: 整改中：已压减; nothing for one that names the problem."""
    if event.told is None:
        return ""
    followup = event.told.followup
    parts = (word("followup_status", followup.status), followup.text)
    return "：".join(filter(None, parts))
