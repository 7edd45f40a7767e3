"""8 release: one build at a time: a second one is refused, not mixed in."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evalpress.findings import Place, Refused, find
from evalpress.release.admission import unwritable
from evalpress.release.folders import Layout, make_public

# Neither followed where it is a link nor waited for where it is a pipe.
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@contextmanager
def exclusive(layout: Layout) -> Iterator[None]:
    """Hold the lock of a site; it is free again when the process ends, however it ends.

    Raises Refused when another build holds it, or where there can be no lock.
    """
    import fcntl  # not on Windows, where data can be checked all the same

    lock = _opened(layout.lock, layout)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise Refused([find("build_running", Place(str(layout.site_dir)))]) from None
    try:
        yield
    finally:
        os.close(lock)


def _opened(path: Path, layout: Layout) -> int:
    try:
        make_public(path.parent)
        lock = os.open(path, _FLAGS, 0o644)
    except OSError as error:
        if error.errno in _NO_FILE:
            raise Refused([find("lock_unusable", Place(str(path)))]) from None
        raise Refused([unwritable(layout, error)]) from None
    if not stat.S_ISREG(os.fstat(lock).st_mode):
        os.close(lock)
        raise Refused([find("lock_unusable", Place(str(path)))])
    return lock


# What the system says of a link, a folder, a socket.
_NO_FILE = (errno.ELOOP, errno.EISDIR, errno.ENXIO)
