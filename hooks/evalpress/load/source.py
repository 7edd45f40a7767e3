"""1 read: a data file by its name and content; its tree when somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evalpress.cache.store import digest
from evalpress.findings import Finding, Place
from evalpress.load.events import read_tree
from evalpress.load.tree import BITS, Path_, holds, spot_of


@dataclass
class Source:
    """A data file: its tree of Fields, Items and texts, and where each part stands.

    It is parsed when somebody first asks: a report whose findings are known needs no tree.
    `unread` says why there is no content.
    """

    name: str
    content: bytes = b""
    unread: Finding | None = None

    @cached_property
    def digest(self) -> str:
        """A hash of the file's bytes."""
        return digest(self.content)

    @cached_property
    def _parsed(self) -> tuple[Any, int | None, list[Finding]]:
        return (None, None, [self.unread]) if self.unread else read_tree(self.name, self.content)

    @property
    def data(self) -> Any:
        """The tree; None where the file is empty or could not be read."""
        return self._parsed[0]

    @property
    def mistakes(self) -> list[Finding]:
        """What is wrong with the file as YAML."""
        return self._parsed[2]

    def place(self, path: Path_, label: str = "") -> Place:
        """The place of the nearest part of the path that exists; keys before values."""
        mark = self._mark(path)
        return self._place(mark and mark >> 2 * BITS, label)

    def start(self, path: Path_, label: str = "") -> Place:
        """Where the value begins, not its key."""
        return self._place(self._mark(path), label)

    def _place(self, mark: int | None, label: str) -> Place:
        line, column = (0, 0) if mark is None else spot_of(mark)
        return Place(self.name, line, column, label)

    def _mark(self, path: Path_) -> int | None:
        """Where key and value of the path's last part stand, as far as the file has the path: short
        forms leave out steps that the model has."""
        node, mark, _ = self._parsed
        for step in path:
            if holds(node, step):
                mark = node.marks[step]
                node = node[step]
        return mark


def parse(name: str, content: bytes) -> tuple[Source, list[Finding]]:
    """One YAML file and what is wrong with it; its data is None when unreadable."""
    source = Source(name, content)
    return source, source.mistakes
