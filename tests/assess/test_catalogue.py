"""evalpress.assess.catalogue: questions about all reports; totals, and what is never mixed."""

from __future__ import annotations

import pytest

from evalpress.assess import Catalogue, assess
from evalpress.assess.punctuality import Status
from evalpress.disclose.public import disclose
from evalpress.load import load
from samples import DATA, NOW, public, reference


def money(amounts: str, more: str = "") -> str:
    return f"funds: {{rows: [{{id: total, amounts: {{{amounts}}}{more}}}]}}"


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
