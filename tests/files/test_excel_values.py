"""Values as a Chinese Excel shows them. The expected texts were read off Excel's own rules for
formats (ECMA-376 part 1, 18.8.31), not off this program."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from evalpress.files.excel_values import HASHES, NUMBER_FORMATS, Value, plain, shown

LONG_DATE = 'yyyy"年"m"月"d"日"'
ACCOUNTS = '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (Decimal("0.97270000000000001"), "0.00%", "97.27%"),
        (0.8620000000000001, "0%", "86%"),
        (0.005, "0.0%", "0.5%"),
        (12, "000000", "000012"),
        (115.26000000000001, "0.00", "115.26"),
        (2.675, "0.00", "2.68"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (1234567, "#,##0", "1,234,567"),
        (0, "#,##0", "0"),
        (0, "#", ""),
        (0.5, "#.##", ".5"),
        (5, "0.##", "5."),
        (5, "0.0?", "5.0"),
        (89974.3, '0!.0,"万元"', "9.0万元"),
        (899743, "0.00,", "899.74"),
        (1234567, "0.0,,", "1.2"),
        (12345, '#,##0"元"', "12,345元"),
        (-12.5, "0.00;[Red]-0.00", "-12.50"),
        (-12.5, "0.00_);[Red](0.00)", "(12.50)"),
        (-12.5, "0.00", "-12.50"),
        (0, '0.00;-0.00;"—"', "—"),
        (5, ";;;", ""),
        (20250320, "yyyy/m/d", HASHES),
        (12, '[=1]"是";[=0]"否"', HASHES),
        (1, '[=1]"是";[=0]"否"', "是"),
        (12, '[=1]"是"', "12"),
        (-3.96, "[>=100]0;[<=-100]-0;0.00", "-3.96"),
        (-150, "[>=100]0;[<=-100]-0;0.00", "-150"),
        (-25, "[Red][<=-25]General;[Blue][>=25]General;General", "25"),
        (-3, '[<0]"负"0;[=0]"零";0.0', "负3"),
        (-2, "[>=1]0;0", "-2"),
        (-2, "[>=-1]0;0", "2"),
        (-12.3, "[<=9999999]0;00", "-12"),
        (-0.4, "0", "0"),
        (-0.4, '0"人"', "0人"),
        (-0.004, "0.00%", "-0.40%"),
        (-0.00001, "0.00%", "0.00%"),
        (-0.4, "0;-0", "-0"),
        (99.995, "0.00E+00", "1.00E+02"),
        (99.94, "0.00E+00", "9.99E+01"),
        (0.665, "# ?/100", "67/100"),
        (12, '[>=10]"多";"少"', "多"),
        (2, '[>=10]"多";"少"', "少"),
        (95, '[>=90]"优"0;[>=80]"良"0;"中"0', "优95"),
        (85, '[>=90]"优"0;[>=80]"良"0;"中"0', "良85"),
        (1234.5, ACCOUNTS, "¥1,234.50"),
        (-1234.5, ACCOUNTS, "¥-1,234.50"),
        (0, ACCOUNTS, "¥-"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (3.5, "# ?/?", "3 1/2"),
        (0.25, "?/8", "2/8"),
        (12345, "0.00E+00", "1.23E+04"),
        (0.00012, "0.0E+00", "1.2E-04"),
        (13812345678, "000-0000-0000", "138-1234-5678"),
        (2025, '0"年度"', "2025年度"),
        (1, '"第"0"季度"', "第1季度"),
        (45, 'General"项"', "45项"),
        (45, "G/通用格式", "45"),
        (123, "[DBNum1][$-804]G/通用格式", "一百二十三"),
        (10, "[DBNum1]General", "一十"),
        (12, '[DBNum1]General"项"', "一十二项"),
        (0, "[DBNum1]General", "〇"),
        (1005, "[DBNum2][$-804]General", "壹仟零伍"),
        (20250, "[DBNum1]General", "二万零二百五十"),
        (12, "[DBNum3]General", "１２"),
        (2025, "[DBNum1]0", "二〇二五"),
        (7, "@", "7"),
        ("甲", '0;-0;0;"见"@', "见甲"),
        ("甲", "0.00", "甲"),
        ("007", "General", "007"),
        (True, "0.00", "TRUE"),
        (None, "0.00", ""),
        ("#DIV/0!", "0.00", "#DIV/0!"),
    ],
)
def test_a_number_is_shown_by_its_format(value: Value, code: str, expected: str) -> None:
    assert shown(value, code) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.30000000000000004, "0.3"),
        (115.26000000000001, "115.26"),
        (100, "100"),
        (100.0, "100"),
        (-0.5, "-0.5"),
        (1 / 3, "0.333333333"),
        (12345.678901234, "12345.6789"),
        (13812345678, "13812345678"),
        (123456789012, "1.23457E+11"),
        (99999.99999999, "100000"),
        (0.00001234, "1.234E-05"),
        (0, "0"),
        (Decimal("89.974"), "89.974"),
    ],
)
def test_a_number_without_format_takes_eleven_signs(value: Value, expected: str) -> None:
    assert shown(value) == expected


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (45736, LONG_DATE, "2025年3月20日"),
        (45736.5, NUMBER_FORMATS[14], "2025/3/20"),
        (45736, "mm-dd-yy", "2025/3/20"),
        (45736, NUMBER_FORMATS[31], "2025年3月20日"),
        (45736, NUMBER_FORMATS[57], "2025年3月"),
        (45736, NUMBER_FORMATS[58], "3月20日"),
        (45736, "yyyy-mm-dd;@", "2025-03-20"),
        (45736, "[$-F800]dddd, mmmm dd, yyyy", "2025年3月20日"),
        (45736, "[DBNum1][$-804]yyyy年m月d日", "二〇二五年三月二十日"),
        (45736, "yyyy.m.d", "2025.3.20"),
        (45736, "yy/m/d", "25/3/20"),
        (45736, "e年", "2025年"),
        (45736, "aaaa", "星期四"),
        (45736, "[$-804]ddd", "周四"),
        (45736, "dddd", "Thursday"),
        (45736, "d-mmm-yy", "20-Mar-25"),
        (45736.75, "yyyy/m/d h:mm", "2025/3/20 18:00"),
        (45736.75, "h:mm AM/PM", "6:00 PM"),
        (45736.25, '上午/下午h"时"mm"分"', "上午6时00分"),
        (0.5, "h:mm:ss", "12:00:00"),
        (1.5, "[h]:mm", "36:00"),
        (0.5, "mm:ss.0", "00:00.0"),
        (0.4999999999, "h:mm", "12:00"),
        (61, "yyyy/m/d", "1900/3/1"),
        (59, "yyyy/m/d", "1900/2/28"),
        (-1, "yyyy/m/d", HASHES),
        (datetime(2025, 3, 20, 9, 30), "yyyy/m/d h:mm", "2025/3/20 9:30"),
        (date(2025, 3, 20), LONG_DATE, "2025年3月20日"),
        (time(9, 5), "h:mm", "9:05"),
        (timedelta(hours=30), "[h]:mm", "30:00"),
    ],
)
def test_a_date_is_shown_by_its_format(value: Value, code: str, expected: str) -> None:
    assert shown(value, code) == expected


def test_a_workbook_may_count_from_1904() -> None:
    assert shown(44274, "yyyy/m/d", date_1904=True) == "2025/3/20"


@pytest.mark.parametrize(
    "code", ["", "[", '"', "\\", "0.0.0", "%%%", "?/?/?", "E+", "[>x]0", "0;;;;;"]
)
def test_no_format_is_an_error(code: str) -> None:
    assert isinstance(shown(12.5, code), str)
    assert isinstance(shown(-1e300, code), str)


def test_a_number_without_format_and_exponent() -> None:
    assert plain("1.3812345678E10") == "13812345678"
    assert plain("0.97270000000000001") == "0.9727"
    with pytest.raises(ValueError, match="nan"):
        plain("nan")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (5, "¥-1,235"), (8, "¥-1,234.50"), (37, "-1,235"), (40, "-1,234.50"), (41, "-1,235"),
        (42, "¥-1,235"), (43, "-1,234.50"), (44, "¥-1,234.50"),
    ],
)  # fmt: skip
def test_amounts_by_number_of_format_are_in_yuan(number: int, expected: str) -> None:
    assert shown(-1234.5, NUMBER_FORMATS[number]) == expected
    assert shown(45736, NUMBER_FORMATS[31]) == "2025年3月20日"
