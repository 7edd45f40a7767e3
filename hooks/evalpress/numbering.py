"""Chinese heading and list numbers from a sample: `（一）` and 3 give `（三）`."""

from __future__ import annotations

import re
from collections.abc import Callable

NONE = "none"
_DIGITS = "零一二三四五六七八九"


def chinese_numeral(value: int) -> str:
    """1 to 99 in Chinese numerals, as headings use them."""
    tens, ones = divmod(value, 10)
    if not tens:
        return _DIGITS[ones]
    lead = "" if tens == 1 else _DIGITS[tens]
    return f"{lead}十{_DIGITS[ones] if ones else ''}"


def circled(value: int) -> str:
    """① to ㊿; beyond that in brackets, because Unicode has no more."""
    starts = ((1, 0x2460), (21, 0x3251), (36, 0x32B1), (51, 0))
    for (first, code), (end, _) in zip(starts, starts[1:], strict=False):
        if first <= value < end:
            return chr(code + value - first)
    return f"（{value}）"


_FORMS: dict[str, Callable[[int], str]] = {
    "一": chinese_numeral,
    "1": str,
    "①": circled,
    "⑴": lambda value: chr(0x2474 + value - 1) if value <= 20 else f"({value})",
    "㈠": lambda value: chr(0x3220 + value - 1) if value <= 10 else f"（{chinese_numeral(value)}）",
}


def number(sample: str | None, value: int) -> str:
    """The number of the `value`th item after this sample; without a form in it the sample itself."""
    if not sample or sample == NONE:
        return ""
    match = re.search("|".join(_FORMS), sample)
    if not match:
        return sample
    return sample[: match.start()] + _FORMS[match[0]](value) + sample[match.end() :]
