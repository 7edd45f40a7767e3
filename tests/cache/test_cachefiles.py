"""evalpress.cache.cachefiles: whole files or none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evalpress.cache.cachefiles import read_plain, write_whole


def test_nothing_stays_of_a_file_that_could_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        write_whole(tmp_path / "taken", b"x")
    assert os.listdir(tmp_path) == ["taken"]


def test_what_has_no_end_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/zero")
    for name in ("pipe", "device", "missing"):
        with pytest.raises(OSError, match=name):
            read_plain(tmp_path / name)
