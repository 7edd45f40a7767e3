"""evalpress.assess.reaching: the figures of an indicator that stand on one axis."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from evalpress.assess.indicator_years import indicator_lines
from evalpress.assess.judging import Outcome
from evalpress.assess.reaching import Reached, reached, unit_of_years
from evalpress.assess.trends import Gap
from histories import catalogue

TEXT = "indicators: [{id: a, name: 覆盖率, nature: positive, %s}]"


def years(**texts: str) -> tuple[str | None, list[Reached]]:
    whole = catalogue(**{f"education_{year}": TEXT % text for year, text in texts.items()})
    reports = whole.history("education")
    (line,) = indicator_lines(reports, least=1)
    unit = unit_of_years(line.years)
    return unit, reached(line.years, [r.key.year for r in reports], unit or "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("target: ≥90%, actual: 92%", Reached(2024, D(90), D(92), Outcome.MET)),
        ("target: ≥90%, actual: 80%", Reached(2024, D(90), D(80), Outcome.MISSED)),
        ("target: 持续提高, actual: 80%", Reached(2024, None, D(80), Outcome.UNKNOWN)),
        ("target: ≥90%, actual: 有所提高", Reached(2024, gap=Gap.IN_WORDS)),
        ("target: ≥90%", Reached(2024, gap=Gap.NOT_STATED)),
        ("target: 30所, actual: 28所", Reached(2024, gap=Gap.OTHER_UNIT)),
    ],
)
def test_each_year_has_its_figures_or_says_why_not(text: str, expected: Reached) -> None:
    unit, found = years(**{"2024": text, "2025": "target: ≥95%, actual: 95%"})
    assert unit == "%"
    assert found == [expected, Reached(2025, D(95), D(95), Outcome.MET)]


def test_an_actual_value_is_told_in_the_unit_of_its_target() -> None:
    unit, found = years(**{"2025": "target: ≥0.3万元, actual: 2800元"})
    assert (unit, found) == ("万元", [Reached(2025, D("0.3"), D("0.28"), Outcome.MISSED)])


def test_what_is_withheld_is_a_gap_that_says_so() -> None:
    hidden = TEXT % "target: ≥90%, actual: 92%"
    hidden += "\nwithheld: [{place: indicators/a/actual, reason: 依法}]"
    whole = catalogue(education_2024=hidden, education_2025=TEXT % "target: ≥95%, actual: 95%")
    (line,) = indicator_lines(whole.history("education"))
    assert reached(line.years, [2023, 2024], "%") == [
        Reached(2023),
        Reached(2024, gap=Gap.WITHHELD),
    ]


def test_words_alone_have_no_unit() -> None:
    assert years(**{"2025": "target: 提高, actual: 提高"})[0] is None
