"""What is left open: sections, placeholders, goals, measures, attachments."""

from __future__ import annotations

import dataclasses
from dataclasses import replace

import pytest

from evalpress.checks import RULES, completeness  # noqa: F401
from evalpress.findings import Level
from evalpress.model import Outline, Piece, Reference, Section
from samples import reference
from subjects import findings, places


def requiring(*names: str) -> Reference:
    """The county's reference data with an outline that requires these sections."""
    known = reference()
    sections = tuple(Section(id=name, heading=name, required=True) for name in names)
    sections += known.outlines["department"].sections[-1:]
    outline = Outline(id="department", name="提纲", sections=sections)
    return dataclasses.replace(known, outlines={"department": outline})


def test_required_sections() -> None:
    known = requiring("overview", "conclusion")
    text = "body: {overview: 概况如下。}"
    assert places("section_missing", text, known=known) == ["body/conclusion"]
    assert not findings("section_missing", text)


def test_sections_with_nothing_below() -> None:
    text = (
        "body: {overview: {heading: 概况}, problems: {heading: 问题}}\n"
        "problems: [{id: p, text: 慢}]"
    )
    assert places("section_empty", text) == ["body/overview"]


def test_a_draft_s_empty_sections_are_told_at_once() -> None:
    """A draft that was just made is nothing but empty sections."""
    text = "body: {overview: {heading: 概况}, method: {heading: 方法}}\n"
    assert len(findings("section_empty", text)) == 2
    (told,) = findings("section_empty", f"state: draft\n{text}")
    assert "“概况”、“方法”" in told.what


@pytest.mark.parametrize("title", ["2020年度绩效评价", "绩效自评报告"])
def test_a_title_without_a_name(title: str) -> None:
    assert findings("title_incomplete", f"title: {title}")
    assert not findings("title_incomplete", f"title: 县教育局{title}")
    assert not findings("title_incomplete", f"project_name: 食堂改造项目\ntitle: 食堂改造{title}")
    by_others = f"kind: third-party\ntitle: 某县城乡冷链物流项目{title}"
    assert not findings("title_incomplete", by_others, slug="cold-chain")
    assert findings("title_incomplete", f"kind: third-party\ntitle: {title}", slug="cold-chain")


@pytest.mark.parametrize(
    "text",
    [
        "××局", "XX局开展自评", "支出××万元", "（此处填写概况）",
        "【请填写单位】", "TODO", "待补充",
        "指标2", "……", "...", "2026年 月 日", "支出 万元", "（单位名称）2025年度", "根据《》要求",
        "____年", "（ ）", "○○县",
    ],
)  # fmt: skip
def test_placeholders(text: str) -> None:
    assert places("placeholder", f"body: {{overview: '{text}'}}") == ["body/overview/1/text"]
    assert RULES["placeholder"].level is Level.ERROR


@pytest.mark.parametrize(
    "text",
    [
        "资料有待补充和完善", "培训、调研……都已完成", "李××等三人", "138****1234", "型号XX-100",
        "全年365天*24小时", "指标2项未完成", "支出 20 万元", "其他需要说明的问题：无", "BIXX2",
        "二〇〇五年", "全年 月均12次", "年月日齐全", "（见表）", "3×2米", "——", "《自评表》",
    ],
)  # fmt: skip
def test_no_placeholders(text: str) -> None:
    assert bool(findings("placeholder", f"body: {{overview: '{text}'}}")) is (text == "——")


def test_placeholders_in_data() -> None:
    text = (
        "indicators: [{id: a, name: 指标1}, {id: b, n"
        "ame: 暂无}, {id: c, name: 培训, deviation: 暂无}]"
    )
    assert places("placeholder", text) == ["indicators/b/name"]
    assert places("placeholder_indicator", text) == ["indicators/a/name"]
    assert not findings("placeholder", "corrections: [{id: c, old: XX局, new: 县教育局}]")


def test_a_goal_that_is_a_number() -> None:
    text = "goals: {overall: {target: '43.2', actual: 37.24万元}}"
    (found,) = findings("goal_is_number", text)
    assert found.place == "goals/overall/target" and "43.2”“37.24万元" in found.what
    assert not findings("goal_is_number", "goals: {overall: {target: 支出43.2万元}}")


def test_a_goal_without_result() -> None:
    text = "goals: {overall: {target: 改造食堂}}"
    assert places("goal_without_result", text) == ["goals/overall"]
    assert not findings("goal_without_result", f"{text}\nbody: {{overall-results: 已改造。}}")
    assert not findings("goal_without_result", text.replace("食堂}", "食堂, actual: 已改造}"))


@pytest.mark.parametrize(("text", "none"), [("暂无", True), ("无。", True), ("无人管护", False)])
def test_no_problem(text: str, none: bool) -> None:
    assert bool(findings("no_problem", f"problems: [{{id: p, text: {text}}}]")) is none
    assert (
        bool(findings("problem_without_measure", f"problems: [{{id: p, text: {text}}}]"))
        is not none
    )


@pytest.mark.parametrize(
    "more", ["measure: 增派人手", "measure_in_text: 是", "text: 人手少，今后增派。"]
)
def test_a_problem_with_its_measure(more: str) -> None:
    text = "" if more.startswith("text") else "text: 人手少, "
    assert not findings("problem_without_measure", f"problems: [{{id: p, {text}{more}}}]")


def test_a_problem_inside_a_project() -> None:
    text = "projects: [{id: road, name: 道路, problems: [{id: p, text: 进度慢}]}]"
    assert places("problem_without_measure", text) == ["projects/road/problems/p"]


def test_fillers_instead_of_reasons() -> None:
    text = "indicators: [{{id: a, name: 甲, deviation: '{0}'}}, {{id: b, name: 乙, cause: '{0}'}}]"
    for filler in ("/", "／"):
        (found,) = findings("deviation_filler", text.format(filler))
        assert found.place == "indicators/a/deviation" and "2" in found.what
    assert not findings("deviation_filler", text.format("资金未到位"))


def test_an_empty_row() -> None:
    text = "indicators: [{id: a, level2: 生态效益}, {id: b, level2: 生态效益, not_applicable: 无}]"
    assert places("indicator_empty", text) == ["indicators/a"]


def test_attachments_named_and_listed() -> None:
    text = (
        "body: {overview: 详见附件1、附件二。}\n"
        "attachments: [{id: a, number: 附件1, name: 甲}, {id: c, number: 附件3, name: 丙}]"
    )
    (found,) = findings("attachment_unlisted", text)
    assert "附件2" in found.what
    assert places("attachment_unmentioned", text) == ["attachments/c"]


def test_attachments_of_others_and_without_numbers() -> None:
    text = "body: {{overview: {}}}\nattachments: [{{id: a, name: 甲}}]"
    assert not findings("attachment_unlisted", text.format("按办法（云财〔2020〕10号）附件3填报"))
    assert not findings("attachment_unlisted", text.format("见附件1"))
    assert findings("attachment_unlisted", "body: {overview: 详见附件。}")
    assert not findings("attachment_unmentioned", text.format("详见附件"))


def test_a_report_without_a_date() -> None:
    assert findings("undated", "title: 报告")
    assert not findings("undated", "signature: {date: 2026年3月1日}")


PROBLEMS = Section(id="problems", heading="问题", required=True, shows=(Piece.PROBLEMS,))


def test_an_empty_list_of_data_is_named_itself() -> None:
    outline = Outline(id="department", name="甲", sections=(PROBLEMS,))
    known = replace(reference(), outlines={**reference().outlines, "department": outline})
    (found,) = findings("section_missing", "problems: []\nbody: {basics: 甲}", known=known)
    assert (found.rule, found.where.line) == ("section_data_empty", 2)
    (found,) = findings("section_missing", "body: {basics: 甲}", known=known)
    assert found.rule == "section_missing"
