"""2 check: indicators -> Findings: what an actual value earns, and whether the row says enough.

A value is judged only where target and actual are numbers of one unit and the way that the
indicator counts is certain; what a clerk may well have meant is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from evalpress.checks import rule
from evalpress.checks.scores import ZERO, agrees, is_proportional, plain, rounded
from evalpress.findings import Finding, Level
from evalpress.judging import Judgement, countable, is_quantified, judge, named, target_of
from evalpress.model import Evaluated, Indicator, IndicatorField, Nature, Scheme
from evalpress.quantities import unit_of
from evalpress.subject import Subject
from evalpress.wording import word

HUNDRED = Decimal(100)
_OVERACHIEVEMENT = Decimal(130)  # where no scheme says otherwise
_NO_REASON = re.compile(r"[\s\d.。%％/／—–\-－无]*|不涉及|没有|暂无", re.ASCII)
_NUMBER_ONLY = re.compile(r"[\d.]+%?")
_REASONS = (IndicatorField.DEVIATION, IndicatorField.CAUSE, IndicatorField.MEASURE)


# --- what an actual value earns -----------------------------------------------------------------


def _due(judged: Judgement, marks: Decimal) -> Decimal | None:
    """The points that follow from the share; what is met earns all of them."""
    if judged.met or judged.share is None:
        return marks if judged.met else None
    return min(judged.share, Decimal(1)) * marks


_Row = tuple[Evaluated, str, Indicator, Scheme | None]


def _judged(subject: Subject) -> list[_Row]:
    """The indicators of a report and its projects, each with its place."""
    return subject.once(_all_judged)


def _all_judged(subject: Subject) -> list[_Row]:
    return [
        (owner, f"{start}indicators/{indicator.id}", indicator, subject.scheme(owner))
        for owner, start in subject.owners()
        for indicator in owner.indicators
    ]


def _values(indicator: Indicator) -> dict[str, str]:
    """What every message about an actual value names."""
    return {
        "name": named(indicator),
        "target": str(target_of(indicator) or ""),
        "actual": str(indicator.actual or ""),
        "score": plain(indicator.score) if indicator.score is not None else "",
        "marks": plain(indicator.full_marks) if indicator.full_marks is not None else "",
    }


@rule("unmet_full_marks", level=Level.WARNING)
def unmet_full_marks(subject: Subject) -> Iterator[Finding]:
    """没有完成指标值的，不应得满分。"""
    for _, place, indicator, scheme in _judged(subject):
        marks = indicator.full_marks
        if not marks or indicator.score != marks:
            continue
        judged = judge(indicator)
        if not judged or judged.met is not False:
            continue
        due = _due(judged, marks) if is_proportional(scheme) else None
        if due is None or not agrees(marks, due, scheme):
            expected = plain(rounded(due, scheme)) if due is not None else word("page", "absent")
            yield subject.find(
                "unmet_full_marks", f"{place}/score", expected=expected, **_values(indicator)
            )


@rule("score_above_share", level=Level.WARNING)
def score_above_share(subject: Subject) -> Iterator[Finding]:
    """没有完成指标值的，按完成比例得分，填报的得分不应更高。"""
    for _, place, indicator, scheme in _judged(subject):
        marks, score = indicator.full_marks, indicator.score
        if not marks or score is None or score >= marks or not is_proportional(scheme):
            continue
        judged = judge(indicator)
        due = _due(judged, marks) if judged and judged.met is False else None
        if due is None or agrees(score, due, scheme):
            continue
        if score > rounded(due + _blur(indicator, marks), scheme):
            yield subject.find(
                "score_above_share", f"{place}/score", expected=plain(rounded(due, scheme)),
                **_values(indicator),
            )  # fmt: skip


@rule("score_below_share", level=Level.HINT)
def score_below_share(subject: Subject) -> Iterator[Finding]:
    """得分低于按完成比例应得的，核对完成值和得分有没有填错；从严扣分的不必改。"""
    for owner, place, indicator, scheme in _judged(subject):
        marks, score = indicator.full_marks, indicator.score
        if not marks or score is None or score >= marks or not is_proportional(scheme):
            continue
        judged = judge(indicator)
        due = _due(judged, marks) if judged and not _is_excessive(judged, scheme) else None
        if due is None or agrees(score, due, scheme) or not _explained(subject, owner, indicator):
            continue
        if score < rounded(due - _blur(indicator, marks), scheme):
            yield subject.find(
                "score_below_share", f"{place}/score", expected=plain(rounded(due, scheme)),
                **_values(indicator),
            )  # fmt: skip


def _blur(indicator: Indicator, marks: Decimal) -> Decimal:
    """The points that the rounding of the actual value can have hidden: half its last digit."""
    target, actual = target_of(indicator), indicator.actual
    if not target or not actual or not target.value or not actual.value:
        return ZERO
    step = Decimal(5).scaleb(int(actual.value.as_tuple().exponent) - 1)
    return step / min(abs(target.value), abs(actual.value)) * marks


@rule("met_but_points_lost", level=Level.WARNING)
def met_but_points_lost(subject: Subject) -> Iterator[Finding]:
    """完成了指标值仍扣分的，要说明理由。"""
    for owner, place, indicator, _ in _judged(subject):
        if _lost(indicator) and not _explained(subject, owner, indicator):
            judged = judge(indicator)
            if judged and judged.met:
                yield subject.find("met_but_points_lost", f"{place}/score", **_values(indicator))


@rule("points_lost", level=Level.WARNING)
def points_lost(subject: Subject) -> Iterator[Finding]:
    """扣分的指标要写偏差原因和改进措施。"""
    for owner, place, indicator, _ in _judged(subject):
        if _lost(indicator) and not _explained(subject, owner, indicator):
            judged = judge(indicator)
            if not judged or not judged.met:
                yield subject.find("points_lost", f"{place}/score", **_values(indicator))


def _lost(indicator: Indicator) -> bool:
    score, marks = indicator.score, indicator.full_marks
    return score is not None and marks is not None and score < marks


def _explained(subject: Subject, owner: Evaluated, indicator: Indicator) -> bool:
    """True where the row gives a reason, or the text does in a table that has no column for it."""
    if _has_reason(indicator):
        return True
    table = subject.indicator_table(owner)
    if table and any(column.field in _REASONS for column in table.columns):
        return False
    return bool(indicator.name) and any(str(indicator.name) in t.value for t in subject.texts)


def _has_reason(indicator: Indicator) -> bool:
    reasons = (indicator.deviation, indicator.cause, indicator.measure)
    return any(reason and not _NO_REASON.fullmatch(reason) for reason in reasons)


@rule("overachieved", level=Level.WARNING)
def overachieved(subject: Subject) -> Iterator[Finding]:
    """完成值超过指标值较多（权重方案可定，默认130%）又得满分的，要说明原因或调减得分。"""
    for owner, place, indicator, scheme in _judged(subject):
        judged = None if _lost(indicator) else judge(indicator)
        if not judged or judged.share is None or not _is_excessive(judged, scheme):
            continue
        if not _explained(subject, owner, indicator):
            yield subject.find(
                "overachieved", f"{place}/actual", share=plain(rounded(judged.share * 100)),
                limit=plain(_limit(scheme) or ZERO), **_values(indicator),
            )  # fmt: skip


def _limit(scheme: Scheme | None) -> Decimal | None:
    return scheme.overachievement_limit if scheme else _OVERACHIEVEMENT


def _is_excessive(judged: Judgement, scheme: Scheme | None) -> bool:
    limit = _limit(scheme)
    if limit is None or judged.share is None or not judged.upward:
        return False
    return judged.share * 100 > limit


@rule("completion_differs", level=Level.WARNING)
def completion_differs(subject: Subject) -> Iterator[Finding]:
    """完成率应等于实际完成值除以指标值（超过100%的可以写100%）。"""
    for _, place, indicator, _ in _judged(subject):
        written = indicator.completion
        judged = judge(indicator) if written is not None else None
        if written is None or not judged or not judged.upward or judged.share is None:
            continue
        slack = max(Decimal(5).scaleb(int(written.as_tuple().exponent) - 1), Decimal("0.01"))
        computed = judged.share * 100
        if min(abs(written - computed), abs(written - min(computed, HUNDRED))) > slack:
            yield subject.find(
                "completion_differs", f"{place}/completion", found=plain(written),
                expected=plain(rounded(computed)), **_values(indicator),
            )  # fmt: skip


@rule("coefficient_differs", level=Level.WARNING)
def coefficient_differs(subject: Subject) -> Iterator[Finding]:
    """得分应等于分值乘以得分系数。"""
    for _, place, indicator, scheme in _judged(subject):
        coefficient, marks, score = indicator.coefficient, indicator.full_marks, indicator.score
        if coefficient is None or marks is None or score is None:
            continue
        computed = coefficient * marks / 100
        if not agrees(score, computed, scheme):
            yield subject.find(
                "coefficient_differs", f"{place}/score", found=plain(coefficient),
                expected=plain(rounded(computed, scheme)), **_values(indicator),
            )  # fmt: skip


@rule("nature_differs", level=Level.WARNING)
def nature_differs(subject: Subject) -> Iterator[Finding]:
    """正向指标的指标值用“≥”，反向指标用“≤”。"""
    for _, place, indicator, _ in _judged(subject):
        target, nature = target_of(indicator), indicator.nature
        against, fitting = _CONTRARY.get(nature, ("", "")) if nature else ("", "")
        if nature and target and target.comparator and target.comparator in against:
            yield subject.find(
                "nature_differs", f"{place}/target", nature=word("natures", nature),
                expected=fitting, **_values(indicator),
            )  # fmt: skip


_CONTRARY = {Nature.POSITIVE: ("≤<", "≥"), Nature.NEGATIVE: ("≥>", "≤")}


# --- whether the row says enough ----------------------------------------------------------------

_PLACEHOLDER = re.compile(
    r"(?:.{0,6}指标\s*[\d一二三四五六七八九十]+|(?:二级|三级)?指标)\s*[:：、.]?\s*[…\.·。]*"
    r"|…|[…\.·。]{2,}|[×xX＊*]{2,}|待填|待补充|(?:填写)?指标名称"
)


@rule("placeholder_indicator", level=Level.ERROR)
def placeholder_indicator(subject: Subject) -> Iterator[Finding]:
    """指标名称不能是模板里的占位字样，如“指标1”“……”。"""
    for _, place, indicator, _ in _judged(subject):
        found = indicator.name or indicator.text or ""
        if found and _PLACEHOLDER.fullmatch(found):
            field = "name" if indicator.name else "text"
            yield subject.find("placeholder_indicator", f"{place}/{field}", found=found)


@rule("duplicate_indicator", level=Level.ERROR)
def duplicate_indicator(subject: Subject) -> Iterator[Finding]:
    """同一个二级指标下不能有两个同名的指标。"""
    for owner, start in subject.owners():
        seen: set[tuple[str | None, str | None, str]] = set()
        for indicator in (i for i in countable(owner) if i.name or i.text):
            key = (indicator.level1, indicator.level2, indicator.name or indicator.text or "")
            if key in seen:
                place = f"{start}indicators/{indicator.id}/{'name' if indicator.name else 'text'}"
                yield subject.find("duplicate_indicator", place, found=key[2])
            seen.add(key)


@rule("repeated_indicator", level=Level.WARNING)
def repeated_indicator(subject: Subject) -> Iterator[Finding]:
    """同一个指标不要在产出和效益等几处重复计分。"""
    for owner, start in subject.owners():
        seen: dict[str, Indicator] = {}
        for indicator in (i for i in countable(owner) if i.name):
            first = seen.setdefault(str(indicator.name), indicator)
            if (first.level1, first.level2) != (indicator.level1, indicator.level2):
                yield subject.find(
                    "repeated_indicator", f"{start}indicators/{indicator.id}/name",
                    found=indicator.name, first=first.level2 or first.level1,
                    second=indicator.level2 or indicator.level1,
                )  # fmt: skip


@rule("duplicate_project", level=Level.ERROR)
def duplicate_project(subject: Subject) -> Iterator[Finding]:
    """一份报告里不能有两个同名的项目。"""
    seen: set[str] = set()
    for project in subject.content.projects:
        if project.name in seen:
            yield subject.find(
                "duplicate_project", f"projects/{project.id}/name", found=project.name
            )
        seen.add(project.name)


_PAYMENT = re.compile(
    r"(?:资金|经费|投资|补贴|补助|奖补|拨款|支付|支出)(?:支付|支出|使用|发放|拨付|到位|投入|完成)?(?:金额|总额|数额|额|数|量)"
    r"|.*(?:资金|支付|支出|拨付|投资)(?:金额|总额|数额|额)|.*(?:金额|资金|经费)"
)


@rule("money_as_quantity", level=Level.WARNING)
def money_as_quantity(subject: Subject) -> Iterator[Finding]:
    """数量指标写干了多少事，不用资金支付额。"""
    for _, place, indicator, _ in _judged(subject):
        if "数量" not in (indicator.level2 or ""):
            continue
        unit = (indicator.target.unit if indicator.target else None) or indicator.unit or ""
        if unit_of(unit)[1] == "元" or _PAYMENT.fullmatch(indicator.name or ""):
            yield subject.find("money_as_quantity", f"{place}/name", **_values(indicator))


_LEVEL1 = re.compile(r"(?:预算执行率?|成本|产出|效益|效果|满意度|服务对象满意度)(?:指标)?")
_LEVEL2 = (
    (re.compile("成本"), ("成本", "产出")),
    (re.compile("数量|质量|时效"), ("产出",)),
    (re.compile("满意"), ("满意度", "效益", "效果")),
    (re.compile("经济|社会|生态|可持续"), ("效益", "效果")),
)
_COST_NAME = re.compile(r"成本(?!核算|分析|调查)")
_NO_COST = re.compile("数量|质量|时效|生态(?!.*成本)")


@rule("misplaced_indicator", level=Level.WARNING)
def misplaced_indicator(subject: Subject) -> Iterator[Finding]:
    """数量、质量、时效归产出，经济、社会、生态、可持续影响归效益，满意度归满意度，成本归成本或产出。"""
    for _, place, indicator, _ in _judged(subject):
        found, level1 = indicator.level2 or "", indicator.level1 or ""
        fitting = next((names for known, names in _LEVEL2 if known.search(found)), None)
        if fitting and _LEVEL1.fullmatch(level1) and not any(name in level1 for name in fitting):
            yield subject.find(
                "misplaced_indicator", f"{place}/level2", found=found, above=level1,
                expected=fitting[0],
            )  # fmt: skip
        elif _NO_COST.search(found) and _COST_NAME.search(indicator.name or ""):
            yield subject.find(
                "misplaced_indicator", f"{place}/level2", found=named(indicator), above=found,
                expected="成本",
            )  # fmt: skip


_VAGUE = re.compile(
    r"(?:[很较更]|非常|十分|明显|显著|持续|进一步|有效|不断|逐步|大幅|稳步|有所|得到)*"
    r"(?:好|高|良|优|强|良好|优良|优秀|提升|提高|改善|增强|增长|增加|加强|促进|推动|显著|明显)"
)
_VAGUE_LENGTH = 12  # whoever writes more says more


@rule("vague_target", level=Level.HINT)
def vaguetarget_of(subject: Subject) -> Iterator[Finding]:
    """定性指标要写出可以分档衡量的内容，不只写“好”“高”“显著提升”。"""
    for owner, start in subject.owners():
        found = [i for i in owner.indicators if i.target and _is_vague(i.target.written)]
        if found:
            yield subject.find(
                "vague_target", f"{start}indicators/{found[0].id}/target",
                found=_some(found, lambda i: f"{named(i)}：{i.target}"), count=len(found),
            )  # fmt: skip


def _is_vague(target: str) -> bool:
    return len(target) <= _VAGUE_LENGTH and bool(_VAGUE.fullmatch(target))


def _some(found: list[Indicator], shown: Callable[[Indicator], str] = named) -> str:
    """The first few of a list of indicators, for a message."""
    return "、".join(map(shown, found[:4])) + ("等" if len(found) > 4 else "")


_SURVEY = re.compile("问卷|样本|抽样|调查|访谈|走访|回访|受访|座谈|测评|评议")


@rule("satisfaction_without_sample", level=Level.HINT)
def satisfaction_without_sample(subject: Subject) -> Iterator[Finding]:
    """满意度要写明样本：问了多少人、怎么问的、收回多少份。"""
    for owner, start in subject.owners():
        for indicator in owner.indicators:
            measured = indicator.actual and indicator.actual.value is not None
            if measured and "满意" in (indicator.name or "") and not indicator.evidence:
                if not _surveyed(subject, indicator):
                    yield subject.find(
                        "satisfaction_without_sample", f"{start}indicators/{indicator.id}/evidence",
                        name=named(indicator),
                    )  # fmt: skip
                break


def _surveyed(subject: Subject, indicator: Indicator) -> bool:
    evaluation = subject.content.evaluation
    if evaluation and evaluation.sample:
        return True
    own = " ".join(filter(None, (indicator.deviation, indicator.cause, indicator.formula)))
    return bool(_SURVEY.search(own)) or any(_SURVEY.search(t.value) for t in subject.texts)


_RATE_NAME = re.compile(r"率$|满意度$|比例$|占比$|百分比$|率（|率\(")


@rule("rate_without_unit", level=Level.WARNING)
def rate_without_unit(subject: Subject) -> Iterator[Finding]:
    """比率的指标值和完成值要带“%”。"""
    for owner, start in subject.owners():
        found = [i for i in owner.indicators if _is_bare_rate(i)]
        if found:
            first = found[0]
            yield subject.find(
                "rate_without_unit", f"{start}indicators/{first.id}/target", names=_some(found),
                count=len(found), target=str(first.target),
            )  # fmt: skip


def _is_bare_rate(indicator: Indicator) -> bool:
    target = indicator.target
    if not target or target.value is None or target.unit or indicator.unit:
        return False
    return target.value > 1 and bool(_RATE_NAME.search(indicator.name or ""))


@rule("reason_is_number", level=Level.WARNING)
def reason_is_number(subject: Subject) -> Iterator[Finding]:
    """偏差原因和改进措施写文字，不填数字；没有偏差的留空。"""
    for _, place, indicator, _ in _judged(subject):
        for field in _REASONS:
            found = getattr(indicator, field)
            if found and _NUMBER_ONLY.fullmatch(found):
                yield subject.find(
                    "reason_is_number", f"{place}/{field}", found=found, name=named(indicator)
                )


@rule("unquantified", level=Level.HINT)
def unquantified(subject: Subject) -> Iterator[Finding]:
    """指标能量化的要量化：有数值、有单位、有指标值。"""
    for owner, start in subject.owners():
        asked = [i for i in countable(owner) if not _PLACEHOLDER.fullmatch(i.name or i.text or "…")]
        found = [i for i in asked if not is_quantified(i)]
        if found:
            yield subject.find(
                "unquantified", f"{start}indicators", names=_some(found), count=len(asked),
                quantified=len(asked) - len(found),
            )  # fmt: skip
