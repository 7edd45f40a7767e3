"""2 check: rules on three numbers of one sentence of which one follows from the two others: so
much for each, what is left, points after a deduction, growth between two years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from evalpress.checks import rule
from evalpress.checks.matching import ELSEWHERE, readings
from evalpress.checks.subject import Subject, Text
from evalpress.findings import Finding, Level
from evalpress.text.quantities import HUNDREDTH, Figure

_Triple = tuple[Text, Figure, Figure, Figure]


def _triples(subject: Subject, *words: str, last: str = "") -> Iterator[_Triple]:
    """Three exact numbers that follow one another, the last of them in the unit `last` if one is
    named, in texts with one of the words."""
    if not subject.may_say(*words):
        return
    for reading in readings(subject):
        for text, figures in reading.figures:
            if len(figures) < 3 or not any(word in text.value for word in words):
                continue
            for at in range(2, len(figures)):
                if last and figures[at].unit != last:
                    continue
                one, two, three = figures[at - 2 : at + 1]
                if not (one.rough or two.rough or three.rough or ELSEWHERE.match(text.place)):
                    yield text, one, two, three


def _pairs(subject: Subject, *words: str, unit: str) -> Iterator[tuple[Text, Figure, Figure]]:
    """Two exact numbers of a unit that follow one another, in texts with one of the words."""
    if not subject.may_say(*words):
        return
    for reading in readings(subject):
        for text, figures in reading.figures:
            if not any(word in text.value for word in words) or ELSEWHERE.match(text.place):
                continue
            for one, two in pairwise(figures):
                if one.unit == two.unit == unit and not (one.rough or two.rough):
                    yield text, one, two


def _together(*figures: Figure) -> bool:
    """True for numbers of one sentence."""
    return figures[0].start >= figures[-1].sentence[0]


# --- for each -------------------------------------------------------------------------------------

# Before what each of many has: “平均每村” matches; “公用经费” does not.
_EACH = re.compile(
    r"(?:(?P<mean>[人户场村校班处])均|(?:平均)?每一?个?(?P<each>[人户场村校班处家次批期台]))"
    r"(?:补助|补贴|费用|成本|花费|支出|发放|培训|服务|听众|慰问金|受益)?(?:为|达到?)?"
)
# Quicker to search for: “每村240” matches; “每村” does not.
_MAY_BE_EACH = re.compile(r"每一?个?[人户场村校班处家次批期台][^，。；\d]{0,4}\d", re.ASCII)
# “人均240” matches; “平均240” does not.
_MAY_BE_MEAN = re.compile(r"均(?<=[人户场村校班处]均)[^，。；\d]{0,4}\d", re.ASCII)
_FAR = 11  # times that the right number may be off: more is about something else


@rule("prose_each", level=Level.WARNING)
def each_in_prose(subject: Subject) -> Iterator[Finding]:
    """同一句话里写了总数、个数和人均（每场、每户）数的，三者要相符。

    依据：算术关系
    """
    may = subject.may_hold(_MAY_BE_EACH) or subject.may_hold(_MAY_BE_MEAN)
    for text, *three in _triples(subject, "每", "均") if may else ():
        for at, each in enumerate(three):
            label = each.label
            match = _EACH.fullmatch(label) if "每" in label or "均" in label else None
            if match is None or each.is_plan or not each.value or not _together(*three):
                continue
            thing = match["mean"] or match["each"]
            others = [figure for n, figure in enumerate(three) if n != at]
            for whole, count in (others, others[::-1]):
                if _is_each_of(each, whole, count, thing) and not _gives(each, whole, count):
                    expected = (whole.value / count.value).quantize(HUNDREDTH).normalize()
                    yield subject.find_at(
                        "prose_each", text.place, each.start, found=each.excerpt,
                        whole=whole.written, count=count.written,
                        expected=each.in_its_unit(expected),
                    )  # fmt: skip


def _is_each_of(each: Figure, whole: Figure, count: Figure, thing: str) -> bool:
    """True where one number counts the things and the other is the whole of what each has."""
    counted = count.unit == thing or (count.after[:1] == thing and count.unit in ("个", "所"))
    plain = not any(f.is_change or f.is_single or f.is_plan for f in (whole, count))
    if not (counted and plain and count.value and whole.unit == each.unit != count.unit):
        return False
    return 1 / Decimal(_FAR) <= whole.value / count.value / each.value <= _FAR


def _gives(each: Figure, whole: Figure, count: Figure) -> bool:
    slack = each.step / 2 + whole.step / 2 / count.value
    return abs(whole.value / count.value - each.value) <= slack


# --- what is left ---------------------------------------------------------------------------------

# A whole, its part and its rest, by what stands before each: “受理”, “办结”, “未办结” match.
_RESTS = tuple(
    (re.compile(whole), re.compile(part), re.compile(rest))
    for whole, part, rest in (
        (r"(?:合同|价款|总额|总价|结算)\S{0,4}", r"已?(?:支?付|拨付)(?:了|款)?",
         r"(?:尚|还)?(?:未|待)(?:支?付|拨付)"),
        (r"(?:受理|接到|收到)\S{0,8}", r"(?:已|按期)?办结", r"(?:尚)?未办结|在办"),
        (r"(?:排查|发现|查出)\S{0,8}", r"(?:已|完成)?整改(?:完成)?", r"(?:尚)?未(?:完成)?整改"),
        (r"\S{0,6}(?:计划|任务)\S{0,4}", r"(?:已|实际)?完成", r"(?:尚)?未完成"),
        (r"(?:上年)?结[转余](?:资金)?", r"(?:全年|本年|已)?(?:支出|使用|用去|安排|执行)了?",
         r"(?:[余剩]下?|尚余|剩余|仍?结[余转])"),
        (r"\S{0,6}预算(?:金额|价)?", r"(?:实际)?(?:支出|成交|中标)(?:金额|价)?",
         r"节约(?:资金|经费)?"),
    )
)  # fmt: skip


@rule("prose_rest", level=Level.WARNING)
def rests_in_prose(subject: Subject) -> Iterator[Finding]:
    """同一句话里写了总数、做了的和没有做的，三者要相符。

    依据：算术关系
    """
    for text, whole, part, rest in _triples(subject, "未", "待", "在办", "节约", "余", "剩"):
        if not whole.unit == part.unit == rest.unit or whole.unit == "%":
            continue
        off = whole.value - part.value != rest.value
        if off and _together(whole, rest) and _are_rests(whole, part, rest):
            yield subject.find_at(
                "prose_rest", text.place, rest.start, found=rest.excerpt,
                whole=whole.written, part=part.written,
            )  # fmt: skip


def _are_rests(whole: Figure, part: Figure, rest: Figure) -> bool:
    if len({f.step for f in (whole, part, rest)}) > 1 and whole.unit == "元":
        slack = max(whole.step, part.step, rest.step)
        if abs(whole.value - part.value - rest.value) <= slack:
            return False
    named = (whole.label, part.label, rest.label)
    return any(
        all(pattern.fullmatch(label) for pattern, label in zip(row, named, strict=True))
        for row in _RESTS
    )


# --- points ---------------------------------------------------------------------------------------

# Before full marks: “该指标分值” matches; “得分” does not.
_FULL = re.compile(r"\S{0,10}(?:满分|分值)(?:为|是)?")
_OFF = re.compile(r"(?:共|合计)?扣(?:了|除|减)?")
_GOT = re.compile(r"(?:实际|最终|自评|故|应)?得(?:分|到|了)?(?:为)?")


@rule("prose_points", level=Level.WARNING)
def points_in_prose(subject: Subject) -> Iterator[Finding]:
    """同一句话里写了满分、扣分和得分的，三者要相符。

    依据：算术关系
    """
    for text, full, off, got in _triples(subject, "满分", "分值", last="分"):
        if {full.unit, off.unit, got.unit} != {"分"} or full.value - off.value == got.value:
            continue
        labels = zip((_FULL, _OFF, _GOT), (full, off, got), strict=True)
        if all(p.fullmatch(figure.label) for p, figure in labels) and _together(full, got):
            yield subject.find_at(
                "prose_points", text.place, got.start, found=got.excerpt,
                full=full.written, off=off.written,
            )  # fmt: skip


@rule("prose_points_above", level=Level.WARNING)
def points_above_full(subject: Subject) -> Iterator[Finding]:
    """同一句话里写了满分和得分的，得分不超过满分。

    依据：算术关系
    """
    for text, full, got in _pairs(subject, "满分", "分值", unit="分"):
        if got.value <= full.value:
            continue
        labelled = _FULL.fullmatch(full.label) and _GOT.fullmatch(got.label)
        if labelled and "加分" not in text.value and _together(full, got):
            yield subject.find_at(
                "prose_points_above", text.place, got.start, found=got.excerpt, full=full.written
            )


# --- growth between two years ---------------------------------------------------------------------

_LAST = re.compile(r"上年|上一年|去年")
_GREW = re.compile(
    r"(?:同比|[比较](?:上年|去年|上一年))?(?P<way>增长|增加|上升|提高|提升|下降|减少|降低)了?"
)
_FALLING = ("下降", "减少", "降低")
# Between this year's value and last year's: “，较上年” matches; “，其中” does not.
_SET_BESIDE = re.compile(
    r"[，,]?(?:而|相)?(?:[比较与])?(?:上年|去年|上一年)(?:同期)?的?[^，。；\d]{0,6}"
)
# Between a value and by how much it changed: “，比上年增加” matches; “，其中新增” does not.
_CHANGED = re.compile(
    r"[，,](?:同比|[比较](?:上年|去年|上一年)(?:同期)?)"
    r"(?P<way>增长|增加|上升|提高|提升|下降|减少|降低)了?"
)


@rule("prose_rise", level=Level.WARNING)
def rises_in_prose(subject: Subject) -> Iterator[Finding]:
    """同一句话里写了本年数、上年数（或增减的数）和增减百分比的，三者要相符。

    依据：算术关系
    """
    for text, one, two, share in _triples(subject, "上年", "去年", "上一年", "同比", last="%"):
        if one.unit != two.unit or one.unit == "%":
            continue
        match = _GREW.fullmatch(share.label)
        if not match or one.is_single or two.is_single or not _together(one, share):
            continue
        for now, old in _years(one, two, subject.key.year):
            if old > 0 and not _is_rise(now, old, share, match["way"], (one.step + two.step) / 2):
                expected = ((now - old) * 100 / old).quantize(HUNDREDTH)
                yield subject.find_at(
                    "prose_rise", text.place, share.start, found=share.excerpt,
                    one=one.excerpt, two=two.excerpt, expected=f"{expected:f}",
                )  # fmt: skip


def _years(one: Figure, two: Figure, year: int) -> Iterator[tuple[Decimal, Decimal]]:
    """This year's value and last year's, where the words say which is which."""
    between = one.text[one.end : two.start]
    changed = _CHANGED.fullmatch(between)
    if changed and not _LAST.search(one.clause) and not one.is_change:
        down = changed["way"] in _FALLING
        yield one.value, one.value + two.value if down else one.value - two.value
    elif _SET_BESIDE.fullmatch(between) and not _LAST.search(one.clause) and not two.is_change:
        yield one.value, two.value
    elif _are_in_order(one.label, two.label, year):
        yield two.value, one.value


def _are_in_order(one: str, two: str, year: int) -> bool:
    """True for 上年办件 and 今年办件, 2024年办件 and 2025年办件."""
    in_words = _LAST.match(one) and two.startswith(("今年", "本年", "当年"))
    in_figures = one.startswith(f"{year - 1}年") and two == f"{year}年{one[5:]}"
    return bool(in_words or in_figures)


def _is_rise(now: Decimal, old: Decimal, share: Figure, way: str, step: Decimal) -> bool:
    exact = (now - old) * 100 / old
    said = -share.value if way in _FALLING else share.value
    return abs(exact - said) <= share.step / 2 + step * 100 / old


# Before last year's value, and before this year's: “比上年的”, “达到” match.
_THAN = re.compile(r"(?:.{0,8})[比较](?:上年|去年|上一年)的")
_NOW = re.compile(r"(?:达到?|增至|增加到|减至|减少到|降至|为|至)")
_BY = re.compile(r"(?P<way>增加|减少|多|少)了?")


@rule("prose_reached", level=Level.WARNING)
def reached_in_prose(subject: Subject) -> Iterator[Finding]:
    """“比上年的多少增加多少，达到多少”，三个数要相符。

    依据：算术关系
    """
    if not subject.may_say("比上年的", "较上年的", "比去年的", "较去年的", "比上一年的"):
        return
    for text, old, change, now in _triples(subject, "上年的", "去年的", "上一年的"):
        by = _BY.fullmatch(change.label)
        same = old.unit == change.unit == now.unit != "%"
        if not by or not same or not _together(old, now):
            continue
        if not _THAN.fullmatch(old.label) or not _NOW.fullmatch(now.label):
            continue
        moved = change.value if by["way"] in ("增加", "多") else -change.value
        steps = {figure.step for figure in (old, change, now)}
        slack = max(steps) if len(steps) > 1 else 0
        if abs(old.value + moved - now.value) > slack:
            yield subject.find_at(
                "prose_reached", text.place, now.start, found=now.excerpt,
                old=old.written, change=f"{change.label}{change.written}",
            )  # fmt: skip
