"""What the program adds to a report on the site stays out of the document that is printed."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from evalpress.assess import assess
from evalpress.pages.reports import report_page
from pdf_text import structure_text
from print_jobs import JOB, print_all
from samples import public, reference

REPORT = """
scheme: none
outline: department
scores: {total: 92, full_marks: 100, grade: 优}
public_info: {publisher: 云汀县教育局}
indicators:
  - {id: a, level1: 产出指标, name: 培训人数, target: ≥300人, actual: 264人}
  - {id: b, level1: 产出指标, name: 培训期数, target: ≥3期, actual: 3期}
body: {preface: 现公开自评情况。}
"""


def test_what_is_computed_for_the_site_is_not_printed(tmp_path: Path, pool: Executor) -> None:
    catalogue = assess([public(REPORT)], reference())
    page = report_page(catalogue, next(iter(catalogue.assessments.values())), {}, {}).markdown
    for said in ("程序计算", "达到目标", "未达到", "公开信息</span>"):
        assert said in page
    job = replace(JOB, markdown=page)
    text = structure_text(print_all([job], tmp_path, pool)[0][job.name])
    for said in ("程序计算", "达到目标", "未达到", "公开信息"):
        assert said not in text
    for said in ("自评得分", "发布机构", "培训人数", "264人", "现公开自评情况"):
        assert said in text
