"""What is private in a text, however it is written, and what only looks like it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from evalpress.text.privacy import PrivateKind, find_private
from sampling import NUMBER, often
from waiting import yardsticks

DATA = Path(__file__).parents[2] / "data"

CERTAIN = [
    ("身份证号130102199001011237", "resident_id", "130102199001011237", "13*************237"),
    ("130102 19900101 1237", "resident_id", "130102 19900101 1237", "13*************237"),
    ("11010119900307758x。", "resident_id", "11010119900307758x", "11*************58X"),
    ("6217 0000 1000 0000 003", "bank_card", "6217 0000 1000 0000 003", "6217***********0003"),
    ("电话13812345678", "mobile", "13812345678", "138****5678"),
    ("138 1234 5678", "mobile", "138 1234 5678", "138****5678"),
    ("138-1234-5678", "mobile", "138-1234-5678", "138****5678"),
    ("138—1234—5678", "mobile", "138—1234—5678", "138****5678"),
    ("tel:138.1234.5678", "mobile", "138.1234.5678", "138****5678"),
    ("+86 13812345678", "mobile", "13812345678", "138****5678"),
    ("+8613812345678", "mobile", "8613812345678", "138****5678"),
    ("１３８１２３４５６７８", "mobile", "１３８１２３４５６７８", "138****5678"),
    ("1 3 8 1 2 3 4 5 6 7 8", "mobile", "1 3 8 1 2 3 4 5 6 7 8", "138****5678"),
    ("138\u200b12345678", "mobile", "138\u200b12345678", "138****5678"),
    ("张三13812345678（微信同号）", "mobile", "13812345678", "138****5678"),
    ("卡号6222021234567890128", "bank_card", "6222021234567890128", "6222***********0128"),
    ("4111 1111 1111 1111", "bank_card", "4111 1111 1111 1111", "4111********1111"),
    ("护照号E12345678", "passport", "E12345678", "E1*****78"),
    ("持护照：EA1234567", "passport", "EA1234567", "EA*****67"),
    ("联系人：张三 电话：0311-85551234", "name_with_phone", "张三", "张*"),
    ("填报人 王五 85551234", "name_with_phone", "王五", "王*"),
    ("负责人李小明，电话(0311)85551234", "name_with_phone", "李小明", "李**"),
    ("联系人：阿依古丽 电话 0991-1234567", "name_with_phone", "阿依古丽", "阿***"),
    ("家庭住址：上湾镇东村3组25号", "home_address", "上湾镇东村3组25号", "上湾镇****"),
    ("阳光小区3栋2单元501室漏水", "home_address", "阳光小区3栋2单元501室", "****"),
    ("上湾村3组25号。", "home_address", "上湾村3组25号", "****"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "found", "mask"), CERTAIN)
def test_private_data_is_found_with_its_mask(text: str, kind: str, found: str, mask: str) -> None:
    [hit] = [hit for hit in find_private(text) if hit.kind == kind]
    assert (hit.found, hit.mask, hit.certain) == (found, mask, True)
    assert text[hit.start : hit.end] == found


UNCERTAIN = [
    ("身份证号 130102199001011231", "resident_id"),
    ("130102900101123", "old_resident_id"),
    ("银行账号：0402021509300012345", "bank_account"),
    ("联系人：张三", "name"),
    ("姓名：欧阳小明", "name"),
    ("负责人（签字）：赵敏", "name"),
    ("建设地点：上湾村3组25号", "home_address"),
]


@pytest.mark.parametrize(("text", "kind"), UNCERTAIN)
def test_what_may_be_private_is_uncertain(text: str, kind: str) -> None:
    assert [(hit.kind, hit.certain) for hit in find_private(text)] == [(kind, False)]


PUBLIC = [
    # telephones of offices, masks
    "0311-85551234", "（0311）8555 1234", "监督电话：12345", "138****5678", "35*************123",
    "联系人：办公室 电话：0311-85551234",
    # codes
    "统一社会信用代码 91130104MA0ABCDE1X", "监督索引号53280118031201000", "53030006073300000",
    "130104240001P000012345", "项目编码：130104202501010001", "合同编号：HB13812345678",
    "项目编码：13812345678", "冀财预〔2025〕13号", "GB/T 9704-2012", "20250101123456789",
    "采购计划号:130104-2025-000123", "E12345678", "6217-13812345678-01",
    # amounts, dates, ranges, rows of figures
    "13812345678元", "13,812,345,678", "138.12345678", "13812345678.00", "0.13812345678",
    "2024-2025", "2025-01-02 2025-12-31 12:30", "150 2024 2025", "150 1200 3400 22",
    "完成18000000000次", "工期2025.01.01-2025.12.31", "1. 13 2. 14 3. 15",
    # places of works, offices, townships
    "上湾村机耕路", "阳光小区改造", "幸福小区3号楼2单元更换管道", "上湾村二组3号机井",
    "地址：桥西区中山路100号政务中心2号楼301室", "家庭住址：桥西区某某街道",
    # labels without a person
    "项目负责人：各科室主任", "项目负责人职责明确", "负责人：李某某", "负责人：项目部",
    "单位负责人：高度重视", "项目负责人负责全面工作", "受益人 农户", "服务人员 300人",
    "培训人员 张家口", "姓名\t成绩\t关系", "姓名 毕业院校", "负责人\t联系电话\t备注",
]  # fmt: skip


@pytest.mark.parametrize("text", PUBLIC)
def test_what_is_public_is_no_hit(text: str) -> None:
    assert find_private(text) == []


def credit_code(first: str) -> str:
    """A unified credit code from its first 17 characters."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(signs.index(c) * 3**i for i, c in enumerate(first))
    return first + signs[-total % 31]


def organisation(region: str, number: str) -> str:
    """The first 17 digits of the code of an office whose own code has a check digit."""
    total = sum(int(d) * w for d, w in zip(number, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return f"11{region}{number}{'0123456789X0'[11 - total % 11]}"


def digital_codes() -> Iterator[str]:
    """Credit codes of digits only that have a date where a resident id number has its own."""
    for serial in range(60):
        code = credit_code(organisation("130019", f"900101{serial:02}"))
        if code.isdigit():
            yield code


def test_credit_codes_of_digits_are_public_even_where_they_hold_a_date() -> None:
    codes = list(digital_codes())
    assert codes
    assert [find_private(code) for code in codes] == [[] for _ in codes]


def test_a_number_that_is_called_an_identity_is_none_of_an_office() -> None:
    for code in digital_codes():
        assert find_private(f"身份证号：{code}")


def test_digits_of_any_script_count() -> None:
    [hit] = find_private("１３０１０２１９９００１０１１２３７")
    assert (hit.end, hit.mask) == (18, "13*************237")


def test_lines_are_not_joined() -> None:
    assert find_private("138\n12345678") == []
    assert find_private("联系人：张三\n电话 0311-85551234")[0].kind is PrivateKind.NAME


def test_hits_come_in_their_order() -> None:
    hits = find_private("联系人：张三 13812345678，护照G12345678，13912345678")
    assert [hit.kind for hit in hits] == ["name_with_phone", "mobile", "passport", "mobile"]
    assert hits == sorted(hits)


@seed(NUMBER)
@settings(max_examples=often(100, 5000), deadline=None, database=None)
@given(
    st.text(
        st.sampled_from(
            "0123456789Xx-–. \u3000\n１３人:：负责联系张三丰电话单元室号村组社区护照EG住址元"
        )
    )
)
def test_any_text_is_read_and_hits_are_where_they_say(text: str) -> None:
    for hit in find_private(text):
        assert text[hit.start : hit.end] == hit.found
        assert hit.mask != hit.found


@pytest.mark.parametrize("row", ["1 " * 50_000, "12 345 678 " * 20_000])
def test_a_long_row_of_figures_takes_no_time(row: str) -> None:
    found, spent = yardsticks(lambda: find_private(row))
    assert found == []
    assert spent < 100


@pytest.mark.demonstration
def test_the_projects_own_data_have_no_private_data() -> None:
    for path in sorted((DATA / "reports").rglob("*.yml")):
        assert find_private(path.read_text(encoding="utf-8")) == [], path.name


@pytest.mark.parametrize(
    ("text", "kind", "mask"),
    [
        ("发至zhangsan@163.com", PrivateKind.EMAIL, "z***@163.com"),
        ("查处冀A12345等车辆", PrivateKind.NUMBER_PLATE, "冀A***45"),
        ("教练车冀A1234学等", PrivateKind.NUMBER_PLATE, "冀A***4学"),
        ("救助残疾儿童2名（张小雨、刘子涵）", PrivateKind.NAME, "张**"),
        ("该同志，1962年5月12日出生", PrivateKind.BIRTHDAY, "1962年*月**日"),
        ("经办人（1990年11月生）", PrivateKind.BIRTHDAY, "1990年**月"),
        ("出生年月：1985.06", PrivateKind.BIRTHDAY, "1985.**"),
        ("其生于1971-3-8", PrivateKind.BIRTHDAY, "1971-*-*"),
    ],
)
def test_what_may_be_a_persons(text: str, kind: PrivateKind, mask: str) -> None:
    hit = find_private(text)[0]
    assert (hit.kind, hit.mask, hit.certain) == (kind, mask, False)


@pytest.mark.parametrize(
    "text",
    ["电子邮箱bgs@yunze.gov.cn", "@163.com", "京A座12层", "豫L1路口", "帮扶3个村（王庄、李家庄）",
     "培训20人（东区、西区各10人）", "慰问3户（每户500元）", "2025年5月出生人口120人",
     "问题发生于2025年8月", "补贴2023年1月1日以后出生的婴幼儿", "2025年5月12日生效",
     "2025年9月出生的新生儿"],
)  # fmt: skip
def test_what_only_looks_like_a_persons(text: str) -> None:
    assert find_private(text) == []
