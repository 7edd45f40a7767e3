"""Drafts: what is written reads back as what was placed, in the order that reports have."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.importing.drafts import (
    Draft,
    Sourced,
    Unplaced,
    bare,
    canonical,
    canonical_text,
    draft_text,
)
from evalpress.load import parse
from evalpress.load.typed import build
from evalpress.model import Key, ReportFile

TREE = {
    "indicators": [
        {"target": Sourced("≥12处", "自评表!F3", "看一看"), "name": Sourced("甲", "自评表!D3"),
         "id": "a"}
    ],
    "body": {"overview": [Sourced("第一段，含: 冒号 # 井号", "第3段"), {"rows": [["a,b", ""]],
             "columns": ["x", "[y]"], "table": "表"}]},
    "state": "draft",
    "funds": {"rows": [{"amounts": {"budget": Sourced("-5", "自评表!H4")}, "id": "total"}]},
}  # fmt: skip


def test_a_draft_reads_back_as_what_was_placed() -> None:
    text = draft_text(Draft(Key("finance", 2025), TREE))
    assert parse("draft", text.encode())[0].data == bare(TREE)


def test_sources_stand_above_values_and_the_rest_at_the_top() -> None:
    unplaced = (Unplaced("自评表!A9", "两处\n可放", "说不清"),)
    lines = draft_text(Draft(Key("finance", 2025), TREE, ("表.xlsx",), unplaced)).splitlines()
    at = next(n for n, line in enumerate(lines) if "≥12处" in line)
    assert [line.strip() for line in lines[at - 2 : at]] == ["# 来源：自评表!F3", "# 存疑：看一看"]
    assert any(line.startswith("#") and "两处 可放" in line and "A9" in line for line in lines[:6])


def test_fields_come_in_the_order_of_reports() -> None:
    found = canonical(TREE)
    assert list(found) == ["state", "body", "funds", "indicators"]
    assert list(found["indicators"][0]) == ["id", "name", "target"]
    assert list(found["body"]["overview"][1]) == ["table", "columns", "rows"]


@pytest.mark.parametrize("text", ["a, b", "[x]", "", '"q"', "- x", "x: y", "1,234", "null", "#1"])
def test_a_cell_of_a_table_reads_back(text: str) -> None:
    tree = {"body": {"text": [{"table": "t", "columns": ["c"], "rows": [[text]]}]}}
    source, mistakes = parse("draft", canonical_text(tree).encode())
    assert not mistakes
    assert source.data == tree


def test_demonstration_reports_keep_their_data_when_written_canonically() -> None:
    """This is about the demonstration data of the checkout."""
    folder = Path(__file__).parents[2] / "data" / "reports"
    for path in sorted(folder.rglob("*.yml")):
        before = parse(path.name, path.read_bytes())[0]
        text = canonical_text(before.data)
        after = parse(path.name, text.encode())[0]
        assert build(ReportFile, after) == build(ReportFile, before), path
        assert canonical_text(after.data) == text, path
