"""A comment above a pattern says what it matches and what it does not; that is true."""

from __future__ import annotations

import re
from importlib import import_module
from typing import NamedTuple

import pytest

from projects import PACKAGE

_EXAMPLE = re.compile(
    r"^#.*?“(?P<yes>[^\n]+)” matches; “(?P<no>[^\n]+)” does not\.\n(?:#[^\n]*\n)*(?P<name>\w+) = ",
    re.MULTILINE,
)
DENSE = (
    "text/quantities", "text/privacy", "checks/matching", "checks/prose",
    "checks/report_days", "checks/named_years", "checks/issue_days",
    "checks/work_days", "checks/calendar_days",
    "checks/language", "checks/completeness",
)  # fmt: skip
PLAIN = 30  # characters; shorter patterns speak for themselves


class Example(NamedTuple):
    """A text in which a pattern finds something, and one in which it does not."""

    module: str
    name: str
    yes: str
    no: str


def source(module: str) -> str:
    return (PACKAGE / f"{module}.py").read_text(encoding="utf-8")


def patterns(module: str, name: str) -> list[re.Pattern[str]]:
    """What stands under a name: a pattern, compiled or not, or a mapping of some."""
    found = getattr(import_module(f"evalpress.{module.replace('/', '.')}"), name)
    return [re.compile(one) for one in (found.values() if isinstance(found, dict) else [found])]


EXAMPLES = [
    Example(module, found["name"], found["yes"], found["no"])
    for path in sorted(PACKAGE.rglob("*.py"))
    for module in [path.relative_to(PACKAGE).with_suffix("").as_posix()]
    for found in _EXAMPLE.finditer(source(module))
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.module}.{e.name}")
def test_examples_are_true(example: Example) -> None:
    found = patterns(example.module, example.name)
    assert any(pattern.search(example.yes) for pattern in found)
    assert not any(pattern.search(example.no) for pattern in found)


@pytest.mark.parametrize("module", DENSE)
def test_dense_patterns_have_an_example(module: str) -> None:
    told = {example.name for example in EXAMPLES if example.module == module}
    names = re.findall(r"^(\w+) = re\.compile\(", source(module), re.MULTILINE)
    assert not {n for n in names if len(patterns(module, n)[0].pattern) > PLAIN} - told
