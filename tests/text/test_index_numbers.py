"""索引号 by a pattern: its form, and the next one."""

from __future__ import annotations

import pytest

from evalpress.text.index_numbers import codes_in, filled, form_of, is_pattern, next_number

PATTERN = "YZ{budget_code}/{year}-{serial:5}"
CODES = {"budget_code": "9.1"}


@pytest.mark.parametrize("text", [PATTERN, "{serial:3}", "〔{year}〕{serial:1}号"])
def test_a_pattern(text: str) -> None:
    assert is_pattern(text)


@pytest.mark.parametrize(
    "text", ["2025-00001", "{year}", "{serial}", "{serial:0}", "{serial:5}{serial:5}",
             "{code}/{serial:5}", "{serial:5", "{}{serial:5}", ""],
)  # fmt: skip
def test_no_pattern(text: str) -> None:
    assert not is_pattern(text)


def test_the_form_of_a_department_s_numbers() -> None:
    assert form_of(PATTERN, CODES).fullmatch("YZ9.1/2025-00012")
    for other in ("YZ9x1/2025-00012", "YZ9.1/2025-12", "YZ9.1/25-00012", "YZ9.1/2025-00012 "):
        assert not form_of(PATTERN, CODES).fullmatch(other)
    assert not form_of(PATTERN, CODES, 2026).fullmatch("YZ9.1/2025-00012")
    assert codes_in(PATTERN) == ["budget_code"]


def test_the_next_number_follows_the_highest_of_its_department_and_year() -> None:
    known = ["YZ9.1/2025-00002", "YZ9.1/2025-00011", "YZ9.1/2024-00099", "YZ902/2025-00500", "别的"]
    assert next_number(PATTERN, CODES, 2025, known) == "YZ9.1/2025-00012"
    assert next_number(PATTERN, CODES, 2026, known) == "YZ9.1/2026-00001"


def test_digits_that_do_not_suffice_are_told() -> None:
    assert filled("{serial:2}", {}, 2025, 99) == "99"
    with pytest.raises(OverflowError):
        next_number("{serial:2}", {}, 2025, ["99"])
