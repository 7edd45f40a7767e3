"""Withheld values in the same report: what is certain, what a person must judge, what is another
thing. Each way to give a value away has twins beside it that give nothing away."""

from __future__ import annotations

import json

import pytest

from evalpress.disclose.clues import Holder, clues, figures_of
from evalpress.disclose.leaks import Nearness, leaks, statements
from evalpress.disclose.public import publish
from samples import NOW, reference, written

CERTAIN, LIKELY = "certain", "likely"


def leaking(text: str, *asked: str) -> dict[str, str]:
    """The places at which withheld values may still be read, and how certain that is."""
    listed = "".join(f"  - {{place: {place}, reason: 依法}}\n" for place in asked)
    report = written(f"{text}\nwithheld:\n{listed}")
    public = publish(report, reference(), NOW)
    figures, texts = clues(Holder(report, public, reference(), {}))
    told = statements(public, reference())
    known = figures_of(public, reference())
    found = leaks(figures, texts, told, lambda _: Nearness.SAME, known)
    weights: dict[str, str] = {}
    for leak in sorted(found, key=lambda leak: leak.certain):
        place = leak.statement.place.split("/1")[0]
        weights[place] = CERTAIN if leak.certain else LIKELY
    return weights


FACT = "facts: [{{id: money, name: 经费, value: {}, unit: 万元}}]\nbody:\n  text: {}\n"


def weight(amount: str, said: str) -> str | None:
    return leaking(FACT.format(amount, said), "facts/money").get("body/text")


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("19.84", "经费19.84万元"), ("19.84", "经费19.840万元"), ("19.80", "经费19.8万元"),
        ("1050", "经费1050.00万元"), ("1050", "经费1,050万元"), ("1050", "经费1，050万元"),
        ("1050", "经费1 050万元"), ("19.84", "经费１９.８４万元"), ("19.84", "经费为198400元"),
        ("19.84", "经费198,400.00元"), ("19.84", "经费0.001984亿元"),
        ("19.84", "经费十九点八四万元"), ("19.84", "经费壹拾玖万捌仟肆佰元整"),
        ("19.84", "经费19万8400元"), ("1050", "经费一千零五十万元"), ("12050", "经费1亿2050万元"),
        ("1234.5", "共花去1234.5万元"), ("1234.56", "经费约1235万元"),
        ("1234.56", "经费1234.6万元"), ("19.84", "经费19 . 84万元"),
        ("19.84", '"经费1\\n9.84万元"'),
        ("19.84", "经费壹 拾 玖 万 捌 仟 肆 佰 元整"), ("19.84", "经费壹拾玖萬捌仟肆佰圓整"),
        ("22.84", "经费弍拾贰万捌仟肆佰元"), ("19.84", "经费19点84万元"),
        ("19.84", "经费19·84万元"),
        ("19.84", "经费19，84万元"), ("19.84", "经费19。84万元"), ("1984", "经费19'840'000元"),
        ("19.84", "经费19.84w"), ("19.84", "经费19万8千4百元"),
        ("19.84", "经费十九万八千四"), ("19.84", "经费19万8千4"), ("19.84", "经费一九点八四万元"),
        ("19.84", "经费一九·八四万元"), ("19.84", "经费19点八四万元"), ("19.84", "经费19、84万元"),
        ("19.84", "经费19万零8400元"), ("19.84", "经费19万元零8400元"),
        ("19.84", "经费198千4百元"), ("19.84", "经费19,8400元"), ("19.84", "经费CNY198,400"),
        ("19.84", "经费198400CNY"), ("19.84", "经费1.984×10^5元"), ("19.84", "经费1.984×10⁵元"),
        ("19.84", "经费1.984E5元"), ("19.84", "经费❶❾.❽❹万元"), ("19.84", "经费١٩.٨٤万元"),
        ("19.84", "经费19.84①万元"), ("19.84", "经费19.84¹万元"), ("19.84", "经费①19.84万元"),
        ("19.84", "经费19.84[1]万元"), ("19.84", "经费19,.84万元"), ("150", "经费一百五十万元"),
        ("12345.67", "经费1.234567亿元"), ("12345.67", "经费1.23亿元"),
    ],
)  # fmt: skip
def test_value_however_it_is_written_is_certain(amount: str, said: str) -> None:
    assert weight(amount, said) == CERTAIN


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("19.84", "共19.84。"), ("1050", "另有1050万元"), ("90", "经费90万元"),
        ("1234.5", "经费约1200万元"), ("1234.5", "经费0.12亿元"), ("19.84", "耗资19.84万元"),
        ("10", "经费十万元"), ("10", "经费为拾万元整"), ("300", "经费叁佰万元"),
        ("10000", "经费一亿元"),
        ("1284.5", "经费1200余万元"), ("241.75", "支出241.75.csv"),
    ],
)  # fmt: skip
def test_what_only_a_person_can_judge_is_likely(amount: str, said: str) -> None:
    assert weight(amount, said) == LIKELY


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("19.84", "经费119.84万元"), ("19.84", "经费19.845万元"), ("1050", "经费10500元"),
        ("105", "增长1.105倍"), ("12", "巡查12次"), ("100", "完成率100%"), ("9.5", "得9.5分"),
        ("2024", "2024年度"), ("128", "编号1280"), ("128", "第128.5号"), ("128", "巡查128次"),
        ("100", "满意度百分之百"), ("20", "占20%"), ("300", "另有300万元"), ("12", "十二个项目"),
        ("2025", "财办〔2025〕15号"), ("1050", "一千零五十人"),
        ("10", "发放十万册"), ("10", "十万火急"), ("10", "办公费十万元"), ("10000", "亿元企业一家"),
        ("19.84", "经费十九万八千五"), ("19.84", "经费19万8400册"), ("19.84", "温度19点84分"),
        ("19.84", "19、84两个文件"), ("19.84", "经费1.984×10^6元"), ("19.84", "型号E1984"),
        ("19.84", "编号1 9 8 4 0 0 1"), ("19.84", "第19.84.2条"), ("150", "一百五十个"),
        ("19.84", "经费19.48¹万元"),
    ],
)  # fmt: skip
def test_other_figures_and_short_ones_raise_no_alarm(amount: str, said: str) -> None:
    assert weight(amount, said) is None


# --- figures that give a withheld amount back ---------------------------------------------------

FUNDS = """
funds:
  rows:
    - {{id: total, amounts: {{initial: 300, budget: 260.5, executed: {}}}}}
body:
  text: {}
"""


def executed(said: str, amount: str = "241.75") -> str | None:
    return leaking(FUNDS.format(amount, said), "funds/total/executed").get("body/text")


@pytest.mark.parametrize(
    "said",
    [
        "全年支出241.75万元", "全年支出2417500元", "实际使用二百四十一万七千五百元",
        "年末结余18.75万元", "结转下年18.75万元", "尚有187500元未支付", "预算执行率92.8%",
        "执行率为92.80%", "支出进度百分之九十二点八", "比年初预算少58.25万元",
        "执行数比全年预算少18.75万元", "支出占全年预算的92.80%", "支出为全年预算260.5万元的92.8%",
        "执行率928‰", "执行率千分之九百二十八", "支出和全年预算合计502.25万元",
        "执行率九成二八", "执行率9.28成", "执行率九点二八成", "支出占全年预算的九成二八",
        "执行率百分之92.8", "执行率万分之9280", "结余十八万七千五", "月均支出20.15万元",
        "每季度支出60.44万元", "支出的一半为120.88万元",
    ],
)  # fmt: skip
def test_balances_and_rates_that_give_an_amount_back_are_certain(said: str) -> None:
    assert executed(said) == CERTAIN


@pytest.mark.parametrize("said", [
    "执行率约93%", "执行率93%", "结余约19万元", "全年下达241.75万元", "未执行率7.2%", "剩余7.20%",
    "执行率0.928", "执行率92.8", "执行率九十二点八", "执行率92.8个百分点", "执行率92.8个点",
    "执行率九成三", "执行率超九成二", "执行率九成多",
])  # fmt: skip
def test_rounded_ones_are_for_a_person_to_judge(said: str) -> None:
    assert executed(said) == LIKELY


@pytest.mark.parametrize(
    "said",
    [
        "全年预算260.5万元", "年初预算300万元", "满意度92.5%", "完成率100%", "培训19人次",
        "参训率93%", "其中设备购置18.7万元", "结余18.57万元", "按92号文件执行", "年末结余较少",
        "合计502万元", "支出占全年预算的九成", "编号241 175",
        "满意度九成二八", "参训率九成三", "执行率九成五", "执行率0.968", "执行率比上年高2个百分点",
        "月均用水20.15吨", "每季度检查60次", "一半以上", "建成二期", "九成新设备",
    ],
)  # fmt: skip
def test_their_twins_give_nothing_away(said: str) -> None:
    assert executed(said) is None


def test_full_execution_is_no_error() -> None:
    assert executed("执行率100%", "260.5") != CERTAIN
    assert executed("全年预算260.5万元", "260.5") is None
    assert executed("全年支出260.5万元", "260.5") == CERTAIN


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("人均支出2.42万元", CERTAIN), ("参训人员人均24175元", CERTAIN), ("人均支出3.42万元", None),
        ("单价2.42万元", None), ("人均用时2.42小时", None),
    ],
)  # fmt: skip
def test_what_falls_to_each_of_those_counted_in_public_is_searched(
    said: str, expected: str | None
) -> None:
    counted = "facts: [{id: people, name: 参训人员, value: 100, unit: 人}]\n"
    found = leaking(counted + FUNDS.format("241.75", said), "funds/total/executed")
    assert found.get("body/text") == expected


# --- indicators and scores ----------------------------------------------------------------------

INDICATOR = """
indicators:
  - {{id: built, level1: 产出, name: 新建站点, nature: positive, target: 120处, actual: 113处,
      full_marks: 10, score: 9.42}}
body:
  text: {}
"""


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("新建站点113处", CERTAIN), ("新建站点一百一十三处", CERTAIN),
        ("新建站点完成率94.17%", CERTAIN), ("新建站点比目标少7处", LIKELY),
        ("新建站点120处", None), ("发放问卷113份", None), ("新建站点2处", None),
        ("该项扣0.58分", LIKELY), ("完成率100%", None),
    ],
)  # fmt: skip
def test_an_indicator_s_result_is_looked_for(said: str, expected: str | None) -> None:
    assert leaking(INDICATOR.format(said), "indicators/built/actual").get("body/text") == expected


MET = INDICATOR.replace("target: 120处", "target: 113处")


@pytest.mark.parametrize(
    ("said", "expected"),
    [("新建站点113处", LIKELY), ("年度目标为新建站点113处", None), ("计划新建113处", None)],
)
def test_a_result_that_met_its_target_is_not_the_target(said: str, expected: str | None) -> None:
    assert leaking(MET.format(said), "indicators/built/actual").get("body/text") == expected


def test_a_round_figure_under_its_own_name_is_certain() -> None:
    fact = (
        "facts: [{id: m, name: 供餐人次, value: 86000, unit: 人次}]\nbody: {text: 供餐8.6万人次}\n"
    )
    assert leaking(fact, "facts/m") == {"body/text": CERTAIN}
    assert leaking(fact.replace("供餐8.6", "培训8.6"), "facts/m") == {}


# --- texts --------------------------------------------------------------------------------------


def test_withheld_name_in_a_text_is_found() -> None:
    text = "evaluation: {third_party: {name: 某某咨询公司}}\nbody: {text: 由某某咨询公司评价}\n"
    assert leaking(text, "evaluation/third_party") == {"body/text": CERTAIN}


def test_withheld_text_broken_by_blanks_and_lines_is_found() -> None:
    text = """
body:
  text: [{id: a, text: 固定值守点位分布在东门和西门}]
problems: [{id: b, text: 固定值守点位 分布在东门和西门。}]
"""
    assert leaking(text, "body/text/a") == {"problems/b/text": CERTAIN}


def test_figures_of_withheld_prose_are_for_a_person_to_judge() -> None:
    text = "body:\n  text:\n    - {{id: a, text: 安保经费支出37.62万元。}}\n    - {}\n"
    assert leaking(text.format("安保支出37.62万元。"), "body/text/a") == {
        "body/text/2/text": LIKELY
    }
    assert leaking(text.format("安保支出37.26万元。"), "body/text/a") == {}


def test_value_in_title_and_table_is_found() -> None:
    text = "title: 经费19.84万元\nfacts: [{id: m, name: 经费, value: 19.84, unit: 万元}]\n"
    table = """
body:
  text:
    - {id: t, table: 一览, columns: [事项, 金额（万元）], rows: [[经费, 19.84], [其他, 19.48]]}
"""
    found = leaking(text + table, "facts/m")
    assert found == {"title": CERTAIN, "body/text/t": CERTAIN}


def test_same_measure_of_another_indicator_raises_no_alarm() -> None:
    text = """
indicators:
  - {id: a, name: 一, nature: positive, target: 100%, actual: 按计划完成, full_marks: 10, score: 10}
  - {id: b, name: 二, nature: positive, target: 100%, actual: 按计划完成, full_marks: 10, score: 10}
"""
    assert leaking(text, "indicators/a") == {}


def test_a_budget_of_the_same_amount_is_another_thing() -> None:
    text = "funds: {rows: [{id: total, amounts: {initial: 260.5, budget: 260.5, executed: 260.5}}]}"
    assert leaking(text, "funds/total/executed") == {}


# --- texts that are no plain prose --------------------------------------------------------------

MONEY = "facts: [{id: money, name: 经费, value: 19.84, unit: 万元}]\nbody:\n  text:\n    - "
COLUMNS = "columns: [{name: 项目}, {name: %s}], rows: [[甲, %s]]"


@pytest.mark.parametrize(
    "block",
    [
        "{markdown: '经费**19**.84万元'}",
        "{markdown: '经费19<!-- a -->.84万元'}",
        "{markdown: '经费1&#57;.84万元'}",
        "{markdown: '经费19\\.84万元'}",
        f"{{table: 经费19.84万元, {COLUMNS % ('数', 1)}}}",
        f"{{table: 表, {COLUMNS % ('经费19.84万元', 'null')}}}",
        f"{{table: 表, {COLUMNS % ('数, group: 经费19.84万元', 1)}}}",
        "{table: 表, " + COLUMNS % ("经费", '"19\\n.84万元"') + "}",
        "{table: 表, columns: [甲, 数, 单位], rows: [[经费, 19.84, 万元]]}",
        "{table: 表, columns: [甲, 元, 角], rows: [[经费, 19, '.84万元']]}",
        "{table: 表, columns: [甲, 十万, 万, 千, 百, 十, 元], rows: [[经费, 1, 9, 8, 4, 0, 0]]}",
        "{picture: 图.png, alt: 经费19.84万元}",
        "{picture: 图.png, alt: 图, caption: 经费19.84万元}",
        "{markdown: '经费19.84<sup>1</sup>万元'}",
        "{markdown: '经费1.984×10<sup>5</sup>元'}",
        "{markdown: '经费 | 19.84 | 万元'}",
    ],
)
def test_what_a_reader_sees_is_searched(block: str) -> None:
    assert leaking(f"{MONEY}{block}\n", "facts/money") == {"body/text": CERTAIN}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("办公费和经费共119.84万元", CERTAIN),
        ("经费比办公费少80.16万元", CERTAIN),
        ("共120万元", None),
        ("共119.48万元", None),
    ],
)
def test_what_it_makes_together_with_a_public_figure_is_searched(
    said: str, expected: str | None
) -> None:
    other = "{id: b, name: 办公费, value: 100, unit: 万元}"
    facts = f"facts: [{{id: money, name: 经费, value: 19.84, unit: 万元}}, {other}]"
    found = leaking(f"{facts}\nbody: {{text: {said}}}\n", "facts/money")
    assert found.get("body/text") == expected


@pytest.mark.parametrize(
    "said",
    ["测绘三号库的核查情况属实", "测 绘 三号库，的核查\n情况属实", "測繪三號庫的核查情況屬實"],
)
def test_a_withheld_text_is_found_through_blanks_marks_and_traditional_characters(
    said: str,
) -> None:
    text = (
        f"body:\n  text:\n    - {{id: s, text: 测绘三号库的核查情况}}\n    - {json.dumps(said)}\n"
    )
    assert leaking(text, "body/text/s") == {"body/text/2/text": CERTAIN}
