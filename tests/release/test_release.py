"""evalpress.release: whatever goes wrong, the live folder stays as it was."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from evalpress.findings import Refused
from evalpress.release import folders as release
from projects import Project, replace
from waiting import CEILING, wait_until


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of a folder: which one it is on the disk, and what it holds."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def wait_for(happens: Callable[[], object], process: subprocess.Popen[str]) -> None:
    """Look until it happens; fail when the process ends."""
    wait_until(happens, lambda: process.poll() is None)


def change(project: Project) -> None:
    """Give the next build something to do."""
    replace(project.report("parks/2024"), "state: published\n", "state: published\n\n")


# --- the folders --------------------------------------------------------------------------------


def write(folder: Path, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(text)


def test_a_staged_site_takes_the_place_of_the_live_one(tmp_path: Path) -> None:
    live = tmp_path / "site"
    write(live, "old")
    write(release.fresh_staging(live), "new")
    release.swap(live)
    assert (live / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_first_site_needs_no_live_folder(tmp_path: Path) -> None:
    live = tmp_path / "public" / "site"
    with release.exclusive(live):
        write(release.fresh_staging(live), "new")
        release.swap(live)
    assert (live / "index.html").read_text() == "new"


@pytest.mark.parametrize("can_exchange", [True, False])
def test_readers_find_the_site_at_every_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool
) -> None:
    """Where folders can change places in one step, no rename leaves the live name empty."""
    live, seen = tmp_path / "site", []
    write(live, "old")
    write(release.fresh_staging(live), "new")
    if not can_exchange:
        monkeypatch.setattr(release, "_exchange", lambda one, other: False)
    rename = os.rename
    monkeypatch.setattr(os, "rename", lambda a, b: (rename(a, b), seen.append(live.exists())))
    release.swap(live)
    assert all(seen) is can_exchange
    assert (live / "index.html").read_text() == "new"


def test_a_swap_that_was_cut_short_is_completed(tmp_path: Path) -> None:
    live = tmp_path / "site"
    write(release.staging(live, release.OLD), "old")
    write(release.staging(live), "half")
    release.fresh_staging(live)
    assert (live / "index.html").read_text() == "old"
    assert not list(release.staging(live).iterdir())


def test_missing_and_empty_files_are_named(tmp_path: Path) -> None:
    write(tmp_path, "home")
    (tmp_path / "empty.pdf").touch()
    missing = release.missing_addresses(tmp_path, ["", "years/", "empty.pdf", "lost.pdf"])
    assert missing == ["years/", "empty.pdf", "lost.pdf"]


def test_one_build_at_a_time(tmp_path: Path) -> None:
    live = tmp_path / "site"
    with (
        release.exclusive(live),
        pytest.raises(Refused, match="另一次生成"),
        release.exclusive(live),
    ):
        pytest.fail("both hold the lock")
    with release.exclusive(live):
        pass


# --- real builds --------------------------------------------------------------------------------


def test_an_error_in_the_data_leaves_the_site(small_with_site: Project) -> None:
    before = tree(small_with_site.site)
    replace(small_with_site.report("parks/2025"), "state: published", "state: 已发布")
    replace(small_with_site.report("parks/2024"), "  grade: 良", "  grade: 良\n  grade: 良")
    built = small_with_site.build()
    assert built.code == 1
    assert "data/reports/parks/2025.yml:1:" in built.said
    assert "data/reports/parks/2024.yml:" in built.said
    assert "共 2 处错误" in built.said
    assert "Traceback" not in built.said
    assert tree(small_with_site.site) == before


def test_an_error_in_the_settings_leaves_the_site(small_with_site: Project) -> None:
    before = tree(small_with_site.site)
    small_with_site.set("pdf_worker: 2")
    line = small_with_site.config.read_text().splitlines().index("    pdf_worker: 2") + 1
    built = small_with_site.build()
    assert built.code == 1
    assert f"mkdocs.yml:{line}:" in built.said
    assert "pdf_workers" in built.said
    assert "Traceback" not in built.said
    assert tree(small_with_site.site) == before


@pytest.mark.parametrize("quiet", [(), ("--quiet",)])
def test_a_warning_in_strict_mode_leaves_the_site(
    small_with_site: Project, quiet: tuple[str, ...]
) -> None:
    before = tree(small_with_site.site)
    page = small_with_site.folder / "docs" / "guide" / "dead.md"
    page.write_text("# 失效的链接\n\n[没有这一页](nowhere.md)\n", encoding="utf-8")
    built = small_with_site.build(*quiet)
    assert built.code == 1
    assert "nowhere.md" in built.said
    assert "网站保持原样" in built.said
    assert tree(small_with_site.site) == before
    assert only_the_site_is_left(small_with_site)


def only_the_site_is_left(project: Project) -> bool:
    return not [p for p in project.folder.glob(".site-*") if p.is_dir()]


def test_a_fault_in_the_program_leaves_the_site(small_with_site: Project) -> None:
    before = tree(small_with_site.site)
    template = small_with_site.folder / "hooks/evalpress/templates/theme/partials/footer.html"
    template.write_text("{{ nothing.like.this }}", encoding="utf-8")
    built = small_with_site.build()
    assert built.code == 1
    assert "Traceback" in built.said
    assert tree(small_with_site.site) == before
    assert only_the_site_is_left(small_with_site)


def test_a_killed_build_leaves_the_site_and_the_next_one_clears_up(
    small_with_site: Project,
) -> None:
    before = tree(small_with_site.site)
    staged = release.staging(small_with_site.site)
    change(small_with_site)
    process = small_with_site.start("mkdocs", "build", "--strict")
    wait_for((staged / "index.html").exists, process)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=CEILING)
    assert process.returncode == -signal.SIGKILL
    assert staged.exists()
    assert tree(small_with_site.site) == before
    built = small_with_site.build()
    assert built.code == 0, built.said
    assert only_the_site_is_left(small_with_site)


def test_a_full_disk_leaves_the_site(small_with_site: Project) -> None:
    """A hook that stands for the disk: from the twentieth file on, nothing can be written."""
    before = tree(small_with_site.site)
    (small_with_site.folder / "full.py").write_text(FULL_DISK, encoding="utf-8")
    replace(small_with_site.config, "  - hooks/publish.py\n", "  - full.py\n  - hooks/publish.py\n")
    built = small_with_site.build()
    assert built.code == 1
    assert os.strerror(errno.ENOSPC) in built.said
    assert tree(small_with_site.site) == before
    assert only_the_site_is_left(small_with_site)


FULL_DISK = """
import errno, os
from mkdocs import utils

written, write = [], utils.write_file

def write_file(content, path):
    written.append(path)
    if len(written) > 5:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
    write(content, path)

utils.write_file = write_file
"""


def test_of_two_builds_the_second_is_refused(small_with_site: Project) -> None:
    """The first one is stopped while it holds the lock, so that the second must meet it."""
    staged = release.staging(small_with_site.site)
    change(small_with_site)
    first = small_with_site.start("mkdocs", "build", "--strict")
    wait_for(staged.exists, first)
    first.send_signal(signal.SIGSTOP)
    try:
        second = small_with_site.build()
    finally:
        first.send_signal(signal.SIGCONT)
    said, _ = first.communicate(timeout=CEILING)
    assert second.code == 1
    assert "另一次生成正在进行" in second.said
    assert "Traceback" not in second.said
    assert first.returncode == 0, said
    assert only_the_site_is_left(small_with_site)


def test_a_build_into_a_linked_folder_keeps_the_link(small: Project) -> None:
    """A web server's folder may be a link to where the sites lie."""
    target = small.folder / "www"
    target.mkdir()
    small.site.symlink_to(target)
    for _ in range(2):
        built = small.build()
        assert built.code == 0, built.said
    assert small.site.is_symlink()
    assert (target / "index.html").is_file()
