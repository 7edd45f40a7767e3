"""evalpress.pdf.unbroken: numbers stay with their units, dates and document numbers whole."""

from __future__ import annotations

import pytest

from evalpress.pdf.unbroken import kept, width

WIDE = 14.0


def pieces(text: str, room: float = WIDE, in_cell: bool = False) -> list[str]:
    return [text[start:end] for start, end in kept(text, room, in_cell)]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("按财预〔2020〕10号文件办理完毕", "按财预〔2020〕10号"),
        ("已于2025年8月31日完成移交手续", "2025年8月31日"),
        ("补贴由4.6元降到4.1元，按月发放", "4.1元，"),
        ("改造道路24860平方米，其余续建", "24860平方米，"),
        ("执行率（B/A）如下表所列各项", "（B/A）"),
        ("要求≥95.5%的项目都达到目标", "≥95.5%"),
    ],
)
def test_a_piece_stays_whole(text: str, piece: str) -> None:
    assert piece in pieces(text)


def test_a_paragraph_ends_with_three_signs() -> None:
    assert pieces("各项工作按计划完成。") == ["划完成。"]


def test_a_cell_neither_begins_nor_ends_with_one_sign() -> None:
    assert pieces("年度指标值", in_cell=True) == ["年度指标值"]
    assert pieces("服务对象满意度指标", in_cell=True)[0].startswith("服务")


@pytest.mark.parametrize(
    ("text", "piece"), [("指标性质：反向", "指标性质：反向"), ("“三公”经费的压减", "“三公”经")]
)
def test_a_label_stays_with_its_word_and_a_name_in_its_quotes(text: str, piece: str) -> None:
    assert pieces(text, in_cell=True)[0] == piece


def test_a_quoted_name_counts_the_signs_that_no_break_parts_from_it() -> None:
    assert pieces("2026年增加“调结构”方式。", room=7.0, in_cell=True)[1:] == ["加“调结构”方"]
    assert "调" not in "".join(pieces("增加“调结构”方式。", room=6.0, in_cell=True))


def test_what_does_not_fit_is_held_in_smaller_pieces() -> None:
    assert pieces("2025年12月31日", room=3.5) == ["2025年", "12月", "31日"]
    assert pieces("x" * 60) == ["xxx"]


def test_blank_text_has_no_pieces() -> None:
    assert pieces("\n  ", in_cell=True) == []
    assert width("\u2060") == 0.0
