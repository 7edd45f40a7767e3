"""The year under review, wherever a report names a year."""

from __future__ import annotations

import pytest

from evalpress.checks import RULES
from evalpress.findings import Level
from subjects import findings, places


@pytest.mark.parametrize(
    ("title", "wrong"),
    [
        ("云汀县教育局2025年度绩效自评报告", False),
        ("云汀县教育局绩效自评报告", False),
        ("云汀县教育局2024年度绩效自评报告", True),
        ("云汀县教育局2023—2025年绩效自评报告", False),
        ("2024年续建项目2025年度绩效自评报告", False),
        ("按云财〔2024〕5号开展的绩效自评报告", False),
        ("2024级新生资助绩效自评报告", False),
        ("绩效自评报告（2024年度）", True),
    ],
)
def test_the_titles_year(title: str, wrong: bool) -> None:
    assert bool(findings("title_year", f"title: {title}")) is wrong
    assert RULES["title_year"].level is Level.ERROR


def test_an_evaluation_by_others_may_be_of_another_year() -> None:
    text = "kind: third-party\ntitle: 云汀县2024年度绩效评价报告"
    assert not findings("title_year", text, slug="review")
    assert places("name_year", text, slug="review") == ["title"]


def test_names_of_another_year() -> None:
    text = (
        "project_name: 2024年校舍维修\n"
        "attachments: [{id: a, name: 2018年—2021年清单}, {id: b, name: 2025年清单}]"
    )
    assert places("name_year", text) == ["project_name", "attachments/a/name"]


def test_names_of_attachments_write_the_year_alike() -> None:
    names = ["2025年度甲报告", "2025年度乙报告", "丙2025年度报告"]
    text = "kind: attachments\nattachments:\n" + "".join(
        f"  - {{id: a{n}, name: {name}}}\n" for n, name in enumerate(names)
    )
    assert not findings("attachment_years", text, slug="index")
    for other in ("2025年丙报告", "丙报告", "2021年—2025年丙报告"):
        assert findings("attachment_years", text.replace(names[2], other), slug="index")


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("现将2024年度部门整体支出绩效自评情况报告如下。", True),
        ("本局对2024年整体支出情况实施了绩效自评价。", True),
        ("2024年度自评得分95分，2025年度97分。", False),
        ("与2024年度绩效自评相比有所提高。", False),
        ("2024年度绩效自评发现的问题已经整改。", False),
        ("现将2025年度绩效自评情况报告如下。", False),
        ("2024年建成校舍三栋。", False),
        ("2024年度，我局围绕年初确定的目标推进工作。", True),
        ("2024年本部门各项工作全部完成。", True),
        ("与2024年各项任务相比，我局工作量增加。", False),
        ("2025年度，我局围绕年初确定的目标推进工作。", False),
    ],
)
def test_last_year_as_the_year_under_review(sentence: str, wrong: bool) -> None:
    assert bool(findings("prose_year", f"body: {{preface: {sentence}}}")) is wrong


def test_documents_of_the_future() -> None:
    text = (
        "body: {preface: 按照云财〔2029〕5号和云财〔2026〕5号文件}\n"
        "profile: {bases: [{id: b, name: 办法, issued: 2027年}]}"
    )
    assert places("cited_year", text) == ["body/preface/1/text", "profile/bases/b/issued"]


def test_the_state_at_the_end_of_another_year() -> None:
    def found(sentence: str) -> list[str]:
        return places("status_year", f"body: {{overview: [{sentence}]}}")

    assert found("2015年末编制30名，实有29人。") == ["body/overview/1/text"]
    assert found("2025年末编制30名，实有29人。") == []
    assert found("2024年末编制30名，比上年多2名。") == []
