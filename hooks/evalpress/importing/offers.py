"""Lines of prose -> figures that could be registered as facts, total and grade: as lines of YAML
that stand in a draft as comments, because only a person knows what a figure means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evalpress.authoring.sheet import scalar
from evalpress.importing.neutral import Line
from evalpress.text.quantities import Figure, read
from evalpress.wording import word

MAX_OFFERED = 60
_TOTAL = re.compile(
    r"(?:自评|评价|综合|绩效)?(?:总分|总得分|得分|评分)[为是：:]?\s*(\d{1,3}(?:\.\d+)?)\s*分"
)
_GRADE = re.compile(
    r"(?:等级|等次|评价结果|结果)[为是：:]?\s*[“\"「]?(优秀|良好|中等|较差|优|良|中|差)"
)
_PLAIN = re.compile(r"[\d,]+(?:\.\d+)?")


def offers_in(lines: Iterable[Line]) -> list[str]:
    """The lines to offer; none where the prose has no figures."""
    kept = list(lines)
    scores = list(_scores(kept))
    facts = list(_facts(kept))
    found = [word("import", "offered_scores"), *scores] if scores else []
    return found + ([word("import", "offered_facts"), "facts:", *facts] if facts else [])


def _scores(lines: list[Line]) -> Iterator[str]:
    for pattern, key in ((_TOTAL, "total"), (_GRADE, "grade")):
        said = {m[1]: line.source for line in lines for m in pattern.finditer(line.text)}
        for value, source in said.items():
            yield f"scores: {{{key}: {value}}}  # {source}"


def _facts(lines: list[Line]) -> Iterator[str]:
    number = 0
    for line in lines:
        for figure in read(line.text):
            if number == MAX_OFFERED:
                return
            if entry := _fact(figure, number + 1):
                number += 1
                yield f"{entry}  # {line.source}"


def _fact(figure: Figure, number: int) -> str:
    value = _PLAIN.match(figure.written)
    name = re.sub(r"^[^\w]+|[^\w）)]+$", "", figure.label)
    if not value or not name or figure.rough:
        return ""
    unit = figure.written[value.end() :].strip()
    shown = f", unit: {scalar(unit)}" if unit else ""
    name = scalar(re.sub(r"[,\[\]{}#:]", " ", name))
    digits = value[0].replace(",", "")
    return f"  - {{id: fact-{number}, name: {name}, value: {digits}{shown}}}"
