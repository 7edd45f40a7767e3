"""Reports in prose: headings matched to the outline, everything below them verbatim."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document as new_document

from evalpress.importing.drafts import Draft, bare, draft_text
from evalpress.importing.importer import drafts_of
from evalpress.importing.intake import read_content
from evalpress.importing.ownership import Asked
from evalpress.load import Loaded, parse
from evalpress.load.typed import build
from evalpress.model import ReportFile
from projects import without_reports

# Forms are read by the names of the demonstration's departments.
pytestmark = pytest.mark.demonstration

TITLE = "云泽区卫生健康局2025年度部门整体支出绩效自评报告"


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return without_reports()


def draft(loaded: Loaded, *lines: str, table: list[list[str]] | None = None) -> Draft:
    document = new_document()
    for line in lines:
        document.add_paragraph(line)
    if table:
        made = document.add_table(len(table), len(table[0]))
        for at, row in enumerate(table):
            for column, text in enumerate(row):
                made.cell(at, column).text = text
    stream = io.BytesIO()
    document.save(stream)
    (found,) = drafts_of([read_content("报告.docx", stream.getvalue())], Asked(), loaded)
    source, findings = parse("draft", draft_text(found).encode())
    content, more = build(ReportFile, source)
    assert content is not None
    assert not [*findings, *more]
    return found


def body(found: Draft) -> Any:
    return bare(found.tree)["body"]


def test_sections_of_the_outline_hold_their_paragraphs(loaded: Loaded) -> None:
    found = draft(
        loaded, TITLE, "按照要求报告如下。", "一、部门基本情况", "（一）部门概况", "下设五个科室。",
        "1.人员情况", "编制30人。", "二、自评工作开展情况", "（一）自评的组织工作",
        "由办公室组织。", "云泽区卫生健康局", "2026年3月20日",
    )  # fmt: skip
    assert (found.key.department, found.key.year, found.key.slug) == ("health", 2025, "")
    assert found.tree["title"].value == TITLE
    assert body(found) == {
        "preface": ["按照要求报告如下。"],
        "basics": [],
        "overview": [
            "下设五个科室。",
            {"heading": "人员情况", "number": "1.", "content": ["编制30人。"]},
        ],
        "process": [],
        "organisation": ["由办公室组织。"],
    }
    signature = bare(found.tree["signature"])
    assert signature == {"date": "2026年3月20日", "office": "云泽区卫生健康局"}


def test_a_heading_that_runs_into_its_text_begins_a_section(loaded: Loaded) -> None:
    found = draft(loaded, TITLE, "一、部门基本情况", "（一）部门概况。下设五个科室，编制30人。",
                  "（二）部门收支预决算情况。收入10万元，支出9万元。",
                  "四、评价结论和评价等级", "得分95分。")  # fmt: skip
    assert body(found)["overview"] == ["下设五个科室，编制30人。"]
    assert body(found)["finances"] == ["收入10万元，支出9万元。"]


def test_a_chapter_that_the_outline_does_not_know_is_looked_at(loaded: Loaded) -> None:
    found = draft(loaded, TITLE, "一、部门基本情况", "（一）部门概况", "五个科室。", "二、社会反响",
                  "来信12封。", "三、评价结论和评价等级", "得分95分。")  # fmt: skip
    assert body(found)["overview"] == [
        "五个科室。",
        {"heading": "社会反响", "number": "二、", "content": ["来信12封。"]},
    ]
    assert found.tree["body"]["overview"][1]["heading"].doubt
    assert body(found)["conclusion"] == {"number": "三、", "content": ["得分95分。"]}


def test_a_report_of_another_structure_follows_the_free_outline(loaded: Loaded) -> None:
    found = draft(loaded, TITLE, "一、工作背景", "背景文字一段，说明情况。", "二、主要做法",
                  "（一）抓培训",
                  "办班三期，培训人员。", "三、几点体会", "体会文字一段，写在这里。")  # fmt: skip
    assert found.tree["outline"] == "free"
    assert body(found)["text"][1] == {
        "heading": "主要做法", "number": "二、",
        "content": [{"heading": "抓培训", "number": "（一）", "content": ["办班三期，培训人员。"]}],
    }  # fmt: skip


def test_a_table_of_its_own_is_a_block(loaded: Loaded) -> None:
    found = draft(loaded, TITLE, "一、部门基本情况", "（一）部门概况", "科室设置见下表。",
                  "编制情况见下表。", table=[["科室", "人数"], ["办公室", "12"]])  # fmt: skip
    assert body(found)["overview"][-1] == {
        "table": None, "columns": ["科室", "人数"], "rows": [["办公室", "12"]],
    }  # fmt: skip


def test_scores_and_figures_are_offered_not_written(loaded: Loaded) -> None:
    found = draft(loaded, TITLE, "一、部门基本情况", "（一）部门概况", "全年办班12期。",
                  "四、评价结论和评价等级",
                  "自评得分95.5分，等级为“优”。", "经费支出1100.20万元。")  # fmt: skip
    assert "scores" not in found.tree
    assert any("95.5" in line for line in found.offers)
    assert any("1100.20" in line and "万元" in line for line in found.offers)


def test_nothing_of_a_report_is_lost(loaded: Loaded) -> None:
    lines = [
        TITLE, "某序言写在前面。", "一、部门基本情况", "（一）部门概况", "甲乙丙丁。", "（九）怪章",
        "戊己庚辛。",
    ]  # fmt: skip
    found = draft(loaded, *lines)
    text = draft_text(found)
    for said in ("某序言写在前面。", "甲乙丙丁。", "怪章", "戊己庚辛。"):
        assert said in text


def test_a_table_of_contents_is_told_and_no_text(loaded: Loaded) -> None:
    found = draft(loaded, TITLE, "目　录", "一、部门基本情况\t1", "二、综合评价结论……3",
                  "一、部门基本情况", "内设5个科室。", "二、综合评价结论", "得95分。")  # fmt: skip
    assert "preface" not in body(found)
    assert [entry.text for entry in found.unplaced] == [
        "目　录", "一、部门基本情况\t1", "二、综合评价结论……3"
    ]  # fmt: skip
