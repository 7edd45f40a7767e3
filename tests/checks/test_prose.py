"""Every figure of the prose is held against the data; where there is a doubt, nothing is said."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

import evalpress.checks.prose  # noqa: F401
from evalpress.checks import RULES
from evalpress.checks.matching import is_near, is_slip
from evalpress.checks.subject import Subject
from evalpress.findings import Finding
from evalpress.model import Key, Report
from samples import DATA, parsed, reference
from subjects import findings, places, subject

FUNDS = """
funds:
  rows:
    - {id: total, amounts: {initial: 8960.00, budget: 9412.35, executed: 9034.91}, rate: 95.99%}
    - {id: appropriation, amounts: {initial: 8000, budget: 8452.35, executed: 8074.91}}
    - {id: carried, amounts: {initial: 960, budget: 960, executed: 960}}
"""
SCORES = """
scores:
  items:
    - {name: 产出指标, score: 37}
    - {name: 预算执行率指标, score: 10}
    - {name: 效益指标, score: 38}
    - {name: 满意度指标, score: 10}
  total: 95
  grade: 优秀
"""
FACTS = """
facts:
  - {id: assets, name: 固定资产, value: 5.93, unit: 万元}
  - {id: incidents, name: 处置网络安全漏洞事件, value: 108, unit: 起}
  - id: opinions
    name: 重要网络舆情
    value: 691
    unit: 条
    parts: [{name: 省预警, value: 166}, {name: 市预警, value: 525}]
  - {id: visitors, name: 参与群众, written: 20多万人次, unit: 人次}
"""
INDICATORS = """
indicators:
  - {id: area, name: 良种补贴面积, target: ≥9.50万亩, actual: 9.46万亩, full_marks: 10, score: 9.96}
  - {id: pass, name: 样品抽检合格率, target: ≥98%, actual: 98.6%, full_marks: 10, score: 10}
  - {id: cost, name: 亩均成本, nature: negative, target: 45元, actual: 44元}
  - {id: parents, name: 家长满意度, target: ≥90%, actual: 90%, full_marks: 10, score: 10}
"""


def said(*sentences: str, section: str = "overview") -> str:
    return "body:\n" + f"  {section}:\n" + "".join(f'    - "{text}"\n' for text in sentences)


@pytest.mark.parametrize(
    "text",
    [
        "年初预算8960.00万元，全年预算9412.35万元，实际支出9034.91万元，执行率95.99%。",
        "2025年全年支出9034.91万元，执行率96%。",
        "全年预算9412.35万元，支出0.903491亿元。",
        "年末未支出377.44万元。",
        "年末结转377.44万元。",
        "救助方面，全年支出5248.90万元。",
        "2024年全年支出9043.91万元，执行率91%。",
        "支出比上年增加9034.19万元。",
        "当年财政拨款8452.35万元、上年结转960万元。",
        "全年支出约9000万元。",
        "其中上年结转960.00万元用于水利，支出8534.91万元中有尾款。",
    ],
)
def test_amounts_that_fit_or_are_about_something_else(text: str) -> None:
    assert not findings("prose_amount", said(text) + FUNDS)


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("全年预算9412.35万元，实际支出9304.91万元。", "实际支出9304.91万元", "9034.91万元"),
        ("年初预算8906.00万元。", "年初预算8906.00万元", "8960.00万元"),
        ("云汀县教育局2025年全年预算9421.35万元。", "9421.35万元", "9412.35万元"),
        ("全年支出9034.91元。", "全年支出9034.91元", "9034.91万元"),
        ("全年支出90349.1万元。", "90349.1万元", "9034.91万元"),
        ("支出9034.91万元，执行率95.89%。", "执行率95.89%", "95.99%"),
        ("年末未支出387.44万元。", "未支出387.44万元", "9412.35万元 − 9034.91万元 = 377.44万元"),
        ("当年财政拨款8425.35万元。", "财政拨款8425.35万元", "8452.35万元"),
    ],
)
def test_amounts_that_differ(text: str, found: str, value: str) -> None:
    (finding,) = findings("prose_amount", said(text) + FUNDS)
    assert found in finding.what and value in finding.what
    assert finding.place == "body/overview/1/text"


def test_a_report_that_tells_of_many_projects() -> None:
    texts = (
        "全年支出9034.91万元。",
        "甲项目：全年支出9034.19万元。",
        "乙项目：全年支出9304.91万元。",
    )
    assert not findings("prose_amount", said(*texts) + FUNDS)
    assert findings("prose_amount", said(*texts[:2]) + FUNDS)


def test_a_year_without_a_whole_budget_says_nothing_of_it() -> None:
    funds = "funds: {rows: [{id: total, amounts: {initial: 50, executed: 36}}]}\n"
    assert not findings("prose_amount", said("全年预算52万元，年末结转16万元。") + funds)
    assert findings("prose_amount", said("年初预算52万元。") + funds)


@pytest.mark.parametrize(
    "text",
    [
        "自评得分：产出指标37分、预算执行率指标10分、效益指标38分、满意度指标10分，合计95分，等次为优秀。",
        "总分95分，比上年提高9.42分，成本指标扣1分。",
        "产出指标满分50分，得37分。",
        "权重为产出指标50分，效益指标30分，满意度指标10分。",
        "2024年总分94分。",
        "路况评分在80分以上的有7条。",
        "离优差0.29分。",
    ],
)
def test_scores_that_fit(text: str) -> None:
    assert not findings("prose_score", said(text) + SCORES)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("产出指标36分，合计95分。", "产出指标36分"),
        ("自评得分：产出指标37分，合计96分，等次为优秀。", "合计96分"),
        ("经自评，2025年度整体支出绩效得95.5分，等次为优。", "得95.5分"),
        ("效益得83分。", "效益得83分"),
        ("产出指标满分40分。", "满分40分"),
    ],
)
def test_scores_that_differ(text: str, found: str) -> None:
    (finding,) = findings("prose_score", said(text) + SCORES)
    assert found in finding.what


SEED = (
    "到2025年底，固定资产共5.93万元，其中包括车辆1部。全年处置网络安全漏洞事件108起。",
    "监测发现重要网络舆情691条（省预警166条、市预警525条），均已妥善处置；参与群众20多万人次。",
)


def test_the_facts_of_a_report_that_fits() -> None:
    assert not findings("prose_fact", said(*SEED) + FACTS)
    assert not findings("prose_sum", said(*SEED) + FACTS)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("value: 691", "value: 619", 2),
        ("value: 166", "value: 116", 2),
        ("value: 525", "value: 526", 2),
        ("value: 108", "value: 180", 1),
        ("value: 5.93", "value: 5.39", 1),
        ("value: 5.93", "value: 59300", 1),
    ],
)
def test_a_changed_fact(old: str, new: str, place: int) -> None:
    (finding,) = findings("prose_fact", said(*SEED) + FACTS.replace(old, new))
    assert finding.place == f"body/overview/{place}/text"
    assert new.removeprefix("value: ") in finding.what


def test_the_same_fact_of_another_year_or_unit_is_another() -> None:
    others = "2024年固定资产5.39万元；固定资产7件；固定资产约6万元；固定资产比上年增加5.39万元。"
    assert not findings("prose_fact", said(others) + FACTS)


@pytest.mark.parametrize(
    "text",
    [
        "补贴良种面积9.46万亩，合格率98.6%，亩均成本44元。",
        "良种补贴面积目标为9.50万亩。",
        "教师满意度95%，学生满意度91%。",
        "由9.10万亩增加到9.46万亩。",
        "检查样品1430个。",
    ],
)
def test_indicators_that_fit_or_have_no_counterpart(text: str) -> None:
    assert not findings("prose_indicator", said(text) + INDICATORS)


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("良种补贴面积9.64万亩。", "9.64万亩", "9.46万亩"),
        ("补贴良种面积9.64万亩。", "9.64万亩", "9.46万亩"),
        ("样品抽检合格率96.8%。", "96.8%", "98.6%"),
        ("家长满意度完成100%。", "家长满意度完成100%", "90%"),
        ("良种补贴面积目标为9.05万亩。", "9.05万亩", "≥9.50万亩"),
    ],
)
def test_indicators_that_differ(text: str, found: str, value: str) -> None:
    (finding,) = findings("prose_indicator", said(text) + INDICATORS)
    assert found in finding.what and value in finding.what


def test_parts_of_a_sentence() -> None:
    (finding,) = findings("prose_sum", said("共15个项目，其中年初批复8个、年中增加的8个。"))
    assert "8个 + 8个" in finding.what and "16个" in finding.what
    (money,) = findings("prose_sum", said("支出80万元：基本支出50万元，项目支出20万元。"))
    assert "70万元" in money.what


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("等次为优秀。", True),
        ("等级为优。", True),
        ("评价等级为“良”。", False),
        ("等次为良好。", False),
        ("上年等级为良。", True),
        ("2024年度等级为中，本年有提高。", True),
        ("等级中规定的条件", True),
    ],
)
def test_grades(text: str, fits: bool) -> None:
    text = text.replace("良好", "良")
    assert (not findings("prose_grade", said(text) + SCORES)) is fits


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4项指标中，3项达到目标，1项略低于目标。", None),
        ("4项指标完成3项，未完成的1项已说明原因。", None),
        ("设定三级指标4项。", None),
        ("三项指标均完成。效益方面2项指标有差距。", None),
        ("5项指标中，3项达到目标。", "5项指标"),
        ("4项指标中，4项达到目标。", "4项达到"),
        ("4项指标中，3项达到目标，2项未完成。", "2项未"),
        ("指标共5项，其中3项完成。", "指标共5项"),
    ],
)
def test_counts_of_indicators(text: str, found: str | None) -> None:
    results = findings("prose_count", said(text) + INDICATORS)
    assert [found in f.what for f in results if found] == ([True] if found else [])
    assert bool(results) is bool(found)


def test_counts_of_projects_and_problems() -> None:
    listed = """
projects: [{id: a, name: 甲}, {id: b, name: 乙}]
problems: [{id: a, text: 甲}, {id: b, text: 乙}]
"""
    assert not findings("prose_count", said("全年安排2个项目。存在以下两个问题。") + listed)
    assert not findings("prose_count", said("全区16个项目参加评比。") + listed)
    assert places("prose_count", said("共安排3个项目。", "存在以下三个问题：") + listed) == [
        "body/overview/1/text",
        "body/overview/2/text",
    ]


def test_the_same_quantity_twice() -> None:
    (finding,) = findings("prose_twice", said("培训村级会计人员251名。", "培训村级会计人员215名。"))
    assert finding.place == "body/overview/2/text"
    assert "251名" in finding.what and "215名" in finding.what
    same = (
        "培训村级会计人员251名。",
        "2024年培训村级会计人员215名。",
        "计划培训村级会计人员250名。",
    )
    assert not findings("prose_twice", said(*same))
    assert not findings("prose_twice", said("甲村完成改造25户。", "乙村完成改造52户。"))
    listed = "body: {overview: [{list: [甲。项目总投资251万元, 乙。项目总投资215万元]}]}"
    assert not findings("prose_twice", listed)


def with_earlier(text: str, earlier: str) -> list[Finding]:
    before = Report(Key("education", 2024), "2024.yml", parsed(earlier)[1])
    now = subject(text)
    both = Subject(now.report, reference(), now.source, DATA / "attachments", before)
    of_report = RULES["prose_trend"].of_report
    assert of_report
    return list(of_report(both))


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("支出9034.91万元，比上年增加34.91万元，增长0.39%；执行率95.99%，提高5.99个百分点。", True),
        ("支出9034.91万元，比上年增加43.91万元。", False),
        ("支出9034.91万元，比上年减少34.91万元。", False),
        ("支出9034.91万元，比上年增加34.91万元，增长0.93%。", False),
        ("支出9034.91万元，比2023年增加43.91万元。", True),
        ("执行率95.99%，比2024年提高6.99个百分点。", False),
        ("与2024年相比，支出增加43.91万元。", False),
        ("支出9034.91万元，比上年增加约40万元。", True),
        ("水费比上年增加43.91万元。", True),
    ],
)
def test_trends(text: str, fits: bool) -> None:
    earlier = "funds: {rows: [{id: total, amounts: {budget: 10000, executed: 9000}, rate: 90%}]}\n"
    assert (not with_earlier(said(text) + FUNDS, earlier)) is fits


def test_what_is_left_to_pay() -> None:
    funds = "funds: {rows: [{id: total, amounts: {budget: 43.2, executed: 37.24}, rate: 86.2%}]}\n"
    (finding,) = findings("prose_left", said("已完工，余3%尾款未付。") + funds)
    assert "3%尾款未付" in finding.what and "13.8%" in finding.what
    assert not findings("prose_left", said("已完工，余13.8%尾款未付。") + funds)
    assert not findings("prose_left", said("按合同留3%质保金。") + funds)


def test_nearness() -> None:
    assert is_slip(D("19.84"), D("18.94")) and is_slip(D("19.84"), D("198400"))
    assert not is_slip(D("19.84"), D("23.11")) and is_near(D("19.84"), D("23.11"))
    assert not is_near(D("19.84"), D("56.2")) and not is_near(D(0), D(5))


RECEIVED = (
    "funds:\n  table: {table}\n  unit: 万元\n  rows:\n"
    "    - {{id: total, amounts: {{initial: 985, budget: 861.46, received: 334.67}}}}\n"
)


@pytest.mark.parametrize(
    ("rate", "wrong"), [("38.85%", 0), ("38.8%", 0), ("33.98%", 0), ("38.58%", 1)]
)
def test_the_rate_of_what_was_received(rate: str, wrong: int) -> None:
    text = said(f"实际到位资金334.67万元，到位率{rate}。")
    assert len(findings("prose_fact", text + RECEIVED.format(table="four-rows"))) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("发放问卷500份，收回486份，回收率97.2%。", False),
        ("发放问卷500份，收回有效问卷486份，有效回收率98.2%。", True),
        ("抽检1850批次，合格1809批次，合格率98.78%。", True),
        ("抽检1850批次，合格1809批次，合格率97.8%。", False),
        ("抽检1850批次，办结120批次，合格率98.7%。", False),
        ("合格1850批次，复检合格1809批次，合格率98.7%。", False),
        ("抽检1850批次，合格率98.7%。", False),
    ],
)
def test_a_share_of_two_numbers_of_one_sentence(text: str, wrong: bool) -> None:
    assert bool(findings("prose_share", said(text))) is wrong
