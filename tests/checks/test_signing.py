"""Waivers: what they sign off, and that no number of a person stands in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.authoring.formats import FORMATS
from evalpress.checks import Context, examine
from evalpress.checks.signing import Examination
from evalpress.load import load
from samples import REPORT, data_folder

ID = "11010519491231002X"
MASK = "11*************02X"
TEXT = """state: published
title: 云泽县教育局2025年度部门整体支出绩效自评报告
body: {overview: 查询码11010519491231002X。}
waivers:
  - {rule: private_data, reason: 公示编号11010519491231002X, %s}
"""


def examined(root: Path, waiver: str) -> Examination:
    data = data_folder(root, {REPORT: TEXT % waiver})
    return examine(Context(load(data), data))


PLACE = "place: body/overview/1/text"


@pytest.mark.parametrize(
    ("waiver", "rule"),
    [
        (f"{PLACE}, exact: '{MASK}'", ""),
        (f"place: body, exact: '{MASK}'", ""),
        (f"exact: '{MASK}'", "waiver_needs_place"),
        (f"{PLACE}, exact: {ID}", "waiver_unmasked"),
        (PLACE, "waiver_needs_exact"),
        (f"place: title, exact: '{MASK}'", "waiver_unmatched"),
    ],
)
def test_a_waiver_takes_the_mask_and_the_place(waiver: str, rule: str, tmp_path: Path) -> None:
    found = examined(tmp_path, waiver)
    rules = [f.rule for f in found.open]
    assert ("private_data" in rules) is bool(rule)
    assert [f.rule for f, _ in found.waived] == ([] if rule else ["private_data"])
    assert not rule or rule in rules


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("waiver", [f"{PLACE}, exact: '{MASK}'", f"{PLACE}, exact: {ID}"])
def test_no_form_of_the_list_repeats_a_number(name: str, waiver: str, tmp_path: Path) -> None:
    assert ID not in FORMATS[name](examined(tmp_path, waiver))
