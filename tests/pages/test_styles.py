"""The style sheets of the site's parts: each is joined once, none loads anything, and a browser of
2020, as offices still run it, keeps every rule that it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import tinycss2

from evalpress.pages.styles import FOLDER, PARTS, style_sheet
from projects import Finished

# Chromium 80 drops a whole rule for one selector that it does not know.
YOUNGER = re.compile(r":has\(|:focus-visible|::details-content")
CONDITIONAL = ("media", "supports")
# What it does not know and can be written so that it does.
AVOIDABLE = re.compile(
    r":(is|where)\(|@layer|^\s*(inset|(margin|padding)-(inline|block)):", re.MULTILINE
)


def selectors(rules: list[Any]) -> Iterator[list[str]]:
    """The selectors of every rule; none of them holds a comma of its own."""
    for rule in rules:
        if rule.type == "qualified-rule":
            yield tinycss2.serialize(rule.prelude).split(",")
        elif (
            rule.type == "at-rule"
            and rule.content
            and rule.lower_at_keyword in ("media", "supports")
        ):
            yield from selectors(tinycss2.parse_rule_list(rule.content, True, True))


def test_every_part_is_joined_once() -> None:
    assert len(PARTS) == len(set(PARTS))
    assert {f"{part}.css" for part in PARTS} == {path.name for path in FOLDER.iterdir()}


_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def flex_boxes_with_gaps() -> set[str]:
    """The class that each flex box with a gap is named by, and what of it is the box."""
    text = re.sub(r"/\*.*?\*/", "", style_sheet(), flags=re.DOTALL)
    return {
        selector.strip().removeprefix(".md-typeset.ep-article ")
        for selector, body in _RULE.findall(text)
        if re.search(r"display:\s*(inline-)?flex", body) and re.search(r"\bgap:", body)
    }


def test_what_lies_in_a_flex_box_is_kept_apart_in_browsers_without_gaps() -> None:
    old = (FOLDER / "old_browsers.css").read_text(encoding="utf-8")
    assert set(re.findall(r"^ *(\S.*?) > :not\(#_\)", old, re.MULTILINE)) == flex_boxes_with_gaps()


def test_a_reader_loads_one_file_and_nothing_from_it(finished: Finished) -> None:
    (file,) = finished.site.rglob("*.css")
    joined = file.read_text(encoding="utf-8")
    assert joined.endswith(style_sheet())
    assert "@import" not in joined
    assert not re.search(r"url\(\s*(?!['\"]?data:)", joined)


@pytest.mark.parametrize("part", PARTS)
def test_what_a_browser_of_2020_does_not_know_is_avoided_or_stands_alone(part: str) -> None:
    text = (FOLDER / f"{part}.css").read_text(encoding="utf-8")
    assert not AVOIDABLE.search(text)
    found = list(selectors(tinycss2.parse_stylesheet(text, True, True)))
    assert found
    mixed = [s for s in found if 0 < sum(bool(YOUNGER.search(one)) for one in s) < len(s)]
    assert not mixed
