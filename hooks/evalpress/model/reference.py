"""Reference data, what a whole region shares: departments, weight schemes, grade words, tables,
outlines, lists of words; dated where they change.

Chinese titles, explanations and examples of the fields live in templates/fields.yml, under the same
names. An optional field that is absent stays None: absence shows as absence, never as zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from evalpress.model.values import (
    Count,
    Day,
    Flag,
    Id,
    Model,
    Number,
    OptionalText,
    Percent,
    Text,
)
from evalpress.text.index_numbers import is_pattern


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
    """What may happen to a report now; `archived` is public and marked as 已归档, so is what is
    `under-correction`; of one that is `withdrawn` only that and why."""

    DRAFT = "draft"
    PUBLISHED = "published"
    UNDER_CORRECTION = "under-correction"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"


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
        """True from the first to the last year, both included."""
        return (self.since or year) <= year <= (self.until or year)


def _number_pattern(found: str) -> str:
    if not is_pattern(found):
        raise PydanticCustomError("bad_number_pattern", "{found}", {"found": found})
    return found


class Defaults(YearSpan):
    """What reports of a region use in these years when they name nothing themselves, and the form
    of their 索引号."""

    scheme: Id | None = None
    grade_scale: Id | None = None
    fund_table: Id | None = None
    indicator_table: Id | None = None
    outlines: dict[Kind, Id] = {}
    index_number: Annotated[Text, AfterValidator(_number_pattern)] | None = None


class Deadline(Model):
    """Until which day, included, reports of a year and these kinds must be public. One that names
    departments holds for these, in the place of the one for all."""

    year: Count
    due: Day
    kinds: tuple[Kind, ...] = (Kind.DEPARTMENT,)
    departments: tuple[Id, ...] = ()
    note: OptionalText = None

    def covers(self, department: str, year: int, kind: Kind) -> bool:
        """True where the deadline holds for a department's (its id) report of this year and
        kind."""
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


class Effect(StrEnum):
    """What the points of a dimension do to the total."""

    REGULAR = "regular"
    BONUS = "bonus"
    PENALTY = "penalty"


class Dimension(Model):
    """A first-level group of a weight scheme (产出指标 …) and its full marks.

    `full_marks` of a bonus are the most that it adds, of a penalty the most that it takes away.
    """

    id: Id
    name: Text
    full_marks: Number
    also: tuple[Text, ...] = ()
    effect: Effect = Effect.REGULAR


class Ceiling(Model):
    """With an execution rate below `rate_below` per cent, the total, or the points of a dimension,
    are at most `limit`."""

    rate_below: Percent
    limit: Number
    dimension: Id | None = None
    note: OptionalText = None


class Scheme(YearSpan):
    """A weight scheme: which dimensions count, for how much, and how scores and grades follow.

    `full_marks` may hold the bonuses (105) or not (100). `proportional`: an unmet target earns its
    share; False where steps or experts decide.
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
    ceilings: tuple[Ceiling, ...] = ()

    def marks_of(self, effect: Effect) -> Decimal:
        """The full marks of all dimensions of this effect together."""
        found = (d.full_marks for d in self.dimensions if d.effect is effect)
        return sum(found, Decimal(0))

    @property
    def regular_marks(self) -> Decimal:
        """What a share of the full marks is a share of: the full marks without bonuses."""
        regular, bonus = self.marks_of(Effect.REGULAR), self.marks_of(Effect.BONUS)
        return regular if self.full_marks == regular + bonus else self.full_marks

    def dimension(self, name: str) -> Dimension | None:
        """The dimension with this id, name or other name; None where there is none."""
        for dimension in self.dimensions:
            if name == dimension.name or name == dimension.id or name in dimension.also:
                return dimension
        return None


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
    FORM = "form"


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
        """The wrong form: what the rule is told by."""
        return self.wrong


class SecretWord(Model):
    """What a document that may be public does not say, as plain text or a regular expression: marks
    of secrecy, titles of internal papers."""

    secret: Annotated[Text, AfterValidator(_pattern)]
    note: OptionalText = None

    @property
    def id(self) -> str:
        """The word itself: what it is told by."""
        return self.secret


def one_or_many(key: str) -> BeforeValidator:
    """A single text stands for a list of one undated entry."""
    return BeforeValidator(lambda found: [{key: found}] if isinstance(found, str) else found)


class Department(Model):
    """A department that reports. Its id is permanent; names and belonging are dated.

    Merged, split or parted with duties, it names its `successors`; their predecessors follow.
    """

    id: Id
    names: Annotated[tuple[DatedName, ...], Field(min_length=1), one_or_many("name")]
    aliases: tuple[Text, ...] = ()
    budget_code: OptionalText = None
    org_code: OptionalText = None
    group: OptionalText = None
    regions: Annotated[tuple[DatedRef, ...], Field(min_length=1), one_or_many("id")]
    parents: Annotated[tuple[DatedRef, ...], one_or_many("id")] = ()
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

    def former(self, year: int) -> list[DatedName]:
        """The names that it no longer bore at the end of the year, in their order."""
        end = date(year, 12, 31)
        return [named for named in self.names if named.until and named.until < end]

    @property
    def current(self) -> DatedName:
        """The name that it bears, or bore last."""
        return self.names[-1]

    @property
    def region(self) -> str:
        """The region that the department belongs to last."""
        return self.regions[-1].id

    def existed_in(self, year: int) -> bool:
        """Whether a report on the year is this department's to make: that on the year in which it
        was abolished is made by its successors, if it has any."""
        born = self.established is None or self.established.year <= year
        last = (year, 12, 31) if self.successors else (year, 1, 1)  # of any year that a file holds
        return born and (self.abolished is None or self.abolished.timetuple()[:3] >= last)

    def exemption(self, year: int) -> Exemption | None:
        """Why it need not publish of a year; None where it must."""
        return next((e for e in self.exemptions if e.year == year), None)

    def all_names(self) -> list[str]:
        """Every name that people may use, official names first, without repetition."""
        official = [text for n in reversed(self.names) for text in (n.name, n.short) if text]
        return list(dict.fromkeys([*official, *self.aliases]))


def _holds(dated: DatedName, day: date) -> bool:
    return (dated.since or day) <= day <= (dated.until or day)


class FormPart(StrEnum):
    """Where a heading stands in a form, which decides where its values stand."""

    TITLE = "title"
    HEAD = "head"
    FUND_COLUMN = "fund-column"
    FUND_ROW = "fund-row"
    GOAL = "goal"
    INDICATOR = "indicator"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    SECTION = "section"
    PERSON = "person"
    QUALIFIER = "qualifier"


class FormLabel(Model):
    """A heading of departments' own forms, in all its wordings, and the field that it means; a
    wording that means two things is settled by the values below it, or by nobody."""

    part: FormPart
    means: OptionalText = None
    labels: Annotated[tuple[Text, ...], Field(min_length=1)]
    note: OptionalText = None

    @property
    def id(self) -> str:
        """Part and meaning: what the heading is told by."""
        return f"{self.part}/{self.means or ''}"


class CommonIndicator(Model):
    """An indicator that several departments have, under one id for all of them."""

    id: Id
    names: Annotated[tuple[Text, ...], Field(min_length=1)]
