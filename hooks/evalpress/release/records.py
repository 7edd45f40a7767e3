"""8 release: what is known of each release: its number, when it went live, what changed with it.

A small file beside the folder of each release that is kept, and of the live one. A release is known
by the hash of its manifest, so that no pointer can be wrong.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass

from evalpress.cache.cachefiles import read_plain, write_whole
from evalpress.release.folders import Layout, make_public
from evalpress.release.manifest import Manifest, read_manifest

_PREPARED = "next"  # no record yet


@dataclass(frozen=True)
class Record:
    """A release: `manifest` is its hash, moments are ISO 8601, `new`, `changed` and `gone` count
    pages; `again` is the number of the earlier release that it brought back."""

    number: int
    manifest: str
    went_live: str = ""
    as_of: str = ""
    new: int = 0
    changed: int = 0
    gone: int = 0
    again: int | None = None


def read_records(layout: Layout) -> list[Record]:
    """All records, oldest first; what can't be read is passed over."""
    found = []
    for path in layout.releases.glob("*.json"):
        with suppress(OSError, ValueError, TypeError):
            found.append(Record(**json.loads(read_plain(path))))
    return sorted(found, key=lambda record: record.number)


def write_record(layout: Layout, record: Record) -> None:
    """Keep a record. Raises OSError where it can't be written."""
    write_whole(layout.releases / f"{record.number}.json", _text(record))


def _text(record: Record) -> bytes:
    return json.dumps(asdict(record)).encode()


def prepare_record(layout: Layout, record: Record) -> None:
    """Write a record before the release that it is of goes live: a full disk is told while readers
    still have the last one. Raises OSError where it can't be written."""
    make_public(layout.releases)
    write_whole(layout.releases / _PREPARED, _text(record))


def enter_record(layout: Layout, record: Record) -> None:
    """Keep the record that was prepared, in the room that it has."""
    os.replace(layout.releases / _PREPARED, layout.releases / f"{record.number}.json")


def number_of(layout: Layout, own: Manifest, kept: bool | None = None) -> int | None:
    """The newest number under which these very files went live; `kept` asks only for one that has
    a folder of its own already, or has none."""
    numbers = [
        record.number
        for record in read_records(layout)
        if record.manifest == own.digest and kept in (None, layout.release(record.number).exists())
    ]
    return max(numbers, default=None)


def live_number(layout: Layout) -> int | None:
    """The number of the live release; None where the site went live without one."""
    if layout.linked:
        name = layout.live.resolve().name if layout.live.is_symlink() else ""
        known = {str(record.number) for record in read_records(layout)}
        return int(name) if name in known else None
    return number_of(layout, read_manifest(layout.live) or Manifest({}), kept=False)


def next_number(layout: Layout) -> int:
    """The number of the release that comes next."""
    folders = [int(p.name) for p in layout.releases.glob("*") if p.name.isdecimal()]
    return max([0, *folders, *(record.number for record in read_records(layout))]) + 1


def record_of(
    number: int, last: Manifest | None, new: Manifest, went_live: str, again: int | None = None
) -> Record:
    """The record of a release that goes live at a moment (ISO 8601), and what changed with it."""
    before, after = (last or Manifest({})).pages, new.pages
    return Record(
        number, new.digest, went_live, new.as_of, again=again,
        new=len(after.keys() - before.keys()), gone=len(before.keys() - after.keys()),
        changed=sum(after[path] != before[path] for path in after.keys() & before.keys()),
    )  # fmt: skip
