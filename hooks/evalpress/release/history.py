"""8 release: the releases that are kept -> a list of them, one of them brought back, old ones gone.

Kept releases share the files that did not change with each other by hard links.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from evalpress.findings import Place, Refused, find
from evalpress.release.folders import Layout, make_public
from evalpress.release.foreign import WINS, link_or_copy
from evalpress.release.hashes import Hashes
from evalpress.release.manifest import NAME, Manifest, read_manifest
from evalpress.release.records import Record, live_number, read_records

# Scripts and styles have a hash of their content in their names. What else looks like that is
# somebody's: 名单-20251231.pdf, taken away, is to be gone.
_HASHED = re.compile(r"assets/.*\.[0-9a-f]{8,}\.(?:min\.)?(?:js|css)")


@dataclass(frozen=True)
class Kept:
    """A release that can be looked at or brought back, and whether readers have it now."""

    record: Record
    folder: Path
    is_live: bool = False


def kept_releases(layout: Layout) -> list[Kept]:
    """The live release and those that are kept, newest first."""
    live = live_number(layout)
    found = []
    for record in reversed(read_records(layout)):
        folder = layout.live if record.number == live else layout.release(record.number)
        if folder.is_dir():
            found.append(Kept(record, folder, record.number == live))
    return found


def find_release(layout: Layout, number: int | None = None) -> Kept:
    """A kept release by its number; without one, the newest that is not live. Raises Refused where
    there is none, and for the number of the live one."""
    releases, where = kept_releases(layout), Place(str(layout.releases))
    found = [kept for kept in releases if not kept.is_live]
    for kept in found:
        if number in (None, kept.record.number):
            return kept
    if any(kept.is_live and kept.record.number == number for kept in releases):
        raise Refused([find("release_is_live", where, found=number)])
    if not found:
        raise Refused([find("no_releases_kept", where)])
    known = "、".join(str(kept.record.number) for kept in found)
    raise Refused([find("no_such_release", where, found=number, known=known)])


def prune(layout: Layout, keep: int) -> None:
    """Drop all but the newest `keep` releases beside the live one, and records of what is gone."""
    live = live_number(layout)
    folders = sorted(int(p.name) for p in layout.releases.glob("*") if p.name.isdecimal())
    old = [number for number in folders if number != live]
    for number in old[: max(0, len(old) - keep)]:
        drop(layout, number)
    for record in read_records(layout):
        if record.number != live and not layout.release(record.number).is_dir():
            drop(layout, record.number)


def drop(layout: Layout, number: int) -> None:
    """Remove a kept release with its record."""
    shutil.rmtree(layout.release(number), ignore_errors=True)
    (layout.releases / f"{number}.json").unlink(missing_ok=True)


def forget(layout: Layout, cache_dir: Path) -> list[int]:
    """Remove what may still hold a value that nobody shall have any more: every kept release but
    the live one, and all that the program keeps between runs; gives the releases' numbers."""
    numbers = [kept.record.number for kept in kept_releases(layout) if not kept.is_live]
    for number in numbers:
        drop(layout, number)
    shutil.rmtree(cache_dir, ignore_errors=True)
    return numbers


def copy_release(kept: Kept, target: Path) -> Manifest:
    """The same files, by links, in an empty folder, each proved against the release's manifest;
    gives what it then consists of. What the bureau had put in the place of one is not among them.

    Raises Refused where the release is no longer whole.
    """
    own = read_manifest(kept.folder)
    if own is None:
        raise Refused([find("release_damaged", Place(str(kept.folder)), found=NAME)])
    hashes, files = Hashes(), own.own_files
    for path, entry in own.own_files.items():
        source = kept.folder / path
        if not source.is_file() or hashes.of(source) != entry:
            if path in WINS:
                del files[path]
                continue
            raise Refused([find("release_damaged", Place(str(kept.folder)), found=path)])
        make_public((target / path).parent)
        link_or_copy(source, target / path)
    return replace(own, files=files, earlier=frozenset())


def survivors(live: Path, last: Manifest, new: Iterable[str]) -> list[str]:
    """The scripts and styles of the last release that the new one does not have: a page that was
    opened before the swap still asks for them. Those that only survived then are not among them."""
    known = set(new)
    return [
        path
        for path in last.files
        if _HASHED.fullmatch(path) and path not in known and path not in last.earlier
        and (live / path).is_file()
    ]  # fmt: skip
