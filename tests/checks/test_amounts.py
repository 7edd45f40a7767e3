"""Amounts: units, signs, sizes, what was executed beside the budget, differences of rounding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evalpress.checks import RULES
from evalpress.checks.signing import apply_waivers
from samples import parsed, reference, written
from subjects import findings, places, subject


def funds(amounts: str, more: str = "", unit: str = "万元") -> str:
    row = f"{{id: total, amounts: {{{amounts}}}{more}}}"
    return f"funds: {{unit: {unit}, rows: [{row}]}}\n"


@pytest.mark.parametrize(
    ("unit", "known"),
    [("万元", True), ("元", True), ("亿元", True), ("千元", True), ("萬圓", False), ("万", False)],
)
def test_a_unit_of_money_is_known(unit: str, known: bool) -> None:
    assert places("money_unit", funds("budget: 1", unit=unit)) == ([] if known else ["funds/unit"])


@pytest.mark.parametrize(
    ("now", "unit", "slip"),
    [
        ("budget: 950, executed: 900", "万元", False),
        ("budget: 9500000, executed: 9000000", "元", False),
        ("budget: 9500000, executed: 9000000", "万元", True),
        ("budget: 950, executed: 900", "元", True),
        ("budget: 2, executed: 1", "万元", False),
    ],
)
def test_ten_thousand_times_last_year_is_a_slip(now: str, unit: str, slip: bool) -> None:
    seen = subject(funds(now, unit=unit))
    earlier = written(funds("budget: 900, executed: 880"), year=2024)
    check = RULES["unit_slip"].of_report
    assert check
    found = list(check(replace(seen, earlier=earlier)))
    assert bool(found) is slip
    assert all("2024 年度 是 900万元" in f.what for f in found)


@pytest.mark.parametrize(
    ("amounts", "slip"),
    [
        ("initial: 900, budget: 950, executed: 9100000", True),
        ("initial: 900, budget: 950, executed: 910", False),
        ("budget: 950, executed: 9100000", True),
        ("budget: 950, executed: 0.2", False),
        ("initial: 0.09, budget: 950, executed: 900", True),
    ],
)
def test_one_amount_of_a_row_in_another_unit_is_a_slip(amounts: str, slip: bool) -> None:
    assert bool(findings("unit_slip", funds(amounts))) is slip


@pytest.mark.parametrize(
    ("amounts", "wrong"),
    [
        ("budget: -950, executed: 900", ["funds/total/budget"]),
        ("budget: 950, executed: -900", ["funds/total/executed"]),
        ("budget: 950, executed: 900", []),
        ("budget: 950, executed: 951, carried_over: -1", []),
    ],
)
def test_amounts_are_not_negative(amounts: str, wrong: list[str]) -> None:
    assert places("negative_amount", funds(amounts)) == wrong


@pytest.mark.parametrize(
    ("amount", "unit", "absurd"),
    [
        ("98765432100", "万元", True), ("9876.54", "万元", False), ("9876.54", "亿元", False),
        ("98765.43", "亿元", True), ("0.005", "万元", True), ("0.4163", "万元", False),
        ("0", "万元", False),
    ],
)  # fmt: skip
def test_absurd_amounts(amount: str, unit: str, absurd: bool) -> None:
    assert bool(findings("absurd_amount", funds(f"budget: {amount}", unit=unit))) is absurd


@pytest.mark.parametrize(
    ("amounts", "more", "over"),
    [
        ("budget: 89, executed: 90", "", True),
        ("budget: 90, executed: 90", "", False),
        ("budget: 90, executed: 90.01", "", False),
        ("appropriated: 89, executed: 90", "", True),
        ("initial: 80, executed: 90", "", False),
        ("initial: 80, budget: 95, executed: 90", "", False),
        ("budget: 95, received: 89, executed: 90", "", False),
        ("budget: 89, executed: 90", ", note: 年中追加", False),
    ],
)
def test_more_executed_than_there_was(amounts: str, more: str, over: bool) -> None:
    assert bool(findings("overspent", funds(amounts, more))) is over


def test_what_the_report_explains_is_no_finding() -> None:
    text = funds("budget: 89, executed: 90")
    assert findings("overspent", text)
    told = "body: {finances: 超支1万元，由上年结转资金解决。}"
    assert not findings("overspent", text + told)
    assert not findings("overspent", text.replace("rows:", "rate_reason: 追加, rows:"))


def test_a_swapped_budget_is_told_as_one() -> None:
    swapped = funds("budget: 90, executed: 100", ", rate: 90%")
    [found] = findings("overspent", swapped)
    assert "填反" in found.fix and found.rule == "overspent"
    assert not findings("overspent", funds("budget: 100, executed: 90", ", rate: 90%"))


@pytest.mark.parametrize(("rate", "over"), [("103%", True), ("100%", False), ("98.5%", False)])
def test_a_rate_above_all(rate: str, over: bool) -> None:
    text = funds("", f", rate: {rate}, full_marks: 10, score: 10")
    assert bool(findings("rate_above_full", text)) is over


TABLE = """
funds:
  unit: {unit}
  rows:
    - {{id: total, amounts: {{budget: {whole}}}}}
    - {{id: appropriation, amounts: {{budget: {first}}}}}
    - {{id: carried, amounts: {{budget: 30}}}}
    - {{id: other, amounts: {{budget: 29.99}}}}
"""


@pytest.mark.parametrize(
    ("whole", "first", "unit", "rule"),
    [
        ("89.99", "30", "万元", ""),
        ("89.97", "30", "万元", "rounding_difference"),
        ("90.02", "30", "万元", "rounding_difference"),
        ("89.95", "30", "万元", "fund_sum"),
        ("90.03", "30", "万元", "fund_sum"),
        ("89.99", "30", "元", ""),
        ("89.98", "30", "元", "fund_sum"),
    ],
)
def test_a_difference_is_exact_rounded_or_wrong(
    whole: str, first: str, unit: str, rule: str
) -> None:
    text = TABLE.format(whole=whole, first=first, unit=unit)
    found = [r for r in ("fund_sum", "rounding_difference") if findings(r, text)]
    assert found == ([rule] if rule else [])


def test_one_signature_settles_all_differences_of_rounding() -> None:
    prose = "body: {finances: 总额89.97万元：甲30万元、乙30万元、丙29.99万元。}\n"
    waiver = "waivers: [{rule: rounding_difference, reason: 四舍五入}]\n"
    text = TABLE.format(whole="89.97", first="30", unit="万元") + prose + waiver
    [found] = findings("rounding_difference", text)
    assert "2 处" in found.what and "第6行" in found.what and "第10行" in found.what
    report = written(text)
    signing = {name: rule.signing for name, rule in RULES.items()}
    signed = apply_waivers([found], [report], {report.source: parsed(text)[0]}, signing)
    assert not signed.open and len(signed.waived) == 1


def test_reference_data_of_the_county_have_known_units() -> None:
    assert {table.unit for table in reference().fund_tables.values()} <= {"万元", "元"}
