"""Samples rotate: nothing is left out for good, and a run can be repeated."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

import sampling
from projects import ROOT

_DRAWN = re.compile(r"\bsample\((?:[^()\n]|\[[^]\n]*\]|\([^()]*\))*, (\d+)\)")
_TRIED = re.compile(r"\boften\((\d+), (\d+)\)")


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


# --- what CONTRIBUTING.md says of it ------------------------------------------------------------


def told() -> dict[str, tuple[set[str], set[str]]]:
    """What the table of what runs where says of each file: in a week, in the night."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for row in re.findall(r"^\| .*`tests/.*$", text, re.MULTILINE):
        what, week, night = [part.strip() for part in row.split("|")[1:4]]
        for file in re.findall(r"`(tests/[\w/]+\.py)`", what):
            found[file][0].update(re.findall(r"\d{2,}|(?<=1 in )\d|^\d$", week))
            found[file][1].update(re.findall(r"\d+|all", night))
    return dict(found)


def drawn_in_tests() -> dict[str, tuple[set[str], set[str]]]:
    """The same as the tests have it."""
    found = {}
    for path in {*(ROOT / "tests").rglob("test_*.py")} - {Path(__file__)}:
        text = path.read_text(encoding="utf-8")
        tried, parts = _TRIED.findall(text), _DRAWN.findall(text)
        if tried or parts:
            week = {*parts, *(times for times, _ in tried)}
            night = {*(["all"] if parts else []), *(nightly for _, nightly in tried)}
            found[path.relative_to(ROOT).as_posix()] = (week, night)
    return found


def test_the_table_of_what_runs_where_is_true() -> None:
    assert told() == drawn_in_tests()
