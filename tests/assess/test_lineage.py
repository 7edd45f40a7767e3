"""Departments that became others, in the order of their passings."""

from __future__ import annotations

from evalpress.assess.lineage import lineage, predecessors
from evalpress.assess.trends import department_history
from histories import MERGED, TWICE, catalogue, with_departments

# Sport became youth, which became culture; media gave only some of its duties.


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
