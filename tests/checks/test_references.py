"""Names of files that are nearly those of the folder."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest

from evalpress.checks.references import near_file
from samples import REPORT, inspect, rules
from subjects import findings, places

THERE = [
    "report.pdf",
    "自评表.csv",
    "汇总表.csv",
    normalize("NFD", "é表.pdf"),
    "满意度调查汇总表.csv",
]


@pytest.mark.parametrize(
    ("wanted", "found", "difference"),
    [
        ("Report.PDF", "report.pdf", "case"),
        ("自评 表.csv", "自评表.csv", "space"),
        ("自评表．csv", "自评表.csv", "space"),
        ("汇总表.pdf", "汇总表.csv", "ending"),
        ("é表.pdf", normalize("NFD", "é表.pdf"), "encoding"),
        ("满意度调查汇总.csv", "满意度调查汇总表.csv", "letters"),
    ],
)
def test_a_file_that_was_probably_meant(
    tmp_path: Path, wanted: str, found: str, difference: str
) -> None:
    for name in THERE:
        (tmp_path / name).touch()
    near = near_file(tmp_path, wanted)
    assert near is not None
    assert (near.name, near.difference) == (found, difference)


def test_no_file_is_near_where_none_is(tmp_path: Path) -> None:
    (tmp_path / "一.pdf").touch()
    assert near_file(tmp_path, "全新的附件.docx") is None
    assert near_file(tmp_path, "二.pdf") is None
    assert near_file(tmp_path, "一.pdf") is None
    assert near_file(tmp_path / "none", "a.pdf") is None


def test_a_shared_indicator_must_be_in_the_reference_data(tmp_path: Path) -> None:
    row = "state: published\nindicators: [{id: a, name: 甲, common: %s}]"
    listed = "common_indicators: [{id: rate, names: [甲]}]"
    files = {REPORT: row % "rat", "data/forms.yml": listed}
    found = [f for f in inspect(tmp_path, files) if f.rule == "unknown_reference"]
    assert len(found) == 1 and "rat" in found[0].what
    assert "unknown_reference" not in rules(inspect(tmp_path, {**files, REPORT: row % "rate"}))


def test_an_attachment_is_listed_once() -> None:
    two = "attachments: [{{id: a, name: 甲, file: a.pdf, number: '1'}}, {{id: b, name: 乙, {}}}]"
    assert not findings("repeated_attachment", two.format("file: b.pdf, number: '2'"))
    assert places("repeated_attachment", two.format("file: a.pdf, number: '2'")) == [
        "attachments/b/file"
    ]
    assert places("repeated_attachment", two.format("file: b.pdf, number: '1'")) == [
        "attachments/b/number"
    ]
