"""Files in the program's own cache folders: each appears whole or not at all, and none stays on."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step; whoever reads meanwhile sees the old one, or none.

    Makes the folder where it is missing. Raises OSError where the file can't be written; nothing of
    it stays then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        try:
            part.write(content)
            part.close()
            os.replace(part.name, path)
        except BaseException:
            os.unlink(part.name)
            raise


def read_plain(path: Path) -> bytes:
    """The content of a file. Raises OSError where there is none, and for a pipe or a device, which
    may have no end."""
    if path.exists() and not path.is_file():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    return path.read_bytes()


def sweep(folder: Path, keep: Iterable[Path]) -> None:
    """Delete what a cache folder holds beyond these files."""
    wanted = set(keep)
    for path in folder.glob("*"):
        if path not in wanted:
            path.unlink(missing_ok=True)
