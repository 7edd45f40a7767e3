"""`evalpress new`: what it makes passes the check; what it cannot make it says."""

from __future__ import annotations

import pytest

from commands.asking import check, new
from projects import Project


def test_a_new_report_passes_the_check(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(small, "parks", "2026") == 0
    said = capsys.readouterr().out
    assert "data/reports/parks/2026.yml" in said
    assert "依据 data/reports/parks/2025.yml" in said
    assert small.report("parks/2026").is_file()
    assert check(small) == 0


def test_a_new_project_report_has_a_folder(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(small, "parks", "2026", "pond") == 0
    assert small.report("parks/2026/pond").is_file()
    assert "按默认提纲" in capsys.readouterr().out


def test_what_cannot_be_made_is_a_wrong_command(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    before = small.report("parks/2025").read_bytes()
    assert new(small, "parks", "2025") == 2
    assert "已经有了" in capsys.readouterr().err
    assert small.report("parks/2025").read_bytes() == before
    assert new(small, "park", "2026") == 2
    assert "parks（" in capsys.readouterr().err
