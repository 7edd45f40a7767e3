"""Forms that LibreOffice has saved again: one that is kept as a file, and by night many more, where
LibreOffice is installed.

The file is `form_of(TEXT)` after `soffice --headless --convert-to "xlsx:Calc MS Excel 2007 XML"`.
"""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from evalpress.importing.workbook.returned import is_workbook, read_form
from evalpress.model import Report
from forms import KEY, canonical_bytes, content_of, data, save_form
from random_reports import random_report
from samples import written
from sampling import WHOLE
from waiting import CEILING

SAVED = Path(__file__).parents[2] / "fixtures" / "forms" / "saved-by-libreoffice.xlsx"
TEXT = """
title: 教育局2025年度部门整体支出绩效自评报告
first_published: 2025-08-15 09:15
public_info: {issued: 2025年3月20日, keywords: [食堂, "007"], extra: {索引号: "53280118031201000"}}
body:
  preface: ["=1+1", "第一段\\n第二段", "365天*24小时，*不*是强调"]
  overview:
    - label: 组织
      content: [{list: [甲, {heading: 乙, content: [丙]}], numbering: （1）}]
    - table: 支出
      columns: [项目, {name: 金额, numeric: 是}]
      rows: [[基本, "12.50"], [null, 1e5]]
goals: {overall: {target: [甲, 乙], actual: 已完成。}}
funds:
  rows:
    - {id: total, amounts: {initial: 120.00, budget: 118.50, executed: 115.26}, rate: 97.27%}
    - {id: appropriation, amounts: {initial: 100.00, budget: 98.50, executed: 95.26}}
    - {id: carried, amounts: {initial: 20.00, budget: 20.00, executed: 20.00}}
    - {id: other, amounts: {initial: 0.00, budget: 0.00, executed: 0.00}}
indicators:
  - {id: a, level1: 产出指标, name: 甲, target: ≥95%, actual: 98.6%, full_marks: 10, score: 9.50}
  - {id: b, level1: 产出指标, name: 乙, target: 及时, actual: 及时, full_marks: 5, score: 5}
scores: {items: [{name: 产出指标, score: 14.50}], total: 14.50}
projects:
  - {id: p, name: 食堂, funds: {rows: [{id: total, amounts: {budget: 3, executed: 2.9}}]}}
facts: [{id: f, name: 人数, value: 123456789.123, parts: [{name: 甲, value: 1}]}]
sign_offs: [{step: 初审, name: 甲某, date: 2025-03-20}]
"""


def test_a_form_that_libreoffice_has_saved_is_the_same_report() -> None:
    assert is_workbook(SAVED)
    found = read_form(SAVED, data())
    assert not (found.told or found.unplaced)
    assert found.key == KEY
    assert canonical_bytes(content_of(found)) == canonical_bytes(written(TEXT).content)


def test_the_file_was_saved_by_libreoffice_and_kept_its_sums() -> None:
    assert b"LibreOffice" in _part(SAVED, "docProps/app.xml")
    book = openpyxl.load_workbook(SAVED)
    formulas = [c.value for line in book["资金"].iter_rows() for c in line if c.data_type == "f"]
    assert len(formulas) == 3


def _part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read(name)


@pytest.mark.slow
@pytest.mark.skipif(not WHOLE, reason="a conversion by LibreOffice is for make nightly")
@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"
)
def test_any_form_survives_libreoffice(tmp_path: Path) -> None:
    contents = {f"form-{seed}": random_report(seed) for seed in range(40)}
    contents["form"] = written(TEXT).content
    (tmp_path / "saved").mkdir()
    paths = [
        save_form(tmp_path / f"{name}.xlsx", data(), Report(KEY, "x.yml", content))
        for name, content in contents.items()
    ]
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    convert = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "saved")]
    subprocess.run(
        [*command, *convert, *map(str, paths)], check=True, capture_output=True, timeout=CEILING
    )
    for name, content in contents.items():
        found = read_form(tmp_path / "saved" / f"{name}.xlsx", data())
        assert not (found.told or found.unplaced), name
        assert canonical_bytes(content_of(found)) == canonical_bytes(content), name
