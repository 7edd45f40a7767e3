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
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from evalpress.cache.cachefiles import read_plain, write_whole
from evalpress.cache.store import digest

Tree = dict[str, list[Any]]
# Coarse clocks of file systems tick every two seconds.
_TICK_NS = 2_000_000_000
_FORMAT = 3


PACKAGE = Path(__file__).parents[1]


def versions() -> list[str]:
    """The version of this Python, and the packages that it runs with, each with its version."""
    folders = (Path(entry) for entry in sys.path if entry.endswith("site-packages"))
    return [sys.version, *sorted(f.name for g in folders for f in g.glob("*.dist-info"))]


def now_ns(folder: Path) -> int:
    """The file system's own time in nanoseconds since 1970: that of a file written just now."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        return os.stat(file.name).st_mtime_ns


def look(folders: Iterable[Path], now_ns: int) -> Tree:
    """Every file below these folders and what tells its state: size, times, inode and, for one
    changed within two seconds before `now_ns` (nanoseconds since 1970), a hash of its content."""
    return {path: _state(entry, now_ns) for folder in folders for path, entry in _files(folder)}


def contents(folders: Iterable[Path]) -> Iterator[str | bytes]:
    """The path and the content of every file below these folders, one after the other."""
    for folder in folders:
        for path, entry in _files(folder):
            yield path
            if stat.S_ISREG(_stat(entry).st_mode):  # a pipe would keep the build waiting
                with suppress(PermissionError):  # the build says so
                    yield Path(path).read_bytes()


def hash_of_host(words: str, read: Iterable[Path]) -> str:
    """A hash of what goes round every page: the host's words, versions, and what is in its
    folders."""
    return digest(words, *versions(), *contents(read))


def look_at_site(folder: Path, now_ns: int) -> Tree:
    """The same for a built site, by addresses. What links change counts for nothing."""
    cut = len(str(folder)) + 1
    return {
        path[cut:]: _state(entry, now_ns, _OF_LINKED) for path, entry in _files(folder, hidden=True)
    }


_OF_ALL = ("st_size", "st_mtime_ns", "st_ino", "st_ctime_ns")
_OF_LINKED = _OF_ALL[:-1]


def _files(folder: Path, hidden: bool = False) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with (
        suppress(FileNotFoundError, NotADirectoryError, PermissionError),
        os.scandir(folder) as entries,
    ):
        for entry in sorted(entries, key=lambda e: e.name):
            if _is_folder(entry, follow=not hidden):
                # The theme's ten thousand icons lie in a hidden folder; its version tells them.
                if hidden or not entry.name.startswith((".", "__pycache__")):
                    yield from _files(Path(entry.path), hidden)
            else:
                yield entry.path, entry


def _is_folder(entry: os.DirEntry[str], follow: bool) -> bool:
    """Whether a folder is to be looked into; a link to one that it lies in itself has no end."""
    try:
        found = entry.is_dir(follow_symlinks=follow)
    except OSError:  # a link to itself
        return False
    return found and not (entry.is_symlink() and _leads_up(entry.path))


def _leads_up(link: str) -> bool:
    inside = os.path.realpath(os.path.dirname(link))
    return Path(inside).is_relative_to(os.path.realpath(link))


def _state(entry: os.DirEntry[str], now_ns: int, names: tuple[str, ...] = _OF_ALL) -> list[Any]:
    found = _stat(entry)
    times = [getattr(found, name) for name in names if name.endswith("time_ns")]
    late = max(times) + _TICK_NS > now_ns and stat.S_ISREG(found.st_mode)
    return [[getattr(found, name) for name in names], _hash(entry.path) if late else None]


def _stat(entry: os.DirEntry[str]) -> os.stat_result:
    """Of a link, what it leads to; of one that leads nowhere, the link."""
    try:
        return entry.stat()
    except OSError:
        return entry.stat(follow_symlinks=False)


def same(before: Tree, now: Tree, folder: str = "") -> bool:
    """Whether both looks saw the same files in the same state; `folder` is what their names lack
    at the beginning."""
    return before.keys() == now.keys() and all(agree(folder + p, before[p], now[p]) for p in now)


def agree(path: str, before: list[Any], now: list[Any]) -> bool:
    """Whether a file is in the state it was in, as far as the file system says; by its content
    where it had been written too shortly before the look."""
    (stat, content), (stat_now, content_now) = before, now
    return bool(stat == stat_now and (content is None or content == (content_now or _hash(path))))


def _hash(path: str) -> str:
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:  # what others keep to themselves in the site folder
        return ""


class Seen:
    """What a build reads, seen before it reads anything: all files below the folders of `read`.
    `absent` are paths that a build would clear away first."""

    def __init__(self, read: Iterable[Path], absent: Iterable[Path], cache_dir: Path) -> None:
        self.read, self.absent = [*map(str, read)], [*map(str, absent)]
        self.inputs = look(map(Path, self.read), now_ns(cache_dir))


class LastBuild:
    """What the last build that went live was made of and what it left, in a file of the cache.

    `words` are all inputs that are no files: settings and options of the host.
    """

    def __init__(self, cache_dir: Path) -> None:
        self.path = cache_dir / "last.json"
        self._kept = self._read()

    def _read(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            kept = json.loads(read_plain(self.path))
            if isinstance(kept, dict) and kept.get("format") == _FORMAT:
                return kept
        return {}

    def said(self, words: str, moment: str) -> str | None:
        """What the last build has to say now, if one of the same inputs at this moment (ISO 8601)
        would leave what is in the live folder; None otherwise. Looks at all files again."""
        with suppress(KeyError, TypeError, ValueError):
            kept = self._kept
            if (
                kept["words"] == digest(words, *versions())
                and (kept["until"] is None or kept["since"] <= moment < kept["until"])
                and not any(map(os.path.lexists, kept["absent"]))
                and self._is_as_it_was(kept)
            ):
                return str(kept["said"])
        return None

    def _is_as_it_was(self, kept: Mapping[str, Any]) -> bool:
        now, folder = now_ns(self.path.parent), Path(kept["folder"])
        return same(kept["inputs"], look(map(Path, kept["read"]), now)) and same(
            kept["live"], look_at_site(folder, now), f"{folder}/"
        )

    def held(self, live: Tree, folder: Path) -> dict[str, str]:
        """What the live folder's files followed from, by address: those that are in the state in
        which the last build left them."""
        with suppress(KeyError, TypeError, ValueError):
            before, follows = self._kept["live"], self._kept["follows"]
            return {
                name: str(follows[name])
                for name in follows.keys() & live.keys() & before.keys()
                if agree(f"{folder}/{name}", before[name], live[name])
            }
        return {}

    def keep(
        self,
        words: str,
        seen: Seen,
        folder: Path,
        live: Tree,
        span: tuple[str, str | None],
        said: str,
        follows: Mapping[str, str],
    ) -> None:
        """Write down a build that went live in `folder`, as it lies there, what one more has to
        say, and what its files follow from; it holds over this span, from its first moment to
        before its last, or for good."""
        since, until = span
        kept = {
            "format": _FORMAT, "words": digest(words, *versions()), "since": since, "until": until,
            "said": said, "read": seen.read, "absent": seen.absent, "inputs": seen.inputs,
            "folder": str(folder), "live": live,
            "follows": dict(follows),
        }  # fmt: skip
        write_whole(self.path, json.dumps(kept).encode())
