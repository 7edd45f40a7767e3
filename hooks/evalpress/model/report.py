"""The data of a report as the clerk fills it in, and which part of it may become public.

Everything that an original may lack is optional. ReportContent may be public, what ReportFile adds
to it stays inside.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, model_validator
from pydantic_core import PydanticCustomError

from evalpress.model.reference import Kind, Provenance, State
from evalpress.model.text import Blocks, SectionText
from evalpress.model.values import (
    Count,
    Day,
    Flag,
    Id,
    LooseDate,
    Measure,
    Model,
    Moment,
    Number,
    OptionalText,
    Percent,
    Text,
)

_BETWEEN_KEYWORDS = re.compile("[、，,；;]|(?<=[一-鿿])[ 　]+(?=[一-鿿])")


def _one_keyword(found: str) -> str:
    if _BETWEEN_KEYWORDS.search(found):
        parts = ", ".join(_BETWEEN_KEYWORDS.sub("\n", found).split())
        raise PydanticCustomError("joined_items", "{found}", {"found": found, "expected": parts})
    return found


Keyword = Annotated[Text, AfterValidator(_one_keyword)]


def _not_joined(found: tuple[str, ...]) -> tuple[str, ...]:
    """Names in a row that a list has as its only entry."""
    if len(found) == 1 and "、" in re.sub("[（(《“].*?[）)》”]", "", found[0]):
        parts = ", ".join(found[0].split("、"))
        raise PydanticCustomError("joined_items", "{found}", {"found": found[0], "expected": parts})
    return found


Names = Annotated[tuple[Text, ...], AfterValidator(_not_joined)]


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
    keywords: tuple[Keyword, ...] = ()
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
    offices: Names = ()
    units: Names = ()
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
    """One indicator; `text` alone for one that the original gives as prose only. `common` is the
    id of the indicator in reference data that it shares with other departments."""

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
    common: Id | None = None
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
    """A file beside the report, in data/attachments/<department>/<year>/, or only its name;
    `former_files` are the names under which earlier ones lay there."""

    id: Id
    name: Text
    file: OptionalText = None
    former_files: tuple[Text, ...] = ()
    number: OptionalText = None
    units: Names = ()
    note: OptionalText = None


class Original(Model):
    """The signed original where only the file exists."""

    file: Text
    note: OptionalText = None


class CorrectionKind(StrEnum):
    """Whether a correction changes what the report says, and so makes a new edition of it."""

    WORDING = "wording"
    MATERIAL = "material"


class Correction(Model):
    """A correction after publication: where, from what to what, why, when, by whom. What is
    `redacted` should never have been public: the old value is removed wherever it stands."""

    id: Id
    kind: CorrectionKind | None = None
    redacted: Flag = False
    place: OptionalText = None
    date: LooseDate | None = None
    old: OptionalText = None
    new: OptionalText = None
    reason: OptionalText = None
    office: OptionalText = None
    note: OptionalText = None


class Withdrawal(Model):
    """Why a report that was public is no longer there, since when, and which office decided."""

    date: Day
    reason: Text
    office: Text


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
    withdrawal: Withdrawal | None = None
    public_info: PublicInfo = PublicInfo()
    evaluation: Evaluation | None = None
    projects: tuple[Project, ...] = ()
    followups: tuple[Followup, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    original: Original | None = None
    signature: Signature | None = None

    @property
    def is_original_alone(self) -> bool:
        """Whether the original is the report: nothing of its text is here."""
        return self.original is not None and not self.body


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
