"""The picture of a report: the same words give the same bytes, other words another picture."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from evalpress.pages.cards import HEIGHT, WIDTH, Card, draw, keep_cards

CARD = Card("绩效公开", "云汀县教育局2025年度部门整体支出绩效自评报告", "得分 95 分", "演示数据")
LONG = Card("名" * 80, "题" * 400, "数" * 80, "演示数据")


def test_it_is_a_small_picture_of_the_usual_size() -> None:
    for card in (CARD, LONG, Card("", "")):
        content = draw(card)
        with Image.open(BytesIO(content)) as found:
            assert (found.format, found.size) == ("PNG", (WIDTH, HEIGHT))
        assert len(content) < 80_000


def test_the_margins_stay_empty() -> None:
    """However long a title is."""
    with Image.open(BytesIO(draw(LONG))) as found:
        shades = found.convert("L")
    right = shades.crop((WIDTH - 40, 140, WIDTH, HEIGHT))
    assert right.getextrema() == (255, 255)


def test_the_same_words_give_the_same_bytes() -> None:
    assert draw(CARD) == draw(Card(CARD.site, CARD.title, CARD.figures, CARD.note))


def test_an_edit_makes_one_picture_and_no_other(tmp_path: Path) -> None:
    first = keep_cards({"a": CARD}, tmp_path)["a"]
    drawn = first.stat().st_mtime_ns
    assert keep_cards({"a": CARD}, tmp_path)["a"] == first
    assert first.stat().st_mtime_ns == drawn
    assert keep_cards({"a": Card(CARD.site, CARD.title, "得分 96 分")}, tmp_path)["a"] != first
