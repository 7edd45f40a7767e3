"""A deadline as people write it (2026年4月底前) -> its last day; nothing where that is in doubt."""

from __future__ import annotations

import calendar
import re
from datetime import date

_DEADLINE = re.compile(
    r"(?P<year>\d{4})年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?"
    r"(?P<until>(?:底|末|中旬|上旬|下旬)?(?:以前|之前|前|内)?)(?:完成|整改到位|完成整改|办结)?",
    re.ASCII,
)
_PART_OF_MONTH = {"上旬": 10, "中旬": 20}


def last_day(text: str) -> date | None:
    """The last day on which a deadline is kept: of a month or year its end (2026年4月前 as well,
    which may mean less); None for what is no deadline (2026年起执行) or no day of the calendar."""
    found = _DEADLINE.fullmatch(text.strip())
    if not found or not (found["until"] or found["month"]):
        return None
    year, month = int(found["year"]), int(found["month"] or 12)
    try:
        end = calendar.monthrange(year, month)[1]
        day = int(found["day"] or _PART_OF_MONTH.get(found["until"][:2], end))
        return date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        return None
