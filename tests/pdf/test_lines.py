"""evalpress.pdf.lines: what belongs together is joined, whatever marks part of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from weasyprint import HTML

from evalpress.pdf.layout import laid_out
from evalpress.pdf.lines import JOINER, keep_lines
from pdf_boxes import flaws, inside, lines_in

LONG = "因供水管网改造与道路施工交叉，部分点位未能按期移交，已增加巡查并约定了新的移交日期"


def joined(html: str) -> str:
    """The text of a document with a bar for each joiner."""
    root = HTML(string=f"<body>{html}").etree_element
    keep_lines(root, {})
    return "".join(root.itertext()).replace(JOINER, "|")


def test_a_piece_over_several_elements_is_joined_throughout() -> None:
    assert "2|0|2|5|年|8|月|3|1|日" in joined(f"<p>已于2025年<b>8月31日</b>办完，{LONG}</p>")
    assert "5|0|%|。" in joined(f"<p>{LONG}<strong>50</strong>%。</p>")


def test_headings_keep_their_name_without_joiners() -> None:
    root = HTML(string="<body><h3><span>（一）</span>2025年8月31日前</h3>").etree_element
    keep_lines(root, {})
    (heading,) = root.iter("h3")
    assert JOINER in "".join(heading.itertext())
    assert heading.get("data-name") == "（一）2025年8月31日前"
    (page,) = laid_out("<html lang=zh-CN><body><h3>2025年8月31日前</h3>").pages
    assert [label for _, label, *_ in page.bookmarks] == ["2025年8月31日前"]


def prefixes() -> Iterator[str]:
    for length in range(1, len(LONG)):
        yield LONG[:length]


def test_wherever_a_line_ends_dates_numbers_and_ends_stay_whole() -> None:
    """A text that grows by one sign: each of its pieces comes to a line's end once."""
    whole = "于2025年12月31日，按财预〔2020〕10号拨付1234567.89万元，完成98.5%。"
    texts = "".join(f"<p>{before}{whole}</p><h4>{before}{whole}</h4>" for before in prefixes())
    texts += "<p>末。</p>"
    assert not flaws(f'<html lang="zh-CN"><body>{texts}')
    found = [lines for lines in lines_of(texts) if lines != ["末。"]]
    assert len(found) >= 2 * len(LONG) - 2
    for lines in found:
        for piece in ("2025年12月31日", "〔2020〕10号", "1234567.89万元", "98.5%"):
            assert any(piece in line for line in lines)
        assert len(lines) == 1 or len(lines[-1]) >= 3


def lines_of(html: str) -> Iterator[list[str]]:
    for page in laid_out(f'<html lang="zh-CN"><body style="orphans:99;widows:99">{html}').pages:
        for box in inside(page._page_box):
            if box.element_tag in ("p", "h4") and lines_in(box):
                yield lines_in(box)


@pytest.mark.parametrize("above", range(0, 22, 3))
def test_a_label_of_its_own_stays_with_what_it_names(above: int) -> None:
    lines = "<p>一行。</p>" * above
    label = '<p><strong class="ep-label">自评过程：</strong></p>'
    pages = laid_out(f'<html lang="zh-CN"><body>{lines}{label}<h4>准备阶段</h4><p>一。</p>').pages
    for page in pages:
        told = [text for box in inside(page._page_box) for text in texts(box)]
        assert told[-1] != "自评过程："


def texts(box: Any) -> list[str]:
    return [box.text.replace(JOINER, "")] if hasattr(box, "pango_layout") else []
