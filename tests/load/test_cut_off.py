"""A file that was cut off at the end of a line: the program's own files say where they end."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.load import parse
from samples import REPORT, inspect

WHOLE = """# 说明
---
state: published
problems:
  - id: late
    text: 拨付偏晚。
    measure: 按季拨付。

...
# 记录
"""


def rules(text: str) -> list[str]:
    return [finding.rule for finding in parse("report.yml", text.encode())[1]]


def test_a_whole_file_passes() -> None:
    assert rules(WHOLE) == []
    assert rules(WHOLE.replace("...\n", "...\n\n\n")) == []


def test_a_file_that_does_not_say_where_it_begins_need_not_say_where_it_ends() -> None:
    assert rules(WHOLE.replace("---\n", "").replace("...\n", "")) == []


def test_every_beginning_of_it_is_told() -> None:
    lines = WHOLE.splitlines(keepends=True)
    end = lines.index("...\n")
    for count in range(3, end + 1):
        assert "cut_off" in rules("".join(lines[:count])), count
    for count in range(end + 1, len(lines)):
        assert rules("".join(lines[:count])) == [], count


@pytest.mark.parametrize("end", ["  ...\n", "....\n", "notes: ...\n", "# ...\n"])
def test_what_only_looks_like_the_end_is_none(end: str) -> None:
    assert "cut_off" in rules(WHOLE.replace("...\n", end))


def test_it_stops_a_publication_and_says_what_to_do(tmp_path: Path) -> None:
    findings = inspect(tmp_path, {REPORT: WHOLE.partition("...")[0]})
    (found,) = (finding for finding in findings if finding.rule == "cut_off")
    assert found.where.line == 7
    assert "没有保存下来" in found.what
