"""The words that tell the limits of reading tell the true ones."""

from __future__ import annotations

from evalpress.files.scan import MAX_UNPACKED
from evalpress.files.scan.readers import MAX_BYTES
from evalpress.wording import word


def test_the_limits_are_named() -> None:
    said = word("unread", "too_large")
    assert f"{MAX_BYTES // 1_000_000} MB" in said
    assert f"{MAX_UNPACKED // 1_000_000} MB" in said
