"""A site folder of an earlier version -> one of this version; what it was is kept beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from evalpress.bureau.overlay import Change, Overlay
from evalpress.bureau.steps import STEPS, finish, version_of
from evalpress.cache.cachefiles import write_whole
from evalpress.findings import Mistaken
from evalpress.load import VERSION, VERSION_FILE
from evalpress.wording import word

KEPT = ".evalpress-backup"
_LIST = "changes.json"


class CannotUpgrade(Mistaken):
    """A folder cannot be brought to this version, or back; says why, in Chinese."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(word("upgrade", reason).format(**values))


def version(root: Path, data: str) -> int:
    """The version of a site folder. Raises CannotUpgrade for one that is not known here."""
    path = root / data / VERSION_FILE
    try:
        found = version_of(path.read_text(encoding="utf-8") if path.is_file() else None)
    except ValueError as error:
        raise CannotUpgrade("unreadable", file=f"{data}/{VERSION_FILE}", what=error) from None
    if found > VERSION:
        raise CannotUpgrade("newer", found=found, known=VERSION)
    return found


def changes(root: Path, data: str) -> list[Change]:
    """What has to change in a folder for this version; nothing where it is of it already."""
    files = Overlay(root)
    for number in range(version(root, data) + 1, VERSION + 1):
        STEPS[number](files, data)
    finish(files, data, VERSION)
    return files.changes()


def apply(root: Path, made: Iterable[Change]) -> Path:
    """Make these changes and keep what was; gives the folder that keeps it."""
    made = list(made)
    kept = root / KEPT / f"{len(list((root / KEPT).glob('*'))) + 1:03}"
    for change in made:
        if change.before is not None:
            _put(kept / "files" / change.name, change.before)
    listed = [{"name": c.name, "new": c.before is None, "hash": _hash(c.after)} for c in made]
    _put(kept / _LIST, json.dumps(listed, ensure_ascii=False, indent=1).encode())
    for change in made:
        _put(root / change.name, change.after)
    return kept


def undo(root: Path) -> list[str]:
    """Put back what the last upgrade changed; gives the files. Raises CannotUpgrade where there was
    none, and for files that somebody has changed since."""
    found = sorted((root / KEPT).glob(f"*/{_LIST}"))
    if not found:
        raise CannotUpgrade("nothing_kept")
    kept, listed = found[-1].parent, json.loads(found[-1].read_text(encoding="utf-8"))
    if edited := [e["name"] for e in listed if _hash(_content(root / e["name"])) != e["hash"]]:
        raise CannotUpgrade("edited", names="、".join(edited))
    for entry in listed:
        _put(root / entry["name"], _content(kept / "files" / entry["name"]))
        _put(kept / "files" / entry["name"], None)
    _put(kept / _LIST, None)
    return [entry["name"] for entry in listed]


def _put(path: Path, content: bytes | None) -> None:
    """Write a file, or remove it with the folders that it leaves empty."""
    if content is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
        return
    path.unlink(missing_ok=True)
    with suppress(OSError):  # the first folder with something in it
        for folder in path.parents:
            folder.rmdir()


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _hash(content: bytes | None) -> Any:
    return None if content is None else hashlib.sha256(content).hexdigest()
