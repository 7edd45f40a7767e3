"""Work done ahead in copies of the process: what they make is found, and what they can't is not
lost."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from evalpress.cache import ahead as module
from evalpress.cache.ahead import ahead
from evalpress.cache.kept import Kept
from evalpress.cache.outputs import Outputs
from evalpress.cache.store import Store

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no process is copied elsewhere")
COUNT = 40


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_cores", lambda: 2)


def _who(number: int) -> bytes:
    return f"{number} by {os.getpid()}".encode()


def _ask(kept: Kept, number: int, make: Callable[[int], bytes] = _who) -> bytes:
    return kept.get(("part", str(number)), partial(make, number))


def _makers(found: list[bytes]) -> set[int]:
    return {int(content.split()[-1]) for content in found}


def test_every_part_is_made_by_one_of_two_others_and_kept(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept.sqlite")
    ahead([partial(_ask, kept, n) for n in range(COUNT)], kept, pays=1)
    found = [_ask(kept, n) for n in range(COUNT)]
    assert [content.split()[0] for content in found] == [str(n).encode() for n in range(COUNT)]
    assert len(_makers(found)) == 2 and os.getpid() not in _makers(found)
    assert kept.made == COUNT
    kept.close()
    again = Kept(tmp_path / "kept.sqlite")
    assert not any(again.lacks(("part", str(n))) for n in range(COUNT))
    again.close()


def test_few_parts_are_left_to_the_one_who_asks(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept.sqlite")
    ahead([partial(_ask, kept, n) for n in range(COUNT)], kept, pays=COUNT)
    assert all(kept.lacks(("part", str(n))) for n in range(COUNT))
    kept.close()


def test_what_fails_in_a_copy_fails_with_its_reason_where_it_is_asked_for(tmp_path: Path) -> None:
    def make(number: int) -> bytes:
        if number == 7:
            raise ValueError("seven")
        return _who(number)

    kept = Kept(tmp_path / "kept.sqlite")
    ahead([partial(_ask, kept, n, make) for n in range(COUNT)], kept, pays=1)
    assert [n for n in range(COUNT) if kept.lacks(("part", str(n)))] == [7]
    with pytest.raises(ValueError, match="seven"):
        _ask(kept, 7, make)
    kept.close()


def test_a_copy_that_is_killed_loses_only_what_it_had_not_handed_back(tmp_path: Path) -> None:
    own = os.getpid()

    def make(number: int) -> bytes:
        if number == 20 and os.getpid() != own:
            os.kill(os.getpid(), signal.SIGKILL)
        return _who(number)

    kept = Kept(tmp_path / "kept.sqlite")
    ahead([partial(_ask, kept, n, make) for n in range(COUNT)], kept, pays=1)
    lost = [n for n in range(COUNT) if kept.lacks(("part", str(n)))]
    assert 20 in lost and all(n % 2 == 0 and n >= 16 for n in lost)
    found = [_ask(kept, n, make) for n in range(COUNT)]
    assert [content.split()[0] for content in found] == [str(n).encode() for n in range(COUNT)]
    kept.close()


def test_a_copy_ends_with_the_process_that_began_it(tmp_path: Path) -> None:
    """A build that is killed leaves nobody who writes into the next one's folder."""
    told, tell = os.pipe()
    parent = os.fork()
    if parent == 0:  # a build: its copies tell their number and wait for ever
        try:

            def wait() -> None:
                os.write(tell, f"{os.getpid()}\n".encode())
                signal.pause()

            ahead([wait] * 2, pays=1)
        finally:
            os._exit(0)
    os.close(tell)
    with os.fdopen(told) as lines:
        copies = [int(lines.readline()) for _ in range(2)]
        os.kill(parent, signal.SIGKILL)
        os.waitpid(parent, 0)
        assert lines.read() == "", "the pipe ends when the last of them has"
    assert len(set(copies)) == 2


def test_findings_made_ahead_are_saved_as_others_are(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "checks.pickle"
    store = Store(path)
    ask = [partial(store.get, (str(n),), partial(_who, n)) for n in range(COUNT)]
    assert all(store.lacks((str(n),)) for n in range(COUNT))
    ahead(ask, store, pays=1)
    found = [one() for one in ask]
    assert os.getpid() not in _makers(found)
    store.save()
    again = Store(path)
    assert not any(again.lacks((str(n),)) for n in range(COUNT))
    assert [again.get((str(n),), lambda: b"") for n in range(COUNT)] == found


class _Notes:
    """Notes what was expected, as a release does."""

    def __init__(self) -> None:
        self.expected: dict[str, bytes] = {}

    def expect(self, path: str, content: bytes) -> None:
        self.expected[path] = content

    def expect_copy(self, path: str, source: Path) -> None:
        raise AssertionError

    expect_same = expect_copy  # type: ignore[assignment]

    def begin_apart(self) -> None:
        self.expected = {}

    def hand_back(self) -> dict[str, bytes]:
        found, self.expected = self.expected, {}
        return found

    def take(self, found: dict[str, bytes]) -> None:
        self.expected |= found


def test_files_are_written_once_each_and_their_witness_told(tmp_path: Path) -> None:
    notes = _Notes()
    outputs = Outputs(tmp_path, witness=notes)
    outputs.put_all(
        (f"{n % 3}/{n}.html", str(n), partial(str, n), lambda text: _who(int(text)))
        for n in range(1200)
    )
    written = {path.relative_to(tmp_path).as_posix(): path.read_bytes()
               for path in tmp_path.rglob("*.html")}  # fmt: skip
    assert len(written) == 1200 and written == notes.expected
    assert os.getpid() not in _makers(list(written.values()))
    assert outputs.follows["2/1199.html"] == "1199"
