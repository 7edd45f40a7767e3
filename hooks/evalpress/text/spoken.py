"""Chinese numerals in prose -> digits, so that amounts are read alike however they are written.

壹佰贰拾万元整, 十九点八四万元, 百分之九十三, 九成三, 3亿2000万元, 12万8000元, 十九万八千四 become
120万元整, 19.84万元, 93%, 93%, 32000万元, 128000元, 198400. What is no number (万一, 千万, 一一,
两三个) stays.
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
_WORTH = {**_UNITS, **_SCALES, "": 1}
_D, _U, _S = ("".join(signs) for signs in (_DIGITS, _UNITS, _SCALES))
_NUMBER = rf"[{_D}{_U}{_S}]+(?:点[{_D}]+[{_S}]?)?"
# “百分之九十三”, “百分之93” match; “百分比” does not.
_SHARE = re.compile(rf"([百千万])分之({_NUMBER}|\d+(?:\.\d+)?)")
_SHARES = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}  # per cent
# “九成三”, “九点二八成”, “9.28成” match; “建成二期”, “九成新” do not.
_TENTHS = re.compile(
    rf"(?<![{_D}{_U}{_S}\d.])(?:([一二两三四五六七八九\d])成([{_D}]{{1,2}}|半)?"
    rf"|([{_D}]点[{_D}]+|\d\.\d+)成)(?![新熟立员果效绩本年长])"
)
# “壹佰贰拾万” matches; “万一” does not.
_RUN = re.compile(rf"(?<![{_D}{_U}{_S}\d])(?=[{_D}十拾]){_NUMBER}")
_UNIT = "[千百十]?[万亿]|[千百十]"
# “3亿2000万”, “12万8000元”, “19万8千4百”, “19万零8400元” match; “12万元”, “12万8000册” do not.
_MIXED = re.compile(
    rf"(?<![\d.])\d+(?:{_UNIT})"
    rf"(?:(?:零?\d+(?:\.\d+)?(?:{_UNIT}))+(?:零?\d+(?=[元块圆，。；、）)]|$))?"
    r"|零?\d{2,}(?=[元块圆])|零?\d(?=[元块圆，。；、）)]|$))"
)
_PART = re.compile(rf"(零?)(\d+(?:\.\d+)?)({_UNIT}|)")


def in_digits(text: str) -> str:
    """The text with its Chinese numerals as digits, 万 and 亿 at their end kept as the scale."""
    text = _SHARE.sub(lambda m: _percent(m[2], _SHARES[m[1]]) or m[0], text)
    text = _TENTHS.sub(lambda m: _percent(m[3] or _tenths(m[1], m[2]), Decimal(10)) or m[0], text)
    text = _RUN.sub(lambda m: _digits(m[0]) or m[0], text)
    return _MIXED.sub(lambda m: _joined(m[0]), text)


def _percent(said: str, worth: Decimal) -> str:
    """So many parts as per cent; nothing for signs that are no number."""
    digits = said if said[0].isascii() else _digits(said)
    try:
        return f"{_plain(Decimal(digits) * worth)}%" if digits else ""
    except ArithmeticError:  # 百分之九十万: a scale is no part of a share
        return ""


def _plain(value: Decimal) -> str:
    """Without an exponent, and without zeros that say nothing."""
    return f"{value.normalize():f}"


def _tenths(whole: str, rest: str | None) -> str:
    """九成二八 is 9.28 of ten parts, 九成半 9.5."""
    below = "5" if rest == "半" else "".join(str(_DIGITS[sign]) for sign in rest or "")
    return f"{whole if whole.isascii() else _DIGITS[whole]}{'.' if below else ''}{below}"


def whole_number(said: str) -> int | None:
    """The whole number that figures or Chinese numerals say: 12, 十二, 二〇二五, 两; None for
    signs that say none (一一)."""
    if said.isdecimal():
        return int(said)
    return _spelled(said) if set(said) <= set(_D) else _counted(said)


def _joined(said: str) -> str:
    """Figures between units as one; what ends with a scale keeps it: 3亿2000万 is 32000万."""
    total, last, scale = Decimal(0), Decimal(0), said[-1] if said[-1] in _SCALES else ""
    for zero, figures, unit in _PART.findall(said):
        worth = _worth_of(unit) if unit else _worth_of_tail(figures, zero, last)
        total, last = total + Decimal(figures) * worth, worth
    return f"{_plain(total / _SCALES.get(scale, 1))}{scale}"


def _worth_of(unit: str) -> Decimal:
    """千万 is a thousand times ten thousand."""
    return Decimal(_WORTH[unit[:-1]] * _WORTH[unit[-1]])


def _worth_of_tail(figures: str, zero: str, last: Decimal) -> Decimal:
    """The last figure without a unit: 7千5 is 7500, 7千零5 and 12万8000 are as they stand."""
    return last / 10 if len(figures) == 1 and not zero else Decimal(1)


def _digits(said: str) -> str:
    """The number in digits; nothing for signs that are none."""
    scale = said[-1] if said[-1] in _SCALES else ""
    whole, point, rest = said.removesuffix(scale).partition("点")
    value = _spelled(whole, alone=not point) if set(whole) <= set(_D) else _counted(whole)
    if value is None:
        return ""
    if scale and value >= _SCALES[scale] and "亿" in whole:  # 一亿二千万: 万 counts for 二千 only
        value = (_counted(said) or 0) // _SCALES[scale]
    return f"{value}{'.' if point else ''}{''.join(str(_DIGITS[sign]) for sign in rest)}{scale}"


def _spelled(signs: str, alone: bool = True) -> int | None:
    """二〇二五, or a single digit; two digits side by side are no number (一一, 两三个) where they
    stand alone."""
    if alone and len(signs) == 2:
        return None
    return int("".join(str(_DIGITS[sign]) for sign in signs)) if signs else None


def _counted(signs: str) -> int | None:
    """一千零二十: digits times units, gathered at each 万 and 亿; a last digit right behind a unit
    counts for the next smaller one (一百五, 八千四)."""
    total = section = digit = 0
    worth = 1  # of a digit at the end
    for sign in signs:
        if sign in _DIGITS:
            if digit:
                return None
            digit, worth = _DIGITS[sign], worth if _DIGITS[sign] else 1
        elif sign in _UNITS:
            section, digit = section + (digit or 1) * _UNITS[sign], 0
            worth = _UNITS[sign] // 10
        else:
            gathered, section, digit, worth = section + digit, 0, 0, _SCALES[sign] // 10
            larger = 0 if sign == "亿" else total  # 二万亿: all before 亿 counts
            total = larger + (total - larger + gathered) * _SCALES[sign]
    return total + section + digit * worth
