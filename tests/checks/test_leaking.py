"""Withheld values in the other documents of a department, and in files: each way has its twin."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from evalpress.findings import Finding, Level, blocking
from samples import inspect

BUREAU = "data/reports/education/2025.yml"
KITCHEN = "data/reports/education/2025/kitchen.yml"
NEXT = "data/reports/education/2026.yml"
LATER = "data/reports/education/2027.yml"
FILES = "data/attachments/education/2025"
RULES = ("withheld_leak", "withheld_likely")


def told(root: Path, files: dict[str, str | bytes]) -> set[tuple[str, str, str]]:
    """File, place and rule of every finding about withheld values."""
    texts = {
        name: f"state: published\n{text}" if isinstance(text, str) and "/reports/" in name else text
        for name, text in files.items()
    }
    found = [f for f in inspect(root, texts) if f.rule in RULES]
    return {(f.where.file.removeprefix("data/reports/"), f.place, f.rule[9:]) for f in found}


def withheld(place: str) -> str:
    return f"withheld: [{{place: {place}, reason: 依法}}]\n"


OWN = """
project_name: 食堂改造项目
funds: {rows: [{id: total, amounts: {initial: 300, budget: 260.5, executed: 241.75}}]}
"""
LISTED = """
projects:
  - id: canteen
    name: 食堂改造项目
    funds: {table: approvals, rows: [{id: total, amounts: {revised: 260.5, executed: 241.75}}]}
"""
ASKED = "funds/total/executed"


# --- a project's own file and the department's list of it ---------------------------------------


def test_the_department_s_list_gives_away_what_the_project_s_file_withholds(tmp_path: Path) -> None:
    found = told(tmp_path, {KITCHEN: OWN + withheld(ASKED), BUREAU: LISTED})
    assert ("education/2025.yml", "projects/canteen/funds/total/executed", "leak") in found


def test_the_project_s_file_gives_away_what_the_department_s_list_withholds(tmp_path: Path) -> None:
    asked = withheld(f"projects/canteen/{ASKED}")
    found = told(tmp_path, {KITCHEN: OWN, BUREAU: LISTED + asked})
    assert ("education/2025/kitchen.yml", ASKED, "leak") in found


def test_both_withholding_gives_nothing_away(tmp_path: Path) -> None:
    asked = withheld(f"projects/canteen/{ASKED}")
    files = {KITCHEN: OWN + withheld(ASKED), BUREAU: LISTED + asked}
    assert told(tmp_path, dict(files)) == set()


def test_another_project_of_the_list_is_not_meant(tmp_path: Path) -> None:
    other = LISTED.replace("食堂改造", "操场改造").replace("241.75", "88.12")
    assert told(tmp_path, {KITCHEN: OWN + withheld(ASKED), BUREAU: other}) == set()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("食堂改造支出241.75万元。", "leak"), ("食堂改造支出二百四十一万七千五百元。", "leak"),
        ("食堂改造结余18.75万元。", "leak"), ("食堂改造执行率92.8%。", "leak"),
        ("某项目支出241.75万元。", "leak"), ("另有241.75万元。", "likely"),
        ("食堂改造年初预算300万元。", ""), ("操场改造结余81.75万元。", ""), ("满意度92.5%。", ""),
    ],
)  # fmt: skip
def test_the_department_s_prose_about_the_project(said: str, expected: str, tmp_path: Path) -> None:
    found = told(tmp_path, {KITCHEN: OWN + withheld(ASKED), BUREAU: f"body: {{overview: {said}}}"})
    assert {rule for _, _, rule in found} == ({expected} if expected else set())


# --- other years --------------------------------------------------------------------------------

YEAR = "funds: {rows: [{id: total, amounts: {initial: 300, budget: 260.5, executed: 241.75}}]}\n"
AFTER = "funds: {rows: [{id: total, amounts: {budget: 310, executed: 302.5}}]}\n"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("上年支出241.75万元。", "leak"), ("支出比上年增加60.75万元。", "leak"),
        ("支出较上年增长25.13%。", "leak"), ("上年执行率92.8%。", "leak"),
        ("上年末结余18.75万元。", "leak"),
        ("支出302.5万元，执行率97.58%。", ""), ("年末结余7.5万元。", ""),
        ("人次比上年增加25%。", ""),
    ],
)  # fmt: skip
def test_the_next_year_s_report(said: str, expected: str, tmp_path: Path) -> None:
    files = {BUREAU: YEAR + withheld(ASKED), NEXT: f"{AFTER}body: {{overview: {said}}}"}
    found = {rule for file, _, rule in told(tmp_path, dict(files)) if file == "education/2026.yml"}
    assert found == ({expected} if expected else set())


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2025年支出241.75万元。", "leak"), ("前年支出241.75万元。", "leak"),
        ("三年来支出依次为241.75万元、302.5万元。", "leak"), ("2025年预算260.5万元。", ""),
        ("2025年培训24175人次。", ""),
    ],
)  # fmt: skip
def test_a_report_two_years_later(said: str, expected: str, tmp_path: Path) -> None:
    files = {BUREAU: YEAR + withheld(ASKED), LATER: f"body: {{overview: {said}}}"}
    assert {rule for _, _, rule in told(tmp_path, dict(files))} == (
        {expected} if expected else set()
    )


def test_what_is_withheld_two_years_later_is_looked_for_in_earlier_reports(tmp_path: Path) -> None:
    text = "facts: [{id: a, name: 预留经费, value: 377.25, unit: 万元}]\n"
    files = {
        LATER: text + withheld("facts/a"),
        BUREAU: "body: {overview: 2027年预留经费377.25万元。}",
    }
    found = told(tmp_path, dict(files))
    assert found == {("education/2025.yml", "body/overview", "leak")}


def test_another_department_s_figures_are_its_own(tmp_path: Path) -> None:
    other = "data/reports/finance/2025.yml"
    files = {BUREAU: YEAR + withheld(ASKED), other: "body: {overview: 支出241.75万元。}"}
    assert told(tmp_path, dict(files)) == set()


# --- files --------------------------------------------------------------------------------------

WITH_FILE = f"{YEAR}attachments: [{{id: a1, name: 附表, file: table.csv}}]\n{withheld(ASKED)}"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("项目,年初预算,全年执行数\n全年支出241.75万元,,\n", "leak"),
        ("年末结余18.75万元\n", "leak"), ("其他,241.75\n", "likely"),
        ("年初预算300万元\n全年预算260.5万元\n", ""), ("编号,2417\n", ""),
        ("支出,241,.75,万元\n", "leak"), ("支出241.\n75万元\n", "leak"),
        ("支出241\n.75万元\n", "leak"), ("支出2417500\n元\n", "leak"),
        ("支出,241,75,人\n", ""), ("序号241\n75\n", ""),
    ],
)  # fmt: skip
def test_texts_of_attachments_are_searched(content: str, expected: str, tmp_path: Path) -> None:
    found = told(tmp_path, {BUREAU: WITH_FILE, f"{FILES}/table.csv": content.encode()})
    want = {("education/2025.yml", "attachments/a1/file", expected)} if expected else set()
    assert found == want


def word_file(*parts: str, cells: bool = False) -> bytes:
    """A document with a paragraph of differently formatted parts, or with a row of cells."""
    document, content = Document(), BytesIO()
    if cells:
        for cell, text in zip(document.add_table(1, len(parts)).rows[0].cells, parts, strict=True):
            cell.text = text
    else:
        paragraph = document.add_paragraph()
        for number, text in enumerate(parts):
            paragraph.add_run(text).bold = number % 2 == 0
    document.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (word_file("支出24", "1.7", "5万元"), "leak"), (word_file("支出24", "1.5", "7万元"), ""),
        (word_file("支出", "241.75", "万元", cells=True), "leak"),
        (word_file("支出", "241", ".75", "万元", cells=True), "leak"),
        (word_file("支出", *"2417500", cells=True), "leak"),
        (word_file("支出", *"2417600", cells=True), ""),
        (word_file("预算", "260.5", "万元", cells=True), ""),
    ],
)  # fmt: skip
def test_numbers_torn_apart_in_documents(content: bytes, expected: str, tmp_path: Path) -> None:
    text = WITH_FILE.replace("table.csv", "table.docx")
    found = told(tmp_path, {BUREAU: text, f"{FILES}/table.docx": content})
    assert {rule for _, _, rule in found} == ({expected} if expected else set())


def workbook(number: object, number_format: str = "General", title: str = "表") -> bytes:
    book, content = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    sheet.append(["支出（万元）", number])
    sheet["B1"].number_format = number_format
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("number", "number_format"),
    [
        (241.75, "0"), (241.75, ";;;"), (241.75, "# ?/?"), (241.75, "yyyy-mm-dd"),
        (241.75, '0.00"万元"'), (2417500, '0!.0,"万元"'), (2417500, '0.0,,"百万元"'),
        (2417500, "[DBNum2]0"), (2417500, "0.0000E+00"), ("=241.75*2", "General"),
    ],
)  # fmt: skip
def test_what_a_cell_holds_is_searched_whatever_its_format_shows(
    number: object, number_format: str, tmp_path: Path
) -> None:
    text = WITH_FILE.replace("table.csv", "table.xlsx")
    found = told(tmp_path, {BUREAU: text, f"{FILES}/table.xlsx": workbook(number, number_format)})
    assert {rule for _, _, rule in found} & {"leak", "likely"}


@pytest.mark.parametrize(
    ("number", "number_format"),
    [
        (242, "0"), (260.5, "0"), (24176, "yyyy-mm-dd"), (2417600, '0!.00,"万元"'),
        ("=B241+75", "General"), ("=LOG10(241)", "General"), (0.41370558375634, "0.0%"),
    ],
)  # fmt: skip
def test_other_cells_are_not(number: object, number_format: str, tmp_path: Path) -> None:
    text = WITH_FILE.replace("table.csv", "table.xlsx").replace("支出", "其他")
    found = told(tmp_path, {BUREAU: text, f"{FILES}/table.xlsx": workbook(number, number_format)})
    assert found == set()


def test_the_name_of_a_sheet_is_searched(tmp_path: Path) -> None:
    text = WITH_FILE.replace("table.csv", "table.xlsx")
    content = workbook(1, title="支出241.75万元")
    found = told(tmp_path, {BUREAU: text, f"{FILES}/table.xlsx": content})
    assert {rule for _, _, rule in found} == {"leak"}


def test_an_attachment_that_is_withheld_itself_is_not_searched(tmp_path: Path) -> None:
    both = WITH_FILE.replace("withheld: [", "withheld: [{place: attachments/a1, reason: 依法}, ")
    assert told(tmp_path, {BUREAU: both, f"{FILES}/table.csv": "支出241.75万元".encode()}) == set()


# --- how it is told -----------------------------------------------------------------------------


def findings(root: Path, *more: str) -> list[Finding]:
    text = "unit: 共19.84\nfacts: [{id: a, name: 一, value: 19.84, unit: 万元}]\n"
    text += withheld("facts/a") + "".join(more)
    return [f for f in inspect(root, {BUREAU: f"state: published\n{text}"}) if f.rule in RULES]


def test_what_a_person_must_judge_stops_a_publication_until_it_is_signed(tmp_path: Path) -> None:
    (found,) = findings(tmp_path)
    assert (found.rule, found.level, found.place) == ("withheld_likely", Level.WARNING, "unit")
    assert blocking([found]) == [found]
    assert "须签注" in str(found)


def test_a_draft_s_stops_nobody(tmp_path: Path) -> None:
    text = "unit: 共19.84\nfacts: [{id: a, name: 一, value: 19.84, unit: 万元}]\n" + withheld(
        "facts/a"
    )
    found = [f for f in inspect(tmp_path, {BUREAU: f"state: draft\n{text}"}) if f.rule in RULES]
    assert len(found) == 1


def test_whose_and_which_file_is_said(tmp_path: Path) -> None:
    files = {
        KITCHEN: "state: published\n" + OWN + withheld(ASKED),
        BUREAU: "state: published\nattachments: [{id: a1, name: 附表, file: table.csv}]\n",
        f"{FILES}/table.csv": "食堂改造项目支出241.75万元".encode(),
    }
    (found,) = (f for f in inspect(tmp_path, files) if f.rule in RULES)
    assert "education/2025/kitchen/" in found.what
    assert "table.csv" in found.what
