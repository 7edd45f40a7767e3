"""A workbook in LibreOffice: it opens, and every cell has the type that it was written with."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from evalpress.assess import assess
from evalpress.exports.grouping import all_groups
from evalpress.exports.groups import FORMATS
from evalpress.exports.json_report import report_json
from samples import public, reference
from sampling import WHOLE
from waiting import CEILING

OFFICE = shutil.which("soffice")
SPACES = {
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
TEXT = """
title: 甲报告
first_published: 2025-08-25 9:00
project_code: "0012"
funds: {rows: [{id: total, amounts: {budget: 43.20, executed: 37.24}, rate: 86.2}]}
indicators: [{id: visits, name: "=1+2", target: ≥12次, completion: 108.33, score: 0}]
"""


@pytest.mark.slow
@pytest.mark.skipif(not OFFICE, reason="LibreOffice (soffice) is not installed")
@pytest.mark.skipif(not WHOLE, reason="LibreOffice takes seconds to start: make nightly")
def test_libreoffice_reads_every_type(tmp_path: Path) -> None:
    found = assess([public(TEXT)], reference())
    [group, *_] = all_groups(found, {}, lambda key: report_json(found, found.assessments[key]))
    [(name, content)] = FORMATS["xlsx"].make(group)
    (tmp_path / name).write_bytes(content)
    run = subprocess.run(
        [str(OFFICE), "--headless", f"-env:UserInstallation=file://{tmp_path}/own", "--convert-to",
         "fods", "--outdir", str(tmp_path), str(tmp_path / name)],
        timeout=CEILING, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "rror" not in run.stdout + run.stderr
    indicators, reports = (_cells(tmp_path, sheet) for sheet in ("指标", "报告"))
    assert indicators["三级指标"] == ("string", "=1+2")
    assert indicators["年度指标值（数值）"] == ("float", "12")
    assert indicators["完成率（%）"] == ("percentage", "1.0833")
    assert indicators["得分"] == ("float", "0")
    assert indicators["分值"] == ("", "")
    assert reports["首次公开"] == ("date", "2025-08-25")
    assert reports["项目代码"] == ("string", "0012")
    assert reports["预算"] == ("float", "43.2")
    assert reports["执行率（%）"] == ("percentage", "0.862")


def _cells(folder: Path, sheet: str) -> dict[str, tuple[str, str]]:
    """Type and value of the cells below the heads of a sheet."""
    tree = etree.parse(folder / "evaluations.fods")
    [found] = tree.findall(f".//table:table[@table:name='{sheet}']", SPACES)
    head, row = (list(_spread(row)) for row in found.findall(".//table:table-row", SPACES)[:2])
    return {name: cell for (_, name), cell in zip(head, row, strict=False) if name}


def _spread(row: etree._Element) -> list[tuple[str, str]]:
    office, table = f"{{{SPACES['office']}}}", f"{{{SPACES['table']}}}"
    cells = []
    for cell in row.findall("table:table-cell", SPACES):
        kind = cell.get(f"{office}value-type", "")
        text = "".join(cell.itertext()).strip()
        value = cell.get(f"{office}value") or cell.get(f"{office}date-value") or text
        cells += [(kind, value)] * min(int(cell.get(f"{table}number-columns-repeated", 1)), 100)
    return cells
