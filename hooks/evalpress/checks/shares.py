"""2 check: rules on the shares, rates of completion and growth that a sentence states beside the
numbers from which they follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from evalpress.checks import rule
from evalpress.checks.matching import ELSEWHERE, readings
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level
from evalpress.text.quantities import HUNDREDTH, Figure

# Before a share of two numbers: “问卷回收率为” matches; “回收量为” does not.
_RATE = re.compile(
    r"(?P<stem>有效回收|回收|收回|合格|办结|完成|完工|整改|到位|通过|参与|入库|兑现|拨付)率(?:为|是|达到?)?\s*$"
)
_SAME_STEMS = {"有效回收": "有效|收回|回收", "回收": "收回|回收|有效", "收回": "收回|回收"}
# Before a share of the whole that the sentence, or another one, told: “占总支出的” matches;
# “占全省的” does not.
_SHARE = re.compile(r"占(?:比|总[数额量体支出预算]*|全部|支出|预算|支出合计)?(?:的|为|达|约)*\s*$")


@rule("prose_share", level=Level.WARNING)
def shares_in_prose(subject: Subject) -> Iterator[Finding]:
    """同一句话里写了总数和其中达到的数，百分率要由二者算得。

    依据：算术关系
    """
    for reading in readings(subject):
        every = [figure for _, figures in reading.figures for figure in figures]
        for text, figures in reading.figures:
            for at, share in enumerate(figures):
                wholes = _wholes(figures, at, every) if share.unit == "%" else []
                part = figures[at - 1] if wholes else share
                if wholes and not any(_is_of(share, part, whole) for whole in wholes):
                    whole = wholes[0]
                    expected = (part.value * 100 / whole.value).quantize(HUNDREDTH)
                    yield subject.find_at(
                        "prose_share", text.place, share.start, found=share.excerpt,
                        part=part.written, whole=whole.written, expected=f"{expected:f}",
                    )  # fmt: skip


def _is_of(share: Figure, part: Figure, whole: Figure) -> bool:
    return share.matches(part.value * 100 / whole.value)


def _wholes(figures: Sequence[Figure], at: int, every: Sequence[Figure]) -> list[Figure]:
    """What the number right before a share may be a part of; nothing where that is not certain."""
    share, part = figures[at], figures[at - 1]
    if at < 1 or any(f.rough or f.is_change or f.is_single for f in (part, share)):
        return []
    if at > 1 and _is_rate(figures[at - 2], part, share):
        return [figures[at - 2]]
    if not _SHARE.fullmatch(share.label) or part.start < share.sentence[0] or not part.value:
        return []
    before = [f for f in figures[: at - 1] if f.start >= share.sentence[0]]
    larger = [f for f in before if f.unit == part.unit and f.value > part.value and not f.rough]
    return larger or _elsewhere(part, every)


def _elsewhere(part: Figure, every: Sequence[Figure]) -> list[Figure]:
    """Larger numbers of the same things, told in other sentences: 12个行政村 of 48个行政村."""
    thing = part.after[:3]
    if len(thing) < 3:
        return []
    same = (f for f in every if f.unit == part.unit and f.after.startswith(thing))
    return [f for f in same if f.value > part.value and not f.rough]


def _is_rate(whole: Figure, part: Figure, share: Figure) -> bool:
    """True for 发放500份，收回486份，回收率97.2%: the rate names what the part before it counts."""
    match = _RATE.search(share.label)
    if not match or whole.start < share.sentence[0] or whole.unit != part.unit:
        return False
    stems = _SAME_STEMS.get(match["stem"], match["stem"])
    named = re.search(stems, f"{part.label}{part.after}") and not re.search(stems, whole.label)
    plain = not (whole.rough or whole.is_change or whole.is_single)
    return bool(named) and plain and 0 < part.value <= whole.value


# --- growth ---------------------------------------------------------------------------------------

# Between the value of the year before and the change: “相比，支出” matches; “，比上年” does not.
_COMPARED = re.compile(
    r"(?:相比|比较)?[，,]?(?:[^，。；比较与同]{0,8})(?:增|减|上升|下降|多|少)[^，。；]{0,2}"
)
# Before that value: “上年决算数” matches; “本年” does not.
_FORMER = re.compile(r"上年|上一年|去年|年初|[比与较同]")
_GREW = re.compile(r"(?:增长|增幅|上升|下降|降低|降幅|减少|增加|提高)(?:了|为|达)?\s*$")


@rule("prose_growth", level=Level.WARNING)
def growth_in_prose(subject: Subject) -> Iterator[Finding]:
    """同一句话里写了原数、增减的数和增减的百分比，三者要相符。

    依据：算术关系
    """
    for reading in readings(subject):
        for text, figures in reading.figures:
            if ELSEWHERE.match(text.place):
                continue
            for old, change, share in zip(figures, figures[1:], figures[2:], strict=False):
                if _tells_growth(old, change, share) and not _follows(old, change, share):
                    expected = (change.value * 100 / old.value).quantize(HUNDREDTH)
                    yield subject.find_at(
                        "prose_growth", text.place, change.start, found=share.excerpt,
                        old=old.written, change=change.written, expected=f"{expected:f}",
                    )  # fmt: skip


def _tells_growth(old: Figure, change: Figure, share: Figure) -> bool:
    """True for 与上年1000万元相比，增加50万元，增长5%."""
    if share.unit != "%" or old.unit != change.unit or old.start < share.sentence[0]:
        return False
    if not (old.value and change.is_change and _GREW.fullmatch(share.label)):
        return False
    if any(f.rough or f.is_single for f in (old, change, share)):
        return False
    former = _FORMER.search(old.clause) is not None
    return former and _COMPARED.fullmatch(old.text, old.end, change.start) is not None


def _follows(old: Figure, change: Figure, share: Figure) -> bool:
    """True where the rate is the change's, and where rounding the change explains the rest."""
    exact = change.value * 100 / old.value
    slack = (share.step + change.step * 100 / old.value) / 2
    return abs(exact - share.value) <= max(slack, Decimal(0))


# Before what a value is compared with: “比年初预算” matches; “其中” does not.
_THAN = re.compile(r"(?:[比较]|与)[^，。；]{0,16}")


@rule("prose_difference", level=Level.WARNING)
def differences_in_prose(subject: Subject) -> Iterator[Finding]:
    """同一句话里写了两个数和二者之差的，三者要相符。

    依据：算术关系
    """
    for reading in readings(subject):
        for text, figures in reading.figures:
            if ELSEWHERE.match(text.place):
                continue
            for now, old, change in zip(figures, figures[1:], figures[2:], strict=False):
                if _tells_difference(now, old, change) and not _is_difference(now, old, change):
                    yield subject.find_at(
                        "prose_difference", text.place, change.start, found=change.excerpt,
                        now=now.written, old=old.written,
                    )  # fmt: skip


def _tells_difference(now: Figure, old: Figure, change: Figure) -> bool:
    """True for 支出9.62万元，比年初预算11.50万元少1.88万元."""
    if len({now.unit, old.unit, change.unit}) > 1 or now.start < change.sentence[0]:
        return False
    if any(f.rough or f.is_single for f in (now, old, change)):
        return False
    if now.is_change or old.is_change or not change.is_change or now.unit == "%":
        return False
    compared = _COMPARED.fullmatch(old.text, old.end, change.start) is not None
    between = now.text[now.end : old.start].lstrip("，, ")
    return compared and _THAN.fullmatch(between) is not None


def _is_difference(now: Figure, old: Figure, change: Figure) -> bool:
    slack = (now.step + old.step + change.step) / 2 if now.step != change.step else Decimal(0)
    return abs(abs(now.value - old.value) - change.value) <= slack
