"""evalpress.assess.trends: a department's years side by side, with their gaps and cuts."""

from __future__ import annotations

from decimal import Decimal as D

from evalpress.assess.lineage import Passing
from evalpress.assess.trends import (
    Gap,
    SchemeCut,
    fund_series,
    rate_series,
    score_series,
)
from histories import (
    MERGED,
    catalogue,
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
