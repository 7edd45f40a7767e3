"""Kept results: made once for what they follow from, never from a broken or foreign file."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from evalpress.cache import store as module
from evalpress.cache.store import Store


def count(store: Store, *parts: str) -> int:
    """How often the result for these parts is made: 0 where it was kept."""
    made: list[int] = []
    assert store.get(parts, lambda: made.append(1) or "result") == "result"
    return len(made)


def kept(path: Path, *parts: str) -> None:
    store = Store(path)
    count(store, *parts)
    store.save()


def test_result_is_made_once_for_the_same_parts(tmp_path: Path) -> None:
    path = tmp_path / "new" / "kept"
    kept(path, "a", "b")
    store = Store(path)
    assert (count(store, "a", "b"), count(store, "ab"), count(store, "a", "c")) == (0, 1, 1)


def test_what_nobody_asks_for_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    kept(path, "old")
    kept(path, "new")
    assert (count(Store(path), "new"), count(Store(path), "old")) == (0, 1)


def test_unchanged_results_are_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    kept(path, "a")
    before = path.stat()
    kept(path, "a")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("content", [b"", b"\x80", b"rubbish", b"\x80\x05]\x94."])
def test_damaged_file_counts_as_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kept"
    path.write_bytes(content)
    assert count(Store(path), "a") == 1
    kept(path, "a")
    assert count(Store(path), "a") == 0


def test_file_cut_short_counts_as_empty(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    kept(path, "a")
    path.write_bytes(path.read_bytes()[:-7])
    assert count(Store(path), "a") == 1


def test_another_version_of_the_program_reads_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(tmp_path / "kept", "a")
    monkeypatch.setattr(module, "program", lambda: "another")
    assert count(Store(tmp_path / "kept"), "a") == 1


def test_run_that_dies_while_writing_leaves_the_last_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept"
    kept(path, "a")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):

        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        patch.setattr(os, "replace", interrupted)
        kept(path, "b")
    assert count(Store(path), "a") == 0


def test_two_runs_at_once_leave_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    names = [str(number) for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: kept(path, name), names))
    assert sum(1 - count(Store(path), name) for name in names) == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["kept"]


def test_without_a_file_nothing_is_kept() -> None:
    store = Store(None)
    assert (count(store, "a"), count(store, "a")) == (1, 1)
    store.save()


@pytest.mark.parametrize("open_to", ["file", "folder"])
def test_nothing_is_loaded_that_somebody_else_could_have_written(
    tmp_path: Path, open_to: str
) -> None:
    path = tmp_path / "kept" / "checks.pickle"
    store = Store(path)
    store.get(("a",), lambda: 1)
    store.save()
    assert Store(path).get(("a",), lambda: 2) == 1
    (path if open_to == "file" else path.parent).chmod(0o777)
    assert Store(path).get(("a",), lambda: 2) == 2
