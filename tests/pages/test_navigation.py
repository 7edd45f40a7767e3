"""The entries of the navigation that belong to the program."""

from __future__ import annotations

from typing import Any

from evalpress.pages.navigation import guide_files, navigation, present, sources
from evalpress.wording import words

OWN = list(words("navigation", "pages"))


def flat(nav: Any) -> list[str]:
    """The sources in their order, those of a group together."""
    if isinstance(nav, str):
        return [nav]
    return [
        source
        for value in (nav.values() if isinstance(nav, dict) else nav)
        for source in flat(value)
    ]


def test_a_site_without_a_navigation_gets_the_program_s() -> None:
    assert flat(navigation(None, guide=False)) == OWN


def test_pages_of_one_s_own_come_last_and_guides_after_them() -> None:
    made = navigation([{"公告": "notice.md"}], guide=True)
    assert flat(made)[: len(OWN) + 1] == [*OWN, "notice.md"]
    assert flat(made)[-1].startswith("guide/")


def test_a_navigation_of_an_older_version_keeps_its_order_and_gains_what_is_new() -> None:
    old = [{"首页": "index.md"}, {"部门": "departments/index.md"}, {"年": "years/index.md"},
           {"关于": "about.md"}]  # fmt: skip
    made = navigation(old, guide=False)
    assert made[:3] == old[:3]
    assert flat(made)[3:] == [
        "problems/index.md", "indicators/index.md", "coverage/index.md", "data/index.md",
        "about.md",
    ]  # fmt: skip


def test_what_a_group_names_is_not_named_again() -> None:
    made = navigation([{"资料": [{"数据": "data/index.md"}, "guide/rules.md"]}], guide=True)
    assert sorted(flat(made)) == sorted({*flat(made)})
    assert "guide/rules.md" in sources(made[0])


def test_what_a_site_has_no_page_for_is_left_out() -> None:
    nav = navigation([{"公告": "notice.md"}], guide=True)
    kept = present(nav, {"index.md"})
    assert flat(kept) == [source for source in flat(nav) if source != "indicators/index.md"]
    assert present(nav, set(OWN)) == nav


def test_every_page_of_the_guides_stands_in_the_navigation() -> None:
    pages = {source for source in guide_files() if source.endswith(".md")}
    assert pages == set(words("navigation", "guide"))
