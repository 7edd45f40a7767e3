"""6 export: who had to publish what by when, and who did -> JSON of the static interface.

Days since a deadline are not in it: they follow from the day on which somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalpress.assess import Catalogue
from evalpress.assess.punctuality import PUBLIC, Status
from evalpress.exports.interface import ROOT, interface_file
from evalpress.model import Department, Key, Region
from evalpress.pages.frame import short_name
from evalpress.wording import word

ADDRESS = f"{ROOT}coverage.json"


def coverage_register(catalogue: Catalogue) -> bytes:
    """One object for each department and year of its region, departments in the order of the data,
    the newest year first: `status` (as `assess.punctuality.Status` has it), when it was due and
    published (ISO 8601), why nothing had to be. A year of which nothing is known has none."""
    return interface_file("coverage", _entries(catalogue))


def _entries(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    for region in catalogue.regions:
        for department in catalogue.of_region(region):
            for year in catalogue.region_years(region):
                yield from _entry(catalogue, region, department, year)


def _entry(
    catalogue: Catalogue, region: Region, department: Department, year: int
) -> Iterator[dict[str, Any]]:
    found = catalogue.coverage(department, year)
    if found.status is Status.ABSENT:
        return
    has_page = found.status in (*PUBLIC, Status.WITHDRAWN)
    told = {
        "region": region.name,
        "department": department.id,
        "department_name": department.named_in(year).name,
        "short_name": short_name(department, year),
        "group": department.group,
        "year": year,
        "status": str(found.status),
        "status_name": word("coverage", found.status),
        "due": str(found.deadline.due) if found.deadline else None,
        "published": str(found.day) if found.status in PUBLIC and found.day else None,
        "reason": found.reason,
        "address": Key(department.id, year).address if has_page else None,
    }
    yield {name: value for name, value in told.items() if value not in (None, "")}
