"""2 check: rules on parts of a whole that prose tells one by one: shares that make 100 %, batches,
quarters and halves of a year, and a share of a number told right before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from evalpress.checks import rule
from evalpress.checks.matching import ELSEWHERE, readings
from evalpress.checks.subject import Subject, Text
from evalpress.findings import Finding, Level
from evalpress.text.quantities import HUNDREDTH, Figure
from evalpress.text.spoken import whole_number

_Sentence = tuple[Text, list[Figure]]


def _sentences(subject: Subject, *words: str) -> Iterator[_Sentence]:
    """The numbers of each sentence that has several, in texts with one of the words."""
    if not subject.may_say(*words):
        return
    for reading in readings(subject):
        for text, figures in reading.figures:
            if len(figures) < 2 or ELSEWHERE.match(text.place):
                continue
            if not any(word in text.value for word in words):
                continue
            for _, group in groupby(figures, key=lambda figure: figure.sentence):
                told = list(group)
                if len(told) > 1:
                    yield text, told


def _sum(run: Sequence[Figure]) -> Decimal:
    return sum((figure.value for figure in run), Decimal(0))


# --- shares ---------------------------------------------------------------------------------------

# Before a share of the whole: “女性占” matches; “占上年的” does not.
_SHARE = re.compile(
    r"(?P<name>[^，。；、\d]{1,10}?)(?:的|人数|人员)?占(?:比|总数|全部)?(?:的|为|达)*"
)
# Names that leave nothing out, and do not overlap.
_SETS = (
    ("男", "女"), ("线上", "线下"), ("城镇", "农村"), ("城市", "农村"), ("基本支出", "项目支出"),
    ("财政", "自筹"), ("满意", "基本满意", "不满意"), ("满意", "比较满意", "不满意"),
    ("满意", "一般", "不满意"), ("非常满意", "满意", "一般", "不满意"),
    ("行政", "事业"), ("在职", "退休"),
)  # fmt: skip
_ENDS = re.compile("性|生|学员|办理|办件|居民|评价|支出|人员|资金")
_TAIL = Decimal("0.05")


@rule("shares_of_whole", level=Level.WARNING)
def shares_of_whole(subject: Subject) -> Iterator[Finding]:
    """男女、线上线下、满意不满意等各占的比例，合计是100%。

    依据：算术关系
    """
    for text, run in subject.once(_share_runs):
        names = tuple(_name(figure) for figure in run)
        if _is_off(run) and any(set(names) == set(known) for known in _SETS):
            yield _told(subject, "shares_of_whole", text, run)


@rule("shares_above_whole", level=Level.HINT)
def shares_above_whole(subject: Subject) -> Iterator[Finding]:
    """并列的几个“占百分之几”合计不超过100%；有交叉的不算错。

    依据：算术关系
    """
    for text, run in subject.once(_share_runs):
        names = {_name(figure) for figure in run}
        known = any(names == set(whole) for whole in _SETS)
        if len(run) > 2 and _sum(run) > 100 and _is_off(run) and not known:
            yield _told(subject, "shares_above_whole", text, run)


def _share_runs(subject: Subject) -> list[_Sentence]:
    """Shares that follow one another in a sentence."""
    return list(_runs(subject))


def _runs(subject: Subject) -> Iterator[_Sentence]:
    for text, figures in _sentences(subject, "占"):
        rates = [f for f in figures if f.unit == "%"]
        if len(rates) < 2 or not all(_SHARE.fullmatch(f.label) for f in rates):
            continue
        if not any(f.rough or f.year for f in rates):
            yield text, rates


def _name(figure: Figure) -> str:
    match = _SHARE.fullmatch(figure.label)
    name = match["name"] if match else ""
    name = re.split("[为：]", name)[-1]
    shorter = _ENDS.sub("", name)
    return name if name in ("基本支出", "项目支出") else shorter


def _is_off(run: Sequence[Figure]) -> bool:
    slack = sum((figure.step / 2 for figure in run), Decimal(0))
    return abs(_sum(run) - 100) > max(slack, _TAIL)


def _told(subject: Subject, name: str, text: Text, run: Sequence[Figure]) -> Finding:
    total = _sum(run).normalize()
    parts = " + ".join(figure.written for figure in run)
    return subject.find_at(name, text.place, run[0].start, parts=parts, sum=f"{total:f}%")


# --- a share of a number right before it ----------------------------------------------------------

# Between a part and its whole: “，为年度计划” matches; “，其中” does not.
_OF = re.compile(
    r"[，,]?(?:完成|达到?)?(?:占|为|是|相当于)?(?:年度|年初|全年)?(?:计划|目标|任务|预算|总数|总额)(?:投资|数)?的?"
)


# Quicker to search for: “的85%” matches; “的85” does not.
_MAY_BE_OF = re.compile(r"的(?=\d[\d.]*%)", re.ASCII)
_OTHERS = ("节约率", "不合格", "未办结", "未整改", "未达标", "不满意")
# The share of those that are not denied: “合格率” matches; “执行率” does not.
_RATE = re.compile(r"(?P<stem>合格|办结|整改|达标|满意)率(?:为|达到?)?")


@rule("prose_portion", level=Level.WARNING)
def portions_in_prose(subject: Subject) -> Iterator[Finding]:
    """“为计划多少的百分之几”，百分比要由前面两个数算得；节约率由预算和成交价算得，合格率由总数和
    不合格数算得。

    依据：算术关系
    """
    may = subject.may_hold(_MAY_BE_OF) or subject.may_say(*_OTHERS)
    for text, one, two, share in _before_shares(subject) if may else ():
        expected = _portion(one, two, share)
        if expected is None or share.matches(expected) or one.start < share.sentence[0]:
            continue
        yield subject.find_at(
            "prose_portion", text.place, share.start, found=share.excerpt, one=one.written,
            two=two.written, expected=f"{expected.quantize(HUNDREDTH):f}",
        )  # fmt: skip


def _before_shares(subject: Subject) -> Iterator[tuple[Text, Figure, Figure, Figure]]:
    """Each exact share with the two numbers of one unit before it."""
    for reading in readings(subject):
        for text, figures in reading.figures:
            if len(figures) < 3 or "%" not in text.value or ELSEWHERE.match(text.place):
                continue
            for at in range(2, len(figures)):
                one, two, share = figures[at - 2], figures[at - 1], figures[at]
                if share.unit != "%" or one.unit != two.unit or not one.value or not two.value:
                    continue
                if not (one.rough or two.rough or share.rough):
                    yield text, one, two, share


def _portion(one: Figure, two: Figure, share: Figure) -> Decimal | None:
    """What the share must be; None where the words do not say of what it is one."""
    if two.text[two.end : share.start] == "的" and _OF.fullmatch(one.text, one.end, two.start):
        return one.value * 100 / two.value
    bought = "成交" in two.label or "中标" in two.label
    planned = one.label.endswith(("预算", "控制价", "预算价", "预算金额"))
    if bought and planned and re.fullmatch("节约率(?:为|达到?)?", share.label):
        return 100 - two.value * 100 / one.value
    rate = _RATE.fullmatch(share.label)
    denied = rate and two.label.endswith((f"不{rate['stem']}", f"未{rate['stem']}"))
    return 100 - two.value * 100 / one.value if denied and two.value < one.value else None


# --- batches and parts of a year ------------------------------------------------------------------

# The number of a batch: “第一批拨付” matches; “两批” does not.
_BATCH = re.compile(
    r"(?:第(?P<batch>[一二三四五六])批|(?P<first>首批)|(?P<phase>[一二三四])期)\D{0,6}"
)
_ORDER = "一二三四五六"
# Before the sum of all: “两期共建成” matches; “另建成” does not.
_ALL = re.compile(r"(?:[两二三四五六][批期])?(?:合计|共计|总计|共)\D{0,4}")
# Says how many there are: “分三批” matches; “第三批” does not.
_PARTED = re.compile(r"分(?P<count>[两二三四五六])[批期]")


@rule("prose_batches", level=Level.WARNING)
def batches_in_prose(subject: Subject) -> Iterator[Finding]:
    """分批、分期的各批数，合计等于总数。

    依据：算术关系
    """
    for text, total, run, complete in subject.once(_all_batches):
        if complete and _differ(total, run):
            yield _sum_of(subject, "prose_batches", text, total, run)


@rule("prose_batches_open", level=Level.HINT)
def open_batches_in_prose(subject: Subject) -> Iterator[Finding]:
    """列出各批的数，没有写明一共几批的，与总数不等时核对是不是写漏、写错。

    依据：算术关系
    """
    for text, total, run, complete in subject.once(_all_batches):
        if not complete and _differ(total, run):
            yield _sum_of(subject, "prose_batches_open", text, total, run)


def _all_batches(subject: Subject) -> list[tuple[Text, Figure, list[Figure], bool]]:
    return list(_batches(subject))


def _batches(subject: Subject) -> Iterator[tuple[Text, Figure, list[Figure], bool]]:
    """A total, its batches, and whether the words say that these are all."""
    for text, told in _sentences(subject, "第二批", "二期"):
        figures = [f for f in told if f.unit not in ("批", "期")]
        run = _in_order(figures)
        if len(run) < 2:
            continue
        first, last = figures.index(run[0]), figures.index(run[-1])
        behind = figures[last + 1] if last + 1 < len(figures) else None
        before = figures[first - 1] if first else None
        if behind and behind.unit == run[0].unit and _ALL.fullmatch(behind.label):
            yield text, behind, run, True
        elif before and before.unit == run[0].unit and not (before.rough or before.is_change):
            parted = _PARTED.search(before.text, *before.sentence)
            yield text, before, run, bool(parted and whole_number(parted["count"]) == len(run))


def _in_order(figures: Sequence[Figure]) -> list[Figure]:
    """The batches of a sentence, one after the other from the first on."""
    run: list[Figure] = []
    for figure in figures:
        match = _BATCH.fullmatch(figure.label)
        number = _ORDER.index(match["batch"] or match["phase"] or "一") if match else -1
        if number == len(run) and not figure.rough and (not run or figure.unit == run[0].unit):
            run.append(figure)
        elif run:
            break
    return run


_YEAR = re.compile(r"全年(?:共|合计|共计|累计)?\D{0,6}")
_PARTS = (
    ("一季度", "二季度", "三季度", "四季度"), ("上半年", "下半年"), ("前三季度", "四季度"),
)  # fmt: skip


@rule("prose_quarters", level=Level.WARNING)
def quarters_in_prose(subject: Subject) -> Iterator[Finding]:
    """同一句话里写了各季度（上下半年）和全年的数，合计等于全年数。

    依据：算术关系
    """
    for text, figures in _sentences(subject, "四季度", "下半年"):
        if "全年" not in text.value:
            continue
        totals = [f for f in figures if _YEAR.fullmatch(f.label) and not f.rough]
        run = _of_year(figures)
        if len(totals) != 1 or not run or totals[0].unit != run[0].unit:
            continue
        last, first = figures.index(run[-1]), figures.index(run[0])
        if figures.index(totals[0]) in (last + 1, first - 1) and _differ(totals[0], run):
            yield _sum_of(subject, "prose_quarters", text, totals[0], run)


def _of_year(figures: Sequence[Figure]) -> list[Figure]:
    """The parts of a year, if all of them stand side by side; nothing otherwise."""
    for names in _PARTS:
        for at in range(len(figures) - len(names) + 1):
            run = list(figures[at : at + len(names)])
            named = zip(run, names, strict=True)
            same = len({figure.unit for figure in run}) == 1 and run[0].unit != "%"
            if same and all(f.label.removeprefix("第").startswith(n) for f, n in named):
                return [] if any(f.rough or f.is_change or f.is_plan for f in run) else run
    return _respectively(figures)


_RESPECTIVELY = re.compile(r"(?:一至四|各)季度分别为?")


def _respectively(figures: Sequence[Figure]) -> list[Figure]:
    """一至四季度分别为 and four numbers."""
    for at, figure in enumerate(figures):
        run = list(figures[at : at + 4])
        if _RESPECTIVELY.fullmatch(figure.label) and len(run) == 4:
            alone = all(not part.label for part in run[1:])
            return run if alone and len({part.unit for part in run}) == 1 else []
    return []


def _differ(total: Figure, run: Sequence[Figure]) -> bool:
    slack = max(total.step, *(f.step for f in run)) if total.unit == "元" else Decimal(0)
    different = abs(_sum(run) - total.value)
    steps = {figure.step for figure in (total, *run)}
    return different > (slack if len(steps) > 1 else 0)


def _sum_of(
    subject: Subject, name: str, text: Text, total: Figure, run: Sequence[Figure]
) -> Finding:
    parts = " + ".join(figure.written for figure in run)
    return subject.find_at(name, text.place, total.start, found=total.excerpt, parts=parts)
