"""The style sheets of the site's parts: each is joined once, and none loads anything."""

from __future__ import annotations

import re

from evalpress.pages.styles import ADDRESS, FOLDER, PARTS, style_sheet
from projects import Finished


def test_every_part_is_joined_once() -> None:
    assert len(PARTS) == len(set(PARTS))
    assert {f"{part}.css" for part in PARTS} == {path.name for path in FOLDER.iterdir()}


def test_a_reader_loads_one_file_and_nothing_from_it(finished: Finished) -> None:
    joined = style_sheet()
    assert (finished.site / ADDRESS).read_text(encoding="utf-8") == joined
    assert not list(finished.site.rglob("styles/*.css"))
    assert "@import" not in joined
    assert not re.search(r"url\(\s*['\"]?(?!data:)", joined)
