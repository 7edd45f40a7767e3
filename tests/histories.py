"""Departments over the years for tests: reports by `department_year`, mergers, indicators."""

from __future__ import annotations

import dataclasses

from evalpress.assess import Catalogue, assess
from evalpress.assess.trends import History, department_history
from evalpress.disclose.public import disclose
from evalpress.model import Department, Reference
from samples import NOW, reference, written


def with_departments(*entries: dict[str, object]) -> Reference:
    """The county's reference data with departments of the test's own."""
    made = [Department.model_validate({"regions": "yunting", **entry}) for entry in entries]
    return dataclasses.replace(reference(), departments={d.id: d for d in made})


PLAIN = with_departments({"id": "education", "names": "云汀县教育局"})


def catalogue(known: Reference = PLAIN, **texts: str) -> Catalogue:
    """Reports by `department_year`."""
    reports = [
        written(text, name.rpartition("_")[0], int(name.rpartition("_")[2]))
        for name, text in texts.items()
    ]
    return assess(disclose(reports, known, NOW), known)


def years_of(whole: Catalogue, department: str = "education") -> History:
    return department_history(whole, whole.reference.departments[department])


def two(before: str, now: str) -> History:
    """A department with a report of 2024 and one of 2025."""
    return years_of(catalogue(education_2024=before, education_2025=now))


MERGED = with_departments(
    {"id": "sport", "names": "体育局", "abolished": "2023-12-31",
     "successors": [{"id": "culture", "since": "2024-01-01"}]},
    {"id": "culture", "names": "文化局"},
    {"id": "media", "names": "电视台", "successors": [{"id": "culture", "since": "2025-01-01"}]},
)  # fmt: skip
TWICE = with_departments(
    {"id": "sport", "names": "体育局", "abolished": "2021-12-31",
     "successors": [{"id": "youth", "since": "2022-01-01"}]},
    {"id": "youth", "names": "青少年局", "abolished": "2023-12-31",
     "successors": [{"id": "culture", "since": "2024-01-01"}]},
    {"id": "culture", "names": "文化局"},
    {"id": "media", "names": "电视台", "successors": [{"id": "youth", "since": "2022-01-01"}]},
)  # fmt: skip


def indicators(*entries: str) -> str:
    return "indicators:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries)


OLD = indicators("id: a, name: 覆盖率, target: ≥95%, actual: 90%", "id: b, name: 场次, target: 5场")
NEW = indicators("id: a, name: 覆盖率, target: ≥90%, actual: 92%", "id: c, name: 人数, target: 9人")
