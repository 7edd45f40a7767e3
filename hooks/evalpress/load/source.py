"""1 read: a data file by its name and content; its tree when somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evalpress.cache.store import digest
from evalpress.findings import Finding, Place
from evalpress.load.events import Reading, read_tree
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
    def _parsed(self) -> Reading:
        if self.unread:
            return Reading(None, None, [self.unread], is_sound=False)
        return read_tree(self.name, self.content)

    def forget(self) -> None:
        """Let go of the tree, which is a third of what a report takes in memory; whoever asks once
        more has the file parsed again."""
        self.__dict__.pop("_parsed", None)

    @property
    def data(self) -> Any:
        """The tree; None where the file is empty or could not be read."""
        return self._parsed.tree

    @property
    def mistakes(self) -> list[Finding]:
        """What is wrong with the file as YAML."""
        return self._parsed.findings

    @property
    def is_sound(self) -> bool:
        """False where the tree is what was probably meant: good for finding more mistakes."""
        return self._parsed.is_sound

    def unhidden(self, findings: list[Finding]) -> list[Finding]:
        """Those findings that do not only follow from what is wrong with the file as YAML."""
        mender = self._parsed.mender
        return [f for f in findings if not mender.hides(f)] if mender else findings

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
        node, mark = self._parsed[:2]
        for step in path:
            if holds(node, step):
                mark = node.marks[step]
                node = node[step]
        return mark


def parse(name: str, content: bytes) -> tuple[Source, list[Finding]]:
    """One YAML file and what is wrong with it; its data is None when unreadable."""
    source = Source(name, content)
    return source, source.mistakes
