"""The bureau's checklist."""

from __future__ import annotations

import pytest

from evalpress import commands
from evalpress.checks.examining import read
from evalpress.commands.status import checklist
from evalpress.mkdocs_yml import Configuration
from projects import Project, replace


def test_the_checklist_says_what_there_is_to_do(small: Project) -> None:
    report = small.report("parks/2025")
    replace(report, "state: published", "state: under-correction")
    replace(report, "2026-08-18 09:30", "2126-08-18 09:30")
    site = Configuration(small.config)
    loaded, examination = read(site.settings, site.root)
    found = checklist(loaded, examination, site.settings.moment())
    assert found["correcting"] == ["data/reports/parks/2025.yml"]
    assert found["scheduled"][-1] == "2126-08-18 09:30 data/reports/parks/2025.yml"
    assert "data/reports/archives/2024.yml" in found["draft"]
    assert found["unsigned"]
    assert found["unrecorded"] == []
    assert checklist(loaded, examination, site.settings.moment(), 2024)["scheduled"] == []


def test_a_timer_is_told_by_the_exit_code(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(["status", "--config", str(small.config)]) == 1
    assert "没有签注的警告" in capsys.readouterr().out
