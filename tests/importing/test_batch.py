"""A folder of files as departments send them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from evalpress.findings import Mistaken
from evalpress.importing import batch
from evalpress.importing.batch import Outcome, import_folder
from evalpress.importing.ownership import Asked
from evalpress.importing.workbook.issuing import issue
from evalpress.load import load
from office_forms import standard, xlsx_of
from projects import ROOT
from samples import data_folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    words = (ROOT / "data" / "forms.yml").read_bytes()
    return data_folder(tmp_path, {"data/forms.yml": words})


def outcomes(tmp_path: Path, data: Path, files: dict[str, bytes]) -> list[Outcome]:
    folder = tmp_path / "报来"
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return import_folder(folder, Asked(), load(data), data)


def form(project: str, office: str = "云汀县教育局", score: float = 9) -> bytes:
    rows = standard(project, office=office)
    rows[12][6] = score
    return xlsx_of({"自评表": rows})


def test_what_became_of_each_file(tmp_path: Path, data: Path) -> None:
    files = {
        "教育局/甲.xlsx": form("甲项目"), "教育局/甲（副本）.xlsx": form("甲项目"),
        "财政局.xlsx": form("乙项目", "云汀县财政局"), "不明.xlsx": form("丙项目", "某某局"),
        "图.png": b"\x89PNG\r\n\x1a\n" + bytes(20), "~$甲.xlsx": b"x", ".DS_Store": b"x",
        "Thumbs.db": b"x",
    }  # fmt: skip
    found = outcomes(tmp_path, data, files)
    kinds = {file: o.kind for o in found for file in o.files}
    assert kinds == {
        "教育局/甲.xlsx": "imported", "财政局.xlsx": "imported", "教育局/甲（副本）.xlsx": "double",
        "不明.xlsx": "unreadable", "图.png": "unreadable",
    }  # fmt: skip
    assert {r.content.project_name for r in load(data).reports} == {"甲项目", "乙项目"}
    missing = [o.what for o in found if o.kind == "missing"]
    assert any("云汀县教育局" in what for what in missing)
    assert not any("云汀县文化馆" in what for what in missing)


def test_versions_of_a_report_are_not_chosen_between(tmp_path: Path, data: Path) -> None:
    files = {"一稿.xlsx": form("甲项目", score=8), "二稿.xlsx": form("甲项目", score=9)}
    found = outcomes(tmp_path, data, files)
    assert [(o.kind, set(o.files)) for o in found if o.kind != "missing"] == [
        ("versions", {"一稿.xlsx", "二稿.xlsx"})
    ]
    assert not load(data).reports


def test_forms_of_this_program_are_known_by_themselves(tmp_path: Path, data: Path) -> None:
    made = issue(load(data), "教育局", "2025").content
    found = outcomes(tmp_path, data, {"随便叫什么.xlsx": made})
    [imported] = [o for o in found if o.kind != "missing"]
    assert imported.kind == "imported" and imported.files == ("随便叫什么.xlsx",)
    assert [report.key.name for report in load(data).reports] == ["education-2025"]


def test_two_forms_of_a_report_are_versions(tmp_path: Path, data: Path) -> None:
    made = issue(load(data), "教育局", "2025").content
    book = load_workbook(BytesIO(made))
    book.worksheets[0]["Z99"] = "改过"
    other = BytesIO()
    book.save(other)
    found = outcomes(tmp_path, data, {"一稿.xlsx": made, "二稿.xlsx": other.getvalue()})
    assert [o.kind for o in found if o.kind != "missing"] == ["versions"]
    assert not load(data).reports


def test_files_of_one_name_in_two_folders_are_versions(tmp_path: Path, data: Path) -> None:
    files = {"旧/表.xlsx": form("甲项目", score=8), "新/表.xlsx": form("甲项目", score=9)}
    found = outcomes(tmp_path, data, files)
    assert [(o.kind, set(o.files)) for o in found if o.kind != "missing"] == [
        ("versions", {"旧/表.xlsx", "新/表.xlsx"})
    ]


def test_a_file_that_was_only_saved_again_is_a_double(tmp_path: Path, data: Path) -> None:
    book = load_workbook(BytesIO(form("甲项目")))
    book.properties.creator = "另一个人"
    again = BytesIO()
    book.save(again)
    found = outcomes(tmp_path, data, {"一.xlsx": form("甲项目"), "二.xlsx": again.getvalue()})
    assert sorted(o.kind for o in found if o.kind != "missing") == ["double", "imported"]


def test_a_folder_may_tell_whose_a_form_is(tmp_path: Path, data: Path) -> None:
    files = {"云汀县教育局/项目/表.xlsx": form("甲项目", "本单位")}
    [imported] = [o for o in outcomes(tmp_path, data, files) if o.kind != "missing"]
    assert imported.key and imported.key.department == "education"


def test_what_came_in_versions_is_not_missing(tmp_path: Path, data: Path) -> None:
    def whole(score: float) -> bytes:
        return xlsx_of({"表": [
            ["2025年度部门整体支出绩效自评表"], ["部门名称", "云汀县教育局"],
            ["一级指标", "三级指标", "指标值", "得分"], ["产出指标", "任务", "5项", score],
        ]})  # fmt: skip

    found = outcomes(tmp_path, data, {"一稿.xlsx": whole(8), "二稿.xlsx": whole(9)})
    assert "versions" in {o.kind for o in found}
    assert not any(o.kind == "missing" and "教育局" in o.what for o in found)


def test_a_folder_of_too_many_files_is_refused_whole(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "MAX_FILES", 2)
    files = {f"{n}.xlsx": form(f"项目{n}") for n in "甲乙丙"}
    with pytest.raises(Mistaken, match="3 个文件，一次最多导入 2 个"):
        outcomes(tmp_path, data, files)
    assert load(data).reports == []
