"""The files of a site that is being built, each under a hash of what it follows from.

What the live site holds under the same hash is linked into the new one: it costs neither its making
nor its writing. A linked file is one with the live one, so nothing may write into it; whoever
changes a file puts another in its place.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

from evalpress.cache.ahead import Keeping, ahead

_AT_ONCE = 512  # files for which what is looked up is in memory together

T = TypeVar("T")
# A file to be put: its name, what it follows from, how that is looked up, what is made of it.
Wanted = tuple[str, str, Callable[[], T], Callable[[T], bytes]]


class Witness(Keeping, Protocol):
    """Is told what each file has to hold, to prove it before the site goes live."""

    def expect(self, path: str, content: bytes) -> None:
        """A file with this content."""

    def expect_copy(self, path: str, source: Path) -> None:
        """A copy of this file."""

    def expect_same(self, path: str) -> None:
        """The live site's own file."""


class Outputs:
    """Puts files into `folder`. `held` are those of the `live` folder that nobody touched, by
    address, each with what it followed from; without a live folder all are made. The `witness` is
    told what each of them has to hold."""

    def __init__(
        self,
        folder: Path,
        live: Path | None = None,
        held: Mapping[str, str] | None = None,
        witness: Witness | None = None,
    ) -> None:
        self._folder = folder
        self._witness = witness
        self._live = live
        self._held = held or {}
        self._folders: set[str] = set()
        self._written: set[str] = set()
        self.follows: dict[str, str] = {}
        self.linked = 0

    def put(self, name: str, follows: str, make: Callable[[], bytes]) -> None:
        """The file of this name, made now where the live site has none that follows from the same.
        Raises OSError where it can't be written."""
        if not self._linked(name, follows, self._place(name, follows)):
            self._write(name, make)

    def put_all(self, wanted: Iterable[Wanted[T]]) -> None:
        """The same for many, which processes of their own may share."""
        new = (
            (name, look_up, make)
            for name, follows, look_up, make in wanted
            if not self._linked(name, follows, self._place(name, follows))
        )
        while some := list(islice(new, _AT_ONCE)):
            self._write_some({n: partial(make, look_up()) for n, look_up, make in some})

    def _write_some(self, makers: Mapping[str, Callable[[], bytes]]) -> None:
        parts = [partial(self._write, name, make) for name, make in makers.items()]
        ahead(parts, self, *([self._witness] if self._witness else []))
        for name, make in makers.items():
            if name not in self._written:
                self._write(name, make)

    def _write(self, name: str, make: Callable[[], bytes]) -> None:
        content = make()
        with open(os.path.join(self._folder, name), "wb") as file:
            file.write(content)
        if self._witness:
            self._witness.expect(name, content)
        self._written.add(name)

    def begin_apart(self) -> None:
        """In a copy of the process, only what is written there is of interest."""
        self._written = set()

    def hand_back(self) -> set[str]:
        """What was written in this copy of the process since this was last asked."""
        found, self._written = self._written, set()
        return found

    def take(self, found: set[str]) -> None:
        """Note what a copy of this process has written."""
        self._written |= found

    def copy(self, name: str, source: Path) -> None:
        """A copy of `source` under this name. Raises OSError where it can't be written."""
        found = source.stat()
        state = repr([os.fspath(source), found.st_size, found.st_mtime_ns, found.st_ino])
        path = self._place(name, state)
        if self._linked(name, state, path):
            return
        shutil.copyfile(source, path)
        if self._witness:
            self._witness.expect_copy(name, source)

    def _place(self, name: str, follows: str) -> str:
        """Where the file goes; its folder is there."""
        self.follows[name] = follows
        path = os.path.join(self._folder, name)
        self._make_folder(os.path.dirname(path))
        return path

    def _make_folder(self, folder: str) -> None:
        """As `os.makedirs`, which asks about every folder above; most of them are known here."""
        if folder in self._folders:
            return
        self._folders.add(folder)
        try:
            os.mkdir(folder)
        except FileExistsError:
            return
        except FileNotFoundError:
            self._make_folder(os.path.dirname(folder))
            os.mkdir(folder)

    def _linked(self, name: str, follows: str, path: str) -> bool:
        if self._live is None or self._held.get(name) != follows:
            return False
        try:
            os.link(os.path.join(self._live, name), path)
        except OSError:  # another file system, too many links, or gone meanwhile
            return False
        self.linked += 1
        if self._witness:
            self._witness.expect_same(name)
        return True
