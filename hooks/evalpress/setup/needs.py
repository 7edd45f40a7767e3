"""What a set-up can lack or fail at, told to the person at the keyboard."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class SetupProblem(Exception):
    """Something that the person at the keyboard has to put right.

    `packages` are the Debian packages that would do it, `output` what a failed command printed.
    """

    def __init__(self, text: str, packages: Iterable[str] = (), output: str = "") -> None:
        super().__init__(text)
        self.packages = tuple(packages)
        self.output = output


class Need(NamedTuple):
    """A part of the system that is not there: its name, and its Debian package ("" = none)."""

    what: str
    package: str

    def packages(self) -> list[str]:
        """The Debian packages that would fill the need: one or none."""
        return [self.package] if self.package else []


def say(text: str) -> None:
    """Tell the person at the keyboard, at once."""
    print(f"evalpress：{text}", flush=True)
