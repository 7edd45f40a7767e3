"""Work without Python's garbage collector, or with little of it: for what makes a great many
objects and soon ends."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects made before the young are looked at, and how many such looks make the next older one:
# as they come with Python, looking takes a quarter of a build.
_SELDOM = (50_000, 20, 20)


@contextmanager
def without_collector() -> Iterator[None]:
    """While this lasts, no cycles are looked for; that takes up to half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def seldom() -> Iterator[None]:
    """While this lasts, cycles are looked for seldom, and never in what is `set_apart`; what an
    earlier work has set apart is among the rest again."""
    usual = gc.get_threshold()
    gc.unfreeze()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def set_apart() -> None:
    """What there is now stays to the end of the work: no look for cycles passes over it again."""
    gc.freeze()
