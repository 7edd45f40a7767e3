"""evalpress.assess.targets: how many targets were met, and which was missed by most."""

from __future__ import annotations

from decimal import Decimal as D

from evalpress.assess.targets import Targets, furthest, targets
from evalpress.model import PublicReport
from samples import public

ROWS = """
indicators:
  - {id: a, name: 一, target: ≥5个, actual: 6个}
  - {id: b, name: 二, target: ≥300人, actual: 264人, full_marks: 5, score: 5}
  - {id: c, name: 三, target: 显著提升, actual: 显著提升, full_marks: 5, score: 5}
  - {id: d, level2: 四, not_applicable: 不涉及}
  - {id: e, name: 五, target: ≥10次, actual: 5次}
projects: [{id: p, name: 甲, indicators: [{id: f, name: 六, target: ≤20天, actual: 80天}]}]
"""


def report(withheld: str = "") -> PublicReport:
    return public(f"{ROWS}{withheld}")


def test_points_and_words_decide_nothing_and_projects_inside_count() -> None:
    found = targets(report())
    assert found == Targets(met=1, missed=3, unjudged=1)
    assert found.asked == 5
    assert not targets(public("version: 1"))


def test_what_is_withheld_is_not_judged() -> None:
    place = "withheld: [{place: projects/p/indicators/f/actual, reason: 涉密}]"
    assert targets(report(place)) == Targets(met=1, missed=2, unjudged=2)


def test_the_target_that_was_missed_by_most() -> None:
    worst = furthest(report())
    assert worst is not None
    assert (worst.indicator.id, worst.attained) == ("f", D("0.25"))
    hidden = furthest(report("withheld: [{place: projects/p/indicators/f, reason: 涉密}]"))
    assert hidden is not None
    assert hidden.indicator.id == "e"
    assert furthest(public("indicators: [{id: a, name: 一, target: 5个, actual: 6个}]")) is None
