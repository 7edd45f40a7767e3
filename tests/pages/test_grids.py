"""evalpress.pages.grids: tables as data."""

from __future__ import annotations

from evalpress.pages.grids import Column, Grid, Row, cell


def test_a_date_does_not_break_at_its_hyphens() -> None:
    rows = (Row(cells=(cell("2025-10-15"), cell("2025-10"), cell("一二三四五六七八九十"))),)
    html = Grid("t", "表", tuple(map(Column, "甲乙丙")), rows).html()
    assert html.count("ep-date") == 1
    assert '<th scope="row" class="ep-date">2025-10-15</th>' in html
