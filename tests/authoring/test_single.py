"""evalpress pdf: one report as a PDF, drafts too; other reports' mistakes do not stop it."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress import commands
from pdf_text import structure_text
from projects import Project, make_small_project, replace


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_pool: None) -> Project:
    """The small project; the command runs in a folder beside it."""
    made = make_small_project(tmp_path / "project")
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    return made


def run(project: Project, *arguments: str) -> int:
    return commands.main(["pdf", *arguments, "--config", str(project.config)])


def test_one_report_is_printed_where_one_is(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """By any name of its department; a mistake elsewhere is another one's business."""
    replace(project.report("archives/2025"), "state: published", "state：published")
    assert run(project, "青禾县园林绿化中心", "2025") == 0
    assert capsys.readouterr().out == "已印好：parks-2025.pdf\n"
    assert "设养护、工程、综合三个科" in structure_text(Path("parks-2025.pdf"))


def test_a_draft_is_printed_with_its_stamp(project: Project) -> None:
    assert run(project, "archives", "2024", "--output", "new/草稿.pdf") == 0
    text = structure_text(Path("new/草稿.pdf"))
    assert "草稿暗记甲一七" in text
    assert text.startswith("草稿")


def test_a_project_s_report_is_found_by_its_slug(project: Project) -> None:
    assert run(project, "parks", "2025", "tree-planting") == 0
    assert Path("parks-2025-tree-planting.pdf").is_file()


def test_the_report_s_own_mistakes_stop_it(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(project.report("parks/2025"), "state: published", "state：published")
    assert run(project, "parks", "2025") == 1
    assert "data/reports/parks/2025.yml:" in capsys.readouterr().err
    assert not list(Path().iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["parcs", "2025"], "相近的有：parks（"),
        (["parks", "2031"], "没有 2031 年度的报告；已有的年度：2025、2024"),
        (["parks", "25年"], "没有 25年 年度的报告"),
        (["parks", "2025", "tree-plant"], "“tree-plant”的报告；已有的编号：tree-planting"),
        (["parks", "2024", "tree-planting"], "“tree-planting”的报告；已有的编号：无"),
    ],
)
def test_wrong_names_are_told_with_those_that_come_near(
    project: Project, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run(project, *arguments) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["docs", "data", "site"])
def test_it_is_never_put_where_it_would_be_published(
    project: Project, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    target = project.folder / folder / "a.pdf"
    assert run(project, "archives", "2024", "--output", str(target)) == 2
    assert "请换一个位置" in capsys.readouterr().err
    assert not target.exists()
