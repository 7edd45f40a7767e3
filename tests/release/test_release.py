"""evalpress.release: whatever goes wrong, the live folder stays as it was."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from evalpress.release import Layout
from evalpress.release.history import kept_releases
from evalpress.release.manifest import read_manifest
from projects import Project, replace
from sample_files import pdf
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
    wait_until(happens, process)


def change(project: Project) -> None:
    """Give the next build something to do."""
    replace(project.report("parks/2024"), "state: published\n", "state: published\n\n")


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
    page = small_with_site.folder / "docs" / "dead.md"
    page.write_text("# 失效的链接\n\n[没有这一页](nowhere.md)\n", encoding="utf-8")
    built = small_with_site.build(*quiet)
    assert built.code == 1
    assert "nowhere.md" in built.said
    assert "网站保持原样" in built.said
    assert tree(small_with_site.site) == before
    assert only_the_site_is_left(small_with_site)


def only_the_site_is_left(project: Project) -> bool:
    return {p.name for p in project.folder.glob(".site-*")} <= {".site-lock", ".site-releases"}


def test_a_fault_in_the_program_leaves_the_site(small_with_site: Project) -> None:
    before = tree(small_with_site.site)
    template = small_with_site.take_program() / "templates/theme/partials/footer.html"
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
    staged = Layout(small_with_site.site).new
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
    assert "磁盘空间不够" in built.said
    assert "Traceback" not in built.said
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
    staged = Layout(small_with_site.site).new
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


# --- what would go live broken ------------------------------------------------------------------


def hook(project: Project, text: str, after: bool = True) -> None:
    """A hook of the project's own, called after ours or before it."""
    (project.folder / "own.py").write_text(text, encoding="utf-8")
    ours, own = "  - hooks/publish.py\n", "  - own.py\n"
    replace(project.config, ours, ours + own if after else own + ours)


@pytest.mark.parametrize("after", [True, False])
def test_a_hook_that_fails_at_the_very_end_leaves_the_site(
    small_with_site: Project, after: bool
) -> None:
    before = tree(small_with_site.site)
    hook(small_with_site, "def on_post_build(config):\n    raise ValueError('own')\n", after)
    built = small_with_site.build()
    assert built.code == 1
    assert "ValueError: own" in built.said
    assert tree(small_with_site.site) == before
    assert only_the_site_is_left(small_with_site)


@pytest.mark.parametrize("after", [True, False])
def test_a_hook_that_fails_when_a_build_has_failed_leaves_nothing_unfinished(
    small_with_site: Project, after: bool
) -> None:
    before = tree(small_with_site.site)
    failing = "def on_{}(*arguments, **named):\n    raise ValueError('own')\n"
    hook(small_with_site, failing.format("env") + failing.format("build_error"), after)
    assert small_with_site.build().code == 1
    assert tree(small_with_site.site) == before
    assert only_the_site_is_left(small_with_site)


CUT = """
from pathlib import Path
from mkdocs.plugins import event_priority

@event_priority(-1000)
def on_post_build(config):
    for name in {names}:
        path = Path(config.site_dir, name)
        path.write_bytes(path.read_bytes()[:{kept}])
"""


@pytest.mark.parametrize("kept", [0, 100])
def test_files_that_were_cut_short_leave_the_site(small_with_site: Project, kept: int) -> None:
    """As a nearly full disk leaves them: a framed page, a listed one, a style, a template, data."""
    before = tree(small_with_site.site)
    (style,) = small_with_site.site.glob("assets/*.css")
    names = ["parks/2025/index.html", "years/index.html", f"assets/{style.name}", "404.html",
             "parks/2025/parks-2025.json"]  # fmt: skip
    hook(small_with_site, CUT.format(names=names, kept=kept))
    built = small_with_site.build()
    assert built.code == 1
    assert all(f"{name}  错误  [file_differs]" in built.said for name in names)
    assert "Traceback" not in built.said
    assert tree(small_with_site.site) == before


LOSE = """
from pathlib import Path

def on_post_build(config):
    Path(config.site_dir, "parks/2024/parks-2024-funds.csv").unlink()
    page = Path(config.site_dir, "parks/2025/index.html")
    page.write_text(page.read_text().replace('id="scores', 'id="old-scores'))
"""


def test_files_and_places_that_got_lost_leave_the_site(small_with_site: Project) -> None:
    before = tree(small_with_site.site)
    hook(small_with_site, LOSE)
    built = small_with_site.build()
    assert built.code == 1
    assert "parks/2024/parks-2024-funds.csv  错误  [page_missing]" in built.said
    assert "[link_dead]" in built.said
    assert tree(small_with_site.site) == before


NAMES = ["附件#1.pdf", "100%25.pdf", "a b&c'd.pdf", "长" * 50 + ".pdf", "a;b=c,d.pdf"]


def test_attachments_with_any_name_are_reached(small_with_site: Project) -> None:
    small = small_with_site
    folder = small.folder / "data" / "attachments" / "parks" / "2025"
    folder.mkdir(parents=True)
    entries = "".join(
        f'  - {{id: file-{number}, name: 附件, file: "{name}"}}\n'
        for number, name in enumerate(NAMES)
    )
    for number, name in enumerate(NAMES):
        (folder / name).write_bytes(pdf(f"Annual report, part {number}"))
    replace(small.report("parks/2025"), "attachments:\n", f"attachments:\n{entries}")
    built = small.build()
    assert built.code == 0, built.said
    for name in NAMES:
        assert (small.site / "parks/2025/attachments" / name).is_file()


# --- releases -----------------------------------------------------------------------------------


def test_each_build_that_changes_something_is_a_release(small: Project) -> None:
    assert small.build().code == 0
    layout = Layout(small.site)
    first = read_manifest(layout.live)
    replace(small.report("parks/2024"), "管护公园3个", "管护公园九个")
    built = small.build()
    assert built.code == 0, built.said
    live, kept = kept_releases(layout)
    assert (live.record.number, kept.record.number) == (2, 1)
    assert (live.record.new, live.record.gone) == (0, 0)
    assert live.record.changed >= 1
    assert read_manifest(kept.folder) == first
    page = "parks/2025/index.html"
    assert os.path.samefile(layout.live / page, kept.folder / page)


def test_a_folder_of_others_is_left_alone_until_it_is_named(small: Project) -> None:
    small.site.mkdir()
    (small.site / "index.html").write_text("theirs")
    built = small.build()
    assert built.code == 1
    assert "[site_not_ours]" in built.said
    assert "Traceback" not in built.said
    assert tree(small.site).keys() == {"index.html"}
    small.set("take_over: site")
    assert small.build().code == 0
    assert read_manifest(small.site)
    assert (small.folder / ".site-releases/1/index.html").read_text() == "theirs"


@pytest.mark.parametrize("name", ["data", "data/reports", "hooks", "mkdocs.yml", ".cache"])
def test_nothing_of_the_project_is_replaced_by_a_site(small: Project, name: str) -> None:
    replace(small.config, "site_dir: site", f"site_dir: {name}")
    before = {p for p in small.folder.rglob("*") if "__pycache__" not in p.parts}
    built = small.build()
    assert built.code == 1
    assert "[site_" in built.said
    assert "Traceback" not in built.said
    assert {p for p in small.folder.rglob("*") if "__pycache__" not in p.parts} == before


def test_a_link_is_switched_where_the_settings_say_so(small: Project) -> None:
    small.set("swap: link")
    for text in ("管护公园3个", "管护公园九个"):
        replace(small.report("parks/2024"), "管护公园3个", text)
        built = small.build()
        assert built.code == 0, built.said
    page = (small.site / "current/parks/2024/index.html").read_text(encoding="utf-8")
    assert "管护公园九个" in page
    assert os.readlink(small.site / "current") == "releases/2"
    assert not list(small.folder.glob(".site*"))


def test_the_same_inputs_at_another_hour_give_the_same_bytes(small: Project) -> None:
    small.set("as_of: 2026-08-15 09:00")
    replace(small.config, "# site_url: https://example.gov.cn/", "site_url: https://a.invalid/")
    found = []
    for moment in ("1000000000", "1700000000"):
        for folder in small.folder.glob("*site*"):
            shutil.rmtree(folder) if folder.is_dir() else folder.unlink()
        built = small.run("mkdocs", "build", "--strict", SOURCE_DATE_EPOCH=moment)
        assert built.code == 0, built.said
        found.append({name: content for name, (_, content) in tree(small.site).items()})
    assert [name for name in found[0] if found[0][name] != found[1].get(name)] == []
    assert {"sitemap.xml", "robots.txt", "parks/2024/parks-2024.png"} <= found[0].keys()


def test_a_pipe_in_the_place_of_a_data_file_is_told(small: Project) -> None:
    path = small.folder / "data" / "departments.yml"
    path.unlink()
    os.mkfifo(path)
    built = small.build()
    assert built.code == 1
    assert "data/departments.yml  错误  [no_plain_file]" in built.said
    assert "Traceback" not in built.said
