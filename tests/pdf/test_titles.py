"""evalpress.pdf.titles: a title breaks at the ends of words, in a shape that GB/T 9704 allows."""

from __future__ import annotations

import pytest

from evalpress.pdf.titles import ROOM, balanced, set_lines, title_lines, width, words

DISTRICT = ["云泽区住房和城乡建设局", "2025年度", "部门整体支出", "绩效自评报告"]


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        (["县教育局", "2025年度", "绩效自评报告"], ["县教育局2025年度绩效自评报告"]),
        (DISTRICT, ["云泽区住房和城乡建设局2025年度", "部门整体支出绩效自评报告"]),
        (
            ["云泽区市场监督管理局", "2025年度", "部门整体支出", "绩效自评报告"],
            ["云泽区市场监督管理局2025年度", "部门整体支出绩效自评报告"],
        ),
        (["很" * 18, "2025年度", "绩效自评报告"], ["很" * 18, "2025年度绩效自评报告"]),
    ],
)
def test_lines_are_even_and_no_word_stands_alone(parts: list[str], lines: list[str]) -> None:
    assert ["".join(line) for line in title_lines(parts)] == lines


def test_three_lines_are_no_hourglass() -> None:
    lines = title_lines(["长" * 17, "短" * 7, "报告" * 4, "更" * 9])
    widths = [sum(map(width, line)) for line in lines]
    assert all(wide <= ROOM for wide in widths)
    assert not (len(widths) == 3 and widths[1] < min(widths[0], widths[2]))


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "内蒙古自治区锡林郭勒盟正蓝旗人民代表大会常务委员会办公室",
            [
                "内蒙古自治区锡林郭勒盟正蓝旗",
                "人民代表大会常务委员会办公室",
                "2025年度部门整体支出绩效自评报告",
            ],
        ),
        (
            "云泽经济技术开发区管理委员会高层次人才创新创业服务中心",
            [
                "云泽经济技术开发区管理委员会",
                "高层次人才创新创业服务中心2025年度",
                "部门整体支出绩效自评报告",
            ],
        ),
    ],
)
def test_a_name_wider_than_a_line_breaks_between_words(name: str, lines: list[str]) -> None:
    parts = [name, "2025年度", "部门整体支出", "绩效自评报告"]
    found = ["".join(line) for line in title_lines(parts)]
    assert found == lines


def test_no_line_begins_with_an_ending_or_ends_with_a_conjunction() -> None:
    assert words("网络安全和信息化委员会办公室") == ["网络安全", "和信息化委员会办公室"]


def test_signs_of_html_are_counted_as_one() -> None:
    (line, _) = title_lines([f"{'甲' * 12}&amp;{'乙' * 12}", "2025年度"])
    assert "&amp;" in "".join(line) or "&" not in "".join(line)


def test_a_cover_has_lines_of_its_own() -> None:
    assert set_lines("云泽区教育局", 17.0) == ["云泽区教育局"]
    assert set_lines("云泽区农业技术推广和农产品质量安全检验检测中心", 17.0) == [
        "云泽区农业技术推广和农产品", "质量安全检验检测中心",
    ]  # fmt: skip


def test_only_the_title_is_set() -> None:
    page = f"<h1>{'<wbr>'.join(DISTRICT)}<span>（更正）</span></h1><p>一<wbr>二</p>"
    assert balanced(page) == (
        "<h1>云泽区住房和城乡建设局2025年度<br>部门整体支出绩效自评报告<span>（更正）</span></h1>"
        "<p>一<wbr>二</p>"
    )
