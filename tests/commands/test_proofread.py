"""`evalpress proofread`: what it prints and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress import commands
from projects import Project, make_small_project

SAID = "按照预算绩效管理的要求，本中心自评了2025年度整体支出的绩效。\n古树名木37株。\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_small_project(tmp_path)


def run(project: Project, *arguments: str) -> int:
    return commands.main(["proofread", *arguments, "--config", str(project.config)])


def test_differences_are_listed_and_counted(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    file = project.folder / "original.txt"
    file.write_text(SAID, encoding="utf-8")
    assert run(project, "园林中心", "2025", str(file)) == 1
    said = capsys.readouterr().out
    assert "data/reports/parks/2025.yml:11" in said
    assert "原件“37”，网页“27”" in said
    assert said.splitlines()[-1].startswith("共 ")


def test_a_project_is_named_by_its_slug(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, "parks", "2025", "tree-planting", "no.docx") == 2
    assert "找不到原件 no.docx" in capsys.readouterr().err
