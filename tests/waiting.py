"""How the tests wait: for events, under one ceiling that only what never ends reaches; and how they
measure: against a yardstick that the same process has just run."""

from __future__ import annotations

import os
import select
import time
import tracemalloc
from collections.abc import Callable, Iterable
from contextlib import closing
from subprocess import Popen
from typing import Any, TypeVar

import yaml

CEILING = 300.0  # seconds; says that something never happens, not that it is slow
LOOK_AGAIN = 5  # milliseconds without an event

T = TypeVar("T")


def wait_until(happens: Callable[[], object], process: Popen[Any]) -> None:
    """Look until it happens, or until the process ends that should bring it about: then it fails,
    at once, unless that was the last thing that it did."""
    end = time.monotonic() + CEILING
    with closing(_Ending(process.pid)) as ending:
        while not happens():
            assert not ending.within(LOOK_AGAIN) or happens(), "it has ended, and nothing happened"
            assert time.monotonic() < end, "nothing happened"


def wait_for_ends(pids: Iterable[int]) -> None:
    """Wait until none of these processes runs."""
    for pid in pids:
        try:
            ending = _Ending(pid)
        except ProcessLookupError:
            continue
        with closing(ending):
            assert ending.within(int(CEILING * 1000)), f"process {pid} does not end"


class _Ending:
    """The end of a process, as an event to wait for."""

    def __init__(self, pid: int) -> None:
        self._handle = os.pidfd_open(pid)
        self._poll = select.poll()
        self._poll.register(self._handle, select.POLLIN)

    def within(self, milliseconds: int) -> bool:
        return bool(self._poll.poll(milliseconds))

    def close(self) -> None:
        os.close(self._handle)


def yardsticks(do: Callable[[], T]) -> tuple[T, float]:
    """What a function gives, and its processor time as a multiple of the yardstick's."""
    before, _ = _measured(_yardstick)
    spent, given = _measured(do)
    after, _ = _measured(_yardstick)
    return given, spent / max(before, after)


def peak_bytes(do: Callable[[], T]) -> tuple[T, int]:
    """What a function gives, and the most that it held at once of Python's memory: the same on any
    machine, whatever else this process holds."""
    tracemalloc.start()
    try:
        return do(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _measured(do: Callable[[], T]) -> tuple[float, T]:
    began = time.process_time()
    given = do()
    return time.process_time() - began, given


def _yardstick() -> object:
    """PyYAML's own reader with two hundred lines."""
    return yaml.load("- {a: 1, b: x}\n" * 200, Loader=yaml.SafeLoader)
