"""4 write: two reports of a department side by side, what changed said in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from markupsafe import Markup
from pydantic import BaseModel

from evalpress.assess import BUDGET_ROLES, Assessment, Catalogue, amounts_of
from evalpress.assess.assessment import same_scheme
from evalpress.assess.indicator_years import Followed, Line, indicator_lines
from evalpress.assess.judging import named
from evalpress.assess.lineage import passings_of
from evalpress.assess.money import total_place
from evalpress.assess.natures import Move
from evalpress.assess.register import aftermath
from evalpress.model import (
    FundColumnRole,
    FundLine,
    FundTable,
    Goal,
    Picture,
    Score,
    Show,
    Table,
)
from evalpress.pages.attainment import outcome_word
from evalpress.pages.frame import (
    Page,
    anchor,
    entry,
    home_entry,
    list_entry,
    provenance_of,
    short_name,
    stamp_of,
)
from evalpress.pages.grids import Cell, Column, Grid, Row, amount, cell, number_cell
from evalpress.pages.histories import (
    aftermath_grid,
    caveats,
    comparison_address,
    followed_cell,
    move_words,
    other_years,
)
from evalpress.pages.rows import list_frame, several_sources
from evalpress.text.markup import in_cell, plain, render
from evalpress.wording import word


def comparison_page(catalogue: Catalogue, before: Assessment, now: Assessment) -> Page:
    """Everything of two reports that can stand side by side, the earlier one on the left."""
    here, pair = comparison_address(now), _Pair(catalogue, before, now)
    name = short_name(now.department, now.key.year)
    if now.key.slug:
        name += own_name(now)
    title = word("compare", "title").format(name=name, **pair.years)
    # What a department took over or gave away changes its overall report, not its projects.
    passings = () if now.key.slug else passings_of(catalogue, now.department)
    parts: list[object] = [
        f"# {plain(title)}",
        _both(pair, here),
        *caveats(before, now, passings),
        *_section("figures", _figures(pair)),
        *_section("dimensions", _dimensions(pair)),
        *_section("funds", _funds(pair)),
        *_section("indicators", _indicators(pair)),
        *_section("problems", _problems(pair)),
        *_section("goals", _goals(pair)),
        *_section("texts", _texts(pair)),
        other_years(catalogue.history(now.key.department, now.key.slug), here),
    ]
    frame = list_frame(
        "comparison", title, breadcrumbs=_breadcrumbs(now),
        stamp=stamp_of(now.report) or stamp_of(before.report),
        provenance=provenance_of(now.report.provenance, now.report.content.provenance_note),
    )  # fmt: skip
    return Page(here, title, "\n\n".join(str(part) for part in parts if part), frame)


def own_name(assessment: Assessment) -> str:
    """What a document is called besides the department: its project, or its kind."""
    return assessment.report.content.project_name or word("kinds", assessment.report.kind)


class _Pair:
    """Two reports, with what all tables of a comparison ask of them."""

    def __init__(self, catalogue: Catalogue, before: Assessment, now: Assessment) -> None:
        self.catalogue, self.before, self.now = catalogue, before, now
        self.years = {"before": before.key.year, "now": now.key.year}

    @property
    def both(self) -> tuple[Assessment, Assessment]:
        return self.before, self.now

    def columns(self, *names: str) -> Iterator[Column]:
        """These columns for each year, under the year."""
        for assessment in self.both:
            group = word("page", "year").format(assessment.key.year)
            yield from (Column(name, numeric=True, group=group) for name in names)

    def year_columns(self) -> Iterator[Column]:
        """One column for each year."""
        for assessment in self.both:
            yield Column(word("page", "year").format(assessment.key.year))

    def grid(
        self, name: str, columns: Iterable[Column], rows: Iterable[Row], note: str = ""
    ) -> str:
        """A table of the comparison; nothing where it has no rows."""
        caption = word("compare", f"{name}_caption").format(**self.years)
        is_text = name in ("goals", "texts")
        source = "" if is_text else several_sources(self.both)
        made = Grid(
            f"{name}-table", caption, tuple(columns), tuple(rows), cards=is_text, note=note,
            source=source,
        )  # fmt: skip
        return str(made.html()) if made.rows else ""


def _section(name: str, *content: str) -> Iterator[str]:
    found = [part for part in content if part]
    if found:
        yield f"## {plain(word('compare', name))} {{#{name}}}"
        yield from found


def _both(pair: _Pair, here: str) -> str:
    links = {
        name: anchor(here, found.key.address, found.report.title)
        for name, found in (("before", pair.before), ("now", pair.now))
    }
    return f"<p>{plain(word('compare', 'both'))}{links['before']}、{links['now']}</p>"


def _breadcrumbs(now: Assessment) -> list[dict[str, str]]:
    own = own_name(now) if now.key.slug else ""
    return [
        home_entry(), list_entry("departments/"),
        entry(short_name(now.department), f"{now.key.department}/"),
        entry(word("page", "year").format(now.key.year) + own, now.key.address),
    ]  # fmt: skip


# --- figures ------------------------------------------------------------------------------------


def _figures(pair: _Pair) -> str:
    rows = [*_score_rows(pair), *_money_rows(pair)]
    columns = (Column(word("page", "item")), *(Column(c.name, True) for c in pair.year_columns()),
               Column(word("compare", "change")))  # fmt: skip
    return pair.grid("figures", columns, rows)


def _score_rows(pair: _Pair) -> Iterator[Row]:
    comparable = same_scheme(pair.before, pair.now)
    scores = [a.score for a in pair.both]
    yield _figure_row(pair, word("page", "self_score"), scores, "scores/total",
                      unit=word("page", "points"), comparable=comparable)  # fmt: skip
    shares = [a.score_percent for a in pair.both]
    yield _figure_row(pair, word("compare", "share"), shares, "scores/total", unit="%",
                      comparable=comparable)  # fmt: skip
    grades = [_hidden(a, a.grade_word, "scores/grade") for a in pair.both]
    cells = [Cell(shown.html, f"ep-number {shown.style}".strip()) for shown in grades]
    yield Row(
        (cell(word("page", "grade")), *cells, cell(_turned(*(a.grade_word for a in pair.both))))
    )


def _turned(before: str | None, now: str | None) -> str | None:
    """What a word turned into; None where it did not, or is not there."""
    if not before or not now:
        return None
    if before == now:
        return word("compare", "same")
    return word("compare", "turned").format(before=before, now=now)


def _money_rows(pair: _Pair) -> Iterator[Row]:
    rates = [a.rate.percent if a.rate else None for a in pair.both]
    yield _figure_row(pair, word("page", "rate"), rates, "rate", unit="%", funds=True)
    units = [a.money.unit if a.money else "" for a in pair.both]
    for name, roles in (
        ("budget_column", (*BUDGET_ROLES, FundColumnRole.APPROPRIATED)),
        ("executed_column", (FundColumnRole.EXECUTED,)),
    ):
        values = [a.money.get(*roles) if a.money else None for a in pair.both]
        place = "executed" if name == "executed_column" else "budget"
        unit = units[1] or units[0]
        shown = word("page", "in_unit").format(name=word("page", name), unit=unit)
        same = units[0] == units[1]
        yield _figure_row(pair, shown, values, place, unit=unit, comparable=same, funds=True)


def _figure_row(
    pair: _Pair, name: str, values: list[Decimal | None], place: str,
    unit: str = "", comparable: bool = True, funds: bool = False,
) -> Row:  # fmt: skip
    """A figure in both years and its change; what cannot be compared says so."""
    suffix = "%" if unit == "%" else ""
    cells = [
        _hidden(a, v, total_place(a.report.content.funds, place) if funds else place, suffix=suffix)
        for a, v in zip(pair.both, values, strict=True)
    ]
    changed = _change(values[0], values[1], unit) if comparable else None
    if changed is None and None not in values:
        changed = word("compare", "not_comparable")
    return Row((cell(name), *cells, cell(changed)))


def _hidden(found: Assessment, value: object, *places: str, suffix: str = "") -> Cell:
    """The value; the word for what is withheld where it was, and a dash where it is not there."""
    if value is None and found.report.is_withheld(*places):
        return cell(word("trends", "withheld"), "ep-withheld")
    return number_cell(value, suffix) if isinstance(value, Decimal) else cell(value)


def _change(before: Decimal | None, now: Decimal | None, unit: str) -> str | None:
    """By how much a figure rose or fell, in words; None where one is not there."""
    if before is None or now is None:
        return None
    if before == now:
        return word("compare", "same")
    key = ("points_" if unit == "%" else "") + ("up" if now > before else "down")
    return word("compare", key).format(amount(abs(now - before)), unit)


# --- scores and money ---------------------------------------------------------------------------


def _dimensions(pair: _Pair) -> str:
    scores = [_dimension_scores(a) for a in pair.both]
    comparable, unit = same_scheme(pair.before, pair.now), word("page", "points")
    rows = []
    for name in dict.fromkeys([*scores[1], *scores[0]]):
        found = [known.get(name) for known in scores]
        cells = [c for a, s in zip(pair.both, found, strict=True) for c in _score_cells(a, s)]
        values = [s.score if s else None for s in found]
        changed = _change(values[0], values[1], unit) if comparable else None
        rows.append(Row((cell(name), *cells, cell(changed))))
    names = (word("page", "full_marks"), word("page", "score"))
    columns = [Column(word("page", "dimension")), *pair.columns(*names),
               Column(word("compare", "change"))]  # fmt: skip
    return pair.grid("dimensions", columns, rows)


def _dimension_scores(found: Assessment) -> dict[str, Score]:
    """Scores by their dimension's name in the scheme, or the report's own."""
    scores, scheme = found.report.content.scores, found.scheme
    known = (
        ((scheme.dimension(s.name) if scheme else None, s) for s in scores.items) if scores else ()
    )
    return {dimension.name if dimension else score.name: score for dimension, score in known}


def _score_cells(found: Assessment, score: Score | None) -> tuple[Cell, Cell]:
    if score is None:
        return cell(None), cell(None)
    known = found.scheme.dimension(score.name) if found.scheme else None
    marks = score.full_marks if score.full_marks is not None else known and known.full_marks
    place = f"scores/{score.id or score.name}/score"
    return number_cell(marks or None), _hidden(found, score.score, place)


def _funds(pair: _Pair) -> str:
    lines = [_lines(pair.catalogue, a) for a in pair.both]
    rows = []
    for key in dict.fromkeys([*lines[1], *lines[0]]):
        found = [known.get(key) for known in lines]
        name = next(n for n, _ in reversed([f for f in found if f]))
        cells = [
            c for a, f in zip(pair.both, found, strict=True)
            for c in _money_cells(pair.catalogue, a, f[1] if f else None)
        ]  # fmt: skip
        rows.append(Row((cell(name), *cells), "ep-total" if key == "total" else ""))
    columns = [Column(word("page", "item"))]
    for assessment in pair.both:
        unit = assessment.money.unit if assessment.money else ""
        group = word("compare", "year_unit").format(year=assessment.key.year, unit=unit)
        group = group if unit else word("page", "year").format(assessment.key.year)
        names = ("budget_column", "executed_column", "rate")
        columns += [Column(word("page", n), numeric=True, group=group) for n in names]
    return pair.grid("funds", columns, rows)


def _lines(catalogue: Catalogue, found: Assessment) -> dict[str, tuple[str, FundLine]]:
    """The lines of a fund table by id, with their names."""
    content = found.report.content
    table = catalogue.reference.fund_table_of(content, found.key)
    names = {row.id: row.name for row in table.rows} if table else {}
    rows = content.funds.rows if content.funds else ()
    return {line.id: (line.name or names.get(line.id, line.id), line) for line in rows}


def _money_cells(catalogue: Catalogue, found: Assessment, line: FundLine | None) -> list[Cell]:
    if line is None:
        return [cell(None)] * 3
    table = catalogue.reference.fund_table_of(found.report.content, found.key)
    amounts, rated = amounts_of(line, table), f"funds/{line.id}/rate"
    is_total = rated == total_place(found.report.content.funds, "rate")
    budget = (*BUDGET_ROLES, FundColumnRole.APPROPRIATED)
    cells = [
        _hidden(found, next((amounts[r] for r in roles if r in amounts), None), *places)
        for roles in (budget, (FundColumnRole.EXECUTED,))
        for places in [_places(line, table, roles)]
    ]
    rate = found.rate.percent if line.rate is None and is_total and found.rate else line.rate
    return [*cells, _hidden(found, rate, rated, suffix="%")]


def _places(line: FundLine, table: FundTable | None, roles: Iterable[FundColumnRole]) -> list[str]:
    """The places of a line's columns that mean one of these."""
    wanted = set(roles)
    own = [column.id for column in table.columns if column.role in wanted] if table else []
    return [f"funds/{line.id}/{column}" for column in (*own, *sorted(wanted))]


# --- indicators ---------------------------------------------------------------------------------


def _indicators(pair: _Pair) -> str:
    if not all(a.report.content.indicators for a in pair.both):
        return ""
    rows = [_indicator_row(pair, line) for line in indicator_lines(pair.both, least=1)]
    columns = [Column(word("indicator_fields", "name")), *pair.year_columns(),
               Column(word("compare", "change"))]  # fmt: skip
    return pair.grid("indicators", columns, rows)


def _indicator_row(pair: _Pair, line: Line) -> Row:
    before, now = (line.years.get(a.key.year) for a in pair.both)
    said = "\n".join(_indicator_changes(before, now))
    cells = [followed_cell(line, a.key.year, with_score=True) for a in pair.both]
    style = "ep-lowered" if now and now.move is Move.LOWERED else ""
    return Row((cell(named(line.newest)), *cells, cell(said, "ep-change")), style)


def _indicator_changes(before: Followed | None, now: Followed | None) -> Iterator[str]:
    """What changed about an indicator, in words."""
    if before is None or now is None:
        yield word("trends", "added" if before is None else "dropped")
        return
    if said := move_words(now):
        yield said
    old, new = outcome_word(before.outcome), outcome_word(now.outcome)
    if old != new:
        yield word("compare", "turned").format(before=old, now=new)
    if (name := named(before.indicator)) != named(now.indicator):
        yield word("compare", "renamed").format(name)


# --- problems, goals, texts ---------------------------------------------------------------------


def _problems(pair: _Pair) -> str:
    return "\n\n".join(
        filter(None, (
            str(aftermath_grid(aftermath(pair.before.report, pair.now.report), pair.before)),
            _new_problems(pair),
        ))
    )  # fmt: skip


def _new_problems(pair: _Pair) -> str:
    """The problems of the later report, and whether the earlier one had them."""
    old = {p.id for p in pair.before.report.content.problems}
    year = pair.before.key.year
    rows = tuple(
        Row((cell(p.text), cell(p.measure), cell(_since(p.id in old, year), "ep-change")))
        for p in pair.now.report.content.problems
        if p.text
    )
    columns = (Column(word("page", "problem")), Column(word("page", "measure")),
               Column(word("page", "status")))  # fmt: skip
    caption = word("compare", "new_problems").format(pair.now.key.year)
    return str(Grid("new-problems", caption, columns, rows, cards=True).html()) if rows else ""


def _since(again: bool, year: int) -> str:
    return word("compare", "again").format(year) if again else word("compare", "new")


def _goals(pair: _Pair) -> str:
    goals = [_goal_entries(a) for a in pair.both]
    rows = []
    for key in dict.fromkeys([*goals[1], *goals[0]]):
        name, kind = next(known[key] for known in reversed(goals) if key in known)[:2]
        texts = [known[key][2] if key in known else None for known in goals]
        shown = word("compare", "goal_line").format(
            goal=name, kind=word("compare", "goal_kinds", kind)
        )
        rows.append(Row((cell(shown), *(cell(_joined(text)) for text in texts))))
    return pair.grid("goals", [Column(word("page", "goal")), *pair.year_columns()], rows)


def _goal_entries(found: Assessment) -> dict[tuple[str, str], tuple[str, str, list[str]]]:
    """What each goal says, by its id and the kind of text."""
    goals = found.report.content.goals
    known: list[Goal] = [g for g in (goals.overall, *goals.items) if g] if goals else []
    return {
        (goal.id, kind): (goal.name or word("page", "overall_goal"), kind, texts)
        for goal in known
        for kind in ("target", "indicator", "actual")
        if (texts := list(texts_of(getattr(goal, kind))))
    }


def _joined(texts: list[str] | None) -> Markup | None:
    return Markup("<br>").join(in_cell(text) for text in texts) if texts else None


_SILENT = (Table, Picture, Show)
_SAYS = ("label", "heading", "text", "withheld", "markdown", "list", "content")


def texts_of(node: Any) -> Iterator[str]:
    """The sentences of blocks, in their order: no tables, pictures, numbers or ids."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for child in node:
            yield from texts_of(child)
    elif isinstance(node, BaseModel) and not isinstance(node, _SILENT):
        for key in _SAYS:
            if (child := node.__dict__.get(key)) is not None:
                yield from texts_of(child)


def _texts(pair: _Pair) -> str:
    """The sections of both reports, paragraph by paragraph, folded away."""
    bodies = [_sections(pair.catalogue, a) for a in pair.both]
    rows = []
    for key in dict.fromkeys([*bodies[1], *bodies[0]]):
        name = next(known[key][0] for known in reversed(bodies) if key in known)
        old, new = (known[key][1] if key in known else [] for known in bodies)
        rows.append(Row((cell(name), cell(_joined(old)), cell(_marked(new, old)))))
    columns = [Column(word("compare", "section")), *pair.year_columns()]
    grid = pair.grid("texts", columns, rows, word("compare", "texts_note"))
    if not grid:
        return ""
    name = word("compare", "unfold")
    return str(render("unfold.html.j2", name=name, content=Markup(grid)))


def _sections(catalogue: Catalogue, found: Assessment) -> dict[str, tuple[str, list[str]]]:
    """The texts of each section with its heading, in the outline's order."""
    report = found.report
    outline = catalogue.reference.outline_of(report.content, report.key, report.kind)
    headings = {s.id: s.heading for s in outline.walk()} if outline else {}
    body = report.content.body
    ordered = [*(key for key in headings if key in body), *(k for k in body if k not in headings)]
    return {
        key: (body[key].heading or headings.get(key) or word("compare", "preface"), texts)
        for key in ordered
        if (texts := list(texts_of(body[key].content)))
    }


def _marked(texts: list[str], before: list[str]) -> Markup | None:
    """The texts, those that the year before had word for word marked as such."""
    known = set(before)
    mark = Markup(' <span class="ep-move">{}</span>').format(word("compare", "same_text"))
    shown = (in_cell(text) + (mark if text in known else "") for text in texts)
    return Markup("<br>").join(shown) if texts else None
