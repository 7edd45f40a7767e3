"""The words of a heading -> what it may mean in a part of a form, by the reference data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache

from evalpress.model import FormPart, Reference

_BRACKETS = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]")
_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．])"
)
_OF_WHICH = re.compile(r"^其中[:：]?")
_YEAR = re.compile(r"^((?:19|20)\d{2})年?度?(?=.)|^(?:本|当)年度?(?=.)")
_UNIT = re.compile(r"((?:百万|千万|亿|万|千|百)?[美欧日港]?元)")
_UNIT_BEHIND = re.compile(r"[/:,、\s]*(?:百万元|千元|万元|亿元)$|[/:,、\s]+元$")
_MARKS = ":：*＊;；、，,。"
MAX_HEADING = 120  # characters; what is longer is a text
# Parts that have no values of their own time: a person stays one, 负责人（审核）.
_REGARDLESS = frozenset([FormPart.TITLE, FormPart.SECTION, FormPart.PERSON])
NONE = ""  # what is known to be a heading and has no field


@lru_cache(maxsize=4_096)
def plain(text: str) -> str:
    """A heading without what varies: width of signs, blanks, a colon at its end."""
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s+", "", folded).strip(_MARKS + "-—")


@lru_cache(maxsize=4_096)
def bare(text: str) -> str:
    """The same without its brackets and number: 全年预算数（A） -> 全年预算数."""
    folded = _BRACKETS.sub("", re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))
    return _NUMBER.sub("", folded).strip(_MARKS + "-—").rstrip("%")


def brackets(text: str) -> list[str]:
    """What stands in a heading's brackets: 执行数（上年） -> 上年."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return [found[1:-1] for found in _BRACKETS.findall(folded)]


def unit_in(text: str) -> str:
    """The unit of money that stands in a heading's brackets, at its end or behind 单位: 万元; or
    nothing."""
    folded = unicodedata.normalize("NFKC", text).strip()
    behind = _UNIT_BEHIND.search(folded)
    found = brackets(text) or ([folded] if "单位" in folded else [behind[0]] if behind else [])
    units = [match[1] for part in found if (match := _UNIT.search(re.sub(r"\s+", "", part)))]
    return units[0] if len(set(units)) == 1 else ""


class Vocabulary:
    """What the headings of forms mean, by `data/forms.yml` and the region's own fund tables."""

    def __init__(self, reference: Reference, year: str = "") -> None:
        """From the reference data of a folder; `year` is that of the form, if it is known."""
        self.reference, self.year = reference, year

    def of_year(self, year: str) -> Vocabulary:
        """The same words for a form of this year: what a heading says of another one is not
        meant."""
        if year == self.year:
            return self
        other = Vocabulary(self.reference, year)
        other.__dict__["_meanings"] = self._meanings
        other.__dict__["_qualifiers"] = self._qualifiers
        return other

    @cached_property
    def _meanings(self) -> dict[tuple[FormPart, str], list[str]]:
        found: dict[tuple[FormPart, str], list[str]] = {}
        for entry in self.reference.forms.values():
            for label in entry.labels:
                _add(found, entry.part, label, entry.means or NONE)
        for table in self.reference.fund_tables.values():
            for column in table.columns:
                role = column.role if column.role != "other" else column.id
                _add(found, FormPart.FUND_COLUMN, column.name, str(role))
        return found

    def meanings(self, part: FormPart, text: str) -> list[str]:
        """Every meaning of a heading in a part of a form, `NONE` among them for a heading without
        a field; an empty list where nobody knows it. The exact wording goes before the bare one."""
        if len(text) > MAX_HEADING:
            return []
        apart = [] if part in _REGARDLESS else self._apart(text)
        for key in _keys(text, self.year, apart):
            if found := self._meanings.get((part, key)):
                return found
        return self._of_halves(part, text)

    def qualifies(self, text: str) -> bool:
        """Whether a text says of what time or by whom the values are whose heading stands below it:
        上年, 复核, a year that is not the form's."""
        known = (FormPart.QUALIFIER, plain(text)) in self._meanings
        return known or _is_other_year(plain(text), self.year)

    def _apart(self, text: str) -> list[str]:
        """Brackets without which a heading would mean something else: 执行数（上年）."""
        return [
            found for found in brackets(text)
            if any(word in found for word in self._qualifiers) or _is_other_year(found, self.year)
        ]  # fmt: skip

    @cached_property
    def _qualifiers(self) -> list[str]:
        return [label for part, label in self._meanings if part is FormPart.QUALIFIER]

    def _of_halves(self, part: FormPart, text: str) -> list[str]:
        """分值/权重: two headings for one thing."""
        if self._apart(text):
            return []
        halves = re.split("[/或、]", bare(text))
        found = [self._meanings.get((part, half), []) for half in halves]
        return found[0] if len(found) > 1 and all(f and f == found[0] for f in found) else []

    def knows(self, part: FormPart, text: str) -> bool:
        """Whether the text is a heading of this part."""
        return bool(self.meanings(part, text))


def _keys(text: str, year: str, apart: list[str]) -> Iterable[str]:
    """The wordings of a heading under which it may be known, the exact one first; one with brackets
    that stand `apart` as if these stood before or below it."""
    whole, short = plain(text), bare(text)
    if apart:
        both = (key for found in apart for key in (f"{short}/{found}", f"{found}{short}"))
        return [whole, *(key for one in both for key in (one, _undated(one, year)) if key)]
    without = _OF_WHICH.sub("", short).strip(_MARKS)
    behind = _UNIT_BEHIND.sub("", short)
    return [
        key for key in dict.fromkeys((whole, short, without, behind, _undated(short, year))) if key
    ]


def _undated(short: str, year: str) -> str:
    """A heading without the form's year; nothing for one of another year."""
    dated = _YEAR.match(short)
    other = dated and year and dated[1] and dated[1] != year
    return "" if other else _YEAR.sub("", short)


def _is_other_year(text: str, year: str) -> bool:
    found = re.fullmatch(r"((?:19|20)\d{2})年?度?", text)
    return bool(found and year and found[1] != year)


def _add(
    found: dict[tuple[FormPart, str], list[str]], part: FormPart, label: str, means: str
) -> None:
    for key in dict.fromkeys((plain(label), bare(label))):
        known = found.setdefault((part, key), [])
        if means not in known:
            known.append(means)
