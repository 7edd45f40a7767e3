"""docs/guide/rules.md lists every registered rule, as its docstring says it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evalpress.authoring.ruleguide import group_of, rule_guide
from evalpress.checks import RULES
from evalpress.wording import words

PAGE = Path(__file__).parents[2] / "docs" / "guide" / "rules.md"


def test_the_list_of_rules_is_the_program_s_own() -> None:
    if os.environ.get("EVALPRESS_REFRESH_GOLDEN"):
        PAGE.write_text(rule_guide(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == rule_guide(), "refresh it: make golden"


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_has_a_group_and_says_in_chinese_what_it_checks(name: str) -> None:
    rule = RULES[name]
    assert group_of(rule) in words("rule_groups")
    assert any("\u4e00" <= character <= "\u9fff" for character in rule.doc), name
