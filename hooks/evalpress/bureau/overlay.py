"""A folder with changes that are not made yet: what steps read and write, and what that changes."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Change:
    """A file that becomes another one; None is a file that is not there."""

    name: str
    before: bytes | None
    after: bytes | None

    def lines(self) -> Iterator[str]:
        """The difference as lines of a unified diff; of a file that goes, only its name."""
        if self.after is None:
            yield f"--- {self.name}"
            return
        before, after = (_lines(content) for content in (self.before, self.after))
        yield from difflib.unified_diff(before, after, self.name, self.name, lineterm="", n=1)


def _lines(content: bytes | None) -> list[str]:
    return (content or b"").decode("utf-8", "replace").splitlines()


class Overlay:
    """The files of a folder as they would be; nothing is written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._after: dict[str, bytes | None] = {}

    def read(self, name: str) -> str | None:
        """A file's text as it would be; None where there would be none."""
        content = self._after[name] if name in self._after else self._before(name)
        return None if content is None else content.decode("utf-8")

    def write(self, name: str, text: str) -> None:
        """Give a file this text."""
        self._after[name] = text.encode()

    def remove(self, name: str) -> None:
        """Take a file, or every file below a folder, away."""
        path = self.root / name
        found = [path] if path.is_file() else (p for p in path.rglob("*") if p.is_file())
        for one in found:
            self._after[one.relative_to(self.root).as_posix()] = None

    def changes(self) -> list[Change]:
        """What differs from the folder, by name."""
        made = (Change(n, self._before(n), after) for n, after in sorted(self._after.items()))
        return [change for change in made if change.before != change.after]

    def _before(self, name: str) -> bytes | None:
        path = self.root / name
        return path.read_bytes() if path.is_file() else None
