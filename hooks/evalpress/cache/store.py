"""Results kept under a hash of all that they follow from: what did not change costs almost nothing.

One file holds them all. It belongs to the program alone and may be deleted at any time; it is
replaced whole, so that neither a killed run nor two at once leave a broken one, and what cannot be
read of it counts as missing. The program's own files are part of every key.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from evalpress.cache.ahead import ahead
from evalpress.cache.cachefiles import read_plain, write_whole

T = TypeVar("T")
Parts = tuple[str | bytes, ...]  # all that a result follows from
_NOT_READABLE = (OSError, EOFError, ValueError, AttributeError, ImportError, pickle.PickleError)


class Store:
    """Results of earlier runs, from a file. Without one nothing is kept."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.kept = _read(path) if path else {}
        self.used: dict[str, bytes] = {}
        self._ahead: dict[str, bytes] = {}

    def lacks(self, parts: Parts) -> bool:
        """Whether what follows from these parts could be kept and is not there."""
        return self.path is not None and digest(program(), *parts) not in self.kept

    def get(self, parts: Parts, make: Callable[[], T]) -> T:
        """The result for these parts, made now where it is not there."""
        if self.path is None:
            return make()
        name = digest(program(), *parts)
        with suppress(KeyError, *_NOT_READABLE):
            content = self.kept[name] if name in self.kept else self._ahead.pop(name)
            found: T = pickle.loads(content)
            self.used[name] = content
            return found
        made = make()
        self.used[name] = pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
        return made

    def get_ahead(self, asked: Iterable[tuple[Parts, Callable[[], object]]]) -> None:
        """Have made what is lacking of all this, by copies of the process where there is much of
        it; `get` finds it afterwards."""
        ahead([partial(self.get, parts, make) for parts, make in asked if self.lacks(parts)], self)

    def begin_apart(self) -> None:
        """In a copy of the process, only what is new is of interest."""
        self.used = {}

    def hand_back(self) -> dict[str, bytes]:
        """What was asked for in this copy of the process since this was last asked, by name."""
        found, self.used = self.used, {}
        return found

    def take(self, found: Mapping[str, bytes]) -> None:
        """Hold what a copy of this process made, until somebody asks for it."""
        self._ahead |= found

    def save(self) -> None:
        """Keep the results that somebody asked for since this store was opened, and no others."""
        if self.path and self.used != self.kept:
            write_whole(self.path, pickle.dumps(self.used, pickle.HIGHEST_PROTOCOL))
            with suppress(OSError):  # a folder of somebody else's: nothing will be read from it
                self.path.parent.chmod(0o700)


def _read(path: Path) -> dict[str, bytes]:
    """What the file holds; nothing where somebody else could have written it, because a pickle runs
    what its writer wants."""
    try:
        if not (_is_private(path) and _is_private(path.parent)):
            return {}
        found = pickle.loads(read_plain(path))
    except _NOT_READABLE:
        return {}
    return found if isinstance(found, dict) else {}


def _is_private(path: Path) -> bool:
    """Whether only this user can write here; True where the system knows no owners."""
    found = path.stat()
    mine = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    return mine and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def digest(*parts: str | bytes) -> str:
    """A short hash of several parts."""
    hashed = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        hashed.update(len(content).to_bytes(8, "big") + content)
    return hashed.hexdigest()[:32]


def keep_under_hash(folder: Path, name: str, content: bytes) -> Path:
    """The file of this content in a cache folder, which tells by its name and stays the same while
    the content does; `name` may be an address. Raises OSError where it can't be written."""
    stem, dot, suffix = name.replace("/", "-").rpartition(".")
    path = folder / f"{stem}-{digest(content)}{dot}{suffix}"
    if not path.exists():
        write_whole(path, content)
    return path


@cache
def program() -> str:
    """A hash of the program's own files: another version never reads this one's results."""
    return _hash_of("*.py", "templates/**/*.yml")


@cache
def templates() -> str:
    """A hash of the templates that pages are filled into; their frame is not among them."""
    return _hash_of("templates/*.j2")


def _hash_of(*patterns: str) -> str:
    package = Path(__file__).parents[1]
    found = {path for pattern in patterns for path in package.glob(f"**/{pattern}")}
    parts = ((path.relative_to(package).as_posix(), path.read_bytes()) for path in sorted(found))
    return digest(*(part for pair in parts for part in pair))
