"""A cell's value and its number format -> the text that a Chinese Excel shows, so that 0.9727 with
`0.00%` reads 97.27% and 45736 with a date format 2025/3/20.

openpyxl reads values and formats but renders neither; its own table of built-in formats lacks the
Chinese ones. Not done: column widths (`####`), colours, other calendars than the Gregorian.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import to_excel

from evalpress.files.numerals import FORMAL, PLAIN, counted, spelled

Value = bool | int | float | Decimal | str | datetime | date | time | timedelta | None

_LONG_DATE, _MONTH, _DAY = 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"', 'm"月"d"日"'
_HOUR, _SECOND = 'h"时"mm"分"', 'h"时"mm"分"ss"秒"'
# ECMA-376 part 1, 18.8.30: identifiers that a Chinese Excel has of its own.
_YUAN, _ACCOUNT = (
    '"¥"#,##0{0};{1}"¥"-#,##0{0}',
    "_ {1}* #,##0{0}_ ;_ {1}* -#,##0{0}_ ;_ {1}* {2}_ ;_ @_ ",
)
_PLAIN = "#,##0{0};{1}-#,##0{0}"
_CHINESE_FORMATS = {
    **{5 + n: _YUAN.format(".00" * (n > 1), "[Red]" * (n % 2)) for n in range(4)},
    **{37 + n: _PLAIN.format(".00" * (n > 1), "[Red]" * (n % 2)) for n in range(4)},
    **{41 + n: _ACCOUNT.format(".00" * (n > 1), '"¥"' * (n % 2), '"-"??' if n > 1 else '"-"')
       for n in range(4)},
    47: "mm:ss.0",
    14: "yyyy/m/d", 22: "yyyy/m/d h:mm", 27: _MONTH, 28: _DAY, 29: _DAY, 30: "m-d-yy",
    31: _LONG_DATE, 32: _HOUR, 33: _SECOND, 34: f"上午/下午{_HOUR}", 35: f"上午/下午{_SECOND}",
    36: _MONTH, 50: _MONTH, 51: _DAY, 52: _MONTH, 53: _DAY, 54: _DAY, 55: f"上午/下午{_HOUR}",
    56: f"上午/下午{_SECOND}", 57: _MONTH, 58: _DAY,
}  # fmt: skip
NUMBER_FORMATS: Mapping[int, str] = {**BUILTIN_FORMATS, **_CHINESE_FORMATS}
# What openpyxl calls the formats that follow the system's language.
_BY_SYSTEM = {"mm-dd-yy": "yyyy/m/d", "m/d/yy h:mm": "yyyy/m/d h:mm"}
_DIGITS_KEPT = Context(prec=15, rounding=ROUND_HALF_UP)
_GENERAL_WIDTH = 11
_MAX_DECIMALS = 30
_LAST_DAY = 2_958_466  # 31 December 9999
HASHES = "#####"


def shown(value: Value, number_format: str = "General", date_1904: bool = False) -> str:
    """The text that a cell shows: "" for None, TRUE for True, HASHES for a date before 1900 and for
    a number that meets no condition of its format.

    A number, or a date as openpyxl gives it, is written by `number_format` (Excel's code); a string
    stays, but for a text section (`@`). `date_1904` is the workbook's own beginning of days. Raises
    nothing: a code that Excel would refuse is taken for General."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    sections = _sections(_code(number_format))
    if isinstance(value, str):
        return _shown_text(value, sections)
    try:
        return _shown_number(_decimal(value), sections, date_1904).strip()
    except (ArithmeticError, ValueError):
        return str(value)


def number_format_of(cell: Any) -> str:
    """The code of the format of a cell of openpyxl, which has none for what only a Chinese Excel
    calls by number (31 is 2025年3月20日), and a broken one for 44."""
    own = getattr(cell, "_style", None)
    known = _CHINESE_FORMATS.get(int(own.numFmtId)) if own is not None else None
    return known or cell.number_format or ""


def plain(value: Decimal | float | int | str) -> str:
    """A number without format and exponent, at the fifteen digits that Excel keeps: 13812345678 for
    1.3812345678E10. Raises ValueError for what is no finite number."""
    return f"{_decimal(value).normalize():f}"


def _code(number_format: str) -> str:
    if number_format.upper().startswith("[$-F800]"):
        return _LONG_DATE
    if number_format.upper().startswith("[$-F400]"):
        return "h:mm:ss"
    return _BY_SYSTEM.get(number_format, number_format)


def _decimal(value: Decimal | float | int | str | datetime | date | time | timedelta) -> Decimal:
    """A number at Excel's fifteen digits; a date as days since 1900 (or 1899, see `to_excel`)."""
    if isinstance(value, datetime | date | time | timedelta):
        value = to_excel(value)  # type: ignore[no-untyped-call]
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(value) from None
    if not number.is_finite() or abs(number.adjusted()) > 308:
        raise ValueError(value)
    return _DIGITS_KEPT.plus(number)


# --- the code -----------------------------------------------------------------------------------

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|(?P<space>[_*].)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>general|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])"
    r"|(?P<date>s+(?:\.0+)?|y+|m+|d+|h+|e+|aaaa?)|(?P<digit>[0#?])|(?P<sign>[.,%/@;])|(?P<text>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b, "=": lambda a, b: a == b, "<>": lambda a, b: a != b,
}  # fmt: skip


@dataclass
class _Section:
    """One of up to four parts of a code: its signs, and for which values it is."""

    tokens: list[tuple[str, str]] = field(default_factory=list)
    condition: tuple[str, Decimal] | None = None
    numerals: int = 0
    is_chinese: bool = False

    def has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.tokens)

    @property
    def is_text(self) -> bool:
        return ("sign", "@") in self.tokens


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    sections = [_Section()]
    for match in _TOKEN.finditer(code[:255] or "General"):
        kind, text = match.lastgroup or "", match[match.lastgroup or 0]
        if match["sign"] == ";":
            sections.append(_Section())
        elif kind == "bracket":
            _bracket(sections[-1], text)
        elif kind != "space":
            sections[-1].tokens.append(("text" if kind in ("quoted", "escaped") else kind, text))
    return tuple(sections[:4])


_GENERAL = _Section([("general", "General")])


def _bracket(section: _Section, text: str) -> None:
    """`[>=100]`, `[h]`, `[DBNum1]`, `[$¥-804]`; a colour says nothing."""
    if condition := _CONDITION.match(text):
        section.condition = condition[1], Decimal(condition[2])
    elif _ELAPSED.fullmatch(text):
        section.tokens.append(("elapsed", text.lower()))
    elif text.lower().startswith("dbnum") and text[5:].isdigit():
        section.numerals = int(text[5:])
    elif text.startswith("$"):
        currency, _, language = text[1:].partition("-")
        section.is_chinese = language.upper().endswith("804")
        if currency:
            section.tokens.append(("text", currency))


def _shown_text(value: str, sections: tuple[_Section, ...]) -> str:
    last = sections[-1]
    if len(sections) == 4 or last.is_text:
        return "".join(value if token == ("sign", "@") else token[1] for token in last.tokens)
    return value


def _shown_number(value: Decimal, sections: tuple[_Section, ...], date_1904: bool) -> str:
    section, unsigned = _chosen(value, sections)
    if section is None:
        return HASHES
    if not section.tokens:
        return "" if len(sections) > 1 else _general(value)
    if section.is_text:
        return _shown_text(_general(value), (section,))
    if section.has("date", "elapsed"):
        return _date(value, section, date_1904)
    text = "".join(_number(abs(value), section))
    if value >= 0 or unsigned or (len(sections) == 1 and _shows_zero(text, section)):
        return text
    return f"-{text}"


def _shows_zero(text: str, section: _Section) -> bool:
    """Whether a number was rounded to nothing: Excel then leaves its own minus away."""
    plain_digits = section.has("digit") and ("sign", "/") not in section.tokens
    return plain_digits and not re.search(r"[1-9一二三四五六七八九壹贰叁肆伍陆柒捌玖１-９]", text)


def _chosen(value: Decimal, sections: tuple[_Section, ...]) -> tuple[_Section | None, bool]:
    """The section for a value, None where no condition is met; and whether it is one for negative
    values only, which then have no minus but what the section writes."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition and _COMPARE[section.condition[0]](value, section.condition[1]):
                return section, _is_below_zero(*section.condition)
        if numeric[-1].condition:
            return (_GENERAL if len(numeric) == 1 else None), False
        return numeric[-1], any(
            _takes_from_zero(*one.condition) for one in numeric if one.condition
        )
    if value < 0 and len(numeric) > 1 and not numeric[1].is_text:
        return numeric[1], True
    if value == 0 and len(numeric) > 2 and not numeric[2].is_text:
        return numeric[2], False
    return sections[0], False


def _is_below_zero(sign: str, limit: Decimal) -> bool:
    """Whether only negative values meet a condition."""
    return limit < 0 if sign in ("<=", "=") else sign == "<" and limit <= 0


def _takes_from_zero(sign: str, limit: Decimal) -> bool:
    """Whether a condition leaves only negative values to the sections after it."""
    return (sign == ">=" and limit <= 0) or (sign == ">" and limit < 0)


# --- numbers ------------------------------------------------------------------------------------


def _general(value: Decimal) -> str:
    """A number without a format: at most eleven signs, then with an exponent."""
    if not value:
        return "0"
    exponent, sign = value.adjusted(), "-" if value < 0 else ""
    if -5 < exponent < _GENERAL_WIDTH:
        decimals = max(0, _GENERAL_WIDTH - 2 - max(exponent, 0))
        return sign + _trimmed(f"{_rounded(abs(value), decimals):f}")
    mantissa = _rounded(abs(value).scaleb(-exponent), 5)
    if mantissa >= 10:
        mantissa, exponent = mantissa / 10, exponent + 1
    return f"{sign}{_trimmed(f'{mantissa:f}')}E{exponent:+03d}"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, Context(prec=400))


def _number(value: Decimal, section: _Section) -> Iterator[str]:
    if section.has("general"):
        text = _said(_general(value), section.numerals)
        yield from (text if kind == "general" else sign for kind, sign in section.tokens)
        return
    value *= 100 ** section.tokens.count(("sign", "%"))
    if section.has("exponent"):
        text = _scientific(value, section.tokens)
    elif ("sign", "/") in section.tokens:
        text = _fraction(value, section.tokens)
    else:
        text = _fixed(value, section.tokens)
    yield _numerals(text, section.numerals, by_digit=True)


def _fixed(value: Decimal, tokens: list[tuple[str, str]]) -> str:
    """Digits into their places: `#,##0.00`, `000-000`, and thousands by commas at the end."""
    point = tokens.index(("sign", ".")) if ("sign", ".") in tokens else len(tokens)
    before, after = tokens[:point], tokens[point + 1 :]
    before, thousands, grouped = _commas(before)
    after, more, _ = _commas(after)
    decimals = min(sum(kind == "digit" for kind, _ in after), _MAX_DECIMALS)
    rounded = _rounded(value.scaleb(-3 * (thousands + more)), decimals)
    whole, _, rest = f"{rounded:f}".partition(".")
    dot = "." if point < len(tokens) else ""
    digits = whole.lstrip("0")
    if dot and not any(kind == "digit" for kind, _ in before):
        return f"{digits}{dot}{_decimals(rest, after)}"
    return _whole_part(digits, before, grouped) + dot + _decimals(rest, after)


def _commas(tokens: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], int, bool]:
    """The tokens without commas; how many stand after the last digit; whether any stands between
    digits."""
    places = [index for index, (kind, _) in enumerate(tokens) if kind == "digit"]
    commas = [index for index, token in enumerate(tokens) if token == ("sign", ",")]
    last = places[-1] if places else len(tokens)
    rest = [token for token in tokens if token != ("sign", ",")]
    grouped = any(places[0] < index < last for index in commas) if places else False
    return rest, sum(index > last for index in commas), grouped


def _whole_part(digits: str, tokens: list[tuple[str, str]], grouped: bool) -> str:
    """The digits before the point from the right; the first place takes all that are left."""
    written: list[str] = []
    left, count = list(digits), 0
    first = next((i for i, (kind, _) in enumerate(tokens) if kind == "digit"), None)
    for index in range(len(tokens) - 1, -1, -1):
        kind, sign = tokens[index]
        if kind != "digit":
            written.append(sign)
            continue
        taken = [left.pop() if left else {"0": "0", "?": " "}.get(sign, "")]
        while index == first and left:
            taken.append(left.pop())
        for digit in filter(None, taken):
            if grouped and count and count % 3 == 0 and digit != " ":
                written.append(",")
            written.append(digit)
            count += 1
    return "".join(reversed(written))


def _decimals(digits: str, tokens: list[tuple[str, str]]) -> str:
    kept = len(digits.rstrip("0"))
    written, number = [], 0
    for kind, sign in tokens:
        if kind != "digit":
            written.append(sign)
            continue
        shown_digit = digits[number : number + 1] if sign == "0" or number < kept else ""
        written.append(shown_digit or {"?": " "}.get(sign, ""))
        number += 1
    return "".join(written)


def _scientific(value: Decimal, tokens: list[tuple[str, str]]) -> str:
    at = next(index for index, (kind, _) in enumerate(tokens) if kind == "exponent")
    mantissa, after = tokens[:at], tokens[at + 1 :]
    whole = mantissa[: mantissa.index(("sign", "."))] if ("sign", ".") in mantissa else mantissa
    step = max(1, sum(kind == "digit" for kind, _ in whole))
    exponent = (value.adjusted() // step) * step if value else 0
    decimals = sum(kind == "digit" for kind, _ in mantissa[len(whole) :])
    if _rounded(value.scaleb(-exponent), decimals) >= 10**step:
        exponent += step  # 9.996 is 10.00, which is 1.00 of the next
    sign = "-" if exponent < 0 else "+" if tokens[at][1].endswith("+") else ""
    scaled = _fixed(value.scaleb(-exponent), mantissa)
    return f"{scaled}E{sign}{_fixed(Decimal(abs(exponent)), after)}"


def _fraction(value: Decimal, tokens: list[tuple[str, str]]) -> str:
    """`# ?/?`: a whole number and a fraction; `?/8` has its denominator given."""
    slash = tokens.index(("sign", "/"))
    given = "".join(sign for _, sign in tokens[slash + 1 :]).strip()
    digits = sum(kind == "digit" for kind, _ in tokens[slash + 1 :]) or 1
    fixed = int(given) if given.isdigit() and int(given) else 0
    mixed = any(token == ("text", " ") for token in tokens[:slash])
    whole = int(value) if mixed else 0
    rest = Fraction(value) - whole
    if fixed:
        top, bottom = int(rest * fixed + Fraction(1, 2)), fixed
    else:
        top, bottom = rest.limit_denominator(10 ** min(digits, 6) - 1).as_integer_ratio()
    if mixed and top == bottom:
        whole, top = whole + 1, 0
    parts = [str(whole)] * (mixed and (bool(whole) or not top)) + [f"{top}/{bottom}"] * bool(top)
    return " ".join(parts) or "0"


def _said(text: str, numerals: int) -> str:
    """A number without a format, in numerals: 一十二 and 〇, where a date has 十二 and 零."""
    said = "〇" if numerals == 1 and text == "0" else _numerals(text, numerals, by_digit=False)
    return f"一{said}" if numerals == 1 and said.startswith("十") else said


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def _numerals(text: str, numerals: int, by_digit: bool) -> str:
    """`[DBNum1]` 一百二十, `[DBNum2]` 壹佰贰拾, `[DBNum3]` full-width digits."""
    if numerals not in (1, 2):
        return text.translate(_WIDE) if numerals == 3 else text
    signs = FORMAL if numerals == 2 else PLAIN
    if by_digit:
        return spelled(text, signs)
    whole, dot, rest = text.partition(".")
    if not whole.isdigit():
        return spelled(text, signs)
    return counted(int(whole), signs) + dot + spelled(rest, signs)


# --- dates --------------------------------------------------------------------------------------

_MONTHS = "January,February,March,April,May,June,July,August,September,October,November,December"
_DAYS = "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday"
_CHINESE_DAYS = "一二三四五六日"


def _date(serial: Decimal, section: _Section, date_1904: bool) -> str:
    if not 0 <= serial < _LAST_DAY:
        return HASHES
    parts = [
        sign for kind, sign in section.tokens if kind == "date" and sign.startswith(("s", "S"))
    ]
    fine = max((len(sign.partition(".")[2]) for sign in parts), default=0)
    seconds = _rounded(serial * 86400, min(fine, 6))
    moment = _moment(seconds, date_1904)
    tokens = section.tokens
    half = section.has("half")
    return "".join(
        _date_part(index, tokens, moment, seconds, half, section) for index in range(len(tokens))
    )


def _moment(seconds: Decimal, date_1904: bool) -> datetime:
    """Days count from 1900, which Excel takes for a leap year, or from 1904."""
    first = datetime(1904, 1, 1) if date_1904 else datetime(1899, 12, 30)
    if not date_1904 and seconds < 60 * 86400:
        first += timedelta(days=1)
    return first + timedelta(microseconds=int(seconds * 1_000_000))


def _date_part(
    index: int, tokens: list[tuple[str, str]], moment: datetime, seconds: Decimal, half: bool,
    section: _Section,
) -> str:  # fmt: skip
    kind, sign = tokens[index]
    if kind == "elapsed":
        unit = {"h": 3600, "m": 60, "s": 1}[sign[0]]
        return f"{int(seconds // unit):0{len(sign)}d}"
    if kind == "half":
        first, second = sign.split("/")
        return first if moment.hour < 12 else second
    if kind != "date":
        return sign
    low = sign.lower()
    if low[0] == "m" and _is_minute(index, tokens):
        return _numerals(f"{moment.minute:0{min(len(low), 2)}d}", section.numerals, False)
    if low[0] == "h":
        hour = (moment.hour - 1) % 12 + 1 if half else moment.hour
        return _numerals(f"{hour:0{min(len(low), 2)}d}", section.numerals, False)
    return _named_part(low, moment, section)


def _named_part(low: str, moment: datetime, section: _Section) -> str:
    """A year, month, day, weekday or second."""
    letter, length, chinese = low[0], len(low), section.is_chinese
    if letter in "ye":
        year = f"{moment.year % 100:02d}" if letter == "y" and length < 3 else str(moment.year)
        return _numerals(year, section.numerals, by_digit=True)
    if letter == "s":
        whole, dot, rest = low.partition(".")
        tail = f"{moment.microsecond:06d}"[: len(rest)]
        return f"{moment.second:0{min(len(whole), 2)}d}{dot}{tail}"
    if letter == "a" or (letter == "d" and length > 2 and chinese):
        name = _CHINESE_DAYS[moment.weekday()]
        return name if low == "aaa" else ("周" if low == "ddd" else "星期") + name
    if letter == "m" and length > 2 and chinese:
        return (counted(moment.month, PLAIN) if length > 3 else str(moment.month)) + "月"
    if length > 2:
        name = (
            _MONTHS.split(",")[moment.month - 1]
            if letter == "m"
            else _DAYS.split(",")[moment.weekday()]
        )
        return name if length == 4 else name[: 1 if length == 5 else 3]
    number = moment.month if letter == "m" else moment.day
    return _numerals(f"{number:0{length}d}", section.numerals, by_digit=False)


def _is_minute(index: int, tokens: list[tuple[str, str]]) -> bool:
    """`m` is the minute after hours and before seconds, the month elsewhere."""
    if len(tokens[index][1]) > 2:
        return False
    dated = [(i, sign[0].lower()) for i, (kind, sign) in enumerate(tokens)
             if kind in ("date", "elapsed")]  # fmt: skip
    own = [i for i, _ in dated].index(index)
    before = dated[own - 1][1] if own else ""
    after = dated[own + 1][1] if own + 1 < len(dated) else ""
    return before == "h" or after == "s"
