"""2 check: rule on amounts that stand twice, in capital numerals (壹佰贰拾万元整) and in figures
beside them: both must be the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from evalpress.checks import rule
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level
from evalpress.text.spoken import whole_number

_DIGIT = "零壹贰貳叁参肆伍陆陸柒捌玖"
_CAPITALS = frozenset("壹贰貳叁肆伍陆陸柒捌玖拾佰仟")
_WORDS = (
    rf"(?P<yuan>[{_DIGIT}拾佰仟万亿]+)[元圆]"
    rf"(?:[整正]|(?:(?P<jiao>[{_DIGIT}])角)?零?(?:(?P<fen>[{_DIGIT}])分)?)?"
)
_FIGURES = r"[￥¥]?\s?(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>[万亿])?元?"
_NAMED = r"(?:即|计|合|共计?|人民币|金额|为|[大小]写|[￥¥：:\s])*"
# Both beside each other, in either order: 伍拾万元整（50万元）, 50万元（大写伍拾万元整）.
_PAIRS = (
    re.compile(rf"{_WORDS}(?:[（(]{_NAMED}|[，,]?{_NAMED}小写{_NAMED}){_FIGURES}", re.ASCII),
    re.compile(
        rf"(?<![\d.,]){_FIGURES}(?:[（(]{_NAMED}|[，,]?{_NAMED}大写{_NAMED}){_WORDS}", re.ASCII
    ),
)
_SCALES = {None: 1, "万": 10**4, "亿": 10**8}


@rule("capital_amount", level=Level.WARNING)
def capital_amounts(subject: Subject) -> Iterator[Finding]:
    """同一个金额写了大写又写小写的，两处要相符。

    依据：算术关系
    """
    if not subject.may_say("佰", "仟", "拾", "元整", "大写", "小写"):
        return
    for pattern in _PAIRS:
        for place, match in subject.matches(pattern):
            said = _spelled(match)
            if said is not None and abs(said - _written(match)) * 2 > _step(match):
                yield subject.find_match(
                    "capital_amount", place, match, value=f"{said.normalize():,f}"
                )


def _spelled(match: re.Match[str]) -> Decimal | None:
    """The amount in capital numerals, in 元; None for signs that are no number."""
    yuan = whole_number(match["yuan"])
    if yuan is None or _CAPITALS.isdisjoint(match["yuan"]):
        return None
    tenths, hundredths = (whole_number(match[unit] or "零") or 0 for unit in ("jiao", "fen"))
    return yuan + Decimal(tenths) / 10 + Decimal(hundredths) / 100


def _written(match: re.Match[str]) -> Decimal:
    return Decimal(match["number"].replace(",", "")) * _SCALES[match["scale"]]


def _step(match: re.Match[str]) -> Decimal:
    """The worth of the last written digit; amounts in 元 are exact."""
    decimals = len(match["number"].partition(".")[2])
    return Decimal(_SCALES[match["scale"]]).scaleb(-decimals) if match["scale"] else Decimal(0)
