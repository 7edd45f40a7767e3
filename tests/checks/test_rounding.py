"""How far a written number may be from the computed one, and how numbers are written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evalpress.checks.rounding import agrees, plain, rate_slack
from samples import reference


@pytest.mark.parametrize(
    ("written", "computed", "fits"),
    [
        ("8.62", "8.6204", True), ("8.6", "8.6204", True), ("9", "8.6204", False),
        ("9.04", "9.0356", True), ("9.03", "9.0356", True), ("9.0356", "9.0356", True),
        ("9.0", "8.6204", False), ("10", "10", True), ("10.00", "10", True),
        ("8.61", "8.6204", False),
    ],
)  # fmt: skip
def test_a_score_may_be_rounded_or_cut_but_not_to_a_whole_number(
    written: str, computed: str, fits: bool
) -> None:
    assert agrees(Decimal(written), Decimal(computed), None) is fits


def test_a_scheme_without_decimals_allows_whole_numbers() -> None:
    scheme = reference().schemes["plain"].model_copy(update={"score_places": 0})
    assert agrees(Decimal(9), Decimal("8.62"), scheme)


@pytest.mark.parametrize(
    ("written", "slack"),
    [("86.2", "0.05"), ("86", "0.5"), ("86.20", "0.01"), ("86.1973", "0.01"), ("1E+2", "50")],
)
def test_a_rate_may_miss_half_of_its_last_decimal_and_always_a_hundredth(
    written: str, slack: str
) -> None:
    assert rate_slack(Decimal(written)) == Decimal(slack)


@pytest.mark.parametrize(("value", "shown"), [("8.50", "8.5"), ("100", "100"), ("0.00", "0")])
def test_messages_write_numbers_without_zeros_at_their_end(value: str, shown: str) -> None:
    assert plain(Decimal(value)) == shown
