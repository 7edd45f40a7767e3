"""How much work something is, on any machine: CPU time as a multiple of a fixed piece of work.

Both are measured in the same process, so that a slow or busy machine slows both.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import yaml

# A hostile file may cost as much as this many ordinary files of 120 KB.
MOST_OF_A_BOMB = 60.0
_ORDINARY = "- {name: a, value: [1, 2, 3]}\n" * 4_000


def yardsticks(work: Callable[[], object]) -> float:
    """The CPU time of `work` in yardsticks: parsing an ordinary file, the best of five."""
    one = min(cpu_seconds(_parse) for _ in range(5))
    return cpu_seconds(work) / one


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process while `work` runs."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _parse() -> None:
    for _ in yaml.parse(_ORDINARY, Loader=yaml.CSafeLoader):
        pass
