"""4 write: goals: intended beside achieved, as a table or as texts in their places."""

from __future__ import annotations

from collections.abc import Iterable

from evalpress.model import (
    Goal,
    GoalWords,
    Piece,
)
from evalpress.pages.grids import Cell, Column, Row, cell
from evalpress.pages.pieces.table_frame import ABSENT, add_grid, or_notice
from evalpress.pages.writer import Writer, piece
from evalpress.text.markup import labelled
from evalpress.text.numbering import NONE, number
from evalpress.wording import word


def _goal_words(writer: Writer) -> GoalWords:
    return writer.outline.goals if writer.outline else GoalWords()


@piece(Piece.GOALS, lambda w: bool(w.owner.goals))
def _goals(writer: Writer, depth: int) -> None:
    """The standard table form: intended beside achieved."""
    columns, rows = goal_rows(writer)
    add_grid(writer, "goals", word("pieces", "goals"), columns, rows, cards=True)


def goal_rows(writer: Writer) -> tuple[tuple[Column, ...], list[Row]]:
    """Columns and rows of the goals: what each is called, what was intended, what was achieved."""
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
    return (Column(word("page", "goal")), *(Column(headings[k].rstrip("：:")) for k in used)), rows


def _goal_name(goal: Goal, said: GoalWords) -> str:
    if goal.id == "overall":
        return (said.overall or word("page", "overall_goal")).rstrip("：:")
    return goal.name or word("page", "goal")


def _goal_cell(writer: Writer, goal: Goal, key: str) -> Cell | None:
    if notice := writer.notice(f"goals/{goal.id}/{key}"):
        return or_notice(cell(ABSENT), notice)
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
