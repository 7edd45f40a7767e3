"""索引号: a bureau's pattern -> the numbers that it stands for, and whether a number has its form.

A pattern is a text with parts in braces: the department's codes, the year in which a report comes
out, a running number with as many digits as stand behind the colon: `{org_code}/{year}-{serial:5}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

CODES = ("org_code", "budget_code")
_PART = re.compile(r"\{(org_code|budget_code|year|serial:[1-9])\}")


def is_pattern(text: str) -> bool:
    """Whether every brace belongs to a part, and one of them is the running number."""
    parts = _PART.findall(text)
    rest = _PART.sub("", text)
    return sum(part.startswith("serial") for part in parts) == 1 and not set("{}") & set(rest)


def codes_in(pattern: str) -> list[str]:
    """Which of the department's codes a pattern asks for."""
    return [code for code in CODES if f"{{{code}}}" in pattern]


def form_of(pattern: str, codes: Mapping[str, str], year: int | None = None) -> re.Pattern[str]:
    """What numbers of a department look like, in one year or in any; its one group is the running
    number."""

    def expected(part: str) -> str:
        if part.startswith("serial"):
            return f"([0-9]{{{part[-1]}}})"
        if part == "year":
            return str(year) if year else "[12][0-9]{3}"
        return re.escape(codes.get(part, ""))

    texts = _PART.split(pattern)  # text, part, text …
    return re.compile("".join(expected(t) if n % 2 else re.escape(t) for n, t in enumerate(texts)))


def next_number(pattern: str, codes: Mapping[str, str], year: int, known: Iterable[str]) -> str:
    """The number after the highest that is `known`. Raises OverflowError where the digits of the
    running number do not suffice for it."""
    form = form_of(pattern, codes, year)
    taken = (found for number in known if (found := form.fullmatch(number)))
    return filled(pattern, codes, year, 1 + max((int(found[1]) for found in taken), default=0))


def filled(pattern: str, codes: Mapping[str, str], year: int, serial: int) -> str:
    """A number of this form. Raises OverflowError as `next_number` does."""

    def value(found: re.Match[str]) -> str:
        part = found[1]
        if not part.startswith("serial"):
            return str(year) if part == "year" else codes.get(part, "")
        digits = int(part[-1])
        if serial >= 10**digits:
            raise OverflowError(serial)
        return f"{serial:0{digits}}"

    return _PART.sub(value, pattern)
