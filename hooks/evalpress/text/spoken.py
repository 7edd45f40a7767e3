"""Chinese numerals in prose -> digits, so that amounts are read alike however they are written.

壹佰贰拾万元整, 十九点八四万元, 百分之九十三, 3亿2000万元 and 12万8000元 become 120万元整,
19.84万元, 93%, 32000万元 and 128000元. What is no number (万一, 千万, 一一, 两三个) stays.
"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {
    **{sign: value for value, sign in enumerate("零一二三四五六七八九")},
    **{sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0, "两": 2, "貳": 2, "弍": 2, "弐": 2, "参": 3, "陸": 6,
}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SCALES = {"万": 10**4, "亿": 10**8}
_D, _U, _S = ("".join(signs) for signs in (_DIGITS, _UNITS, _SCALES))
_NUMBER = rf"[{_D}{_U}{_S}]+(?:点[{_D}]+[{_S}]?)?"
# “百分之九十三” matches; “百分比” does not.
_SHARE = re.compile(rf"([百千])分之({_NUMBER})")
_SHARES = {"百": "%", "千": "‰"}
# “壹佰贰拾万” matches; “万一” does not.
_RUN = re.compile(rf"(?<![{_D}{_U}{_S}\d])(?=[{_D}十拾]){_NUMBER}")
# “12万8000元” matches; “12万元” does not.
_MIXED = re.compile(r"(?<![\d.])(\d+)亿(\d{1,4}(?:\.\d+)?)万|(?<![\d.])(\d+)万(\d{1,4})(?=元)")
# “241万7千5百元” matches; “241万元” does not.
_SPOKEN = re.compile(r"(?<![\d.])(\d+)万((?:零?\d[千百十])+)(\d?)(?=元)")
_TENS = {"千": 1000, "百": 100, "十": 10}


def in_digits(text: str) -> str:
    """The text with its Chinese numerals as digits, 万 and 亿 at their end kept as the scale."""
    text = _SHARE.sub(lambda m: f"{_digits(m[2]) or m[2]}{_SHARES[m[1]]}", text)
    text = _RUN.sub(lambda m: _digits(m[0]) or m[0], text)
    return _SPOKEN.sub(_added, _MIXED.sub(_joined, text))


def whole_number(said: str) -> int | None:
    """The whole number that figures or Chinese numerals say: 12, 十二, 二〇二五, 两; None for
    signs that say none (一一)."""
    if said.isdecimal():
        return int(said)
    return _spelled(said) if set(said) <= set(_D) else _counted(said)


def _joined(match: re.Match[str]) -> str:
    if match[1]:
        return f"{Decimal(match[1]) * 10**4 + Decimal(match[2])}万"
    return str(int(match[3]) * 10**4 + int(match[4]))


def _added(match: re.Match[str]) -> str:
    below = (int(digit) * _TENS[unit] for digit, unit in re.findall(r"(\d)([千百十])", match[2]))
    return str(int(match[1]) * 10**4 + sum(below) + int(match[3] or 0))


def _digits(said: str) -> str:
    """The number in digits; nothing for signs that are none."""
    scale = said[-1] if said[-1] in _SCALES else ""
    whole, point, rest = said.removesuffix(scale).partition("点")
    value = whole_number(whole)
    if value is None:
        return ""
    if scale and value >= _SCALES[scale] and "亿" in whole:  # 一亿二千万: 万 counts for 二千 only
        value = (_counted(said) or 0) // _SCALES[scale]
    return f"{value}{'.' if point else ''}{''.join(str(_DIGITS[sign]) for sign in rest)}{scale}"


def _spelled(signs: str) -> int | None:
    """二〇二五, or a single digit; two digits side by side are no number (一一, 两三个)."""
    if len(signs) == 2:
        return None
    return int("".join(str(_DIGITS[sign]) for sign in signs)) if signs else None


def _counted(signs: str) -> int | None:
    """一千零二十: digits times units, gathered at each 万 and 亿."""
    total = section = digit = 0
    for sign in signs:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
        elif sign in _UNITS:
            section, digit = section + (digit or 1) * _UNITS[sign], 0
        else:
            gathered, section, digit = section + digit, 0, 0
            larger = 0 if sign == "亿" else total  # 二万亿: all before 亿 counts
            total = larger + (total - larger + gathered) * _SCALES[sign]
    return total + section + digit
