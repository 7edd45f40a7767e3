"""Wrong words, brackets, punctuation, numbers of headings; and texts that are right."""

from __future__ import annotations

import dataclasses
from functools import cache
from pathlib import Path

import pytest

from evalpress.checks import language  # noqa: F401
from evalpress.load import build, parse
from evalpress.model import Reference, WordRule
from samples import data_folder, inspect, reference
from subjects import findings, places

WORDS = Path(__file__).parents[2] / "data" / "wording.yml"


@cache
def known() -> Reference:
    """The county's reference data with the project's own list of words."""
    source, _ = parse("wording.yml", WORDS.read_bytes())
    entries = [
        build(WordRule, source, ("wording", n))[0] for n in range(len(source.data["wording"]))
    ]
    return dataclasses.replace(reference(), wording={e.id: e for e in entries if e})


def words(text: str) -> list[str]:
    return [f.fix for f in findings("wording", f"body: {{overview: '{text}'}}", known=known())]


@pytest.mark.demonstration
@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("秸杆还田", "秸秆"), ("拔付资金", "拨付"), ("建立建全制度", "建立健全"),
        ("建全机制", "健全"),
        ("中华人民共合国", "共和国"), ("县人民攻府", "政府"), ("截止2025年底", "截至"),
        ("截止 2025 年底", "截至"), ("截止目前", "截至"),
        ("任务均以全部完成", "已"), ("财务台帐", "账"),
        ("已人民群众满意为目标", "以"), ("积效目标", "绩效"), ("帐户", "账"),
    ],
)  # fmt: skip
def test_wrong_words(text: str, right: str) -> None:
    assert words(text) == [f"改为“{right}”"]


@pytest.mark.demonstration
@pytest.mark.parametrize(
    "text",
    [
        "创建全国文明城市", "面积效益好", "报名已经截止", "截止日期为5月1日",
        "截止到年底", "搭起帐篷",
        "以完成任务为目标", "均以实际支出为准", "校园满意度", "预防犯罪",
        "反复盖章", "优化拨付流程",
        "按排名拨款", "一贯切实履行", "内部份额", "疏浚工程", "险峻工段",
        "消防讯息", "已服务群众500人",
        "侯马市", "拖延申请", "共产档案", "严峻工作形势",
    ],
)  # fmt: skip
def test_right_words(text: str) -> None:
    assert not words(text)


@pytest.mark.demonstration
def test_a_correction_may_quote_the_wrong_word() -> None:
    text = "corrections: [{id: c, old: 拔付, new: 拨付}]"
    assert not findings("wording", text, known=known())


def test_the_list_is_optional_and_its_patterns_are_tried(tmp_path: Path) -> None:
    assert not reference().wording
    bad = "wording:\n  - {wrong: 拔付, right: 拨付}\n  - {wrong: '拔(付', right: 拨付}\n"
    found = inspect(tmp_path, {"data/wording.yml": bad})
    assert [(f.rule, f.where.line) for f in found if "wording" in f.where.file] == [
        ("bad_pattern", 3)
    ]
    assert (data_folder(tmp_path, {}) / "wording.yml").exists()


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("《意见》（西发(2019)5号）", "〔2019〕5号"), ("云财[2019]12号", "〔2019〕12号"),
        ("云财【2019】12号", "〔2019〕12号"), ("云财（2019）第12号", "〔2019〕12号"),
        ("云财〔2019〕第12号", "〔2019〕12号"), ("云财〔2019〕05号", "〔2019〕5号"),
        ("云财〔2019〕5号", ""), ("国令第711号", ""), ("（2023）云01民初12号", ""),
    ],
)  # fmt: skip
def test_document_numbers(text: str, right: str) -> None:
    found = findings("document_number", f"body: {{overview: '{text}'}}")
    assert [right in f.fix for f in found] == ([True] if right else [])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("25年度自评", True), ("25年底", True), ("2025年底", False), ("运行25年", False),
     ("第25年度", False), ("近25年", False), ("改造25年度假村", False), ("35年底", False)],
)  # fmt: skip
def test_short_years(text: str, wrong: bool) -> None:
    assert bool(findings("short_year", f"body: {{overview: {text}}}")) is wrong


def test_per_cent_in_words() -> None:
    text = "indicators: [{id: a, name: 率, target: ≥100百分比}, {id: b, name: 率, unit: 百分比}]"
    assert places("percent_word", text) == ["indicators/a/target", "indicators/b/unit"]
    assert not findings("percent_word", "indicators: [{id: a, name: 百分比, target: ≥95%}]")


def test_amounts_with_other_decimals() -> None:
    text = "funds: {{rows: [{{id: total, amounts: {{budget: {}, executed: 0}}}}]}}"
    assert findings("amount_decimals", text.format("43.2"))
    assert not findings("amount_decimals", text.format("43.20"))


def test_grade_words() -> None:
    text = "body: {{conclusion: 绩效评价等次为{}。}}\nscores: {{total: 95, grade: 优}}"
    assert places("mixed_grades", text.format("优秀")) == ["body/conclusion/1/text"]
    assert not findings("mixed_grades", text.format("优"))
    assert not findings("mixed_grades", text.format("良"))
    assert not findings("mixed_grades", text.format("优；被评为优秀单位"))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("检查,演练,培训", 1), ("检查(含复查)和演练,培训", 2), ("完成;", 1),
        ("比例1:2，3,000元", 0),
        ("全年365天*24小时", 0), ("甲、乙。", 0), ("PM2.5浓度", 0), ("网址http://a.b/c", 0),
        ('所谓"示范"校', 1), ("建成了.", 1),
    ],
)  # fmt: skip
def test_half_width(text: str, count: int) -> None:
    assert len(findings("half_width", f"body: {{overview: '{text}'}}")) == count


def test_half_width_is_counted_once_a_report() -> None:
    (found,) = findings("half_width", "body: {overview: '甲,乙', method: '丙,丁,戊'}")
    assert "3" in found.what and found.place == "body/overview/1/text"


def test_full_width() -> None:
    (found,) = findings("full_width", "body: {overview: 完成９５％，共１２份}")
    assert "95%" in found.fix


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("完成。。", True), ("完成，，再做", True), ("完成，。", True),
     ("等……", False), ("好——", False),
     ("《甲》、《乙》", False)],
)  # fmt: skip
def test_repeated_punctuation(text: str, wrong: bool) -> None:
    assert bool(findings("repeated_punctuation", f"body: {{overview: {text}}}")) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("《意见要求", True), ("“示范校", True), ("（含复查", True),
     ("含复查）", True), ("”反“", True),
     ("（含复查)", False), ("1）检查；2）演练", False), ("《甲（试行）》", False)],
)  # fmt: skip
def test_unbalanced_pairs(text: str, wrong: bool) -> None:
    assert bool(findings("unbalanced_pair", f"body: {{overview: {text}}}")) is wrong


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"见D:\自评\表.xlsx，另附", r"D:\自评\表.xlsx"), ("存于10.1.20.5", "10.1.20.5"),
        ("存于172.16.3.4上", "172.16.3.4"), ("见第10.1.2条", ""), ("支出172.16万元", ""),
        ("网址https://a.b/c", ""),
    ],
)  # fmt: skip
def test_paths_and_addresses_inside_the_office(text: str, found: str) -> None:
    told = findings("local_path", f"body: {{overview: '{text}'}}")
    assert [found in one.what for one in told] == ([True] if found else [])


def headings(*numbers: str) -> str:
    rows = "".join(f"    - {{heading: 标题, number: '{n}', content: 文字}}\n" for n in numbers)
    return f"body:\n  overview:\n{rows}"


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [
        (["（1）", "2."], "2"), (["一、", "三、"], "2"), (["1.", "1.", "1."], ""),
        (["1.", "2.", "2."], "3"),
        (["一、", "二、", "三、"], ""), (["九、", "十、", "十一、"], "1"), (["①", "②"], ""),
    ],
)  # fmt: skip
def test_numbers_of_headings(numbers: list[str], wrong: str) -> None:
    found = places("number_order", headings(*numbers))
    assert found == ([f"body/overview/{wrong}"] if wrong else [])


def test_numbers_in_paragraphs() -> None:
    rows = ["1、目标", "（1）专项", "（2）资产", "2、指标", "(1) 产出", "①监测", "②演练", "2. 效果"]
    text = "body:\n  overview:\n" + "".join(f"    - {row}\n" for row in rows)
    assert places("number_order", text) == ["body/overview/8"]
    assert not findings("number_order", text.replace("2. 效果", "(2) 效果"))
    assert places("number_order", "body: {overview: [二、三年级都参加, 二、收支情况]}") == [
        "body/overview/2"
    ]


def test_numbers_may_go_on_in_another_section() -> None:
    text = "body: {overview: [1、甲, 2、乙], finances: [3、丙, 4、丁]}"
    assert not findings("number_order", text)
    assert places("number_order", text.replace("3、", "4、")) == [
        "body/finances/1",
        "body/finances/2",
    ]


def test_own_numbers_beside_those_of_the_program() -> None:
    rows = "{heading: 甲, content: 文字}, {heading: 乙, number: 2., content: 文字}"
    text = f"body: {{overview: [{rows}]}}"
    assert not findings("number_order", text)
    assert not findings("number_order", "body: {conclusion: {number: 四、, content: 文字}}")
    listed = "body: {overview: [{list: [甲, {text: 乙, number: 4、}], numbering: 1、}]}"
    assert places("number_order", listed) == ["body/overview/1/2"]
    assert not findings("number_order", listed.replace("4、", "2、"))


def test_quantities_are_no_numbers() -> None:
    rows = ["3.5万元", "2、3号楼", "一、二年级", "12.30开会"]
    text = "body:\n  overview:\n" + "".join(f"    - {row}\n" for row in rows)
    assert not findings("number_order", text)


def test_double_numbers() -> None:
    assert places("double_number", "body: {overview: {heading: 一、概况, content: 文字}}") == [
        "body/overview"
    ]
    assert places("double_number", "body: {overview: [{heading: （1）概况, content: 文字}]}") == [
        "body/overview/1"
    ]
    listed = "body: {{overview: [{{list: [1、甲, 2、乙], numbering: {}}}]}}"
    assert len(findings("double_number", listed.format("1、"))) == 2
    assert not findings("double_number", listed.format("none"))
    free = "outline: free\nbody: {text: [{heading: 一、概况, number: none, content: 文字}]}"
    assert not findings("double_number", free)


@pytest.mark.parametrize("text", ["培训20多万人次", "约30%", "惠及1200余户", "近5000人参加"])
def test_rough_figures_are_named(text: str) -> None:
    assert [f.exact or f.rule for f in findings("vague_figure", f"body: {{overview: {text}}}")]


def test_exact_figures_and_other_uses_of_the_words_pass() -> None:
    assert not findings("vague_figure", "body: {overview: 培训1200人次，签约30家，最近5年}")


def test_short_name_before_the_full_one() -> None:
    first = "body: {overview: [县教育局负责全区教育。, 云汀县教育局设三个股。]}"
    assert places("short_name_first", first) == ["body/overview/1/text"]
    assert not findings("short_name_first", "body: {overview: 云汀县教育局（县教育局）设三个股。}")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("一是加强巡查；二是更新设备；三是开展培训。", False),
        ("一是加强巡查；二是更新设备；四是开展培训。", True),
        ("一是加强巡查。二是更新设备。二是开展培训。", True),
        ("一是加强巡查；二是更新设备。措施：一是增加人员；二是追加经费。", False),
        ("主要问题一是巡查不够，二是设备老化。", False),
    ],
)
def test_spoken_numbers_follow_one_another(text: str, wrong: bool) -> None:
    assert bool(findings("number_order", f"body: {{overview: {text}}}")) is wrong


def test_a_former_name_is_told_as_such(tmp_path: Path) -> None:
    text = "state: draft\ntitle: 云汀县广播电视台2025年度自评\nbody: {overview: 云汀县广播电视台}\n"
    found = inspect(tmp_path, {"data/reports/media/2025.yml": text})
    named = {f.rule: f for f in found if f.rule in ("former_name", "short_name_first")}
    assert list(named) == ["former_name"]
    assert named["former_name"].place == "title"
    earlier = inspect(tmp_path, {"data/reports/media/2018.yml": text.replace("2025", "2018")})
    assert "former_name" not in {f.rule for f in earlier if "2018" in f.where.file}


def in_body(rule: str, sentence: str) -> list[str]:
    return [f.what for f in findings(rule, f"body: {{overview: ['{sentence}']}}")]


@pytest.mark.parametrize(
    "sentence",
    [
        "办结<b>213</b>件",
        "甲&nbsp;乙",
        "见[附件](https://a.example/b)",
        "**重点**工作",
        "<img src=x onerror=y>",
    ],
)
def test_markup_of_web_pages_is_told(sentence: str) -> None:
    assert in_body("markup_left", sentence)


@pytest.mark.parametrize("sentence", ["占比<90%的3家", "甲[注1](略)", "365天*24小时", "A&B公司"])
def test_ordinary_signs_are_no_markup(sentence: str) -> None:
    assert in_body("markup_left", sentence) == []


@pytest.mark.parametrize("wrong", ["云汀县教育居", "云汀教育局"])
def test_an_office_whose_name_is_nearly_the_departments(wrong: str) -> None:
    (found,) = findings("office_name", f"signature: {{office: {wrong}}}")
    assert "云汀县教育局" in found.fix


@pytest.mark.parametrize("right", ["云汀县教育局", "县教育局", "云汀县财政局", "云汀县人民政府"])
def test_other_offices_may_sign(right: str) -> None:
    assert findings("office_name", f"signature: {{office: {right}}}") == []
