"""A report against the one of the year before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evalpress.checks import RULES, earlier
from evalpress.findings import Finding
from samples import written
from subjects import subject


def compared(rule: str, now: str, before: str) -> list[Finding]:
    """What a rule finds in a report beside last year's."""
    of_report = RULES[rule].of_report
    assert of_report
    return list(of_report(replace(subject(now), earlier=written(before, year=2024))))


def indicator(**fields: str) -> str:
    return "indicators: [{" + ", ".join(f"{k}: {v}" for k, v in fields.items()) + "}]"


def test_nothing_to_compare() -> None:
    for registered in RULES.values():
        if registered.of_report and registered.of_report.__module__ == earlier.__name__:
            assert not list(registered.of_report(subject("title: 报告")))


def test_renamed_indicators() -> None:
    before = indicator(id="trained", name="培训人数")
    assert compared("indicator_renamed", indicator(id="trained", name="培训人次"), before)
    assert compared("indicator_renamed", indicator(id="people", name="培训人数"), before)
    assert not compared("indicator_renamed", before, before)
    assert not compared("indicator_renamed", indicator(id="roads", name="道路"), before)


def test_dropped_indicators() -> None:
    before = "indicators: [{id: a, name: 甲}, {id: b, name: 乙}]"
    (found,) = compared("indicator_dropped", indicator(id="a", name="甲"), before)
    assert "乙" in found.what and "甲" not in found.what
    assert not compared("indicator_dropped", "title: 报告", before)


@pytest.mark.parametrize(
    ("now", "before", "lowered"),
    [("≥260人", "≥300人", True), ("≥300人", "≥260人", False), ("≤90元", "≤80元", True),
     ("≤80元", "≤90元", False), ("≥3期", "≥300人", False), ("好", "≥3人", False)],
)  # fmt: skip
def test_lowered_targets(now: str, before: str, lowered: bool) -> None:
    texts = [indicator(id="a", name="甲", target=target) for target in (now, before)]
    assert bool(compared("target_lowered", *texts)) is lowered


LONG = (
    "支出节奏不均衡，一季度只支出全年预算的百分之十七"
    "，第四季度集中支付，结转较多，影响资金使用效益。"
)


def problem(text: str, measure: str = "按季通报", name: str = "p") -> str:
    return f"problems: [{{id: {name}, text: {text}, measure: {measure}}}]"


def test_the_same_problem_again() -> None:
    before = problem(LONG)
    assert compared("problem_repeated", problem(LONG.replace("十七", "十八"), name="other"), before)
    assert not compared("problem_repeated", problem("食堂供餐能力不足"), before)
    assert compared("measure_unchanged", problem("支出仍慢"), before)
    assert not compared("measure_unchanged", problem("支出仍慢", "暂停下达额度"), before)


def test_copied_paragraphs() -> None:
    text = f"body: {{overview: {LONG}}}"
    assert len(compared("text_copied", text, text)) == 1
    assert not compared("text_copied", text, "body: {overview: 短}")


def funds(table: str, rows: str) -> str:
    return f"funds: {{table: {table}, rows: [{rows}]}}"


@pytest.mark.parametrize(("carried", "differs"), [("50", False), ("20", False), ("60", True)])
def test_no_more_is_carried_over_than_was_left(carried: str, differs: bool) -> None:
    before = funds("four-rows", "{id: total, amounts: {budget: 100, executed: 50}}")
    now = funds(
        "four-rows",
        "{id: total, amounts: {budget: 200}}, {id: carried, amounts: {initial: " + f"{carried}}}}}",
    )
    found = compared("carried_differs", now, before)
    assert [f.place for f in found] == (["funds/carried/initial"] if differs else [])


def test_carried_over_as_the_year_before_says() -> None:
    before = funds(
        "appropriation", "{id: total, amounts: {appropriated: 100, executed: 50, carried_over: 50}}"
    )
    now = funds("four-rows", "{id: carried, amounts: {initial: 40}}")
    assert compared("carried_differs", now, before)
    assert not compared("carried_differs", now.replace("40", "50"), before)
