"""evalpress.assess.money: rates and amounts, and what must not be guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evalpress.assess import Assessment, assess_report, percent
from samples import public, reference


def assessed(text: str) -> Assessment:
    return assess_report(public(text, "education", 2025), reference())


def money(amounts: str, more: str = "") -> str:
    return f"funds: {{rows: [{{id: total, amounts: {{{amounts}}}{more}}}]}}"


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
