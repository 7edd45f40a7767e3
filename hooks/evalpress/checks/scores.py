"""2 check: scores -> Findings: weights, bounds, sums of scores, and the grade that follows.

What is incomplete is not added up: a sum is compared only where every part has its score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evalpress.assess import total_line
from evalpress.assess.judging import countable
from evalpress.checks import Context, rule, rule_for_all
from evalpress.checks.fund_rows import total_rates
from evalpress.checks.listed import file_of
from evalpress.checks.marking import (
    ceiling,
    dimension_key,
    dimension_of,
    effect_of,
    marks_of,
    regular_marks,
)
from evalpress.checks.rounding import ZERO, agrees, plain, rounded
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level, find
from evalpress.model import Effect, Evaluated, FundLine, Grade, GradeScale, Indicator, Scheme
from evalpress.wording import word


def _groups(owner: Evaluated, scheme: Scheme | None) -> dict[str, list[Indicator]]:
    """Indicators by dimension, as far as they name one."""
    found: dict[str, list[Indicator]] = {}
    for indicator in countable(owner):
        if not indicator.level1:
            continue
        found.setdefault(dimension_key(indicator.level1, scheme), []).append(indicator)
    return found


def _has_stray(owner: Evaluated) -> bool:
    """True where an indicator may belong to any dimension: no sum of one is known to be whole."""
    return any(not i.level1 for i in countable(owner) if i.full_marks is not None or i.score)


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
        found = scheme.marks_of(Effect.REGULAR)
        if scheme.full_marks not in (found, found + scheme.marks_of(Effect.BONUS)):
            where = source.place(("schemes", index, "dimensions"))
            yield find(
                "scheme_weights", where, scheme=scheme.id, found=plain(found),
                expected=plain(scheme.full_marks),
            )  # fmt: skip


@rule_for_all("ceiling_dimension", level=Level.ERROR)
def ceiling_dimension(context: Context) -> Iterator[Finding]:
    """权重方案里封顶的一级指标，方案里要有。

    依据：本程序的数据格式
    """
    source = file_of(context, "schemes")
    for index, scheme in enumerate(context.loaded.reference.schemes.values()):
        known = {dimension.id for dimension in scheme.dimensions}
        for number, cap in enumerate(scheme.ceilings):
            if cap.dimension and cap.dimension not in known:
                where = source.place(("schemes", index, "ceilings", number, "dimension"))
                found, listed = cap.dimension, "、".join(sorted(known))
                yield find("ceiling_dimension", where, found=found, known=listed)


@rule("indicator_weights", level=Level.ERROR)
def indicator_weights(subject: Subject) -> Iterator[Finding]:
    """一级指标下各指标的分值合计，应等于这个一级指标的满分。

    依据：算术关系
    """
    for owner, start in subject.owners():
        scheme = subject.scheme(owner)
        known, stray = _dimension_marks(owner, scheme), _has_stray(owner)
        for key, members in _groups(owner, scheme).items():
            marks = _complete([i.full_marks for i in members])
            if not marks or key not in known or sum(marks) == known[key]:
                continue
            if not stray or sum(marks) > known[key]:
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
    effect: Effect = Effect.REGULAR

    @property
    def points(self) -> Decimal | None:
        """What it adds to the total; a penalty may be written with or without its minus."""
        if self.score is not None and self.effect is Effect.PENALTY:
            return -abs(self.score)
        return self.score if self.effect is Effect.REGULAR else self.score or ZERO


def _parts(owner: Evaluated, scheme: Scheme | None) -> list[Part]:
    if _has_items(owner):
        items = owner.scores.items if owner.scores else ()
        return [_part(i.name, i.score, marks_of(i, scheme), scheme) for i in items]
    parts = [_part(i.level1, i.score, i.full_marks, scheme) for i in countable(owner)]
    line = total_line(owner.funds) if owner.funds and owner.funds.rows else None
    score, marks = line_scores(line) if line else (None, None)
    return [*parts, Part(None, score, marks)] if marks is not None else parts


def _part(
    name: str | None, score: Decimal | None, marks: Decimal | None, scheme: Scheme | None
) -> Part:
    return Part(name, score, marks, effect_of(name, scheme))


def _has_items(owner: Evaluated) -> bool:
    return bool(owner.scores and owner.scores.items)


def line_scores(line: FundLine) -> tuple[Decimal | None, Decimal | None]:
    """Score and full marks of a fund line, from its fields or from the table's columns."""
    score = line.score if line.score is not None else line.amounts.get("score")
    marks = line.full_marks if line.full_marks is not None else line.amounts.get("full_marks")
    return score, marks


def _unlisted_marks(parts: list[Part], full: Decimal | None) -> Decimal | None:
    """The full marks that are left for parts that the report does not list; None if unknown."""
    marks = _complete([part.marks for part in parts if part.effect is Effect.REGULAR])
    return full - sum(marks) if marks and full is not None else None


@rule("weights_total", level=Level.ERROR)
def weights_total(subject: Subject) -> Iterator[Finding]:
    """各部分的满分合计，应等于总分的满分；只列部分指标的，不应超过。

    依据：算术关系
    """
    for owner, start in subject.owners():
        scheme = subject.scheme(owner)
        full, parts = regular_marks(owner, scheme), _parts(owner, scheme)
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
    return _unlisted(parts, scheme, Effect.REGULAR)


def _unlisted(parts: list[Part], scheme: Scheme | None, effect: Effect) -> Decimal:
    keys = {dimension_key(part.name, scheme) for part in parts}
    dimensions = scheme.dimensions if scheme else ()
    listed = (d.full_marks for d in dimensions if d.id not in keys and d.effect is effect)
    return sum(listed, ZERO)


@rule("dimension_score", level=Level.ERROR)
def dimension_score(subject: Subject) -> Iterator[Finding]:
    """一级指标的得分，应等于其下各指标得分之和。

    依据：算术关系
    """
    for owner, start in subject.owners():
        scheme = subject.scheme(owner)
        groups = _groups(owner, scheme) if owner.scores and owner.scores.items else {}
        stray = _has_stray(owner)
        for item in owner.scores.items if owner.scores and groups else ():
            members = groups.get(dimension_key(item.name, scheme), [])
            parts = _complete([i.score for i in members])
            if not parts or item.score is None or _adds_up(item.score, parts, scheme):
                continue
            if not stray or sum(parts) > item.score:
                yield subject.find(
                    "dimension_score", f"{start}scores/{item.id or item.name}/score",
                    name=item.name, found=plain(item.score), expected=plain(sum(parts, ZERO)),
                )  # fmt: skip


def _adds_up(score: Decimal, parts: list[Decimal], scheme: Scheme | None) -> bool:
    """True for the sum of the parts; of penalties, all may be written with or without a minus."""
    found = sum(parts, ZERO)
    return agrees(score, found, scheme) or (found < 0 and agrees(abs(score), -found, scheme))


@rule("total_score", level=Level.ERROR)
def total_score(subject: Subject) -> Iterator[Finding]:
    """总分应等于各部分得分之和。

    依据：算术关系
    """
    for owner, start in subject.owners():
        total, scheme = owner.scores.total if owner.scores else None, subject.scheme(owner)
        parts = _parts(owner, scheme)
        scores = _complete([part.points for part in parts])
        if total is None or not scores or len(scores) < 2:
            continue
        left = _unlisted_marks(parts, regular_marks(owner, scheme))
        if left is None and not _has_items(owner):
            continue
        found = sum(scores, ZERO)
        if agrees(total, found, scheme) or _is_capped(subject, owner, start, total, found):
            continue
        least = -_unlisted(parts, scheme, Effect.PENALTY)
        most = (left or ZERO) + _unlisted(parts, scheme, Effect.BONUS)
        if not least <= total - found <= most:
            yield subject.find(
                "total_score", f"{start}scores/total", found=plain(total), expected=plain(found)
            )


def _is_capped(
    subject: Subject, owner: Evaluated, start: str, total: Decimal, found: Decimal
) -> bool:
    """True where a low execution rate caps the sum, and the total is that."""
    scheme = subject.scheme(owner)
    limit = ceiling(scheme, total_rates(subject, owner, start))
    return limit is not None and found > limit and agrees(total, limit, scheme)


@rule("ceiling_exceeded", level=Level.ERROR)
def ceiling_exceeded(subject: Subject) -> Iterator[Finding]:
    """执行率低于权重方案写明的界限时，总分和一级指标的得分不超过方案规定的最高分。

    依据：地方做法
    """
    for owner, start in subject.owners():
        scheme = subject.scheme(owner)
        rates = total_rates(subject, owner, start) if scheme and scheme.ceilings else []
        for place, name, score, dimension in _capped_scores(owner, scheme) if rates else ():
            limit = ceiling(scheme, rates, dimension)
            if limit is not None and score > limit:
                yield subject.find(
                    "ceiling_exceeded", f"{start}{place}", name=name, found=plain(score),
                    rate=plain(rounded(max(rates))), limit=plain(limit),
                )  # fmt: skip


def _capped_scores(
    owner: Evaluated, scheme: Scheme | None
) -> Iterator[tuple[str, str, Decimal, str | None]]:
    """The scores that a ceiling can be about: place, name, points, id of the dimension."""
    scores = owner.scores
    for item in scores.items if scores else ():
        dimension = dimension_of(item.name, scheme)
        if item.score is not None and dimension:
            yield f"scores/{item.id or item.name}/score", item.name, item.score, dimension.id
    if scores and scores.total is not None:
        yield "scores/total", word("finding", "total"), scores.total, None


@rule("score_out_of_range", level=Level.ERROR)
def score_out_of_range(subject: Subject) -> Iterator[Finding]:
    """得分不能小于零，也不能超过满分。

    依据：算术关系
    """
    for owner, start in subject.owners():
        for place, score, marks, effect in _scored(owner, subject.scheme(owner)):
            points = abs(score) if effect is Effect.PENALTY else score
            if points < 0 or (marks is not None and points > marks):
                yield subject.find(
                    "score_out_of_range", f"{start}{place}", found=plain(score),
                    limit=plain(marks) if marks is not None else word("page", "absent"),
                )  # fmt: skip


# The place of a score, the score, its full marks, and what it does to the total.
_Scored = tuple[str, Decimal, Decimal | None, Effect]


def _scored(owner: Evaluated, scheme: Scheme | None) -> Iterator[_Scored]:
    """Every score with its place and full marks."""
    for indicator in owner.indicators:
        if indicator.score is not None:
            effect = effect_of(indicator.level1, scheme)
            place = f"indicators/{indicator.id}/score"
            yield place, indicator.score, indicator.full_marks, effect
    for line in owner.funds.rows if owner.funds else ():
        score, marks = line_scores(line)
        if score is not None:
            yield f"funds/{line.id}/score", score, marks, Effect.REGULAR
    if owner.scores:
        yield from _scored_above(owner, scheme)


def _scored_above(owner: Evaluated, scheme: Scheme | None) -> Iterator[_Scored]:
    scores, most = owner.scores, _most_marks(owner, scheme)
    for item in scores.items if scores else ():
        if item.score is not None:
            effect = effect_of(item.name, scheme)
            place = f"scores/{item.id or item.name}/score"
            yield place, item.score, marks_of(item, scheme), effect
    if scores and scores.total is not None:
        yield "scores/total", scores.total, most, Effect.REGULAR
    if scores and scores.review:
        yield "scores/review/total", scores.review.total, most, Effect.REGULAR


def _most_marks(owner: Evaluated, scheme: Scheme | None) -> Decimal | None:
    """The most that a total can be: full marks and bonuses; None where nobody knows."""
    full = regular_marks(owner, scheme)
    if full is None:
        return None
    items = owner.scores.items if owner.scores else ()
    bonuses = [item for item in items if effect_of(item.name, scheme) is Effect.BONUS]
    parts = [_part(i.name, i.score, marks_of(i, scheme), scheme) for i in bonuses]
    if any(part.marks is None for part in parts):
        return None
    own = sum((part.marks or ZERO for part in parts), ZERO)
    return full + max(own, scheme.marks_of(Effect.BONUS) if scheme else ZERO)


_REASONS = {
    Effect.BONUS: re.compile(
        "加分[项因是为理]|因[^，。；]{1,30}加|表彰|表扬|奖|获评|获得|荣|试点|示范|先进|推广"
    ),
    Effect.PENALTY: re.compile(
        "扣分[项因是为理]|因[^，。；]{1,30}扣|(?:通报|违规|超期|逾期|未按|超过)[^。]{0,20}扣"
        "|扣[^。]{0,20}(?:通报|违规|超期|逾期|未按|超过)"
    ),
}
_ONLY_POINTS = re.compile(
    r"(?:加分|附加分|扣分|减分|奖励分|扣减|倒扣)项?(?:指标)?[^，。；]{0,3}\d+(?:\.\d+)?分?"
)


@rule("bonus_unexplained", level=Level.HINT)
def bonuses_unexplained(subject: Subject) -> Iterator[Finding]:
    """加分、扣分的，指标、说明或正文里写明为什么。

    依据：地方做法
    """
    for owner, start in subject.owners():
        scheme, items = subject.scheme(owner), owner.scores.items if owner.scores else ()
        for item in (i for i in items if i.score):
            effect = effect_of(item.name, scheme)
            rows = [i for i in owner.indicators if effect_of(i.level1, scheme) is effect]
            if effect is Effect.REGULAR or item.note or any(i.name or i.text for i in rows):
                continue
            places = (f"{start}body/", f"{start}problems/")
            texts = [t.value for t in subject.texts if t.place.startswith(places)]
            if not any(_REASONS[effect].search(_ONLY_POINTS.sub("", text)) for text in texts):
                place = f"{start}scores/{item.id or item.name}/score"
                values = {"name": item.name, "found": plain(item.score or ZERO)}
                yield subject.find("bonus_unexplained", place, **values)


@rule("grade_differs", level=Level.ERROR)
def grade_differs(subject: Subject) -> Iterator[Finding]:
    """等级应与总分（折合百分制）相符：下限属于这一等级，上限属于高一等级。

    依据：财预〔2020〕10号第18条
    """
    for owner, start in subject.owners():
        scores, scale = owner.scores, subject.grade_scale(owner)
        full = regular_marks(owner, subject.scheme(owner))
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
    """The grade of so many points out of 100; the highest one includes its ceiling, and what
    bonuses add to it."""
    highest = max(scale.grades, key=lambda grade: grade.ceiling, default=None)
    if highest and points >= highest.ceiling:
        return highest
    return next((grade for grade in scale.grades if grade.floor <= points < grade.ceiling), None)
