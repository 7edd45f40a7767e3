"""The command line as a person at the keyboard asks it, in this process."""

from __future__ import annotations

from evalpress import commands
from projects import Project


def check(project: Project, *options: str) -> int:
    """The exit code of `evalpress check` in a project."""
    return commands.main(["check", "--config", str(project.config), *options])


def new(project: Project, *arguments: str) -> int:
    """The exit code of `evalpress new` in a project."""
    return commands.main(["new", *arguments, "--config", str(project.config)])
