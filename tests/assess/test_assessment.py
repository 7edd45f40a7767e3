"""evalpress.assess.assessment: a report's score and grade, and what must not be guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evalpress.assess import Assessment, assess_report
from samples import public, reference


def assessed(text: str) -> Assessment:
    return assess_report(public(text, "education", 2025), reference())


def test_a_per_cent_needs_full_marks() -> None:
    assert assessed("scores: {total: 95}").score_percent == 95
    assert assessed("scheme: none\nscores: {total: 95}").score_percent is None
    own = assessed("scheme: none\nscores: {total: 95, full_marks: 120}")
    assert own.score_percent == Decimal("79.17")
    assert assessed("scores: {grade: 优}").score_percent is None


@pytest.mark.parametrize(("word", "grade"), [("优秀", "excellent"), ("良", "good"), ("差", "poor")])
def test_grade_is_understood_from_its_word(word: str, grade: str) -> None:
    found = assessed(f"scores: {{grade: {word}}}")
    assert found.grade_word == word
    assert found.grade is not None
    assert found.grade.id == grade


def test_no_grade_follows_from_a_score() -> None:
    assert assessed("scores: {total: 95}").grade is None


def test_withheld_score_leaves_no_per_cent() -> None:
    text = "scores: {total: 95}\nwithheld: [{place: scores/total, reason: 依法}]"
    assert assessed(text).score_percent is None
