"""The guide's list of rules: every registered one, as its docstring says it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evalpress.authoring.ruleguide import group_of, rule_guide
from evalpress.checks import RULES
from evalpress.model import Piece
from evalpress.wording import TEMPLATES, words
from projects import GUIDE as FOLDER
from subjects import places


def test_the_list_names_every_rule_once() -> None:
    page = rule_guide()
    assert all(page.count(f"| `{name}` |") == 1 for name in RULES)


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_has_a_group_and_says_in_chinese_what_it_checks(name: str) -> None:
    rule = RULES[name]
    assert group_of(rule) in words("rule_groups")
    assert any("\u4e00" <= character <= "\u9fff" for character in rule.about), name


GUIDE = sorted(FOLDER.glob("*.md"))
EXAMPLES = [*GUIDE, TEMPLATES / "fields.yml"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples_sign_rules_that_there_are_and_that_may_be_signed(path: Path) -> None:
    named = set(re.findall(r"\brule: (\w+)", path.read_text(encoding="utf-8")))
    assert named <= {name for name, rule in RULES.items() if rule.signing.allowed}


def test_the_guide_lists_everything_that_show_may_name() -> None:
    text = (FOLDER / "report.md").read_text(encoding="utf-8")
    listed = re.search(r"^`show` 把已填写.*$", text, re.MULTILINE)
    assert listed
    assert set(re.findall(r"`([a-z-]+)`", listed[0])) == {"show", *Piece}


def test_what_the_waiver_of_the_guide_signs_is_found() -> None:
    """8.62 points were filled in as 9, as the guide tells."""
    row = "amounts: {budget: 1000, executed: 862}, full_marks: 10, rate: 86.2%, score: 9"
    text = f"funds: {{rows: [{{id: total, {row}}}]}}"
    assert places("execution_score", text) == ["funds/total/score"]
