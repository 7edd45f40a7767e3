"""evalpress.text.last_days: the last day of a deadline that people wrote."""

from __future__ import annotations

import pytest

from evalpress.text.last_days import last_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年4月底前", "2026-04-30"), ("2024年2月底前完成", "2024-02-29"),
        ("2026年6月15日前", "2026-06-15"), ("2026年9月", "2026-09-30"),
        ("2026年9月前", "2026-09-30"), ("2026年底前", "2026-12-31"),
        ("2026年3月中旬", "2026-03-20"), ("2026年起执行", None), ("2026年", None),
        ("长期坚持", None), ("2026年13月底前", None), ("2026年2月30日前", None),
    ],
)  # fmt: skip
def test_the_last_day_of_a_deadline(text: str, day: str | None) -> None:
    found = last_day(text)
    assert (str(found) if found else None) == day
