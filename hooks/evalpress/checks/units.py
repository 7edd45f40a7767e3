"""2 check: what things are counted by -> Findings: one thing by one unit, and by its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evalpress.assess.judging import named
from evalpress.checks import rule
from evalpress.checks.indicator_rows import each_indicator
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level
from evalpress.text.quantities import unit_of

_PERSONS = ("人", "名", "位")


@rule("unit_mixed", level=Level.HINT)
def units_mixed(subject: Subject) -> Iterator[Finding]:
    """同一个指标的指标值和完成值、同一个数据的总数和分项，用同一个单位：不是一处“名”、一处“人”。

    依据：文字习惯
    """
    for _, place, indicator, _ in each_indicator(subject):
        measures = (indicator.target, indicator.adjusted_target, indicator.actual)
        units = list(dict.fromkeys(m.unit for m in measures if m and m.unit))
        if len(units) > 1 and _are_persons(units):
            values = {"name": named(indicator), "found": units[-1], "other": units[0]}
            yield subject.find("unit_mixed", f"{place}/actual", **values)
    for owner, start in subject.owners():
        for fact in owner.facts:
            for part in fact.parts if fact.unit else ():
                if part.unit and part.unit != fact.unit and _are_persons([fact.unit, part.unit]):
                    values = {"name": fact.name, "found": part.unit, "other": fact.unit or ""}
                    place = f"{start}facts/{fact.id}/parts/{part.name}/unit"
                    yield subject.find("unit_mixed", place, **values)


def _are_persons(units: Sequence[str | None]) -> bool:
    """True for units of persons at one scale: 名 and 人, not 名 and 万人."""
    read = {unit_of(unit or "") for unit in units}
    return len(read) == 1 and read <= {unit_of(unit) for unit in _PERSONS}


# What is counted in 辆: “公务用车” matches; “停车场” does not.
_VEHICLES = re.compile(r"(?:用车|公务车|轿车|客车|货车)(?:数量?|保有量|总数)?")
# Said with another unit: “公务用车3台” matches; “公务用车3台次” does not.
_SAID = re.compile(
    r"(?:用车|公务车|轿车|客车|货车)(?:共计?|有|为)?(?P<number>\d{1,4})(?P<unit>[台部])(?![次班])",
    re.ASCII,
)
_NEAR = re.compile(r"[台部](?<=车\d.)|[台部](?<=车[\u4e00-\u9fff]\d.)|[台部](?<=车\d\d.)", re.ASCII)
_WRONG = ("台", "部", "个")


@rule("counting_word", level=Level.HINT)
def counting_words(subject: Subject) -> Iterator[Finding]:
    """车辆的单位写“辆”，不写“台”“部”“个”。

    依据：文字习惯
    """
    for place, name, unit in _counted(subject):
        if unit in _WRONG and _VEHICLES.search(name):
            yield subject.find("counting_word", place, found=f"{name}……{unit}")
    for place, match in subject.matches(_SAID, near=_NEAR):
        yield subject.find_match("counting_word", place, match)


def _counted(subject: Subject) -> Iterator[tuple[str, str, str | None]]:
    """Place, name and unit of what is counted as data."""
    for owner, start in subject.owners():
        for asset in owner.profile.assets if owner.profile else ():
            yield f"{start}profile/assets/{asset.id or asset.name}/unit", asset.name, asset.unit
        for fact in owner.facts:
            yield f"{start}facts/{fact.id}/unit", fact.name, fact.unit
