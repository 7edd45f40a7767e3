"""Results of earlier runs as bytes under hashes of what they follow from, in one file of SQLite.

For what is large and many, such as pages: only what is asked for is read, only what is new is
written, and a run that is killed leaves the file as it was. The file holds data, never code.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from evalpress.cache.store import digest

# With a number for each row, which is in the order of writing: a quarter of the time that rows in
# the order of their names take.
_TABLE = "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, content BLOB)"


class Kept:
    """Kept results. Without a path, or where another run holds the file, nothing is kept."""

    def __init__(self, path: Path | None) -> None:
        self._base = _opened(path) if path else None
        self._used: set[str] = set()
        self.made = 0

    def get(self, parts: tuple[str | bytes, ...], make: Callable[[], bytes]) -> bytes:
        """The result that follows from these parts, made now where it is not there."""
        if self._base is None:
            return make()
        name = digest(*parts)
        self._used.add(name)
        found = self._base.execute("SELECT content FROM kept WHERE name = ?", (name,)).fetchone()
        if found:
            return bytes(found[0])
        content = make()
        self.made += 1
        self._base.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, content))
        return content

    def use(self, parts: tuple[str | bytes, ...]) -> None:
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
