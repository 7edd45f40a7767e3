"""The rows of a form with values beside their headings -> the heads of a report: names, codes, the
total in the head, texts such as the conclusion; names of persons are passed by.

A value stands directly right of its heading, or behind a colon in the same cell. What stands
further off could belong to a heading that nobody knows.
"""

from __future__ import annotations

import re

from evalpress.importing.drafts import Sourced
from evalpress.importing.fieldtexts import is_blank, marks
from evalpress.importing.labels import NONE, Vocabulary, unit_in
from evalpress.importing.neutral import Cell
from evalpress.importing.reading import Reading
from evalpress.model import FormPart
from evalpress.wording import word

_COLON = re.compile(r"^([^:：\n]{2,24})[:：]\s*(.*)$", re.DOTALL)
_BOXES = re.compile("[☐☑☒□■√✓✔×✗✘○●◯]")
_NAMES = frozenset(["project_name", "authority", "unit", "department"])
_SHORT = 20  # characters of a line that says a unit
_GRADE = 4  # characters of a grade's word; more is a form's list of boxes


def read_heads(reading: Reading, vocabulary: Vocabulary, cells: list[Cell]) -> None:
    """Place the cells of one row, which are those with texts, from left to right."""
    at = 0
    while at < len(cells):
        at += _take(reading, vocabulary, cells, at)


def is_head(vocabulary: Vocabulary, cell: Cell) -> bool:
    """Whether a cell is a heading, or begins with one and a colon."""
    heading, _ = parted(cell.text)
    return any(vocabulary.knows(p, heading) for p in (FormPart.HEAD, FormPart.PERSON))


def parted(text: str) -> tuple[str, str]:
    """`项目名称：某项目` -> both halves; a mere heading has no second one."""
    match = _COLON.match(text.strip())
    return (match[1], match[2].strip()) if match else (text, "")


def runs(cell: Cell) -> list[Cell]:
    """`填报人：某某　联系电话：123` -> one cell for each heading with its value."""
    parts = [p for p in re.split(r"[\t\u3000]+| {2,}", cell.text.strip()) if p]
    if len(parts) > 1 and all(re.search("[:：]", part) for part in parts):
        return [Cell(p, cell.source, cell.row, cell.column, columns=cell.columns) for p in parts]
    return [cell]


def bare_label(heading: str) -> str:
    """A heading as the label of a text: without a colon."""
    return heading.strip().strip(":：").strip()


def named_project(vocabulary: Vocabulary, cells: list[Cell]) -> str:
    """The name of a project that a row gives; empty where it gives none."""
    for at, cell in enumerate(cells):
        heading, value = parted(cell.text)
        if vocabulary.meanings(FormPart.HEAD, heading) == ["project_name"]:
            beside = cells[at + 1].text if at + 1 < len(cells) else ""
            return (value or beside).strip()
    return ""


def _take(reading: Reading, vocabulary: Vocabulary, cells: list[Cell], at: int) -> int:
    """Place one cell, with the value right of it; gives how many cells that were."""
    cell = cells[at]
    heading, value = parted(cell.text)
    if vocabulary.knows(FormPart.PERSON, heading):
        return _pass_by(reading, vocabulary, cells, at, value)
    meanings = vocabulary.meanings(FormPart.HEAD, heading)
    if not meanings:
        _strange(reading, cell)
        return 1
    reading.know(cell)
    if value:
        _head(reading, meanings, heading, cell, value)
        return 1
    beside = cells[at + 1] if at + 1 < len(cells) else None
    if beside is None or is_head(vocabulary, beside) or _heads_column(vocabulary, beside):
        return 1
    if beside.rows < cell.rows:
        return 1  # at the side of several rows: what stands beside it is only the first of them
    if meanings[0].startswith("goals/") and (two := _unnamed(vocabulary, cells[at + 1 :])):
        reading.leave_all(two, "two_cells", heading=bare_label(heading))
        return 1 + len(two)
    doubt = ""
    if beside.column > cell.column + cell.columns and beside.source != cell.source:
        if len(cells) > at + 2 and not is_head(vocabulary, cells[at + 2]):
            return 1  # the next could be a heading that nobody knows, with its value
        doubt = word("import", "apart")
    _head(reading, meanings, heading, beside, beside.text, doubt)
    return 2


def _unnamed(vocabulary: Vocabulary, cells: list[Cell]) -> list[Cell]:
    """The texts right of a heading where there are several and no other heading: what was meant to
    be reached and what was, and nothing says which."""
    known = (
        number for number, cell in enumerate(cells)
        if is_head(vocabulary, cell) or vocabulary.knows(FormPart.GOAL, cell.text)
    )  # fmt: skip
    own = cells[: next(known, len(cells))]
    return own if len(own) > 1 else []


def _heads_column(vocabulary: Vocabulary, cell: Cell) -> bool:
    """项目名称 | 预算数 | 执行数: in the heads of a list the second is no value of the first."""
    return any(
        vocabulary.knows(part, cell.text) for part in (FormPart.FUND_COLUMN, FormPart.INDICATOR)
    )


def _strange(reading: Reading, cell: Cell) -> None:
    """No heading that is known: a unit of money for all the form, or told."""
    unit = unit_in(cell.text) if "单位" in cell.text and len(cell.text) < _SHORT else ""
    if unit and reading.fund_unit in ("", unit):
        reading.fund_unit = unit
        reading.know(cell)
    elif unit:
        reading.leave(cell, "said_twice", before=reading.fund_unit)
    else:
        reading.leave(cell, "no_heading")


def _pass_by(
    reading: Reading, vocabulary: Vocabulary, cells: list[Cell], at: int, value: str
) -> int:
    """A name or number of a person is not written down, only that there is one."""
    reading.person(cells[at].source)
    beside = cells[at + 1] if at + 1 < len(cells) else None
    if value or beside is None or is_head(vocabulary, beside):
        return 1
    reading.person(beside.source)
    return 2


def _head(
    reading: Reading, meanings: list[str], heading: str, cell: Cell, text: str, doubt: str = ""
) -> None:
    if len(meanings) > 1 or meanings[0] == NONE:
        reading.leave(cell, "two_meanings" if len(meanings) > 1 else "no_field")
        return
    means = meanings[0]
    reading.know(cell)
    if is_blank(text):
        return
    read = _read(means, text, cell)
    if read is None:
        reading.leave(cell, "no_value", heading=bare_label(heading))
    elif value := reading.value(cell, read, doubt):
        _put(reading, means, heading, cell, value)


def _read(means: str, text: str, cell: Cell) -> str | None:
    """The text of a head's field; a long number is the one that the file keeps."""
    if means == "scores/total":
        return marks(text)
    if means == "scores/grade":
        grade = text.strip()
        return grade if len(grade) <= _GRADE and not _BOXES.search(grade) else None
    if means in _NAMES:
        return text.strip().replace("\n", "")
    if means == "project_code" and cell.stored:
        return cell.stored
    return text.strip()


def _put(reading: Reading, means: str, heading: str, cell: Cell, value: Sourced) -> None:
    if means.startswith("body/"):
        reading.labelled.append((means.removeprefix("body/"), bare_label(heading), value))
    elif means.startswith("goals/"):
        goals = reading.goal_targets if means.endswith("target") else reading.goal_actuals
        goals.append(value)
    elif means in reading.heads and reading.heads[means].value != value.value:
        reading.leave(cell, "said_twice", before=str(reading.heads[means].value))
    else:
        reading.heads.setdefault(means, value)
