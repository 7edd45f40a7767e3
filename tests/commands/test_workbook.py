"""`evalpress workbook`, and `evalpress check --workbook`."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from evalpress import commands
from forms import column_of, edit
from projects import Project, make_small_project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = make_small_project(tmp_path / "project")
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    return made


def run(project: Project, verb: str, *arguments: str) -> int:
    return commands.main([verb, "--config", str(project.config), *arguments])


def test_a_form_of_a_report(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "workbook", "parks", "2025") == 0
    assert "parks-2025.xlsx" in capsys.readouterr().out
    assert openpyxl.load_workbook("parks-2025.xlsx")["指标"]


def test_nothing_is_written_over(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    Path("parks-2025.xlsx").write_bytes(b"mine")
    assert run(project, "workbook", "parks", "2025") == 2
    assert "没有覆盖" in capsys.readouterr().err
    assert Path("parks-2025.xlsx").read_bytes() == b"mine"


def test_forms_of_a_whole_year(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "workbook", "--all", "2026", "forms") == 0
    assert Path("forms/parks-2026.xlsx").is_file()
    assert f"已写好 {len(list(Path('forms').iterdir()))} 份" in capsys.readouterr().out


def test_it_says_what_to_ask_for(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "workbook") == 2
    assert "--all" in capsys.readouterr().err


def test_no_form_goes_where_it_would_be_published(project: Project) -> None:
    target = str(project.folder / "docs" / "form.xlsx")
    assert run(project, "workbook", "parks", "2025", "--output", target) == 2


def test_a_form_is_checked_into_a_marked_copy(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    run(project, "workbook", "parks", "2025")

    def spoil(book: openpyxl.Workbook) -> None:
        sheet = book["指标"]
        sheet.cell(3, column_of(sheet, "得分")).value = "九分"

    edit(Path("parks-2025.xlsx"), spoil)
    capsys.readouterr()
    assert run(project, "check", "--workbook", "parks-2025.xlsx") == 1
    said = capsys.readouterr()
    assert "parks-2025.xlsx  指标!" in said.out
    assert "没有核对" in said.out
    assert "parks-2025-核对.xlsx" in said.err
    assert openpyxl.load_workbook("parks-2025-核对.xlsx").sheetnames[0] == "核对结果"


def test_the_other_formats_serve_forms_as_well(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    run(project, "workbook", "parks", "2025")
    capsys.readouterr()
    run(project, "check", "--workbook", "parks-2025.xlsx", "--format", "json")
    assert isinstance(json.loads(capsys.readouterr().out), list)


def test_a_file_that_is_no_form_is_a_wrong_command(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("other.xlsx").write_bytes(b"PK")
    assert run(project, "check", "--workbook", "other.xlsx") == 2
    assert "打不开" in capsys.readouterr().err
