"""2 check: the actual value of an indicator and its points -> Findings.

A value is judged only where target and actual are numbers of one unit and the way that the
indicator counts is certain; what a clerk may well have meant is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evalpress.assess.judging import target_of
from evalpress.assess.natures import Judgement
from evalpress.checks import rule
from evalpress.checks.indicator_rows import (
    REASONS,
    IndicatorRow,
    each_indicator,
    judgement,
    values_of,
)
from evalpress.checks.marking import effect_of, is_proportional
from evalpress.checks.rounding import ZERO, agrees, half_step, plain, rate_slack, rounded
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level
from evalpress.model import Effect, Evaluated, Indicator, Nature, Scheme
from evalpress.wording import word

_HUNDRED = Decimal(100)
_OVERACHIEVEMENT = Decimal(130)  # where no scheme says otherwise
_NO_REASON = re.compile(r"[\s\d.。%％/／—–\-－无]*|不涉及|没有|暂无", re.ASCII)


def _regular(subject: Subject) -> list[IndicatorRow]:
    """The indicators that earn a part of the full marks: no bonuses, no penalties."""
    return subject.once(_regular_rows)


def _regular_rows(subject: Subject) -> list[IndicatorRow]:
    return [
        row for row in each_indicator(subject)
        if effect_of(row.indicator.level1, row.scheme) is Effect.REGULAR
    ]  # fmt: skip


def _due(judged: Judgement, marks: Decimal) -> Decimal | None:
    """The points that follow from the share; what is met earns all of them."""
    if judged.met is False and judged.upward and judged.actual < 0 < judged.target:
        return ZERO
    if judged.met or judged.attained is None:
        return marks if judged.met else None
    return min(judged.attained, Decimal(1)) * marks


@rule("unmet_full_marks", level=Level.WARNING)
def unmet_full_marks(subject: Subject) -> Iterator[Finding]:
    """没有完成指标值的，不应得满分。

    依据：地方做法
    """
    for _, place, indicator, scheme in _regular(subject):
        marks = indicator.full_marks
        if not marks or indicator.score != marks:
            continue
        judged = judgement(subject, indicator)
        if not judged or judged.met is not False:
            continue
        due = _due(judged, marks) if is_proportional(scheme) else None
        if due is None or not agrees(marks, due, scheme):
            told = (
                ""
                if due is None
                else word("finding", "by_share").format(plain(rounded(due, scheme)))
            )
            yield subject.find(
                "unmet_full_marks", f"{place}/score", expected=told, **values_of(indicator)
            )


# What was not done at all: “未开展” and “因疫情未实施” match; “未发生安全事故” does not.
_NOT_DONE = re.compile(
    r"(?:未能?|尚未|没有|没)(?:开展|实施|启动|组织|举办|执行|进行|安排|开工|采购|建设)"
)
# What was not finished: “未完成” and “尚未验收” match; “未完成整改的0个” does not.
_NOT_FINISHED = re.compile(
    r"(?:未能?|尚未|没有|没)(?:按[期时])?(?:完成|达到|达标|实现|建成|完工|验收|竣工)"
)
_SHORT = 16  # characters of a value that says nothing but this


@rule("undone_scored", level=Level.WARNING)
def undone_scored(subject: Subject) -> Iterator[Finding]:
    """完成值写没有开展的，不应得分；写没有完成的，不应得满分。

    依据：地方做法
    """
    for _, place, indicator, _ in _regular(subject):
        marks, score, said = indicator.full_marks, indicator.score, _words_of(indicator)
        if not marks or not score or not said:
            continue
        finished = not _NOT_FINISHED.search(said) and not _denies(said, indicator)
        if _NOT_DONE.search(said) or (score == marks and not finished):
            yield subject.find("undone_scored", f"{place}/score", **values_of(indicator))


# Words of which one says the contrary of the other.
_CONTRARIES = (
    ("提升", "下降"), ("提高", "降低"), ("增加", "减少"), ("改善", "恶化"), ("上升", "下降"),
    ("有效", "无效"), ("健全", "缺失"), ("增强", "减弱"),
)  # fmt: skip
_NOT = re.compile("不(?!断|低|少|超|高)|未|没有?|欠|非|无")


def _denies(said: str, indicator: Indicator) -> bool:
    """True for 不及时 where the target is 及时, and for 有所下降 where it is 有所提升."""
    target = target_of(indicator)
    asked = (target.written if target else "").strip("。")
    if not asked or _NOT.search(asked) or len(asked) > _SHORT:
        return False
    denied = _NOT.match(said.removeprefix("基本").removeprefix("尚"))
    if denied and said[denied.end() :].strip("。") in asked:
        return True
    return any(
        a in asked and b in said and a not in said and b not in asked for a, b in _CONTRARIES
    )


def _words_of(indicator: Indicator) -> str:
    """The actual value where it is a few words without a figure; a target of such words asks for
    just that."""
    actual, target = indicator.actual, target_of(indicator)
    said = actual.written if actual else ""
    asked = target.written if target else ""
    if len(said) > _SHORT or re.search(r"\d", said) or said == asked:
        return ""
    return said


@dataclass(frozen=True)
class _Partial:
    """Points below full marks, where the scheme gives them by share: what was given and is due."""

    owner: Evaluated
    place: str
    indicator: Indicator
    scheme: Scheme | None
    judged: Judgement
    score: Decimal
    due: Decimal
    blur: Decimal

    def find(self, subject: Subject, rule: str) -> Finding:
        expected = plain(rounded(self.due, self.scheme))
        return subject.find(rule, self.place, expected=expected, **values_of(self.indicator))


def _partials(subject: Subject) -> list[_Partial]:
    """Every indicator whose partial points are not what its share would give."""
    found = []
    for owner, place, indicator, scheme in _regular(subject):
        marks, score = indicator.full_marks, indicator.score
        if not marks or score is None or score >= marks or not is_proportional(scheme):
            continue
        judged = judgement(subject, indicator)
        due = _due(judged, marks) if judged else None
        if judged and due is not None and not agrees(score, due, scheme):
            where, blur = f"{place}/score", _blur(indicator, marks)
            found.append(_Partial(owner, where, indicator, scheme, judged, score, due, blur))
    return found


@rule("score_above_share", level=Level.WARNING)
def score_above_share(subject: Subject) -> Iterator[Finding]:
    """没有完成指标值的，按完成比例得分，填报的得分不应更高。

    依据：地方做法
    """
    for part in subject.once(_partials):
        if part.judged.met is False and part.score > rounded(part.due + part.blur, part.scheme):
            yield part.find(subject, "score_above_share")


@rule("score_below_share", level=Level.HINT)
def score_below_share(subject: Subject) -> Iterator[Finding]:
    """得分低于按完成比例应得的，核对完成值和得分有没有填错；从严扣分的不必改。

    依据：地方做法
    """
    for part in subject.once(_partials):
        if part.score >= rounded(part.due - part.blur, part.scheme):
            continue
        if _is_excessive(part.judged, part.scheme):
            continue
        if _explained(subject, part.owner, part.indicator):
            yield part.find(subject, "score_below_share")


def _blur(indicator: Indicator, marks: Decimal) -> Decimal:
    """The points that the rounding of the actual value can have hidden: half its last digit."""
    target, actual = target_of(indicator), indicator.actual
    if not target or not actual or not target.value or not actual.value:
        return ZERO
    return half_step(actual.value) / min(abs(target.value), abs(actual.value)) * marks


@rule("met_but_points_lost", level=Level.WARNING)
def met_but_points_lost(subject: Subject) -> Iterator[Finding]:
    """完成了指标值仍扣分的，要说明理由。

    依据：地方做法
    """
    for owner, place, indicator, _ in _regular(subject):
        if _lost(indicator) and not _explained(subject, owner, indicator):
            judged = judgement(subject, indicator)
            if judged and judged.met:
                yield subject.find("met_but_points_lost", f"{place}/score", **values_of(indicator))


@rule("points_lost", level=Level.WARNING)
def points_lost(subject: Subject) -> Iterator[Finding]:
    """扣分的指标要写偏差原因和改进措施。

    依据：地方做法
    """
    for owner, place, indicator, _ in _regular(subject):
        if _lost(indicator) and not _explained(subject, owner, indicator):
            judged = judgement(subject, indicator)
            if not judged or not judged.met:
                yield subject.find("points_lost", f"{place}/score", **values_of(indicator))


# Says that a target was not met: “未能按期完成” matches; “未完成的影响” does not.
_MISSED = re.compile("(?:未能?|没有)(?:按[期时])?(?:完成|达标|达到|实现)(?!.{0,4}[影响风险])")


@rule("deviation_contradicts", level=Level.WARNING)
def deviation_contradicts(subject: Subject) -> Iterator[Finding]:
    """完成了指标值又得满分的，偏差原因不说没有完成。

    依据：报告前后一致
    """
    for _, place, indicator, _ in _regular(subject):
        reasons = (("deviation", indicator.deviation), ("cause", indicator.cause))
        said = next(((f, r) for f, r in reasons if r and _MISSED.search(r)), None)
        judged = judgement(subject, indicator) if said and not _lost(indicator) else None
        if said and judged and judged.met and indicator.score is not None:
            values = {"found": said[1][:24], **values_of(indicator)}
            yield subject.find("deviation_contradicts", f"{place}/{said[0]}", **values)


def _lost(indicator: Indicator) -> bool:
    score, marks = indicator.score, indicator.full_marks
    return score is not None and marks is not None and score < marks


def _explained(subject: Subject, owner: Evaluated, indicator: Indicator) -> bool:
    """True where the row gives a reason, or the text does in a table that has no column for it."""
    if _has_reason(indicator):
        return True
    table = subject.indicator_table(owner)
    if table and any(column.field in REASONS for column in table.columns):
        return False
    return bool(indicator.name) and any(str(indicator.name) in t.value for t in subject.texts)


def _has_reason(indicator: Indicator) -> bool:
    reasons = (indicator.deviation, indicator.cause, indicator.measure)
    return any(reason and not _NO_REASON.fullmatch(reason) for reason in reasons)


@rule("overachieved", level=Level.WARNING)
def overachieved(subject: Subject) -> Iterator[Finding]:
    """完成值超过指标值较多（权重方案可定，默认130%）又得满分的，要说明原因或调减得分。

    依据：地方做法
    """
    for owner, place, indicator, scheme in _regular(subject):
        judged = None if _lost(indicator) else judgement(subject, indicator)
        if not judged or judged.attained is None or not _is_excessive(judged, scheme):
            continue
        if not _explained(subject, owner, indicator):
            yield subject.find(
                "overachieved", f"{place}/actual", share=plain(rounded(judged.attained * 100)),
                limit=plain(_limit(scheme) or ZERO), **values_of(indicator),
            )  # fmt: skip


def _limit(scheme: Scheme | None) -> Decimal | None:
    return scheme.overachievement_limit if scheme else _OVERACHIEVEMENT


def _is_excessive(judged: Judgement, scheme: Scheme | None) -> bool:
    limit = _limit(scheme)
    if limit is None or judged.attained is None or not judged.upward:
        return False
    return judged.attained * 100 > limit


@rule("completion_differs", level=Level.WARNING)
def completion_differs(subject: Subject) -> Iterator[Finding]:
    """完成率应等于实际完成值除以指标值（超过100%的可以写100%）。

    依据：算术关系
    """
    for _, place, indicator, _ in each_indicator(subject):
        written = indicator.completion
        judged = judgement(subject, indicator) if written is not None else None
        if written is None or not judged or not judged.upward or judged.attained is None:
            continue
        computed = judged.attained * 100
        apart = min(abs(written - computed), abs(written - min(computed, _HUNDRED)))
        if apart > rate_slack(written):
            yield subject.find(
                "completion_differs", f"{place}/completion", found=plain(written),
                expected=plain(rounded(computed)), **values_of(indicator),
            )  # fmt: skip


@rule("coefficient_differs", level=Level.WARNING)
def coefficient_differs(subject: Subject) -> Iterator[Finding]:
    """得分应等于分值乘以得分系数。

    依据：算术关系
    """
    for _, place, indicator, scheme in each_indicator(subject):
        coefficient, marks, score = indicator.coefficient, indicator.full_marks, indicator.score
        if coefficient is None or marks is None or score is None:
            continue
        computed = coefficient * marks / 100
        if not agrees(score, computed, scheme):
            yield subject.find(
                "coefficient_differs", f"{place}/score", found=plain(coefficient),
                expected=plain(rounded(computed, scheme)), **values_of(indicator),
            )  # fmt: skip


@rule("nature_differs", level=Level.WARNING)
def nature_differs(subject: Subject) -> Iterator[Finding]:
    """正向指标的指标值用“≥”，反向指标用“≤”。

    依据：报告前后一致
    """
    for _, place, indicator, _ in each_indicator(subject):
        target, nature = target_of(indicator), indicator.nature
        against, fitting = _CONTRARY.get(nature, ("", "")) if nature else ("", "")
        if nature and target and target.comparator and target.comparator in against:
            yield subject.find(
                "nature_differs", f"{place}/target", nature=word("natures", nature),
                expected=fitting, **values_of(indicator),
            )  # fmt: skip


_CONTRARY = {Nature.POSITIVE: ("≤<", "≥"), Nature.NEGATIVE: ("≥>", "≤")}
