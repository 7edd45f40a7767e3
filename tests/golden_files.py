"""Golden files: what a test found beside what is expected, which `make golden` rewrites."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]
REFRESH = "EVALPRESS_REFRESH_GOLDEN"


def assert_golden(found: str, path: Path) -> None:
    """Fail where the file does not hold exactly this text; a test that calls this has the marker
    `golden`, by which `make golden` finds it."""
    if os.environ.get(REFRESH):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, encoding="utf-8")
    expected = path.read_text(encoding="utf-8") if path.is_file() else ""
    told = f"{path.relative_to(ROOT)} differs; if that is meant: make golden, then read it"
    assert found == expected, told
