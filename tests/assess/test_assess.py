"""3 assess: what follows from the data, and what must not be guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evalpress.assess import Assessment, Catalogue, assess, assess_report, percent
from evalpress.assess.punctuality import Status
from evalpress.disclose.public import disclose
from evalpress.load import load
from samples import DATA, NOW, public, reference


def assessed(text: str, department: str = "education", year: int = 2025) -> Assessment:
    return assess_report(public(text, department, year), reference())


def money(amounts: str, more: str = "") -> str:
    return f"funds: {{rows: [{{id: total, amounts: {{{amounts}}}{more}}}]}}"


# --- rates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rate", "computed"),
    [
        (money("budget: 51.6, executed: 44.38"), "86.01", True),
        (money("initial: 100, budget: 80, executed: 40"), "50.00", True),
        (money("initial: 80, executed: 40"), "50.00", True),
        (money("initial: 100, adjusted: 80, executed: 40"), "50.00", True),
        (money("budget: 80, executed: 40", ", rate: 86%"), "86", False),
        (money("budget: 80, executed: 40, rate: 86"), "86", False),
        (money("", ", rate: 76"), "76", False),
        (money("budget: 80, executed: 0"), "0.00", True),
        (money("budget: 3, executed: 2"), "66.67", True),
        (money("budget: 80, executed: 100"), "125.00", True),
    ],
)  # fmt: skip
def test_rate_is_the_written_one_or_executed_by_budget(
    text: str, rate: str, computed: bool
) -> None:
    found = assessed(text).rate
    assert found is not None
    assert (str(found.percent), found.computed) == (rate, computed)


@pytest.mark.parametrize(
    "text",
    ["", "funds: {rows: []}", money("appropriated: 23.15, executed: 23.15"), money("budget: 80"),
     money("executed: 40"), money("budget: 0, executed: 0"), money("budget: -5, executed: 1"),
     money("received: 5, executed: 5"), money("budget: , executed: 40")],
)  # fmt: skip
def test_no_rate_is_guessed(text: str) -> None:
    assert assessed(text or "version: 1").rate is None


@pytest.mark.parametrize(
    "place", ["funds/total/budget", "funds/total/rate", "funds/total/executed"]
)
def test_no_rate_is_computed_from_what_withholding_left(place: str) -> None:
    text = money("initial: 100, budget: 80.5, executed: 40.25", ", rate: 50%")
    assert assessed(f"{text}\nwithheld: [{{place: {place}, reason: 依法}}]").rate is None


def test_roles_come_from_the_fund_table() -> None:
    text = "funds: {table: approvals, rows: [{id: total, amounts: {revised: 200, executed: 50}}]}"
    rate = assessed(text).rate
    assert rate is not None
    assert rate.percent == 25


def test_total_line_is_total_or_the_first() -> None:
    rows = "{id: a, name: 甲, amounts: {budget: 10}}, {id: total, amounts: {budget: 20}}"
    found = assessed(f"funds: {{rows: [{rows}]}}").money
    assert found is not None
    assert list(found.amounts.values()) == [Decimal(20)]
    first = assessed("funds: {rows: [{id: a, name: 甲, amounts: {budget: 10}}]}").money
    assert first is not None
    assert list(first.amounts.values()) == [Decimal(10)]


@pytest.mark.parametrize(("unit", "shown"), [("", "万元"), ("unit: 元, ", "元")])
def test_unit_is_the_reports_own_or_the_tables(unit: str, shown: str) -> None:
    found = assessed(f"funds: {{{unit}rows: [{{id: total, amounts: {{budget: 1}}}}]}}").money
    assert found is not None
    assert found.unit == shown


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [("1", "3", "33.33"), ("2", "3", "66.67"), ("0.005", "100", "0.01"), ("5", "0", None),
     ("5", "-1", None), ("999999999999999", "0.0000000001", "999999999999999000000000000.00")],
)  # fmt: skip
def test_percent_rounds_half_up_and_needs_a_whole(part: str, whole: str, share: str | None) -> None:
    found = percent(Decimal(part), Decimal(whole))
    assert (None if found is None else str(found)) == share


# --- scores -------------------------------------------------------------------------------------


def test_share_needs_full_marks() -> None:
    assert assessed("scores: {total: 95}").score_percent == 95
    assert assessed("scheme: none\nscores: {total: 95}").score_percent is None
    assert assessed("scheme: none\nscores: {total: 95, full_marks: 120}").score_percent == Decimal(
        "79.17"
    )
    assert assessed("scores: {grade: 优}").score_percent is None


@pytest.mark.parametrize(("word", "grade"), [("优秀", "excellent"), ("良", "good"), ("差", "poor")])
def test_grade_is_understood_from_its_word(word: str, grade: str) -> None:
    found = assessed(f"scores: {{grade: {word}}}")
    assert found.grade_word == word
    assert found.grade is not None
    assert found.grade.id == grade


def test_no_grade_follows_from_a_score() -> None:
    assert assessed("scores: {total: 95}").grade is None


def test_withheld_score_leaves_no_share() -> None:
    text = "scores: {total: 95}\nwithheld: [{place: scores/total, reason: 依法}]"
    assert assessed(text).score_percent is None


# --- the whole ----------------------------------------------------------------------------------


def catalogue(**texts: str) -> Catalogue:
    """A catalogue of overall reports of 2021, by department."""
    return assess([public(text, name, 2021) for name, text in texts.items()], reference())


def region_totals(**texts: str) -> tuple[str, str, str, int]:
    whole = catalogue(**texts)
    totals = whole.totals(whole.regions[0], 2021)
    return str(totals.budget), str(totals.executed), totals.unit, totals.counted


ONE = money("budget: 100.5, executed: 50")
TWO = money("budget: 200, executed: 100.25")


def test_totals_add_up_what_has_both_amounts() -> None:
    assert region_totals(education=ONE, media=TWO) == ("300.5", "150.25", "万元", 2)
    assert region_totals(education=ONE, media=money("budget: 7")) == ("100.5", "50", "万元", 1)
    assert region_totals(education="version: 1") == ("None", "None", "", 0)


def test_totals_never_mix_units() -> None:
    other = TWO.replace("funds: {", "funds: {unit: 元, ")
    assert region_totals(education=ONE, media=ONE, culture=other) == ("201.0", "100", "万元", 2)


def test_totals_never_mix_provenances() -> None:
    real = f"provenance: real\n{TWO}\nscores: {{grade: 优}}"
    assert region_totals(education=ONE, media=real) == ("100.5", "50", "万元", 1)
    whole = catalogue(education=ONE, media=real)
    assert whole.totals(whole.regions[0], 2021).grades == {}


def test_totals_leave_out_what_is_withheld() -> None:
    text = f"{TWO}\nwithheld: [{{place: funds/total/budget, reason: 依法}}]"
    assert region_totals(education=ONE, media=text) == ("100.5", "50", "万元", 1)


def test_totals_never_mix_regions() -> None:
    whole = catalogue(education=ONE)
    other = whole.regions[0].model_copy(update={"id": "elsewhere"})
    totals = whole.totals(other, 2021)
    assert (totals.budget, totals.due, totals.published) == (None, 0, 0)


@pytest.mark.parametrize(
    ("department", "year", "status"),
    [
        ("cyber", 2025, Status.PUBLISHED), ("education", 2025, Status.MISSING),
        ("education", 2019, Status.EXEMPT), ("datacentre", 2021, Status.ABSENT),
        ("datacentre", 2022, Status.MISSING), ("culture", 2022, Status.MISSING),
        ("culture", 2023, Status.ABSENT),
    ],
)  # fmt: skip
def test_coverage_knows_exemptions_and_the_life_of_departments(
    department: str, year: int, status: Status
) -> None:
    loaded = load(DATA)
    whole = assess(disclose(loaded.reports, loaded.reference, NOW), loaded.reference)
    assert whole.status(loaded.reference.departments[department], year) is status


def test_preview_counts_as_preview() -> None:
    whole = assess([public("first_published: 2099-01-01", "cyber")], reference())
    assert whole.status(reference().departments["cyber"], 2025) is Status.PREVIEW


def test_due_leaves_out_the_exempt_and_the_absent() -> None:
    whole = catalogue(education=ONE)
    assert whole.totals(whole.regions[0], 2019).due == len(reference().departments) - 2
    assert whole.totals(whole.regions[0], 2019).published == 0


def test_other_documents_and_history_are_found() -> None:
    loaded = load(DATA)
    whole = assess(disclose(loaded.reports, loaded.reference, NOW), loaded.reference)
    assert [a.key.slug for a in whole.others("school", 2019)] == ["boiler-refit"]
    assert whole.others("school", 2020) == []
    assert [a.key.year for a in whole.history("cyber")] == [2025]
    assert [a.key.year for a in whole.history("school", "boiler-refit")] == [2019]


def test_newest_come_first_and_undated_are_left_out() -> None:
    loaded = load(DATA)
    whole = assess(disclose(loaded.reports, loaded.reference, NOW), loaded.reference)
    assert [a.key.department for a in whole.newest_first] == ["datacentre", "school"]
