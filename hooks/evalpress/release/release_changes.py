"""8 release: the manifests of kept releases -> what changed from each to the next, as data.

A file is the same where its hash is, so that nothing has to be said in the data of a report for a
change of it to be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from evalpress.release.history import Kept
from evalpress.release.manifest import Manifest, read_manifest


def release_changes(found: Sequence[Kept]) -> Iterator[dict[str, Any]]:
    """One object for each release, in the order given (newest first): its number, when it went
    live, and against `since`, the kept one before it, the paths that are new, changed and gone. Of
    the oldest nothing can be told against another."""
    for one, before in pairwise([*found, None]):
        assert one is not None, "only the last is none"
        about = {
            "number": one.record.number, "live": one.is_live, "went_live": one.record.went_live,
            "as_of": one.record.as_of,
        }  # fmt: skip
        yield about | (_against(one, before) if before else {})


def _against(one: Kept, before: Kept) -> dict[str, Any]:
    now, then = _files(one), _files(before)
    both = now.keys() & then.keys()
    return {
        "since": before.record.number,
        "new": sorted(now.keys() - then.keys()),
        "changed": sorted(path for path in both if now[path] != then[path]),
        "gone": sorted(then.keys() - now.keys()),
    }


def _files(kept: Kept) -> dict[str, Any]:
    return dict((read_manifest(kept.folder) or Manifest({})).own_files)
