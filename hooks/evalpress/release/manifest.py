"""8 release: what a site consists of: `manifest.json` and `SHA256SUMS` in its folder.

The same files of the same program and the same `as_of` give the same bytes. `SHA256SUMS` holds the
hash of `manifest.json` as well, so that one signature of it, in a file `SHA256SUMS.*`, binds the
whole site. What the folder holds beside these files is somebody else's.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import evalpress
from evalpress.cache.cachefiles import read_plain

NAME = "manifest.json"
SUMS = "SHA256SUMS"
FORMAT = "evalpress-manifest/1"

Entry = tuple[int, str]  # size in bytes, SHA-256


class Share(NamedTuple):
    """Whose a file is: the address of the report, and which edition of it."""

    report: str
    edition: int


def is_seal(path: str) -> bool:
    """Whether a file of the site's root is what a sign command wrote beside `SHA256SUMS`."""
    return path.startswith(f"{SUMS}.") and "/" not in path


@dataclass(frozen=True)
class Manifest:
    """The files of a site by path; `earlier` are those that only pages of the release before need,
    `as_of` the moment (ISO 8601) that it was built for, `shares` the files that belong to one
    report, `program` the version of evalpress that built it."""

    files: Mapping[str, Entry]
    as_of: str = ""
    earlier: frozenset[str] = field(default=frozenset())
    shares: Mapping[str, Share] = field(default_factory=dict)
    program: str = evalpress.__version__

    @cached_property
    def content(self) -> bytes:
        """The text of `manifest.json`, one line a file."""
        head = json.dumps({
            "format": FORMAT, "program": f"evalpress {self.program}", "as_of": self.as_of,
            "earlier": sorted(self.earlier),
        })  # fmt: skip
        lines = ",\n".join(
            f"{json.dumps(path)}: {json.dumps(self._about(path))}" for path in sorted(self.files)
        )
        return f'{head[:-1]}, "files": {{\n{lines}\n}}}}\n'.encode()

    def _about(self, path: str) -> dict[str, Any]:
        size, sha = self.files[path]
        share = self.shares.get(path)
        return {"size": size, "sha256": sha, **(share._asdict() if share else {})}

    def sums(self) -> bytes:
        """The text of `SHA256SUMS`, as `sha256sum -c` reads it."""
        hashes = {path: sha for path, (_, sha) in self.files.items()} | {NAME: self.digest}
        return b"".join(_sum(path, hashes[path]) for path in sorted(hashes))

    @cached_property
    def digest(self) -> str:
        """The hash of `manifest.json`, which stands for the whole site."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def own_files(self) -> dict[str, Entry]:
        """The files without those that only pages of the release before need."""
        return {path: entry for path, entry in self.files.items() if path not in self.earlier}

    @property
    def pages(self) -> dict[str, Entry]:
        """The files that are pages."""
        return {path: entry for path, entry in self.files.items() if path.endswith(".html")}

    @property
    def folders(self) -> set[str]:
        """Every folder that one of the files lies in, from the site's root."""
        found: set[str] = set()
        for path in self.files:
            while (path := path.rpartition("/")[0]) and path not in found:
                found.add(path)
        return found

    def is_own(self, path: str) -> bool:
        """Whether a path of the site is one of the files, or tells about them."""
        return path in self.files or path in (NAME, SUMS) or is_seal(path)


def _sum(path: str, sha: str) -> bytes:
    """A line of `SHA256SUMS`; signs that would tear it are written as coreutils write them."""
    name = path.encode(errors="surrogateescape")
    plain = name.replace(b"\\", rb"\\").replace(b"\n", rb"\n").replace(b"\r", rb"\r")
    return b"%s%s  %s\n" % (b"\\" * (plain != name), sha.encode(), plain)


_ESCAPED = re.compile(rb"\\[\\nr]")
_SIGNS = {rb"\\": b"\\", rb"\n": b"\n", rb"\r": b"\r"}


def read_sums(content: bytes) -> dict[str, str]:
    """The hashes by path that a `SHA256SUMS` names; lines that are none are passed over."""
    return dict(filter(None, map(_summed, content.splitlines())))


def _summed(line: bytes) -> tuple[str, str] | None:
    torn = line.startswith(b"\\")
    sha, _, name = line.removeprefix(b"\\").partition(b"  ")
    if torn:
        name = _ESCAPED.sub(lambda found: _SIGNS[found[0]], name)
    return (name.decode(errors="surrogateescape"), sha.decode("ascii", "replace")) if name else None


def write_manifest(folder: Path, own: Manifest) -> None:
    """Put `manifest.json` and `SHA256SUMS` into a finished folder. Raises OSError."""
    for name, content in ((NAME, own.content), (SUMS, own.sums())):
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o644)


def read_manifest(folder: Path) -> Manifest | None:
    """What the folder says that it consists of; None where it bears no whole `manifest.json`."""
    try:
        return parse_manifest(read_plain(folder / NAME))
    except OSError:
        return None


@lru_cache(maxsize=4)  # a release asks again and again for the live one's and its own
def parse_manifest(content: bytes) -> Manifest | None:
    """The manifest that a `manifest.json` holds; None for what is none."""
    try:
        found = json.loads(content)
        if found["format"] != FORMAT:
            return None
        files = {
            str(path): (int(e["size"]), str(e["sha256"])) for path, e in found["files"].items()
        }
        program = str(found["program"]).removeprefix("evalpress ")
        earlier, shares = frozenset(found["earlier"]), dict(_shares(found["files"]))
        return Manifest(files, str(found["as_of"]), earlier, shares, program)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _shares(files: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Share]]:
    for path, entry in files.items():
        if "report" in entry:
            yield path, Share(str(entry["report"]), int(entry["edition"]))
