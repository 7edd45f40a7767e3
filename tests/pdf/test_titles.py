"""evalpress.pdf.titles: a title breaks at the ends of words, in a shape that GB/T 9704 allows."""

from __future__ import annotations

import pytest

from evalpress.pdf.titles import ROOM, balanced, title_lines, width

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


def test_only_the_title_is_set() -> None:
    page = f"<h1>{'<wbr>'.join(DISTRICT)}<span>（更正）</span></h1><p>一<wbr>二</p>"
    assert balanced(page) == (
        "<h1>云泽区住房和城乡建设局2025年度<br>部门整体支出绩效自评报告<span>（更正）</span></h1>"
        "<p>一<wbr>二</p>"
    )
