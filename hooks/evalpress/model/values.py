"""Scalars as clerks write them: text in, typed values out, the written form kept where it matters.

Every value arrives as the text of its YAML scalar, so that `0012`, `no` or `43.20` mean what they
look like. A text that does not fit raises a PydanticCustomError whose type names the message in the
wording catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, LiteralString

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from evalpress.clock import BEIJING
from evalpress.text.links import is_address

MAX_FIGURE = 60  # characters of what is read as a figure or date; longer texts are words

COMPARATORS = {
    "≥": "≥", ">=": "≥", "＞=": "≥", "≧": "≥", "不低于": "≥", "不少于": "≥",
    "≤": "≤", "<=": "≤", "＜=": "≤", "≦": "≤", "不超过": "≤", "不高于": "≤", "不多于": "≤",
    ">": ">", "＞": ">", "大于": ">", "高于": ">",
    "<": "<", "＜": "<", "小于": "<", "低于": "<",
    "大于等于": "≥", "不小于": "≥", "至少": "≥", "小于等于": "≤", "不大于": "≤", "至多": "≤",
    "=": "=", "＝": "=",
}  # fmt: skip

# re.ASCII throughout: else \d takes full-width digits, which Decimal and int read as well.
NUMBER = re.compile(r"[-+]?\d{1,15}(\.\d{1,10})?", re.ASCII)
COUNT = re.compile(r"\d{1,12}", re.ASCII)
# Digits beyond what a figure can have: mostly what binary fractions leave in a spreadsheet.
_LONG = re.compile(r"\d{16,}(?:\.\d+)?|\d+\.\d{11,}", re.ASCII)
# ≥95%, 不低于 95 %, 12次, 0.34万元/个, 5天以内: comparator, value, unit, bound.
_COMPARATOR = "|".join(sorted(map(re.escape, COMPARATORS), key=len, reverse=True))
_MEASURE = re.compile(
    rf"(?P<comparator>{_COMPARATOR})?\s*(?P<value>[-+]?\d{{1,15}}(?:\.\d{{1,10}})?)"
    r"\s*(?P<unit>[^\d\s≥≤<>=,，。;；]{0,12}?)(?P<bound>以上|以下|以内)?",
    re.ASCII,
)
_BOUNDS = {"以上": "≥", "以下": "≤", "以内": "≤"}
# 2025年…, 6月30日前: words about a date, no measure.
_DATE_LIKE = re.compile(r"\d{4}年|\d{1,2}月", re.ASCII)
# 2025-08-15, 2025/8/15, 2025.8.15, 2025年8月15日; a moment adds 9:00 or 09:00:30.
_DAY_FORM = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
DAY = re.compile(_DAY_FORM, re.ASCII)
MOMENT = re.compile(
    rf"{_DAY_FORM}(?:(?:[ T]+|(?<=日))(\d{{1,2}})[:：](\d{{2}})(?:[:：](\d{{2}}))?)?", re.ASCII
)
# 2025, 2025年8月, 2025-08-15, 8月15日: any of the three parts may be left out.
_LOOSE_DATE = re.compile(
    r"(?:(?P<year>\d{4})\s*(?:-|年|$))?\s*(?:(?P<month>\d{1,2})\s*(?:-|月|$))?"
    r"\s*(?:(?P<day>\d{1,2})\s*日?)?",
    re.ASCII,
)
FLAGS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}


def _refuse(kind: LiteralString, found: object) -> PydanticCustomError:
    return PydanticCustomError(kind, "{found}", {"found": str(found)})


def read_number(found: Any) -> Any:
    """A plain decimal number such as `43.20`; no exponent, no thousands separator, no per cent."""
    if isinstance(found, str):
        if not NUMBER.fullmatch(found.strip()):
            is_long = _LONG.fullmatch(found.strip().lstrip("+-"))
            raise _refuse("number_too_long" if is_long else "not_a_number", found)
        return Decimal(found.strip())
    return found


def read_percent(found: Any) -> Any:
    """A percentage as the number before the per cent sign: `86.2%` and `86.2` are both 86.2."""
    if isinstance(found, str):
        return read_number(found.strip().removesuffix("%").removesuffix("％"))
    return found


def read_count(found: Any) -> Any:
    """A whole number, zero or more."""
    if isinstance(found, str):
        if not COUNT.fullmatch(found.strip()):
            is_long = re.fullmatch(r"\d{13,}", found.strip(), re.ASCII)
            raise _refuse("number_too_long" if is_long else "not_a_count", found)
        return int(found)
    return found


def read_flag(found: Any) -> Any:
    """true/false, yes/no or 是/否."""
    if isinstance(found, str):
        if found.strip().lower() not in FLAGS:
            raise _refuse("not_a_flag", found)
        return FLAGS[found.strip().lower()]
    return found


def read_day(found: Any) -> Any:
    """A full calendar date, `2025-08-15`, `2025/8/15`, `2025.8.15` or `2025年8月15日`."""
    if isinstance(found, str):
        match = DAY.fullmatch(found.strip())
        if not match:
            raise _refuse("not_a_day", found)
        return _calendar_day(found, *map(int, match.groups()))
    return found


def _calendar_day(found: object, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _refuse("no_such_day", found) from None


def read_moment(found: Any) -> Any:
    """A time of publication in Beijing time: `2025-08-15 09:00` or `2025年8月15日 9:00`; without a
    time, midnight."""
    if isinstance(found, datetime):
        return found if found.tzinfo else found.replace(tzinfo=BEIJING)
    if isinstance(found, date):
        return datetime(found.year, found.month, found.day, tzinfo=BEIJING)
    match = MOMENT.fullmatch(str(found).strip())
    if not match:
        raise _refuse("not_a_moment", found)
    day = _calendar_day(found, *map(int, match.groups()[:3]))
    try:
        hour, minute, second = (int(part or 0) for part in match.groups()[3:])
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=BEIJING)
    except ValueError:
        raise _refuse("not_a_moment", found) from None


def read_address(found: str) -> str:
    """An address that a page may lead to: web, e-mail, or a path within the site."""
    if not is_address(found):
        raise _refuse("bad_address", found)
    return found


def blank_to_none(found: Any) -> Any:
    """None for a text without signs; anything else stays as it is."""
    return None if isinstance(found, str) and not found.strip() else found


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Number = Annotated[Decimal, BeforeValidator(read_number)]
Percent = Annotated[Decimal, BeforeValidator(read_percent)]
Count = Annotated[int, BeforeValidator(read_count)]
Flag = Annotated[bool, BeforeValidator(read_flag)]
Day = Annotated[date, BeforeValidator(read_day)]
Moment = Annotated[datetime, BeforeValidator(read_moment)]
Address = Annotated[Text, AfterValidator(read_address)]
OptionalText = Annotated[Text | None, BeforeValidator(blank_to_none)]


class Frozen(BaseModel):
    """Base of all that is read; kept between runs without what is at its default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_post_init(self, context: Any, /) -> None:
        """One set of names for all models with the same fields given: they are a fifth of what a
        report takes in memory."""
        given = self.__pydantic_fields_set__
        object.__setattr__(self, "__pydantic_fields_set__", _shared_names(frozenset(given)))

    def __reduce__(self) -> tuple[Any, ...]:
        given = self.__pydantic_fields_set__
        return _restored, (type(self), {k: v for k, v in self.__dict__.items() if k in given})


def _restored(kind: type[Frozen], given: dict[str, Any]) -> Frozen:
    made = kind.__new__(kind)
    object.__setattr__(made, "__dict__", {**_defaults(kind), **given})
    object.__setattr__(made, "__pydantic_fields_set__", _shared_names(frozenset(given)))
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made


@cache
def _shared_names(given: frozenset[str]) -> set[str]:
    """The same names as pydantic holds them; nobody adds to those of a frozen model."""
    return set(given)


@cache
def _defaults(kind: type[Frozen]) -> dict[str, Any]:
    """Every field in its order; those that must be given are filled over."""
    return {name: field.default for name, field in kind.model_fields.items()}


_COMPOUND = (Frozen, tuple, dict)


def parts(node: Any) -> list[Any]:
    """What is directly below a node and may have parts itself: models, tuples, dicts; no scalars.
    Walks over whole reports go through here, so it is kept quick."""
    if isinstance(node, tuple):
        below: Iterable[Any] = node
    elif isinstance(node, dict):
        below = node.values()
    elif isinstance(node, Frozen):
        below = node.__dict__.values()
    else:
        return []
    return [child for child in below if child and isinstance(child, _COMPOUND)]


class Model(Frozen):
    """Base of everything that is read from data/."""


class Written(Frozen):
    """A value that prints exactly as it was written and is understood as far as it can be."""

    written: Text

    def __str__(self) -> str:
        return self.written


def _only_text(found: object) -> str:
    """What was written; how it is understood is never given by hand."""
    if not isinstance(found, str):
        raise PydanticCustomError("not_a_text", "text")
    return found


class Measure(Written):
    """A target or actual value: `≥95%`, `12次`, or words (then `value` is None)."""

    comparator: str | None = None
    value: Decimal | None = None
    unit: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _read(cls, found: Any) -> Any:
        text = _only_text(found).strip()
        match = _MEASURE.fullmatch(text) if len(text) <= MAX_FIGURE else None
        if not match and len(text) <= MAX_FIGURE and _MEASURE.fullmatch(_LONG.sub("1", text)):
            raise _refuse("number_too_long", found)
        if not match or _DATE_LIKE.match(text):
            return {"written": found}
        return {
            "written": found,
            "comparator": COMPARATORS.get(match["comparator"] or _BOUNDS.get(match["bound"], "")),
            "value": Decimal(match["value"]),
            "unit": match["unit"] or None,
        }


class LooseDate(Written):
    """A date as reports give it: a year, a month of a year, a full date, a day without a year."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _read(cls, found: Any) -> Any:
        text = _only_text(found).strip()
        whole = DAY.fullmatch(text)
        text = "-".join(whole.groups()) if whole else text
        match = _LOOSE_DATE.fullmatch(text) if len(text) <= MAX_FIGURE else None
        parts = {k: int(text) for k, text in match.groupdict().items() if text} if match else {}
        if not parts or ("year" in parts and "day" in parts and "month" not in parts):
            raise _refuse("not_a_date", found)
        # 2024 is a leap year: 29 February passes where the year is not known.
        _calendar_day(found, parts.get("year", 2024), parts.get("month", 1), parts.get("day", 1))
        return {"written": found, **parts}
