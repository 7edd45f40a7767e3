"""`evalpress init`: a new site has all it needs, bears only the bureau's names, and builds."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from evalpress import commands
from evalpress.bureau.founding import SKELETON, Answers, CannotFound, found
from evalpress.findings import Level
from evalpress.mkdocs_yml import Configuration
from evalpress.model import Provenance, State
from evalpress.settings import Settings, SiteIdentity
from evalpress.site import read
from projects import ROOT, Project

NAME = '青禾: "绩效"公开'
ANSWERS = Answers("青禾县", NAME, "https://www.example.gov.cn/jxgk", "青禾县财政局", 2025)


@pytest.fixture
def site(tmp_path: Path) -> Project:
    found(tmp_path / "青禾 县", ANSWERS)
    return Project(tmp_path / "青禾 县")


def test_a_new_site_is_checked_without_an_error(site: Project) -> None:
    configuration = Configuration(site.config)
    loaded, examination = read(configuration.settings, configuration.root)
    assert not [f for f in examination.open if f.level is Level.ERROR]
    assert [r.content.state for r in loaded.reports] == [State.DRAFT]
    [region] = loaded.reference.regions.values()
    assert (region.name, region.provenance) == ("青禾县", Provenance.REAL)
    assert len(loaded.reference.departments) == 2


def test_names_are_kept_as_they_were_written(site: Project) -> None:
    written = yaml.safe_load(site.config.read_text(encoding="utf-8"))
    assert written["site_name"] == ANSWERS.name
    assert written["site_url"] == "https://www.example.gov.cn/jxgk/"
    assert written["extra"]["evalpress"]["site"] == {"organizer": "青禾县财政局"}


def test_every_setting_stands_in_the_file_with_a_comment(site: Project) -> None:
    text = site.config.read_text(encoding="utf-8")
    for name in (*Settings.model_fields, *SiteIdentity.model_fields):
        assert f"{name}:" in text


def test_every_example_of_a_setting_is_valid(site: Project) -> None:
    lines = site.config.read_text(encoding="utf-8").splitlines()
    start = lines.index("  evalpress:")
    asked = "\n".join(
        line.replace("# ", "", 1) if ": " in line.partition("# ")[2] and line.strip()[2:3].isascii()
        else line
        for line in lines[start:]
    )  # fmt: skip
    Settings.model_validate(yaml.safe_load(asked)["evalpress"])


@pytest.mark.slow
def test_a_new_site_builds_strictly(site: Project) -> None:
    built = site.run("evalpress.commands", "build")
    assert built.code == 0, built.said
    home = (site.site / "index.html").read_text(encoding="utf-8")
    assert 'href="problems/"' in home
    assert not (site.site / "guide").exists()
    published = b"".join(p.read_bytes() for p in site.site.rglob("*") if p.is_file())
    assert "云泽".encode() not in published


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    with pytest.raises(CannotFound, match="不是空文件夹"):
        found(tmp_path, ANSWERS)


def test_without_somebody_to_ask_the_region_has_to_be_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert commands.main(["init", str(tmp_path / "new")]) == 2
    assert "--region" in capsys.readouterr().err
    assert commands.main(["init", str(tmp_path / "new"), "--region", "青禾县"]) == 0
    assert "青禾县财政局" in (tmp_path / "new" / "mkdocs.yml").read_text(encoding="utf-8")


@pytest.mark.demonstration
@pytest.mark.parametrize("name", ["tables.yml", "outlines.yml", "forms.yml", "wording.yml"])
def test_a_new_site_has_the_tables_of_the_demonstration(name: str) -> None:
    """Whoever improves one of them copies it into the skeleton. Which indicators departments share
    is each site's own."""
    own, other = ((folder / "data" / name).read_text("utf-8") for folder in (SKELETON, ROOT))
    assert own.partition("\ncommon_indicators:")[0] == other.partition("\ncommon_indicators:")[0]


def test_the_hook_is_this_repository_s() -> None:
    hook = (ROOT / "hooks" / "publish.py").read_bytes()
    assert (SKELETON / "hooks" / "publish.txt").read_bytes() == hook
