"""8 release: folders beside the live one, and the swap; readers never see half a site.

A site is built beside the live folder and put in its place by renaming. Until then, whatever goes
wrong leaves the live folder as it was. One build at a time: a second one is refused, not mixed in.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from evalpress.findings import Place, Refused, find

NEW, OLD = "new", "old"


def staging(live: Path, part: str = NEW) -> Path:
    """The folder beside the live one that a site is built in, or that the last one leaves by."""
    return live.with_name(f".{live.name}-{part}")


@contextmanager
def exclusive(live: Path) -> Iterator[None]:
    """Hold the lock of a live folder; it is free again when the process ends, however it ends.

    Raises Refused when another build holds it.
    """
    import fcntl  # not on Windows, where data can be checked all the same

    live.parent.mkdir(parents=True, exist_ok=True)
    with live.with_name(f".{live.name}-lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused([find("build_running", Place(str(live)))]) from None
        yield


def fresh_staging(live: Path) -> Path:
    """An empty folder to build in; what a killed build left is cleared away, and a swap that was
    cut short is completed. Raises OSError where the folder cannot be made."""
    old = staging(live, OLD)
    if old.exists() and not live.exists():
        os.rename(old, live)
    for leftover in (staging(live), old):
        shutil.rmtree(leftover, ignore_errors=True)
    staging(live).mkdir()
    return staging(live)


def missing_addresses(staged: Path, addresses: Iterable[str]) -> list[str]:
    """The addresses among those that the staged site lacks or has as an empty file."""
    return [a for a in addresses if not _is_whole(staged / file_of(a))]


def file_of(address: str) -> str:
    """The file that an address is served from."""
    return address if address and not address.endswith("/") else f"{address}index.html"


def _is_whole(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def discard(live: Path) -> None:
    """Drop the staged site, if there is one."""
    shutil.rmtree(staging(live), ignore_errors=True)


def swap(live: Path) -> None:
    """Put the staged site in the live folder's place: in one step where the system can, else by two
    renamings. Raises OSError where a folder cannot be renamed; the live one is then still there,
    or `fresh_staging` puts it back."""
    old = staging(live, OLD)
    if live.exists() and _exchange(staging(live), live):
        os.rename(staging(live), old)
    else:
        if live.exists():
            os.rename(live, old)
        os.rename(staging(live), live)
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
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
