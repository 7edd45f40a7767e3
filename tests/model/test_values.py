"""Scalars as clerks write them: what is understood, what is refused, what keeps its writing."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from evalpress.clock import BEIJING
from evalpress.model import Problem
from evalpress.model.values import (
    Count,
    Day,
    Flag,
    Id,
    LooseDate,
    Measure,
    Moment,
    Number,
    OptionalText,
    Percent,
)


def read(kind: Any, text: object) -> Any:
    return TypeAdapter(kind).validate_python(text)


def refused(kind: Any, text: object) -> str:
    """The type of the error that the value makes."""
    with pytest.raises(ValidationError) as caught:
        read(kind, text)
    return str(caught.value.errors()[0]["type"])


@pytest.mark.parametrize("text", ["0", "-3", "+2.50", " 43.20 ", "0012", "123456789012345.5"])
def test_plain_decimal_is_a_number_with_its_own_digits(text: str) -> None:
    assert read(Number, text) == Decimal(text)


@pytest.mark.parametrize(
    "text",
    ["1,234", "1e3", "９５", "12万元", ".5", "5.", ".nan", "inf", "", "1_000", "0x1"],
)
def test_anything_else_is_no_number(text: str) -> None:
    assert refused(Number, text) == "not_a_number"


@pytest.mark.parametrize(
    ("kind", "text"),
    [(Number, "1" * 16), (Number, "-95.00000000000001"), (Percent, "95.00000000000001%"),
     (Count, "9" * 13)],
)  # fmt: skip
def test_figure_of_too_many_digits_is_told_as_such(kind: Any, text: str) -> None:
    assert refused(kind, text) == "number_too_long"


@pytest.mark.parametrize("text", ["86.2", "86.2%", "86.2％", " 86.2 % "])
def test_percentage_is_the_number_before_its_sign(text: str) -> None:
    assert read(Percent, text) == Decimal("86.2")


@pytest.mark.parametrize("text", ["1.0", "-1", "二", "１２", ""])
def test_count_is_a_whole_number(text: str) -> None:
    assert read(Count, " 12 ") == 12
    assert refused(Count, text) == "not_a_count"


@pytest.mark.parametrize(
    ("text", "flag"), [("是", True), ("否", False), ("yes", True), ("No", False), ("true", True)]
)
def test_flag_is_yes_or_no(text: str, flag: bool) -> None:
    assert read(Flag, text) is flag


@pytest.mark.parametrize("text", ["对", "1", "0", "", "maybe"])
def test_anything_else_is_no_flag(text: str) -> None:
    assert refused(Flag, text) == "not_a_flag"


@pytest.mark.parametrize("text", ["2025-08-05", "2025-8-5", "2025年8月5日", "2025/8/5", "2025.8.5"])
def test_day_is_a_full_date(text: str) -> None:
    assert read(Day, text) == date(2025, 8, 5)


@pytest.mark.parametrize(
    ("text", "error"),
    [("2025-02-29", "no_such_day"), ("2025-13-01", "no_such_day"), ("0000-01-01", "no_such_day"),
     ("2025", "not_a_day"), ("8/5", "not_a_day"), ("２０２５-08-05", "not_a_day")],
)  # fmt: skip
def test_impossible_day_is_refused(text: str, error: str) -> None:
    assert refused(Day, text) == error


@pytest.mark.parametrize(
    "given",
    ["2025-08-15 09:00", "2025-08-15T09:00:00", datetime(2025, 8, 15, 9), "2025年8月15日 9:00",
     "2025年8月15日9：00", "2025/8/15 9:00"],
)  # fmt: skip
def test_moment_is_in_beijing_time(given: object) -> None:
    assert read(Moment, given) == datetime(2025, 8, 15, 9, tzinfo=BEIJING)


@pytest.mark.parametrize("given", ["2025-08-15", date(2025, 8, 15), "2025年8月15日", "2025/8/15"])
def test_moment_without_a_time_is_midnight(given: object) -> None:
    assert read(Moment, given) == datetime(2025, 8, 15, tzinfo=BEIJING)


@pytest.mark.parametrize(
    "given", ["2025-08-15 25:00", "2025-08-15 9点", "2025-08-159:00", "明天", "", ["2025-08-15"]]
)
def test_anything_else_is_no_moment(given: object) -> None:
    assert refused(Moment, given) == "not_a_moment"


@pytest.mark.parametrize(
    "text", ["A1", "1a", "a_b", "a-", "-a", "教育局", "a b", "a/b", "..", "a\n"]
)
def test_id_is_lower_case_ascii(text: str) -> None:
    assert read(Id, "budget-2025") == "budget-2025"
    assert refused(Id, text) == "string_pattern_mismatch"


def test_blank_text_is_absent() -> None:
    assert read(OptionalText, "  ") is None
    assert read(OptionalText, " 文字 ") == "文字"


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit"),
    [
        ("≥95%", "≥", "95", "%"), (">=95 %", "≥", "95", "%"), ("不低于12次", "≥", "12", "次"),
        ("≤3", "≤", "3", None), ("12次", None, "12", "次"), ("-1.50万元", None, "-1.50", "万元"),
        ("95%以上", "≥", "95", "%"), ("5个工作日以内", "≤", "5", "个工作日"),
    ],
)  # fmt: skip
def test_measure_is_understood(
    text: str, comparator: str | None, value: str, unit: str | None
) -> None:
    measure = read(Measure, text)
    assert (measure.comparator, measure.value, measure.unit) == (comparator, Decimal(value), unit)
    assert str(measure) == text


@pytest.mark.parametrize(
    "text",
    ["高", "全年365天*24小时", "1,234.5", "９５%", "1-3次", "12月底前", "2025年8月", "95%，3次"],
)
def test_measure_in_words_keeps_only_its_writing(text: str) -> None:
    measure = read(Measure, text)
    assert (str(measure), measure.value, measure.comparator) == (text, None, None)


@pytest.mark.parametrize("kind", [Measure, LooseDate])
@pytest.mark.parametrize("given", [{"written": "9", "value": "8"}, ["9"], 9])
def test_understanding_of_a_written_value_is_never_given_by_hand(kind: Any, given: object) -> None:
    assert refused(kind, given) == "not_a_text"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2025", (2025, None, None)), ("2025年8月", (2025, 8, None)), ("2025-08", (2025, 8, None)),
        ("2025-08-15", (2025, 8, 15)), ("8月15日", (None, 8, 15)), ("8月", (None, 8, None)),
        ("15日", (None, None, 15)), ("2月29日", (None, 2, 29)), ("2025 年 8 月", (2025, 8, None)),
        ("2025.8.15", (2025, 8, 15)), ("2025/8/15", (2025, 8, 15)),
    ],
)  # fmt: skip
def test_date_may_lack_parts(text: str, parts: tuple[int | None, ...]) -> None:
    loose = read(LooseDate, text)
    assert (loose.year, loose.month, loose.day) == parts
    assert str(loose) == text


@pytest.mark.parametrize(
    ("text", "error"),
    [("8.15", "not_a_date"), ("年", "not_a_date"), ("8月15日—16日", "not_a_date"),
     ("2025年15日", "not_a_date"), ("2月30日", "no_such_day"), ("2025年2月29日", "no_such_day")],
)  # fmt: skip
def test_date_that_cannot_be_is_refused(text: str, error: str) -> None:
    assert refused(LooseDate, text) == error


# --- what models share --------------------------------------------------------------------------


def test_models_with_the_same_fields_share_their_names_and_copies_have_their_own() -> None:
    one, other = (Problem.model_validate({"id": name, "text": "缺人。"}) for name in "ab")
    assert one.model_fields_set is other.model_fields_set
    assert pickle.loads(pickle.dumps(one)).model_fields_set is one.model_fields_set
    copied = one.model_copy(update={"measure": "增编。"})
    assert copied.model_fields_set == {"id", "text", "measure"}
    assert one.model_fields_set == {"id", "text"}
