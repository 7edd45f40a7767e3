"""Indicators that kept their identity, and what moved, went and came."""

from __future__ import annotations

import pytest

from evalpress.assess.indicator_years import changes, indicator_lines
from evalpress.assess.judging import Outcome
from evalpress.assess.natures import Move
from histories import NEW, OLD, catalogue, indicators, two, years_of


def test_indicators_are_followed_by_their_ids() -> None:
    (line,) = indicator_lines(two(OLD, NEW).reports)
    assert line.id == "a" and line.newest.name == "覆盖率"
    assert [(f.outcome, f.move) for f in line.years.values()] == [
        (Outcome.MISSED, None), (Outcome.MET, Move.LOWERED),
    ]  # fmt: skip


def test_a_withheld_actual_has_no_outcome() -> None:
    hidden = f"{NEW}withheld: [{{place: indicators/a/actual, reason: 依法}}]"
    (line,) = indicator_lines(two(OLD, hidden).reports)
    assert line.years[2025].outcome is None and "actual" in line.years[2025].withheld
    assert line.years[2024].outcome is Outcome.MISSED


def test_lines_of_the_newest_year_come_first() -> None:
    texts = {
        "education_2023": indicators("id: x, name: 一, target: 1", "id: y, name: 二, target: 1"),
        "education_2024": indicators("id: x, name: 一, target: 1", "id: y, name: 二, target: 1"),
        "education_2025": indicators("id: y, name: 二, target: 1"),
    }
    assert [line.id for line in indicator_lines(years_of(catalogue(**texts)).reports)] == ["y", "x"]


def test_changes_name_what_moved_went_and_came() -> None:
    now, before = two(OLD, NEW).latest or (None, None)
    assert now and before
    found = changes(before.report, now.report)
    assert [(o.id, n.id) for o, n in found.moved[Move.LOWERED]] == [("a", "a")]
    assert [i.id for i in found.dropped] == ["b"] and [i.id for i in found.added] == ["c"]
    assert not changes(now.report, now.report)


@pytest.mark.parametrize(("first", "second"), [("", NEW), (OLD, "")])
def test_a_year_without_indicators_changed_none(first: str, second: str) -> None:
    now, before = two(first, second).latest or (0, 0)
    assert now and before and not changes(before.report, now.report)
