"""The moment that a build happens in: the machine's clock, read here and nowhere else."""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "UTC+08:00")
# Names the moment (ISO 8601) for which `evalpress publish` has a site built, which then waits.
ORDER = "EVALPRESS_PUBLISH_AT"


def now() -> datetime:
    """This moment in Beijing time; the only place that reads the clock."""
    return datetime.now(BEIJING)


def ordered() -> datetime | None:
    """The moment that `evalpress publish` asks for; None in any other build."""
    return datetime.fromisoformat(os.environ[ORDER]) if ORDER in os.environ else None
