"""Samples rotate: nothing is left out for good, and a run can be repeated."""

from __future__ import annotations

import pytest

import sampling


def drawn(monkeypatch: pytest.MonkeyPatch, name: str, things: list[int], one_in: int) -> list[int]:
    whole = name == sampling.ALL
    monkeypatch.setattr(sampling, "WHOLE", whole)
    monkeypatch.setattr(sampling, "NUMBER", 0 if whole else sampling._number(name))
    return sampling.sample(things, one_in)


@pytest.mark.parametrize("weeks", [["2026-W49", "2026-W50", "2026-W51"],
                                   ["2026-W52", "2026-W53", "2027-W01"]])  # fmt: skip
def test_everything_has_its_turn(monkeypatch: pytest.MonkeyPatch, weeks: list[str]) -> None:
    things = list(range(10))
    parts = [drawn(monkeypatch, week, things, 3) for week in weeks]
    assert sorted(thing for part in parts for thing in part) == things
    assert drawn(monkeypatch, weeks[0], things, 3) == parts[0]


def test_the_night_tries_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(monkeypatch, sampling.ALL, [1, 2, 3], 3) == [1, 2, 3]


def test_a_sample_is_never_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(drawn(monkeypatch, f"2026-W{n}", [1], 4) == [1] for n in range(10, 14))


def test_a_name_that_is_no_week_is_refused() -> None:
    with pytest.raises(AssertionError, match="2026-W49"):
        sampling._number("monday")
