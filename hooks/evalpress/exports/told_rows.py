"""6 export: the report as a whole in one row; its problems, what it says of earlier ones, its
corrections, and what differs between its editions."""

from __future__ import annotations

from collections.abc import Iterator

from evalpress.assess import BUDGET_ROLES, Assessment
from evalpress.assess.money import total_place
from evalpress.assess.targets import targets
from evalpress.exports.evaluated_rows import owners
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
from evalpress.model import FundColumnRole
from evalpress.pages.described import corrected_on
from evalpress.pages.superseded import correction_words, kind_words, told_changes
from evalpress.wording import word

_COUNTS = tuple(
    Field(name, FieldKind.INTEGER)
    for name in ("targets_met", "targets_missed", "targets_unjudged", "problems", "projects")
)


@table(
    "report", "reports",
    (
        *texts("slug", "project_name", "project_code"),
        *texts("state"), Field("version", FieldKind.INTEGER), Field("published", FieldKind.DATE),
        *texts("corrected", "scheme"), *figures("score", "full_marks", unit="points"),
        *figures("share", unit="%"), *texts("grade", "grade_how"),
        *figures("budget", "executed", unit_from="money_unit"), *texts("money_unit"),
        *figures("rate", unit="%"), *_COUNTS,
        *texts("index_number", "document_number", "publisher", "withheld"),
    ),
    key=("address",),
)  # fmt: skip
def reports(reported: Reported) -> Iterator[Row]:
    """One row: identity, dates, score, money, counts."""
    assessment = reported.assessment
    report, content = assessment.report, assessment.report.content
    published, info = content.first_published, content.public_info
    yield [
        assessment.key.slug or None, content.project_name, content.project_code,
        word("states", report.state), content.version, published.date() if published else None,
        str(corrected_on(report) or "") or None,
        assessment.scheme.name if assessment.scheme else None,
        *_scored(reported), *_money(reported), *_counts(assessment),
        info.index_number, info.document_number, info.publisher,
        "；".join(f"{place}：{text}" for place, text in report.withheld.items()) or None,
    ]  # fmt: skip


def _scored(reported: Reported) -> Iterator[Value]:
    """Score, full marks, per cent, grade, each with how it was obtained."""
    found = reported.assessment
    scores = found.report.content.scores
    total, marks = "scores/total", "scores/full_marks"
    own = scores is not None and scores.full_marks is not None
    yield from (found.score, how(reported, found.score, total))
    yield from (found.full_marks, how(reported, found.full_marks, marks, computed=not own))
    share = found.score_percent
    yield from (share, how(reported, share, total, marks, computed=True))
    yield from (found.grade_word, how(reported, found.grade_word, "scores/grade"))


def _money(reported: Reported) -> Iterator[Value]:
    """Budget, execution and rate of the line that stands for all the money."""
    found, money = reported.assessment, reported.assessment.money
    funds = found.report.content.funds
    for roles in (BUDGET_ROLES, (FundColumnRole.EXECUTED,)):
        value = money.get(*roles) if money else None
        yield from (value, how(reported, value, *(total_place(funds, str(r)) for r in roles)))
    yield money.unit if money else None
    rate = found.rate
    percent, computed = (rate.percent, rate.computed) if rate else (None, False)
    follows = ("rate", *BUDGET_ROLES, FundColumnRole.EXECUTED)
    places = (total_place(funds, str(name)) for name in follows)
    yield from (percent, how(reported, percent, *places, computed=computed))


def _counts(found: Assessment) -> Iterator[Value]:
    asked, content = targets(found.report), found.report.content
    yield from (asked.met, asked.missed, asked.unjudged) if asked else (None, None, None)
    yield sum(len(owner.problems) for owner in (content, *content.projects))
    yield len(content.projects)


# --- problems -----------------------------------------------------------------------------------


@table(
    "problem", "problems",
    (
        *OWNER, *texts("id", "number", "text", "text_how", "cause", "measure", "office", "due"),
        Field("measure_in_text", FieldKind.FLAG), *texts("withheld"),
    ),
    beside=True,
)  # fmt: skip
def problems(reported: Reported) -> Iterator[Row]:
    """One row per problem, with its cause and its measure."""
    for owner, prefix, project in owners(reported):
        for one in owner.problems:
            place = f"{prefix}problems/{one.id}"
            said = how(reported, one.text, f"{place}/text")
            yield [
                *project, place, one.id, one.number, one.text, said, one.cause, one.measure,
                one.office, one.due, one.measure_in_text, notice(reported, f"{place}/text") or None,
            ]  # fmt: skip


@table(
    "followup", "followups",
    (
        *texts("place"), Field("about_year", FieldKind.INTEGER),
        *texts("problem", "status", "text"),
    ),
)  # fmt: skip
def followups(reported: Reported) -> Iterator[Row]:
    """One row per problem of an earlier year of which the report says what became of it."""
    for number, one in enumerate(reported.assessment.report.content.followups, 1):
        yield [
            f"followups/{number}", one.year, one.problem,
            word("problems", "fates", one.status), one.text,
        ]  # fmt: skip


# --- corrections and editions -------------------------------------------------------------------


@table(
    "correction", "corrections",
    texts("id", "about", "nature", "date", "old", "new", "reason", "office"),
    key=("address", "id"),
)  # fmt: skip
def corrections(reported: Reported) -> Iterator[Row]:
    """One row per correction after publication; never what was removed."""
    report = reported.assessment.report
    for one in report.content.corrections:
        yield [
            one.id, correction_words(report, one, reported.catalogue.reference), kind_words(one),
            str(one.date) if one.date else None,
            word("editions", "redacted") if one.redacted else one.old, one.new, one.reason,
            one.office,
        ]  # fmt: skip


@table(
    "change", "changes",
    (
        *(Field(name, FieldKind.INTEGER) for name in ("number", "before", "after")),
        *texts("date", "place", "about", "old", "new"),
    ),
    key=("address", "number"),
)  # fmt: skip
def changes(reported: Reported) -> Iterator[Row]:
    """One row per place where an edition and the next one differ, as their page shows it."""
    found = (
        (past, *told) for past in reported.past for told in told_changes(reported.catalogue, past)
    )
    for number, (past, change, about) in enumerate(found, 1):
        yield [
            number, past.edition.number, past.next, past.when or None, change.place, about,
            change.old or None, change.new or None,
        ]  # fmt: skip
