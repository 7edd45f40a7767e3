"""What a build read and what it put in place -> whether another one would do anything at all.

A file counts as unchanged by what the file system says of it, or by its content where it was
written so shortly before the look that its times cannot tell two states apart.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from evalpress.cache.cachefiles import write_whole
from evalpress.cache.store import digest

Tree = dict[str, list[Any]]
# Coarse clocks of file systems tick every two seconds.
_TICK_NS = 2_000_000_000
_FORMAT = 1
_STAT = 4  # how many entries of a state the file system gives


PACKAGE = Path(__file__).parents[1]


def installed() -> list[str]:
    """The packages that this Python runs with, each with its version."""
    folders = (Path(entry) for entry in sys.path if entry.endswith("site-packages"))
    return sorted(f.name for folder in folders for f in folder.glob("*.dist-info"))


def now_ns(folder: Path) -> int:
    """The file system's own time in nanoseconds since 1970: that of a file written just now."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        return os.stat(file.name).st_mtime_ns


def look(folders: Iterable[Path], now_ns: int) -> Tree:
    """Every file below these folders and what tells its state: size, times, inode and, for one
    changed within two seconds before `now_ns` (nanoseconds since 1970), a hash of its content."""
    return {path: _state(entry, now_ns) for folder in folders for path, entry in _files(folder)}


def _files(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(Path(entry.path))
            else:
                yield entry.path, entry


def _state(entry: os.DirEntry[str], now_ns: int) -> list[Any]:
    found = _stat(entry)
    state: list[Any] = [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]
    fresh = max(found.st_mtime_ns, found.st_ctime_ns) + _TICK_NS > now_ns
    if fresh and stat.S_ISREG(found.st_mode):
        state.append(_hash(entry.path))
    return state


def _stat(entry: os.DirEntry[str]) -> os.stat_result:
    """Of a link, what it leads to; of one that leads nowhere, the link."""
    try:
        return entry.stat()
    except OSError:
        return entry.stat(follow_symlinks=False)


def same(before: Tree, now: Tree) -> bool:
    """Whether both looks saw the same files in the same state."""
    return before.keys() == now.keys() and all(_agree(p, before[p], now[p]) for p in now)


def _agree(path: str, before: list[Any], now: list[Any]) -> bool:
    stat, content = before[:_STAT], before[_STAT:]
    return stat == now[:_STAT] and (not content or content == [_hash(path)])


def _hash(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


class LastBuild:
    """What the last build that went live was made of and what it left, in a file of the cache.

    `words` are all inputs that are no files: settings, options, versions.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def said(self, words: str, inputs: Tree, live: Tree, moment: str) -> str | None:
        """What the last build said of the data, if one of these inputs at this moment (ISO 8601)
        would leave what is there; None otherwise."""
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            holds = (
                kept["format"] == _FORMAT
                and kept["words"] == digest(words)
                and (kept["until"] is None or kept["since"] <= moment < kept["until"])
                and same(kept["inputs"], inputs)
                and same(kept["live"], live)
            )
            return str(kept["said"]) if holds else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(
        self, words: str, inputs: Tree, live: Tree, span: tuple[str, str | None], said: str
    ) -> None:
        """Write down a build that has just gone live and what it said; it holds over this span,
        from its first moment to before its last, or for good."""
        since, until = span
        kept = {"format": _FORMAT, "words": digest(words), "since": since, "until": until,
                "said": said, "inputs": inputs, "live": live}  # fmt: skip
        write_whole(self.path, json.dumps(kept).encode())
