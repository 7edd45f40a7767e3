"""evalpress.assess.medians: only what can be compared has a middle."""

from __future__ import annotations

from decimal import Decimal as D

from evalpress.assess import Catalogue, assess
from evalpress.assess.medians import Median, medians, middle
from evalpress.disclose.public import disclose
from samples import NOW, reference, written

SCORED = "scores: {total: %s}\nfunds: {rows: [{id: total, rate: %s}]}"
NAMES = ("education", "finance", "cyber", "school", "media")


def catalogue(*texts: str) -> Catalogue:
    reports = [written(text, name) for name, text in zip(NAMES, texts, strict=False)]
    return assess(disclose(reports, reference(), NOW), reference(), NOW)


def found(*texts: str) -> list[Median]:
    whole = catalogue(*texts)
    known = medians(whole)
    return [known.of(one) for one in whole.assessments.values()]


def test_a_median_has_two_decimals_and_needs_three_values() -> None:
    assert middle([D(90), D(91)]) is None
    assert middle([D("97.5"), D(90), D("91.25")]) == D("91.25")
    assert middle([D("90.01"), D("90.02"), D(80), D(99)]) == D("90.02"), "halves go up"


def test_only_reports_of_one_scheme_are_compared() -> None:
    own = [SCORED % (score, rate) for score, rate in ((90, 80), (92, 85), (97, 99))]
    other = (
        "scheme: none\nscores: {total: 60, full_marks: 100}\nfunds: {rows: [{id: total, rate: 10}]}"
    )
    assert found(*own, other) == [Median(D("92.00"), D("85.00"))] * 3 + [Median()]


def test_another_provenance_is_neither_counted_nor_compared() -> None:
    own = [SCORED % (score, 90) for score in (90, 92)]
    assert set(found(*own, f"provenance: adapted\n{SCORED % (60, 10)}")) == {Median()}


def test_what_is_withheld_is_not_counted() -> None:
    own = [SCORED % (score, 90) for score in (90, 92)]
    hidden = f"{SCORED % (60, 91)}\nwithheld: [{{place: scores/total, reason: 依法}}]"
    assert found(*own, hidden)[0] == Median(None, D("90.00"))
