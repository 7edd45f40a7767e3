"""Days by the calendar alone."""

from __future__ import annotations

import pytest

from subjects import findings, places


def test_days_that_do_not_exist() -> None:
    text = "body: {preface: 2月30日开会，13月1日再开，2025年2月29日又开，2月29日、4月30日照常。}"
    assert [f.what.split("”")[0][1:] for f in findings("impossible_day", text)] == [
        "2月30日", "13月1日", "2025年2月29日",
    ]  # fmt: skip


def test_a_day_of_the_end_before_that_of_the_beginning() -> None:
    def found(sentence: str) -> list[str]:
        return places("reversed_range", f"body: {{overview: [{sentence}]}}")

    assert found("5月17日至5月6日核对账目。") == ["body/overview/1/text"]
    assert found("2025年5月17日—2025年4月30日核对账目。") == ["body/overview/1/text"]
    for right in (
        "5月6日至17日核对。",
        "12月20日至1月5日核对。",
        "2025年12月20日至2026年1月5日核对。",
    ):
        assert found(right) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2025年6月11日（星期五）召开", "三"), ("2025年6月11日(周五)召开", "三"),
        ("2025年6月11日周日召开", "三"), ("2025年6月11日（星期三）召开", ""),
        ("2025年6月15日（星期天）召开", ""), ("2025年6月11日周期性检查", ""),
    ],
)  # fmt: skip
def test_a_weekday_is_that_of_the_calendar(text: str, right: str) -> None:
    told = findings("weekday", f"body: {{overview: '{text}'}}")
    assert [f"星期{right}" in one.what + one.fix for one in told] == ([True] if right else [])
