"""4 write: a department over the years: followed indicators, changes, old problems."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from evalpress.assess import Assessment, Catalogue
from evalpress.assess.assessment import same_scheme
from evalpress.assess.indicator_years import Changes, Followed, Line, changes, indicator_lines
from evalpress.assess.judging import named, target_of
from evalpress.assess.lineage import Passing, lineage, successors
from evalpress.assess.natures import Move
from evalpress.assess.punctuality import Status
from evalpress.assess.register import Aftermath, aftermath
from evalpress.assess.trends import (
    Cut,
    Gap,
    History,
    SchemeCut,
    Year,
)
from evalpress.model import Department, Indicator
from evalpress.pages.attainment import outcome_cell
from evalpress.pages.frame import anchor, short_name
from evalpress.pages.grids import Cell, Column, Grid, Row, amount, cell
from evalpress.pages.rows import several_sources
from evalpress.text.markup import in_html, link, plain, render
from evalpress.wording import word


def cut_words(cut: Cut, year: int, department: Department) -> str:
    """Why a year of a department cannot be compared with those before it."""
    if isinstance(cut, SchemeCut):
        kind = "new_scheme" if cut.name else "no_scheme"
        return word("trends", kind).format(year=year, name=cut.name)
    kind, other = ("joined" if cut.whole else "received"), cut.giver
    if cut.giver is department:
        kind, other = "parted", cut.taker
    return word("trends", kind).format(date=cut.by.since, name=short_name(other), year=cut.year)


# --- indicators over the years ------------------------------------------------------------------


def followed_indicators(found: History, charts: Markup | str = "") -> str:
    """Every indicator that kept its identity, with what each year intended and reached, below its
    charts."""
    lines = indicator_lines(found.reports)
    if not lines:
        return ""
    years = sorted({year for line in lines for year in line.years}, reverse=True)
    columns = [Column(word("indicator_fields", "name"))]
    columns += [Column(word("page", "year").format(year)) for year in years]
    rows = tuple(_line_row(line, years) for line in lines)
    note = word("trends", "lines_note") + _without_lines(found, years)
    grid = Grid("indicator-lines", word("trends", "line_caption"), tuple(columns), rows,
                style="ep-lines", note=note, source=several_sources(found.reports))  # fmt: skip
    heading = f"## {plain(word('trends', 'lines'))} {{#indicators}}"
    shown = Markup("\n").join(part for part in (charts, grid.html()) if part)
    return f"{heading}\n\n{folded(word('trends', 'unfold_lines').format(len(lines)), shown)}"


def folded(name: str, content: Markup) -> Markup:
    """What stands open on wide windows and on paper, and on a phone behind its name."""
    return render("unfold.html.j2", name=name, content=content, on_phones=True)


def _without_lines(found: History, years: list[int]) -> str:
    """Which years of the department have no column, each with the reason."""
    said = (
        word("trends", "without_lines").format(year=each.year, reason=_why_without(each))
        for each in found.years
        if each.year not in years
    )
    return "".join(said)


def _why_without(each: Year) -> str:
    if each.assessment:
        return word("trends", "no_line")
    return word("trends", "gaps", Gap.EXEMPT if each.status is Status.EXEMPT else Gap.UNPUBLISHED)


def _line_row(line: Line, years: list[int]) -> Row:
    cells = (followed_cell(line, year) for year in years)
    return Row((cell(named(line.newest)), *cells), id=f"line-{line.id}")


def followed_cell(line: Line, year: int, with_score: bool = False) -> Cell:
    """What a year intended and reached, and whether it did; with its points, where it is alone
    with its neighbour, otherwise with how the target moved."""
    found = line.years.get(year)
    if found is None:
        return cell(word("trends", "absent"), "ep-absent")
    notes = [] if with_score else [(move_words(found), found.move), (_renamed(line, year), None)]
    return Cell(_followed(found, _values(found, with_score), notes))


def _followed(
    found: Followed, values: list[tuple[str, str]], notes: list[tuple[str, Move | None]]
) -> Markup:
    shown = "".join(f"<span>{in_html(name)} {in_html(value)}</span>" for name, value in values)
    said = "".join(
        f' <span class="ep-move{f" ep-move--{move}" if move else ""}">{in_html(note)}</span>'
        for note, move in notes
        if note
    )
    lead = f'<span class="ep-followed">{shown}</span>' if values else ""
    return Markup(lead) + outcome_cell(found.outcome).html + Markup(said)


def _renamed(line: Line, year: int) -> str:
    name = named(line.years[year].indicator)
    renamed = word("trends", "renamed").format(year=year, name=name)
    return renamed if name != named(line.newest) else ""


def _values(found: Followed, with_score: bool) -> list[tuple[str, str]]:
    """Target, actual value and points as they were written, or that they are withheld."""
    indicator = found.indicator
    entries: list[tuple[str, object]] = [("target", target_of(indicator))]
    entries += [("actual", indicator.actual)]
    entries += [("score", _points(indicator))] if with_score else []
    hidden = word("trends", "withheld")
    return [
        (word("trends", key), hidden if key in found.withheld else str(value))
        for key, value in entries
        if value is not None or key in found.withheld
    ]


def _points(indicator: Indicator) -> str | None:
    score, full = indicator.score, indicator.full_marks
    if score is None:
        return None
    written = {"score": amount(score), "full": amount(full) if full is not None else ""}
    return word("compare", "full").format(**written) if full is not None else amount(score)


def move_words(found: Followed) -> str:
    """How the target moved since the year before; nothing where it did not."""
    return word("trends", "moves", found.move) if found.move not in (None, Move.SAME) else ""


# --- since the year before ----------------------------------------------------------------------


def since_last(found: History, here: str) -> str:
    """What changed between the two newest reports, and what became of the older one's problems."""
    if found.latest is None:
        return ""
    now, before = found.latest
    title = word("trends", "versus").format(now=now.key.year, before=before.key.year)
    link = word("trends", "see_comparison").format(now=now.key.year, before=before.key.year)
    more = anchor(here, comparison_address(now), link)
    parts = [
        f"## {plain(title)} {{#changes}}",
        *caveats(before, now, found.passings),
        str(changes_grid(changes(before.report, now.report), before, now)),
        _folded_aftermath(before, now),
        f'<p class="ep-more">{more}</p>',
        other_years(found.reports, here),
    ]
    return "\n\n".join(part for part in parts if part)


def _folded_aftermath(before: Assessment, now: Assessment) -> str:
    found = [entry for entry in aftermath(before.report, now.report) if entry.problem.text]
    if not found:
        return ""
    name = word("trends", "unfold_aftermath").format(before.key.year, len(found))
    return str(folded(name, Markup(aftermath_grid(found, before))))


def comparison_address(now: Assessment) -> str:
    """Where a report is held against the one before it."""
    return f"{now.key.address}compare/"


def other_years(reports: list[Assessment], here: str) -> str:
    """Where to put any two years of a document, or two departments, side by side."""
    first, last = (report.key.address.rstrip("/") for report in (reports[0], reports[-1]))
    query = f"?a={first}&b={last}"
    target = Markup("{}{}").format(link(here, "compare/"), query)
    shown = plain(word("trends", "other_years"))
    return Markup('<p class="ep-more"><a href="{}">{}</a></p>').format(target, shown)


def caveats(before: Assessment, now: Assessment, passings: Iterable[Passing]) -> list[str]:
    """What a reader has to know before comparing two years of a document; `passings` are those that
    changed what it covers."""
    said = [
        cut_words(passing, now.key.year, now.department)
        for passing in passings
        if before.key.year < passing.year <= now.key.year
    ]
    if not same_scheme(before, now):
        names = {"before": scheme_name(before), "now": scheme_name(now)}
        said.append(word("trends", "schemes_differ").format(**names))
    return [f'<p class="ep-note ep-caveat">{plain(text)}</p>' for text in said]


def scheme_name(assessment: Assessment) -> str:
    """The weight scheme's name, or that the report states none."""
    return assessment.scheme.name if assessment.scheme else word("trends", "no_scheme_name")


def changes_grid(found: Changes, before: Assessment, now: Assessment) -> Markup | str:
    """Targets that moved, indicators that went and came."""
    if not before.report.content.indicators or not now.report.content.indicators:
        return ""
    if not found:
        return Markup("<p>{}</p>").format(plain(word("trends", "no_changes")))
    rows = [
        *(_moved_row(move, old, new) for move in Move for old, new in found.moved.get(move, ())),
        *(_change_row("dropped", indicator, indicator, None) for indicator in found.dropped),
        *(_change_row("added", indicator, None, indicator) for indicator in found.added),
    ]
    years = (before.key.year, now.key.year)
    columns = (
        Column(word("indicator_fields", "name")), Column(word("trends", "change")),
        *(Column(word("trends", "target_of").format(year)) for year in years),
    )  # fmt: skip
    caption = word("trends", "changes")
    return Grid("indicator-changes", caption, columns, tuple(rows)).html()


def _moved_row(move: Move, old: Indicator, new: Indicator) -> Row:
    style = "ep-lowered" if move is Move.LOWERED else ""
    shown = (cell(named(new)), cell(word("trends", "moves", move), "ep-change"))
    return Row((*shown, _target(old), _target(new)), style)


def _change_row(
    kind: str, indicator: Indicator, old: Indicator | None, new: Indicator | None
) -> Row:
    said = cell(word("trends", kind), "ep-change")
    return Row((cell(named(indicator)), said, _target(old), _target(new)))


def _target(indicator: Indicator | None) -> Cell:
    return cell(str(indicator.target) if indicator and indicator.target else None)


def aftermath_grid(found: Iterable[Aftermath], before: Assessment) -> Markup | str:
    """What became of each problem of an earlier report."""
    rows = [_aftermath_row(entry) for entry in found if entry.problem.text]
    columns = [Column(word("page", k)) for k in ("problem", "measure", "status", "followup")]
    caption = word("trends", "aftermath").format(before.key.year)
    grid = Grid("aftermath", caption, tuple(columns), tuple(rows), cards=True)
    return grid.html() if rows else ""


def _aftermath_row(entry: Aftermath) -> Row:
    status = entry.status
    said = word("followup_status", status) if status else word("trends", "not_told")
    if entry.again:
        said = f"{said}\n{word('trends', 'again')}"
    style = f"ep-status ep-status--{status or 'none'}"
    return Row((
        cell(entry.problem.text), cell(entry.problem.measure), cell(said, style),
        cell(entry.followup.text if entry.followup else None),
    ))  # fmt: skip


# --- departments that became others -------------------------------------------------------------


def passing_words(passing: Passing, kind: str, other: Department) -> str:
    """A passing of duties in a sentence or a heading; `kind` is the word to say it with."""
    name = other.current.name
    note = word("trends", "note").format(passing.by.note) if passing.by.note else ""
    names = {"name": name, "giver": passing.giver.current.name, "taker": passing.taker.current.name}
    return word("trends", kind).format(date=passing.by.since, note=note, **names)


def linked(text: str, department: Department, here: str) -> Markup:
    """A sentence in which the department's name leads to its page."""
    name = department.current.name
    before, _, after = text.partition(name)
    return plain(before) + anchor(here, f"{department.id}/", name) + plain(after)


def successor_note(catalogue: Catalogue, found: History, here: str) -> str:
    """Where to look for what came after an abolished department, or for duties given away; a
    successor that was abolished too is followed to its own."""
    own, gone = found.department, found.department.abolished
    said = [plain(word("trends", "abolished").format(date=gone))] if gone else []
    for passing in found.passings:
        if passing.giver is own:
            kind = "successor" if passing.whole else "passed_on"
            said.append(linked(passing_words(passing, kind, passing.taker), passing.taker, here))
    for passing in lineage(catalogue, own, successors):
        if passing.giver is not own:
            said.append(linked(passing_words(passing, "heir", passing.taker), passing.taker, here))
    if not said:
        return ""
    return f'<div class="ep-passing"><p>{Markup("</p><p>").join(said)}</p></div>'
