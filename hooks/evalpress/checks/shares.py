"""2 check: rules on the shares, rates of completion and growth that a sentence states beside the
numbers from which they follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from evalpress.checks import rule
from evalpress.checks.counterparts import Family
from evalpress.checks.matching import ELSEWHERE, Reading, readings
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level
from evalpress.model import FundColumnRole
from evalpress.text.quantities import HUNDREDTH, Figure

# Before a share of two numbers: “问卷回收率为” matches; “回收量为” does not.
_RATE = re.compile(
    r"(?P<stem>有效回收|回收|收回|合格|办结|完成|完工|整改|到位|通过|参与|入库|兑现|拨付|满意|达标|优秀|优良|好评)率(?:为|是|达到?)?\s*$"
)
_SAME_STEMS = {"有效回收": "有效|收回|回收", "回收": "收回|回收|有效", "收回": "收回|回收"}
# Before a share of the whole that the sentence, or another one, told: “占总支出的” matches;
# “占全省的” does not.
_SHARE = re.compile(
    r"占(?:全年(?:支出|预算|总支出)?|比|总[数额量体支出预算]*|全部|支出|预算|支出合计)?(?:的|为|达|约)*\s*$"
)


@rule("prose_share", level=Level.WARNING)
def shares_in_prose(subject: Subject) -> Iterator[Finding]:
    """同一句话里写了总数和其中达到的数，百分率要由二者算得。

    依据：算术关系
    """
    for reading in readings(subject):
        for text, figures in reading.figures:
            for at, share in enumerate(figures):
                wholes = _wholes(figures, at, reading) if at and share.unit == "%" else []
                part = figures[at - 1] if wholes else share
                more = (f for f in figures if wholes and f.unit == part.unit and f.value)
                if wholes and not any(_is_of(share, part, whole) for whole in (*wholes, *more)):
                    whole = wholes[0]
                    expected = (part.value * 100 / whole.value).quantize(HUNDREDTH)
                    yield subject.find_at(
                        "prose_share", text.place, share.start, found=share.excerpt,
                        part=part.written, whole=whole.written, expected=f"{expected:f}",
                    )  # fmt: skip


def _is_of(share: Figure, part: Figure, whole: Figure) -> bool:
    return share.matches(part.value * 100 / whole.value)


def _wholes(figures: Sequence[Figure], at: int, reading: Reading) -> list[Figure]:
    """What the number right before a share may be a part of; nothing where that is not certain."""
    share, part = figures[at], figures[at - 1]
    if any(f.rough or f.is_change or f.is_single for f in (part, share)):
        return []
    if at > 1 and _is_rate(figures[at - 2], part, share):
        return [figures[at - 2]]
    if part.start < share.sentence[0] or not part.value:
        return []
    if _DONE.fullmatch(share.label):
        return _targets(part, [said.figure for said in reading.said if said.is_plan])
    if not _SHARE.fullmatch(share.label):
        return []
    before = [f for f in figures[: at - 1] if f.start >= share.sentence[0]]
    larger = [f for f in before if f.unit == part.unit and f.value > part.value and not f.rough]
    larger = larger or _of_year(share, part, reading) or _of_spending(share, part, reading)
    return larger or _elsewhere(part, [said.figure for said in reading.said])


def _of_year(share: Figure, part: Figure, reading: Reading) -> list[Figure]:
    """What was spent in the year, told anywhere, where a share is one of 全年."""
    if "全年" not in share.label or part.unit != "元":
        return []
    known = {d.value for d in reading.data if d.family is Family.FUNDS and not d.names}
    told = [said.figure for said in reading.said if said.figure.unit == "元"]
    return [f for f in told if f.value in known and f.value > part.value and not f.rough]


# What the spending of a year is parted into: “基本支出” matches; “工程支出” does not.
_HALVES = re.compile(r"(?:其中)?(?:基本支出|项目支出|人员经费|公用经费)(?:为|共)?")


def _of_spending(share: Figure, part: Figure, reading: Reading) -> list[Figure]:
    """What was spent in the year, told in another sentence, of which 基本支出 and 项目支出 are the
    two parts; nothing where the share is of any other amount of the text."""
    if share.label.strip() != "占" or not _HALVES.fullmatch(part.label):
        return []
    told = [s.figure for s in reading.said if s.figure.unit == "元" and s.figure.value > part.value]
    spent = {d.value for d in reading.data if d.role is FundColumnRole.EXECUTED and not d.names}
    if any(_is_of(share, part, whole) for whole in told):
        return []
    return [f for f in told if f.value in spent][:1]


# The rate at which a number reaches its target: “完成率为” is one; “预算完成率” is none.
_DONE = re.compile(r"(?:目标|任务|计划)?完成率(?:为|达到?|是)?\s*")
_FAR = 2


def _targets(part: Figure, intended: Sequence[Figure]) -> list[Figure]:
    """The one number of the same unit, and of about the same size, that was intended."""
    near = [
        f for f in intended
        if f.unit == part.unit and part.value / _FAR <= f.value <= part.value * _FAR
    ]  # fmt: skip
    return near[:1] if len({f.value for f in near}) == 1 else []


def _elsewhere(part: Figure, every: Sequence[Figure]) -> list[Figure]:
    """Larger numbers of the same things, told in other sentences: 12个行政村 of 48个行政村."""
    thing = part.after[:3]
    if len(thing) < 3:
        return []
    same = (f for f in every if f.unit == part.unit and f.after.startswith(thing))
    return [f for f in same if f.value > part.value and not f.rough]


# Counts the opposite: “不合格” matches; “合格” does not.
_DENIED = re.compile("[不未]\\w{0,2}")


def _is_rate(whole: Figure, part: Figure, share: Figure) -> bool:
    """True for 发放500份，收回486份，回收率97.2%: the rate names what the part before it counts."""
    match = _RATE.search(share.label)
    if not match or whole.start < share.sentence[0] or whole.unit != part.unit:
        return False
    stems = _SAME_STEMS.get(match["stem"], match["stem"])
    counts = _DENIED.sub("", f"{part.label}{part.after}")
    named = re.search(stems, counts) and not re.search(stems, whole.label)
    plain = not (whole.rough or whole.is_change or whole.is_single)
    return bool(named) and plain and 0 < part.value <= whole.value


# --- growth ---------------------------------------------------------------------------------------

# Between the value of the year before and the change: “相比，支出增加” is one; “，比上年” is none.
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
            if len(figures) < 3 or ELSEWHERE.match(text.place):
                continue
            for old, change, share in zip(figures, figures[1:], figures[2:], strict=False):
                if _tells_growth(old, change, share) and _is_contrary(old, change, reading):
                    told = subject.find_at(
                        "prose_direction", text.place, change.start, found=change.excerpt,
                        old=old.written,
                    )  # fmt: skip
                    yield replace(told, rule="prose_growth")
                elif _tells_growth(old, change, share) and not _follows(old, change, share):
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


def _is_contrary(old: Figure, change: Figure, reading: Reading) -> bool:
    """True where the data have what the other direction leads to, and not what this one does."""
    more, less = (old.value + change.value, old.value - change.value)
    up = bool(_UP.search(change.label))
    told, other = (more, less) if up else (less, more)
    known = reading.values.get(old.unit, set())
    return other in known and told not in known and old.value in known


def _follows(old: Figure, change: Figure, share: Figure) -> bool:
    """True where the rate is the change's, and where rounding the change explains the rest."""
    exact = change.value * 100 / old.value
    slack = (share.step + change.step * 100 / old.value) / 2
    return abs(exact - share.value) <= max(slack, Decimal(0))


# Says more: “提高” matches; “下降” does not.
_UP = re.compile(r"增|提|升|涨|多|高|扩")
_DOWN = re.compile(r"减|降|少|缩|低|压")
# How often a value holds the one before: “是上年的2.1倍” matches; “增长2倍” does not.
_TIMES = re.compile(
    r"[，,]?(?:约|已|正好)?[是为](?:[^，。；\d]{0,8}的)(?P<times>\d+(?:\.\d+)?)倍", re.ASCII
)
# Before the second of two values: “增加到” matches; “增加” does not.
_REACHED = re.compile(r"[到至为]了?\s*$")
_BETWEEN = 12  # characters between the second value and the change


@rule("prose_change", level=Level.WARNING)
def changes_in_prose(subject: Subject) -> Iterator[Finding]:
    """“由多少增加到多少”后面写的增减数、百分比、百分点和倍数，要与前后两个数相符。

    依据：算术关系
    """
    for reading in readings(subject):
        for text, figures in reading.figures:
            moves = len(figures) > 1 and any(word in text.value for word in "由从自")
            several = figures if moves else []
            for old, now, change in zip(several, figures[1:], [*figures[2:], None], strict=False):
                values = {"old": old.written, "now": now.written}
                if not _goes_from(old, now, single=True):
                    continue
                if move := _contrary_move(old, now):
                    found = f"{old.written}{move}{now.written}"
                    told = subject.find_at(
                        "prose_move", text.place, now.start, found=found, **values
                    )
                    yield replace(told, rule="prose_change")
                    continue
                if not _goes_from(old, now):
                    continue
                times = _TIMES.match(now.text, now.end)
                if times and not _is_times(times["times"], old, now):
                    found = times[0].strip("，,")
                    values |= {"found": found, "expected": f"{(now.value / old.value):.2f}倍"}
                    yield subject.find_at(
                        "prose_change", text.place, times.start("times"), **values
                    )
                elif change and (expected := _expected(old, now, change)):
                    values |= {"found": change.excerpt, "expected": expected}
                    yield subject.find_at("prose_change", text.place, change.start, **values)


def _goes_from(old: Figure, now: Figure, single: bool = False) -> bool:
    """True for 由30处减少到21处, two exact values of one kind, not of each unless `single`."""
    plain = not any(f.rough or (f.is_single and not single) for f in (old, now))
    return plain and old.is_start and old.unit == now.unit and old.value != 0 and not now.is_start


def _contrary_move(old: Figure, now: Figure) -> str:
    """The words between two values that say the other direction: 由85个增加到19个; else nothing."""
    between = now.text[old.end : now.start]
    up, down = _UP.search(between), _DOWN.search(between)
    wrong = (up and not down and now.value < old.value) or (
        down and not up and now.value > old.value
    )
    return between if wrong and _REACHED.search(between) else ""


def _is_times(written: str, old: Figure, now: Figure) -> bool:
    said = Decimal(written)
    step = Decimal(1).scaleb(int(said.as_tuple().exponent))
    return abs(said - now.value / old.value) <= step


def _expected(old: Figure, now: Figure, change: Figure) -> str:
    """What the change should be, where it is told right behind and is another; else nothing."""
    between = change.text[now.end : change.start]
    up, down = _UP.search(between), _DOWN.search(between)
    if change.rough or len(between) > _BETWEEN or not (up or down) or "，" not in between:
        return ""
    grew, moved = now.value > old.value, abs(now.value - old.value)
    contrary = bool(down) and not up if grew else bool(up) and not down
    if change.unit == "%" and old.unit == "%":
        return f"{moved.normalize():f}个百分点" if contrary or change.value == moved else ""
    if change.unit == "%":
        share = moved * 100 / old.value
        fits = abs(share - change.value) <= change.step
        return "" if fits and not contrary else f"{share.quantize(HUNDREDTH):f}%"
    if change.unit != ("个百分点" if old.unit == "%" else old.unit):
        return ""
    steps = {figure.step for figure in (old, now, change)}
    slack = max(steps) if len(steps) > 1 else 0
    if abs(change.value - moved) <= slack and not contrary:
        return ""
    points = f"{moved.normalize():f}{change.unit}"
    return points if old.unit == "%" else f"{now.written} − {old.written}"


# Before what a value is compared with: “比年初预算” matches; “其中” does not.
_THAN = re.compile(r"(?:[比较]|与)[^，。；]{0,16}")


@rule("prose_difference", level=Level.WARNING)
def differences_in_prose(subject: Subject) -> Iterator[Finding]:
    """同一句话里写了两个数和二者之差的，三者要相符。

    依据：算术关系
    """
    for reading in readings(subject):
        for text, figures in reading.figures:
            if len(figures) < 3 or ELSEWHERE.match(text.place):
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


# --- what the prose alone says of the funds -------------------------------------------------------

# Before the budget: “2024年安排预算” is one; “年初预算” is none.
_BUDGET = re.compile(
    r"(?:(?!年初|上年|追加).)*?(?:安排|下达|批复|核定|全年|调整后|总|项目)?(?:财政|专项)?预算(?:资金|总?额|数)?"
    r"(?:为|共|合计|共计)*"
)
# Before what was spent of it: “实际支出” is one; “项目支出” is none.
_SPENT = re.compile(
    r"(?:\d{4}年度?)?(?:实际|全年|共|累计)?(?:支出|支付|执行|使用)(?:资金|金额|数)?(?:为|共|了)*"
)
_RATE_OF_BUDGET = re.compile(r"(?:资金|预算|项目)*执行率(?:为|达到?|是)?")
_LEFT = re.compile(
    r"(?:年末|资金|尚)?(?:结余|结转|结转结余|未支出|未执行|剩余)(?:资金)?(?:为|共|了)*"
)


@rule("prose_funds", level=Level.WARNING)
def funds_in_prose(subject: Subject) -> Iterator[Finding]:
    """没有填资金表的，正文里的预算、支出、执行率、结余要相符。

    依据：算术关系
    """
    for reading in readings(subject):
        if reading.owner.funds:
            continue
        said = [(s.place, s.figure) for s in reading.said if not s.figure.rough]
        budget, spent, rest = (_only(said, label, "元") for label in (_BUDGET, _SPENT, _LEFT))
        rate = _only(said, _RATE_OF_BUDGET, "%")
        if budget is None or not budget[1].value:
            continue
        for known, is_rest in ((spent, False), (rest, True)):
            if known and rate and not _is_rate_of(rate[1], known[1], budget[1], is_rest):
                share = known[1].value * 100 / budget[1].value
                expected = (100 - share if is_rest else share).quantize(HUNDREDTH)
                yield subject.find_at(
                    "prose_funds", rate[0], rate[1].start, found=rate[1].excerpt,
                    known=known[1].excerpt, budget=budget[1].excerpt, expected=f"{expected:f}%",
                )  # fmt: skip
                break


_Spoken = tuple[str, Figure]


def _only(said: Sequence[_Spoken], label: re.Pattern[str], unit: str) -> _Spoken | None:
    """The one value that the prose gives under such a label, with its place."""
    found = [(p, f) for p, f in said if f.unit == unit and label.fullmatch(f.label)]
    return found[0] if len({f.value for _, f in found}) == 1 else None


def _is_rate_of(rate: Figure, known: Figure, budget: Figure, is_rest: bool) -> bool:
    share = known.value * 100 / budget.value
    slack = (rate.step + known.step * 100 / budget.value) / 2
    return abs((100 - share if is_rest else share) - rate.value) <= slack


# --- more than there were -------------------------------------------------------------------------

# Before the whole and before its part: “发放问卷”, “收回” match; “发放补贴”, “支出” do not.
_WHOLES = tuple(
    (re.compile(whole), re.compile(f"[^，。；]{{0,4}}{part}[^，。；率]{{0,6}}"))
    for whole, part in (
        ("(?:发放|发出|印发)(?:调查)?(?:问卷|调查表)?", "(?:收回|回收|有效)"),
        ("(?:受理|接到|收到)[^，。；]{0,10}", "(?:办结|办理完毕|答复)"),
        ("(?:抽检|抽查|检测|送检)[^，。；]{0,10}", "合格"),
        ("(?:收回|回收)(?:调查)?(?:问卷|调查表)?", "有效"),
        ("应(?:到|出席|参加)[^，。；]{0,6}", "实(?:到|际出席|际参加)"),
        ("[^，。；]{0,10}", "含"),
    )
)


@rule("more_than_all", level=Level.WARNING)
def more_than_all(subject: Subject) -> Iterator[Finding]:
    """收回的问卷不多于发放的，办结的不多于受理的，合格的不多于抽检的，所含的不多于总数。

    依据：算术关系
    """
    for reading in readings(subject):
        for text, figures in reading.figures:
            for whole, part in pairwise(figures):
                if part.value > whole.value and _is_part_of(part, whole):
                    yield subject.find_at(
                        "more_than_all", text.place, part.start, found=part.excerpt,
                        whole=whole.excerpt,
                    )  # fmt: skip


def _is_part_of(part: Figure, whole: Figure) -> bool:
    same = part.unit == whole.unit and whole.start >= part.sentence[0]
    return (
        same
        and not part.rough
        and any(
            first.search(whole.label) and second.fullmatch(part.label) for first, second in _WHOLES
        )
    )
