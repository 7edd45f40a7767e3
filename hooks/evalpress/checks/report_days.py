"""2 check: the days that a report names in its head, below its text and in its prose, for rules
that compare them. No rule is here."""

from __future__ import annotations

import re
from calendar import monthrange

from evalpress.checks.subject import Subject
from evalpress.model import Kind
from evalpress.model.values import LooseDate
from evalpress.text.spoken import in_digits

# Kinds in which a department speaks of its own year; the others are written later by others.
SELF = frozenset({Kind.DEPARTMENT, Kind.PROJECT, Kind.BOND, Kind.TRANSFER})
Day = tuple[int | None, int, int]
"""Year, where it is known, month and day."""


def day_in(found: LooseDate | None) -> Day | None:
    """A date that has at least a month and a day."""
    if found is None or found.month is None or found.day is None:
        return None
    return found.year, found.month, found.day


def is_later(first: Day | None, second: Day | None) -> bool:
    """True where the first is surely later. Without years, a turn of the year may lie between."""
    if first is None or second is None:
        return False
    if first[0] and second[0]:
        return (first[0], *first[1:]) > (second[0], *second[1:])
    return first[1:] > second[1:] and first[1] - second[1] < 6


# A day, or a month: “2026年8月” matches; “8月12日” does not.
_SIGNED = re.compile(
    r"(20\d\d)\s*[年./-]\s*(\d{1,2})\s*(?:月|[./-]|$)\s*(?:(\d{1,2})\s*日?)?", re.ASCII
)
CIRCLES = str.maketrans("○", "〇")


def signed_parts(subject: Subject) -> tuple[int, int, int | None] | None:
    """Year, month and, where there is one, day below the report."""
    signature = subject.content.signature
    written = (signature.date or "") if signature else ""
    match = _SIGNED.search(in_digits(written.translate(CIRCLES)))
    if not match or not 1 <= int(match[2]) <= 12:
        return None
    return int(match[1]), int(match[2]), int(match[3]) if match[3] else None


def signed_on(subject: Subject) -> Day | None:
    """The day below the report, where it is whole and exists."""
    parts = signed_parts(subject)
    if not parts or not parts[2] or not exists(parts[0], parts[1], parts[2]):
        return None  # a day that does not exist is another rule's
    return parts[0], parts[1], parts[2]


def last_signed(subject: Subject) -> Day | None:
    """The last day that the signature may be of."""
    parts = signed_parts(subject)
    if not parts:
        return None
    return parts[0], parts[1], parts[2] or monthrange(parts[0], parts[1])[1]


def last_of(found: LooseDate | None) -> Day | None:
    """The last day that a date may be of, where its year is known."""
    if found is None or found.year is None:
        return None
    month = found.month or 12
    return found.year, month, found.day or monthrange(found.year or 2024, month)[1]


def published_on(subject: Subject) -> Day | None:
    """The day of its first publication."""
    published = subject.content.first_published
    return (published.year, published.month, published.day) if published else None


def worded(day: Day) -> str:
    """A day as findings write it; without its year where none is known."""
    year, month, number = day
    return f"{year}年{month}月{number}日" if year else f"{month}月{number}日"


# A day, with its year or without: “3月20日” matches; “3月20个” does not.
MONTH_DAY = re.compile(
    r"(?:(?<!\d)((?:19|20)\d\d)\s*年\s*)?(?<![\d.])(\d{1,2})\s*月\s*(\d{1,2})\s*日", re.ASCII
)


def day_of(match: re.Match[str]) -> Day:
    """The day of a match of MONTH_DAY."""
    return int(match[1]) if match[1] else None, int(match[2]), int(match[3])


def days_in(text: str) -> list[Day]:
    """Every day that a text names, in its order."""
    return [day_of(match) for match in MONTH_DAY.finditer(text)]


# A line may begin with its number, its name and its first and last day.
# A stage with its days: “准备阶段（1月5日至1月20日）” matches; “准备阶段（1月）” does not.
OPENING = re.compile(
    r"^[^，。；\n]{0,24}?[（(：:]\s*(?P<first>(?:20\d\d\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日)\s*[-—–~～至到]+"
    r"\s*(?P<last>(?:20\d\d\s*年\s*)?(?:\d{1,2}\s*月\s*)?\d{1,2}\s*日)",
    re.ASCII,
)


def exists(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has this day; of an unknown year, whether some year has it."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2024, month)[1]
