"""Chinese heading and list numbers from a sample: `（一）` and 3 give `（三）`."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

NONE = "none"
_DIGITS = "零一二三四五六七八九"


def chinese_numeral(value: int) -> str:
    """1 to 999 in Chinese numerals, as headings use them; beyond that in digits."""
    if value > 999:
        return str(value)
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += f"{_DIGITS[tens] if hundreds or tens > 1 else ''}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones or not value else "")


def circled(value: int) -> str:
    """① to ㊿; beyond that in brackets, because Unicode has no more."""
    starts = ((1, 0x2460), (21, 0x3251), (36, 0x32B1), (51, 0))
    for (first, code), (end, _) in pairwise(starts):
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


def has_form(sample: str | None) -> bool:
    """True for a sample that counts on, and for what no item is counted by: `none`, nothing, •."""
    if not sample or sample == NONE:
        return True
    return bool(re.search("|".join(_FORMS), sample)) or not any(map(str.isalnum, sample))


def number(sample: str | None, value: int) -> str:
    """The number of the `value`th item after this sample; one without a form stays as it is."""
    if not sample or sample == NONE:
        return ""
    match = re.search("|".join(_FORMS), sample)
    if not match:
        return sample
    return sample[: match.start()] + _FORMS[match[0]](value) + sample[match.end() :]
