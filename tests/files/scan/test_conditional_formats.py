"""Formats of XLSX cells that show nothing, or in the colour of the ground."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.formatting.rule import CellIsRule, DataBarRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from evalpress.files.scan import scan_content


def kinds(change: Callable[[Worksheet], object]) -> list[str]:
    """What is hidden in a sheet of four numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in range(1, 5):
        sheet.cell(row, 1, row * 10)
    change(sheet)
    content = io.BytesIO()
    book.save(content)
    return [hidden.kind for hidden in scan_content(content.getvalue()).hidden]


def above(colour: str, ground: str = "") -> Rule:
    fill = PatternFill(bgColor=ground, fill_type="solid") if ground else None
    return CellIsRule("greaterThan", formula=["5"], font=Font(color=colour), fill=fill)


def numbers(form: str) -> Rule:
    style = DifferentialStyle(numFmt=NumberFormat(numFmtId=200, formatCode=form))
    return Rule(type="cellIs", operator="greaterThan", formula=["5"], dxf=style)


@pytest.mark.parametrize(
    "rule",
    [above("FFFFFFFF"), above("FFFF0000", "FFFF0000"), numbers(";;;"), numbers('"";"";""'),
     DataBarRule("min", end_type="max", color="FF638EC6", showValue=False)],
)  # fmt: skip
def test_conditional_formats_that_show_nothing(rule: Rule) -> None:
    assert kinds(lambda s: s.conditional_formatting.add("A1:A4", rule)) == ["conditional_format"]


@pytest.mark.parametrize(
    "rule",
    [above("FFFF0000"), above("FFFFFFFF", "FF0000FF"), numbers("0.00;;"),
     DataBarRule("min", end_type="max", color="FF638EC6")],
)  # fmt: skip
def test_conditional_formats_that_only_draw_attention(rule: Rule) -> None:
    assert kinds(lambda s: s.conditional_formatting.add("A1:A4", rule)) == []


@pytest.mark.parametrize(("form", "found"), [("[White]0", ["hidden_text"]), ("[Red]0", [])])
def test_number_formats_in_the_colour_of_the_ground(form: str, found: list[str]) -> None:
    assert kinds(lambda s: setattr(s["A1"], "number_format", form)) == found
