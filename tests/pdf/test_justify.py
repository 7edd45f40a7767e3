"""evalpress.pdf.justify: full lines end at the edge, without gaps at spaces or inside numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from evalpress.typefaces import private

TEXT = (
    "2025年收到财政拨付的专项资金19.84万元，当年支付19.84万元，<b>年末</b>没有结转和结余。"
    "按 Excel 2021 导出的明细表共1284行，覆盖64所公办学校、37所小学和12所幼儿园。"
)


@pytest.fixture(scope="module")
def lines() -> list[Any]:
    """The lines of a paragraph of 28 characters' width."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(private.fontconfig_file()))
        import weasyprint

        from evalpress.pdf.justify import own_justification

        style = "width:441pt;font:15.75pt/29pt FandolFang;text-align:justify;margin:0"
        html = weasyprint.HTML(string=f'<p lang="zh" style="{style}">{TEXT * 2}</p>')
        with own_justification():
            document = html.render()
    return [
        box for box in document.pages[0]._page_box.descendants() if type(box).__name__ == "LineBox"
    ]


def texts(line: Any) -> Iterator[Any]:
    yield from (box for box in line.descendants() if type(box).__name__ == "TextBox")


def test_every_line_but_the_last_ends_at_the_edge(lines: list[Any]) -> None:
    assert len(lines) > 3
    for line in lines[:-1]:
        last = list(texts(line))[-1]
        behind = getattr(last.pango_layout, "gap", 0) if ord(last.text.rstrip()[-1]) > 0x2E7F else 0
        edge = last.position_x + last.width - behind
        assert abs(edge - line.position_x - 441 / 0.75) < 0.1
    assert lines[-1].width < 400 / 0.75


def test_only_wide_signs_are_spread(lines: list[Any]) -> None:
    spread = [box for line in lines[:-1] for box in texts(line)]
    assert all(getattr(box, "justification_spacing", 0) == 0 for box in spread)
    assert any(getattr(box.pango_layout, "gap", 0) > 0 for box in spread)


def test_no_line_begins_or_ends_with_the_wrong_sign(lines: list[Any]) -> None:
    for line in lines:
        text = "".join(box.text for box in texts(line)).strip()
        assert text[0] not in "、。，；：！？）〕》”’%"
        assert text[-1] not in "（〔《“‘"
