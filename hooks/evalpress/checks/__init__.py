"""2 check: Reports and reference data -> Findings; one decorated function per rule.

A rule is a function from a Context to findings. It registers itself by `@rule("its-id")`, and its
sentences stand under that id in templates/wording.yml. Importing this package registers all rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evalpress.findings import Finding
from evalpress.load import Loaded, Source
from evalpress.model import Report

Rule = Callable[["Context"], Iterator[Finding]]
RULES: dict[str, Rule] = {}


@dataclass(frozen=True)
class Context:
    """What a rule may look at."""

    loaded: Loaded
    data_dir: Path

    def source(self, report: Report) -> Source:
        return self.loaded.sources[report.source]

    def attachments(self, report: Report) -> Path:
        """The folder of the report's attachments and pictures."""
        return self.data_dir / "attachments" / report.key.department / str(report.key.year)


def rule(name: str) -> Callable[[Rule], Rule]:
    """Register a rule under its id; an id that is taken is a bug."""

    def register(function: Rule) -> Rule:
        if name in RULES:
            raise ValueError(f"rule {name} is registered twice")
        RULES[name] = function
        return function

    return register


def check(context: Context) -> list[Finding]:
    """The findings of every rule."""
    return [finding for function in RULES.values() for finding in function(context)]


from evalpress.checks import disclosure, identity, references  # noqa: E402, F401
