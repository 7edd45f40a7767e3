"""An indicator that departments share as a file for programs."""

from __future__ import annotations

import dataclasses
import json

from evalpress.assess import assess
from evalpress.cache.kept import Kept
from evalpress.disclose.public import disclose
from evalpress.exports.shared_records import listed_indicators, shared_address, shared_records
from evalpress.model import CommonIndicator, Key
from samples import NOW, reference, written

RATE = CommonIndicator.model_validate({"id": "rate", "names": ["预算执行率", "执行率"]})
UNUSED = CommonIndicator.model_validate({"id": "unused", "names": ["公用经费"]})
KNOWN = dataclasses.replace(reference(), common_indicators={"rate": RATE, "unused": UNUSED})
TEXT = """
indicators:
  - {id: own, name: 执行率, common: rate, target: ≥90%, actual: 92.50%}
  - {id: other, name: 别的, target: ≥3次, actual: 4次}
"""


def parts(key: Key) -> tuple[str, ...]:
    return (key.address,)


def test_every_report_of_a_shared_indicator_is_in_its_file() -> None:
    keys = [(name, year) for name in ("finance", "education") for year in (2024, 2025)]
    reports = [written(TEXT, name, year) for name, year in keys]
    catalogue = assess(disclose(reports, KNOWN, NOW), KNOWN, NOW)
    files = shared_records(catalogue, Kept(None), parts)
    assert set(files) == {shared_address("rate")} == {"api/v1/indicators/rate.json"}
    found = json.loads(files["api/v1/indicators/rate.json"])
    assert found["version"] == 1
    rows = found["indicators"]
    assert [(one["department"], one["year"]) for one in rows] == [
        ("education", 2024), ("education", 2025), ("finance", 2024), ("finance", 2025),
    ]  # fmt: skip
    assert {one["common"] for one in rows} == {"rate"}
    assert {one["actual"] for one in rows} == {"92.50%"}
    listed = list(listed_indicators(KNOWN.common_indicators.values(), tuple(files)))
    assert listed == [{
        "id": "rate", "names": ["预算执行率", "执行率"], "page": "indicators/rate/",
        "file": "api/v1/indicators/rate.json",
    }]  # fmt: skip


def test_a_withheld_value_is_in_no_file() -> None:
    hidden = f"{TEXT}withheld: [{{place: indicators/own/actual, reason: 依照保密规定}}]"
    report = written(hidden, "finance", 2025)
    catalogue = assess(disclose([report], KNOWN, NOW), KNOWN, NOW)
    files = shared_records(catalogue, Kept(None), parts)
    assert b"92.50" not in files["api/v1/indicators/rate.json"]
    assert "≥90%".encode() in files["api/v1/indicators/rate.json"]
