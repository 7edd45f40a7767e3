"""8 release: settings and the disk -> whether a site may and can go live there.

All of it is asked before the long work begins, and told at once: what is not the program's own is
never replaced, and what the system will refuse at the end is refused at the beginning.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evalpress.findings import Finding, Place, Refused, find
from evalpress.release.folders import Layout
from evalpress.release.foreign import closed, foreign
from evalpress.release.manifest import NAME, read_manifest
from evalpress.release.records import read_records

_ENOUGH = 1_000_000  # bytes; less cannot hold a site
_SHOWN = 3


def guard(
    layout: Layout, root: Path, others: Iterable[Path], take_over: bool = False,
    named_in: str = "mkdocs.yml",
) -> None:  # fmt: skip
    """Refuse a site folder that is not the program's to replace.

    `others` are the folders that the build reads or keeps things in, `root` is the project's;
    `take_over` allows a folder that the program did not make; `named_in` is the file in which the
    folder is named. Raises Refused with all reasons.
    """
    where = Place(named_in, field="site_dir")
    if error := _unreachable(layout.site_dir):
        raise Refused([unwritable(layout, error)])
    found = [*_overlaps(layout.site_dir, root, others, where)]
    found = found or [*_taken(layout, take_over, where), *_named_alike(layout, where)]
    if not layout.linked:
        found += _mounted(layout, where)
    if found:
        raise Refused(found)


def _unreachable(path: Path) -> OSError | None:
    """What the system says of a path at which no folder can be: too long, below a file."""
    try:
        os.lstat(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        return error
    return None


def guard_pages(folder: Path, private: Iterable[Path] = ()) -> None:
    """Refuse files of a folder of pages from which no address can be made, that cannot be read to
    their end, or that lie in a `private` folder, where a link may lead. Raises Refused with all of
    them."""
    hidden = [*map(_resolved, private)]
    if found := [
        finding for path in _published(folder, hidden) for finding in _unfit(path, hidden)
    ]:
        raise Refused(found)


def _published(
    folder: Path, private: Sequence[Path], above: frozenset[Path] = frozenset()
) -> Iterator[Path]:
    """Every file that MkDocs would copy or read, through links but not by hidden names; of a folder
    that it must not look into, the folder."""
    real = _resolved(folder)
    if real in above or _home_of(real, private):
        yield folder
        return
    if not os.access(folder, os.R_OK | os.X_OK):
        yield folder
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _published(path, private, above | {real})
        else:
            yield path


def _home_of(path: Path, private: Iterable[Path]) -> Path | None:
    return next((folder for folder in private if path.is_relative_to(folder)), None)


def _unfit(path: Path, private: Iterable[Path]) -> Iterator[Finding]:
    where = Place(str(path))
    if not _is_text(str(path)):
        yield find("bad_file_name", where)
    elif home := _home_of(_resolved(path), private):
        yield find("private_page", where, found=home)
    elif not os.access(path, os.R_OK) and os.path.exists(path):
        yield find("page_closed", where)
    elif not path.is_file():
        yield find("no_page_file", where)
    elif path.suffix == ".md" and not _is_utf8(path):
        yield find("page_encoding", where)


def _is_utf8(path: Path) -> bool:
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _overlaps(site: Path, root: Path, others: Iterable[Path], where: Place) -> Iterator[Finding]:
    """The site folder must not hold the project, nor lie in or around anything of it."""
    if root == site or root.is_relative_to(site):
        yield find("site_overlaps", where, found=site, other=root)
        return
    known = set(map(_resolved, others))
    for other in sorted(path for path in known if known.isdisjoint(path.parents)):
        if site.is_relative_to(other) or other.is_relative_to(site):
            yield find("site_overlaps", where, found=site, other=other)


def _resolved(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _taken(layout: Layout, take_over: bool, where: Place) -> Iterator[Finding]:
    """A site folder is missing, empty or bears our own manifest; a file never is one."""
    live = layout.live
    if os.path.lexists(layout.site_dir) and not layout.site_dir.is_dir():
        yield find("site_no_folder", where, found=layout.site_dir)
    elif layout.linked and os.path.lexists(live) and not _is_own_link(layout):
        yield find("site_no_link", where, found=live)
    elif live.is_dir() and not take_over and (held := _held(live)) and not read_manifest(live):
        names = "、".join(held[:_SHOWN])
        yield find("site_not_ours", where, found=live, held=names, manifest=NAME)


def _named_alike(layout: Layout, where: Place) -> Iterator[Finding]:
    """Where no build ever began, what is called like the program's own folders is somebody else's;
    it would be cleared away as a killed build's."""
    began = layout.lock.exists() or read_records(layout)
    for folder in (layout.new, layout.ready, layout.old, layout.releases):
        if os.path.lexists(folder) and not folder.is_dir():
            yield find("name_taken", where, found=folder, held=folder.name)
        elif not began and (held := _held(folder)):
            yield find("name_taken", where, found=folder, held="、".join(held[:_SHOWN]))


def _is_own_link(layout: Layout) -> bool:
    live = layout.live
    return live.is_symlink() and _resolved(live).parent == _resolved(layout.releases)


def _held(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _mounted(layout: Layout, where: Place) -> Iterator[Finding]:
    """A mount point can't be renamed; neither can a folder in which something is mounted."""
    site = str(layout.site_dir)
    for point in _mounts():
        if point == site or point.startswith(f"{site}{os.sep}"):
            yield find("site_is_mount", where, found=point)


def _mounts() -> list[str]:
    """Where something is mounted, as Linux tells; elsewhere nothing is known."""
    if sys.platform != "linux":
        return []
    try:
        lines = Path("/proc/self/mountinfo").read_bytes().splitlines()
    except OSError:
        return []
    return [os.fsdecode(_OCTAL.sub(_byte, line.split()[4])) for line in lines]


# Blanks in the names of mount points.
_OCTAL = re.compile(rb"\\([0-7]{3})")


def _byte(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 8)])


def try_disk(layout: Layout) -> None:
    """Refuse a folder in which nothing can be written, linked or renamed, or a full disk.

    The staging folder must be there. Raises Refused.
    """
    probe = layout.new / ".probe"
    try:
        with probe.open("wb") as file:
            file.write(bytes(_ENOUGH))
            file.flush()
            os.fsync(file.fileno())
        os.replace(probe, layout.new / ".probed")
        (layout.new / ".probed").unlink()
    except OSError as error:
        raise Refused([unwritable(layout, error)]) from None


def refuse_closed(layout: Layout) -> None:
    """Refuse folders that could not be moved at the end, and foreign things that could not be taken
    along. Raises Refused with all of them."""
    moved = [layout.releases] if layout.linked else [layout.live, layout.releases]
    found = [f for f in moved if f.is_dir() and not os.access(f, os.W_OK | os.X_OK)]
    if last := read_manifest(layout.live):
        found += closed(foreign(layout.live, last), layout.live)
    if found:
        raise Refused([unwritable(layout, PermissionError(*_DENIED, str(path))) for path in found])


_DENIED = (errno.EACCES, os.strerror(errno.EACCES))


def unwritable(layout: Layout, error: OSError) -> Finding:
    """What to do where the system refuses to write beside the live site."""
    where = Place(str(error.filename or layout.home))
    rule = _RULES.get(error.errno or 0, "site_unwritable")
    return find(rule, where, found=error.strerror or str(error))


_RULES = {
    errno.ENOSPC: "disk_full", errno.EDQUOT: "disk_full",
    errno.EBUSY: "site_is_mount", errno.EXDEV: "site_is_mount",
}  # fmt: skip
# What the system says of a disk or of permissions, not of a mistake in the program.
DISK_ERRORS = frozenset([
    *_RULES, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.ENFILE, errno.EFBIG,
    errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ELOOP, errno.ENAMETOOLONG,
])  # fmt: skip
