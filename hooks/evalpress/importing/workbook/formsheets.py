"""The declaration of the form: its sheets, their tables, the kinds of rows and the columns of each,
every one of them a field of the model. Writing, reading and marking all follow from it.

Names of sheets, titles and kinds are words of the catalogue under `workbook`; heads are the names
that the fields have in the field guide, unless `workbook` has another word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from pydantic import BaseModel

from evalpress import model as m
from evalpress.model import Evaluated, Project, ReportFile


class Shape(StrEnum):
    """What stands at a kind's path: one thing, a list of them, or pairs of a name and a thing."""

    ONE = "one"
    LIST = "list"
    PAIRS = "pairs"


_NONE: Mapping[str, str] = MappingProxyType({})
EVERY = "*"  # a column for each entry of a mapping, as in `amounts.*`


@dataclass(frozen=True)
class Kind:
    """What a row stands for: `path` leads to it from a report or project, or from the row of the
    kind that it is `inside`.

    A column holds the field of its own name, or what `fields` calls otherwise. `text` is the column
    of what is a mere text, `key` that of a pair's name; by `naming` rows are known again.
    """

    name: str
    path: tuple[str, ...] = ()
    model: type[BaseModel] | None = None
    shape: Shape = Shape.LIST
    inside: str = ""
    fields: Mapping[str, str] = field(default_factory=lambda: _NONE)
    text: str = ""
    key: str = ""
    naming: tuple[str, ...] = ()

    def field(self, column: str) -> str | None:
        """The field that a column holds, with dots between its steps; None where it has none."""
        if column in self.fields:
            return self.fields[column]
        return column if self.model and owner_of(self.model, column) else None

    @property
    def needs_id(self) -> bool:
        """True where a row cannot go without an id."""
        own = self.model.model_fields.get("id") if self.model else None
        return own is not None and own.is_required()

    @property
    def is_of_projects(self) -> bool:
        """True for what a project inside a report has as well."""
        return bool(self.path) and self.path[0] in Evaluated.model_fields


@dataclass(frozen=True)
class Column:
    """A column of a table: its key, its width in characters, and whether it stands in every form or
    only where a report uses it."""

    key: str
    width: int = 12
    is_usual: bool = True


@dataclass(frozen=True)
class Table:
    """A table, or a form of labels (`is_upright`). `arranged_by` is the reference table that gives
    order and heads; `spare` lines are left empty for more; a row without a kind is of the `default`
    one."""

    name: str
    kinds: tuple[Kind, ...]
    columns: tuple[Column, ...]
    is_upright: bool = False
    arranged_by: str = ""
    spare: int = 5
    default: str = ""

    def kind(self, name: str) -> Kind:
        """The kind of this name."""
        return next(kind for kind in self.kinds if kind.name == name)


@dataclass(frozen=True)
class Sheet:
    """A sheet and the tables that stand on it, one below the other."""

    name: str
    tables: tuple[Table, ...]


@cache
def owner_of(model: type[BaseModel], path: str) -> tuple[type[BaseModel], str] | None:
    """The model that holds a field, and its name there, by a path with dots; None where there is no
    such field. What is below a mapping is the mapping's field."""
    name, _, rest = path.partition(".")
    info = model.model_fields.get(name)
    if info is None:
        return None
    below = _model_in(info.annotation)
    return owner_of(below, rest) if rest and below else (model, name)


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    parts = getattr(annotation, "__args__", ())
    is_mapping = getattr(annotation, "__origin__", None) is dict
    return None if is_mapping else next(filter(None, map(_model_in, parts)), None)


def _columns(*usual: str, rare: str = "") -> tuple[Column, ...]:
    """Columns written as `name:width`."""
    entries = [*((entry, True) for entry in usual), *((entry, False) for entry in rare.split())]
    parted = ((*entry.partition(":"), is_usual) for entry, is_usual in entries)
    return tuple(Column(key, int(width), is_usual) for key, _, width, is_usual in parted)


# --- 资料 ---------------------------------------------------------------------------------------

REPORT = Table(
    "report",
    (Kind("report", (), ReportFile, Shape.ONE),),
    _columns(
        "title:60", "project_name:60", "project_code:60", "authority:60", "unit:60",
        "public_info.index_number:60", "public_info.publisher:60", "public_info.issued:60",
        "public_info.document_number:60", "public_info.disclosure:60", "public_info.genre:60",
        "public_info.topic:60", "public_info.validity:60", "public_info.summary:60",
        "evaluation.team:60", "evaluation.sample:60", "evaluation.completed:60",
        "signature.office:60", "signature.date:60", "first_published:60", "outline:60", "scheme:60",
        "indicator_table:60",
        rare="title_note:60 subtitle:60 kind:60 number:60 slug:60 version:60 provenance:60 "
        "provenance_note:60 public_info.source:60 public_info.author:60 public_info.group:60 "
        "public_info.scope:60 evaluation.third_party.name:60 "
        "evaluation.third_party.contract_number:60 evaluation.start:60 evaluation.end:60 "
        "evaluation.numbering:60 original.file:60 original.note:60 withdrawal.date:60 "
        "withdrawal.reason:60 withdrawal.office:60 notes:60",
    ),
    is_upright=True,
)  # fmt: skip


def _texts(name: str, *path: str) -> Kind:
    return Kind(name, path, text="name", naming=("name",))


PROFILE = Table(
    "profile",
    (
        _texts("duties", "profile", "duties"),
        _texts("offices", "profile", "offices"),
        _texts("units", "profile", "units"),
        Kind("staff", ("profile", "staff"), m.Quantity, naming=("name",)),
        Kind("assets", ("profile", "assets"), m.Quantity, naming=("name",)),
        Kind("bases", ("profile", "bases"), m.Basis, naming=("name",)),
        _texts("keywords", "public_info", "keywords"),
        _texts("methods", "evaluation", "methods"),
        _texts("former_slugs", "former_slugs"),
        Kind("extra", ("public_info", "extra"), None, Shape.PAIRS, text="note", key="name"),
    ),
    _columns("name:60", "value:12", "unit:8", "note:24", rare="number:18 issued:14"),
)

PROJECTS = Table(
    "projects",
    (Kind("project", ("projects",), Project, naming=("name",)),),
    _columns(
        "name:26", "number:8", "code:16", "authority:20", "unit:26", "progress:20",
        rare="outline:20 scheme:20 indicator_table:20",
    ),
    spare=3,
)  # fmt: skip

# --- 资金 目标 指标 得分 -----------------------------------------------------------------------

FUND_NOTES = Table(
    "fund_notes",
    (Kind("funds", ("funds",), m.Funds, Shape.ONE),),
    _columns("source:24", "unit:14", "rate_reason:14", "table:14"),
    spare=0,
)
FUND_ROWS = Table(
    "fund_rows",
    (Kind("fund_row", ("funds", "rows"), m.FundLine, naming=("name",)),),
    _columns("name:24", "amounts.*:14", rare="full_marks:8 rate:11 score:8 indent:8 note:24"),
    arranged_by="fund_table",
    spare=3,
)
GOALS = Table(
    "goals",
    (
        Kind("overall", ("goals", "overall"), m.Goal, Shape.ONE),
        Kind("goal", ("goals", "items"), m.Goal, naming=("name", "target")),
    ),
    _columns("name:14", "target:40", "indicator:26", "actual:40"),
    spare=3,
    default="goal",
)
INDICATORS = Table(
    "indicators",
    (Kind("indicator", ("indicators",), m.Indicator, naming=("level2", "name", "text")),),
    _columns(
        "level1:12", "level2:14", "name:24", "target:14", "actual:14", "full_marks:8", "score:8",
        "deviation:32", "nature:8", "not_applicable:10",
        rare="text:36 unit:8 adjusted_target:14 period_target:14 completion:9 coefficient:9 core:8 "
        "cause:20 measure:20 formula:20 evidence:20 common:14 extra.*:12",
    ),
    arranged_by="indicator_table",
    spare=10,
)  # fmt: skip
SCORE_TOTALS = Table(
    "score_totals",
    (Kind("scores", ("scores",), m.Scores, Shape.ONE),),
    _columns(
        "total:22", "full_marks:10", "grade:10", "note:30",
        rare="review.total:10 review.office:20 review.reviewed_on:14 review.note:24",
    ),
    spare=0,
)  # fmt: skip
SCORE_ITEMS = Table(
    "score_items",
    (Kind("score", ("scores", "items"), m.Score, naming=("name",)),),
    _columns("name:22", "full_marks:10", "score:10", "note:30"),
    spare=3,
)

# --- 问题措施 -----------------------------------------------------------------------------------

PROBLEMS = Table(
    "problems",
    (Kind("problem", ("problems",), m.Problem, naming=("text", "measure")),),
    _columns(
        "text:46", "cause:30", "measure:46", "office:16", "due:14",
        rare="number:8 measure_in_text:10",
    ),
    spare=6,
)  # fmt: skip
FOLLOWUPS = Table(
    "followups",
    (Kind("followup", ("followups",), m.Followup, naming=("year", "problem")),),
    _columns("text:46", "problem:30", "status:46", "year:16"),
    spare=3,
)

# --- 正文 表格 ----------------------------------------------------------------------------------

# The blocks of a text: the columns of each, and the field in which others stand below it.
_SAID = ("title", "text")
BLOCKS = (
    Kind("paragraph", (), m.Paragraph, inside=EVERY, text="text", naming=_SAID),
    Kind("label", ("content",), m.Label, inside=EVERY, fields={"title": "label"}, naming=_SAID),
    Kind(
        "heading", ("content",), m.Heading, inside=EVERY, fields={"title": "heading"}, naming=_SAID
    ),
    Kind("list", ("list",), m.ItemList, inside=EVERY, fields={"number": "numbering"}),
    Kind(
        "item", ("content",), m.ListItem, inside="list", fields={"title": "heading"}, text="text",
        naming=_SAID,
    ),
    Kind(
        "table", (), m.Table, inside=EVERY, fields={"title": "table", "text": "note"}, naming=_SAID
    ),
    Kind(
        "picture", (), m.Picture, inside=EVERY,
        fields={"title": "alt", "text": "caption", "reference": "picture"}, naming=_SAID,
    ),
    Kind("markdown", (), m.Markdown, inside=EVERY, fields={"text": "markdown"}, naming=_SAID),
    Kind("show", (), m.Show, inside=EVERY, fields={"reference": "show"}),
)  # fmt: skip
BODY = Table(
    "body",
    (
        Kind(
            "section", ("body",), m.SectionText, Shape.PAIRS, fields={"title": "heading"},
            key="section", naming=("section",),
        ),
        Kind("elsewhere", (), None, key="section", naming=("section",)),
        *BLOCKS,
    ),
    _columns(
        "section:20", "level:6", "number:8", "title:20", "text:80", "reference:16", "source:14"
    ),
    spare=30,
    default="paragraph",
)  # fmt: skip
# The rows of the tables that stand in texts: one free table after the other, by its mark.
GRIDS = Table(
    "grids",
    (Kind("row"), Kind("head"), Kind("group"), Kind("numeric")),
    _columns("grid:10", "cells.*:14"),
    spare=20,
    default="row",
)

# --- 其他 ---------------------------------------------------------------------------------------

STAGES = Table(
    "stages",
    (Kind("stage", ("evaluation", "stages"), m.Stage, naming=("name",)),),
    _columns("name:26", "dates:18", "start:18", "end:14", "content:46"),
    spare=3,
)
FACTS = Table(
    "facts",
    (
        Kind("fact", ("facts",), m.Fact, naming=("name",)),
        Kind("fact_part", ("parts",), m.FactPart, inside="fact", naming=("name",)),
    ),
    _columns("name:26", "value:18", "unit:18", "period:14", "written:46"),
    default="fact",
)
ATTACHMENTS = Table(
    "attachments",
    (
        Kind("attachment", ("attachments",), m.Attachment, naming=("name",)),
        Kind("attachment_unit", ("units",), None, inside="attachment", text="name"),
        Kind("attachment_former", ("former_files",), None, inside="attachment", text="name"),
    ),
    _columns("name:26", "file:18", "number:18", "note:14"),
    spare=3,
    default="attachment",
)
CORRECTIONS = Table(
    "corrections",
    (Kind("correction", ("corrections",), m.Correction, naming=("place", "date", "note")),),
    _columns(
        "place:26", "date:18", "old:18", "new:14", "reason:46", "office:16", "note:20", "kind:14",
        "redacted:14",
    ),
    spare=2,
)  # fmt: skip
WITHHELD = Table(
    "withheld",
    (Kind("withhold", ("withheld",), m.Withhold, naming=("place",)),),
    _columns("place:26", "reason:18", "basis:18"),
    spare=2,
)
SIGN_OFFS = Table(
    "sign_offs",
    (Kind("sign_off", ("sign_offs",), m.SignOff, naming=("step", "name")),),
    _columns("step:26", "name:18", "date:18", "note:14"),
    spare=3,
)
WAIVERS = Table(
    "waivers",
    (Kind("waiver", ("waivers",), m.Waiver, naming=("rule", "place", "exact")),),
    _columns("rule:26", "place:18", "exact:18", "date:14", "reason:46", "office:16"),
    spare=3,
)

SHEETS = (
    Sheet("info", (REPORT, PROFILE)),
    Sheet("projects", (PROJECTS,)),
    Sheet("funds", (FUND_NOTES, FUND_ROWS)),
    Sheet("goals", (GOALS,)),
    Sheet("indicators", (INDICATORS,)),
    Sheet("scores", (SCORE_ITEMS, SCORE_TOTALS)),
    Sheet("problems", (PROBLEMS, FOLLOWUPS)),
    Sheet("body", (BODY,)),
    Sheet("grids", (GRIDS,)),
    Sheet("more", (STAGES, FACTS, ATTACHMENTS, CORRECTIONS, WITHHELD, SIGN_OFFS, WAIVERS)),
)
TABLES = {table.name: table for sheet in SHEETS for table in sheet.tables}
# What the program itself says: a form that came back is a draft.
STATE = "state"
