"""The list of names: every name of every department, every public report, nothing else."""

from __future__ import annotations

import json
from functools import cache

from evalpress.assess import Catalogue, assess
from evalpress.disclose.public import disclose, publish
from evalpress.load import load
from evalpress.search.names import grouped_addresses, names, series_of
from samples import DATA, NOW, reference, written
from search import mini

YEARS = (2024, 2025)


@cache
def catalogue() -> Catalogue:
    return assess(disclose(load(DATA).reports, reference(), NOW), reference())


def of(text: str, *more: str) -> Catalogue:
    reports = [written(each, year=year) for each, year in zip((text, *more), YEARS, strict=False)]
    return assess([publish(r, reference(), NOW) for r in reports], reference())


def row(found: Catalogue, department: str = "education") -> list[object]:
    return next(d for d in names(found)["departments"] if d[0] == department)


def test_every_report_stands_in_it_once_and_in_order() -> None:
    groups = grouped_addresses(catalogue())
    reports = [address for _, *reports in groups for address in reports]
    assert sorted(reports) == sorted(key.address for key in catalogue().assessments)
    rows = [
        [f"{id}/", *(f"{id}/{y}/{s[0] and s[0] + '/'}" for s in found for y in s[3])]
        for id, *_, found in names(catalogue())["departments"]
    ]
    assert rows == groups


def test_every_name_of_every_department_stands_in_it() -> None:
    for department, found in zip(
        catalogue().departments, names(catalogue())["departments"], strict=True
    ):
        said = json.dumps(found, ensure_ascii=False)
        assert all(name in said for name in department.all_names())
        assert (department.budget_code or "") in said


def test_a_usual_title_is_left_out_and_another_one_kept() -> None:
    found = of("version: 1", "title: 教育局关于绩效自评的报告")
    [series] = row(found)[-1]  # type: ignore[misc]
    assert series[6] == {"2025": "教育局关于绩效自评的报告"}


def test_scores_are_shares_of_full_marks_and_absence_is_absence() -> None:
    found = of("scores: {total: 90, grade: 优, full_marks: 120}", "version: 1")
    [series] = row(found)[-1]  # type: ignore[misc]
    assert series[4:6] == [[75.0, None], [0, -1]]


def test_a_withheld_score_is_not_in_it() -> None:
    secret = "scores: {total: 61.37, grade: 中}\nwithheld: [{place: scores, reason: 依法不公开}]"
    said = json.dumps(names(of(secret)), ensure_ascii=False)
    assert "61.37" not in said
    [series] = row(of(secret))[-1]  # type: ignore[misc]
    assert series[4:6] == [[None], [-1]]


def test_grades_of_one_meaning_stand_together_and_a_strange_one_alone() -> None:
    found = of("scores: {total: 85, grade: 优秀}", "scores: {total: 85, grade: 甲等}")
    groups = names(found)["grades"]
    [series] = row(found)[-1]  # type: ignore[misc]
    words = [word for group in groups for word in group]
    assert [words[place] for place in series[5]] == ["优秀", "甲等"]
    assert next(group for group in groups if "优秀" in group)[0] == "优"
    assert groups[-1] == ["甲等"]


def test_a_year_without_a_report_stands_in_it_with_its_deadline() -> None:
    found = assess([publish(written("version: 1"), reference(), NOW)], mini.with_deadline(2026))
    gaps = {found.departments[place].id: rows for place, rows in names(found)["gaps"]}
    assert gaps["education"] == [[2026, "未公开", "2027-09-15", "", 0]]
    assert [2025, "未公开", "", "", 0] in gaps["finance"]


def test_a_document_that_changes_its_kind_is_two_series() -> None:
    found = of("version: 1", "kind: fiscal-evaluation")
    department = found.reference.departments["education"]
    assert [s.kind for s in series_of(found, department)] == ["department", "fiscal-evaluation"]
