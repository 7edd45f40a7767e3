"""4 write: structured data of a report as tables and texts, one registered function per piece."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup

from evalpress.assess import full_marks, total_line
from evalpress.model import (
    Fact,
    FundColumn,
    FundColumnRole,
    FundLine,
    FundTable,
    Goal,
    GoalWords,
    Indicator,
    IndicatorColumn,
    IndicatorField,
    Key,
    Piece,
    Problem,
    ProblemWords,
    Project,
    Quantity,
)
from evalpress.pages.grids import Cell, Column, Grid, Row, amount, cell, number_cell
from evalpress.pages.sections import unplaced, write_owner
from evalpress.pages.writer import Writer, piece, write_piece
from evalpress.text.markup import in_cell, labelled, lead_number, lines, plain, render
from evalpress.text.numbering import NONE, number
from evalpress.wording import word

ABSENT = None


def _grid(writer: Writer, name: str, caption: str, columns: Iterable[Column], rows: Iterable[Row],
          head: int = 0, cards: bool = False, note: str = "") -> None:  # fmt: skip
    own = writer.unique(f"{writer.prefix}{name}-table")
    grid = Grid(own, caption, tuple(columns), tuple(rows), head=head, cards=cards, note=note)
    writer.add(grid.html())


def _or_notice(shown: Cell, notice: str | None) -> Cell:
    """The cell, or the notice where its value was withheld."""
    if not notice:
        return shown
    return Cell(
        Markup('<span class="ep-withheld">') + plain(notice) + Markup("</span>"), shown.style
    )


# --- profile and organisation -------------------------------------------------------------------


@piece(Piece.PROFILE, lambda w: w.owner.profile is not None)
def _profile(writer: Writer, depth: int) -> None:
    profile = writer.owner.profile
    assert profile is not None
    entries: list[tuple[str, Cell]] = []
    for name in ("duties", "offices", "units"):
        if texts := getattr(profile, name):
            entries.append((name, cell(Markup("<br>").join(in_cell(t) for t in texts))))
        elif notice := writer.notice(f"profile/{name}"):
            entries.append((name, _or_notice(cell(ABSENT), notice)))
    for name in ("staff", "assets"):
        if quantities := getattr(profile, name):
            entries.append((name, cell(Markup("<br>").join(map(_quantity, quantities)))))
        elif notice := writer.notice(f"profile/{name}"):
            entries.append((name, _or_notice(cell(ABSENT), notice)))
    if profile.bases:
        texts = [
            "　".join(str(part) for part in (b.name, b.number, b.issued) if part)
            for b in profile.bases
        ]
        entries.append(("bases", cell(Markup("<br>").join(map(plain, texts)))))
    rows = [Row((cell(word("profile", name)), content)) for name, content in entries]
    columns = (Column(word("page", "item")), Column(word("page", "content")))
    _grid(writer, "profile", word("pieces", "profile"), columns, rows)


def _quantity(quantity: Quantity) -> Markup:
    value = "" if quantity.value is None else amount(quantity.value)
    note = f"（{quantity.note}）" if quantity.note else ""
    return plain(f"{quantity.name} {value}{quantity.unit or ''}{note}")


@piece(Piece.EVALUATION, lambda w: bool(_evaluation_entries(w)))
def _evaluation(writer: Writer, depth: int) -> None:
    rows = [
        Row((cell(word("evaluation", name)), shown)) for name, shown in _evaluation_entries(writer)
    ]
    columns = (Column(word("page", "item")), Column(word("page", "content")))
    _grid(writer, "evaluation", word("pieces", "evaluation"), columns, rows)


def _evaluation_entries(writer: Writer) -> list[tuple[str, Cell]]:
    found = writer.report_content.evaluation if writer.is_report else None
    if found is None:
        return []
    third = found.third_party
    texts = {
        "team": found.team,
        "methods": "\n".join(found.methods),
        "sample": found.sample,
        "third_party": third.name if third else None,
        "contract_number": third.contract_number if third else None,
        "period": "—".join(str(d) for d in (found.start, found.end) if d),
        "completed": found.completed,
    }
    return [(name, cell(str(text))) for name, text in texts.items() if text]


@piece(
    Piece.STAGES, lambda w: bool(w.is_report and (e := w.report_content.evaluation) and e.stages)
)
def _stages(writer: Writer, depth: int) -> None:
    evaluation = writer.report_content.evaluation
    assert evaluation is not None
    for index, stage in enumerate(evaluation.stages, 1):
        written = [str(d) for d in (stage.start, stage.end) if d]
        dates = stage.dates or "—".join(dict.fromkeys(written))
        heading = f"{stage.name}（{dates}）" if dates else stage.name
        own = number(evaluation.numbering, index) or NONE if evaluation.numbering else None
        writer.heading(heading, depth, f"stage-{stage.id}", own)
        writer.blocks(stage.content, depth + 1, f"stage-{stage.id}")


# --- money --------------------------------------------------------------------------------------


def fund_columns(table: FundTable, rows: Iterable[FundLine]) -> list[FundColumn]:
    """The table's columns, then those that the report uses beyond them."""
    columns = list(table.columns)
    known = {column.id for column in columns} | {str(c.role) for c in columns}
    used = dict.fromkeys(key for line in rows for key in line.amounts)
    for name in ("full_marks", "rate", "score"):
        if any(getattr(line, name) is not None for line in rows):
            used.setdefault(name)
    extra = [key for key in used if key not in known]
    return [*columns, *(FundColumn(id=key, name=word("fund_roles", key)) for key in extra)]


@piece(Piece.FUNDS, lambda w: bool(w.owner.funds and w.owner.funds.rows) or bool(w.notice("funds")))
def _funds(writer: Writer, depth: int) -> None:
    funds, table = writer.owner.funds, writer.fund_table
    if funds is None or table is None:
        writer.add(f'<p class="ep-withheld">{plain(writer.notice("funds") or "")}</p>')
        return
    columns = fund_columns(table, funds.rows)
    names = {row.id: row for row in table.rows}
    rows = []
    for line in funds.rows:
        known = names.get(line.id)
        name = line.name or (known.name if known else line.id)
        depth_in = line.indent if line.indent is not None else (known.indent if known else 0)
        indent = f"ep-indent-{min(depth_in, 2)}" if depth_in else ""
        cells = [_fund_cell(writer, line, column) for column in columns]
        rows.append(Row((cell(name, indent), *cells), "ep-total" if line.id == "total" else ""))
        if line.note:
            rows.append(Row(group=line.note))
    caption = word("page", "in_unit").format(name=table.name, unit=funds.unit or table.unit)
    notes = [
        word("page", label).format(text)
        for label, text in (("fund_source", funds.source), ("rate_reason", funds.rate_reason))
        if text
    ]
    heads = (
        Column(word("page", "item")),
        *(Column(c.name, numeric=True, group=c.group) for c in columns),
    )
    _grid(writer, "funds", caption, heads, rows, cards=True, note="　".join(notes))


def _fund_cell(writer: Writer, line: FundLine, column: FundColumn) -> Cell:
    own = {
        FundColumnRole.RATE: ("rate", line.rate, "%"),
        FundColumnRole.FULL_MARKS: ("full_marks", line.full_marks, ""),
        FundColumnRole.SCORE: ("score", line.score, ""),
    }
    key, value, suffix = own.get(column.role, (column.id, line.amounts.get(column.id), ""))
    return _or_notice(number_cell(value, suffix), writer.notice(f"funds/{line.id}/{key}"))


# --- goals --------------------------------------------------------------------------------------


def _goal_words(writer: Writer) -> GoalWords:
    return writer.outline.goals if writer.outline else GoalWords()


@piece(Piece.GOALS, lambda w: bool(w.owner.goals))
def _goals(writer: Writer, depth: int) -> None:
    """The standard table form: intended beside achieved."""
    said, found = _goal_words(writer), [goal for goal in writer.goals if goal]
    headings = {
        "target": said.target or word("page", "goal_target"),
        "indicator": said.indicator or word("page", "goal_indicator"),
        "actual": said.actual or word("page", "goal_actual"),
    }
    used = [key for key in headings if any(_goal_cell(writer, g, key) for g in found)]
    rows = [
        Row(
            (
                cell(_goal_name(g, said)),
                *(_goal_cell(writer, g, key) or cell(ABSENT) for key in used),
            )
        )
        for g in found
    ]
    columns = (Column(word("page", "goal")), *(Column(headings[k].rstrip("：:")) for k in used))
    _grid(writer, "goals", word("pieces", "goals"), columns, rows, cards=True)


def _goal_name(goal: Goal, said: GoalWords) -> str:
    if goal.id == "overall":
        return (said.overall or word("page", "overall_goal")).rstrip("：:")
    return goal.name or word("page", "goal")


def _goal_cell(writer: Writer, goal: Goal, key: str) -> Cell | None:
    if notice := writer.notice(f"goals/{goal.id}/{key}"):
        return _or_notice(cell(ABSENT), notice)
    blocks = getattr(goal, key)
    return Cell(writer.inline(blocks)) if blocks else None


def _said(goals: Iterable[Goal | None], *keys: str) -> list[Goal]:
    """The goals that say something under one of the keys."""
    return [goal for goal in goals if goal and any(getattr(goal, key) for key in keys)]


@piece(Piece.GOAL_TARGETS, lambda w: bool(_said(w.goals, "target", "indicator")))
def _goal_targets(writer: Writer, depth: int) -> None:
    said = _goal_words(writer)
    _write_overall(writer, depth, "target", "indicator")
    with_heading = bool(said.items and _said(writer.goals[1:], "target", "indicator"))
    if said.items and with_heading:
        writer.heading(said.items, depth, "goal-items", NONE)
    _write_goals(writer, depth + with_heading, "target", "indicator")


@piece(Piece.GOAL_ACTUALS, lambda w: bool(_said(w.goals[_from_items(w) :], "actual")))
def _goal_actuals(writer: Writer, depth: int) -> None:
    if not _from_items(writer):
        _write_overall(writer, depth, "actual")
    _write_goals(writer, depth, "actual")


def _from_items(writer: Writer) -> int:
    """1 where what came of the overall goal has a place of its own, else 0."""
    return int(Piece.OVERALL_ACTUAL in writer.placed())


@piece(Piece.OVERALL_ACTUAL, lambda w: bool(_said(w.goals[:1], "actual")))
def _overall_actual(writer: Writer, depth: int) -> None:
    overall = writer.goals[0]
    writer.blocks(overall.actual if overall else (), depth, "goal-overall-actual")


def _write_overall(writer: Writer, depth: int, *keys: str) -> None:
    overall, said = writer.goals[0], _goal_words(writer)
    if overall and _said([overall], *keys):
        if label := overall.name or said.overall:
            writer.add(labelled(label))
        for key in keys:
            writer.blocks(getattr(overall, key), depth, f"goal-overall-{key}")


def _write_goals(writer: Writer, depth: int, *keys: str) -> None:
    said = _goal_words(writer)
    for index, goal in enumerate(_said(writer.goals[1:], *keys), 1):
        if goal.name:
            shown = number(said.numbering, index) or NONE
            writer.heading(goal.name, depth, f"goal-{goal.id}-{keys[0]}", shown)
        for key in keys:
            _write_goal_text(writer, goal, key, getattr(said, key), depth)


def _write_goal_text(writer: Writer, goal: Goal, key: str, label: str | None, depth: int) -> None:
    """The label and the first paragraph on one line, as reports have it; the rest below."""
    blocks = getattr(goal, key)
    if not blocks:
        return
    text = getattr(blocks[0], "text", None) if not getattr(blocks[0], "label", None) else None
    if label and text:
        writer.paragraphs(text, labelled(label))
        blocks = blocks[1:]
    elif label:
        writer.add(labelled(label))
    writer.blocks(blocks, depth + 1, f"goal-{goal.id}-{key}")


# --- indicators and scores ----------------------------------------------------------------------

_MEASURED = (IndicatorField.TARGET, IndicatorField.ACTUAL, IndicatorField.SCORE)
_NUMERIC = {
    IndicatorField.COMPLETION,
    IndicatorField.COEFFICIENT,
    IndicatorField.FULL_MARKS,
    IndicatorField.SCORE,
}


@piece(Piece.INDICATORS, lambda w: bool(w.owner.indicators) or bool(w.notice("indicators")))
def _indicators(writer: Writer, depth: int) -> None:
    found, table = writer.owner.indicators, writer.indicator_table
    if not found or table is None:
        writer.add(f'<p class="ep-withheld">{plain(writer.notice("indicators") or "")}</p>')
        return
    columns = indicator_columns(table.columns, found)
    grouped = any(c.field is IndicatorField.LEVEL1 for c in columns)
    shown = [c for c in columns if c.field is not IndicatorField.LEVEL1] if grouped else columns
    rows: list[Row] = []
    for level1, members in groupby(found, key=lambda i: i.level1 if grouped else None):
        if grouped:
            rows += [Row(group=level1)] if level1 else []
        for indicator in members:
            cells = _indicator_cells(writer, indicator, shown, table.columns)
            rows.append(Row(cells, id=f"{writer.prefix}indicator-{indicator.id}"))
    if last := _total_row(writer, shown):
        rows.append(last)
    heads = [Column(c.name, numeric=c.field in _NUMERIC, group=c.group) for c in shown]
    head = next((i for i, c in enumerate(shown) if c.field is IndicatorField.NAME), 0)
    _grid(writer, "indicators", table.name, heads, rows, head=head, cards=True)


def indicator_columns(
    layout: tuple[IndicatorColumn, ...], found: Iterable[Indicator]
) -> list[IndicatorColumn]:
    """The layout's columns; only those in use where nothing is measured."""
    found = list(found)
    measured = any(getattr(i, field) is not None for i in found for field in _MEASURED)
    kept = [c for c in layout if measured or any(_has(i, c) for i in found)]
    if not any(c.field is IndicatorField.NAME for c in kept):
        name = word("indicator_fields", IndicatorField.TEXT)
        kept.append(IndicatorColumn(field=IndicatorField.NAME, name=name))
    return kept


def _notes(indicator: Indicator, layout: tuple[IndicatorColumn, ...]) -> list[str]:
    """What an indicator says beyond the table's columns, for below its name."""
    known = {c.field for c in layout} | {IndicatorField.NAME, IndicatorField.EXTRA}
    fields = [f for f in IndicatorField if f not in known and not _joined(f, known)]
    columns = [IndicatorColumn(field=f, name=word("indicator_fields", f)) for f in fields]
    if indicator.name is None:
        columns = [c for c in columns if c.field not in _UNNAMED]
    return [
        word("page", "field_note").format(name=c.name, value=value)
        for c in columns
        if (value := _indicator_value(indicator, c)) not in (None, "")
    ]


# Where an indicator has no name, these stand in its place.
_UNNAMED = (IndicatorField.TEXT, IndicatorField.NOT_APPLICABLE)


def _joined(field: IndicatorField, known: set[IndicatorField]) -> bool:
    """Cause and measure stand in the common column where the layout has one, and are no note of
    their own where it has theirs."""
    parts = {IndicatorField.CAUSE, IndicatorField.MEASURE}
    if field is IndicatorField.DEVIATION:
        return bool(parts & known)
    return field in parts


def _has(indicator: Indicator, column: IndicatorColumn) -> bool:
    return _indicator_value(indicator, column) not in (None, "")


def _indicator_value(indicator: Indicator, column: IndicatorColumn) -> object:
    if column.field is IndicatorField.EXTRA:
        return indicator.extra.get(column.id or "")
    if column.field is IndicatorField.DEVIATION:
        return _deviation(indicator)
    if column.field is IndicatorField.NAME:
        return indicator.name or indicator.text or indicator.not_applicable
    value = getattr(indicator, column.field)
    if column.field is IndicatorField.NATURE and value:
        return word("natures", value)
    if column.field is IndicatorField.CORE and value is not None:
        return word("flags", "yes" if value else "no")
    return value


def _deviation(indicator: Indicator) -> str | None:
    parts = [indicator.deviation]
    for key in ("cause", "measure"):
        text = getattr(indicator, key)
        parts.append(f"{word('indicator_fields', key)}：{text}" if text else None)
    return "\n".join(part for part in parts if part) or None


def _indicator_cells(
    writer: Writer,
    indicator: Indicator,
    columns: list[IndicatorColumn],
    layout: tuple[IndicatorColumn, ...],
) -> tuple[Cell, ...]:
    """The cells of a row; the notice of an indicator that is withheld as a whole stands once."""
    cells = [_indicator_cell(writer, indicator, c, layout) for c in columns]
    if writer.notice(f"indicators/{indicator.id}"):
        said = next((i for i, c in enumerate(columns) if c.field not in _KEPT), 0)
        blank = cell(ABSENT)
        kept = [c.field in _KEPT or i == said for i, c in enumerate(columns)]
        cells = [c if keep else blank for c, keep in zip(cells, kept, strict=True)]
    return tuple(cells)


# What stays of an indicator that is withheld: what it is called.
_KEPT = (IndicatorField.LEVEL2, IndicatorField.NAME, IndicatorField.NATURE, IndicatorField.UNIT)


def _indicator_cell(
    writer: Writer,
    indicator: Indicator,
    column: IndicatorColumn,
    layout: tuple[IndicatorColumn, ...],
) -> Cell:
    value = _indicator_value(indicator, column)
    notice = None
    if value in (None, ""):
        notice = writer.notice(f"indicators/{indicator.id}/{column.field}")
    if column.field in _NUMERIC:
        suffix = (
            "%" if column.field in (IndicatorField.COMPLETION, IndicatorField.COEFFICIENT) else ""
        )
        number_value = value if isinstance(value, Decimal) else None
        return _or_notice(number_cell(number_value, suffix), notice)
    shown = cell(None if value is None else str(value))
    if column.field is IndicatorField.NAME and (notes := _notes(indicator, layout)):
        html = shown.html if value else Markup("")
        shown = Cell(
            html + Markup('<span class="ep-cell-note">') + in_cell("\n".join(notes)) + _END
        )
    return _or_notice(shown, notice)


_END = Markup("</span>")


def _total_row(writer: Writer, columns: list[IndicatorColumn]) -> Row | None:
    """总分, as the standard form closes its table; only where scores stand in the table."""
    scores = writer.owner.scores
    if (
        not scores
        or scores.total is None
        or not any(i.score is not None for i in writer.owner.indicators)
    ):
        return None
    whole = full_marks(writer.owner, writer.scheme)
    values = {
        IndicatorField.FULL_MARKS: number_cell(whole),
        IndicatorField.SCORE: number_cell(scores.total),
    }
    naming = next(c for c in columns if c.field is IndicatorField.NAME)
    cells = (
        cell(word("page", "total_score")) if c is naming else values.get(c.field, Cell(Markup("")))
        for c in columns
    )
    return Row(tuple(cells), "ep-total")


@piece(Piece.SCORES, lambda w: bool(w.owner.scores) or bool(w.notice("scores")))
def _scores(writer: Writer, depth: int) -> None:
    scores = writer.owner.scores
    if scores is None:
        writer.add(f'<p class="ep-withheld">{plain(writer.notice("scores") or "")}</p>')
        return
    rows = [
        Row((
            cell(s.name),
            number_cell(s.full_marks if s.full_marks is not None else writer.full_marks_of(s.name)),
            _or_notice(number_cell(s.score), writer.notice(f"scores/{s.id or s.name}/score")),
            cell(s.note),
        ))
        for s in scores.items
    ]  # fmt: skip
    total = _or_notice(number_cell(scores.total), writer.notice("scores/total"))
    whole = number_cell(full_marks(writer.owner, writer.scheme))
    rows.append(
        Row((cell(word("page", "total_score")), whole, total, cell(scores.note)), "ep-total")
    )
    if scores.grade:
        grade = cell(scores.grade, "ep-number")
        rows.append(Row((cell(word("page", "grade")), cell(ABSENT), grade, cell(ABSENT))))
    if scores.review:
        review = scores.review
        said = "　".join(str(p) for p in (review.office, review.reviewed_on, review.note) if p)
        rows.append(Row((
            cell(word("page", "review")), cell(ABSENT), number_cell(review.total), cell(said),
        )))  # fmt: skip
    columns = [
        Column(word("page", "dimension")),
        Column(word("page", "full_marks"), numeric=True),
        Column(word("page", "score"), numeric=True),
        Column(word("page", "note")),
    ]
    if not any(r.cells[3].html != cell(ABSENT).html for r in rows):
        rows, columns = [Row(r.cells[:3], r.style) for r in rows], columns[:3]
    note = (
        word("page", "scheme_note").format(writer.scheme.name)
        if writer.scheme and writer.is_report
        else ""
    )
    _grid(writer, "scores", word("pieces", "scores"), columns, rows, note=note)


# --- problems -----------------------------------------------------------------------------------


@piece(Piece.PROBLEMS, lambda w: bool(w.owner.problems) or bool(w.notice("problems")))
def _problems(writer: Writer, depth: int) -> None:
    if not writer.owner.problems:
        writer.add(f'<p class="ep-withheld">{plain(writer.notice("problems") or "")}</p>')
    said = writer.outline.problems if writer.outline else ProblemWords()
    apart = Piece.MEASURES in writer.placed()
    for index, problem in enumerate(writer.owner.problems, 1):
        writer.add(_problem(writer, problem, index, said, with_measure=not apart))


def _problem(
    writer: Writer, problem: Problem, index: int, said: ProblemWords, with_measure: bool
) -> Markup:
    shown = problem.number or number(said.numbering, index)

    def text(key: str) -> str | None:
        own: str | None = getattr(problem, key)
        return own or writer.notice(f"problems/{problem.id}/{key}")

    meta = [
        word("page", key).format(value)
        for key, value in (("problem_office", problem.office), ("problem_due", problem.due))
        if value
    ]
    return render(
        "problem.html.j2",
        anchor=writer.unique(f"{writer.prefix}problem-{problem.id}"),
        number=lead_number(shown),
        paragraphs=lines(text("text") or ""),
        cause=_said_as(said.cause or word("page", "cause"), text("cause")),
        measure=_said_as(said.measure or word("page", "measure"), text("measure"))
        if with_measure
        else [],
        meta="　".join(meta),
    )


def _said_as(label: str, text: str | None) -> list[Markup]:
    found = lines(text or "")
    return [labelled(label) + found[0], *found[1:]] if found else []


@piece(Piece.MEASURES, lambda w: any(p.measure for p in w.owner.problems))
def _measures(writer: Writer, depth: int) -> None:
    """Measures in a chapter of their own, numbered like the problems."""
    said = writer.outline.problems if writer.outline else ProblemWords()
    measured = [p for p in writer.owner.problems if p.measure]
    for index, problem in enumerate(measured, 1):
        shown = number(said.numbering, index)
        writer.paragraphs(problem.measure, lead_number(shown))


@piece(Piece.FOLLOWUPS, lambda w: bool(w.is_report and w.report_content.followups))
def _followups(writer: Writer, depth: int) -> None:
    key, rows = writer.assessment.key, []
    for followup in writer.report_content.followups:
        earlier = writer.catalogue.assessments.get(Key(key.department, followup.year, key.slug))
        problems = earlier.report.content.problems if earlier else ()
        text = next((p.text for p in problems if p.id == followup.problem), None)
        rows.append(Row((
            cell(word("page", "year").format(followup.year)), cell(text),
            cell(word("followup_status", followup.status)), cell(followup.text),
        )))  # fmt: skip
    columns = [Column(word("page", k)) for k in ("year_column", "problem", "status", "followup")]
    _grid(writer, "followups", word("pieces", "followups"), columns, rows, head=1, cards=True)


# --- projects and facts -------------------------------------------------------------------------


@piece(Piece.PROJECTS, lambda w: bool(w.is_report and w.report_content.projects))
def _projects(writer: Writer, depth: int) -> None:
    for project in writer.report_content.projects:
        _project(writer, project, depth)


def _project(writer: Writer, project: Project, depth: int) -> None:
    """A project's heading, what identifies it, its text, and its data right below."""
    report = writer.assessment.report
    outline = writer.catalogue.reference.outline_of(project, report.key, report.kind)
    writer.heading(project.name, depth, f"project-{project.id}", project.number)
    details = {
        word("page", name): getattr(project, name)
        for name in ("code", "authority", "unit", "progress")
        if getattr(project, name)
    }
    if details:
        writer.add(render("details.html.j2", details=details))
    inner = writer.inside(project, outline, depth + 1)
    write_owner(inner)
    for name in unplaced(inner):
        write_piece(name, inner, depth + 1)


@piece(Piece.PROJECT_TABLE, lambda w: bool(w.is_report and w.report_content.projects))
def _project_table(writer: Writer, depth: int) -> None:
    """All projects in one table: their money, score and grade."""
    projects, table = writer.report_content.projects, writer.fund_table
    lines_of = {p.id: total_line(p.funds) for p in projects if p.funds and p.funds.rows}
    columns = fund_columns(table, lines_of.values()) if table and lines_of else []
    used = [c for c in columns if any(_fund_value(line, c) for line in lines_of.values())]
    scored = any(p.scores and p.scores.total is not None for p in projects)
    rows = []
    for project in projects:
        inner, line = writer.inside(project, None, depth), lines_of.get(project.id)
        cells = [_fund_cell(inner, line, c) if line else cell(ABSENT) for c in used]
        if scored:
            cells.append(number_cell(project.scores.total if project.scores else None))
        rows.append(Row((cell(project.name), *cells)))
    heads = [Column(word("page", "project")), *(Column(c.name, True, c.group) for c in used)]
    heads += [Column(word("page", "score"), True)] if scored else []
    caption = word("pieces", "project-table")
    if table:
        caption = word("page", "in_unit").format(name=caption, unit=table.unit)
    _grid(writer, "project-table", caption, heads, rows, cards=True)


def _fund_value(line: FundLine, column: FundColumn) -> object:
    own = {"rate": line.rate, "full_marks": line.full_marks, "score": line.score}
    return own.get(column.role, line.amounts.get(column.id))


@piece(Piece.FACTS, lambda w: bool(w.owner.facts) or bool(w.notice("facts")))
def _facts(writer: Writer, depth: int) -> None:
    rows = [
        Row((cell(f.name), _fact_value(writer, f), cell(f.period), cell(_fact_parts(f))))
        for f in writer.owner.facts
    ]
    columns = [
        Column(word("page", k), numeric=k == "value") for k in ("fact", "value", "period", "parts")
    ]
    _grid(writer, "facts", word("pieces", "facts"), columns, rows)


def _fact_value(writer: Writer, fact: Fact) -> Cell:
    value = fact.written
    if value is None and fact.value is not None:
        value = f"{amount(fact.value)}{fact.unit or ''}"
    return _or_notice(cell(value, "ep-number"), writer.notice(f"facts/{fact.id}/value"))


def _fact_parts(fact: Fact) -> str | None:
    parts = (f"{p.name} {amount(p.value)}{p.unit or fact.unit or ''}" for p in fact.parts)
    return "；".join(parts) or None
