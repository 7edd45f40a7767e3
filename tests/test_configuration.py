"""mkdocs.yml as the command line reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.asking import check
from evalpress import commands
from projects import Project, replace


def test_a_missing_configuration_is_a_wrong_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(["check", "--config", str(tmp_path / "mkdocs.yml")]) == 2
    assert "mkdocs.yml" in capsys.readouterr().err


def test_tags_of_mkdocs_in_the_configuration_are_passed_over(small: Project) -> None:
    replace(small.config, "plugins: []", "plugins: !ENV [NO_SUCH_VARIABLE, []]")
    assert check(small) == 0


def test_broken_yaml_in_the_configuration_is_told(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(small.config, "plugins: []", "plugins: [")
    assert check(small) == 1
    assert "mkdocs.yml:" in capsys.readouterr().err
