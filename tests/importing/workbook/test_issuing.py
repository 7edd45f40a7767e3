"""Which forms there are to make, and what a new one takes over from last year."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from evalpress.authoring.scaffold import CannotScaffold
from evalpress.importing.workbook.issuing import issue, owed
from evalpress.importing.workbook.returned import read_form
from evalpress.model import Key
from forms import canonical_bytes, column_of, content_of, row_of
from samples import REPORT, read

LAST = """
state: published
indicators:
  - {id: canteens, name: 食堂数, target: ≥12处, actual: 12处, full_marks: 10, score: 9}
problems: [{id: late, text: 拨付偏晚。, measure: 按季拨付。}]
funds: {rows: [{id: total, amounts: {budget: 120, executed: 115}, full_marks: 10, score: 9.58}]}
scores: {items: [{name: 产出指标, score: 9}], total: 18.58}
"""


def test_a_report_that_there_is_comes_with_its_figures(tmp_path: Path) -> None:
    loaded = read(tmp_path, {REPORT: LAST})
    form = issue(loaded, "教育局", "2025")
    assert (form.key, form.is_new, form.source) == (Key("education", 2025), False, REPORT)
    path = tmp_path / "form.xlsx"
    path.write_bytes(form.content)
    content = content_of(read_form(path, loaded))
    assert canonical_bytes(content) == canonical_bytes(loaded.reports[0].content)


def test_the_next_report_takes_names_targets_and_full_marks(tmp_path: Path) -> None:
    loaded = read(tmp_path, {REPORT: LAST})
    form = issue(loaded, "education", "2026")
    assert (form.is_new, form.source) == (True, REPORT)
    path = tmp_path / "form.xlsx"
    path.write_bytes(form.content)
    sheet = openpyxl.load_workbook(path)["指标"]
    line = row_of(sheet, "食堂数")
    said = {
        head: sheet.cell(line, column_of(sheet, head)).value
        for head in ("年度指标值", "实际完成值", "分值", "得分")
    }
    assert said == {"年度指标值": "≥12处", "实际完成值": None, "分值": 10, "得分": None}


def test_a_new_form_that_nobody_filled_in_says_nothing_new(tmp_path: Path) -> None:
    loaded = read(tmp_path, {REPORT: LAST})
    path = tmp_path / "form.xlsx"
    path.write_bytes(issue(loaded, "education", "2026").content)
    found = read_form(path, loaded)
    assert not (found.told or found.unplaced)
    content = content_of(found)
    assert [i.id for i in content.indicators] == ["canteens"]
    assert content.scores is not None
    assert content.scores.total is None
    assert not content.followups


def test_last_years_problems_wait_for_an_answer(tmp_path: Path) -> None:
    loaded = read(tmp_path, {REPORT: LAST})
    path = tmp_path / "form.xlsx"
    path.write_bytes(issue(loaded, "education", "2026").content)
    book = openpyxl.load_workbook(path)
    sheet = book["问题措施"]
    line = row_of(sheet, "late")
    note = sheet.cell(line, column_of(sheet, "问题编号")).comment
    assert note is not None
    assert "拨付偏晚" in note.text
    sheet.cell(line, column_of(sheet, "现在的状态")).value = "已解决"
    book.save(path)
    (followup,) = content_of(read_form(path, loaded)).followups
    assert (followup.year, followup.problem, followup.status) == (2025, "late", "solved")


@pytest.mark.parametrize(
    ("name", "year"), [("没有的局", "2025"), ("education", "25"), ("education", "二〇")]
)
def test_what_cannot_be_made_is_refused_in_words(tmp_path: Path, name: str, year: str) -> None:
    with pytest.raises(CannotScaffold):
        issue(read(tmp_path, {REPORT: LAST}), name, year)


def test_owed_are_overall_reports_and_the_projects_of_last_year(tmp_path: Path) -> None:
    project = "data/reports/education/2025/canteen.yml"
    loaded = read(tmp_path, {REPORT: LAST, project: LAST})
    keys = owed(loaded, 2026)
    assert Key("education", 2026) in keys
    assert Key("education", 2026, "canteen") in keys
    exempt = [d.id for d in loaded.reference.departments.values() if d.exemption(2026)]
    assert not {key.department for key in keys} & set(exempt)
