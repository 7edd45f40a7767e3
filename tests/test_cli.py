"""The command line: exit codes and what it prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Project, make_small_project, replace

from evalpress import cli


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_small_project(tmp_path)


def check(project: Project) -> int:
    return cli.main(["check", "--config", str(project.config)])


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
    assert said.count("应写") == 2


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
    assert cli.main(["check", "--config", str(tmp_path / "mkdocs.yml")]) == 2
    assert "mkdocs.yml" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["publish"], ["check", "--fast"]])
def test_wrong_commands_are_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
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
    done = project.run("evalpress.cli", "check")
    assert (done.code, done.said.count("\n")) == (0, 1)
