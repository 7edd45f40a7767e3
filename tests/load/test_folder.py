"""1 read: the folder: what a file that cannot be read means for others, and files out of place."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest

from evalpress.checks import Context, examine
from evalpress.checks.signing import Examination
from evalpress.findings import Finding, blocking
from evalpress.load import load
from evalpress.model import Key
from evalpress.settings import Settings
from evalpress.site import make
from projects import SMALL, make_small_project, replace
from samples import REPORT, data_folder, read, rules

STATE = "state: draft\n"
LAST_YEAR = "data/reports/education/2024.yml"
BROKEN = {
    "syntax": "state: published\ntitle: @一\nproblems: [{id: leak, text: 一}]\n",
    "a field": "state: published\nversion: 一\nproblems: [{id: leak, text: 一}]\n",
    "encoding": b"state: published\n\xff\x00\n",
    "empty": "",
}


def examined(root: Path, files: dict[str, str | bytes]) -> Examination:
    data = data_folder(root, files)
    return examine(Context(load(data), data))


def of(findings: list[Finding], file: str) -> list[str]:
    return [f.rule for f in findings if f.where.file == file]


# --- one file that cannot be read ---------------------------------------------------------------


@pytest.mark.parametrize("name", BROKEN)
def test_last_year_s_broken_report_makes_no_finding_in_this_year_s(
    name: str, tmp_path: Path
) -> None:
    this_year = (
        "state: published\nfollowups: [{year: 2024, problem: leak, status: open}]\n"
        "waivers: [{rule: target_lowered, place: indicators/a/target, reason: 一}]\n"
    )
    alone = examined(tmp_path / "alone", {REPORT: this_year})
    both = examined(tmp_path / "both", {REPORT: this_year, LAST_YEAR: BROKEN[name]})
    assert {"unknown_problem", "waiver_unmatched"} <= set(of(alone.open, REPORT))
    assert not {"unknown_problem", "waiver_unmatched"} & set(of(both.open, REPORT))
    assert of(both.open, LAST_YEAR)


def test_what_could_not_be_read_is_known_by_its_key(tmp_path: Path) -> None:
    broken = "state: published\nslug: canteen\ntitle: @\n"
    files = {LAST_YEAR: "", "data/reports/教育局/2025/食堂.yml": broken}
    assert read(tmp_path, files).unread == {
        Key("education", 2024), Key("education", 2025, "canteen"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "draft",
    ["state: draft\ntitle: @一\n", "state: draft\nversion: 一\n",
     "state: draft\noutline: nothing\n", "state: draft\ntitle: 局\n".encode("gbk")],
)  # fmt: skip
def test_a_mistake_in_a_draft_is_told_and_stops_nobody(draft: str | bytes, tmp_path: Path) -> None:
    found = examined(tmp_path, {REPORT: draft}).open
    assert blocking(found, drafts=True)
    assert not blocking(found)
    assert not blocking(found, strict=True)


@pytest.mark.parametrize(
    "text",
    ["state: published\ntitle: @一\n", "title: @一\n", "stat: draft\n", b"state: draft\n\xff\n"],
)
def test_whatever_is_no_draft_for_certain_stops_the_publication(
    text: str | bytes, tmp_path: Path
) -> None:
    assert blocking(examined(tmp_path, {REPORT: text}).open)


@pytest.mark.parametrize("preview", [False, True])
@pytest.mark.parametrize("line", ["title: @一", "outline: nothing", "version: 一"])
def test_a_site_is_made_without_the_draft_that_has_a_mistake(
    preview: bool, line: str, tmp_path: Path
) -> None:
    project = make_small_project(tmp_path)
    replace(project.report("archives/2024"), "state: draft\n", f"state: draft\n{line}\n")
    made = make(Settings(), project.folder, project.folder / "docs", preview)
    addresses = {page.address for page in made.pages}
    assert "parks/2025/" in addresses
    assert "archives/2024/" not in addresses
    assert [f for f in made.findings if f.in_draft]


def test_a_draft_without_a_mistake_is_previewed(tmp_path: Path) -> None:
    project = make_small_project(tmp_path)
    made = make(Settings(), project.folder, project.folder / "docs", preview=True)
    assert "archives/2024/" in {page.address for page in made.pages}


# --- files out of place -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "rule", "said"),
    [
        ("data/reports/education/2025.YML", "wrong_ending", "2025.yml"),
        ("data/reports/education/2025.yml.txt", "wrong_ending", "2025.yml"),
        ("data/reports/education/2025.yml.bak", "wrong_ending", "2025.yml"),
        ("data/reports/education/2025.txt", "wrong_ending", "2025.yml"),
        ("data/reports/education/2025", "wrong_ending", "2025.yml"),
        ("data/reports/education/2025．yml", "wrong_ending", "2025.yml"),
        ("data/reports/education/2025 .yml", "year_misspelt", "2025"),
        ("data/reports/education/2025.yml ", "wrong_ending", "2025.yml"),
        ("data/reports/education/2025/canteen.Yaml", "wrong_ending", "canteen.yaml"),
        ("data/reports/education/2025/2025.yml", "year_in_year", "education/2025.yml"),
        ("data/reports/教育局/2025/2024.yml", "year_in_year", "教育局/2024.yml"),
        ("data/reports/2025.yml", "report_without_department", "2025.yml"),
        ("data/reports/education/2025/a/b.yml", "report_too_deep", "b.yml"),
        ("data/reports/education/2205.yml", "year_out_of_range", "2205"),
        ("data/reports/education/1025/canteen.yml", "year_out_of_range", "1025"),
        ("data/reports/education/2025年.yml", "year_misspelt", "“2025”"),
        ("data/reports/education/２０２５.yml", "year_misspelt", "“2025”"),
        ("data/reports/education/2025年度/canteen.yml", "year_misspelt", "“2025”"),
        ("data/reports/education/自评表.docx", "stray_file", "自评表.docx"),
        ("data/2025.yml", "stray_in_data", "data/reports/"),
        ("data/report/education/2025.yml", "stray_in_data", "reports"),
        ("data/Reports/education/2025.yml", "stray_in_data", "reports"),
        ("data/报告/education/2025.yml", "stray_in_data", "报告"),
        ("data/attachment/education/2025/表.pdf", "stray_in_data", "attachments"),
        ("data/department.yml", "stray_in_data", "departments.yml"),
        ("data/departments.yaml", "stray_in_data", "departments.yml"),
        ("data/Departments.yml", "stray_in_data", "departments.yml"),
        ("data/departments.yml.txt", "stray_in_data", "departments.yml"),
        ("data/education/2025.yml", "stray_in_data", "data/reports/"),
    ],
)
def test_file_out_of_place_is_told_where_it_belongs(
    name: str, rule: str, said: str, tmp_path: Path
) -> None:
    (finding,) = read(tmp_path, {name: STATE}).findings
    assert (finding.rule, finding.where.file) == (rule, name)
    assert said in finding.what + finding.fix


@pytest.mark.parametrize(
    "name",
    [
        "data/reports/Thumbs.db", "data/reports/education/desktop.ini", "data/Desktop.ini",
        "data/reports/education/2025/~$canteen.docx", "data/.DS_Store", "data/schemas/report.json",
        "data/attachments/education/2025/表.pdf", "data/README.md", "data/LICENSE",
        "data/reports/education/2025.yml~", "data/secret/notes.docx",
    ],
)  # fmt: skip
def test_files_that_belong_to_others_are_passed_over(name: str, tmp_path: Path) -> None:
    assert not read(tmp_path, {name: "x"}).findings


def test_a_name_that_two_departments_share_is_told_with_both(tmp_path: Path) -> None:
    text = (SMALL.parent / "data" / "departments.yml").read_text(encoding="utf-8")
    shared = (
        text.rstrip() + "\n  - {id: twin, names: 孪生局, aliases: [教育局], regions: shangqing}\n"
    )
    findings = read(
        tmp_path, {"data/departments.yml": shared, "data/reports/教育局/2025.yml": STATE}
    )
    (finding,) = [f for f in findings.findings if f.rule == "shared_department_name"]
    assert "education" in finding.fix
    assert "twin" in finding.fix


# --- attachments --------------------------------------------------------------------------------


def test_attachment_that_no_report_names_is_a_hint(tmp_path: Path) -> None:
    folder = "data/attachments/education/2025"
    files: dict[str, str | bytes] = {
        REPORT: "state: published\nattachments: [{id: a, name: 一, file: 一.txt}]\n",
        f"{folder}/一.txt": "一", f"{folder}/二.txt": "二", f"{folder}/Thumbs.db": "x",
        f"{folder}/深/三.txt": "三", "data/attachments/education/四.txt": "四",
        "data/attachments/教育局/2025/五.txt": "五",
    }  # fmt: skip
    found = [f for f in examined(tmp_path, files).open if f.rule.startswith("unnamed_")]
    assert sorted(f.where.file.rpartition("/")[2] for f in found) == [
        "三.txt", "二.txt", "五.txt", "四.txt",
    ]  # fmt: skip
    assert all(f.level.name == "HINT" for f in found)


def test_attachments_of_a_report_that_cannot_be_read_are_left_alone(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        REPORT: "state: published\ntitle: @\n", "data/attachments/education/2025/二.txt": "二",
    }  # fmt: skip
    assert "unnamed_file" not in rules(examined(tmp_path, files).open)


def test_names_in_another_unicode_form_are_the_same_to_nobody(tmp_path: Path) -> None:
    name = normalize("NFD", "データ.yml")
    assert name != "データ.yml"
    (finding,) = read(tmp_path, {f"data/{name}": STATE}).findings
    assert finding.rule == "stray_in_data"
