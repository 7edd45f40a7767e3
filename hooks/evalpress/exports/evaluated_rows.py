"""6 export: what reports and the projects inside them evaluate by: indicators, money, scores,
figures in the text."""

from __future__ import annotations

from collections.abc import Iterator

from evalpress.assess.indicator_years import outcome_told
from evalpress.exports.table import (
    OWNER,
    Field,
    FieldKind,
    Reported,
    Row,
    Value,
    figures,
    how,
    notice,
    table,
    texts,
)
from evalpress.model import (
    Evaluated,
    FundColumn,
    FundColumnRole,
    Indicator,
    Kind,
)
from evalpress.model.values import Measure
from evalpress.pages.pieces import fund_columns
from evalpress.wording import word


def owners(reported: Reported) -> Iterator[tuple[Evaluated, str, Row]]:
    """The report and the projects inside it, with how their places begin, and their two cells."""
    assessment = reported.assessment
    content = assessment.report.content
    is_project = assessment.report.kind is Kind.PROJECT
    own = content.project_name or (assessment.report.title if is_project else None)
    yield content, "", [assessment.key.slug or None, own]
    for project in content.projects:
        yield project, f"projects/{project.id}/", [project.id, project.name]


# --- indicators ---------------------------------------------------------------------------------

_MEASURED = ("target", "actual")
_FIGURES = ("completion", "coefficient", "full_marks", "score")
_WORDS = (
    "deviation", "cause", "measure", "formula", "evidence", "not_applicable",
)  # fmt: skip


@table(
    "indicator", "indicators",
    (
        *OWNER, *texts("id", "common", "level1", "level2", "name", "text", "nature", "unit"),
        *texts("target", "target_comparator"),
        *figures("target_value", unit_from="target_unit"),
        *texts("target_unit", "adjusted_target", "period_target", "actual"),
        *figures("actual_value", unit_from="actual_unit"), *texts("actual_unit", "outcome"),
        *figures("completion", "coefficient", unit="%"),
        *figures("full_marks", "score", unit="points"),
        Field("core", FieldKind.FLAG), *texts(*_WORDS, "extra", "withheld"),
    ),
    beside=True,
)  # fmt: skip
def indicators(reported: Reported) -> Iterator[Row]:
    """One row per indicator of the report and of the projects inside it."""
    for owner, prefix, project in owners(reported):
        for one in owner.indicators:
            place = f"{prefix}indicators/{one.id}"
            yield [*project, place, *_indicator(reported, one, place, prefix)]


def _indicator(reported: Reported, one: Indicator, place: str, prefix: str) -> Iterator[Value]:
    yield from (one.id, one.common, one.level1, one.level2, one.name, one.text)
    yield word("natures", one.nature) if one.nature else None
    yield one.unit
    yield from _measure(reported, one.target, f"{place}/target", compared=True)
    yield from (_written(one.adjusted_target), _written(one.period_target))
    yield from _measure(reported, one.actual, f"{place}/actual")
    outcome = outcome_told(reported.assessment.report, one, prefix)
    yield word("trends", "outcomes", outcome) if outcome else None
    for name in _FIGURES:
        yield from (value := getattr(one, name), how(reported, value, f"{place}/{name}"))
    yield one.core
    yield from (getattr(one, name) for name in _WORDS)
    yield "；".join(f"{key}：{text}" for key, text in one.extra.items() if text) or None
    yield _notices(reported, place)


def _measure(
    reported: Reported, found: Measure | None, place: str, compared: bool = False
) -> Iterator[Value]:
    """As written, the comparator of a target, the number in it, how that was obtained, its unit."""
    yield _written(found)
    if compared:
        yield found.comparator if found else None
    yield found.value if found else None
    yield how(reported, found, place)
    yield found.unit if found else None


def _written(found: Measure | None) -> str | None:
    return found.written if found else None


def _notices(reported: Reported, place: str) -> str | None:
    """Every notice at a place and below it, each once."""
    withheld = reported.assessment.report.withheld
    if not withheld:
        return None
    below = [text for at, text in withheld.items() if at.startswith(f"{place}/")]
    own = notice(reported, place)
    return "；".join(dict.fromkeys([*([own] if own else []), *below])) or None


# --- money --------------------------------------------------------------------------------------


@table(
    "fund", "funds",
    (
        *OWNER, *texts("row", "row_name", "column", "column_name", "meaning"),
        *figures("value", unit_from="unit"), *texts("unit", "note", "withheld"),
    ),
    beside=True,
)  # fmt: skip
def funds(reported: Reported) -> Iterator[Row]:
    """One row per amount, rate or score of a fund table that is there or is withheld."""
    for owner, prefix, project in owners(reported):
        for place, cells in _funds(reported, owner, prefix):
            yield [*project, place, *cells]


def _funds(reported: Reported, owner: Evaluated, prefix: str) -> Iterator[tuple[str, Row]]:
    reference, key = reported.catalogue.reference, reported.assessment.key
    found, form = owner.funds, reference.fund_table_of(owner, key)
    if found is None or form is None:
        return
    names = {row.id: row.name for row in form.rows}
    unit = found.unit or form.unit
    for line in found.rows:
        for column in fund_columns(form, found.rows):
            own = _OF_LINE.get(column.role)
            value = getattr(line, own) if own else line.amounts.get(column.id)
            place = f"{prefix}funds/{line.id}/{column.id}"
            told = notice(reported, f"{prefix}funds/{line.id}/{own or column.id}")
            if value is not None or told:
                yield place, [
                    line.id, line.name or names.get(line.id, line.id), column.id, column.name,
                    str(column.role), value, how(reported, value, place) if value is not None
                    else word("obtained", "withheld"),
                    _unit(column, unit), line.note, told or None,
                ]  # fmt: skip


_OF_LINE = {FundColumnRole.RATE: "rate", FundColumnRole.FULL_MARKS: "full_marks",
            FundColumnRole.SCORE: "score"}  # fmt: skip


def _unit(column: FundColumn, unit: str) -> str:
    if column.role is FundColumnRole.RATE:
        return "%"
    own = column.role in (FundColumnRole.FULL_MARKS, FundColumnRole.SCORE)
    return word("page", "points") if own else unit


# --- scores -------------------------------------------------------------------------------------


@table(
    "score", "scores",
    (*OWNER, *texts("name"), *figures("full_marks", "score", unit="points"), *texts("note")),
)  # fmt: skip
def scores(reported: Reported) -> Iterator[Row]:
    """One row per dimension that the report scores, without the total."""
    for owner, prefix, project in owners(reported):
        for number, one in enumerate(owner.scores.items if owner.scores else (), 1):
            place = f"{prefix}scores/{one.id or one.name}"
            yield [
                *project, f"{prefix}scores/{number}", one.name,
                one.full_marks, how(reported, one.full_marks, f"{place}/full_marks"),
                one.score, how(reported, one.score, f"{place}/score"), one.note,
            ]  # fmt: skip


# --- figures in the text ------------------------------------------------------------------------


@table(
    "fact", "facts",
    (
        *OWNER, *texts("id", "name", "part"), *figures("value", unit_from="unit"),
        *texts("unit", "written", "period"),
    ),
)  # fmt: skip
def facts(reported: Reported) -> Iterator[Row]:
    """One row per registered figure, and one per part of it."""
    for owner, prefix, project in owners(reported):
        for one in owner.facts:
            place = f"{prefix}facts/{one.id}"
            found = one.written if one.value is None else one.value
            said = how(reported, found, f"{place}/value")
            yield [
                *project, place, one.id, one.name, None, one.value, said, one.unit, one.written,
                one.period,
            ]  # fmt: skip
            for number, part in enumerate(one.parts, 1):
                yield [
                    *project, f"{place}/parts/{number}", one.id, one.name, part.name, part.value,
                    how(reported, part.value), part.unit or one.unit, None, one.period,
                ]  # fmt: skip
