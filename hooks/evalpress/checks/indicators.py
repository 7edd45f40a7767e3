"""2 check: rows of the indicator table -> Findings: whether each says enough, in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from evalpress.assess.judging import countable, is_quantified, named
from evalpress.checks import rule
from evalpress.checks.indicator_rows import REASONS, each_indicator, values_of
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level
from evalpress.model import Indicator
from evalpress.text.quantities import unit_of

_PLACEHOLDER = re.compile(
    r"(?:.{0,6}指标\s*[\d一二三四五六七八九十]+|(?:二级|三级)?指标)\s*[:：、.]?\s*[…\.·。]*"
    r"|…|[…\.·。]{2,}|[×xX＊*]{2,}|待填|待补充|(?:填写)?指标名称"
)


@rule("placeholder_indicator", level=Level.ERROR)
def placeholder_indicator(subject: Subject) -> Iterator[Finding]:
    """指标名称不能是模板里的占位字样，如“指标1”“……”。

    依据：地方做法
    """
    for _, place, indicator, _ in each_indicator(subject):
        found = indicator.name or indicator.text or ""
        if found and _PLACEHOLDER.fullmatch(found):
            field = "name" if indicator.name else "text"
            yield subject.find("placeholder_indicator", f"{place}/{field}", found=found)


@rule("duplicate_indicator", level=Level.ERROR)
def duplicate_indicator(subject: Subject) -> Iterator[Finding]:
    """同一个二级指标下不能有两个同名的指标。

    依据：报告前后一致
    """
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
    """同一个指标不要在产出和效益等几处重复计分。

    依据：地方做法
    """
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


@rule("common_indicator_twice", level=Level.ERROR)
def common_indicator_twice(subject: Subject) -> Iterator[Finding]:
    """一份报告或一个项目里，同一个共性指标编号只能用一次。

    依据：本程序的数据格式
    """
    for owner, start in subject.owners():
        seen: dict[str, Indicator] = {}
        for indicator in (i for i in owner.indicators if i.common):
            first = seen.setdefault(str(indicator.common), indicator)
            if first is not indicator:
                yield subject.find(
                    "common_indicator_twice", f"{start}indicators/{indicator.id}/common",
                    found=indicator.common, first=named(first),
                )  # fmt: skip


@rule("duplicate_project", level=Level.ERROR)
def duplicate_project(subject: Subject) -> Iterator[Finding]:
    """一份报告里不能有两个同名的项目。

    依据：报告前后一致
    """
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
    """数量指标写干了多少事，不用资金支付额。

    依据：地方做法
    """
    for _, place, indicator, _ in each_indicator(subject):
        if "数量" not in (indicator.level2 or ""):
            continue
        unit = (indicator.target.unit if indicator.target else None) or indicator.unit or ""
        if unit_of(unit)[1] == "元" or _PAYMENT.fullmatch(indicator.name or ""):
            yield subject.find("money_as_quantity", f"{place}/name", **values_of(indicator))


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
    """数量、质量、时效归产出，经济、社会、生态、可持续影响归效益，满意度归满意度，成本归成本或产出。

    依据：地方做法
    """
    for _, place, indicator, _ in each_indicator(subject):
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
def vague_target(subject: Subject) -> Iterator[Finding]:
    """定性指标要写出可以分档衡量的内容，不只写“好”“高”“显著提升”。

    依据：地方做法
    """
    for owner, start in subject.owners():
        found = [i for i in owner.indicators if i.target and _is_vague(i.target.written)]
        if found:
            yield subject.find_all(
                "vague_target", [(f"{start}indicators/{i.id}/target", 0) for i in found],
                found=_some(found, lambda i: f"{named(i)}：{i.target}"),
            )  # fmt: skip


def _is_vague(target: str) -> bool:
    return len(target) <= _VAGUE_LENGTH and bool(_VAGUE.fullmatch(target))


def _some(found: list[Indicator], shown: Callable[[Indicator], str] = named) -> str:
    """The first few of a list of indicators, for a message."""
    return "、".join(map(shown, found[:4])) + ("等" if len(found) > 4 else "")


_SURVEY = re.compile("问卷|样本|抽样|调查|访谈|走访|回访|受访|座谈|测评|评议")


@rule("satisfaction_without_sample", level=Level.HINT)
def satisfaction_without_sample(subject: Subject) -> Iterator[Finding]:
    """满意度要写明样本：问了多少人、怎么问的、收回多少份。

    依据：地方做法
    """
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


_COUNTED = ("个", "人", "名", "项", "家", "件", "户", "所", "元", "万元")
_RATE_NAME = re.compile(r"率$|满意度$|比例$|占比$|百分比$|率（|率\(")


@rule("rate_without_unit", level=Level.WARNING)
def rate_without_unit(subject: Subject) -> Iterator[Finding]:
    """比率的指标值和完成值要带“%”。

    依据：地方做法
    """
    for owner, start in subject.owners():
        found = [i for i in owner.indicators if _is_bare_rate(i)]
        if found:
            yield subject.find_all(
                "rate_without_unit", [(f"{start}indicators/{i.id}/target", 0) for i in found],
                names=_some(found), target=str(found[0].target),
            )  # fmt: skip


def _is_bare_rate(indicator: Indicator) -> bool:
    target, actual = indicator.target, indicator.actual
    if indicator.unit in _COUNTED and _RATE_NAME.search(indicator.name or ""):
        return True
    if target and target.unit in ("%", "％") and actual and actual.value and not actual.unit:
        return actual.value >= 1
    if not target or target.value is None or target.unit or indicator.unit:
        return False
    return target.value > 1 and bool(_RATE_NAME.search(indicator.name or ""))


# What a cell of paper says instead of its content: “同上” matches; “上年” does not.
_DITTO = re.compile("同[上前]|见上[文条]?|如上|上同|[〃″]+")
_DITTO_WORDS = ("同上", "同前", "见上", "如上", "上同", "〃", "″")


@rule("ditto", level=Level.WARNING)
def dittos(subject: Subject) -> Iterator[Finding]:
    """指标、问题的各栏写出内容，不写“同上”“〃”：网页上一行可以单独看。

    依据：本程序的数据格式
    """
    every = subject.every_text if subject.may_say(*_DITTO_WORDS) else ()
    texts = [text for text in every if "indicators/" in text.place or "problems/" in text.place]
    found = [t for t in (*texts, *subject.measures) if _DITTO.fullmatch(t.value.strip("。 "))]
    if found:
        yield subject.find_all("ditto", [(t.place, 0) for t in found], found=found[0].value)


_NUMBER_ONLY = re.compile(r"[\d.]+%?")


@rule("reason_is_number", level=Level.WARNING)
def reason_is_number(subject: Subject) -> Iterator[Finding]:
    """偏差原因和改进措施写文字，不填数字；没有偏差的留空。

    依据：地方做法
    """
    for _, place, indicator, _ in each_indicator(subject):
        for field in REASONS:
            found = getattr(indicator, field)
            if found and _NUMBER_ONLY.fullmatch(found):
                yield subject.find(
                    "reason_is_number", f"{place}/{field}", found=found, name=named(indicator)
                )


@rule("unquantified", level=Level.HINT)
def unquantified(subject: Subject) -> Iterator[Finding]:
    """指标能量化的要量化：有数值、有单位、有指标值。

    依据：地方做法
    """
    for owner, start in subject.owners():
        asked = [i for i in countable(owner) if not _PLACEHOLDER.fullmatch(i.name or i.text or "…")]
        found = [i for i in asked if not is_quantified(i)]
        if found:
            yield subject.find(
                "unquantified", f"{start}indicators", names=_some(found), count=len(asked),
                quantified=len(asked) - len(found),
            )  # fmt: skip
