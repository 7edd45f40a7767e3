"""Withheld values that still stand elsewhere in what would be public.

A value counts however it is written: with other trailing zeros, thousands separators, full-width
digits, hidden characters between, or in 元 for 万元. Values that are too short to be anybody's are
let pass, because they stand everywhere.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic import BaseModel

from evalpress.disclose.withheld import KEPT, revealing
from evalpress.findings import Finding, Place, find
from evalpress.load import Source, labelled
from evalpress.model import PublicReport, Reference, Report, ReportFile
from evalpress.model.places import walk
from evalpress.model.values import Measure, Written

SHORT_TEXT = 4
COMMON_TEXT = 8  # shorter parts of something withheld may be stock phrases
_SCALES = (Decimal(1), Decimal(10000), Decimal("0.0001"))


def leaks(
    report: Report, public: PublicReport, reference: Reference, source: Source
) -> Iterator[Finding]:
    """A finding for every public text that still holds a value withheld elsewhere."""
    texts = [(place, _searchable(str(v))) for place, _, v in walk(public.content) if _is_leaf(v)]
    texts += [("title", _searchable(public.title))]
    texts += [("withheld", _searchable(notice)) for notice in public.withheld.values()]
    for index, request in enumerate(report.content.withheld):
        if request.place not in public.withheld:
            continue  # a finding of its own
        asked = source.place(("withheld", index, "place"))
        for pattern in _secrets(request.place, report, public, reference):
            for place in dict.fromkeys(place for place, text in texts if pattern.search(text)):
                where = _line(place, pattern, report, source) or asked
                shown = lasting_part(place)
                yield find("withheld_leak", where, found=request.place, place=shown)


def leaks_of_last_year(
    report: Report, public: PublicReport, earlier: Report, known: PublicReport,
    reference: Reference, source: Source,
) -> Iterator[Finding]:  # fmt: skip
    """A finding for every public text that holds what the report of the year before (`earlier`, in
    public `known`) withholds."""
    texts = [(place, _searchable(str(v))) for place, _, v in walk(public.content) if _is_leaf(v)]
    for request in earlier.content.withheld:
        if request.place not in known.withheld:
            continue  # a finding of that report
        for pattern in _secrets(request.place, earlier, known, reference):
            for place in dict.fromkeys(place for place, text in texts if pattern.search(text)):
                where = _line(place, pattern, report, source) or source.place(())
                shown, year = lasting_part(place), earlier.key.year
                yield find("withheld_last_year", where, place=shown, found=request.place, year=year)


def _line(place: str, pattern: re.Pattern[str], report: Report, source: Source) -> Place | None:
    """Where in the file the text at a public place, or its like below the same id, stands."""
    fitting = [
        (found, steps)
        for found, steps, value in walk(report.content)
        if _is_leaf(value)
        and lasting_part(found) == lasting_part(place)
        and pattern.search(_searchable(str(value)))
    ]
    exact = [steps for found, steps in fitting if found == place]
    chosen = [*exact, *(steps for _, steps in fitting)]
    return source.place(chosen[0], labelled(ReportFile, source, chosen[0])) if chosen else None


def lasting_part(place: str) -> str:
    """The part of a place before the first name that is a mere position."""
    parts = place.split("/")
    return "/".join(itertools.takewhile(lambda part: not part.isdigit(), parts))


def _secrets(
    asked: str, report: Report, public: PublicReport, reference: Reference
) -> set[re.Pattern[str]]:
    """What must not be found: the values at the place, and figures from which they would follow."""
    hidden = set(revealing(asked, report, reference))
    left = {place for place, _, _ in walk(public.content)}
    found: set[re.Pattern[str]] = set()
    for place, steps, value in walk(report.content):
        if not _is_leaf(value):
            continue
        named = steps[-1] in KEPT
        if place == asked or (place.startswith(f"{asked}/") and named and place not in left):
            found.update(_patterns(value, SHORT_TEXT))
        elif place.startswith(f"{asked}/") and not named:
            found.update(_patterns(value, COMMON_TEXT))
        elif place in hidden and isinstance(value, Decimal):
            found.update(_number_patterns(value, 3))
    return found


def _is_leaf(value: Any) -> bool:
    if isinstance(value, BaseModel):
        return isinstance(value, Written)
    return isinstance(value, str | Decimal) and not isinstance(value, Enum)


def _patterns(value: Any, shortest: int) -> Iterator[re.Pattern[str]]:
    number = value.value if isinstance(value, Measure) else value
    text = str(value)
    if isinstance(number, str) and re.fullmatch(r"-?\d{1,15}(\.\d{1,10})?", number, re.ASCII):
        number = Decimal(number)
    if isinstance(number, Decimal):
        yield from _number_patterns(number)
    elif len(text) >= shortest:
        yield re.compile(re.escape(_searchable(text)))


def _number_patterns(value: Decimal, significant: int = 0) -> Iterator[re.Pattern[str]]:
    """The number in its unit and in the ones that stand for it (1234.50 万元: 1234.5, 12345000,
    0.12345), standing alone; not what any report may hold: short numbers, and a year before 年."""
    for scale in _SCALES:
        plain = f"{abs(value * scale):f}"
        shown = plain.rstrip("0").rstrip(".") if "." in plain else plain
        digits = shown.replace(".", "").strip("0")
        if len(digits) < 3 and (significant or scale != 1 or len(shown.split(".")[0]) < 4):
            continue
        end = r"0*(?!\d|\.\d)" if "." in shown else r"(\.0+)?(?!\d|\.\d)"
        year = r"(?!\s*年|-\d)" if re.fullmatch(r"(19|20)\d\d", shown) else ""
        yield re.compile(rf"(?<![\d.]){re.escape(shown)}{end}{year}")


def _searchable(text: str) -> str:
    """The text with digits, signs and spaces made alike and nothing hidden between them."""
    alike = unicodedata.normalize("NFKC", text)
    seen = "".join(c for c in alike if unicodedata.category(c) not in ("Cf", "Cc"))
    return re.sub(r"(?<=\d)[,\s](?=\d{3}(?!\d))", "", seen)
