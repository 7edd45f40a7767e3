"""2 check: rules on values that cannot be: rates above 100 % or below 0, dates as spreadsheets
count them, a fifth quarter, eight days a week, an end before its beginning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from evalpress.checks import rule
from evalpress.checks.matching import ELSEWHERE, readings
from evalpress.checks.subject import Subject, Text
from evalpress.findings import Finding, Level
from evalpress.text.quantities import Figure, unit_of

# --- rates ----------------------------------------------------------------------------------------

_CERTAIN = "合格|满意|完好|办结|及格|达标|在线|知晓|出勤|回收|整改|优秀|优良|准确|通过|好评"
# What is a part of its whole by definition: “抽检合格率” matches; “到位率” does not.
_BOUNDED = re.compile(rf"(?:(?:{_CERTAIN})率|满意度)(?:为|是|达到?|保持在)*")
_NAME = re.compile(rf".*(?:(?:{_CERTAIN})率|满意度)")
# What rarely is more than its whole: “培训覆盖率” matches; “完成率” does not.
_RARELY = re.compile(r"(?:覆盖|参与|受益|普及)率(?:为|是|达到?)*")
# A share of what it is a part of: “占全部读者的” matches; “占预算的” does not.
_SHARE = re.compile(r"占比(?:为|达到?)*|占(?:全部|总数|总量|全体)[^预计上年目标]{0,6}的?")
_FELL = re.compile(r"(?:同比|[比较](?:上年|去年|20\d\d年))(?:下降|减少|降低)了?$")
_SIGNED = re.compile("利润|亏|结余|收益|顺差|净")
# Quicker to search for: “110%” matches; “99%” does not.
_MAY_EXCEED = re.compile(
    r"%(?:(?<=[1-9]\d\d%)(?<!100%)|(?<=[1-9]\d\d\.\d%)|(?<=[1-9]\d\d\.\d\d%))", re.ASCII
)


@rule("rate_impossible", level=Level.WARNING)
def impossible_rates(subject: Subject) -> Iterator[Finding]:
    """合格率、满意度、办结率等不超过100%，占比不超过100%，下降不超过100%。

    依据：算术关系
    """
    for text, figure in subject.once(_above_whole):
        clause = figure.clause
        bounded = _BOUNDED.search(figure.label) and not figure.is_change
        fell = _FELL.search(figure.label) and not _SIGNED.search(figure.head)
        ends = _SHARE.search(figure.label) or fell
        if (bounded and clause.endswith(figure.label)) or ends:
            yield subject.find_at("rate_impossible", text.place, figure.start, found=figure.excerpt)
    for owner, prefix in subject.owners():
        for indicator in owner.indicators:
            actual = indicator.actual
            if actual is None or actual.value is None or actual.unit not in ("%", "％"):
                continue
            if actual.value > 100 and _NAME.fullmatch(indicator.name or ""):
                place = f"{prefix}indicators/{indicator.id}/actual"
                found = f"{indicator.name} {actual.written}"
                yield subject.find("rate_impossible", place, found=found)


@rule("rate_unlikely", level=Level.HINT)
def unlikely_rates(subject: Subject) -> Iterator[Finding]:
    """覆盖率、参与率、受益率超过100%的，核对分子分母。

    依据：算术关系
    """
    for text, figure in subject.once(_above_whole):
        if _RARELY.search(figure.label) and not figure.is_change:
            yield subject.find_at("rate_unlikely", text.place, figure.start, found=figure.excerpt)


def _above_whole(subject: Subject) -> list[tuple[Text, Figure]]:
    """The percentages of the prose above 100."""
    if not subject.may_hold(_MAY_EXCEED):
        return []
    return [
        (text, figure)
        for reading in readings(subject)
        for text, figures in reading.figures
        if not ELSEWHERE.match(text.place) and "%" in text.value
        for figure in figures
        if figure.unit == "%" and figure.value > 100
    ]


# A sign before a number that cannot have one; each begins with it, for it is quick to search for.
_SIGNS = ("-", "－", "−")
_MINUS = tuple(
    re.compile(rf"{sign}(?<=[率度为是达到]{sign})\d[\d.]*\s?[%％]", re.ASCII) for sign in _SIGNS
)
_RATED = re.compile(rf"(?:(?:{_CERTAIN}|覆盖|完成|执行|到位)率|满意度)(?:为|是|达到?)?$")
_POINTS = tuple(
    re.compile(rf"{sign}(?<=得{sign}|分{sign})\d+(?:\.\d+)?分", re.ASCII) for sign in _SIGNS
)
_SCORED = re.compile("(?:自评|该项|此项|本项|指标)得分?$")
_DONE = "举办|培训|接待|检查|服务|巡查|办理|受理|发放"
_COUNTS = tuple(
    re.compile(rf"{sign}(?<=(?:{_DONE}){sign})\d+(?:人次|场次|[人场次件户份])", re.ASCII)
    for sign in _SIGNS
)
_BEHIND = 12  # signs that a name before a number may have


def _behind(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _BEHIND) : match.start()]


@rule("negative_value", level=Level.WARNING)
def negative_values(subject: Subject) -> Iterator[Finding]:
    """合格率、满意度等不是负数；得分不是负数，倒扣的另行写明。

    依据：算术关系
    """
    for patterns, name in ((_MINUS, _RATED), (_POINTS, _SCORED)):
        for pattern in patterns:
            for place, match in subject.matches(pattern):
                named = name.search(_behind(match))
                if named and not (patterns is _POINTS and subject.may_say("倒扣")):
                    found = f"{named[0]}{match[0]}"
                    yield subject.find_match("negative_value", place, match, found=found)


@rule("negative_count", level=Level.HINT)
def negative_counts(subject: Subject) -> Iterator[Finding]:
    """人次、场次等个数前面有短横的，核对是不是负号。

    依据：文字习惯
    """
    for pattern in _COUNTS:
        for place, match in subject.matches(pattern):
            found = f"{_behind(match)[-2:]}{match[0]}"
            yield subject.find_match("negative_count", place, match, found=found)


@rule("negative_number", level=Level.ERROR)
def negative_numbers(subject: Subject) -> Iterator[Finding]:
    """人员和资产的数量不是负数。

    依据：算术关系
    """
    profile = subject.content.profile
    for part in ("staff", "assets") if profile else ():
        for fact in getattr(profile, part):
            if fact.value is not None and fact.value < 0:
                found = f"{fact.name} {fact.value}"
                yield subject.find("negative_number", f"profile/{part}/{fact.id}", found=found)


# --- days -----------------------------------------------------------------------------------------

# A day as a spreadsheet counts it, 2018 to 2031: “验收日期：45992” matches; “日期：20251201” does
# not.
_SERIAL = re.compile(
    r"(?:(?:日期|时间)(?:为|是|：|:)?\s?|[于在]|^)(?P<days>4[3-7]\d{3})"
    r"(?=日?(?:[前后]|开|竣|完|签|验|启|召|印|发布|投用|通过|结束|[，。；、）]|$))",
    re.ASCII,
)
# Quicker to search for: “45736开工” matches; “45736元” does not.
_MAY_BE_SERIAL = re.compile(
    r"4[3-7]\d{3}(?<![\d.].{5})(?=日?[开竣完签验启召印发投通结前后，。；、）\n]|\Z)", re.ASCII
)
_ZERO_DAY = date(1899, 12, 30)
_DATED = ("due", "completed", "dates", "date")


@rule("date_serial", level=Level.WARNING)
def date_serials(subject: Subject) -> Iterator[Finding]:
    """日期写年月日，不是表格软件的日期序号（如 45736）。

    依据：文字习惯
    """
    for place, match in subject.matches(_SERIAL, near=_MAY_BE_SERIAL):
        alone = match.start() == match.start("days")
        if alone and place.rpartition("/")[2] not in _DATED and "日" not in match.string[:6]:
            continue
        day = _ZERO_DAY + timedelta(days=int(match["days"]))
        at = match.start("days")
        written = f"{day.year}年{day.month}月{day.day}日"
        yield subject.find_at("date_serial", place, at, found=match["days"], right=written)


_TO = r"\s?(?:[-–—~～至到]+)\s?"
# A month, quarter or number of days that no calendar has: “年13月”, “第五季度” match; “年12月” does
# not. Each begins with what is quick to search for.
_NO_TIME = (
    re.compile(r"年(?<=20\d\d年)(?:1[3-9]|[2-9]\d|00?)月", re.ASCII),
    re.compile(r"年(?<=20\d\d年)月(?=[^均度报末初底份薪租计票])", re.ASCII),
    re.compile(r"季度(?:(?<=[五六七八九]季度)|(?<=第[05-9]季度))", re.ASCII),
    re.compile(r"每周[\u4e00-\u9fff]{0,4}(?:[89]|\d{2,})天", re.ASCII),
    re.compile(r"时(?!间|长|段|数|许)(?<=[日至到—-](?:2[5-9]|[3-9]\d)时)", re.ASCII),
    re.compile(r"全年(?:共|开放|运行|累计)*(?:36[7-9]|3[7-9]\d|[4-9]\d\d)天", re.ASCII),
)


@rule("no_such_time", level=Level.WARNING)
def no_such_times(subject: Subject) -> Iterator[Finding]:
    """月份是1到12，季度是一到四，一周七天，一年三百六十五天。

    依据：算术关系
    """
    for pattern in _NO_TIME:
        for place, match in subject.matches(pattern):
            found = match.string[max(0, match.start() - 4) : match.end()]
            yield subject.find_match("no_such_time", place, match, found=found)


# A named part of time with its bounds: “一季度（1—3月）”, “十四五（2021—2025年）” match.
_PERIOD = re.compile(
    r"(?P<name>[一二三四]季度|[上下]半年|十[二三四五]五)[”\"]?(?:规划|时期|期间)?[（(]"
    rf"(?P<first>\d{{1,2}}|20\d\d)(?P<unit>[年月])?{_TO}(?P<last>\d{{1,2}}|20\d\d)(?P<end>[年月])[）)]",
    re.ASCII,
)
# Quicker to search for: “五”（2021” matches; “五年” does not.
_MAY_BE_PLAN = re.compile(r"五[”\"]?(?:规划|时期|期间)?[（(]20")
_PERIODS = {
    "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
    "上半年": (1, 6), "下半年": (7, 12),
    "十二五": (2011, 2015), "十三五": (2016, 2020), "十四五": (2021, 2025), "十五五": (2026, 2030),
}  # fmt: skip


@rule("period_bounds", level=Level.WARNING)
def period_bounds(subject: Subject) -> Iterator[Finding]:
    """季度、半年的月份和五年规划的年份写对。

    依据：算术关系
    """
    may = subject.may_say("季度（", "半年（", "季度(") or subject.may_hold(_MAY_BE_PLAN)
    for place, match in subject.matches(_PERIOD) if may else ():
        first, last = _PERIODS[match["name"]]
        if (int(match["first"]), int(match["last"])) != (first, last):
            right = f"{first}—{last}{match['end']}"
            yield subject.find_match("period_bounds", place, match, right=right)


_YEARS = re.compile(
    r"(?<!\d)(?P<first>20\d\d)年?(?:[-–—~～]+|至|到)(?P<last>20\d\d)年(?!\d|内)", re.ASCII
)
_MAY_BE_YEARS = re.compile(r"20\d\d年?[-–—~～至到]+20\d\d年", re.ASCII)


@rule("years_reversed", level=Level.WARNING)
def years_reversed(subject: Subject) -> Iterator[Finding]:
    """起止年份从早写到晚。

    依据：文字习惯
    """
    for place, match in subject.matches(_YEARS, near=_MAY_BE_YEARS):
        if int(match["first"]) > int(match["last"]):
            yield subject.find_match("years_reversed", place, match)


_MONTHS = re.compile(
    r"(?<![\d年])(?P<year>20\d\d年)?(?P<first>\d{1,2})月(?:[-–—~～]+|至|到)(?P<last>\d{1,2})月(?!\d)",
    re.ASCII,
)
_MAY_BE_MONTHS = re.compile(r"月[-–—~～至到]+\d{1,2}月", re.ASCII)


@rule("months_reversed", level=Level.HINT)
def months_reversed(subject: Subject) -> Iterator[Finding]:
    """起止月份跨年的写明“次年”，不跨年的从早写到晚。

    依据：文字习惯
    """
    for place, match in subject.matches(_MONTHS, near=_MAY_BE_MONTHS):
        if int(match["first"]) > int(match["last"]):
            yield subject.find_match("months_reversed", place, match)


_DAY = r"(?:(?P<{0}y>20\d\d)年)?(?P<{0}m>\d{{1,2}})月(?:(?P<{0}d>\d{{1,2}})日)?"
# A beginning and, right behind it, its end: “8月启动，6月完成” matches; “二期8月启动，一期6月完成”
# does not.
_SPAN = re.compile(
    rf"(?<![\d年]){_DAY.format('a')}[\u4e00-\u9fff]{{0,2}}(?:开工|启动|动工|开始(?:实施|施工)?|发布|立项)[，,、]"
    rf"(?:并?已?于|并|计划于?)?{_DAY.format('b')}(?:底|前|初)?"
    r"(?:竣工|完工|完成|结束|验收|交付|开标|办结|通车|投用)",
    re.ASCII,
)
# Quicker to search for: “月启动，” matches; “月启动” does not.
_MAY_BEGIN = re.compile(
    r"月(?:\d{1,2}日)?[\u4e00-\u9fff]{0,2}?(?:开工|启动|动工|开始(?:实施|施工)?|发布|立项)[，,、]",
    re.ASCII,
)


@rule("ends_before_begin", level=Level.WARNING)
def ends_before_begin(subject: Subject) -> Iterator[Finding]:
    """同一件事完成的时间不早于开始的时间；跨年的写明年份。

    依据：报告前后一致
    """
    for place, match in subject.matches(_SPAN, near=_MAY_BEGIN):
        if bool(match["ay"]) == bool(match["by"]) and _day(match, "b") < _day(match, "a"):
            yield subject.find_match("ends_before_begin", place, match)


def _day(match: re.Match[str], end: str) -> tuple[int, ...]:
    """Year, month and, where both ends have one, day."""
    parts = "ymd" if match["ad"] and match["bd"] else "ym"
    return tuple(int(match[f"{end}{part}"] or 0) for part in parts)


_LATER_YEAR = re.compile(
    r"(?<!\d)(?P<year>20\d\d)年(?P<term>度|(?<![至到—～-]20\d\d年)\d{1,2}月(?!到期|届满|期满))?",
    re.ASCII,
)
_FARTHEST = 10  # years that plans reach


@rule("year_too_far", level=Level.WARNING)
def years_too_far(subject: Subject) -> Iterator[Finding]:
    """正文里的年度和年月、标题和期限里的年份不晚于报告年度十年以上：多半是数字写倒了。

    依据：报告前后一致
    """
    for place, match in subject.matches(_LATER_YEAR, near=_MAY_BE_FAR):
        whole = place.endswith(("/heading", "/due")) or match["term"]
        if whole and int(match["year"]) > subject.key.year + _FARTHEST:
            yield subject.find_match("year_too_far", place, match, year=subject.key.year)


_MAY_BE_FAR = re.compile(r"20[3-9]\d年", re.ASCII)


# --- headings -------------------------------------------------------------------------------------

_NUMBERED = r"(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．])?"
# A heading that begins with a year: “2024年钱花” matches; “上年（2024年）” does not.
_HEADED = re.compile(rf"^{_NUMBERED}(?P<year>20\d\d)年度?", re.ASCII)
_OF_OTHERS = re.compile(
    "上年|问题|整改|后续|比较|对比|回顾|遗留|计划|打算|安排|下一步|目标|预算|—|至|变化"
)


@rule("heading_year", level=Level.HINT)
def headings_of_other_years(subject: Subject) -> Iterator[Finding]:
    """标题开头写的年份与报告年度不同的，核对是不是照抄了上年的标题。

    依据：报告前后一致
    """
    for text in subject.texts:
        if text.place.endswith("/heading") and (match := _HEADED.match(text.value)):
            other = int(match["year"]) != subject.key.year
            if other and not _OF_OTHERS.search(text.value):
                yield subject.find_at(
                    "heading_year", text.place, match.start("year"), found=text.value,
                    year=subject.key.year,
                )  # fmt: skip


# --- scales ---------------------------------------------------------------------------------------

_APART = 2000


@rule("indicator_scale", level=Level.WARNING)
def indicator_scales(subject: Subject) -> Iterator[Finding]:
    """指标值和完成值一个写元、一个写万元的，核对单位。

    依据：报告前后一致
    """
    for owner, prefix in subject.owners():
        for indicator in owner.indicators:
            target, actual = indicator.target, indicator.actual
            if not (target and actual and target.value and actual.value):
                continue
            if not (target.unit and actual.unit) or target.unit == actual.unit:
                continue
            (one, base), (two, other) = unit_of(target.unit), unit_of(actual.unit)
            ratio = target.value * one / (actual.value * two)
            if base == other and one != two and not 1 / Decimal(_APART) < ratio < _APART:
                yield subject.find(
                    "indicator_scale", f"{prefix}indicators/{indicator.id}/actual",
                    found=actual.written, target=target.written,
                )  # fmt: skip
