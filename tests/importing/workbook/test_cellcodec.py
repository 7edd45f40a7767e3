"""Texts of a report and values of cells."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evalpress.importing.modeltree import ValueKind
from evalpress.importing.workbook.cellcodec import cell_of, is_too_long, text_of, unescaped

KINDS = st.sampled_from(list(ValueKind))


@given(st.decimals(-(10**15) + 1, 10**15 - 1, places=2), KINDS)
def test_a_figure_comes_back_as_it_was_written(figure: Decimal, kind: ValueKind) -> None:
    for text in (f"{figure:f}", f"{figure:f}%"):
        value, number_format = cell_of(text, kind)
        assert text_of(value, number_format, kind) == text


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1), KINDS)
def test_a_text_comes_back_as_it_was_written(text: str, kind: ValueKind) -> None:
    assume(text_of(text, "@", ValueKind.NUMBER) != "")  # a dash in place of a figure is none
    value, number_format = cell_of(text, kind)
    read = unescaped(value) if isinstance(value, str) else value
    assert text_of(read, number_format, kind) == text


@pytest.mark.parametrize("text", ["_x000D_", "_x5F_", "_x005F_x000D_", "_x005F_", "甲_x0041_"])
def test_what_looks_like_an_escape_of_excel_is_escaped(text: str) -> None:
    value, _ = cell_of(text, ValueKind.TEXT)
    assert value != text
    assert unescaped(value) == text


@pytest.mark.parametrize(
    ("value", "number_format", "kind", "text"),
    [
        (43.2, "0.00", ValueKind.NUMBER, "43.20"),
        (43.256, "0.00", ValueKind.NUMBER, "43.256"),
        (43.256, "0.00", ValueKind.TEXT, "43.26"),
        (0.1 + 0.2, "General", ValueKind.NUMBER, "0.3"),
        (0.975, "0.00%", ValueKind.PERCENT, "97.50%"),
        (0.986, "0%", ValueKind.MEASURE, "99%"),
        (1200, "#,##0", ValueKind.TEXT, "1,200"),
        (1200, "#,##0", ValueKind.NUMBER, "1200"),
        (8, "General", ValueKind.MEASURE, "8"),
        (True, "General", ValueKind.FLAG, "是"),
        (datetime(2025, 3, 5), "yyyy-mm-dd", ValueKind.DATE, "2025-03-05"),
        (datetime(2025, 3, 5), "mm-dd-yy", ValueKind.DATE, "2025/3/5"),
        (datetime(2025, 3, 5), "General", ValueKind.DAY, "2025-03-05"),
        (datetime(2025, 3, 5), 'yyyy"年"m"月"d"日"', ValueKind.DATE, "2025年3月5日"),
        (datetime(2025, 3, 5), 'yyyy"年"m"月"', ValueKind.DATE, "2025年3月"),
        (datetime(2025, 3, 5, 9, 5), "yyyy-mm-dd hh:mm", ValueKind.MOMENT, "2025-03-05 09:05"),
        ("甲\r\n乙", "@", ValueKind.TEXT, "甲\n乙"),
        (None, "@", ValueKind.TEXT, ""),
        ("—", "@", ValueKind.NUMBER, ""),
        ("—", "@", ValueKind.TEXT, "—"),
    ],
)
def test_what_people_type_is_read_as_excel_shows_it(
    value: object, number_format: str, kind: ValueKind, text: str
) -> None:
    assert text_of(value, number_format, kind) == text


def test_a_cell_holds_so_many_signs() -> None:
    assert not is_too_long("甲" * 32_767)
    assert is_too_long("甲" * 32_768)
    assert is_too_long("𠮷" * 16_384)


def test_a_sign_behind_a_figure_makes_no_percentage_of_it() -> None:
    assert text_of(95.5, '0.00"%"', ValueKind.PERCENT) == "95.50"
    assert text_of(0.955, "0.00%", ValueKind.PERCENT) == "95.50%"
    assert text_of(9.5, '0.0"分"', ValueKind.NUMBER) == "9.5"
