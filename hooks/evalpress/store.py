"""Results kept under a hash of all that they follow from: what did not change costs almost nothing.

The folder belongs to the program alone and may be deleted at any time. An entry appears whole or
not at all; one that cannot be read counts as missing. The program's own files are part of every
key.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class Store:
    """A folder of results. Without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.used: set[str] = set()
        if folder:
            folder.mkdir(parents=True, exist_ok=True)

    def get(self, parts: tuple[str | bytes, ...], make: Callable[[], T]) -> T:
        """The result for these parts, made now where it is not there."""
        if self.folder is None:
            return make()
        name = digest(program(), *parts)
        self.used.add(name)
        path = self.folder / name
        try:
            kept: T = pickle.loads(path.read_bytes())
        except (OSError, EOFError, pickle.UnpicklingError):
            kept = make()
            _write(path, pickle.dumps(kept, pickle.HIGHEST_PROTOCOL))
        return kept

    def sweep(self) -> None:
        """Delete the results that nobody asked for since this store was opened."""
        for path in self.folder.iterdir() if self.folder else ():
            if path.name not in self.used:
                path.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        part.write(content)
    os.replace(part.name, path)


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
    package = Path(__file__).parent
    files = sorted([*package.rglob("*.py"), *package.glob("templates/*.yml")])
    return digest(*(part for file in files for part in (file.name, file.read_bytes())))
