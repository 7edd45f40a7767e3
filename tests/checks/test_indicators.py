"""Actual values against what they earn, and rows that say too little; two real reports' figures."""

from __future__ import annotations

import dataclasses

import pytest

from evalpress.checks import RULES
from evalpress.findings import Level
from evalpress.model import Reference
from samples import reference
from subjects import findings, places, subject


def row(**fields: object) -> str:
    """A report with one indicator."""
    given = {"id": "i", "name": "培训人数", **fields}
    return "indicators: [{" + ", ".join(f"{k}: {v}" for k, v in given.items()) + "}]"


def scheme(**values: object) -> Reference:
    known = reference()
    changed = known.schemes["plain"].model_copy(update=values)
    return dataclasses.replace(known, schemes={"plain": changed})


def level(rule: str) -> Level:
    return RULES[rule].level


def test_unmet_target_with_full_marks() -> None:
    text = row(target="≥300人", actual="264人", full_marks=10, score=10)
    (found,) = findings("unmet_full_marks", text)
    assert "8.8" in found.what and found.place == "indicators/i/score"
    assert not findings("unmet_full_marks", text.replace("264", "300"))
    assert not findings("unmet_full_marks", text.replace("score: 10", "score: 8.8"))
    almost = row(target="≥1000人", actual="999人", full_marks=2, score=2)
    assert not findings("unmet_full_marks", almost), "1.998 rounds to 2.00"


@pytest.mark.parametrize(
    ("target", "actual", "score", "fits"),
    [
        ("≥300人", "264人", "8.8", True), ("≥300人", "264人", "9", False),
        ("≥300人", "264人", "5", True), ("≤110元", "118元", "9.32", True),
        ("≤110元", "118元", "9.9", False), ("≥90%", "83%", "9.22", True),
        ("≥90%", "83%", "9.25", True), ("=0起", "1起", "5", True),
    ],
)  # fmt: skip
def test_score_above_the_share(target: str, actual: str, score: str, fits: bool) -> None:
    text = row(target=target, actual=actual, full_marks=10, score=score)
    assert (not findings("score_above_share", text)) is fits


def test_score_below_the_share() -> None:
    given = {"target": "≥300人", "actual": "264人", "full_marks": 10, "deviation": "报名不足"}
    assert places("score_below_share", row(**given, score=5)) == ["indicators/i/score"]
    assert not findings("score_below_share", row(**given, score=8.8))
    assert findings("score_below_share", row(**given | {"actual": "300人"}, score=9))
    excessive = row(**given | {"actual": "500人"}, score=8)
    assert not findings("score_below_share", excessive), "a lower score is what is asked for"


def test_shares_count_only_where_the_scheme_says_so() -> None:
    text = row(target="≥300人", actual="264人", full_marks=10, score=9)
    assert not findings("score_above_share", text, known=scheme(proportional=False))


def test_points_lost_want_a_reason() -> None:
    unmet = {"target": "≥300人", "actual": "264人", "full_marks": 10, "score": "8.8"}
    assert places("points_lost", row(**unmet)) == ["indicators/i/score"]
    assert findings("points_lost", row(**unmet, deviation="无"))
    assert not findings("points_lost", row(**unmet, cause="报名不足"))
    assert not findings("met_but_points_lost", row(**unmet))
    met = unmet | {"actual": "300人"}
    assert places("met_but_points_lost", row(**met)) == ["indicators/i/score"]
    assert not findings("met_but_points_lost", row(**met, measure="改进通知方式"))
    assert not findings("points_lost", row(**met))


def test_a_table_without_a_column_for_reasons_leaves_them_to_the_text() -> None:
    text = "indicator_table: adjusted\n" + row(full_marks=10, score=9)
    assert findings("points_lost", text)
    assert not findings("points_lost", "body: {preface: 培训人数少一期。}\n" + text)


def test_overachievement() -> None:
    text = row(target="≥10次", actual="13.1次", full_marks=10, score=10)
    assert places("overachieved", text) == ["indicators/i/actual"]
    assert not findings("overachieved", text.replace("13.1", "13"))
    assert not findings("overachieved", text.replace("score: 10", "score: 9"))
    assert not findings("overachieved", row(target="≥10次", actual="14次", deviation="需求增加"))
    assert not findings("overachieved", row(target="≤10次", actual="1次"))
    assert not findings("overachieved", text, known=scheme(overachievement_limit=None))
    assert not findings("overachieved", text, known=scheme(overachievement_limit=200))


@pytest.mark.parametrize(
    ("completion", "fits"), [("150%", True), ("100%", True), ("140%", False), ("15%", False)]
)
def test_completion(completion: str, fits: bool) -> None:
    text = row(target="10次", actual="15次", completion=completion)
    assert (not findings("completion_differs", text)) is fits


def test_coefficient() -> None:
    assert not findings("coefficient_differs", row(coefficient="90%", full_marks=5, score=4.5))
    assert findings("coefficient_differs", row(coefficient="90%", full_marks=5, score=5))


def test_nature_against_the_comparator() -> None:
    assert places("nature_differs", row(nature="negative", target="≥10元")) == [
        "indicators/i/target"
    ]
    assert findings("nature_differs", row(nature="positive", target="≤10元"))
    assert not findings("nature_differs", row(nature="positive", target="≥10次"))
    assert not findings("nature_differs", row(nature="negative", target="=0起"))


@pytest.mark.parametrize("name", ["指标1", "指标2……", "……", "…", "数量指标1", "××", "指标"])
def test_placeholders(name: str) -> None:
    assert places("placeholder_indicator", row(name=name)) == ["indicators/i/name"]


@pytest.mark.parametrize("name", ["无", "绩效指标完成率", "12345热线指标覆盖率", "“12345”热线"])
def test_names_that_are_no_placeholders(name: str) -> None:
    assert not findings("placeholder_indicator", row(name=name))


TWO = """indicators:
  - {{id: a, level1: 产出指标, level2: 数量指标, name: 培训人数}}
  - {{id: b, level1: {}, level2: {}, name: {}}}"""


def test_duplicate_and_repeated_indicators() -> None:
    same, elsewhere = ("产出指标", "数量指标", "培训人数"), ("效益指标", "社会效益", "培训人数")
    assert places("duplicate_indicator", TWO.format(*same)) == ["indicators/b/name"]
    assert not findings("repeated_indicator", TWO.format(*same))
    assert places("repeated_indicator", TWO.format(*elsewhere)) == ["indicators/b/name"]
    assert not findings("duplicate_indicator", TWO.format(*elsewhere))
    assert not findings("duplicate_indicator", TWO.format(*same[:2], "培训期数"))


def test_duplicate_projects() -> None:
    text = "projects: [{{id: a, name: 甲}}, {{id: b, name: {}}}]"
    assert places("duplicate_project", text.format("甲")) == ["projects/b/name"]
    assert not findings("duplicate_project", text.format("乙"))


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({"name": "工程资金金额", "target": "43.2"}, False),
        ({"name": "补助发放", "target": "120万元"}, False),
        ({"name": "改造资金", "target": "51.6"}, False),
        ({"name": "资助项目", "target": "12个"}, True),
        ({"name": "监管资金笔数", "target": "12笔"}, True),
    ],
)
def test_money_as_quantity(fields: dict[str, str], fits: bool) -> None:
    text = row(level2="数量指标", **fields)
    assert (not findings("money_as_quantity", text)) is fits
    assert not findings("money_as_quantity", row(level2="经济效益", **fields))


@pytest.mark.parametrize(
    ("level1", "level2", "fits"),
    [
        ("产出指标", "数量指标", True), ("效益指标", "数量指标", False),
        ("产出", "社会效益", False), ("成本指标", "经济成本", True), ("产出指标", "成本指标", True),
        ("效益指标", "成本指标", False), ("效益", "满意度", True), ("产出指标", "满意度", False),
        ("满意度指标", "服务对象满意度", True), ("履职效能", "质量提升", True),
        ("成本指标", "生态环境成本", True), ("效益指标", "可持续影响", True),
    ],
)  # fmt: skip
def test_second_level_under_the_first(level1: str, level2: str, fits: bool) -> None:
    text = row(level1=level1, level2=level2)
    assert (not findings("misplaced_indicator", text)) is fits


def test_costs_are_no_ecology() -> None:
    assert findings("misplaced_indicator", row(level2="生态效益", name="单位成本"))
    assert not findings("misplaced_indicator", row(level2="生态环境成本", name="治理成本"))
    assert not findings("misplaced_indicator", row(level2="数量指标", name="成本核算户数"))


@pytest.mark.parametrize("target", ["好", "高", "显著提升", "进一步提高", "明显改善", "较好"])
def test_vague_targets(target: str) -> None:
    (found,) = findings("vague_target", row(target=target))
    assert target in found.what and level("vague_target") is Level.HINT


@pytest.mark.parametrize(
    "target", ["≥95%", "健全", "制度健全，年内无违规", "比上年提高5%", "高标准"]
)
def test_targets_that_can_be_judged(target: str) -> None:
    assert not findings("vague_target", row(target=target))


def test_satisfaction_wants_a_sample() -> None:
    text = row(name="群众满意度", target="≥90%", actual="93%")
    assert places("satisfaction_without_sample", text) == ["indicators/i/evidence"]
    for answer in (
        "evaluation: {sample: 发放问卷300份}\n", "body: {preface: 收回有效问卷290份。}\n",
    ):  # fmt: skip
        assert not findings("satisfaction_without_sample", answer + text)
    evidenced = row(name="群众满意度", target="≥90%", actual="93%", evidence="满意度测评表")
    assert not findings("satisfaction_without_sample", evidenced)


def test_rates_want_a_sign() -> None:
    (found,) = findings("rate_without_unit", row(name="完工率", target="100"))
    assert "完工率" in found.what
    assert not findings("rate_without_unit", row(name="完工率", target="100%"))
    assert not findings("rate_without_unit", row(name="完工率", target="100", unit='"%"'))
    assert not findings("rate_without_unit", row(name="完工数", target="100"))


def test_reasons_are_no_numbers() -> None:
    assert places("reason_is_number", row(deviation=0)) == ["indicators/i/deviation"]
    assert not findings("reason_is_number", row(deviation="无"))
    assert not findings("reason_is_number", row(deviation="1户外出"))


def test_share_of_quantified_indicators() -> None:
    text = """indicators:
  - {id: a, name: 培训, target: ≥3次}
  - {id: b, name: 完成时间, nature: date, target: 6月30日前}
  - {id: c, name: 机制, nature: qualitative, target: 建立}
  - {id: d, name: 完工率, target: 100}
  - {id: e, name: 无目标}
  - {id: f, text: 全年365天值守}
  - {id: g, level2: 生态效益, not_applicable: 不涉及}"""
    (found,) = findings("unquantified", text)
    assert "3/6" in found.what and found.place == "indicators"
    assert not findings("unquantified", row(target="≥3次"))


def test_indicators_of_a_project_inside_a_report() -> None:
    text = "projects: [{id: p, name: 甲, " + row(name="指标1") + "}]"
    assert places("placeholder_indicator", text) == ["projects/p/indicators/i/name"]


# --- figures of two real reports ----------------------------------------------------------------

SCHOOL = """
funds:
  rows:
    - id: total
      amounts: {initial: 43.2, budget: 43.2, executed: 37.24}
      rate: 86%
      full_marks: 10
      score: 9
    - {id: appropriation, amounts: {initial: 43.2, budget: 43.2, executed: 37.24}}
    - {id: carried, amounts: {initial: ~}}
indicators:
  - {id: q1, level1: 产出指标, level2: 数量指标, name: 工程资金金额, target: 43.2, actual: 37.24, full_marks: 10, score: 9, deviation: 余款未付}
  - {id: q2, level1: 产出指标, level2: 质量指标, name: 工程完工率, target: 100, actual: 100, full_marks: 10, score: 10}
  - {id: q3, level1: 产出指标, level2: 质量指标, name: 工程验收合格率, target: 100, actual: 100, full_marks: 10, score: 10}
  - {id: t1, level1: 产出指标, level2: 时效指标, name: 项目完成及时率, target: 100, actual: 100, full_marks: 10, score: 10}
  - {id: c1, level1: 产出指标, level2: 成本指标, name: 成本控制率, target: 100, actual: 100, full_marks: 10, score: 10}
  - {id: e1, level1: 效益指标, level2: 经济效益指标, name: 安全率, target: 100, actual: 100, full_marks: 10, score: 10, deviation: 0}
  - {id: s1, level1: 效益指标, level2: 社会效益指标, name: 学校发展能力, target: 100, actual: 100, full_marks: 10, score: 10, deviation: 0}
  - {id: n1, level1: 效益指标, level2: 生态效益指标, name: 指标1}
  - {id: n2, level1: 效益指标, level2: 生态效益指标, name: 指标2}
  - {id: n3, level1: 效益指标, level2: 生态效益指标, name: ……}
  - {id: k1, level1: 效益指标, level2: 可持续影响指标, name: 长期使用性, target: 100, actual: 100, full_marks: 10, score: 10}
  - {id: m1, level1: 满意度指标, level2: 服务对象满意度指标, name: 学生满意度, target: 100, actual: 100, full_marks: 10, score: 10, deviation: 0}
"""  # noqa: E501
MEDIA = """
scheme: none
indicator_table: adjusted
indicators:
  - {id: i1, name: 财政供养人员控制率, unit: "%", target: 100%, actual: 92%, coefficient: 100, full_marks: 2, score: 2}
  - {id: i2, name: 预算完成率, unit: "%", target: 70%, actual: 76%, full_marks: 2, score: 2}
  - {id: i3, name: 预算调整率, unit: "%", target: 3%, actual: 0%}
  - {id: i4, name: 结转结余率, unit: "%", target: 2%, actual: 0%}
  - {id: i5, name: 公用经费控制率, unit: "%", target: 100%, actual: 97%}
  - {id: i6, name: 政府采购执行率, unit: "%", target: 100%, actual: 72.74%, coefficient: 100, full_marks: 2, score: 2}
  - {id: i7, name: 党性教育培训, unit: 次, target: 6次, actual: 12次, full_marks: 5, score: 5}
  - {id: i8, name: 宣传活动, unit: 次, target: 10次, actual: 43次, full_marks: 10, score: 10}
  - {id: i9, name: 宣传品, unit: 份, target: 20份, actual: 20份}
  - {id: i10, name: 播发稿件, unit: 篇, target: 2200篇, actual: 2859篇, full_marks: 10, score: 10}
  - {id: i11, name: 管理制度健全性, nature: qualitative, target: 高, actual: 高, full_marks: 3, score: 3}
scores:
  full_marks: 100
  items: [{name: 预算执行率, full_marks: 10, score: 7.6}]
  total: 97.6
funds: {rows: [{id: total, rate: 76%}]}
"""  # noqa: E501
OWN = ("scores", "funds", "earned", "indicators")


def found_in(text: str, least: Level) -> set[tuple[str, str]]:
    """Rule and place of everything that the rules of sums and scores find in a report."""
    seen = subject(text)
    rules = [r for r in RULES.values() if r.of_report and r.level <= least]
    return {
        (found.rule, found.place)
        for rule in rules
        if rule.of_report and rule.of_report.__module__.rpartition(".")[2] in OWN
        for found in rule.of_report(seen)
    }


def test_figures_of_a_school() -> None:
    """8.62 entered as 9, money as a quantity, 100 for 100%, 0 as a reason, rows left over."""
    assert found_in(SCHOOL, Level.WARNING) == {
        ("execution_score", "funds/total/score"),
        ("score_above_share", "indicators/q1/score"),
        ("money_as_quantity", "indicators/q1/name"),
        ("rate_without_unit", "indicators/q2/target"),
        ("reason_is_number", "indicators/e1/deviation"),
        ("reason_is_number", "indicators/s1/deviation"),
        ("reason_is_number", "indicators/m1/deviation"),
        ("placeholder_indicator", "indicators/n1/name"),
        ("placeholder_indicator", "indicators/n2/name"),
        ("placeholder_indicator", "indicators/n3/name"),
    }


def test_figures_of_a_media_centre() -> None:
    """72.74% of 100% with full marks, twice and four times the target; the rest is right."""
    assert found_in(MEDIA, Level.WARNING) == {
        ("unmet_full_marks", "indicators/i6/score"),
        ("overachieved", "indicators/i7/actual"),
        ("overachieved", "indicators/i8/actual"),
    }


def test_a_shared_indicator_stands_once_in_a_report() -> None:
    row = "{id: %s, name: %s, common: rate}"
    twice = f"indicators: [{row % ('a', '甲')}, {row % ('b', '乙')}]"
    assert places("common_indicator_twice", twice) == ["indicators/b/common"]
    own = f"indicators: [{row % ('a', '甲')}]"
    inside = f"{own}\nprojects: [{{id: p, name: 丙, {own}}}]"
    assert not places("common_indicator_twice", inside)
