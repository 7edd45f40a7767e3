"""A copy of a whole site -> what in it is not what its manifest says: a folder or an address.

The manifest is the copy's own, or that of the site that it is held against: whoever changes a file
of a copy can change the copy's manifest too, which then only its signature, or the site, can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evalpress.release.foreign import WINS, foreign
from evalpress.release.hashes import Hashes
from evalpress.release.manifest import NAME, SUMS, Entry, Manifest, parse_manifest, read_sums
from evalpress.release.sealing import seals_of
from evalpress.verify.fetching import Unreachable, fetch, fetch_digest, within

_MANIFEST_BYTES = 200_000_000
SEALS = ("asc", "sig", "minisig", "tsr", "p7s")

Look = Callable[[str], Entry | None]
"""Size and hash of a file of the copy; None where there is none."""


@dataclass(frozen=True)
class Copy:
    """What a copy is like: how many files its manifest names, which are missing, changed or more
    than that, and the names of the signatures beside it. `own` are files that stay in any site
    folder; `torn` says that `SHA256SUMS` and the manifest do not agree."""

    files: int
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    seals: tuple[str, ...] = ()
    torn: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the copy is what its manifest says, file by file, and nothing more."""
        return not (self.missing or self.changed or self.extra or self.torn)


class NoManifest(Exception):
    """There is no manifest of a site where one was looked for."""


def check_folder(folder: Path, against: bytes | None = None) -> Copy:
    """A folder held against its manifest, or against another's content. Raises NoManifest,
    OSError."""
    own, hashes = _manifest(against or _content(folder / NAME)), Hashes()

    def look(path: str) -> Entry | None:
        file = folder / path
        return hashes.of(file) if file.is_file() and not file.is_symlink() else None

    more = foreign(folder, own)
    kept = tuple(path for path in more if path in WINS or path.startswith("."))
    return Copy(
        len(own.files), *_compared(own.files, look), tuple(p for p in more if p not in kept), kept,
        tuple(path.name for path in seals_of(folder)), _is_torn(own, _content(folder / SUMS)),
    )  # fmt: skip


def check_address(site: str, against: bytes | None = None) -> Copy:
    """A site as its server gives it, held against its manifest or another's; what lies there
    beside cannot be seen. Raises NoManifest, Unreachable."""
    try:
        own = _manifest(against or fetch(within(site, NAME), _MANIFEST_BYTES))
    except Unreachable as error:
        if error.reason != "status":
            raise
        raise NoManifest from None
    sums = _there(within(site, SUMS), _MANIFEST_BYTES)

    def look(path: str) -> Entry | None:
        return _served(within(site, path), own.files[path][0])

    seals = (f"{SUMS}.{ending}" for ending in SEALS)
    there = tuple(name for name in seals if _there(within(site, name), _MANIFEST_BYTES))
    return Copy(len(own.files), *_compared(own.files, look), seals=there,
                torn=_is_torn(own, sums))  # fmt: skip


def _manifest(content: bytes) -> Manifest:
    if found := parse_manifest(content):
        return found
    raise NoManifest


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _there(address: str, most: int) -> bytes:
    """What lies at an address; nothing where the server says that there is nothing."""
    try:
        return fetch(address, most)
    except Unreachable as error:
        if error.reason != "status":
            raise
        return b""


def _served(address: str, size: int) -> Entry | None:
    """What the server gives; of a file that has become larger no more is read than tells that."""
    try:
        return fetch_digest(address, size)
    except Unreachable as error:
        if error.reason == "too_large":
            return size + 1, ""
        if error.reason == "status":
            return None
        raise


def _compared(files: Mapping[str, Entry], look: Look) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files that are missing, and those that are changed."""
    found = {path: look(path) for path in sorted(files)}
    missing = tuple(path for path, entry in found.items() if entry is None)
    changed = tuple(path for path, entry in found.items() if entry and entry != files[path])
    return missing, changed


def _is_torn(own: Manifest, sums: bytes) -> bool:
    return read_sums(sums) != read_sums(own.sums())


def each_file(folder: Path) -> Iterator[Path]:
    """Every file of a folder that is no site, for each to be asked about."""
    yield from sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
