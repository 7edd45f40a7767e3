"""The register of coverage for programs: the same as its page, without what only a day tells."""

from __future__ import annotations

import json
from typing import Any

from evalpress.assess import Catalogue, assess
from evalpress.exports.coverage_register import coverage_register
from samples import NOW, public, reference

TEXT = "first_published: 2025-08-25 9:00\ntitle: 甲"


def entries(catalogue: Catalogue) -> list[dict[str, Any]]:
    found = json.loads(coverage_register(catalogue))
    assert found["version"] == 1
    return list(found["coverage"])


def test_every_department_and_year_of_a_region_is_told() -> None:
    catalogue = assess([public(TEXT)], reference(), NOW)
    found = {(one["department"], one["year"]): one for one in entries(catalogue)}
    own = found["education", 2025]
    assert (own["status"], own["published"]) == ("published", "2025-08-25")
    assert own["address"] == "education/2025/"
    missing = found["finance", 2025]
    assert missing["status"] == "missing" and "address" not in missing
    assert missing["status_name"] == "未公开"


def test_the_same_data_on_another_day_say_the_same() -> None:
    def told(day: int) -> bytes:
        return coverage_register(assess([public(TEXT)], reference(), NOW.replace(day=day)))

    assert told(2) == told(20)
