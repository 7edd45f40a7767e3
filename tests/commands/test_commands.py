"""The command line: exit codes and what it prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evalpress import commands
from projects import Project, make_small_project, replace


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_small_project(tmp_path)


def check(project: Project, *options: str) -> int:
    return commands.main(["check", "--config", str(project.config), *options])


def test_sound_data_are_said_to_be_sound(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(project) == 0
    said = capsys.readouterr()
    assert "没有发现错误，共 5 份报告" in said.out
    assert not said.err


def test_every_error_is_listed(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    replace(project.report("parks/2025"), "state: published", "state：published")
    replace(project.report("parks/2024"), "total: 86.00", "total: 8６.00")
    assert check(project) == 1
    said = capsys.readouterr().out
    assert "data/reports/parks/2024.yml:26:" in said
    assert "“8６.00”" in said
    assert "data/reports/parks/2025.yml:" in said
    assert said.count("  错误  [") == 2


def test_a_mistake_in_the_settings_is_told(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.set("as_off: 2026-08-15 09:00")
    assert check(project) == 1
    said = capsys.readouterr().err
    assert "as_off" in said
    assert "as_of" in said.replace("as_off", "")


def test_a_missing_configuration_is_a_wrong_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(["check", "--config", str(tmp_path / "mkdocs.yml")]) == 2
    assert "mkdocs.yml" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["deploy"], ["check", "--fast"]])
def test_wrong_commands_are_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        commands.main(arguments)
    assert stopped.value.code == 2


def test_tags_of_mkdocs_in_the_configuration_are_passed_over(project: Project) -> None:
    replace(project.config, "plugins: []", "plugins: !ENV [NO_SUCH_VARIABLE, []]")
    assert check(project) == 0


def test_broken_yaml_in_the_configuration_is_told(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(project.config, "plugins: []", "plugins: [")
    assert check(project) == 1
    assert "mkdocs.yml:" in capsys.readouterr().err


def test_the_program_runs_from_the_project_s_folder(project: Project) -> None:
    done = project.run("evalpress.commands", "check")
    assert (done.code, done.said.splitlines()[-1]) == (0, "没有发现错误，共 5 份报告。")


# --- formats and the reviewer's page ------------------------------------------------------------


def spoil(project: Project) -> None:
    replace(project.report("parks/2025"), "state: published", "state：published")


@pytest.mark.parametrize("name", ["json", "sarif", "github", "text"])
def test_machines_get_their_format_and_the_same_exit_code(
    project: Project, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert check(project, "--format", name) == 0
    sound = capsys.readouterr().out
    spoil(project)
    assert check(project, "--format", name) == 1
    said = capsys.readouterr()
    assert "wide_colon" in said.out
    assert "wide_colon" not in sound
    assert not said.err
    if name in ("json", "sarif"):
        assert json.loads(sound) is not None
        assert json.loads(said.out)


def test_mistakes_in_the_settings_reach_machines(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.set("as_off: 2026-08-15 09:00")
    assert check(project, "--format", "json") == 1
    (finding,) = json.loads(capsys.readouterr().out)
    assert (finding["rule"], finding["file"]) == ("unknown_setting", "mkdocs.yml")


def test_the_reviewer_s_page_is_written_beside_the_findings(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(project)
    page = tmp_path / "审核" / "2025.html"
    assert check(project, "--html", str(page), "--format", "json", "--year", "2025") == 1
    said = capsys.readouterr()
    assert json.loads(said.out)
    assert str(page) in said.err
    assert "2025年度绩效自评报告审核" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["site", "docs", "data/attachments"])
def test_the_reviewer_s_page_is_never_public(
    project: Project, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    page = project.folder / folder / "review.html"
    assert check(project, "--html", str(page)) == 2
    assert "请换一个位置" in capsys.readouterr().err
    assert not page.exists()


def test_a_site_in_another_folder_is_public_too(project: Project) -> None:
    replace(project.config, "site_dir: site", "site_dir: ../www")
    assert check(project, "--html", str(project.folder.parent / "www" / "x.html")) == 2


# --- new reports --------------------------------------------------------------------------------


def new(project: Project, *arguments: str) -> int:
    return commands.main(["new", *arguments, "--config", str(project.config)])


def test_a_new_report_passes_the_check(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(project, "parks", "2026") == 0
    said = capsys.readouterr().out
    assert "data/reports/parks/2026.yml" in said
    assert "依据 data/reports/parks/2025.yml" in said
    assert project.report("parks/2026").is_file()
    assert check(project) == 0


def test_a_new_project_report_has_a_folder(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(project, "parks", "2026", "pond") == 0
    assert project.report("parks/2026/pond").is_file()
    assert "按默认提纲" in capsys.readouterr().out


def test_what_cannot_be_made_is_a_wrong_command(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    before = project.report("parks/2025").read_bytes()
    assert new(project, "parks", "2025") == 2
    assert "已经有了" in capsys.readouterr().err
    assert project.report("parks/2025").read_bytes() == before
    assert new(project, "park", "2026") == 2
    assert "parks（" in capsys.readouterr().err
