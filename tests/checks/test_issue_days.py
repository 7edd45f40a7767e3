"""When a report was signed, issued, published and corrected."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.checks import RULES
from samples import inspect
from subjects import findings, places, subject


def test_issued_before_it_is_published() -> None:
    text = "first_published: 2026-08-20 09:00\npublic_info: {{issued: {}}}"
    assert not findings("issued_after_publication", text.format("2026-08-20"))
    assert findings("issued_after_publication", text.format("2026-08-21"))
    assert not findings("late_publication", text.format("2026-07-23"))
    assert findings("late_publication", text.format("2026-07-22"))


def test_nothing_is_finished_before_the_year_ends() -> None:
    text = (
        "public_info: {issued: 2025-12-30}\n"
        "evaluation: {completed: 4月2日}\n"
        "signature: {date: 2025年8月1日}"
    )
    assert places("before_year_end", text) == ["public_info/issued", "signature/date"]
    assert not findings("before_year_end", "public_info: {issued: 2025-12-31}")
    assert findings("signature_date", text)
    assert not findings(
        "signature_date", "public_info: {issued: 2026-08-01}\nsignature: {date: 2026年8月1日}"
    )


def test_corrections_follow_the_publication() -> None:
    text = "first_published: 2026-08-20\ncorrections: [{{id: c, date: {}}}]"
    assert places("correction_date", text.format("2026-08-19")) == ["corrections/c/date"]
    assert not findings("correction_date", text.format("2026-08-20"))


@pytest.mark.parametrize(
    ("date", "early"),
    [
        ("2025年8月12日", True), ("2025-08-12", True), ("2025.8.12", True), ("2025/8/12", True),
        ("2025年8月", True), ("二〇二五年八月十二日", True), ("二○二五年十一月二十日", True),
        ("2026年8月12日", False), ("2026-08-12", False), ("二〇二六年八月十二日", False),
        ("2025年12月31日", False), ("2025年12月", False), ("八月", False),
    ],
)  # fmt: skip
def test_a_signature_before_the_year_is_over(date: str, early: bool) -> None:
    text = f"signature: {{office: 甲局, date: {date}}}"
    assert places("before_year_end", text) == (["signature/date"] if early else [])


@pytest.mark.parametrize(
    ("published", "issued", "wrong"),
    [
        ("2026-08-19 09:00", "2026-08-12", False), ("2062-08-19 09:00", "2026-08-12", True),
        ("2029-08-19 09:00", "2026-08-12", True), ("2028-08-19 09:00", "2026-08-12", False),
        ("2030-08-19 09:00", "2030-08-12", False), ("2036-08-19 09:00", "2036-08-12", True),
    ],
)  # fmt: skip
def test_a_publication_far_away_hides_the_report(published: str, issued: str, wrong: bool) -> None:
    text = f"first_published: {published}\npublic_info: {{issued: {issued}}}"
    assert places("publication_year", text) == (["first_published"] if wrong else [])


def test_a_report_is_not_of_a_year_after_its_dates() -> None:
    text = "first_published: 2026-08-19 09:00"
    check = RULES["year_ahead"].of_report
    assert check
    assert [f.rule for f in check(subject(text, year=2052))] == ["year_ahead"]
    assert not list(check(subject(text, year=2025)))
    assert not list(check(subject("title: 甲", year=2052)))


def test_a_year_far_behind_all_others_is_odd(tmp_path: Path) -> None:
    state = "state: draft"
    files = {"data/reports/education/2025.yml": state, "data/reports/education/2052.yml": state}
    found = [f for f in inspect(tmp_path, dict(files)) if f.rule == "odd_year"]
    assert [f.where.file for f in found] == ["data/reports/education/2052.yml"]


def test_neighbouring_years_are_not_odd(tmp_path: Path) -> None:
    state = "state: draft"
    files = {"data/reports/education/2025.yml": state, "data/reports/education/2029.yml": state}
    assert not [f for f in inspect(tmp_path, dict(files)) if f.rule == "odd_year"]


def test_a_cut_off_day_after_the_report() -> None:
    def found(sentence: str) -> list[str]:
        text = f"public_info: {{issued: 2026-08-12}}\nbody: {{overview: [{sentence}]}}"
        return places("cutoff_ahead", text)

    assert found("截至2026年12月31日实有55人。") == ["body/overview/1/text"]
    assert found("截至2026年底实有55人。") == ["body/overview/1/text"]
    assert found("截至2025年12月31日实有55人。") == []
    assert found("到2027年底建成。") == []
