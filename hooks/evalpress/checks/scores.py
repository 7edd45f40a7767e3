"""2 check: scores -> Findings: weights, bounds, sums of scores, and the grade that follows.

What is incomplete is not added up: a sum is compared only where every part has its score.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evalpress.assess import full_marks, total_line
from evalpress.assess.judging import countable
from evalpress.checks import Context, rule, rule_for_all
from evalpress.checks.listed import file_of
from evalpress.checks.marking import dimension_key, marks_of
from evalpress.checks.rounding import ZERO, agrees, plain
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level, find
from evalpress.model import Evaluated, FundLine, Grade, GradeScale, Indicator, Scheme
from evalpress.wording import word


def _groups(owner: Evaluated, scheme: Scheme | None) -> dict[str, list[Indicator]]:
    """Indicators by dimension; none where one does not name its dimension."""
    found: dict[str, list[Indicator]] = {}
    for indicator in countable(owner):
        if not indicator.level1:
            return {}
        found.setdefault(dimension_key(indicator.level1, scheme), []).append(indicator)
    return found


def _complete(values: Sequence[Decimal | None]) -> list[Decimal] | None:
    """The values, where there is one for each part."""
    found = [value for value in values if value is not None]
    return found if found and len(found) == len(values) else None


@rule_for_all("scheme_weights", level=Level.ERROR)
def scheme_weights(context: Context) -> Iterator[Finding]:
    """权重方案各一级指标的满分合计，应等于方案的满分。

    依据：算术关系
    """
    source = file_of(context, "schemes")
    for index, scheme in enumerate(context.loaded.reference.schemes.values()):
        found = sum((d.full_marks for d in scheme.dimensions), ZERO)
        if found != scheme.full_marks:
            where = source.place(("schemes", index, "dimensions"))
            yield find(
                "scheme_weights", where, scheme=scheme.id, found=plain(found),
                expected=plain(scheme.full_marks),
            )  # fmt: skip


@rule("indicator_weights", level=Level.ERROR)
def indicator_weights(subject: Subject) -> Iterator[Finding]:
    """一级指标下各指标的分值合计，应等于这个一级指标的满分。

    依据：算术关系
    """
    for owner, start in subject.owners():
        scheme = subject.scheme(owner)
        known = _dimension_marks(owner, scheme)
        for key, members in _groups(owner, scheme).items():
            marks = _complete([i.full_marks for i in members])
            if marks and key in known and sum(marks) != known[key]:
                yield subject.find(
                    "indicator_weights", f"{start}indicators/{members[0].id}/full_marks",
                    name=members[0].level1, found=plain(sum(marks, ZERO)),
                    expected=plain(known[key]),
                )  # fmt: skip


def _dimension_marks(owner: Evaluated, scheme: Scheme | None) -> dict[str, Decimal]:
    found = {d.id: d.full_marks for d in scheme.dimensions} if scheme else {}
    for item in owner.scores.items if owner.scores else ():
        marks = marks_of(item, scheme)
        if marks is not None:
            found[dimension_key(item.name, scheme)] = marks
    return found


@dataclass(frozen=True)
class Part:
    """What the total is a sum of: a dimension or, where none are listed, an indicator."""

    name: str | None
    score: Decimal | None
    marks: Decimal | None


def _parts(owner: Evaluated, scheme: Scheme | None) -> list[Part]:
    if _has_items(owner):
        items = owner.scores.items if owner.scores else ()
        return [Part(item.name, item.score, marks_of(item, scheme)) for item in items]
    parts = [Part(i.level1, i.score, i.full_marks) for i in countable(owner)]
    line = total_line(owner.funds) if owner.funds and owner.funds.rows else None
    score, marks = line_scores(line) if line else (None, None)
    return [*parts, Part(None, score, marks)] if marks is not None else parts


def _has_items(owner: Evaluated) -> bool:
    return bool(owner.scores and owner.scores.items)


def line_scores(line: FundLine) -> tuple[Decimal | None, Decimal | None]:
    """Score and full marks of a fund line, from its fields or from the table's columns."""
    score = line.score if line.score is not None else line.amounts.get("score")
    marks = line.full_marks if line.full_marks is not None else line.amounts.get("full_marks")
    return score, marks


def _unlisted_marks(parts: list[Part], full: Decimal | None) -> Decimal | None:
    """The full marks that are left for parts that the report does not list; None if unknown."""
    marks = _complete([part.marks for part in parts])
    return full - sum(marks) if marks and full is not None else None


@rule("weights_total", level=Level.ERROR)
def weights_total(subject: Subject) -> Iterator[Finding]:
    """各部分的满分合计，应等于总分的满分；只列部分指标的，不应超过。

    依据：算术关系
    """
    for owner, start in subject.owners():
        scheme = subject.scheme(owner)
        full, parts = full_marks(owner, scheme), _parts(owner, scheme)
        left = _unlisted_marks(parts, full)
        if full is None or left is None or len(parts) < 2:
            continue
        missing = _missing_marks(parts, scheme) if _has_items(owner) else full
        if not ZERO <= left <= missing:
            place = "scores" if _has_items(owner) else "indicators"
            yield subject.find(
                "weights_total", f"{start}{place}", found=plain(full - left), expected=plain(full)
            )


def _missing_marks(parts: list[Part], scheme: Scheme | None) -> Decimal:
    """The full marks of those dimensions of the scheme that no part is named for."""
    keys = {dimension_key(part.name, scheme) for part in parts}
    dimensions = scheme.dimensions if scheme else ()
    return sum((d.full_marks for d in dimensions if d.id not in keys), ZERO)


@rule("dimension_score", level=Level.ERROR)
def dimension_score(subject: Subject) -> Iterator[Finding]:
    """一级指标的得分，应等于其下各指标得分之和。

    依据：算术关系
    """
    for owner, start in subject.owners():
        scheme = subject.scheme(owner)
        groups = _groups(owner, scheme) if owner.scores and owner.scores.items else {}
        for item in owner.scores.items if owner.scores and groups else ():
            members = groups.get(dimension_key(item.name, scheme), [])
            parts = _complete([i.score for i in members])
            if (
                parts
                and item.score is not None
                and not agrees(item.score, sum(parts, ZERO), scheme)
            ):
                yield subject.find(
                    "dimension_score", f"{start}scores/{item.id or item.name}/score",
                    name=item.name, found=plain(item.score), expected=plain(sum(parts, ZERO)),
                )  # fmt: skip


@rule("total_score", level=Level.ERROR)
def total_score(subject: Subject) -> Iterator[Finding]:
    """总分应等于各部分得分之和。

    依据：算术关系
    """
    for owner, start in subject.owners():
        total, scheme = owner.scores.total if owner.scores else None, subject.scheme(owner)
        parts = _parts(owner, scheme)
        scores = _complete([part.score for part in parts])
        if total is None or not scores or len(scores) < 2:
            continue
        left = _unlisted_marks(parts, full_marks(owner, scheme))
        if left is None and not _has_items(owner):
            continue
        found = sum(scores, ZERO)
        if not agrees(total, found, scheme) and not ZERO <= total - found <= (left or ZERO):
            yield subject.find(
                "total_score", f"{start}scores/total", found=plain(total), expected=plain(found)
            )


@rule("score_out_of_range", level=Level.ERROR)
def score_out_of_range(subject: Subject) -> Iterator[Finding]:
    """得分不能小于零，也不能超过满分。

    依据：算术关系
    """
    for owner, start in subject.owners():
        for place, score, marks in _scored(owner, subject.scheme(owner)):
            if score < 0 or (marks is not None and score > marks):
                yield subject.find(
                    "score_out_of_range", f"{start}{place}", found=plain(score),
                    limit=plain(marks) if marks is not None else word("page", "absent"),
                )  # fmt: skip


def _scored(
    owner: Evaluated, scheme: Scheme | None
) -> Iterator[tuple[str, Decimal, Decimal | None]]:
    """Every score with its place and full marks."""
    for indicator in owner.indicators:
        if indicator.score is not None:
            yield f"indicators/{indicator.id}/score", indicator.score, indicator.full_marks
    for line in owner.funds.rows if owner.funds else ():
        score, marks = line_scores(line)
        if score is not None:
            yield f"funds/{line.id}/score", score, marks
    if owner.scores:
        yield from _scored_above(owner, scheme)


def _scored_above(
    owner: Evaluated, scheme: Scheme | None
) -> Iterator[tuple[str, Decimal, Decimal | None]]:
    scores, full = owner.scores, full_marks(owner, scheme)
    for item in scores.items if scores else ():
        if item.score is not None:
            yield f"scores/{item.id or item.name}/score", item.score, marks_of(item, scheme)
    if scores and scores.total is not None:
        yield "scores/total", scores.total, full
    if scores and scores.review:
        yield "scores/review/total", scores.review.total, full


@rule("grade_differs", level=Level.ERROR)
def grade_differs(subject: Subject) -> Iterator[Finding]:
    """等级应与总分（折合百分制）相符：下限属于这一等级，上限属于高一等级。

    依据：财预〔2020〕10号第18条
    """
    for owner, start in subject.owners():
        scores, scale = owner.scores, subject.grade_scale(owner)
        full = full_marks(owner, subject.scheme(owner))
        if not scores or not scores.grade or scores.total is None or not scale or not full:
            continue
        written, fitting = scale.grade(scores.grade), grade_of(scores.total * 100 / full, scale)
        if written and fitting and written.id != fitting.id:
            yield subject.find(
                "grade_differs", f"{start}scores/grade", found=scores.grade,
                total=plain(scores.total), expected=fitting.word, floor=plain(fitting.floor),
                ceiling=plain(fitting.ceiling),
            )  # fmt: skip


def grade_of(points: Decimal, scale: GradeScale) -> Grade | None:
    """The grade of so many points out of 100; the highest one includes its ceiling."""
    highest = max(scale.grades, key=lambda grade: grade.ceiling, default=None)
    if highest and points == highest.ceiling:
        return highest
    return next((grade for grade in scale.grades if grade.floor <= points < grade.ceiling), None)
