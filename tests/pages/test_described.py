"""What a PDF says of itself beside its text."""

from __future__ import annotations

from evalpress.assess import assess
from evalpress.pages.described import dates, facts, subject
from samples import public, reference

PUBLISHED = "first_published: 2026-08-19 09:10\n"
CORRECTED = """
version: 2
corrections:
  - {id: a, kind: material, date: 2026年9月, old: 甲, new: 乙}
  - {id: b, kind: wording, date: 2026-08-30, old: 甲, new: 乙}
"""


def test_an_edition_is_of_its_last_correction() -> None:
    report = public(PUBLISHED + CORRECTED)
    assert dates(report) == ("2026-08-19T09:10:00+08:00", "2026-09")
    assert [value for _, value in facts(report)] == ["第2版", "2026-08-19", "2026年9月"]


def test_the_first_edition_is_of_its_publication() -> None:
    report = public(PUBLISHED)
    assert len(set(dates(report))) == 1
    assert [value for _, value in facts(report)] == ["第1版", "2026-08-19"]


def test_what_is_not_known_is_left_out() -> None:
    report = public("title: 甲")
    assert dates(report) == ("", "")
    assert [value for _, value in facts(report)] == ["第1版"]


def test_the_subject_says_whose_report_it_is_or_what_its_summary_says() -> None:
    for text, said in (("", "2025年度，部门整体支出绩效自评报告（"), ("摘要。", "摘要。（")):
        info = f"public_info: {{summary: {text}}}\n" if text else ""
        catalogue = assess([public(PUBLISHED + info)], reference())
        (assessment,) = catalogue.assessments.values()
        assert said in subject(assessment)
        assert "首次发布2026-08-19" in subject(assessment)
