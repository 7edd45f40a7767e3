"""How the tests wait: for events, under one ceiling that only what never ends reaches; and how they
measure: against a yardstick that the same process has just run."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from typing import TypeVar

import yaml

CEILING = 300.0  # seconds; says that something never happens, not that it is slow
PAUSE = 0.005

T = TypeVar("T")


def wait_until(happens: Callable[[], object], alive: Callable[[], object] = lambda: True) -> None:
    """Look until it happens; fails where what should bring it about is no longer alive."""
    end = time.monotonic() + CEILING
    while not happens():
        assert alive() or happens(), "it has ended, and nothing happened"
        assert time.monotonic() < end, "nothing happened"
        time.sleep(PAUSE)


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
