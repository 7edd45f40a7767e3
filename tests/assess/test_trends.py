"""evalpress.assess.trends: a department's years side by side, with their gaps and cuts."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from evalpress.assess.judging import Outcome
from evalpress.assess.natures import Move
from evalpress.assess.trends import (
    Gap,
    Passing,
    SchemeCut,
    aftermath,
    changes,
    department_history,
    fund_series,
    indicator_lines,
    lineage,
    predecessors,
    rate_series,
    score_series,
)
from evalpress.model import FollowupStatus
from histories import (
    MERGED,
    NEW,
    OLD,
    TWICE,
    catalogue,
    indicators,
    two,
    with_departments,
    years_of,
)
from samples import reference

SCORE = "scores: {total: %s}"
FUNDS = "funds: {rows: [{id: total, amounts: {budget: %s, executed: %s}}]}"


# --- series -------------------------------------------------------------------------------------


def test_a_series_has_every_year_and_says_why_one_is_empty() -> None:
    known = with_departments(
        {"id": "education", "names": "甲", "exemptions": [{"year": 2023, "reason": "免"}]},
        {"id": "media", "names": "乙"},
    )
    whole = catalogue(known, education_2021=SCORE % 90, media_2022="", media_2023="",
                      education_2024="title: 无得分", education_2025=SCORE % 95)  # fmt: skip
    points = score_series(years_of(whole))
    assert [(p.year, p.value, p.gap) for p in points] == [
        (2021, D("90.00"), None), (2022, None, Gap.UNPUBLISHED), (2023, None, Gap.EXEMPT),
        (2024, None, Gap.NOT_STATED), (2025, D("95.00"), None),
    ]  # fmt: skip


def test_a_withheld_score_breaks_the_series_and_says_so() -> None:
    hidden = f"{SCORE % 90}\nwithheld: [{{place: scores/total, reason: 依法}}]"
    points = score_series(two(hidden, SCORE % 95))
    assert [(p.value, p.gap) for p in points] == [(None, Gap.WITHHELD), (D("95.00"), None)]


def test_withheld_money_breaks_rates_and_funds() -> None:
    hidden = FUNDS % (100, 90) + "\nwithheld: [{place: funds/total/executed, reason: 依法}]"
    found = two(hidden, FUNDS % (100, 50))
    assert [(p.value, p.gap) for p in rate_series(found)] == [
        (None, Gap.WITHHELD),
        (D("50.00"), None),
    ]
    points, unit = fund_series(found)
    assert [(p.value, p.whole, p.gap) for p in points] == [
        (None, D(100), Gap.WITHHELD), (D(50), D(100), None),
    ]  # fmt: skip
    assert unit == "万元"


def test_money_in_another_unit_is_not_drawn() -> None:
    other = FUNDS.replace("funds: {", "funds: {unit: 元, ") % (1000000, 900000)
    points, _ = fund_series(two(other, FUNDS % (9, 8)))
    assert points[0].value is None and points[0].gap is Gap.OTHER_UNIT


def test_another_scheme_cuts_the_scores_and_not_the_rates() -> None:
    text = f"scheme: none\n{SCORE % 90}\n{FUNDS % (10, 9)}"
    found = years_of(
        catalogue(education_2024=text, education_2025=f"{SCORE % 95}\n{FUNDS % (10, 9)}")
    )
    name = reference().schemes["plain"].name
    assert [p.cuts for p in score_series(found)] == [(), (SchemeCut(name),)]
    assert [p.cuts for p in rate_series(found)] == [(), ()]


# --- departments that became others -------------------------------------------------------------


# Sport became youth, which became culture; media gave only some of its duties.


def test_a_merger_cuts_every_series_of_the_department_that_takes() -> None:
    texts = {f"culture_{y}": f"{SCORE % 90}\n{FUNDS % (10, 9)}" for y in (2023, 2024, 2025)}
    found = years_of(catalogue(MERGED, **texts), "culture")
    for points in (score_series(found), rate_series(found), fund_series(found)[0]):
        cuts = {p.year: [c.giver.id for c in p.cuts if isinstance(c, Passing)] for p in points}
        assert cuts == {2023: [], 2024: ["sport"], 2025: ["media"]}


def test_a_department_that_gave_duties_away_is_cut_and_an_abolished_one_only_ends() -> None:
    texts = {
        f"{d}_{y}": SCORE % 90 for d in ("sport", "media", "culture") for y in (2023, 2024, 2025)
    }
    whole = catalogue(MERGED, **texts)
    assert [len(p.cuts) for p in score_series(years_of(whole, "media"))] == [0, 0, 1]
    assert [len(p.cuts) for p in score_series(years_of(whole, "sport"))] == [0, 0, 0]


def test_a_department_that_begins_with_a_merger_has_nothing_to_be_cut_from() -> None:
    whole = catalogue(MERGED, culture_2024=SCORE % 90, culture_2025=SCORE % 91)
    assert score_series(years_of(whole, "culture"))[0].cuts == ()


def test_predecessors_come_latest_first_and_unknown_ones_are_left_out() -> None:
    culture = MERGED.departments["culture"]
    assert [p.giver.id for p in predecessors(catalogue(MERGED), culture)] == ["media", "sport"]
    alone = with_departments(
        {"id": "sport", "names": "体育局", "successors": [{"id": "nobody", "since": "2024-01-01"}]}
    )
    assert department_history(catalogue(alone), alone.departments["sport"]).passings == ()


def test_a_lineage_goes_on_through_whole_passings_and_ends_in_a_circle() -> None:
    whole = catalogue(TWICE)

    def back(department: str) -> list[str]:
        known = whole.reference.departments[department]
        return [p.giver.id for p in lineage(whole, known, predecessors)]

    assert (back("culture"), back("youth"), back("sport")) == (["youth", "sport"], ["sport"], [])
    round_about = [
        {"id": a, "names": a, "abolished": "2023-12-31",
         "successors": [{"id": b, "since": "2024-01-01"}]}
        for a, b in (("sport", "youth"), ("youth", "sport"))
    ]  # fmt: skip
    whole = catalogue(with_departments(*round_about))
    assert back("sport") == ["youth"]


# --- indicators ---------------------------------------------------------------------------------


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


# --- problems -----------------------------------------------------------------------------------


def test_what_became_of_last_year_s_problems() -> None:
    old = "problems: [{id: a, text: 甲。}, {id: b, text: 乙。}, {id: c, text: 丙。}]"
    new = """
problems: [{id: b, text: 乙还在。}]
followups:
  - {year: 2024, problem: a, status: solved}
  - {year: 2023, problem: c, status: solved}
"""
    now, before = two(old, new).latest or (0, 0)
    assert now and before
    found = {a.problem.id: (a.status, a.again) for a in aftermath(before.report, now.report)}
    assert found == {"a": (FollowupStatus.SOLVED, False), "b": (None, True), "c": (None, False)}
