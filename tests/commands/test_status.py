"""The bureau's checklist, and the first ledger from a live site."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress import commands
from evalpress.assess import assess
from evalpress.checks.examining import read
from evalpress.commands.status import checklist
from evalpress.configuration import Configuration
from evalpress.disclose.public import disclose
from evalpress.exports import of_report
from evalpress.ledger import digest_of_form, public_form, read_ledger
from evalpress.ledger.beginning import live_reports
from evalpress.load import load
from projects import Project, replace
from samples import DATA, NOW


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


def test_a_live_site_tells_the_public_data_of_its_reports(tmp_path: Path) -> None:
    """What is read back from the exported data is what the report itself gives."""
    loaded = load(DATA)
    reports = disclose(loaded.reports, loaded.reference, NOW)
    catalogue = assess(reports, loaded.reference, NOW)
    for assessment in catalogue.assessments.values():
        for made in of_report(catalogue, assessment):
            path = tmp_path / made.address
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made.content)
    live, wrong = live_reports(tmp_path, loaded.reference)
    assert not wrong
    assert live.keys() == {report.key.address for report in reports}
    for report in reports:
        own = public_form(report, loaded.reference)
        assert digest_of_form(live[report.key.address].public) == digest_of_form(own)


def test_a_ledger_is_begun_once(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["ledger", "begin", "--config", str(small.config)]) == 0
    assert (small.folder / "data" / "ledger").is_dir()
    assert read_ledger(small.folder / "data")[0].reports == {}
    assert commands.main(["ledger", "begin", "nowhere", "--config", str(small.config)]) == 2
    assert "nowhere" in capsys.readouterr().err
