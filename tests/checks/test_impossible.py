"""Numbers that contradict one another in a sentence, and values that cannot be: each mistake is
found by the named rule, and its right twin by none of these rules."""

# ruff: noqa: E501
from __future__ import annotations

import pytest

from evalpress.checks import RULES
from evalpress.findings import Level
from subjects import findings

# The rule, a wrong sentence, and the right one.
SENTENCES = [
    (
        "capital_amount",
        "合同价款为人民币壹佰贰拾万元整（￥1300000.00元）。",
        "合同价款为人民币壹佰贰拾万元整（￥1200000.00元）。",
    ),
    (
        "capital_amount",
        "中标金额为36.80万元（大写：叁拾陆万柒仟元整），低于控制价。",
        "中标金额为36.80万元（大写：叁拾陆万捌仟元整），低于控制价。",
    ),
    (
        "capital_amount",
        "补助资金伍拾万元整（55万元）已拨付到位。",
        "补助资金伍拾万元整（50万元）已拨付到位。",
    ),
    (
        "capital_amount",
        "保证金12500元（大写壹万贰仟伍佰陆拾元整）已退还。",
        "保证金12500元（大写壹万贰仟伍佰元整）已退还。",
    ),
    ("capital_amount", "结算价叁佰零伍万元（350.00万元）。", "结算价叁佰零伍万元（305.00万元）。"),
    (
        "capital_amount",
        "尾款人民币肆万柒仟元（小写：￥47,500.00）年底付清。",
        "尾款人民币肆万柒仟元（小写：￥47,000.00）年底付清。",
    ),
    (
        "capital_amount",
        "大写金额贰拾叁万陆仟柒佰捌拾玖元壹角贰分，小写236789.21元。",
        "大写金额贰拾叁万陆仟柒佰捌拾玖元壹角贰分，小写236789.12元。",
    ),
    ("capital_amount", "赔付款捌仟零伍拾元整（8500元）。", "赔付款捌仟零伍拾元整（8050元）。"),
    (
        "capital_amount",
        "租金壹亿贰仟万元（1.02亿元）分三年支付。",
        "租金壹亿贰仟万元（1.2亿元）分三年支付。",
    ),
    (
        "prose_batches_open",
        "更新设备60台，第一批25台，第二批25台。",
        "更新设备60台，第一批25台，第二批35台。",
    ),
    (
        "prose_batches_open",
        "共发放书包900个，首批500个，第二批300个。",
        "共发放书包900个，首批500个，第二批400个。",
    ),
    (
        "prose_batches",
        "培训分三批共120人，第一批40人、第二批40人、第三批30人。",
        "培训分三批共120人，第一批40人、第二批40人、第三批40人。",
    ),
    (
        "prose_batches",
        "资金80.00万元分两批下达：第一批50.00万元，第二批20.00万元。",
        "资金80.00万元分两批下达：第一批50.00万元，第二批30.00万元。",
    ),
    (
        "prose_batches",
        "第一批拨付30万元，第二批拨付25万元，合计拨付65万元。",
        "第一批拨付30万元，第二批拨付25万元，合计拨付55万元。",
    ),
    ("shares_of_whole", "受访者中，男性占48%，女性占55%。", "受访者中，男性占48%，女性占52%。"),
    (
        "shares_of_whole",
        "评价为满意的占82.5%，基本满意的占12.3%，不满意的占7.2%。",
        "评价为满意的占82.5%，基本满意的占12.3%，不满意的占5.2%。",
    ),
    ("shares_of_whole", "基本支出占62%，项目支出占48%。", "基本支出占62%，项目支出占38%。"),
    ("shares_of_whole", "线上办理占71.3%，线下办理占38.7%。", "线上办理占71.3%，线下办理占28.7%。"),
    ("shares_of_whole", "城镇学员占54%，农村学员占56%。", "城镇学员占54%，农村学员占46%。"),
    (
        "shares_above_whole",
        "读者中，老年人占35.5%、中青年占44.5%、少年儿童占30%。",
        "读者中，老年人占35.5%、中青年占44.5%、少年儿童占20%。",
    ),
    (
        "shares_above_whole",
        "问卷中非常满意占60%、满意占25%、一般占10%、不满意占15%。",
        "问卷中非常满意占60%、满意占25%、一般占10%、不满意占5%。",
    ),
    (
        "prose_each",
        "培训班花费12.00万元，参训200人，人均800元。",
        "培训班花费12.00万元，参训200人，人均600元。",
    ),
    (
        "prose_each",
        "发放补贴36万元，惠及300户，户均1500元。",
        "发放补贴36万元，惠及300户，户均1200元。",
    ),
    (
        "prose_each",
        "举办讲座20场，听众1600人次，场均100人次。",
        "举办讲座20场，听众1600人次，场均80人次。",
    ),
    ("prose_each", "投入90万元改造45处，平均每处3万元。", "投入90万元改造45处，平均每处2万元。"),
    (
        "prose_each",
        "慰问50户，发放慰问金5万元，每户2000元。",
        "慰问50户，发放慰问金5万元，每户1000元。",
    ),
    (
        "prose_each",
        "共送书4800册到24个村，平均每村240册。",
        "共送书4800册到24个村，平均每村200册。",
    ),
    (
        "prose_each",
        "补助96名学员，共28.80万元，人均补助2800元。",
        "补助96名学员，共28.80万元，人均补助3000元。",
    ),
    ("prose_each", "3个班，每班40人，共培训130人。", "3个班，每班40人，共培训120人。"),
    (
        "prose_each",
        "每场补助0.50万元，共20场，补助12.00万元。",
        "每场补助0.50万元，共20场，补助10.00万元。",
    ),
    ("date_serial", "项目于45736开工，次月完工。", "项目于2025年3月20日开工，次月完工。"),
    (
        "date_serial",
        "验收日期：45992，验收结论为合格。",
        "验收日期：2025年12月1日，验收结论为合格。",
    ),
    ("date_serial", "合同签订时间为45658。", "合同签订时间为2025年1月1日。"),
    ("date_serial", "45800日完成招标。", "5月25日完成招标。"),
    (
        "prose_quarters",
        "一季度20场，二季度25场，三季度30场，四季度15场，全年共100场。",
        "一季度20场，二季度25场，三季度30场，四季度25场，全年共100场。",
    ),
    (
        "prose_quarters",
        "上半年支出40.00万元，下半年支出55.00万元，全年支出96.00万元用于宣传。",
        "上半年支出40.00万元，下半年支出56.00万元，全年支出96.00万元用于宣传。",
    ),
    (
        "prose_quarters",
        "全年巡查240次，一至四季度分别为60次、60次、60次、50次。",
        "全年巡查240次，一至四季度分别为60次、60次、60次、60次。",
    ),
    (
        "prose_quarters",
        "全年服务900人次，上半年500人次、下半年300人次。",
        "全年服务900人次，上半年500人次、下半年400人次。",
    ),
    (
        "prose_quarters",
        "前三季度办结150件，四季度办结60件，全年共办结200件。",
        "前三季度办结150件，四季度办结60件，全年共办结210件。",
    ),
    (
        "prose_rise",
        "上年办件400件，今年办件500件，增长20%。",
        "上年办件400件，今年办件500件，增长25%。",
    ),
    (
        "prose_rise",
        "2024年服务群众800人次，2025年服务群众1000人次，同比增长20%。",
        "2024年服务群众800人次，2025年服务群众1000人次，同比增长25%。",
    ),
    (
        "prose_rise",
        "今年巡查120次，去年巡查100次，同比增长12%。",
        "今年巡查120次，去年巡查100次，同比增长20%。",
    ),
    (
        "prose_rise",
        "今年发放补贴55万元，比去年的50万元增长15%。",
        "今年发放补贴55万元，比去年的50万元增长10%。",
    ),
    (
        "prose_rise",
        "办理事项300件，比上年增加60件，增长20%。",
        "办理事项300件，比上年增加60件，增长25%。",
    ),
    (
        "prose_rise",
        "借阅量24万册次，较上年20万册次增长12%。",
        "借阅量24万册次，较上年20万册次增长20%。",
    ),
    (
        "prose_rise",
        "参加活动4500人次，比上年减少500人次，下降12%。",
        "参加活动4500人次，比上年减少500人次，下降10%。",
    ),
    ("prose_reached", "比上年的200场增加50场，达到260场。", "比上年的200场增加50场，达到250场。"),
    ("more_than_all", "收到意见45条，含群众来信51条。", "收到意见45条，含群众来信21条。"),
    ("more_than_all", "问卷回收260份，有效问卷270份。", "问卷回收270份，有效问卷260份。"),
    ("more_than_all", "应到35人，实到38人。", "应到38人，实到35人。"),
    ("falling_range", "在线率保持在98%—95%之间。", "在线率保持在95%—98%之间。"),
    ("falling_range", "单场人数在80至50人之间。", "单场人数在50至80人之间。"),
    ("falling_range", "得分率在90%–80%之间的评为良。", "得分率在80%–90%之间的评为良。"),
    ("falling_range", "水温控制在28℃～26℃。", "水温控制在26℃～28℃。"),
    ("months_reversed", "检查时间为9月—6月。", "检查时间为6月—9月。"),
    ("months_reversed", "检查时间为2025年9月至6月。", "检查时间为2025年6月至9月。"),
    ("years_reversed", "2025年至2023年连续三年达标。", "2023年至2025年连续三年达标。"),
    (
        "ends_before_begin",
        "该项工作2025年8月启动，2025年6月完成。",
        "该项工作2025年6月启动，2025年8月完成。",
    ),
    ("ends_before_begin", "工程于9月10日开工，7月30日竣工。", "工程于7月10日开工，9月30日竣工。"),
    (
        "ends_before_begin",
        "招标公告10月8日发布，9月30日开标。",
        "招标公告9月8日发布，9月30日开标。",
    ),
    ("doubled_unit", "全年投入宣传经费12万万元。", "全年投入宣传经费12万元。"),
    ("doubled_unit", "满意度为95%%。", "满意度为95%。"),
    ("doubled_unit", "支出3.50万元元。", "支出3.50万元。"),
    ("doubled_unit", "设备25台台。", "设备25台。"),
    ("doubled_unit", "共有12个个点位。", "共有12个点位。"),
    ("doubled_unit", "提升了5个百分点点。", "提升了5个百分点。"),
    ("points_in_figure", "单价1.2.5万元，已核减。", "单价1.25万元，已核减。"),
    ("points_in_figure", "支出12.345,67元。", "支出12345.67元。"),
    ("rate_impossible", "样品合格率110%。", "样品合格率100%。"),
    ("rate_impossible", "群众满意度达到103.5%。", "群众满意度达到93.5%。"),
    ("rate_impossible", "设备完好率为120%。", "设备完好率为98%。"),
    ("rate_impossible", "工单办结率101%。", "工单办结率100%。"),
    ("rate_impossible", "老年读者占全部读者的112%。", "老年读者占全部读者的12%。"),
    ("rate_impossible", "其中线上办件占比135%。", "其中线上办件占比35%。"),
    ("rate_impossible", "费用比上年下降120%。", "费用比上年下降20%。"),
    ("rate_unlikely", "培训覆盖率达105%。", "培训覆盖率达95%。"),
    ("negative_value", "该项得-2分，扣2分。", "该项扣2分。"),
    ("negative_value", "满意度为-95%。", "满意度为95%。"),
    ("negative_count", "全年培训-120人次。", "全年培训120人次。"),
    ("year_too_far", "本次自评范围为2052年度全部支出。", "本次自评范围为2025年度全部支出。"),
    ("no_such_time", "2025年13月完成验收。", "2025年12月完成验收。"),
    ("no_such_time", "2025年月完成验收。", "2025年5月完成验收。"),
    ("no_such_time", "第五季度开展回访。", "第四季度开展回访。"),
    ("no_such_time", "每周开放8天。", "每周开放6天。"),
    (
        "period_bounds",
        "“十四五”（2021—2026年）期间持续推进。",
        "“十四五”（2021—2025年）期间持续推进。",
    ),
    ("period_bounds", "一季度（1—4月）开展摸底。", "一季度（1—3月）开展摸底。"),
    ("period_bounds", "上半年（1—7月）办件80件。", "上半年（1—6月）办件80件。"),
    (
        "miscounted_list",
        "做到“四个到位”：认识到位、责任到位、措施到位。",
        "做到“三个到位”：认识到位、责任到位、措施到位。",
    ),
    (
        "miscounted_list",
        "建立两项制度：采购制度、验收制度、公示制度。",
        "建立三项制度：采购制度、验收制度、公示制度。",
    ),
    (
        "prose_rest",
        "合同价100万元，已付60万元，未付50万元。",
        "合同价100万元，已付60万元，未付40万元。",
    ),
    ("prose_rest", "受理260件，办结250件，未办结20件。", "受理260件，办结250件，未办结10件。"),
    (
        "prose_rest",
        "预算100万元，实际支出90万元，节约资金20万元。",
        "预算100万元，实际支出90万元，节约资金10万元。",
    ),
    (
        "prose_portion",
        "抽查60件，发现不合格6件，合格率96%。",
        "抽查60件，发现不合格6件，合格率90%。",
    ),
    (
        "prose_portion",
        "按预算50万元、成交46万元计算，节约率10%。",
        "按预算50万元、成交46万元计算，节约率8%。",
    ),
    (
        "prose_portion",
        "完成投资80万元，为计划100万元的85%。",
        "完成投资80万元，为计划100万元的80%。",
    ),
    ("prose_points_above", "满分10分，得12分。", "满分10分，得8分。"),
    ("prose_points", "该指标分值10分，扣1.5分，得9分。", "该指标分值10分，扣1.5分，得8.5分。"),
]
RULES_HERE = sorted({rule for rule, _, _ in SENTENCES})


def in_body(rule: str, sentence: str) -> list[str]:
    text = f"body:\n  overview:\n    - >-\n      {sentence}\n"
    return [found.what for found in findings(rule, text)]


@pytest.mark.parametrize(("rule", "wrong", "right"), SENTENCES)
def test_mistakes_in_a_sentence_and_their_right_twins(rule: str, wrong: str, right: str) -> None:
    assert in_body(rule, wrong)
    assert {name: said for name in RULES_HERE if (said := in_body(name, right))} == {}


# Sentences that look like mistakes of these rules and are none.
RIGHT = [
    "租金伍万元（含税5.5万元以内）。", "女性占48%，35岁以下占60%。", "人均可支配收入3.2万元，惠及200人，投入12万元。",
    "预算100万元，支出90万元，改造45处，平均每处2万元。", "开展2场，每场3小时，共发放资料500份。",
    "占上年的112%。", "完成率为110%。", "资金到位率102%。", "增长率为-3.2%。", "教师3-5人一组。",
    "采购电脑45736元。", "45736人次参加。", "前五个季度持续增长。", "每周开放5天。", "全年开放366天。",
    "2025年月均接待120人次。", "十四五规划（2021—2025年）。", "二期2025年8月启动，一期2025年6月完成。",
    "2024年9月启动，2025年3月完成。", "到2035年基本实现现代化。", "合同期至2052年5月。",
    "12个个体户、3家家庭农场、5台台式机。", "IP地址10.0.0.1，版本1.2.5。", "由98%—95%的降幅收窄。",
    "抽查60件，发现不合格6件，合格率90%。", "受理260件，上年结转20件，办结250件，未办结30件。",
    "分值10分，扣1.5分，加2分，得10.5分。", "上年办件400件，今年办件500件，满意率20%。",
    "基本支出占62%，项目支出占38%，其中工程支出占20%。", "第一批25台已到货，全年计划60台，第二批25台在途。",
    "全年办件480件，上半年210件。", "比上年的200件增加50件，满意率达到99%。",
    "建立两项制度：采购制度、验收和公示制度、其他。", "含税价12万元，含运费13次。",
]  # fmt: skip


@pytest.mark.parametrize("sentence", RIGHT)
def test_what_only_looks_like_a_mistake(sentence: str) -> None:
    warned = [rule for rule in RULES_HERE if RULES[rule].level is not Level.HINT]
    assert {name: said for name in warned if (said := in_body(name, sentence))} == {}


INDICATOR = """indicators:
  - {{id: a, level1: 产出指标, name: {name}, target: {target}, actual: {actual}}}
"""


@pytest.mark.parametrize(
    ("rule", "name", "target", "wrong", "right"),
    [
        ("rate_impossible", "样品抽检合格率", "≥98%", "198.6%", "98.6%"),
        ("rate_impossible", "家长满意度", "≥90%", "101%", "100%"),
        ("rate_impossible", "目标完成率", "≥100%", "", "120%"),
        ("indicator_scale", "单场成本", "≤58.00万元", "58.00元", "58.00万元"),
        ("indicator_scale", "运维费", "≤0.58万元", "58000000元", "5800元"),
    ],
)
def test_values_of_indicators(rule: str, name: str, target: str, wrong: str, right: str) -> None:
    if wrong:
        assert findings(rule, INDICATOR.format(name=name, target=target, actual=wrong))
    assert not findings(rule, INDICATOR.format(name=name, target=target, actual=right))


def test_people_and_things_are_not_fewer_than_none() -> None:
    text = "profile: {assets: [{id: cars, name: 公务用车, value: %s, unit: 辆}]}"
    assert findings("negative_number", text % "-3")
    assert not findings("negative_number", text % "3")


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        ("date_serial", "45736", "2025年3月20日"),
        ("year_too_far", "2062年5月底前", "2026年5月底前"),
        ("no_such_time", "2026年13月底前", "2026年12月底前"),
    ],
)
def test_terms_of_measures(rule: str, wrong: str, right: str) -> None:
    text = 'problems: [{id: a, text: 偏慢。, measure: 改进。, due: "%s"}]'
    assert findings(rule, text % wrong)
    assert not findings(rule, text % right)


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("2024年钱花到了哪里", 1),
        ("2025年钱花到了哪里", 0),
        ("2024年问题的整改", 0),
        ("上年（2024年）情况", 0),
    ],
)
def test_headings_that_name_another_year(heading: str, told: int) -> None:
    text = f"title: 报告\nbody: {{overview: [{{heading: {heading}, content: [甲。]}}]}}"
    assert len(findings("heading_year", text)) == told
    assert not findings("year_too_far", text)


TABLE = """body:
  overview:
    - table: 支出
      columns: [用途, 支出（万元）, 占比（%）]
      rows:
        - [运转, "60.00", "{first}"]
        - [项目, "30.00", "30.00"]
        - [其他, "10.00", "{third}"]
        - [合计, "100.00", "{whole}"]
"""


@pytest.mark.parametrize(
    ("first", "third", "whole", "told"),
    [("60.00", "10.00", "100.00", 0), ("66.00", "10.00", "100.00", 1),
     ("60.00", "10.00", "106.00", 1), ("20.00", "50.00", "70.00", 0)],
)  # fmt: skip
def test_shares_in_tables(first: str, third: str, whole: str, told: int) -> None:
    assert len(findings("table_share", TABLE.format(first=first, third=third, whole=whole))) == told


def test_a_deduction_is_named_where_points_are_negative() -> None:
    wrong = "body: {overview: [该项得-2分。]}"
    assert findings("negative_value", wrong)
    assert not findings("negative_value", wrong.replace("该项", "按规定倒扣，该项"))


def test_a_serial_number_is_told_with_its_day() -> None:
    (found,) = findings("date_serial", "body: {overview: [项目于45736开工。]}")
    assert "2025年3月20日" in found.fix
