"""Files in the program's own cache folders: each appears whole or not at all, and none stays on."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step; whoever reads meanwhile sees the old one, or none.

    Makes the folder where it is missing. Raises OSError where the file can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        part.write(content)
    os.replace(part.name, path)


def sweep(folder: Path, keep: Iterable[Path]) -> None:
    """Delete what a cache folder holds beyond these files."""
    wanted = set(keep)
    for path in folder.glob("*"):
        if path not in wanted:
            path.unlink(missing_ok=True)
