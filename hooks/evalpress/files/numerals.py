"""A whole number -> Chinese numerals, as Word numbers paragraphs and Excel writes [DBNum1]."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Numerals:
    """The signs of one way to write Chinese numerals: for each digit, and for 10, 100, 1,000."""

    digits: str
    units: str
    zero: str


PLAIN = Numerals("〇一二三四五六七八九", "十百千", "零")
FORMAL = Numerals("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "零")
_GROUPS = ("", "万", "亿", "万亿")


def counted(value: int, signs: Numerals) -> str:
    """A number from 0 as it is spoken: 一百二十三, 十 (but 壹拾); beyond 10**16 digit by digit."""
    if value == 0:
        return signs.zero
    if value >= 10**16:
        return spelled(str(value), signs)
    groups: list[str] = []
    for number, name in enumerate(_GROUPS):
        group = value // 10_000**number % 10_000
        if group:
            gap = signs.zero if group < 1000 and value >= 10_000 ** (number + 1) else ""
            groups.insert(0, gap + _group(group, signs) + name)
        elif groups and not groups[0].startswith(signs.zero):
            groups.insert(0, signs.zero)
    said = "".join(groups).strip(signs.zero)
    return said[1:] if signs is PLAIN and said.startswith("一十") else said


def _group(value: int, signs: Numerals) -> str:
    """A number below 10,000: 一千零二十."""
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            said += (signs.zero if gap and said else "") + signs.digits[digit]
            said += signs.units[place - 1] if place else ""
        gap = not digit
    return said


def spelled(text: str, signs: Numerals) -> str:
    """Digit by digit: 二〇二五 for 2025; other signs stay."""
    return text.translate({ord("0") + value: sign for value, sign in enumerate(signs.digits)})
