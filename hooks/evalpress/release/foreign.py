"""8 release: what others put into the site folder -> the same things in the site that follows.

`.well-known`, `.htaccess`, `.git`, the file of a search engine: whatever the manifest does not name
is somebody else's, and stays where it is through every swap; so does what somebody has put in the
place of a file that the bureau may have its own of.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from evalpress.release.folders import make_public
from evalpress.release.manifest import Manifest

_PART = ".evalpress-part"
# What the bureau may put in the place of a file of the site.
WINS = frozenset({"robots.txt", "favicon.ico"})


def foreign(folder: Path, own: Manifest) -> list[str]:
    """Every file and folder of a site's folder in which nothing is the program's own; by path."""
    return sorted(_below(str(folder), "", own, own.folders))


def _below(folder: str, before: str, own: Manifest, folders: set[str]) -> Iterator[str]:
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            path = f"{before}{entry.name}"
            if entry.is_dir(follow_symlinks=False) and path in folders:
                yield from _below(entry.path, f"{path}/", own, folders)
            elif not own.is_own(path) or (path in WINS and _is_replaced(Path(entry), own)):
                yield path


def _is_replaced(path: Path, own: Manifest) -> bool:
    """Whether somebody has put a file of theirs in the place of the program's."""
    if path.is_symlink() or not path.is_file():
        return True
    return hashlib.sha256(path.read_bytes()).hexdigest() != own.files[path.name][1]


def clashes(paths: Iterable[str], live: Path, own: Manifest) -> list[str]:
    """The foreign things of the live folder that lie where the new site has something of its own,
    but for those that win over it."""
    folders = own.folders
    return [p for p in paths if p not in WINS and _clashes(p, live, own, folders)]


def _clashes(path: str, live: Path, own: Manifest, folders: set[str]) -> bool:
    above = (parent.as_posix() for parent in Path(path).parents)
    if path in own.files or any(name in own.files for name in above):
        return True
    if path not in folders:
        return False
    inside = (name for name in own.files if name.startswith(f"{path}/"))
    return not (live / path).is_dir() or any(os.path.lexists(live / name) for name in inside)


def carry(paths: Iterable[str], source: Path, target: Path, over: bool = True) -> None:
    """Put the same foreign files (the very same where links can be made) at their paths in another
    folder, `over` what is there or beside it. Raises OSError where one can't be put."""
    for path in paths:
        _carry(source / path, target / path, over)


def _carry(one: Path, other: Path, over: bool) -> None:
    if one.is_dir() and not one.is_symlink():
        if not other.is_dir():
            if os.path.lexists(other):
                return
            make_public(other)
            owned_like(one, other)
        for name in os.listdir(one):
            _carry(one / name, other / name, over)
    elif not os.path.lexists(other) or (over and not _same(one, other)):
        make_public(other.parent)
        part = other.with_name(_PART)
        part.unlink(missing_ok=True)
        link_or_copy(one, part)
        os.replace(part, other)


def _same(one: Path, other: Path) -> bool:
    return os.path.samestat(os.lstat(one), os.lstat(other))


def link_or_copy(one: Path | str, other: Path | str) -> None:
    """The same file under another name, or a copy where the file system has no such links."""
    try:
        os.link(one, other, follow_symlinks=False)
    except OSError:
        shutil.copy2(one, other, follow_symlinks=False)


def owned_like(one: Path, other: Path) -> None:
    """Give a folder the mode, owner and group of another one, as far as this user may."""
    found = one.stat()
    with suppress(PermissionError):
        os.chown(other, found.st_uid, found.st_gid)
    other.chmod(found.st_mode & 0o7777)


def remove(paths: Iterable[str], folder: Path) -> None:
    """Take foreign things out of a folder that is no longer live; what somebody else's folder does
    not give away stays there, which harms nobody."""
    for path in paths:
        here = folder / path
        if here.is_dir() and not here.is_symlink():
            shutil.rmtree(here, ignore_errors=True)
        else:
            with suppress(PermissionError):
                here.unlink(missing_ok=True)


def closed(paths: Iterable[str], live: Path) -> Iterator[Path]:
    """What of the foreign things this user could not put into another folder, because the system
    does not let them be read."""
    for path in paths:
        yield from _closed(live / path)


def _closed(path: Path) -> Iterator[Path]:
    if path.is_symlink():
        return
    if not path.is_dir():
        mine = path.lstat().st_uid == os.geteuid()
        if not (mine or os.access(path, os.R_OK)):
            yield path
    elif not os.access(path, os.R_OK | os.X_OK):
        yield path
    else:
        for name in os.listdir(path):
            yield from _closed(path / name)
