"""The registered rules -> the Chinese list of all checks, docs/guide/rules.md.

Written by the program from the rules' own docstrings, so that no rule is missing from the guide.
"""

from __future__ import annotations

from evalpress.checks import RULES, Rule
from evalpress.wording import catalogue, word, words


def rule_guide() -> str:
    """The whole page as Markdown: one table per group of rules."""
    head = [
        f"<!-- {word('rule_guide', 'refresh')} -->",
        f"# {word('rule_guide', 'title')}",
        word("rule_guide", "intro"),
    ]
    return "\n\n".join([*head, *map(_group, _groups())]) + "\n"


def group_of(rule: Rule) -> str:
    """The module that a rule stands in, which is its group."""
    function = rule.of_report or rule.of_all
    return function.__module__.rpartition(".")[2] if function else ""


def _groups() -> list[str]:
    order = catalogue("wording")["rule_guide"]["order"]
    return [*order, *sorted(words("rule_groups").keys() - set(order))]


def _group(name: str) -> str:
    rules = sorted((r for r in RULES.values() if group_of(r) == name), key=lambda r: r.level)
    columns = [word("rule_guide", key) for key in ("rule", "level", "about", "basis", "signing")]
    rows = [columns, ["---"] * len(columns), *map(_row, rules)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"## {word('rule_groups', name)} {{#{name}}}\n\n{table}"


def _row(rule: Rule) -> list[str]:
    level = word("levels", rule.level.name.lower())
    about = rule.about.replace("|", "\\|")
    return [f"`{rule.name}`", level, about, rule.basis, word("rule_guide", _signing(rule))]


def _signing(rule: Rule) -> str:
    if not rule.signing.allowed:
        return "never"
    return "exact" if rule.signing.exact else "may"
