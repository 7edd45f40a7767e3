"""Results of earlier runs as bytes under hashes of what they follow from, in one file of SQLite.

For what is large and many, such as pages: only what is asked for is read, only what is new is
written, and a run that is killed leaves the file as it was. The file holds data, never code.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from evalpress.cache.ahead import ahead
from evalpress.cache.store import Parts, digest

# With a number for each row, which is in the order of writing: a quarter of the time that rows in
# the order of their names take.
_TABLE = "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, content BLOB)"


class Kept:
    """Kept results. Without a path, or where another run holds the file, nothing is kept."""

    def __init__(self, path: Path | None) -> None:
        self._base = _opened(path) if path else None
        self._used: set[str] = set()
        self._apart: dict[str, bytes] | None = None
        self.made = 0

    def lacks(self, parts: Parts) -> bool:
        """Whether what follows from these parts could be kept and is not there."""
        if self._base is None:
            return False
        asked = self._base.execute("SELECT 1 FROM kept WHERE name = ?", (digest(*parts),))
        return asked.fetchone() is None

    def get(self, parts: Parts, make: Callable[[], bytes]) -> bytes:
        """The result that follows from these parts, made now where it is not there."""
        if self._base is None:
            return make()
        name = digest(*parts)
        self._used.add(name)
        if (found := self._found(name)) is not None:
            return found
        content = make()
        self.take({name: content})
        return content

    def get_ahead(self, asked: Iterable[tuple[Parts, Callable[[], bytes]]]) -> None:
        """Have made what is lacking of all this, by copies of the process where there is much of
        it; `get` finds it afterwards."""
        ahead([partial(self.get, parts, make) for parts, make in asked if self.lacks(parts)], self)

    def _found(self, name: str) -> bytes | None:
        if self._apart is not None:
            return self._apart.get(name)
        assert self._base is not None, "its callers look"
        asked = self._base.execute("SELECT content FROM kept WHERE name = ?", (name,))
        found = asked.fetchone()
        return bytes(found[0]) if found else None

    def begin_apart(self) -> None:
        """In a copy of the process the file is not touched any more: it is the first one's."""
        self._apart = {}

    def hand_back(self) -> dict[str, bytes]:
        """What was made in this copy of the process since this was last asked, by name."""
        found, self._apart = self._apart or {}, {}
        return found

    def take(self, found: Mapping[str, bytes]) -> None:
        """Keep what was made, here or in a copy of the process, by name."""
        if self._apart is not None:
            self._apart |= found
            return
        assert self._base is not None, "its callers look"
        self.made += len(found)
        self._base.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", found.items())

    def use(self, parts: Parts) -> None:
        """Keep on what follows from these parts without looking at it."""
        self._used.add(digest(*parts))

    def close(self) -> None:
        """Keep what this run asked for, and nothing else."""
        if self._base is None:
            return
        names = {name for (name,) in self._base.execute("SELECT name FROM kept")}
        gone = [(name,) for name in names - self._used]
        self._base.executemany("DELETE FROM kept WHERE name = ?", gone)
        self._base.commit()
        self._base.close()
        self._base = None


def _opened(path: Path) -> sqlite3.Connection | None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(sqlite3.OperationalError):
        try:
            return _begun(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            path.unlink()  # no such file of ours, or a damaged one: it counts as missing
            return _begun(path)
    return None


def _begun(path: Path) -> sqlite3.Connection:
    """A connection that holds the file until it is closed."""
    base = sqlite3.connect(path, timeout=0)
    base.execute("PRAGMA locking_mode = EXCLUSIVE")
    base.execute(_TABLE)
    base.execute("BEGIN EXCLUSIVE")
    return base
