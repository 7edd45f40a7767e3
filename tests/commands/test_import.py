"""The verb `import`: files become drafts that the check accepts, and everything is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from evalpress.commands import main
from evalpress.load import load
from office_forms import standard, xlsx_of
from projects import ROOT
from samples import data_folder

REPORT = "data/reports/education/2025/canal.yml"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the invented county's data and settings."""
    words = (ROOT / "data" / "forms.yml").read_bytes()
    data_folder(tmp_path, {"data/forms.yml": words})
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nextra:\n  evalpress: {data_dir: data}\n")
    (tmp_path / "表.xlsx").write_bytes(xlsx_of({"自评表": standard(office="云汀县教育局")}))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_file_becomes_a_draft_without_errors(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "表.xlsx", "教育局", "2025", "canal"]) == 0
    said = capsys.readouterr().out
    assert f"表.xlsx → {REPORT}" in said
    assert "没有放进去的 0 处" in said
    assert "0 处错误" in said
    loaded = load(project / "data")
    assert not loaded.findings
    assert [i.name for i in loaded.reports[0].content.indicators] == [
        "修缮水渠", "受益农户", "农户满意度",
    ]  # fmt: skip


def test_once_more_says_what_differs(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", "表.xlsx", "教育局", "2025", "canal"])
    path = project / REPORT
    path.write_text(path.read_text("utf-8").replace("actual: 3条", "actual: 4条"), "utf-8")
    rows = standard(office="云汀县教育局")
    rows[10][4] = "5条"
    (project / "表.xlsx").write_bytes(xlsx_of({"自评表": rows}))
    capsys.readouterr()
    main(["import", "表.xlsx", "教育局", "2025", "canal"])
    said = capsys.readouterr().out
    assert "草稿是“4条”，文件里是“5条”" in said
    assert "actual: 4条" in path.read_text("utf-8")


def test_the_file_stays_beside_the_draft_when_asked_for(project: Path) -> None:
    main(["import", "--attach", "表.xlsx", "教育局", "2025", "canal"])
    assert (project / "data/attachments/education/2025/表.xlsx").is_file()
    (attachment,) = load(project / "data").reports[0].content.attachments
    assert attachment.file == "表.xlsx"


def test_what_cannot_be_read_is_said_in_one_line(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "图.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    assert main(["import", "图.xlsx"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["import", "没有.xlsx", "教育局", "2025"]) == 2
    assert "没有这个文件" in capsys.readouterr().err


def test_a_folder_ends_with_a_table(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "报来").mkdir()
    shutil.move(project / "表.xlsx", project / "报来" / "表.xlsx")
    (project / "报来" / "空.docx").write_bytes(b"")
    assert main(["import", "报来"]) == 1
    said = capsys.readouterr().out
    assert "已导入    表.xlsx → data/reports/education/2025/project-1.yml（错误 0 处" in said
    assert "没有导入  空.docx" in said
    assert "没有报来  云汀县教育局" in said


def test_the_marked_copy_shows_each_finding_at_the_cell_that_it_was_read_from(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = standard(office="云汀县教育局")
    rows[11][6], rows[11][7] = 99, "说明"
    rows[9].append("星级")
    rows[11].append("三星")
    (project / "表.xlsx").write_bytes(xlsx_of({"自评表": rows}))
    assert main(["import", "--marked", "表.xlsx", "教育局", "2025", "canal"]) == 0
    assert "表-核对.xlsx" in capsys.readouterr().out
    book = load_workbook(project / "表-核对.xlsx")
    notes = {c.coordinate: c.comment.text for line in book["自评表"].iter_rows() for c in line
             if c.comment}  # fmt: skip
    assert "99" in notes["G12"]
    assert "星级" in notes["I12"]
    listed = [cell.value for line in book.worksheets[0].iter_rows() for cell in line]
    assert {"G12", "I12"} <= set(listed)


def test_a_marked_copy_is_imported_like_the_file(project: Path) -> None:
    main(["import", "--marked", "表.xlsx", "教育局", "2025", "canal"])
    before = (project / REPORT).read_text("utf-8")
    (project / REPORT).unlink()
    main(["import", "表-核对.xlsx", "教育局", "2025", "canal"])
    after = (project / REPORT).read_text("utf-8")
    assert after.replace("表-核对.xlsx", "表.xlsx") == before


def test_a_draft_is_compared_with_its_file_at_once(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", "--proofread", "表.xlsx", "教育局", "2025", "canal"])
    said = capsys.readouterr().out
    assert f"{REPORT} 的网页和原件 表.xlsx 对照" in said


def test_a_folder_is_neither_marked_nor_compared(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "in").mkdir()
    assert main(["import", "in", "--marked"]) == 2
    assert "--marked" in capsys.readouterr().err


def test_an_empty_folder_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "表2.xlsx").mkdir()
    assert main(["import", "表2.xlsx"]) == 2
    assert "里面没有可以导入的文件" in capsys.readouterr().err
