"""Work that falls into many alike parts, done ahead by processes of its own, one for each core.

A process is a copy of this one at the moment when it begins: it is handed nothing, and hands back
only what its parts left with those that keep results. Whoever asks for these results afterwards
finds them kept. A process that fails or is killed costs nothing but its time: what it did not make
is made by the one that asks, and fails there as ever.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Protocol

PAYS = 48  # so many parts of a few milliseconds for each process that beginning it pays
_MOST = 8  # processes: with more of them, the one that takes what they made sets the pace
_AT_ONCE = 8  # parts whose results are handed back together
_PR_SET_PDEATHSIG = 1  # of Linux's prctl


class Keeping(Protocol):
    """Keeps what is made, here and in a copy of this process."""

    def begin_apart(self) -> None:
        """From now on, in a copy of the process, keep only what is handed back."""

    def hand_back(self) -> Any:
        """What was made since this was last asked, fit for another process."""

    def take(self, found: Any) -> None:
        """Keep what a copy of this process handed back."""


def ahead(parts: Sequence[Callable[[], object]], *keeping: Keeping, pays: int = PAYS) -> None:
    """Have these parts done, where there are so many that processes of their own `pay`; nothing
    happens where there are not. Raises what `take` raises."""
    count = min(_cores(), len(parts) // pays)
    if count < 2:
        return
    from multiprocessing import connection, get_context

    fork = get_context("fork")
    running, coming = [], []
    try:
        for first in range(count):
            ours, theirs = fork.Pipe(duplex=False)
            given = (parts[first::count], keeping, theirs, os.getpid())
            process = fork.Process(target=_apart, args=given, daemon=True)
            process.start()
            theirs.close()
            running.append(process)
            coming.append(ours)
        while coming:
            for ready in connection.wait(coming):
                _take(ready, coming, keeping)
    finally:
        for process in running:
            process.kill()
            process.join()


def _take(ready: Any, coming: list[Any], keeping: Sequence[Keeping]) -> None:
    try:
        found = ready.recv()
    except (EOFError, OSError):
        coming.remove(ready)
        return
    for one, own in zip(keeping, found, strict=True):
        one.take(own)


def _apart(
    parts: Sequence[Callable[[], object]], keeping: Sequence[Keeping], back: Any, parent: int
) -> None:
    """In the copy: do these parts, and hand back what they made."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_DFL)
    if not _dies_with(parent):
        return
    gc.freeze()  # what is looked over is copied: what the copy was born with is left alone
    for one in keeping:
        one.begin_apart()
    for start in range(0, len(parts), _AT_ONCE):
        for part in parts[start : start + _AT_ONCE]:
            with suppress(Exception):  # who asks for it makes it again, and fails with its reason
                part()
        back.send([one.hand_back() for one in keeping])


def _dies_with(parent: int) -> bool:
    """Have the system end this process with its parent, so that nobody writes on into what the
    next build makes anew; False where it can't, or where the parent is gone already."""
    import ctypes

    with suppress(OSError, AttributeError):
        asked = ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        return asked == 0 and os.getppid() == parent
    return False


def _cores() -> int:
    """How many processes may work at once; one where a copy can't be made, or is not safe because
    other threads would be cut off in the middle of something."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), _MOST)
