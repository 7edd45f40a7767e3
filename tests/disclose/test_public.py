"""Report -> PublicReport: nothing that is not public yet, internal or withheld gets through."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from pydantic import BaseModel

from evalpress.clock import BEIJING
from evalpress.disclose.public import disclose
from evalpress.disclose.withheld import withholdable
from evalpress.model import Label, PublicReport, ReportContent, ReportFile, State, WithheldBlock
from evalpress.model.places import places, walk
from evalpress.model.values import Written
from samples import NOW, parsed, public, reference, written

LATER = datetime(2026, 1, 2, tzinfo=BEIJING)


def value(report: PublicReport, place: str) -> Any:
    """What stands at a place; None where nothing does."""
    return places(report.content).get(place, ((), None))[1]


def leaves(report: PublicReport) -> list[str]:
    return [str(v) for _, _, v in walk(report.content) if not isinstance(v, tuple | dict)]


def withhold(text: str, *asked: str) -> PublicReport:
    """The public form of a report in which these places are withheld."""
    listed = "".join(f"  - {{place: {place}, reason: 依法}}\n" for place in asked)
    return public(f"{text}\nwithheld:\n{listed}")


# --- what may be seen when ----------------------------------------------------------------------


def seen(text: str, preview: bool = False, state: State = State.PUBLISHED) -> list[PublicReport]:
    report = written(text)
    content = report.content.model_copy(update={"state": state})
    return disclose([replace(report, content=content)], reference(), NOW, preview)


def test_published_and_archived_reports_are_public() -> None:
    assert len(seen("title: 标题")) == 1
    assert [r.previewed for r in seen("title: 标题", state=State.ARCHIVED)] == [False]


def test_draft_is_seen_only_in_a_preview_and_stamped() -> None:
    assert seen("title: 标题", state=State.DRAFT) == []
    assert [r.previewed for r in seen("title: 标题", True, State.DRAFT)] == [True]


def test_embargo_lasts_to_the_moment() -> None:
    text = "first_published: 2026-01-01 00:00:01"
    assert seen(text) == []
    assert [r.embargoed for r in seen(text, preview=True)] == [True]
    assert disclose([written(text)], reference(), LATER)
    assert seen("first_published: 2026-01-01 00:00:00")


INTERNAL = set(ReportFile.model_fields) - set(ReportContent.model_fields)


def test_internal_fields_are_these() -> None:
    assert {"slug", "state", "withheld", "sign_offs", "waivers", "notes"} == INTERNAL


def test_internal_fields_never_get_through() -> None:
    text = """
sign_offs: [{step: 初审, name: 甲乙丙}]
waivers: [{rule: x, reason: 内情一}]
notes: 内情二
"""
    report = public(text)
    assert not INTERNAL & set(vars(report.content))
    assert "甲乙丙" not in repr(report)
    assert "内情" not in repr(report)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("title: 自己的标题", "自己的标题"),
        ("kind: attachments", "云汀县教育局2025年度绩效评价报告目录"),
        ("kind: project\nproject_name: 食堂改造项目", 
         "云汀县教育局2025年度食堂改造项目支出绩效自评报告"),
        ("provenance: real", "云汀县教育局2025年度部门整体支出绩效自评报告"),
    ],
)  # fmt: skip
def test_title_is_the_reports_own_or_made_of_its_identity(text: str, title: str) -> None:
    assert public(text).title == title


def test_title_uses_the_name_of_its_year() -> None:
    assert public("version: 1", "media", 2018).title.startswith("云汀县广播电视台2018年度")


def test_withheld_title_or_project_name_is_in_no_title() -> None:
    text = "title: 秘密工程自评\nkind: project\nproject_name: 秘密工程"
    assert "秘密" not in repr(withhold(text, "title", "project_name"))


# --- every kind of place ------------------------------------------------------------------------

EVERYTHING = """
unit: 秘密单位
public_info: {summary: 秘密摘要, keywords: [秘密词]}
body:
  overview: 秘密一
  method:
    - {id: para, text: 秘密二}
    - {id: steps, list: [{id: one, heading: 第一步, text: 秘密三}, 公开一]}
    - {id: how, label: 方法, content: [秘密四]}
    - {id: head, heading: 小标题, content: [秘密五]}
    - {id: grid, table: 表, columns: [甲], rows: [[秘密六]]}
    - {id: photo, picture: 秘密.png, alt: 秘密七}
    - {id: marked, markdown: 秘密八}
profile: {duties: [秘密九], staff: [{id: posts, name: 编制, value: 4321, unit: 人}]}
goals:
  overall: {target: 秘密十, actual: 公开二}
  items: [{id: first, name: 第一项, target: 秘密十一}]
evaluation:
  team: 秘密组
  third_party: {name: 秘密公司}
  stages: [{id: start, name: 准备, dates: 秘密日期, content: 秘密十二}]
problems: [{id: late, text: 秘密十三, cause: 秘密十四, measure: 公开三}]
facts: [{id: calls, name: 电话, value: 4321, unit: 次, parts: [{name: 夜间, value: 1234}]}]
scores: {review: {total: 91.25, note: 秘密十五}, note: 秘密十六}
attachments: [{id: list, name: 清单, file: 秘密.pdf}]
original: {file: 秘密原件.pdf}
signature: {office: 秘密局, date: 秘密日}
corrections: [{id: c1, old: 秘密旧, new: 秘密新, reason: 更正}]
followups: [{id: f1, year: 2024, problem: late, status: open, text: 秘密十七}]
"""


@pytest.mark.parametrize(
    ("asked", "secrets", "kept"),
    [
        ("body/overview", ["秘密一"], []),
        ("body/method/para", ["秘密二"], []),
        ("body/method/para/text", ["秘密二"], []),
        ("body/method/steps", ["秘密三"], []),
        ("body/method/steps/one", ["秘密三"], ["第一步", "公开一"]),
        ("body/method/how", ["秘密四"], ["方法"]),
        ("body/method/head", ["秘密五"], ["小标题"]),
        ("body/method/grid", ["秘密六"], []),
        ("body/method/photo", ["秘密.png", "秘密七"], []),
        ("body/method/photo/picture", ["秘密.png", "秘密七"], []),
        ("body/method/marked", ["秘密八"], []),
        ("body/method", [f"秘密{n}" for n in "二三四五六七八"], []),
        ("profile/duties", ["秘密九"], ["编制"]),
        ("profile/staff/posts", [], ["编制", "人"]),
        ("profile/staff/posts/value", [], ["编制", "人"]),
        ("profile", ["秘密九"], []),
        ("goals/overall/target", ["秘密十"], ["公开二"]),
        ("goals/overall", ["秘密十", "公开二"], ["第一项"]),
        ("goals/first", ["秘密十一"], ["第一项", "公开二"]),
        ("goals", ["秘密十", "秘密十一", "公开二"], []),
        ("evaluation/team", ["秘密组"], ["准备"]),
        ("evaluation/third_party", ["秘密公司"], ["秘密组"]),
        ("evaluation/start", ["秘密日期", "秘密十二"], ["准备"]),
        ("problems/late", ["秘密十三", "秘密十四", "公开三"], ["late"]),
        ("problems/late/cause", ["秘密十四"], ["秘密十三", "公开三"]),
        ("scores/note", ["秘密十六"], ["秘密十五"]),
        ("scores/review", ["91.25", "秘密十五"], ["秘密十六"]),
        ("attachments/list", ["秘密.pdf"], ["清单"]),
        ("original", ["秘密原件.pdf"], []),
        ("signature", ["秘密局", "秘密日"], []),
        ("corrections/c1", ["秘密旧", "秘密新"], ["c1"]),
        ("followups/f1", ["秘密十七"], []),
        ("public_info", ["秘密摘要", "秘密词"], []),
        ("unit", ["秘密单位"], []),
        ("facts/calls", ["4321.", "1234"], ["电话", "次"]),
        ("facts/calls/parts/夜间", ["1234"], ["电话"]),
    ],
)  # fmt: skip
def test_withheld_place_is_emptied_and_names_stay(
    asked: str, secrets: list[str], kept: list[str]
) -> None:
    report = withhold(EVERYTHING, asked)
    found = leaves(report)
    assert not set(secrets) & set(found)
    assert set(kept) <= set(found)
    assert "依法" in report.withheld[asked]
    assert len(found) > 20, "all else is still there"


def test_every_place_that_can_be_withheld_can_be_withheld() -> None:
    for place in withholdable(parsed(EVERYTHING)[1]):
        report = withhold(EVERYTHING, place)
        assert place in report.withheld
        assert isinstance(report.content, ReportContent)
        for steps, left in places(report.content).values():
            assert left is not None, steps


def test_notice_stands_where_the_text_was() -> None:
    label = withhold(EVERYTHING, "body/method/how").content.body["method"].content[2]
    assert isinstance(label, Label)
    assert isinstance(label.content[0], WithheldBlock)
    assert "依法" in label.content[0].withheld


def test_reason_and_basis_are_told() -> None:
    report = public("unit: x\nwithheld: [{place: unit, reason: 涉密, basis: 某条例}]")
    assert "涉密（某条例）" in report.withheld["unit"]


def test_places_within_each_other_are_withheld_together() -> None:
    report = withhold(EVERYTHING, "problems/late", "problems/late/cause", "problems", "unit")
    assert "秘密十三" not in leaves(report)
    assert "秘密一" in leaves(report)


def test_unknown_place_withholds_nothing_else() -> None:
    assert withhold("unit: x", "nothing").content.unit == "x"


@pytest.mark.parametrize("place", ["state", "notes", "slug", "version", "kind", "funds/total/id"])
def test_structure_and_internal_fields_cannot_be_withheld(place: str) -> None:
    text = "kind: project\nunit: x\nnotes: y\nslug: z\nfunds: {rows: [{id: total, score: 9}]}"
    assert place not in withholdable(parsed(text)[1])
    report = withhold(text, place)
    assert report.content.unit == "x"
    assert report.content.version == 1


# --- what a reader could compute back -----------------------------------------------------------

MONEY = """
funds:
  rows:
    - {id: total, amounts: {initial: 300, budget: 260.5, executed: 241.75, carried_over: 18.75},
       rate: 92.8%, full_marks: 10, score: 9.28}
    - {id: appropriation, amounts: {initial: 200, budget: 160.5, executed: 150.5}, rate: 93.77%}
    - {id: carried, amounts: {initial: 60, budget: 60, executed: 51.25}}
    - {id: other, amounts: {initial: 40, budget: 40, executed: 40}}
indicators:
  - {id: rate, level1: 预算执行率, name: 预算执行率, target: 100%, actual: 92.8%, score: 9.28}
  - {id: built, level1: 产出, name: 新建, target: 12处, actual: 11处, completion: 91.67%,
     score: 45.5, deviation: 一处延期}
  - {id: used, level1: 产出指标, name: 使用, target: 100%, actual: 100%, score: 4.5}
  - {id: liked, level1: 满意度, name: 满意, target: ≥90%, actual: 95%, score: 10}
scores:
  items:
    - {name: 预算执行率指标, score: 9.28}
    - {name: 产出指标, score: 50}
    - {name: 满意度指标, score: 10}
  total: 99.28
  grade: 优
  review: {total: 98.5}
"""
RATE = [
    "funds/total/rate", "funds/total/score", "scores/预算执行率指标/score", "scores/total",
    "scores/review", "indicators/rate/actual", "indicators/rate/score",
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "gone", "stays"),
    [
        ("funds/total/executed",
         ["funds/total/carried_over", "funds/appropriation/executed", "funds/carried/executed",
          "funds/other/executed", *RATE],
         ["funds/total/budget", "funds/total/initial", "scores/产出指标/score"]),
        ("funds/appropriation/executed",
         ["funds/total/executed", "funds/appropriation/rate", *RATE],
         ["funds/carried/executed", "funds/appropriation/budget", "funds/total/budget"]),
        ("funds/total/budget",
         ["funds/total/carried_over", "funds/appropriation/budget", *RATE],
         ["funds/total/executed", "funds/total/initial"]),
        ("funds/total/rate",
         ["funds/total/executed", "funds/total/carried_over", *RATE],
         ["funds/total/budget"]),
        ("funds/total/carried_over", ["funds/total/executed", *RATE], ["funds/total/budget"]),
        ("funds/carried",
         ["funds/carried/budget", "funds/carried/executed", "funds/total/initial", *RATE],
         ["funds/other/budget", "funds/appropriation/executed"]),
        ("funds", [*RATE, "funds/total/budget"], ["scores/产出指标/score"]),
        ("indicators/built/actual",
         ["indicators/built/completion", "indicators/built/score", "scores/产出指标/score",
          "scores/total", "scores/review"],
         ["indicators/built/target", "indicators/used/score", "scores/满意度指标/score"]),
        ("indicators/built/target", ["indicators/built/completion"], ["indicators/used/score"]),
        ("indicators/built",
         ["indicators/built/actual", "scores/产出指标/score", "scores/total"],
         ["indicators/built/name", "indicators/used/score"]),
        ("indicators/built/deviation", [], ["indicators/built/actual", "scores/total"]),
        ("indicators/rate/actual", ["funds/total/executed", *RATE], ["funds/total/budget"]),
        ("scores/产出指标/score",
         ["scores/total", "scores/review", "indicators/built/score", "indicators/used/score"],
         ["scores/满意度指标/score", "indicators/liked/score", "funds/total/score"]),
        ("scores/预算执行率指标/score",
         ["scores/total", "funds/total/score", "funds/total/rate", "indicators/rate/score"],
         ["scores/产出指标/score"]),
        ("scores/total",
         ["scores/产出指标/score", "scores/满意度指标/score", "indicators/built/score",
          "funds/total/score"],
         ["indicators/built/actual", "funds/total/executed"]),
        ("scores/grade", ["scores/total", "scores/产出指标/score"], ["funds/total/executed"]),
        ("scores", ["scores/total", "indicators/built/score"], ["indicators/built/actual"]),
        ("scores/review", ["scores/review"], ["scores/total", "scores/产出指标/score"]),
    ],
)  # fmt: skip
def test_what_would_reveal_a_withheld_value_is_withheld_too(
    asked: str, gone: list[str], stays: list[str]
) -> None:
    report = withhold(MONEY, asked)
    for place in [asked, *gone]:
        assert not _speaks(value(report, place)), place
    for place in stays:
        assert value(report, place) is not None, place


def _speaks(found: Any) -> bool:
    """True where anything but names and words is left."""
    if isinstance(found, Written) or not isinstance(found, BaseModel | tuple | dict):
        return found is not None
    figures = {"score", "actual", "completion", "total"}
    inner = places(found) if isinstance(found, BaseModel) else {}
    return any(place.split("/")[-1] in figures for place in inner)


NESTED = """
projects:
  - id: p1
    name: 甲
    funds: {table: approvals, rows: [{id: total, amounts: {revised: 120.5, executed: 99.5}}]}
  - id: p2
    name: 乙
    funds: {table: approvals, rows: [{id: total, amounts: {revised: 80, executed: 70}}]}
funds:
  table: approvals
  rows: [{id: total, amounts: {initial: 210, revised: 200.5, executed: 169.5}}]
"""


@pytest.mark.parametrize(
    ("asked", "gone", "stays"),
    [
        ("projects/p1/funds/total/executed", ["funds/total/executed"],
         ["projects/p2/funds/total/executed", "funds/total/revised"]),
        ("projects/p1",
         ["projects/p1/funds/total/executed", "funds/total/executed", "funds/total/revised"],
         ["projects/p2/funds/total/revised"]),
        ("funds/total/executed",
         ["projects/p1/funds/total/executed", "projects/p2/funds/total/executed"],
         ["projects/p1/funds/total/revised"]),
        ("funds/total/initial", [], ["projects/p1/funds/total/executed"]),
    ],
)  # fmt: skip
def test_report_and_its_projects_reveal_each_other(
    asked: str, gone: list[str], stays: list[str]
) -> None:
    report = withhold(NESTED, asked)
    assert [place for place in [asked, *gone] if isinstance(value(report, place), int)] == []
    assert not {place for place in gone if value(report, place) is not None}
    assert not {place for place in stays if value(report, place) is None}


def test_parts_of_a_withheld_fact_go_with_it() -> None:
    report = withhold(EVERYTHING, "facts/calls/value")
    assert report.content.facts[0].parts == ()
    assert report.content.facts[0].name == "电话"


def test_column_beside_a_field_of_the_same_name_goes_with_it() -> None:
    text = "funds: {rows: [{id: total, amounts: {rate: 92.8}, rate: 92.8}]}"
    report = withhold(text, "funds/total/rate")
    assert "92.8" not in leaves(report)


def test_columns_of_a_table_stay_with_its_rows() -> None:
    assert not [place for place in withholdable(parsed(EVERYTHING)[1]) if "/columns" in place]


# --- the year after -----------------------------------------------------------------------------


_BEFORE = "funds: {rows: [{id: total, amounts: {budget: 100, executed: 90}}]}"
_AFTER = """
funds:
  rows:
    - {id: total, amounts: {last_year: 90, budget: 200, executed: 180}}
    - {id: other, amounts: {last_year: 90, budget: 200, executed: 180}}
"""


def next_year(hidden: str, text: str = _AFTER) -> PublicReport:
    asked = f"withheld: [{{place: {hidden}, reason: 依法}}]" if hidden else ""
    before = written(f"{_BEFORE}\n{asked}", year=2024)
    _, now = disclose([before, written(text, year=2025)], reference(), NOW)
    return now


@pytest.mark.parametrize("hidden", ["funds/total/executed", "funds/total", "funds"])
def test_next_year_s_column_does_not_reveal_a_withheld_amount(hidden: str) -> None:
    now = next_year(hidden)
    assert (
        "funds/total/last_year" in now.withheld and "依法" in now.withheld["funds/total/last_year"]
    )
    assert value(now, "funds/total/last_year") is None
    assert str(value(now, "funds/total/executed")) == "180"


def test_what_was_public_may_be_repeated() -> None:
    assert str(value(next_year(""), "funds/total/last_year")) == "90"
    assert str(value(next_year("funds/total/note"), "funds/total/last_year")) == "90"
