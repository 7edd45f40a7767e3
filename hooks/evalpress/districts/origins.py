"""Where a district's finished site lies -> its files: a folder on this machine, or a web address.

A folder is copied, never linked: whoever builds the district may write into it.
"""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from pathlib import Path

from evalpress.release.manifest import NAME
from evalpress.verify.fetching import Unreachable, fetch, is_web, within
from evalpress.wording import word

_MANIFEST_BYTES = 200_000_000


class NotThere(Exception):
    """What was asked for cannot be read; the text says why, in Chinese."""


class Origin(ABC):
    """A finished site to read from."""

    @abstractmethod
    def manifest(self) -> bytes:
        """Its `manifest.json`. Raises NotThere."""

    @abstractmethod
    def beside(self, name: str) -> bytes | None:
        """What lies beside its manifest under a name; None where nothing does. Raises NotThere."""

    @abstractmethod
    def fetch(self, path: str, size: int, target: Path) -> None:
        """Write one of its files, of so many bytes, to a path. Raises NotThere; OSError where it
        cannot be written."""


def folder_of(written: str, root: Path) -> Path | None:
    """The folder that a setting means, links resolved; None for a web address."""
    return None if is_web(written) else (root / written).resolve()


def origin_of(written: str, root: Path) -> Origin:
    """The origin that a setting means; of a site whose link is switched, its live release."""
    folder = folder_of(written, root)
    if folder is None:
        return _Web(written)
    current = folder / "current"
    return Folder(current if not (folder / NAME).exists() and current.is_dir() else folder)


class Folder(Origin):
    """A folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def manifest(self) -> bytes:
        """Its `manifest.json`. Raises NotThere."""
        if not self._folder.is_dir():
            raise NotThere(word("districts", "no_folder").format(self._folder))
        try:
            return (self._folder / NAME).read_bytes()
        except FileNotFoundError:
            raise NotThere(word("districts", "no_manifest").format(self._folder)) from None
        except OSError as error:
            raise NotThere(_refused(error)) from None

    def beside(self, name: str) -> bytes | None:
        """A file of the folder itself. Raises NotThere."""
        path = self._folder / name
        try:
            return path.read_bytes() if path.is_file() and not path.is_symlink() else None
        except OSError as error:
            raise NotThere(_refused(error)) from None

    def fetch(self, path: str, size: int, target: Path) -> None:
        """Copy a file; a link in its place is none of the site's. Raises NotThere, OSError."""
        source = self._folder / path
        if source.is_symlink() or not source.is_file():
            raise NotThere(word("districts", "file_gone").format(path))
        try:
            content = source.open("rb")
        except OSError as error:
            raise NotThere(_refused(error)) from None
        with content, target.open("wb") as copy:
            shutil.copyfileobj(content, copy)


def _refused(error: OSError) -> str:
    return word("districts", "not_readable").format(error.filename, error.strerror)


class _Web(Origin):
    """A site that is served."""

    def __init__(self, address: str) -> None:
        self._address = address

    def manifest(self) -> bytes:
        return self._fetch(NAME, _MANIFEST_BYTES)

    def beside(self, name: str) -> bytes | None:
        try:
            return fetch(within(self._address, name), _MANIFEST_BYTES)
        except Unreachable as error:
            if error.reason == "status":
                return None
            raise NotThere(_unreached(error)) from None

    def fetch(self, path: str, size: int, target: Path) -> None:
        target.write_bytes(self._fetch(path, size))

    def _fetch(self, path: str, most: int) -> bytes:
        try:
            return fetch(within(self._address, path), most)
        except Unreachable as error:
            raise NotThere(_unreached(error)) from None


def _unreached(error: Unreachable) -> str:
    said = word("verify", "unreachable", error.reason)
    return said.format(address=error.address, detail=error.detail)
