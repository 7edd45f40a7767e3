"""The guide's list of rules: every registered one, as its docstring says it."""

from __future__ import annotations

import pytest

from evalpress.authoring.ruleguide import group_of, rule_guide
from evalpress.checks import RULES
from evalpress.wording import words


def test_the_list_names_every_rule_once() -> None:
    page = rule_guide()
    assert all(page.count(f"| `{name}` |") == 1 for name in RULES)


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_has_a_group_and_says_in_chinese_what_it_checks(name: str) -> None:
    rule = RULES[name]
    assert group_of(rule) in words("rule_groups")
    assert any("\u4e00" <= character <= "\u9fff" for character in rule.about), name
