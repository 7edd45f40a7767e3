"""8 release: what a site consists of: `release.json` in its folder, every file with size and hash.

The same files and the same `as_of` give the same bytes. What the folder holds beside these files is
somebody else's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

NAME = "release.json"
FORMAT = "evalpress-release/1"

Entry = tuple[int, str]  # size in bytes, SHA-256


@dataclass(frozen=True)
class Manifest:
    """The files of a site by path; `earlier` are those that only pages of the release before need,
    `as_of` the moment (ISO 8601) that it was built for."""

    files: Mapping[str, Entry]
    as_of: str = ""
    earlier: frozenset[str] = field(default=frozenset())

    def as_bytes(self) -> bytes:
        """The text of `release.json`, one line a file."""
        head = json.dumps({"format": FORMAT, "as_of": self.as_of, "earlier": sorted(self.earlier)})
        lines = ",\n".join(
            f"{json.dumps(path)}: {json.dumps(list(entry))}"
            for path, entry in sorted(self.files.items())
        )
        return f'{head[:-1]}, "files": {{\n{lines}\n}}}}\n'.encode()

    @property
    def digest(self) -> str:
        """The hash of `release.json`, which stands for the whole site."""
        return hashlib.sha256(self.as_bytes()).hexdigest()

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


def read_manifest(folder: Path) -> Manifest | None:
    """What the folder says that it consists of; None where it bears no whole `release.json`."""
    try:
        found = json.loads((folder / NAME).read_bytes())
        if found["format"] != FORMAT:
            return None
        files = {str(path): (int(size), str(sha)) for path, (size, sha) in found["files"].items()}
        return Manifest(files, str(found["as_of"]), frozenset(found["earlier"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
