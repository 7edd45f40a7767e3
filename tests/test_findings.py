"""Findings print as a clerk needs them: where, what was found, what to write. Golden per mistake.

Each folder of golden/errors/ holds the spoilt files of a data folder and, in expected.txt, all that
`evalpress check` says about them. To rewrite these: make golden, then read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.findings import Finding, Level, Place, Refused, blocking, find, report
from golden_files import assert_golden
from samples import inspect

ERRORS = Path(__file__).parent / "golden" / "errors"
CASES = sorted(path for path in ERRORS.iterdir() if path.is_dir())


def spoilt(case: Path) -> dict[str, str | bytes]:
    files = (path for path in case.rglob("*") if path.is_file() and path.name != "expected.txt")
    return {f"data/{path.relative_to(case).as_posix()}": path.read_bytes() for path in files}


@pytest.mark.golden
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_messages_are_as_expected(case: Path, tmp_path: Path) -> None:
    assert_golden(report(inspect(tmp_path, spoilt(case))) + "\n", case / "expected.txt")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_case_has_a_place_and_a_mistake(case: Path, tmp_path: Path) -> None:
    findings = inspect(tmp_path, spoilt(case))
    assert findings
    assert all(f.where.file and f.what and f.fix for f in findings)


def test_finding_prints_place_field_what_and_fix() -> None:
    finding = find("not_a_year", Place("a.yml", 2, 3, "年度"), found="25")
    first, field, what, fix = str(finding).split("\n")
    assert first == "a.yml:2:3  错误  [not_a_year]"
    assert [line.strip()[:3] for line in (field, what, fix)] == ["字段：", "发现：", "应写："]


def test_place_prints_only_what_is_known() -> None:
    assert [str(Place("a.yml", *rest)) for rest in ((), (2,), (2, 3))] == [
        "a.yml", "a.yml:2", "a.yml:2:3",
    ]  # fmt: skip


def test_values_with_braces_are_printed_as_they_are() -> None:
    assert "{found}{" in find("not_a_year", Place("a.yml"), found="{found}{").what


@pytest.mark.parametrize("found", ["\x1b[2J", "\u202e", "\udcbd", "\x07", "\r"])
def test_nothing_that_moves_a_terminal_is_printed(found: str) -> None:
    printed = str(find("not_a_year", Place(f"{found}.yml"), found=found))
    assert found not in printed
    printed.encode()


def of_level(level: Level, file: str, line: int = 0) -> Finding:
    return find("not_a_year", Place(file, line), level, found="x")


def test_report_ends_with_what_blocks_in_the_order_of_lines_and_a_count() -> None:
    text = report(
        [of_level(Level.WARNING, "b"), of_level(Level.ERROR, "a", 9), of_level(Level.ERROR, "a", 2)]
    )
    assert [line.split()[0] for line in text.split("\n") if line[0] != " "][:3] == [
        "b",
        "a:2",
        "a:9",
    ]
    assert text.endswith("共 2 处错误、1 处警告、0 处提示。")


def test_only_errors_block_and_strictly_warnings_too() -> None:
    findings = [of_level(level, "a") for level in Level]
    assert [f.level for f in blocking(findings)] == [Level.ERROR]
    assert [f.level for f in blocking(findings, strict=True)] == [Level.ERROR, Level.WARNING]


def test_refusal_carries_every_finding() -> None:
    refused = Refused(of_level(Level.ERROR, name) for name in "ab")
    assert len(refused.findings) == 2
    assert str(refused) == report(refused.findings)
