"""What takes long by nature is tried in part by `make test`, another part each week, and whole by
`make nightly`.

EVALPRESS_SAMPLE names the part: a week such as 2026-W49 (this one, if nothing is said), or `all`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

VARIABLE = "EVALPRESS_SAMPLE"
ALL = "all"

T = TypeVar("T")


def _named() -> str:
    """The sample of this run; processes that it starts inherit the name."""
    return os.environ.setdefault(VARIABLE, f"{datetime.now(UTC):%G-W%V}")


def _number(name: str) -> int:
    """Weeks are numbered in a row, so that each takes another part than the one before."""
    found = re.fullmatch(r"(\d{4})-W(\d{2})", name)
    assert found, f"{VARIABLE}={name}: write a week such as 2026-W49, or {ALL}"
    return datetime.fromisocalendar(int(found[1]), int(found[2]), 1).toordinal() // 7


NAME = _named()
WHOLE = NAME == ALL
NUMBER = 0 if WHOLE else _number(NAME)


def sample(things: Sequence[T], one_in: int) -> list[T]:
    """Every thing, or one in so many: in as many weeks as that, each has had its turn."""
    return list(things if WHOLE else things[NUMBER % one_in :: one_in] or things[:1])


def often(times: int, nightly: int) -> int:
    """How often something random is tried."""
    return nightly if WHOLE else times
