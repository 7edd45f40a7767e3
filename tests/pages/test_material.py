"""What is left of Material's style sheet, and which of its classes count as used."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.pages.material import AUTHORS, Used, pruned, used_classes

USED = Used(frozenset({"md-typeset", "md-button"}), ("admonition",))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a{color:red}", "a{color:red}"),
        (".md-nav{x:y}", ""),
        (".md-nav,.md-typeset a{x:y}", ".md-typeset a{x:y}"),
        (".md-typeset .admonition{x:y}", ".md-typeset .admonition{x:y}"),
        (".md-typeset .md-nav{x:y}", ""),
        ("p:not(.md-nav){x:y}", "p:not(.md-nav){x:y}"),
        ('[data-md-toggle="nav"] a{x:y}', '[data-md-toggle="nav"] a{x:y}'),
        ("@media print{.md-nav{x:y}}", ""),
        ("@media print{.md-nav{x:y}b{x:y}}", "@media print{b{x:y}}"),
        ("@supports (a:b){@media print{b{x:y}}}", "@supports (a:b){@media print{b{x:y}}}"),
        ("@keyframes md-turn{to{x:y}}", "@keyframes md-turn{to{x:y}}"),
        ('@charset "UTF-8";b{x:y}', "b{x:y}"),
        (".tabbed-set,.admonition.note{x:y}", ".admonition.note{x:y}"),
        (
            "p:not(.admonition-title):not(.tabbed-a){x:y}",
            "p:not(.admonition-title):not(.tabbed-a){x:y}",
        ),
        (".grid.cards{x:y}", ".grid.cards{x:y}"),
        (".highlight .c{x:y}", ""),
        ("a{--md-a:1;x:y}", "a{x:y}"),
        ("a{--md-a:1;x:var(--md-a)}", "a{--md-a:1;x:var(--md-a)}"),
        ("a{--md-a:1}b{--md-b:var( --md-a )}", ""),
        ('a{--md-a:url("data:x;y,{};");x:y}', "a{x:y}"),
        ("a{--md-beside:1}", "a{--md-beside:1}"),
    ],
)
def test_what_needs_a_class_that_no_page_has_goes(before: str, after: str) -> None:
    assert pruned(before, USED, "b{x:var(--md-beside, 1)}") == after


def test_templates_and_scripts_of_ours_and_of_owners_say_what_is_used(tmp_path: Path) -> None:
    for name, text in {
        "a.html": '<p class="x md-tabs">',
        "js/b.js": '"md-code"',
        "c.txt": "md-no",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert used_classes([tmp_path], [], "").own == AUTHORS | {"md-tabs", "md-code"}


@pytest.mark.parametrize(
    ("extensions", "written", "name", "can_be"),
    [
        (["toc", "tables"], "", "admonition", False),
        (["toc", "admonition"], "", "admonition-title", True),
        (["markdown.extensions.footnotes"], "", "footnote-ref", True),
        (["toc"], '<div class="tabbed-set">', "tabbed-labels", True),
        (["toc", "of_an_owner"], "", "highlight", True),
        (["toc"], "", "cards", True),
        (["toc"], "", "md-nav", False),
    ],
)
def test_what_extensions_give_counts_where_they_are_on(
    extensions: list[str], written: str, name: str, can_be: bool
) -> None:
    assert used_classes([], extensions, written).allows({name}) is can_be
