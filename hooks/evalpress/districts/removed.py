"""What a district removed from what was public (`redacted` corrections) -> the kept releases of the
joint site that would still hold it.

A removal is told by the report that it was made in, in its JSON; a release that does not tell of it
was made before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from evalpress.districts.accounts import corrections_in
from evalpress.ledger import Standing
from evalpress.release.history import Kept
from evalpress.release.manifest import Manifest, read_manifest
from evalpress.verify.asking import ask_folder
from evalpress.verify.shards import NoShards

_GONE = (Standing.REDACTED, Standing.WITHDRAWN)


def holding(kept: Iterable[Kept], known: Collection[tuple[str, str]]) -> Iterator[Kept]:
    """The releases that were made before one of these removals, by address of the report on the
    joint site and id of the correction: their own file of that report does not tell of it."""
    for one in kept:
        if any(_is_before(one.folder, address, name) for address, name in known):
            yield one


def _is_before(release: Path, address: str, name: str) -> bool:
    """Whether a release has the report, and not this correction of it."""
    own = f"{address.strip('/').split('/', 1)[1].replace('/', '-')}.json"
    path = release / address / own
    if not path.is_file():
        return False
    try:
        told = (one for one in corrections_in(path) if one.get("redacted"))
        return all(str(one.get("id")) != name for one in told)
    except (OSError, ValueError, AttributeError, TypeError):
        return True  # what cannot be read is not kept


def still_held(live: Path, kept: Kept, prefixes: Iterable[str]) -> dict[str, str]:
    """The files of a release that the live site's districts say are withdrawn or removed: title by
    address. Where a district has no such answers, nothing of it can be told. Raises OSError."""
    own = read_manifest(kept.folder) or Manifest({})
    found: dict[str, str] = {}
    for prefix in prefixes:
        try:
            ask = ask_folder(live / prefix)
        except NoShards:
            continue
        for path, (_, sha) in own.files.items():
            if path.startswith(f"{prefix}/"):
                for answer in ask(sha)[:1]:
                    if answer.standing in _GONE:
                        found[f"{prefix}/{answer.address}"] = answer.title
    return found
