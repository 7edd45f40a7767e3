"""evalpress.assess.natures: every nature judges and moves in a way of its own."""

from __future__ import annotations

import pytest

from evalpress.assess.judging import Outcome, judge, outcome, target_move
from evalpress.assess.natures import WAYS, Move, counts
from evalpress.model import Indicator, Nature
from evalpress.wording import catalogue, word

# By nature: a target and an actual value; whether it is met, None where values cannot tell.
JUDGED: dict[Nature, list[tuple[str, str, bool | None]]] = {
    Nature.POSITIVE: [("90%", "95%", True), ("90%", "80%", False)],
    Nature.NEGATIVE: [("90%", "95%", False), ("90%", "80%", True)],
    Nature.RANGE: [("20～25℃", "27℃", None), ("90%", "80%", None)],
    Nature.QUALITATIVE: [("90%", "80%", None), ("健全", "较健全", None)],
    Nature.DATE: [("6月30日前", "8月11日", None), ("30天", "20天", None)],
    Nature.TEXT: [("90%", "80%", None)],
}
# By nature: a target and an actual value; whether values alone say that it was met.
MET: dict[Nature, list[tuple[str, str, bool | None]]] = {
    Nature.POSITIVE: [("90%", "95%", True), ("90%", "80%", False), ("90%", "八成", None)],
    Nature.NEGATIVE: [("90%", "95%", False), ("90%", "80%", True)],
    Nature.RANGE: [
        ("20～25℃", "27℃", False), ("20～25℃", "25℃", True), ("90%-95%", "92%", True),
        ("20～25℃", "22", True), ("20～25℃", "22天", None), ("20～25℃", "≥22℃", None),
        ("90%", "80%", None),
    ],
    Nature.QUALITATIVE: [("90%", "95%", None), ("健全", "健全", None)],
    Nature.DATE: [
        ("6月30日前", "8月11日", False), ("6月30日前", "6月20日完成", True),
        ("6月30日前", "6月30日", None), ("6月30日以前", "6月30日", True),
        ("6月30日前", "6月", None), ("6月底前", "6月20日", True), ("6月底前", "6月", True),
        ("6月前", "6月20日", None), ("2025年6月底前", "2025年5月", True),
        ("2025年6月底前", "5月", None), ("6月底前", "次年1月", None), ("30天", "20天", None),
    ],
    Nature.TEXT: [("90%", "95%", None)],
}  # fmt: skip
# By nature: the target of the year before, the new one, how it moved.
MOVED: dict[Nature, list[tuple[str, str, Move]]] = {
    Nature.POSITIVE: [("90%", "80%", Move.LOWERED), ("80%", "90%", Move.RAISED)],
    Nature.NEGATIVE: [("90%", "80%", Move.RAISED), ("80%", "90%", Move.LOWERED)],
    Nature.RANGE: [
        ("90%", "80%", Move.CHANGED),
        ("20～25℃", "22～24℃", Move.NARROWED),
        ("90%-95%", "85—95%", Move.WIDENED),
        ("3至5天", "4至6天", Move.CHANGED),
        ("3至5天", "3至5个月", Move.CHANGED),
        ("3-5天", "3～5天", Move.SAME),
        ("5～3天", "4～3天", Move.CHANGED),
    ],
    Nature.QUALITATIVE: [("90%", "80%", Move.CHANGED), ("≥90%", "≥80%", Move.CHANGED)],
    Nature.DATE: [
        ("90%", "80%", Move.CHANGED),
        ("9月30日前", "6月30日前", Move.EARLIER),
        ("6月底", "11月底", Move.LATER),
        ("2025年3月", "2025年6月", Move.LATER),
        ("2024年6月30日前", "2025年6月30日前", Move.CHANGED),
        ("6月30日前", "6月底前", Move.CHANGED),
        ("6月", "6月30日", Move.CHANGED),
        ("6月", "7月15日", Move.LATER),
        ("06月1日", "6月1日", Move.SAME),
    ],
    Nature.TEXT: [("90%", "80%", Move.CHANGED), ("建立机制", "完善机制", Move.CHANGED)],
}

DIRECTED = (Nature.POSITIVE, Nature.NEGATIVE)


def indicator(**fields: object) -> Indicator:
    return Indicator.model_validate({"id": "i", "name": "培训人数", **fields})


def test_every_nature_has_a_way_of_counting() -> None:
    assert set(WAYS) == {None, *Nature}
    examples = (set(JUDGED), set(MET), set(MOVED))
    assert all(names == set(Nature) for names in examples), "a new nature needs examples here"


@pytest.mark.parametrize("nature", Nature)
def test_every_nature_judges(nature: Nature) -> None:
    for target, actual, met in JUDGED[nature]:
        judged = judge(indicator(nature=nature, target=target, actual=actual))
        assert (judged.met if judged else None) is met, (target, actual)


@pytest.mark.parametrize("nature", Nature)
def test_values_alone_say_whether_a_target_was_met(nature: Nature) -> None:
    said = {True: Outcome.MET, False: Outcome.MISSED, None: Outcome.UNKNOWN}
    for target, actual, met in MET[nature]:
        given = {"nature": nature, "target": target, "actual": actual}
        for points in ({}, {"full_marks": 5, "score": 5}, {"full_marks": 5, "score": 3}):
            assert outcome(indicator(**given, **points)) is said[met], (target, actual, points)


@pytest.mark.parametrize("nature", Nature)
def test_every_nature_moves(nature: Nature) -> None:
    for before, now, move in MOVED[nature]:
        old, new = indicator(nature=nature, target=before), indicator(nature=nature, target=now)
        assert target_move(new, old) is move, (before, now)


@pytest.mark.parametrize("nature", [nature for nature in Nature if nature not in DIRECTED])
def test_only_more_or_less_is_raised_or_lowered(nature: Nature) -> None:
    ways = {move for _, _, move in MOVED[nature]}
    assert not ways & {Move.RAISED, Move.LOWERED}


def test_a_nature_counts_in_one_way() -> None:
    with pytest.raises(ValueError, match="already"):
        counts(Nature.TEXT)(type(WAYS[Nature.TEXT]))


def test_every_nature_and_every_move_has_words() -> None:
    for nature in Nature:
        assert word("natures", nature) and catalogue("fields")["choices"]["Nature"][nature]
    assert all(word("trends", "moves", move) for move in Move)
