"""evalpress.assess.judging: whether targets were met, and whether they moved."""

from __future__ import annotations

import pytest

from evalpress.assess.judging import (
    Outcome,
    is_quantified,
    judge,
    outcome,
    target_move,
)
from evalpress.assess.natures import Move
from evalpress.model import Indicator


def indicator(**fields: object) -> Indicator:
    return Indicator.model_validate({"id": "i", "name": "培训人数", **fields})


@pytest.mark.parametrize(
    ("fields", "met"),
    [
        ({"target": "≥300人", "actual": "264人"}, False),
        ({"target": "≥300人", "actual": "300人"}, True),
        ({"target": ">300人", "actual": "300人"}, False),
        ({"target": "≤110元", "actual": "118元"}, False),
        ({"target": "≤110元", "actual": "100元"}, True),
        ({"target": "=100%", "actual": "98.2%"}, False),
        ({"target": "=2台", "actual": "3台"}, None),
        ({"target": "0起", "actual": "1起"}, False),
        ({"target": "=0起", "actual": "0起"}, True),
        ({"target": "100%", "actual": "72.74%", "name": "政府采购执行率"}, False),
        ({"target": "100%", "actual": "92%", "name": "人员控制率"}, None),
        ({"target": "30万元", "actual": "24万元", "level1": "成本指标"}, None),
        ({"target": "30万元", "actual": "24万元", "nature": "negative"}, True),
        ({"target": "0.3万元", "actual": "2800元", "nature": "negative"}, True),
        ({"target": "100%", "actual": "100"}, True),
        ({"target": "6次", "actual": "3期"}, "unknown"),
        ({"target": "6月30日前", "actual": "8月11日", "nature": "date"}, "unknown"),
        ({"target": "建立机制", "actual": "2个街道试行"}, "unknown"),
        ({"target": "5个", "adjusted_target": "4个", "actual": "4个"}, True),
    ],
)  # fmt: skip
def test_whether_a_target_is_met(fields: dict[str, str], met: object) -> None:
    judged = judge(indicator(**fields))
    assert (judged.met if judged else "unknown") == met


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"target": "≥9", "actual": "9"}, Outcome.MET),
        ({"target": "≤9天", "actual": "10天"}, Outcome.MISSED),
        ({"target": "9", "actual": "8", "nature": "negative"}, Outcome.MET),
        ({"target": "9次", "actual": "8天"}, Outcome.UNKNOWN),
        ({"target": "=2台", "actual": "3台", "full_marks": 5, "score": 5}, Outcome.UNKNOWN),
        ({"target": "健全", "actual": "较健全", "full_marks": 5, "score": 4}, Outcome.UNKNOWN),
        ({"target": "健全", "actual": "健全", "full_marks": 5, "score": 5}, Outcome.UNKNOWN),
        ({"target": "≥9", "actual": "8", "full_marks": 5, "score": 5}, Outcome.MISSED),
        ({"target": "≥9", "actual": "9", "full_marks": 5, "score": 0}, Outcome.MET),
        ({"target": "20～25℃", "actual": "22℃", "nature": "range"}, Outcome.MET),
        ({"target": "6月30日前", "actual": "8月11日", "nature": "date"}, Outcome.MISSED),
        ({"target": "90%", "actual": "95%", "nature": "qualitative"}, Outcome.UNKNOWN),
        ({"target": "健全", "actual": "健全"}, Outcome.UNKNOWN),
    ],
)
def test_outcomes_are_told_in_closed_words(fields: dict[str, object], expected: Outcome) -> None:
    assert outcome(indicator(**fields)) is expected


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ({"target": "≥90%"}, {"target": "≥95%"}, Move.LOWERED),
        ({"target": "≥95%"}, {"target": "≥90%"}, Move.RAISED),
        ({"target": "≤30天"}, {"target": "≤20天"}, Move.LOWERED),
        ({"target": "≥95%"}, {"target": "≥95%"}, Move.SAME),
        ({"target": "≥95.0%"}, {"target": "≥95%"}, Move.SAME),
        ({"target": "3次"}, {"target": "3期"}, Move.CHANGED),
        ({"target": "建立机制"}, {"target": "完善机制"}, Move.CHANGED),
        ({"target": "30万元", "name": "会议经费"}, {"target": "24万元"}, Move.CHANGED),
        ({"target": "≥95%"}, {}, None),
        (
            {"target": "90%", "nature": "positive"},
            {"target": "95%", "nature": "text"},
            Move.CHANGED,
        ),
        (
            {"target": "3天", "name": "办理时限"},
            {"target": "5天", "nature": "negative"},
            Move.RAISED,
        ),
    ],
)
def test_how_targets_move(
    now: dict[str, str], before: dict[str, str], expected: Move | None
) -> None:
    assert target_move(indicator(**now), indicator(**before)) is expected


def test_what_is_quantified() -> None:
    assert is_quantified(indicator(target="12次")) and is_quantified(indicator(target="6月30日前"))
    assert not is_quantified(indicator(target="进一步提高")) and not is_quantified(indicator())
