"""Automatic numbers of paragraphs, as Word counts them."""

from __future__ import annotations

import io

import docx as python_docx
import pytest

from evalpress.files.numerals import FORMAL, PLAIN, counted
from evalpress.files.word_numbering import FORMS, Numbering
from evalpress.files.word_symbols import UNKNOWN, in_font, symbol
from sample_files import WORD, docx


def level(at: int, form: str, text: str, *more: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{"".join(more)}</w:lvl>'
    )


def numbering(levels: str, lists: str = "", more: str = "") -> bytes:
    one = lists or '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    definition = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    return f"<w:numbering {WORD}>{definition}{more}{one}</w:numbering>".encode()


OFFICIAL = (
    level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "（%4）")
)


def numbers(counting: Numbering, *levels: int, list_id: str = "1") -> list[str]:
    return [counting.number("", list_id, str(at)) for at in levels]


def test_headings_count_and_begin_again_below_the_next_one() -> None:
    counting = Numbering(numbering(OFFICIAL))
    assert numbers(counting, 0, 1, 1, 2, 2, 3, 1, 2, 0, 1) == [
        "一、", "（一）", "（二）", "1.", "2.", "（1）", "（三）", "1.", "二、", "（一）",
    ]  # fmt: skip


def test_a_number_can_hold_those_above_it() -> None:
    levels = level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2")
    legal = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert numbers(Numbering(numbering(levels)), 0, 1) == ["第一章 ", "一.1 "]
    assert numbers(Numbering(numbering(legal)), 0, 1) == ["一、", "1.1 "]


def test_lists_share_a_definition_and_may_start_anew() -> None:
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    counting = Numbering(numbering(OFFICIAL, lists))
    assert numbers(counting, 0, list_id="1") == ["一、"]
    assert numbers(counting, 0, list_id="2") == ["二、"]
    assert numbers(counting, 0, 0, list_id="3") == ["一、", "二、"]


def test_a_level_can_go_on_counting() -> None:
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')
    assert numbers(Numbering(numbering(levels)), 0, 1, 0, 1) == ["1.", "1)", "2.", "2)"]


def test_headings_are_numbered_by_their_style() -> None:
    levels = level(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/>') + level(
        1, "chineseCounting", "（%2）", '<w:pStyle w:val="2"/>'
    )
    styles = (
        f'<w:styles {WORD}><w:style w:type="paragraph" w:styleId="1"><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="own"><w:basedOn w:val="1"/></w:style></w:styles>'
    ).encode()
    counting = Numbering(numbering(levels), styles)
    assert [counting.number(style) for style in ("1", "2", "own", "2", "x", "")] == [
        "一、", "（一）", "二、", "（一）", "", "",
    ]  # fmt: skip
    assert counting.number("1", "0") == ""


def test_a_list_style_leads_to_its_definition() -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="5"/></w:num>'
    )
    styles = (
        f'<w:styles {WORD}><w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    ).encode()
    base = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    counting = Numbering(numbering(OFFICIAL, base, linked), styles)
    assert numbers(counting, 0, list_id="7") == ["一、"]


def test_bullets_are_signs_that_readers_see() -> None:
    font = '<w:rPr><w:rFonts w:ascii="{}"/></w:rPr>'
    for text, name, expected in (("\uf0fc", "Wingdings", "✔"), ("\uf0b7", "Symbol", "• "),
                                 ("\uf001", "Wingdings", "• "), ("-", "Arial", "-")):  # fmt: skip
        levels = level(0, "bullet", text, font.format(name))
        assert numbers(Numbering(numbering(levels)), 0) == [expected]


@pytest.mark.parametrize(
    ("form", "value", "expected"),
    [
        ("chineseCountingThousand", 123, "一百二十三"),
        ("chineseLegalSimplified", 3, "叁"),
        ("ideographDigital", 12, "一二"),
        ("decimalEnclosedCircle", 11, "⑪"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedFullstop", 2, "⒉"),
        ("decimalFullWidth", 3, "３"),
        ("decimalZero", 3, "03"),
        ("upperRoman", 49, "XLIX"),
        ("lowerLetter", 28, "bb"),
        ("ideographTraditional", 2, "乙"),
        ("ideographZodiac", 1, "子"),
    ],
)
def test_every_form(form: str, value: int, expected: str) -> None:
    assert FORMS[form](value) == expected


def test_a_form_that_is_not_known_is_named() -> None:
    counting = Numbering(numbering(level(0, "hebrew1", "%1.")))
    assert numbers(counting, 0) == ["1."]
    assert counting.unknown == {"hebrew1"}


@pytest.mark.parametrize(
    ("list_id", "at"), [("9", "0"), ("1", "8"), ("1", "-1"), ("1", "x"), ("", "0"), ("0", "")]
)
def test_what_has_no_definition_has_no_number(list_id: str, at: str) -> None:
    counting = Numbering(numbering(level(1, "decimal", "%2.")))
    assert counting.number("", list_id, at) == ""
    assert Numbering().number("", list_id, at) == ""


def test_documents_of_python_docx_are_numbered() -> None:
    body = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p><w:p/>'
    )
    opened = python_docx.Document(io.BytesIO(docx(body, word__numbering_xml=numbering(OFFICIAL))))
    counting = Numbering.of(opened)
    assert [counting.number_of(paragraph._p) for paragraph in opened.paragraphs] == ["一、", ""]


def test_ticks_and_boxes_of_symbol_fonts() -> None:
    assert symbol("Wingdings 2", 0xF052) + symbol("Wingdings 2", 0xF0A3) == "☑☐"
    assert symbol("wingdings", 0xFE) == "☑"
    assert symbol("Wingdings", 0x01) == UNKNOWN
    assert in_font("R 是", "Wingdings 2")[:2] == "☑ "
    assert in_font("R", "宋体") == "R"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "零"), (10, "十"), (19, "十九"), (20, "二十"), (105, "一百零五"), (110, "一百一十"),
     (1005, "一千零五"), (10_000, "一万"), (100_000_003, "一亿零三"), (10_010, "一万零一十")],
)  # fmt: skip
def test_chinese_numerals(value: int, expected: str) -> None:
    assert counted(value, PLAIN) == expected


def test_formal_numerals_keep_their_one() -> None:
    assert counted(10, FORMAL) == "壹拾"


HEADINGS = (
    f'<w:styles {WORD}><w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="H2">'
    '<w:basedOn w:val="H1"/>{}</w:style></w:styles>'
)


@pytest.mark.parametrize("own", ['<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>', ""])
@pytest.mark.parametrize("named", ['<w:pStyle w:val="H2"/>', ""])
def test_a_style_has_the_list_of_the_one_that_it_is_based_on(own: str, named: str) -> None:
    levels = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）", named)
    counting = Numbering(numbering(levels), HEADINGS.format(own).encode())
    said = [counting.number(style) for style in ("H1", "H2", "H2", "H1")]
    if own or named:
        assert said == ["一、", "（一）", "（二）", "二、"]
    else:
        assert said == ["一、", "二、", "三、", "四、"]


def test_numbers_that_word_spells_out() -> None:
    custom = '<w:lvl w:ilvl="0"><w:start w:val="9"/><w:numFmt w:val="custom" w:format="{}"/>' \
        '<w:lvlText w:val="%1."/></w:lvl>'  # fmt: skip
    for sample, expected in (("001, 002, 003, ...", "009."), ("0001, 0002", "0009."), ("", "9.")):
        assert numbers(Numbering(numbering(custom.format(sample))), 0) == [expected]


def test_a_level_without_numbers_is_left_out_of_those_below() -> None:
    counting = Numbering(numbering(level(0, "none", "") + level(1, "decimal", "%1%2.")))
    assert numbers(counting, 0, 1, 1) == ["", "1.", "2."]
    assert not counting.unknown


def test_legal_numbers_are_decimal_in_every_level() -> None:
    levels = level(0, "chineseCounting", "%1、") + level(1, "upperRoman", "%1.%2", "<w:isLgl/>")
    assert numbers(Numbering(numbering(levels)), 0, 1) == ["一、", "1.1 "]


@pytest.mark.parametrize(
    ("form", "value", "expected"),
    [("ordinal", 2, "2nd"), ("ordinal", 12, "12th"), ("ordinal", 21, "21st"),
     ("ideographLegalTraditional", 26, "貳拾陸")],
)  # fmt: skip
def test_forms_of_other_lands(form: str, value: int, expected: str) -> None:
    assert FORMS[form](value) == expected
