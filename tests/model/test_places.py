"""Places name parts of a report by ids, so that they hold when something is added elsewhere."""

from __future__ import annotations

import pytest

from evalpress.model.places import describe, is_lasting, places
from samples import parsed, reference

TEXT = """
title: 标题
body:
  overview:
    - 一
    - {text: 二, id: second}
    - id: outer
      list:
        - {id: inner, heading: 三, content: {id: deep, text: 四}}
    - {label: 方法, id: method, text: 五}
funds:
  source: 预算
  rows:
    - {id: total, name: 合计, amounts: {budget: 10, executed: 9}, rate: 90%}
goals:
  overall: {target: 目标}
  items: [{id: first, name: 第一项, target: 目标}]
indicators: [{id: i1, name: 培训, target: 3次, extra: {source: 台账}}]
scores: {items: [{name: 产出指标, score: 48}, {id: cost, name: 成本, score: 5}], total: 95}
evaluation: {stages: [{id: start, name: 开始, content: 六}]}
facts: [{id: calls, name: 电话, value: 120, written: 一百二十, parts: [{name: 夜间, value: 20}]}]
projects: [{id: p1, name: 甲, funds: {rows: [{id: total, amounts: {budget: 5}}]}, body: {text: 七}}]
"""


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("title", "标题"), ("body/overview/second/text", "二"), ("funds/total/budget", "10"),
        ("body/overview/outer/inner/heading", "三"), ("body/overview/outer/inner/deep/text", "四"),
        ("body/overview/method/text", "五"), ("funds/source", "预算"), ("funds/total/rate", "90"),
        ("indicators/i1/target", "3次"), ("indicators/i1/extra/source", "台账"),
        ("scores/产出指标/score", "48"), ("scores/cost/score", "5"), ("scores/total", "95"),
        ("facts/calls/value", "120"), ("facts/calls/written", "一百二十"),
        ("facts/calls/parts/夜间/value", "20"), ("projects/p1/funds/total/budget", "5"),
    ],
)  # fmt: skip
def test_place_leads_to_what_stands_there(place: str, value: str) -> None:
    assert str(places(parsed(TEXT)[1])[place][1]) == value


@pytest.mark.parametrize(
    "place",
    ["body", "body/overview", "body/overview/outer/inner", "goals/overall", "goals/first/target",
     "evaluation/start", "facts/calls/parts", "projects/p1/body/text", "projects/p1"],
)  # fmt: skip
def test_whole_parts_have_places(place: str) -> None:
    assert place in places(parsed(TEXT)[1])


def test_absent_parts_have_no_place() -> None:
    known = places(parsed(TEXT)[1])
    assert not {"subtitle", "indicators/i1/score", "problems", "funds/total/score"} & set(known)


def test_place_stays_when_something_is_added_before_it() -> None:
    earlier = parsed(TEXT.replace("    - 一\n", "    - 零\n    - 一\n"))[1]
    lasting = {place for place in places(parsed(TEXT)[1]) if is_lasting(place)}
    assert lasting <= set(places(earlier))


def test_place_named_by_a_position_is_not_lasting() -> None:
    assert "body/overview/1" in places(parsed(TEXT)[1])
    assert not is_lasting("body/overview/1")
    assert is_lasting("body/overview/second")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("funds/total/executed", "资金 › 合计 › 全年执行数"),
        ("funds/total/rate", "资金 › 合计 › 执行率"),
        ("scores/total", "评分和等级 › 总分"),
        ("indicators/i1/target", "绩效指标 › 培训 › 年度指标值"),
        ("nothing/here", "nothing › here"),
    ],
)  # fmt: skip
def test_place_is_told_in_chinese(place: str, words: str) -> None:
    assert describe(place, parsed(TEXT)[1]) == words


def test_rows_and_columns_are_told_by_the_names_of_their_table() -> None:
    content = parsed("funds: {rows: [{id: appropriation, amounts: {budget: 1}}]}")[1]
    table = reference().fund_tables["four-rows"]
    words = describe("funds/appropriation/budget", content, table)
    assert words == "资金 › 其中：当年财政拨款 › 全年预算数（A）"
