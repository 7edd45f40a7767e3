"""8 release: a finished folder -> the live one, in one step; readers never see half a site.

Until that step, whatever goes wrong leaves the live folder as it was; what a killed run left behind
is put in order before the next one reads anything.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path

from evalpress.release.folders import Layout
from evalpress.release.foreign import carry, foreign, owned_like, remove
from evalpress.release.manifest import Manifest, read_manifest
from evalpress.release.records import (
    Record,
    enter_record,
    live_number,
    next_number,
    number_of,
    prepare_record,
    read_records,
    record_of,
    write_record,
)


def complete(layout: Layout) -> None:
    """Finish a swap that was cut short, and clear away what an unfinished build left.

    Raises OSError where a folder can't be moved.
    """
    if layout.old.exists() and not layout.live.exists():
        os.rename(layout.old, layout.live)
    for leftover in (layout.old, layout.new):
        if _was_live(layout, leftover):
            _retire(layout, leftover)
        clear(leftover)
    clear(layout.ready)
    known = {layout.release(record.number) for record in read_records(layout)}
    for folder in layout.releases.glob("[0-9]*"):
        if folder.is_dir() and folder not in known and not _is_live(layout, folder):
            clear(folder)


def _is_live(layout: Layout, folder: Path) -> bool:
    return layout.live.exists() and folder.samefile(layout.live)


def clear(folder: Path) -> None:
    """Remove a folder of the program's own, if it is there; a pipe would keep it waiting."""
    if folder.is_dir():
        shutil.rmtree(folder, ignore_errors=True)


def _was_live(layout: Layout, folder: Path) -> bool:
    """Whether a leftover is the release that was live before; an unfinished site never was."""
    own, live = read_manifest(folder), read_manifest(layout.live)
    if own is None or live is None or own.digest == live.digest:
        return False
    return number_of(layout, own, kept=False) is not None


def swap(layout: Layout, source: Path, went_live: str, again: int | None = None) -> Record:
    """Put a finished folder in the live one's place, and keep the last one as a release; gives the
    new one's record. `again` is the number of the release that it brings back.

    Raises OSError where a folder can't be moved; the live one is then still there, or `complete`
    puts it back.
    """
    last, new = read_manifest(layout.live), read_manifest(source) or Manifest({})
    if layout.live.exists():
        if live_number(layout) is None:
            unknown = last or Manifest({})
            write_record(layout, Record(next_number(layout), unknown.digest, as_of=unknown.as_of))
        carry(foreign(layout.live, last or Manifest({})), layout.live, source, over=bool(last))
        owned_like(layout.live, source)
    record = record_of(next_number(layout), last, new, went_live, again)
    prepare_record(layout, record)
    if layout.linked:
        _switch(layout, source, record.number)
    else:
        _exchange_with(layout, source)
    enter_record(layout, record)
    if layout.old.exists():
        _retire(layout, layout.old)
    return record


def _switch(layout: Layout, source: Path, number: int) -> None:
    """Let the link `current` lead to the new release."""
    last = layout.live.resolve() if layout.live.exists() else None
    target = layout.release(number)
    os.rename(source, target)
    fresh = layout.live.with_name(".current")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target.relative_to(layout.site_dir))
    os.replace(fresh, layout.live)
    if last and (own := read_manifest(last)):
        _hand_on(last, layout.live, own)


def _exchange_with(layout: Layout, source: Path) -> None:
    """Change places with the live folder where the system can, else by two renamings."""
    live, old = layout.live, layout.old
    if live.exists() and exchange(source, live):
        os.rename(source, old)
    else:
        if live.exists():
            os.rename(live, old)
        os.rename(source, live)


def _retire(layout: Layout, folder: Path) -> None:
    """Keep a folder that is no longer live as the release that it was; one that somebody changed
    without us, and that was built again, is not kept."""
    own, live = read_manifest(folder), read_manifest(layout.live)
    if own:
        _hand_on(folder, layout.live, own)
    own = own or Manifest({})
    number = number_of(layout, own, kept=False)
    if number is None or (live and live.digest == own.digest):
        clear(folder)
        return
    layout.releases.mkdir(exist_ok=True)
    os.rename(folder, layout.release(number))


def _hand_on(folder: Path, live: Path, own: Manifest) -> None:
    """What others put into the old folder until the last moment belongs to the new one."""
    paths = foreign(folder, own)
    carry(paths, folder, live)
    remove(paths, folder)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, so that neither name is ever without a folder.

    False where the system or the file system cannot do that.
    """
    try:
        rename = ctypes.CDLL(None).renameat2
    except AttributeError:
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


# From fcntl.h and stdio.h: paths are relative to the working directory; change places.
_HERE, _EXCHANGE = -100, 2
