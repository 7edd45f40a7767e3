"""Quantities of Chinese prose: values, units, labels, years; and totals that their parts miss."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from evalpress.text import quantities
from evalpress.text.quantities import Figure, mismatches, read, unit_of


def only(text: str) -> Figure:
    (found,) = read(text)
    return found


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("固定资产5.93万元", "59300", "元"),
        ("固定资产 5.93 万元", "59300", "元"),
        ("总额1.2亿元", "120000000", "元"),
        ("单价１，２３４元".replace("，", ","), "1234", "元"),
        ("金额1,234.50元", "1234.5", "元"),
        ("造价476元/平方米", "476", "元/平方米"),
        ("执行率９５．５％", "95.5", "%"),
        ("提高1.26个百分点", "1.26", "个百分点"),
        ("得分37分", "37", "分"),
        ("播种18.63万亩", "186300", "亩"),
        ("救助4.82万人次", "48200", "人次"),
        ("编制46名", "46", "人"),
        ("用时0.5个工作日", "0.5", "个工作日"),
        ("漏洞事件108起", "108", "起"),
        ("下设两个股室", "2", "个"),
        ("共十二个站", "12", "个"),
        ("共二十三个站", "23", "个"),
    ],
)
def test_value_and_unit(text: str, value: str, unit: str) -> None:
    found = only(text)
    assert (found.value, found.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    [
        "全年365天*24小时",
        "2025年12月31日前",
        "4月2日—4月12日",
        "西发〔2019〕5号",
        "第3次会议",
        "12时40分",
        "十分重视",
        "第三个五年",
        "党的二十大精神",
        "编码YZ921-2023-V01",
        "5个百",
        "分三步走，一是",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert [f.written for f in read(text)] in ([], ["三步"], ["5个"])


@pytest.mark.parametrize(
    "text",
    [
        "20多万人次",
        "约19.8万元",
        "近300户",
        "超过40条",
        "10—15万元",
        "20余项",
        "300户左右",
        "100余万元",
    ],
)
def test_what_is_rough(text: str) -> None:
    assert only(text).rough


@pytest.mark.parametrize("text", ["不超过40条", "完成165场", "建成9公里", "达到98%"])
def test_what_is_exact(text: str) -> None:
    assert not only(text).rough


def test_labels() -> None:
    text = "固定资产共5.93万元，其中包括车辆1部；重要舆情691条（省预警166条、市预警525条），6个项目"
    assert [(f.label, f.after) for f in read(text)] == [
        ("固定资产共", ""),
        ("其中包括车辆", ""),
        ("重要舆情", ""),
        ("省预警", ""),
        ("市预警", ""),
        ("", "项目"),
    ]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024年支出5万元，执行率9%。结转3万元", ["2024年", "2024年", ""]),
        ("支出5万元，比上年增加1万元，结转2万元", ["", "上年", ""]),
        ("上年结转5万元，支出4万元", ["", ""]),
        ("由2024年的1020件降到920件", ["2024年", ""]),
        ("3万元结转2026年，2万元收回", ["", ""]),
    ],
)
def test_years(text: str, years: list[str]) -> None:
    assert [f.year for f in read(text)] == years


def test_roles() -> None:
    change, plan, start, end, each = read(
        "比上年减少2个；目标为30户；由40场增加到60场；平均每个41人次"
    )
    assert change.is_change and plan.is_plan and each.is_single
    assert start.is_start and not end.is_start and not end.is_change
    assert not only("新增学位1200个").is_change
    assert only("没有达到3%的目标").is_plan and only("受益农户3万户以上").is_plan


def test_a_rounded_statement_matches_but_a_score_is_exact() -> None:
    assert only("约合4.93亿元").matches(Decimal("492649000"))
    assert not only("约合4.94亿元").matches(Decimal("492649000"))
    assert not only("得9分").matches(Decimal("8.62"))


@pytest.mark.parametrize(
    ("unit", "factor", "base"),
    [
        ("万元", 10**4, "元"),
        ("名", 1, "人"),
        ("万人次", 10**4, "人次"),
        ("元/亩", 1, "元/亩"),
        ("", 1, ""),
    ],
)
def test_units(unit: str, factor: int, base: str) -> None:
    assert unit_of(unit) == (Decimal(factor), base)


@pytest.mark.parametrize(
    "text",
    [
        "重要舆情691条（省预警166条、市预警525条），均已处置",
        "监测发现重要网络舆情 691 条(包含省预警 166 条,市预警 525 条)",
        "产出37分、执行率10分、效益38分、满意度10分，合计95分",
        "支出100万元，其中基本支出60万元、项目支出40万元",
        "支出100万元，其中基本支出60万元",
        "项目支出9676.65万元，其中建设3186.40万元、维修1248.75万元、其他项目5241.50万元",
        "共有5人次，包括甲3人次",
        "年末在职138人，其中行政33人、事业105人，另有编外7人",
        "总额3.33万元（甲1.11万元、乙1.11万元、丙1.11万元）",
        "总额7908.83万元（甲4204.8万元、乙3704.02万元）",
        "收到问卷420份，其中有效406份；比上年增加500份",
        "支出80万元：基本支出50万元，项目支出30万元",
        "约20个，其中甲30个",
        "共15个项目，其中8个完工，投入985万元，覆盖8个村",
        "共20人（行政12人、事业8人，另有编外5人）",
        "改造187户（计划200户）",
        "改造187户（上年200户）",
        "覆盖8个村（全区30个村）",
        "计划16个，其中甲8个、乙9个",
        "库容分别为5000吨、3000吨、2000吨，合计库容1万吨",
        "共16个项目。年初批复8个项目；年中增加8个项目",
        "共15个村。年初批复8个项目；年中增加8个项目",
        "分别增长5%、6%，合计增长率12%",
    ],
)
def test_parts_that_fit(text: str) -> None:
    assert not [found for found in mismatches(read(text)) if not found.rounded]


@pytest.mark.parametrize(
    ("text", "rounded"),
    [
        ("总额7908.83万元（甲4204.8万元、乙3704.02万元）", [True]),
        ("总额89.97万元：甲30万元、乙30万元、丙29.99万元", [True]),
        ("总额89.97万元，其中：甲30万元，乙30万元，丙29.99万元", [True]),
        ("甲30万元、乙30万元、丙29.99万元，合计89.97万元", [True]),
        ("总额89.95万元：甲30万元、乙30万元、丙29.99万元", [False]),
        ("总额89.99万元：甲30万元、乙30万元、丙29.99万元", []),
        ("总额899700元：甲300000元、乙599701元", [False]),
        ("总额36.01公里：甲16公里、乙20公里", [False]),
    ],
)
def test_amounts_that_are_off_by_rounding_are_told_apart(text: str, rounded: list[bool]) -> None:
    assert [found.rounded for found in mismatches(read(text))] == rounded


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("共举办培训36场：线下27场、线上8场。", True),
        ("共举办培训36场：线下28场、线上8场。", False),
        ("全年举办36场活动：线下27场、线上8场。", True),
        ("全年举办活动36场：线下28场、线上8场，其中8场为线上直播。", False),
        ("全年培训35场：甲班20场、乙班15场，其中8场为线上。", False),
        ("全年培训35场，其中线下27场、线上8场，其中8场为直播。", False),
        ("开展宣传活动36场，包括进社区20场、进校园15场。", True),
        ("开展宣传活动36场，包括进社区20场、进校园15场等。", False),
        ("共修建道路36公里：东区20公里；西区15公里。", True),
        ("共修建道路35公里：东区20公里；西区15公里。", False),
        ("共开展检查36次，上半年20次，下半年15次。", True),
        ("共开展检查36次，上半年20次，下半年16次。", False),
        ("共开展检查36次，上半年20次，比上年多2次。", False),
        ("召开会议36次，一季度9次、二季度9次、三季度9次、四季度8次。", True),
        ("在编36人，其中行政20人，事业15人，工勤0人。", True),
        ("在编35人，其中行政20人，事业15人，工勤0人。", False),
        ("共培训120人。其中干部50人；教师80人。", True),
        ("共培训120人。其中干部50人；教师70人。", False),
        ("共培训120人。其中干部50人。教师80人。", True),
        ("共培训120人。其中干部50人；培训教师80人。", False),
        ("共培训120人，其中干部50人；检查学校20人次。", False),
        ("共检查120家，其中学校50家；整改医院90家。", False),
        ("共检查120家。按行业分，学校50家、医院60家。", True),
        ("共检查120家，按行业分，学校50家、医院60家等。", False),
        ("全年检查60家。上半年30家，下半年25家。", True),
        ("全县共有低保户500户。城镇新增30户，农村新增50户。", False),
        ("预算120万元，其中结转20万元；全部到位，支出110万元。", False),
        ("未支出120万元，甲80万元、乙40万元；其中90万元结转，30万元收回。", False),
        ("学校50家。医院60家。合计120家。", True),
        ("学校50家；医院60家；合计120家。", True),
        ("学校50家。医院60家。合计110家。", False),
        ("检查学校。学校50家。医院60家。以上两项合计120家。", True),
        ("全年检查90家，其中复查20家。医院60家。合计120家。", False),
    ],
)
def test_a_list_of_all_parts_adds_up(text: str, wrong: bool) -> None:
    assert bool(list(mismatches(read(text)))) is wrong


@pytest.mark.parametrize(
    ("text", "total", "parts"),
    [
        ("重要舆情691条（省预警166条、市预警524条），均已处置", "691条", 2),
        ("监测发现舆情 691 条(包含省预警 166 条,市预警 526 条)", "691 条", 2),
        ("共691条，其中省预警166条和市预警524条", "691条", 2),
        ("产出37分、执行率10分、效益38分、满意度10分，合计96分", "96分", 4),
        ("支出100万元，其中基本支出120万元", "100万元", 1),
        ("共15个项目，其中年初批复8个、年中增加的8个", "15个", 2),
        ("共15个项目，其中年初批复8个985万元（含上年结转1个50万元），年中增加8个", "15个", 2),
        ("支出80万元：基本支出50万元，项目支出20万元", "80万元", 2),
        ("项目支出96万元，其中建设30万元、维修12万元、其他项目51万元", "96万元", 3),
        ("全年预算100万元，由拨款60万元、结转30万元和捐款5万元组成", "100万元", 3),
        ("未支出的50万元中，甲30万元、其余25万元", "50万元", 2),
        ("年初批复8个项目，年中增加8个，合计15个项目", "15个", 2),
        ("共15个项目，含暂付款。年初批复8个项目985万元；年中增加8个项目", "15个", 2),
        ("库容分别为5000吨、3000吨、2000吨，合计库容1.1万吨", "1.1万吨", 3),
        (
            "三公经费12.50万元，其中接待费2.30万元、公车运行费8.60万元、因公出国费0万元",
            "12.50万元",
            3,
        ),
        ("年初预算8960.00万元，年中追加452.35万元，全年预算9421.35万元", "9421.35万元", 2),
    ],
)
def test_parts_that_miss(text: str, total: str, parts: int) -> None:
    (found,) = mismatches(read(text))
    assert (found.total.written, len(found.parts)) == (total, parts)


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("共培训120人。其中干部50人；教师60人。", [True]),
        ("共培训120人，其中干部50人、教师60人。", [True]),
        ("共培训120人，其中干部50人、教师60人等。", []),
        ("共培训120人，其中干部50人、教师20人。", []),
        ("共培训120人，其中干部110人。", []),
        ("支出120万元，其中培训50万元、设备60万元。", []),
    ],
)
def test_parts_that_leave_little_are_told_apart(text: str, is_open: list[bool]) -> None:
    assert [found.is_open for found in mismatches(read(text))] == is_open


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("回收率百分之九十八点五", "98.5", "%"), ("完成百分之百", "100", "%"),
     ("占百分之十", "10", "%"), ("仅百分之三", "3", "%")],
)  # fmt: skip
def test_shares_in_words(text: str, value: str, unit: str) -> None:
    (found,) = read(text)
    assert (str(found.value), found.unit) == (value, unit)


def test_more_over_the_year_that_fits() -> None:
    text = "年初预算8960.00万元，年中追加452.35万元，全年预算9412.35万元"
    assert not list(mismatches(read(text)))


# --- the expressions, by the examples of their comments -----------------------------------------

_EXAMPLE = re.compile(
    r"# .+: “(?P<found>.+)” matches; “(?P<other>.+)” does not\.\n(?P<name>_\w+) = "
)
EXAMPLES = [m.groups() for m in _EXAMPLE.finditer(Path(quantities.__file__).read_text("utf-8"))]
EXPRESSIONS = {name for name, value in vars(quantities).items() if isinstance(value, re.Pattern)}


@pytest.mark.parametrize(("found", "other", "name"), EXAMPLES)
def test_an_expression_finds_its_example_and_not_the_other(
    found: str, other: str, name: str
) -> None:
    pattern = re.compile(getattr(quantities, name))
    assert pattern.search(found)
    assert not pattern.search(other)


def test_every_expression_has_an_example() -> None:
    assert {name for _, _, name in EXAMPLES} >= EXPRESSIONS
