"""The types that all stages share: reference data, reports, and what of a report may be public.

No I/O and no clock. Everything is frozen and refuses keys that it does not know. Chinese titles,
explanations and examples of the fields live in templates/fields.yml, under the same names.
An optional field that is absent stays None: absence shows as absence, never as zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from evalpress.values import (
    Count,
    Day,
    Flag,
    Frozen,
    Id,
    LooseDate,
    Measure,
    Moment,
    Number,
    OptionalText,
    Percent,
    Text,
)


class Model(Frozen, BaseModel):
    """Base of everything that is read from data/."""


# --- reference data: what a whole region shares -------------------------------------------------


class Provenance(StrEnum):
    """Where the data come from; totals and rankings never mix provenances."""

    REAL = "real"
    ADAPTED = "adapted"
    DEMONSTRATION = "demonstration"


class Kind(StrEnum):
    """What a document is (文种)."""

    DEPARTMENT = "department"
    PROJECT = "project"
    DEPARTMENT_EVALUATION = "department-evaluation"
    FISCAL_EVALUATION = "fiscal-evaluation"
    THIRD_PARTY = "third-party"
    BOND = "bond"
    TRANSFER = "transfer"
    ATTACHMENTS = "attachments"


class State(StrEnum):
    """What may happen to a report now; `archived` is public and marked as 已归档."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class GradeId(StrEnum):
    """The four grades; the words for them are data."""

    EXCELLENT = "excellent"
    GOOD = "good"
    MEDIUM = "medium"
    POOR = "poor"


class YearSpan(Model):
    """First and last year, both included; None is open."""

    since: Count | None = None
    until: Count | None = None

    def covers(self, year: int) -> bool:
        return (self.since or year) <= year <= (self.until or year)


class Defaults(YearSpan):
    """What reports of a region use in these years when they name nothing themselves."""

    scheme: Id | None = None
    grade_scale: Id | None = None
    fund_table: Id | None = None
    indicator_table: Id | None = None
    outlines: dict[Kind, Id] = {}


class Deadline(Model):
    """Until which day, included, reports of a year and these kinds must be public. One that names
    departments holds for these, in the place of the one for all."""

    year: Count
    due: Day
    kinds: tuple[Kind, ...] = (Kind.DEPARTMENT,)
    departments: tuple[Id, ...] = ()
    note: OptionalText = None

    def covers(self, department: str, year: int, kind: Kind) -> bool:
        named = not self.departments or department in self.departments
        return named and self.year == year and kind in self.kinds


class Region(Model):
    """An administrative area whose reports belong together and are counted together."""

    id: Id
    name: Text
    provenance: Provenance
    note: OptionalText = None
    defaults: tuple[Defaults, ...] = ()
    deadlines: tuple[Deadline, ...] = ()

    def deadline(self, department: str, year: int, kind: Kind) -> Deadline | None:
        """The deadline of a department's report of this kind; where there is none, nothing is
        ever late."""
        found = [d for d in self.deadlines if d.covers(department, year, kind)]
        return max(found, key=lambda d: bool(d.departments), default=None)


class Grade(Model):
    """A grade and its bounds in points of a scale of 100: `floor` belongs to it, `ceiling` does not
    (except the highest's)."""

    id: GradeId
    word: Text
    also: tuple[Text, ...] = ()
    floor: Number
    ceiling: Number


class GradeScale(Model):
    """Grade words and bounds."""

    id: Id
    name: Text
    grades: tuple[Grade, ...]

    def grade(self, written: str) -> Grade | None:
        """The grade that a report's own word means."""
        return next((g for g in self.grades if written in (g.id, g.word, *g.also)), None)


class Dimension(Model):
    """A first-level group of a weight scheme (产出指标 …) and its full marks."""

    id: Id
    name: Text
    full_marks: Number
    also: tuple[Text, ...] = ()


class Scheme(YearSpan):
    """A weight scheme: which dimensions count, for how much, and how scores and grades follow.

    `proportional`: an unmet target earns its share; False where steps or experts decide.
    """

    id: Id
    name: Text
    region: Id | None = None
    note: OptionalText = None
    full_marks: Number
    grade_scale: Id
    dimensions: tuple[Dimension, ...]
    score_places: Count = 2
    proportional: Flag = True
    overachievement_limit: Number | None = Decimal(130)

    def dimension(self, name: str) -> Dimension | None:
        return next((d for d in self.dimensions if name in (d.id, d.name, *d.also)), None)


class FundColumnRole(StrEnum):
    """What a column of a fund table means; `other` is shown and not computed with."""

    LAST_YEAR = "last_year"
    INITIAL = "initial"
    ADJUSTED = "adjusted"
    BUDGET = "budget"
    APPROPRIATED = "appropriated"
    RECEIVED = "received"
    EXECUTED = "executed"
    CARRIED_OVER = "carried_over"
    FULL_MARKS = "full_marks"
    RATE = "rate"
    SCORE = "score"
    OTHER = "other"


class FundColumn(Model):
    """A column of a fund table; without a role it means what its id says."""

    id: Text
    name: Text
    group: OptionalText = None
    role: FundColumnRole = FundColumnRole.OTHER

    @model_validator(mode="before")
    @classmethod
    def _role_from_id(cls, found: Any) -> Any:
        if isinstance(found, dict) and "role" not in found and str(found.get("id")) in _FUND_ROLES:
            return {**found, "role": found["id"]}
        return found


_FUND_ROLES = {str(role) for role in FundColumnRole}


class FundRow(Model):
    """A row of a fund table; `sum_of` names the rows that it adds up."""

    id: Id
    name: Text
    indent: Count = 0
    sum_of: tuple[Id, ...] = ()


class FundTable(Model):
    """Rows and columns of a fund table."""

    id: Id
    name: Text
    unit: Text
    columns: tuple[FundColumn, ...]
    rows: tuple[FundRow, ...] = ()


class IndicatorField(StrEnum):
    """What an indicator table can show in a column."""

    LEVEL1 = "level1"
    LEVEL2 = "level2"
    NAME = "name"
    TEXT = "text"
    NATURE = "nature"
    UNIT = "unit"
    TARGET = "target"
    ADJUSTED_TARGET = "adjusted_target"
    PERIOD_TARGET = "period_target"
    ACTUAL = "actual"
    COMPLETION = "completion"
    COEFFICIENT = "coefficient"
    FULL_MARKS = "full_marks"
    SCORE = "score"
    CORE = "core"
    DEVIATION = "deviation"
    CAUSE = "cause"
    MEASURE = "measure"
    FORMULA = "formula"
    EVIDENCE = "evidence"
    NOT_APPLICABLE = "not_applicable"
    EXTRA = "extra"


class IndicatorColumn(Model):
    """A column of an indicator table; `extra` columns carry an id of their own."""

    field: IndicatorField
    id: Id | None = None
    name: Text
    group: OptionalText = None


class IndicatorTable(Model):
    """Columns of an indicator table, in order."""

    id: Id
    name: Text
    columns: tuple[IndicatorColumn, ...]


class Piece(StrEnum):
    """Structured data that an outline or a text can place where the original has it."""

    PROFILE = "profile"
    FUNDS = "funds"
    GOALS = "goals"
    GOAL_TARGETS = "goal-targets"
    GOAL_ACTUALS = "goal-actuals"
    OVERALL_ACTUAL = "overall-actual"
    INDICATORS = "indicators"
    SCORES = "scores"
    STAGES = "stages"
    EVALUATION = "evaluation"
    PROBLEMS = "problems"
    MEASURES = "measures"
    PROJECTS = "projects"
    PROJECT_TABLE = "project-table"
    FOLLOWUPS = "followups"
    FACTS = "facts"


class Section(Model):
    """A section of an outline; `shows` are the pieces that print after the section's own text."""

    id: Id
    heading: OptionalText = None
    number: OptionalText = None
    required: Flag = False
    shows: tuple[Piece, ...] = ()
    sections: tuple[Section, ...] = ()


class GoalWords(Model):
    """The words with which an outline prints goals; None prints the text alone."""

    overall: OptionalText = None
    items: OptionalText = None
    target: OptionalText = None
    indicator: OptionalText = None
    actual: OptionalText = None
    numbering: OptionalText = None


class ProblemWords(Model):
    """The words and numbering with which an outline prints problems and measures."""

    cause: OptionalText = None
    measure: OptionalText = None
    numbering: OptionalText = None


class Outline(Model):
    """Which sections a kind of report has, in which order, under which headings and numbers.

    `numbering` holds one sample per heading level, such as `一、`, `（一）`, `1.`, `（1）`, `①`.
    `cover` puts title, office and date of a PDF on a page of their own.
    """

    id: Id
    name: Text
    numbering: tuple[Text, ...] = ()
    goals: GoalWords = GoalWords()
    problems: ProblemWords = ProblemWords()
    cover: Flag = False
    sections: tuple[Section, ...]

    def walk(self) -> Iterator[Section]:
        """Every section, in printing order."""

        def visit(sections: tuple[Section, ...]) -> Iterator[Section]:
            for section in sections:
                yield section
                yield from visit(section.sections)

        return visit(self.sections)


class DatedName(Model):
    """A department's official name and short name while they were in force."""

    name: Text
    short: OptionalText = None
    since: Day | None = None
    until: Day | None = None


class DatedRef(Model):
    """A parent, unit or region while it held."""

    id: Id
    since: Day | None = None
    until: Day | None = None


class Unit(Model):
    """A subordinate budget unit while it existed."""

    name: Text
    code: OptionalText = None
    since: Day | None = None
    until: Day | None = None


class Successor(Model):
    """A department that took over duties, all or part of them, from that day on."""

    id: Id
    since: Day
    note: OptionalText = None


class Exemption(Model):
    """A year in which a department need not publish, and why."""

    year: Count
    reason: Text


def _pattern(found: str) -> str:
    """A regular expression without groups of its own."""
    try:
        groups = re.compile(found).groups
    except re.error:
        groups = 1
    if groups:
        raise PydanticCustomError("bad_pattern", "{found}", {"found": found})
    return found


class WordRule(Model):
    """A wrong form, as plain text or a regular expression, and what to write instead."""

    wrong: Annotated[Text, AfterValidator(_pattern)]
    right: Text
    note: OptionalText = None

    @property
    def id(self) -> str:
        return self.wrong


class SecretWord(Model):
    """What a document that may be public does not say, as plain text or a regular expression: marks
    of secrecy, titles of internal papers."""

    secret: Annotated[Text, AfterValidator(_pattern)]
    note: OptionalText = None

    @property
    def id(self) -> str:
        return self.secret


def _one_or_many(key: str) -> BeforeValidator:
    """A single text stands for a list of one undated entry."""
    return BeforeValidator(lambda found: [{key: found}] if isinstance(found, str) else found)


class Department(Model):
    """A department that reports. Its id is permanent; names and belonging are dated.

    Merged, split or parted with duties, it names its `successors`; their predecessors follow.
    """

    id: Id
    names: Annotated[tuple[DatedName, ...], Field(min_length=1), _one_or_many("name")]
    aliases: tuple[Text, ...] = ()
    budget_code: OptionalText = None
    group: OptionalText = None
    regions: Annotated[tuple[DatedRef, ...], Field(min_length=1), _one_or_many("id")]
    parents: Annotated[tuple[DatedRef, ...], _one_or_many("id")] = ()
    units: tuple[Unit, ...] = ()
    secrecy_review: Flag | None = None
    established: Day | None = None
    abolished: Day | None = None
    successors: tuple[Successor, ...] = ()
    former_ids: tuple[Id, ...] = ()
    exemptions: tuple[Exemption, ...] = ()

    def named_in(self, year: int) -> DatedName:
        """The name in force at the end of the year, or the nearest one known."""
        end = date(year, 12, 31)
        return next((n for n in reversed(self.names) if _holds(n, end)), self.names[0])

    @property
    def current(self) -> DatedName:
        return self.names[-1]

    @property
    def region(self) -> str:
        """The region that the department belongs to last."""
        return self.regions[-1].id

    def existed_in(self, year: int) -> bool:
        """Whether a report on the year is this department's to make: that on the year in which it
        was abolished is made by its successors, if it has any."""
        born = self.established is None or self.established.year <= year
        last = date(year, 12, 31) if self.successors else date(year, 1, 1)
        return born and (self.abolished is None or self.abolished >= last)

    def exemption(self, year: int) -> Exemption | None:
        return next((e for e in self.exemptions if e.year == year), None)

    def all_names(self) -> list[str]:
        """Every name that people may use, official names first, without repetition."""
        official = [text for n in reversed(self.names) for text in (n.name, n.short) if text]
        return list(dict.fromkeys([*official, *self.aliases]))


def _holds(dated: DatedName, day: date) -> bool:
    return (dated.since or day) <= day <= (dated.until or day)


# --- the text of a report: recursive blocks -----------------------------------------------------


class FromText(Model):
    """What a mere text can stand for; `from_text` names the field that the text is."""

    from_text: ClassVar[str] = "text"

    @model_validator(mode="before")
    @classmethod
    def _read(cls, found: Any) -> Any:
        return {cls.from_text: found} if isinstance(found, str) else found


class Paragraph(FromText):
    """Text; each line is a paragraph."""

    text: Text
    id: Id | None = None
    number: OptionalText = None


class Label(Model):
    """A label such as 自评方法： with text behind it or content below it."""

    label: Text
    id: Id | None = None
    text: OptionalText = None
    content: Blocks = ()


class Heading(Model):
    """A heading below the outline's sections, numbered by its depth unless it has a `number`."""

    heading: Text
    id: Id | None = None
    number: OptionalText = None
    content: Blocks = ()


class ListItem(FromText):
    """An item of a list: a text, a heading, or both, with content below."""

    id: Id | None = None
    number: OptionalText = None
    heading: OptionalText = None
    text: OptionalText = None
    content: Blocks = ()


class ItemList(Model):
    """A list; `numbering` is a sample of its numbers, `none` or `•`."""

    list: tuple[ListItem, ...]
    id: Id | None = None
    numbering: Text = "none"


class TableColumn(FromText):
    """A column of a free table; neighbours with the same `group` share a head above them."""

    from_text: ClassVar[str] = "name"
    name: Text
    group: OptionalText = None
    numeric: Flag = False


class Table(Model):
    """A free table; a hole is an empty cell."""

    table: OptionalText
    id: Id | None = None
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[OptionalText, ...], ...]
    note: OptionalText = None

    @model_validator(mode="after")
    def _rows_fit(self) -> Table:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                found, expected = len(row), len(self.columns)
                context = {"row": number, "found": found, "expected": expected}
                raise PydanticCustomError("ragged_row", "row {row}", context)
        return self


class Picture(Model):
    """A picture from the year's attachment folder; `alt` tells it to who cannot see it."""

    picture: Text
    alt: Text
    id: Id | None = None
    caption: OptionalText = None
    source: OptionalText = None


def _without_footnotes(text: str) -> str:
    if "[^" in text:
        raise PydanticCustomError("no_footnotes", "footnote")
    return text


class Markdown(Model):
    """Text in a safe subset of Markdown, which has no footnotes."""

    markdown: Annotated[Text, AfterValidator(_without_footnotes)]
    id: Id | None = None


class Show(Model):
    """Prints a piece of structured data at this place."""

    show: Piece


class WithheldBlock(Model):
    """Stands where a text was withheld; made by the program, never read."""

    withheld: Text
    id: Id | None = None


_BLOCKS = {
    "label": Label,
    "heading": Heading,
    "list": ItemList,
    "table": Table,
    "picture": Picture,
    "markdown": Markdown,
    "show": Show,
    "text": Paragraph,
}
BLOCK_KEYS = tuple(_BLOCKS)
TAG_MARK = "<"  # begins the tags below, so that error locations can tell them from keys


def _block_tag(found: Any) -> str | None:
    if isinstance(found, str):
        return "<text>"
    if isinstance(found, dict):
        return next((f"<{key}>" for key in _BLOCKS if key in found), None)
    if isinstance(found, WithheldBlock):
        return "<withheld>"
    return next((f"<{key}>" for key, kind in _BLOCKS.items() if isinstance(found, kind)), None)


Block = Annotated[
    Annotated[Paragraph, Tag("<text>")]
    | Annotated[Label, Tag("<label>")]
    | Annotated[Heading, Tag("<heading>")]
    | Annotated[ItemList, Tag("<list>")]
    | Annotated[Table, Tag("<table>")]
    | Annotated[Picture, Tag("<picture>")]
    | Annotated[Markdown, Tag("<markdown>")]
    | Annotated[Show, Tag("<show>")]
    | Annotated[WithheldBlock, Tag("<withheld>")],
    Discriminator(_block_tag, custom_error_type="no_such_block", custom_error_message="block"),
]


def _as_list(found: Any) -> Any:
    return [found] if isinstance(found, str | dict) else found


Blocks = Annotated[tuple[Block, ...], BeforeValidator(_as_list)]


class SectionText(Model):
    """What a report says in a section; heading and number where they depart from the outline."""

    heading: OptionalText = None
    number: OptionalText = None
    content: Blocks = ()

    @model_validator(mode="before")
    @classmethod
    def _read(cls, found: Any) -> Any:
        if isinstance(found, dict) and found.keys() <= cls.model_fields.keys():
            return found
        return {"content": found}


# --- the data of a report -----------------------------------------------------------------------


class PublicInfo(Model):
    """The public-information head of a page (信息公开)."""

    index_number: OptionalText = None
    publisher: OptionalText = None
    source: OptionalText = None
    author: OptionalText = None
    issued: LooseDate | None = None
    document_number: OptionalText = None
    validity: OptionalText = None
    topic: OptionalText = None
    genre: OptionalText = None
    group: OptionalText = None
    disclosure: OptionalText = None
    scope: OptionalText = None
    keywords: tuple[Text, ...] = ()
    summary: OptionalText = None
    extra: dict[Text, Text] = {}


class Basis(Model):
    """A document that a report or project rests on."""

    id: Id | None = None
    name: Text
    number: OptionalText = None
    issued: LooseDate | None = None


class Quantity(Model):
    """A named number with its unit: staff, vehicles, assets."""

    id: Id | None = None
    name: Text
    value: Number | None = None
    unit: OptionalText = None
    note: OptionalText = None


class Profile(Model):
    """What the department is: duties, offices, units, staff, assets, the documents it rests on."""

    duties: tuple[Text, ...] = ()
    offices: tuple[Text, ...] = ()
    units: tuple[Text, ...] = ()
    staff: tuple[Quantity, ...] = ()
    assets: tuple[Quantity, ...] = ()
    bases: tuple[Basis, ...] = ()


class FundLine(Model):
    """Money of one row; `amounts` by column id, in the unit of the table."""

    id: Id
    name: OptionalText = None
    indent: Count | None = None
    amounts: dict[str, Number | None] = {}
    rate: Percent | None = None
    full_marks: Number | None = None
    score: Number | None = None
    note: OptionalText = None


class Funds(Model):
    """The fund table of a report or project; rates are per cent as written in the original."""

    table: Id | None = None
    unit: OptionalText = None
    source: OptionalText = None
    rows: tuple[FundLine, ...]
    rate_reason: OptionalText = None


class Goal(Model):
    """A goal of its own: what was intended, by which indicators, and what came of it."""

    id: Id
    name: OptionalText = None
    target: Blocks = ()
    indicator: Blocks = ()
    actual: Blocks = ()


class Goals(Model):
    """The overall goal and the single ones."""

    overall: Goal | None = None
    items: tuple[Goal, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _name_overall(cls, found: Any) -> Any:
        if isinstance(found, dict) and isinstance(found.get("overall"), dict):
            return {**found, "overall": {"id": "overall", **found["overall"]}}
        return found


class Nature(StrEnum):
    """Which way an indicator counts."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    RANGE = "range"
    QUALITATIVE = "qualitative"
    DATE = "date"
    TEXT = "text"


class Indicator(Model):
    """One indicator; `text` alone for one that the original gives as prose only."""

    id: Id
    level1: OptionalText = None
    level2: OptionalText = None
    name: OptionalText = None
    text: OptionalText = None
    nature: Nature | None = None
    unit: OptionalText = None
    target: Measure | None = None
    adjusted_target: Measure | None = None
    period_target: Measure | None = None
    actual: Measure | None = None
    completion: Percent | None = None
    coefficient: Percent | None = None
    full_marks: Number | None = None
    score: Number | None = None
    core: Flag | None = None
    deviation: OptionalText = None
    cause: OptionalText = None
    measure: OptionalText = None
    formula: OptionalText = None
    evidence: OptionalText = None
    not_applicable: OptionalText = None
    extra: dict[str, OptionalText] = {}

    @model_validator(mode="after")
    def _says_something(self) -> Indicator:
        if not (self.name or self.text or self.level2):
            raise PydanticCustomError("empty_indicator", "empty")
        return self


class Score(Model):
    """The score of one dimension; full marks only where the scheme does not give them."""

    id: Id | None = None
    name: Text
    score: Number | None = None
    full_marks: Number | None = None
    note: OptionalText = None


class Review(Model):
    """A later review of the self-evaluation's score (复核)."""

    total: Number
    office: OptionalText = None
    reviewed_on: LooseDate | None = None
    note: OptionalText = None


class Scores(Model):
    """Scores by dimension, the total and the grade in the report's own word."""

    items: tuple[Score, ...] = ()
    total: Number | None = None
    full_marks: Number | None = None
    grade: OptionalText = None
    review: Review | None = None
    note: OptionalText = None


class Stage(Model):
    """A stage of the evaluation's work; `dates` is how the original writes them."""

    id: Id
    name: Text
    dates: OptionalText = None
    start: LooseDate | None = None
    end: LooseDate | None = None
    content: Blocks = ()


class ThirdParty(Model):
    """The agency that was commissioned."""

    name: Text
    contract_number: OptionalText = None


class Evaluation(Model):
    """How the evaluation was done."""

    methods: tuple[Text, ...] = ()
    team: OptionalText = None
    sample: OptionalText = None
    third_party: ThirdParty | None = None
    start: LooseDate | None = None
    end: LooseDate | None = None
    completed: LooseDate | None = None
    numbering: OptionalText = None
    stages: tuple[Stage, ...] = ()


class Problem(Model):
    """A problem with its cause and measure; `measure_in_text` where one paragraph says both."""

    id: Id
    text: OptionalText
    number: OptionalText = None
    cause: OptionalText = None
    measure: OptionalText = None
    measure_in_text: Flag = False
    office: OptionalText = None
    due: OptionalText = None


class FollowupStatus(StrEnum):
    """What became of an earlier problem."""

    SOLVED = "solved"
    UNDERWAY = "underway"
    OPEN = "open"


class Followup(Model):
    """What became of a problem that an earlier report named."""

    id: Id | None = None
    year: Count
    problem: Id
    status: FollowupStatus
    text: OptionalText = None


class FactPart(Model):
    """A part of a fact's total."""

    name: Text
    value: Number
    unit: OptionalText = None


class Fact(Model):
    """A figure that stands in the prose, as data: value, unit, period and parts; `written` for one
    that the original gives only roughly (20多万)."""

    id: Id
    name: Text
    value: Number | None = None
    written: OptionalText = None
    unit: OptionalText = None
    period: OptionalText = None
    parts: tuple[FactPart, ...] = ()


class Attachment(Model):
    """A file beside the report, in data/attachments/<department>/<year>/, or only its name."""

    id: Id
    name: Text
    file: OptionalText = None
    number: OptionalText = None
    units: tuple[Text, ...] = ()
    note: OptionalText = None


class Original(Model):
    """The signed original where only the file exists."""

    file: Text
    note: OptionalText = None


class Correction(Model):
    """A correction after publication: where, from what to what, why, when, by whom."""

    id: Id
    place: OptionalText = None
    date: LooseDate | None = None
    old: OptionalText = None
    new: OptionalText = None
    reason: OptionalText = None
    office: OptionalText = None
    note: OptionalText = None


class Signature(Model):
    """Who signs, and the date below, as the original has them."""

    office: OptionalText = None
    date: OptionalText = None


class Evaluated(Model):
    """What reports and the projects inside a report have in common."""

    outline: Id | None = None
    scheme: Id | None = None
    indicator_table: Id | None = None
    body: dict[Id, SectionText] = {}
    profile: Profile | None = None
    funds: Funds | None = None
    goals: Goals | None = None
    indicators: tuple[Indicator, ...] = ()
    scores: Scores | None = None
    problems: tuple[Problem, ...] = ()
    facts: tuple[Fact, ...] = ()


class Project(Evaluated):
    """A project inside a report that holds several."""

    id: Id
    name: Text
    number: OptionalText = None
    code: OptionalText = None
    authority: OptionalText = None
    unit: OptionalText = None
    progress: OptionalText = None


class ReportContent(Evaluated):
    """Everything of a report that may become public."""

    title: OptionalText = None
    title_note: OptionalText = None
    subtitle: OptionalText = None
    kind: Kind | None = None
    former_slugs: tuple[Id, ...] = ()
    number: OptionalText = None
    project_name: OptionalText = None
    project_code: OptionalText = None
    authority: OptionalText = None
    unit: OptionalText = None
    provenance: Provenance | None = None
    provenance_note: OptionalText = None
    first_published: Moment | None = None
    version: Count = 1
    corrections: tuple[Correction, ...] = ()
    public_info: PublicInfo = PublicInfo()
    evaluation: Evaluation | None = None
    projects: tuple[Project, ...] = ()
    followups: tuple[Followup, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    original: Original | None = None
    signature: Signature | None = None


class Withhold(Model):
    """A place that may not be public, with the reason that readers are told."""

    place: Text
    reason: Text
    basis: OptionalText = None


class SignOff(Model):
    """One step of the internal review."""

    step: Text
    name: Text
    date: Day | None = None
    note: OptionalText = None


class Waiver(Model):
    """A finding that somebody answers for."""

    rule: Text
    place: OptionalText = None
    exact: OptionalText = None
    reason: Text
    date: Day | None = None
    office: OptionalText = None


class ReportFile(ReportContent):
    """A report file as the clerk fills it in: the public content and what stays inside."""

    slug: Id | None = None
    state: State
    withheld: tuple[Withhold, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    notes: OptionalText = None


# --- identity and the public form ---------------------------------------------------------------


@dataclass(frozen=True, order=True)
class Key:
    """A report's identity: department, year, and a slug for all but the overall report."""

    department: str
    year: int
    slug: str = ""

    @property
    def address(self) -> str:
        """The page's address below the site's root, with a slash at its end."""
        return (
            "/".join([self.department, str(self.year), *([self.slug] if self.slug else [])]) + "/"
        )

    @property
    def kind(self) -> Kind:
        """What a report at this place is unless it says otherwise."""
        return Kind.PROJECT if self.slug else Kind.DEPARTMENT

    @property
    def name(self) -> str:
        """The identity as a file name."""
        return self.address.strip("/").replace("/", "-")


@dataclass(frozen=True)
class Report:
    """A report as read: identity, file, content. Nothing after the checks takes one."""

    key: Key
    source: str
    content: ReportFile

    @property
    def kind(self) -> Kind:
        """The report's own kind, or what its place says."""
        return self.content.kind or self.key.kind


@dataclass(frozen=True)
class PublicReport:
    """What readers may see of a report; `withheld` maps places to the notice that stands there."""

    key: Key
    kind: Kind
    title: str
    content: ReportContent
    provenance: Provenance
    withheld: dict[str, str]
    state: State
    embargoed: bool = False

    @property
    def previewed(self) -> bool:
        """True for what only a preview may show."""
        return self.state is State.DRAFT or self.embargoed


_NO_DEFAULTS = Defaults()


@dataclass(frozen=True)
class Reference:
    """All reference data, by id."""

    regions: dict[str, Region]
    departments: dict[str, Department]
    schemes: dict[str, Scheme]
    grade_scales: dict[str, GradeScale]
    fund_tables: dict[str, FundTable]
    indicator_tables: dict[str, IndicatorTable]
    outlines: dict[str, Outline]
    wording: dict[str, WordRule] = field(default_factory=dict)
    secrecy: dict[str, SecretWord] = field(default_factory=dict)

    def region_of(self, key: Key) -> Region:
        return self.regions[self.departments[key.department].region]

    def deadline(self, key: Key, kind: Kind) -> Deadline | None:
        """The deadline of a report. What stands at a year's own address is due as the overall
        report, whatever it calls itself."""
        region = self.regions.get(self.departments[key.department].region)
        due_as = kind if key.slug else Kind.DEPARTMENT
        return region.deadline(key.department, key.year, due_as) if region else None

    def defaults(self, key: Key) -> Defaults:
        """The region's defaults for the report's year; empty ones where it has none."""
        region = self.regions.get(self.departments[key.department].region)
        spans = region.defaults if region else ()
        return next((d for d in spans if d.covers(key.year)), _NO_DEFAULTS)

    def outline_of(self, owner: Evaluated, key: Key, kind: Kind) -> Outline | None:
        """The outline to print by: its own, or the region's default for the report's kind.

        A project inside a report has none unless it names one: its sections print as they come.
        """
        default = None if isinstance(owner, Project) else self.defaults(key).outlines.get(kind)
        return self.outlines.get(owner.outline or default or "")

    def scheme_of(self, owner: Evaluated, key: Key) -> Scheme | None:
        """The weight scheme; None where the original gives no full marks (`scheme: none`)."""
        return self.schemes.get(owner.scheme or self.defaults(key).scheme or "")

    def grade_scale_of(self, owner: Evaluated, key: Key) -> GradeScale | None:
        """The scheme's grade words, or the region's where no scheme holds."""
        scheme = self.scheme_of(owner, key)
        name = scheme.grade_scale if scheme else self.defaults(key).grade_scale
        return self.grade_scales.get(name or "")

    def fund_table_of(self, owner: Evaluated, key: Key) -> FundTable | None:
        own = owner.funds.table if owner.funds else None
        return self.fund_tables.get(own or self.defaults(key).fund_table or "")

    def indicator_table_of(self, owner: Evaluated, key: Key) -> IndicatorTable | None:
        return self.indicator_tables.get(
            owner.indicator_table or self.defaults(key).indicator_table or ""
        )


for _model in (Label, Heading, ListItem, ItemList, SectionText, Goal, Stage):
    _model.model_rebuild()
