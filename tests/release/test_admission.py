"""What the program may replace, and what the disk allows, is asked before the long work begins."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from evalpress.findings import Refused
from evalpress.release import Layout, admission, guard, guard_pages
from evalpress.release.admission import refuse_closed, try_disk, unwritable
from evalpress.release.manifest import NAME, Manifest
from samples import rules


def refused(layout: Layout, root: Path, take_over: bool = False) -> list[str]:
    try:
        guard(layout, root, [root / "data", root / "hooks" / "theme", root / "hooks"], take_over)
    except Refused as told:
        return rules(told.findings)
    return []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    for name in ("data/reports", "hooks/theme", "empty"):
        (folder / name).mkdir(parents=True)
    (folder / "mkdocs.yml").write_text("site_name: x")
    (folder / "data" / "departments.yml").write_text("x")
    return folder


@pytest.mark.parametrize("linked", [False, True])
@pytest.mark.parametrize(
    "name", ["data", "data/reports", "data/new", "hooks", "hooks/theme", ".", "..", "../.."]
)
def test_what_the_project_consists_of_is_never_replaced(
    root: Path, name: str, linked: bool
) -> None:
    layout = Layout(Path(os.path.realpath(root / name)), linked)
    assert refused(layout, root, take_over=True) == ["site_overlaps"]


def test_a_file_is_no_site_folder(root: Path) -> None:
    assert refused(Layout(root / "mkdocs.yml"), root, take_over=True) == ["site_no_folder"]


@pytest.mark.parametrize("name", ["empty", "missing", "missing/too"])
def test_an_empty_or_missing_folder_is_taken(root: Path, name: str) -> None:
    assert refused(Layout(root / name), root) == []


def test_a_folder_of_others_is_taken_only_if_it_is_named(root: Path) -> None:
    layout = Layout(root / "empty")
    (layout.live / "index.html").write_text("theirs")
    assert refused(layout, root) == ["site_not_ours"]
    assert refused(layout, root, take_over=True) == []
    (layout.live / NAME).write_text("{}")
    assert refused(layout, root) == ["site_not_ours"]
    (layout.live / NAME).write_bytes(Manifest({}).content)
    assert refused(layout, root) == []


@pytest.mark.parametrize("linked", [False, True])
@pytest.mark.parametrize("name", ["releases", "new", "old", "ready"])
def test_what_is_called_like_our_own_folders_is_not_cleared_away(
    root: Path, name: str, linked: bool
) -> None:
    """Another program's releases lie under the same names."""
    layout = Layout(root / "empty", linked)
    theirs = getattr(layout, name) / "20260101120000"
    theirs.mkdir(parents=True)
    assert refused(layout, root, take_over=True) == ["name_taken"]
    layout.lock.touch()  # a build of ours began here
    assert refused(layout, root) == []
    theirs.rmdir()
    theirs.parent.rmdir()
    os.mkfifo(theirs.parent)
    assert refused(layout, root) == ["name_taken"]


@pytest.mark.parametrize("name", ["x" * 300, "mkdocs.yml/site"])
def test_a_place_where_no_folder_can_be_is_told(root: Path, name: str) -> None:
    assert refused(Layout(root / name), root) == ["site_unwritable"]


def test_a_link_of_others_is_not_switched(root: Path) -> None:
    layout = Layout(root / "empty", linked=True)
    assert refused(layout, root) == []
    layout.live.symlink_to(root / "data")
    assert refused(layout, root, take_over=True) == ["site_no_link"]


@pytest.mark.parametrize(
    ("point", "expected"),
    [("empty", ["site_is_mount"]), ("empty/a b", ["site_is_mount"]), ("data", []), ("emptyx", [])],
)
def test_a_mount_point_is_told_before_the_work(
    root: Path, monkeypatch: pytest.MonkeyPatch, point: str, expected: list[str]
) -> None:
    monkeypatch.setattr("evalpress.release.admission._mounts", lambda: ["/", str(root / point)])
    assert refused(Layout(root / "empty"), root) == expected
    assert refused(Layout(root / "empty", linked=True), root) == []


def test_the_root_is_mounted() -> None:
    assert "/" in admission._mounts() or sys.platform != "linux"


@pytest.fixture
def docs(root: Path) -> Path:
    folder = root / "docs"
    folder.mkdir()
    (folder / "index.md").write_text("# 说明", encoding="utf-8")
    (folder / ".#index.md").symlink_to("somebody@editing")
    (folder / "shared").symlink_to(root / "empty")
    guard_pages(folder, [root / "data"])
    return folder


def pages_refused(docs: Path) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as told:
        guard_pages(docs, [docs.parent / "data"])
    return [(f.rule, Path(f.where.file).relative_to(docs).as_posix()) for f in told.value.findings]


def test_what_has_no_end_or_no_start_is_no_page(docs: Path) -> None:
    """A pipe, a device and a link that leads nowhere, to itself or round in a circle."""
    os.mkfifo(docs / "a.md")
    for name, target in {"b.png": "/dev/zero", "c.md": "nowhere", "d": "d", "e": "."}.items():
        (docs / name).symlink_to(target)
    assert pages_refused(docs) == [
        ("no_page_file", name) for name in ("a.md", "b.png", "c.md", "d", "e")
    ]


def test_pages_in_another_encoding_are_told(docs: Path) -> None:
    (docs / "gbk.md").write_text("说明", encoding="gbk")
    assert pages_refused(docs) == [("page_encoding", "gbk.md")]


def test_data_are_not_published_as_pages(docs: Path) -> None:
    """Neither through a link to a file or a folder, nor where they lie among the pages."""
    (docs / "link.yml").symlink_to("../data/departments.yml")
    (docs / "reports").symlink_to("../data/reports")
    assert pages_refused(docs) == [("private_page", "link.yml"), ("private_page", "reports")]
    with pytest.raises(Refused, match="private_page"):
        guard_pages(docs.parent / "data", [docs.parent / "data"])


def test_names_that_are_no_text_are_told(tmp_path: Path) -> None:
    guard_pages(tmp_path)
    (tmp_path / os.fsdecode(b"\xff.md")).touch()
    with pytest.raises(Refused, match="UTF-8"):
        guard_pages(tmp_path)


@pytest.mark.parametrize(
    ("number", "rule"),
    [(errno.ENOSPC, "disk_full"), (errno.EDQUOT, "disk_full"), (errno.EBUSY, "site_is_mount"),
     (errno.EXDEV, "site_is_mount"), (errno.EACCES, "site_unwritable")],
)  # fmt: skip
def test_what_the_system_refuses_has_words(tmp_path: Path, number: int, rule: str) -> None:
    error = OSError(number, os.strerror(number), str(tmp_path))
    assert unwritable(Layout(tmp_path), error).rule == rule


def test_a_full_disk_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    layout = Layout(tmp_path / "site")
    layout.new.mkdir()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="磁盘空间"):
        try_disk(layout)


def shut(monkeypatch: pytest.MonkeyPatch, *closed: Path) -> None:
    """Let the system refuse these, also where root runs the tests."""
    real = os.access
    monkeypatch.setattr(os, "access", lambda p, mode: Path(p) not in closed and real(p, mode))


@pytest.mark.parametrize("name", ["releases", "live"])
def test_a_folder_that_could_not_be_moved_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    layout = Layout(tmp_path / "site")
    getattr(layout, name).mkdir()
    refuse_closed(layout)
    shut(monkeypatch, getattr(layout, name))
    with pytest.raises(Refused, match="site_unwritable"):
        refuse_closed(layout)


def test_what_others_keep_to_themselves_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would be missed only when the new site takes its place."""
    layout = Layout(tmp_path / "site")
    (layout.live / ".well-known").mkdir(parents=True)
    (layout.live / NAME).write_bytes(Manifest({}).content)
    refuse_closed(layout)
    shut(monkeypatch, layout.live / ".well-known")
    with pytest.raises(Refused, match="well-known"):
        refuse_closed(layout)


def test_pages_that_cannot_be_read_are_told(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (docs / "d").mkdir()
    shut(monkeypatch, docs / "d", docs / "index.md")
    assert pages_refused(docs) == [("page_closed", "d"), ("page_closed", "index.md")]
