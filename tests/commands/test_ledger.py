"""The first ledger, from a site's folder or its address."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evalpress import commands
from evalpress.assess import assess
from evalpress.disclose.public import disclose
from evalpress.exports import of_report
from evalpress.ledger import digest_of_form, public_form, read_ledger
from evalpress.ledger.beginning import is_recorded, live_reports
from evalpress.load import load
from evalpress.release.manifest import NAME
from projects import Finished, Project
from samples import DATA, NOW
from serving import serving


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


def _begin(project: Project, source: object) -> int:
    return commands.main(["ledger", "begin", str(source), "--config", str(project.config)])


@pytest.fixture
def live(finished_small: Finished, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a finished site, to serve and to spoil."""
    return Path(shutil.copytree(finished_small.site, tmp_path_factory.mktemp("live") / "site"))


def test_a_server_gives_the_ledger_that_its_folder_gives(small: Project, live: Path) -> None:
    ledger = small.folder / "data" / "ledger"
    assert _begin(small, live) == 0
    from_folder = read_ledger(small.folder / "data")[0]
    shutil.rmtree(ledger)
    with serving(live) as address:
        assert _begin(small, address) == 0
    assert read_ledger(small.folder / "data")[0] == from_folder
    entries = from_folder.reports.values()
    assert entries and all(e.latest.went_live and e.latest.pdfs for e in entries)


def test_a_site_that_cannot_be_trusted_begins_no_ledger(
    small: Project, live: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = next(
        path for path in live.rglob("*.json") if is_recorded(path.relative_to(live).as_posix())
    )
    data.write_bytes(data.read_bytes() + b" ")
    with serving(live) as address:
        assert _begin(small, address) == 2
    assert data.name in capsys.readouterr().err
    (live / NAME).unlink()
    with serving(live) as address:
        assert _begin(small, address) == 2
        assert NAME in capsys.readouterr().err
        assert _begin(small, live) == 2
        assert NAME in capsys.readouterr().err
    assert _begin(small, address) == 2, "nobody answers any more"
    assert address in capsys.readouterr().err
    assert not (small.folder / "data" / "ledger").exists()


@pytest.mark.parametrize(
    "path", ["../a/attachments/b", "/a/attachments/b", "a/../../attachments/b"]
)
def test_what_a_manifest_names_stays_in_the_folder(path: str) -> None:
    assert not is_recorded(path)
    assert is_recorded("a/attachments/b")
