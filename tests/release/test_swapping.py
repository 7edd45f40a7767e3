"""evalpress.release: a finished folder takes the live one's place, whatever happens meanwhile."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from evalpress.cache.outputs import Outputs
from evalpress.clock import BEIJING
from evalpress.findings import Refused
from evalpress.release import Layout, Staged, Wanted, records, stage, swapping
from evalpress.release.history import copy_release, find_release, kept_releases
from evalpress.release.locking import exclusive
from evalpress.release.manifest import read_manifest

NOON = datetime(2026, 8, 15, 12, tzinfo=BEIJING)


def put(staged: Staged, name: str, content: bytes) -> None:
    """Write a file of the site as a build does."""
    Outputs(staged.folder, witness=staged).put(name, "", lambda: content)


@pytest.fixture(params=[False, True], ids=["rename", "link"])
def layout(request: pytest.FixtureRequest, tmp_path: Path) -> Layout:
    return Layout(tmp_path / "site", request.param)


def build(layout: Layout, text: str, keep: int = 3, **files: str) -> None:
    """One release: a page, and other files by name."""
    with stage(layout) as staged:
        fill(staged, text, **files)
        staged.go_live(NOON, keep)


def fill(staged: Staged, text: str, **files: str) -> None:
    put(staged, "index.html", text.encode())
    for name, content in files.items():
        put(staged, name.replace("_", "."), content.encode())
    staged.finish(Wanted(), NOON)


def page(layout: Layout) -> str:
    return (layout.live / "index.html").read_text(encoding="utf-8")


def around(layout: Layout) -> set[str]:
    return {path.name for path in layout.home.iterdir()}


# --- the swap -----------------------------------------------------------------------------------


def test_a_site_goes_live_and_nothing_else_is_left(layout: Layout) -> None:
    for text in ("one", "two"):
        build(layout, text)
        assert page(layout) == text
    own = {layout.lock.name, layout.releases.name, layout.live.name}
    assert around(layout) == own


def test_a_folder_that_is_not_there_is_made_readable(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        for linked in (False, True):
            layout = Layout(tmp_path / f"www{linked}" / "site", linked)
            build(layout, "one", a_txt="x")
            for path in (layout.home, layout.live, layout.live / "a.txt"):
                assert path.stat().st_mode & 0o444 == 0o444
    finally:
        os.umask(before)


@pytest.mark.parametrize("can_exchange", [True, False])
def test_readers_find_the_site_at_every_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool
) -> None:
    """Where folders can change places in one step, no rename leaves the live name empty."""
    layout, seen = Layout(tmp_path / "site"), []
    build(layout, "old")
    if not can_exchange:
        monkeypatch.setattr(swapping, "exchange", lambda one, other: False)
    rename = os.rename
    monkeypatch.setattr(
        os, "rename", lambda a, b: (rename(a, b), seen.append(layout.live.exists()))
    )
    build(layout, "new")
    assert all(seen) is can_exchange
    assert page(layout) == "new"


def test_mode_and_owner_of_the_folder_are_kept(layout: Layout) -> None:
    build(layout, "one")
    os.chmod(layout.live, 0o750)
    build(layout, "two")
    assert layout.live.stat().st_mode & 0o7777 == 0o750


class Killed(BaseException):
    """Stands for SIGKILL: nothing after it runs."""


def kill_at(monkeypatch: pytest.MonkeyPatch, module: object, name: str, nth: int) -> None:
    """Let the nth call of a function be the last thing that happens."""
    calls: list[object] = []
    real: Callable[..., object] = getattr(module, name)

    def deadly(*arguments: object, **options: object) -> object:
        calls.append(arguments)
        if len(calls) == nth:
            raise Killed
        return real(*arguments, **options)

    monkeypatch.setattr(module, name, deadly)


@pytest.mark.parametrize("can_exchange", [True, False])
@pytest.mark.parametrize("step", range(1, 8))
@pytest.mark.parametrize("call", ["rename", "replace", "link", "unlink", "mkdir", "chmod"])
def test_whatever_step_a_swap_is_cut_at_the_next_build_mends(
    layout: Layout, monkeypatch: pytest.MonkeyPatch, call: str, step: int, can_exchange: bool
) -> None:
    """A release is killed at every call that changes the disk; readers have one whole site or,
    where folders can't be exchanged, for a moment none, and the next build goes through."""
    build(layout, "one", kept_txt="x")
    (layout.live / "foreign.txt").write_text("others'")
    (layout.live / ".well-known").mkdir()
    (layout.live / ".well-known" / "a").write_text("others'")
    if not can_exchange:
        monkeypatch.setattr(swapping, "exchange", lambda one, other: False)
    with monkeypatch.context() as patched:
        patched.setattr("evalpress.release.staged.clear", lambda folder: None)
        try:
            with stage(layout) as staged:
                fill(staged, "two", kept_txt="x")
                kill_at(patched, os, call, step)
                staged.go_live(NOON, 3)
        except Killed:
            pass
    if layout.live.exists():
        assert page(layout) in ("one", "two")
        assert read_manifest(layout.live)
    build(layout, "three", kept_txt="x")
    assert page(layout) == "three"
    assert (layout.live / "foreign.txt").read_text() == "others'"
    assert (layout.live / ".well-known" / "a").read_text() == "others'"
    assert len([kept for kept in kept_releases(layout) if kept.is_live]) == 1
    for kept in kept_releases(layout):
        assert (kept.folder / "index.html").read_text() in ("one", "two", "three")


def test_one_build_at_a_time(layout: Layout) -> None:
    with (
        exclusive(layout),
        pytest.raises(Refused, match="另一次生成"),
        exclusive(layout),
    ):
        pytest.fail("both hold the lock")
    with exclusive(layout):
        pass


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda p: os.symlink("/etc/hostname", p)])
def test_a_lock_that_is_no_file_is_told(tmp_path: Path, make: Callable[[Path], None]) -> None:
    layout = Layout(tmp_path / "site")
    make(layout.lock)
    with pytest.raises(Refused, match="锁文件"), exclusive(layout):
        pytest.fail("it holds a lock")


# --- what others put there ----------------------------------------------------------------------

FOREIGN = {
    ".well-known/acme/token": "t", ".htaccess": "h", ".git/objects/aa": "g",
    "baidu_verify.html": "b", "empty-folder/": "",
}  # fmt: skip


def test_foreign_files_stay_through_every_swap(layout: Layout) -> None:
    build(layout, "one", sub_txt="x")
    for name, content in FOREIGN.items():
        path = layout.live / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir() if name.endswith("/") else path.write_text(content)
    (layout.live / "link").symlink_to("/nowhere")
    inode = (layout.live / ".htaccess").stat().st_ino
    for text in ("two", "three"):
        build(layout, text)
        for name, content in FOREIGN.items():
            path = layout.live / name
            assert path.is_dir() if name.endswith("/") else path.read_text() == content
        assert (layout.live / "link").is_symlink()
    assert (layout.live / ".htaccess").stat().st_ino == inode
    for kept in kept_releases(layout):
        assert kept.is_live or not (kept.folder / ".htaccess").exists()


def test_a_file_put_there_at_the_last_moment_stays(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(layout, "one")
    step = "_switch" if layout.linked else "_exchange_with"
    real = getattr(swapping, step)

    def late(*arguments: object) -> None:
        (layout.live / "late.txt").write_text("others'")
        real(*arguments)

    monkeypatch.setattr(swapping, step, late)
    build(layout, "two")
    assert (layout.live / "late.txt").read_text() == "others'"


def wins_through_swaps(layout: Layout) -> None:
    """A `robots.txt` that a bureau puts into the live site stays through two more releases."""
    (layout.live / "robots.txt").write_text("theirs")
    for text in ("two", "three"):
        with stage(layout) as staged:
            fill(staged, text, robots_txt="ours")
            assert staged.won == ["robots.txt"]
            staged.go_live(NOON, 3)
        assert (layout.live / "robots.txt").read_text() == "theirs"


def test_the_bureau_s_robots_txt_wins(layout: Layout) -> None:
    build(layout, "one")
    wins_through_swaps(layout)


def test_a_robots_txt_that_replaced_ours_wins_too(layout: Layout) -> None:
    """Through every swap, and back to a release whose own is gone."""
    build(layout, "one", robots_txt="ours")
    wins_through_swaps(layout)
    with stage(layout) as staged:
        own = staged.bring_back(find_release(layout, 1))
        assert "robots.txt" not in own.files
        staged.go_live(NOON, 3, again=1)
    assert page(layout) == "one"
    assert (layout.live / "robots.txt").read_text() == "theirs"


def test_a_release_does_not_come_back_over_a_foreign_file(layout: Layout) -> None:
    build(layout, "one", a_html="ours")
    build(layout, "two")
    (layout.live / "a.html").write_text("theirs")
    with stage(layout) as staged, pytest.raises(Refused, match="foreign_clash"):
        staged.bring_back(find_release(layout, 1))


def test_a_link_in_the_place_of_our_file_is_not_taken_for_it(
    layout: Layout, tmp_path: Path
) -> None:
    for text in ("one", "two"):
        with stage(layout, tmp_path / "hashes.json") as staged:
            put(staged, "a.txt", b"same")
            fill(staged, text)
            staged.go_live(NOON, 3)
        (layout.live / "a.txt").rename(layout.live / "b.txt")
        (layout.live / "a.txt").symlink_to("b.txt")
    with stage(layout, tmp_path / "hashes.json") as staged:
        put(staged, "a.txt", b"same")
        fill(staged, "three")
        assert not (staged.folder / "a.txt").is_symlink()


def test_a_release_that_comes_back_is_readable_whatever_the_umask(layout: Layout) -> None:
    for text in ("one", "two"):
        with stage(layout) as staged:
            put(staged, "parks/2025/index.html", text.encode())
            fill(staged, text)
            staged.go_live(NOON, 3)
    before = os.umask(0o077)
    try:
        with stage(layout) as staged:
            staged.bring_back(find_release(layout))
            staged.go_live(NOON, 3)
    finally:
        os.umask(before)
    assert page(layout) == "one"
    for folder in ("parks", "parks/2025"):
        assert (layout.live / folder).stat().st_mode & 0o555 == 0o555


def test_a_disk_that_is_full_at_the_end_is_told_before_the_swap(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even a record needs room once readers have the new site."""
    build(layout, "one")
    with stage(layout) as staged:
        fill(staged, "two")
        monkeypatch.setattr(records, "write_whole", _no_room)
        with pytest.raises(Refused, match="disk_full"):
            staged.go_live(NOON, 3)
    assert page(layout) == "one"


def _no_room(path: Path, content: bytes) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


@pytest.mark.parametrize("name", ["parks", "parks/index.html", "parks/index.html/x"])
def test_a_foreign_file_at_one_of_our_addresses_is_refused(layout: Layout, name: str) -> None:
    build(layout, "one")
    (layout.live / name).parent.mkdir(parents=True, exist_ok=True)
    (layout.live / name).write_text("theirs")
    with stage(layout) as staged:
        put(staged, "parks/index.html", b"ours")
        with pytest.raises(Refused, match="同名"):
            fill(staged, "two")
    assert (layout.live / name).read_text() == "theirs"


def test_a_folder_that_is_taken_over_is_kept_whole(tmp_path: Path) -> None:
    layout = Layout(tmp_path / "site")
    layout.live.mkdir()
    (layout.live / "index.html").write_text("theirs")
    (layout.live / "mine.txt").write_text("mine")
    build(layout, "ours")
    build(layout, "again")
    assert page(layout) == "again"
    assert (layout.live / "mine.txt").read_text() == "mine"
    assert (layout.release(1) / "index.html").read_text() == "theirs"


# --- releases kept ------------------------------------------------------------------------------


def test_so_many_releases_are_kept(layout: Layout) -> None:
    for number in range(1, 7):
        build(layout, f"text {number}", keep=2)
    kept = kept_releases(layout)
    assert [(k.record.number, k.is_live) for k in kept] == [(6, True), (5, False), (4, False)]
    assert [(k.folder / "index.html").read_text() for k in kept] == ["text 6", "text 5", "text 4"]
    assert [k.record.changed for k in kept] == [1, 1, 1]


def test_what_did_not_change_is_the_same_file(layout: Layout, tmp_path: Path) -> None:
    for text in ("one", "two"):
        with stage(layout, tmp_path / "hashes.json") as staged:
            fill(staged, text, same_txt="same")
            staged.go_live(NOON, 3)
    one, two = find_release(layout).folder / "same.txt", layout.live / "same.txt"
    assert os.path.samefile(one, two)


def test_an_earlier_release_comes_back(layout: Layout) -> None:
    for text in ("one", "two", "three"):
        build(layout, text)
    (layout.live / "foreign.txt").write_text("others'")
    kept = find_release(layout, 1)
    with stage(layout) as staged:
        copy_release(kept, staged.folder)
        swapping.swap(layout, staged.folder, NOON.isoformat(), again=1)
    assert page(layout) == "one"
    assert (layout.live / "foreign.txt").read_text() == "others'"
    live, *others = kept_releases(layout)
    assert (live.record.number, live.record.again, live.is_live) == (4, 1, True)
    assert [k.record.number for k in others] == [3, 2, 1]


def test_a_damaged_release_does_not_come_back(layout: Layout) -> None:
    for text in ("one", "two"):
        build(layout, text)
    kept = find_release(layout)
    (kept.folder / "index.html").write_text("changed")
    with stage(layout) as staged, pytest.raises(Refused, match="不完整"):
        copy_release(kept, staged.folder)


def test_hashed_files_live_one_release_longer(layout: Layout, tmp_path: Path) -> None:
    old, new = "assets/main.57a0d79d.min.css", "assets/main.99a0d79d.min.css"
    for text, name in (("one", old), ("two", new), ("two", new), ("three", new)):
        with stage(layout, tmp_path / "hashes.json") as staged:
            put(staged, name, b"/* */")
            fill(staged, text)
            manifest = read_manifest(staged.folder)
            if manifest and not staged.is_live_already(manifest):
                staged.go_live(NOON, 3)
        assert (layout.live / old).exists() is (text != "three")


@pytest.mark.parametrize("name", ["parks/2025/attachments/a-20251231.csv", "assets/b.20251231.csv"])
def test_a_file_with_a_date_in_its_name_does_not_outlive_its_release(
    layout: Layout, name: str
) -> None:
    """What was taken away is gone for readers; a date is no hash."""
    for text, names in (("one", [name]), ("two", [])):
        with stage(layout) as staged:
            for each in names:
                put(staged, each, b"x")
            fill(staged, text)
            staged.go_live(NOON, 3)
    assert not (layout.live / name).exists()


def test_the_same_site_again_is_no_release(layout: Layout, tmp_path: Path) -> None:
    for expected in (False, True):
        with stage(layout, tmp_path / "hashes.json") as staged:
            put(staged, "index.html", b"one")
            manifest = staged.finish(Wanted(), NOON)
            assert staged.is_live_already(manifest) is expected
            if not expected:
                staged.go_live(NOON, 3)
    (layout.live / "index.html").write_text("changed by somebody")
    with stage(layout, tmp_path / "hashes.json") as staged:
        put(staged, "index.html", b"one")
        assert not staged.is_live_already(staged.finish(Wanted(), NOON))
        staged.go_live(NOON, 3)
    assert page(layout) == "one"


def test_a_folder_that_another_user_does_not_give_away_stops_no_swap(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The web server's own `.well-known` stays in the old folder as well."""
    build(layout, "one")
    (layout.live / ".well-known").mkdir()
    (layout.live / ".well-known" / "token").write_text("theirs")
    (layout.live / "x.php").write_text("theirs")
    unlink = os.unlink

    def denied(path: str | Path, *rest: object, **named: object) -> None:
        if Path(path).name in ("token", "x.php"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        unlink(path, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "unlink", denied)
    for text in ("two", "three"):
        build(layout, text)
        assert page(layout) == text
        assert (layout.live / ".well-known" / "token").read_text() == "theirs"
