"""Results kept under a hash of all that they follow from: what did not change costs almost nothing.

One file holds them all. It belongs to the program alone and may be deleted at any time; it is
replaced whole, so that neither a killed run nor two at once leave a broken one, and what cannot be
read of it counts as missing. The program's own files are part of every key.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

from evalpress.cache.cachefiles import write_whole

T = TypeVar("T")
_NOT_READABLE = (OSError, EOFError, ValueError, AttributeError, ImportError, pickle.PickleError)


class Store:
    """Results of earlier runs, from a file. Without one nothing is kept."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.kept = _read(path) if path else {}
        self.used: dict[str, bytes] = {}

    def get(self, parts: tuple[str | bytes, ...], make: Callable[[], T]) -> T:
        """The result for these parts, made now where it is not there."""
        if self.path is None:
            return make()
        name = digest(program(), *parts)
        with suppress(KeyError, *_NOT_READABLE):
            found: T = pickle.loads(self.kept[name])
            self.used[name] = self.kept[name]
            return found
        made = make()
        self.used[name] = pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
        return made

    def save(self) -> None:
        """Keep the results that somebody asked for since this store was opened, and no others."""
        if self.path and self.used != self.kept:
            write_whole(self.path, pickle.dumps(self.used, pickle.HIGHEST_PROTOCOL))


def _read(path: Path) -> dict[str, bytes]:
    try:
        found = pickle.loads(path.read_bytes())
    except _NOT_READABLE:
        return {}
    return found if isinstance(found, dict) else {}


def digest(*parts: str | bytes) -> str:
    """A short hash of several parts."""
    hashed = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        hashed.update(len(content).to_bytes(8, "big") + content)
    return hashed.hexdigest()[:32]


@cache
def program() -> str:
    """A hash of the program's own files: another version never reads this one's results."""
    package = Path(__file__).parents[1]
    files = sorted([*package.rglob("*.py"), *package.glob("templates/*.yml")])
    return digest(*(part for file in files for part in (file.name, file.read_bytes())))
