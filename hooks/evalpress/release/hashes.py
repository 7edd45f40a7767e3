"""8 release: files -> their SHA-256; one that did not change since it was read is not read again.

A file is known by its inode, size and time of change of its content: a hard link is the same file.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path

from evalpress.cache.cachefiles import read_plain, write_whole
from evalpress.release.manifest import Entry

_State = tuple[int, int, str]  # size in bytes, nanoseconds since 1970, SHA-256


class Hashes:
    """Hashes of files, kept in a file of the cache. Without a path nothing is kept."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._kept = _read(path) if path else {}
        self._used: dict[str, _State] = {}

    def of(self, path: Path | str, found: os.stat_result | None = None) -> Entry:
        """Size (bytes) and hash of a file, of which may have been `found` what the system says.
        Raises OSError where it can't be read."""
        found = found or os.stat(path)
        if (sha := self._known(found)) is None:
            with open(path, "rb") as file:
                sha = hashlib.file_digest(file, "sha256").hexdigest()
        self._used[_name(found)] = (found.st_size, found.st_mtime_ns, sha)
        return found.st_size, sha

    def known(self, path: Path) -> str | None:
        """The hash of a file that was read before and did not change since; None for any other."""
        try:
            return self._known(os.stat(path))
        except OSError:
            return None

    def save(self) -> None:
        """Keep the hashes that were asked for, and no others."""
        if self._path:
            write_whole(self._path, json.dumps(self._used).encode())

    def _known(self, found: os.stat_result) -> str | None:
        name = _name(found)
        state = self._used.get(name) or self._kept.get(name)
        if state is None or tuple(state[:2]) != (found.st_size, found.st_mtime_ns):
            return None
        self._used[name] = state
        return state[2]


def _name(found: os.stat_result) -> str:
    return f"{found.st_dev}:{found.st_ino}"


def _read(path: Path) -> dict[str, _State]:
    with suppress(OSError, ValueError):
        found = json.loads(read_plain(path))
        return found if isinstance(found, dict) else {}
    return {}
