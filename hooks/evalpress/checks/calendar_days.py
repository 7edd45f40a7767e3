"""2 check: rules about days by the calendar alone: that they exist, and come one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from evalpress.checks import rule
from evalpress.checks.report_days import (
    CIRCLES,
    MONTH_DAY,
    OPENING,
    Day,
    day_of,
    exists,
    is_later,
    worded,
)
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level
from evalpress.text.spoken import whole_number


@rule("impossible_day", level=Level.WARNING)
def impossible_day(subject: Subject) -> Iterator[Finding]:
    """文字里的日期真实存在。

    依据：算术关系
    """
    for text in subject.every_text:
        for match in MONTH_DAY.finditer(text.value) if "月" in text.value else ():
            day = day_of(match)
            if not exists(*day):
                yield subject.find_match("impossible_day", text.place, match, found=worded(day))
    spelt = subject.may_say("二〇", "二○", "二零")
    for text in subject.texts if spelt or subject.may_hold(_MAY_BE_SIGNED_DAY) else ():
        may_be = spelt or _MAY_BE_SIGNED_DAY.search(text.value)
        for at, found, day in _other_days(text.value) if may_be else ():
            if not exists(*day):
                yield subject.find_at("impossible_day", text.place, at, found=found)


# A day in signs: “2025.6.31” matches; “1.5.2” does not.
_SIGNED_DAY = re.compile(
    r"(?<![\w./-])(20\d\d)(?P<sign>[./-])(\d{1,2})(?P=sign)(\d{1,2})(?![\d./-]|\s?[%％万元分])",
    re.ASCII,
)
# A day in Chinese numerals: “二〇二五年二月三十日” matches; “二月三十日” does not.
_SPELT_DAY = re.compile(
    r"(二[〇○零][一二三四五六七八九〇○零]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
# May hold one in figures: “2025.6” matches; “20元” does not.
_MAY_BE_SIGNED_DAY = re.compile(r"20\d\d[./-]\d", re.ASCII)


def _other_days(text: str) -> Iterator[tuple[int, str, Day]]:
    """Days that are not written 年月日 in figures: where, as written, and which."""
    for match in _SIGNED_DAY.finditer(text):
        yield match.start(), match[0], (int(match[1]), int(match[3]), int(match[4]))
    for match in _SPELT_DAY.finditer(text):
        parts = (part.translate(CIRCLES) for part in match.groups())
        year, month, day = (whole_number(part) or 0 for part in parts)
        yield match.start(), match[0], (year, month, day)


# A day with its weekday: “2025年6月11日（星期五）” matches; “6月11日” does not.
_WEEKDAY = re.compile(
    r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*[（(]?(?:星期|周)([一二三四五六日天])(?![季期])",
    re.ASCII,
)


@rule("weekday", level=Level.WARNING)
def weekdays(subject: Subject) -> Iterator[Finding]:
    """日期后面写的星期几与日历相符。

    依据：算术关系
    """
    for text in subject.texts if subject.may_say("星期", "（周", "(周", "日周") else ():
        for match in _WEEKDAY.finditer(text.value):
            day = (int(match[1]), int(match[2]), int(match[3]))
            right = "一二三四五六日"[date(*day).weekday()] if exists(*day) else ""
            if right and match[4].replace("天", "日") != right:
                yield subject.find_match("weekday", text.place, match, right=right)


# From one day to another: “5月6日至17日” matches; “5月6日、17日” does not.
_RANGE = re.compile(
    r"(?:((?:19|20)\d\d)\s*年\s*)?(?<![\d.])(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*[-—–~～至到]+\s*"
    r"(?:((?:19|20)\d\d)\s*年\s*)?(?:(\d{1,2})\s*月\s*)?(\d{1,2})\s*日",
    re.ASCII,
)


@rule("reversed_range", level=Level.WARNING)
def reversed_range(subject: Subject) -> Iterator[Finding]:
    """文字里的起止日期，起日不晚于止日。

    依据：算术关系
    """
    for text in subject.texts:
        if "月" not in text.value or text.place.endswith("/dates") or OPENING.match(text.value):
            continue
        for match in _RANGE.finditer(text.value):
            first = (int(match[1]) if match[1] else None, int(match[2]), int(match[3]))
            year = int(match[4]) if match[4] else first[0] if match[4] != match[1] else None
            last = (year, int(match[5] or match[2]), int(match[6]))
            if is_later(first, last):
                yield subject.find_match("reversed_range", text.place, match)
