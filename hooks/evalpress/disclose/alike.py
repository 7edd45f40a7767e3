"""A public text -> the same with its signs made alike, so that a value is found however it is
written.

Width, trailing zeros, thousands separators, hidden characters, traditional characters and Chinese
numerals are made alike in every text. What may be read in two ways (blanks, line ends and marks of
notes inside a number, a wrong point, powers of ten, 19万元零8400元) is read in both.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from evalpress.text.spoken import in_digits
from evalpress.text.traditional import simplified
from evalpress.wording import word


@dataclass(frozen=True)
class Statement:
    """A public text: where it stands, and what it says, signs made alike; `closed` is the same with
    numbers that were torn apart put together, empty where none are."""

    place: str
    text: str
    said: str
    closed: str = ""

    @classmethod
    def of(cls, place: str, said: str) -> Statement:
        """A text as it is to be searched."""
        whole = searchable(said)
        closed = in_digits(_closed(whole))
        if _MARKS_OF_NOTES.search(said):
            whole = searchable(_MARKS_OF_NOTES.sub(" ", said))
        alike = in_digits(whole)
        return cls(place, alike, said, closed if closed != alike else "")


# Signs that stand for a note or count something, and may be digits: “经费19.84①万元” matches.
_MARKS_OF_NOTES = re.compile("[²³¹\u2070-\u209c\u2460-\u24ff\u2776-\u2793]")
# Digits of other scripts and in circles, which are none by their width: “❶”, “〡” match; “1” does
# not.
_DIGIT = re.compile(r"[^\D0-9]|[〡-〩⓿❶-❾➀-➈➊-➒⓵-⓽]")


def searchable(text: str, between: str = " ") -> str:
    """The text with digits, signs, characters and spaces made alike and nothing hidden between
    them; blanks become `between`."""
    alike = simplified(unicodedata.normalize("NFKC", text))
    seen = alike if alike.isprintable() else "".join(filter(_is_seen, alike))
    if _DIGIT.search(seen):
        seen = _DIGIT.sub(lambda m: str(int(unicodedata.numeric(m[0]))), seen)
    return re.sub(r"\s+", between, re.sub(r"(?<=\d)[,\s](?=\d{3}(?!\d))", "", seen))


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) != "Cf" and (sign.isspace() or sign >= " ")


def bare(text: str) -> str:
    """The text alone, without blanks and marks, but for those inside a number."""
    return _MARKS.sub("", searchable(text, ""))


# “甲，乙” matches; “1.2” does not.
_MARKS = re.compile(r"\s|(?<!\d)[^\w\s]|[^\w\s](?!\d)")
_CHINESE = "零〇一二三四五六七八九"
_SIGNS = f"\\d.{_CHINESE}十百千万亿壹贰弍叁肆伍陆柒捌玖拾佰仟两点"
# Between the signs of a number: “24 1.75” matches; “24 个” does not.
_BLANKS = re.compile(rf"(?<=[{_SIGNS}])\s+(?=[{_SIGNS}])")
# Inside a number, and no part of it: “241.75[1]万元”, “241,.75”, “19,8400”, “CNY19” match; “19,84”
# does not.
_BETWEEN = re.compile(
    r"(?<=\d)\[\^?\w{1,3}\](?=\s*[\d.万亿元%])|(?<=\d)[,;|](?=\.\d)|(?<=\d\.)[,;|](?=\d)"
    r"|(?<=\d)['’](?=\d{3}(?!\d))|(?<=\d),(?=\d{4}(?!\d))|(?<=[万亿])元零?(?=\d+元)"
    r"|(?<![A-Za-z])(?:CNY|RMB)(?=\s*\d)|(?<=\d)(?:CNY|RMB)(?![A-Za-z])",
    re.IGNORECASE,
)
# What is written for a decimal point: “241·75”, “241，75万元”, “19点八四” match; “2,410”
# does not.
_POINT = re.compile(
    rf"(?<=\d)[点·。](?=\d)|(?<=\d)[,、](?=\d{{1,2}}\s*[万亿元%])"
    rf"|(?<=[\d{_CHINESE}])[点·.](?=[{_CHINESE}])"
)
# Digits in words behind a point: “1.八四” matches; “八四” does not.
_BEHIND = re.compile(rf"(?<=\d\.)[{_CHINESE}]+|(?<=[{_CHINESE}])\.(?=[{_CHINESE}])")
# “1.984×10^5”, “1.984E5” match; “19×8” does not.
_POWER = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:[×x*]\s*10\s*(?:\^|\*\*)?\s*\{?([1-9])\}?|e\+?0?([1-9]))(?![\dA-Za-z])",
    re.IGNORECASE,
)
# 92.8个点 is said of rates: “8个点” matches; “8个” does not.
_PERCENT_POINTS = re.compile(rf"(?<=[{_SIGNS}])个点")
_LATIN = re.compile(r"(?<=\d)[wW](?![A-Za-z])")
_IN_WORDS = {sign: str(number) for number, sign in enumerate("零一二三四五六七八九")} | {"〇": "0"}


def _closed(text: str) -> str:
    """The text with the signs of each number side by side."""
    joined = _POINT.sub(".", _BETWEEN.sub("", _BLANKS.sub("", text)))
    joined = _PERCENT_POINTS.sub(word("clues", "points"), joined)
    in_figures = _POWER.sub(_multiplied, _BEHIND.sub(_digits_behind, joined))
    return _LATIN.sub(word("clues", "ten_thousand"), in_figures)


def _digits_behind(match: re.Match[str]) -> str:
    """八四 behind a point is 84; a point between digits in words is one in words."""
    if match[0] == ".":
        return "点"
    return "".join(_IN_WORDS[sign] for sign in match[0])


def _multiplied(match: re.Match[str]) -> str:
    """A number times a power of ten, written out."""
    whole, _, rest = match[1].partition(".")
    tens = int(match[2] or match[3])
    moved = f"{whole}{rest[:tens].ljust(tens, '0')}.{rest[tens:]}"
    return moved.rstrip(".")
