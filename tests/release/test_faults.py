"""Builds that are killed, starved of disk, disturbed and run at once, while readers ask for pages
without pause: no answer is missing, mixed or cut short, and every next build mends.

`make test` tries a sample of the moments and sizes, `make nightly` all of them.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import sampling
from evalpress.release import Layout
from evalpress.release.manifest import read_manifest
from projects import Project, environ, finish, make_plain_project, replace
from sampling import often, sample
from waiting import CEILING

PAGES = (
    "index.html", "parks/2024/index.html", "parks/2025/index.html", "parks/2024/parks-2024.json",
)  # fmt: skip


@dataclass
class Readers:
    """Read pages of the live folder as a web server does, each by its path, until told to stop."""

    live: Path
    known: dict[str, set[bytes]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    seen: dict[str, set[bytes]] = field(default_factory=dict)
    answers: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def know(self) -> None:
        """Whatever is live now is a good answer from now on."""
        for page in PAGES:
            self.known.setdefault(page, set()).add((self.live / page).read_bytes())

    def read(self) -> None:
        """Keep what was read and is not known yet: it is judged at the end. Without pause, but
        behind all that has more to do."""
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
        while not self.stop.is_set():
            for page in PAGES:
                self.answers += 1
                try:
                    content = (self.live / page).read_bytes()
                except OSError as error:
                    self.faults.append(f"{page}: {error}")
                    continue
                if content not in self.known[page]:
                    self.seen.setdefault(page, set()).add(content)

    def unknown(self) -> list[str]:
        """Answers that were never a whole release's."""
        return [page for page, found in self.seen.items() if found - self.known[page]]


@contextmanager
def readers(live: Path) -> Iterator[Readers]:
    """Readers at work; at the end every answer must have been that of some release."""
    found = Readers(live)
    found.know()
    threads = [threading.Thread(target=found.read, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        found.stop.set()
        for thread in threads:
            thread.join(CEILING)
    assert found.answers > len(PAGES)
    assert not found.faults, found.faults[:5]
    assert not found.unknown()


@pytest.fixture(params=sample(["rename", "link"], 2))
def project(request: pytest.FixtureRequest, shared: Path, tmp_path: Path) -> Project:
    """A project that has a site, in a folder of its own."""

    def make(folder: Path) -> Project:
        made = make_plain_project(folder)
        made.set(f"swap: {request.param}", "as_of: 2026-12-01 09:00")
        return made

    return finish(shared / f"swapped-{request.param}", make).copied(tmp_path / "project")


def live_of(project: Project) -> Path:
    linked = (project.site / "current").is_symlink()
    return Layout(project.site, linked).live


def edit(project: Project, number: int) -> None:
    """Another text for the next release; what it makes of pages is known once it is live."""
    path = project.report("parks/2024")
    text = path.read_text(encoding="utf-8")
    start = text.index("管护公园")
    end = text.index("个", start)
    path.write_text(f"{text[:start]}管护公园{number}{text[end:]}", encoding="utf-8")


def is_whole(live: Path) -> bool:
    """Whether every file of the live site is what its manifest says."""
    own = read_manifest(live)
    return own is not None and all(
        (live / path).is_file() and (live / path).stat().st_size == size
        for path, (size, _) in own.files.items()
    )


def mends(project: Project, seen: Readers) -> None:
    """The next build goes through, and its pages are good answers."""
    built = project.build()
    assert built.code == 0, built.said
    assert is_whole(seen.live)
    seen.know()


@pytest.mark.slow
def test_builds_that_are_killed(project: Project) -> None:
    """At random moments of a build; the seed is the sample's, so that each week tries others. How
    long a build takes is measured here; one that was quicker than its kill is tried again."""
    chance, live = random.Random(sampling.NAME), live_of(project)
    with readers(live) as seen:
        edit(project, 10)
        started = time.monotonic()
        mends(project, seen)
        length, wanted, killed = time.monotonic() - started, often(3, 100), 0
        for number in range(11, 11 + 3 * wanted):
            edit(project, number)
            killed += is_killed(project, chance.uniform(0, length))
            assert is_whole(live)
            seen.know()
            if number % 4 == 3:
                mends(project, seen)
            if killed == wanted:
                break
    assert killed == wanted


def is_killed(project: Project, seconds: float) -> bool:
    """Whether a build is killed so long after its start, or was done before."""
    process = project.start("mkdocs", "build", "--strict")
    try:
        process.communicate(timeout=seconds)
        return False
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=CEILING)
        return process.returncode == -signal.SIGKILL


STEP = """
import os
from evalpress.release import swapping

def kill(real):
    def deadly(*arguments, **options):
        if os.path.exists("kill-me"):
            os.kill(os.getpid(), 9)
        return real(*arguments, **options)
    return deadly

swapping.{step} = kill(swapping.{step})
"""
STEPS = ("carry", "owned_like", "_switch", "_exchange_with", "enter_record", "_retire", "_hand_on")


@pytest.mark.slow
@pytest.mark.parametrize("step", sample(STEPS, 7))
def test_builds_that_are_killed_inside_the_swap(project: Project, step: str) -> None:
    (project.folder / "own.py").write_text(STEP.format(step=step), encoding="utf-8")
    replace(project.config, "hooks:\n", "hooks:\n  - own.py\n")
    live = live_of(project)
    (live / "foreign.txt").write_text("others'")
    (project.folder / "kill-me").touch()
    with readers(live) as seen:
        edit(project, 50)
        killed = project.build()
        (project.folder / "kill-me").unlink()
        assert killed.code in (-signal.SIGKILL, 0)
        seen.know()
        edit(project, 51)
        mends(project, seen)
    assert (live / "foreign.txt").read_text() == "others'"


HOOK = "def {event}(*arguments, **options):\n    raise {error}('own')\n"
EVENTS = ("on_startup", "on_config", "on_pre_build", "on_files", "on_nav", "on_env",
          "on_pre_template", "on_template_context", "on_post_template", "on_pre_page",
          "on_page_read_source", "on_page_markdown", "on_page_content", "on_page_context",
          "on_post_page", "on_post_build", "on_shutdown")  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("event", sample(EVENTS, 17))
@pytest.mark.parametrize("error", sample(["ValueError", "SystemExit", "KeyboardInterrupt"], 3))
@pytest.mark.parametrize("after", sample([True, False], 2))
def test_hooks_that_fail(project: Project, event: str, error: str, after: bool) -> None:
    """Every event of another hook, before ours and after it: the live site stays."""
    live = live_of(project)
    before = (live / "manifest.json").read_bytes()
    (project.folder / "own.py").write_text(HOOK.format(event=event, error=error))
    ours, own = "  - hooks/publish.py\n", "  - own.py\n"
    replace(project.config, ours, ours + own if after else own + ours)
    with readers(live) as seen:
        edit(project, 60)
        assert project.build().code != 0
        assert (live / "manifest.json").read_bytes() == before
        replace(project.config, "  - own.py\n", "")
        mends(project, seen)


@pytest.mark.slow
@pytest.mark.parametrize("count", sample([2, 5], 2))
def test_builds_at_once(project: Project, count: int) -> None:
    live = live_of(project)
    with readers(live) as seen:
        edit(project, 70)
        running = [project.start("mkdocs", "build", "--strict") for _ in range(count)]
        said = [process.communicate(timeout=CEILING)[0] for process in running]
        codes = [process.returncode for process in running]
        assert 0 in codes
        for code, text in zip(codes, said, strict=True):
            assert code == 0 or "另一次生成正在进行" in text
            assert "Traceback" not in text
        seen.know()
        mends(project, seen)


# --- what needs to mount ------------------------------------------------------------------------


def _can_mount() -> bool:
    tried = subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False)
    return os.geteuid() == 0 and tried.returncode == 0


mounts = pytest.mark.skipif(
    not shutil.which("unshare") or not _can_mount(), reason="only root can mount"
)


def in_mount(project: Project, mount: str, commands: str) -> subprocess.CompletedProcess[str]:
    """Run commands in a namespace of their own, in which something is mounted; nothing of it stays
    in that of the tests."""
    script = f"set -e; {mount}; set +e; {commands}"
    variables = {**environ(), "BUILD": " ".join(project.command("mkdocs"))}
    return subprocess.run(
        ["unshare", "-m", "sh", "-c", script], cwd=project.folder, text=True, timeout=CEILING,
        capture_output=True, check=False, env=variables,
    )  # fmt: skip


FULL = """
$BUILD build --strict > said 2>&1; echo $? > code
if [ -e disk/{live}/manifest.json ]; then cp disk/{live}/manifest.json whole.json; fi
find disk -type f -size 0 ! -name '*lock' > empty
"""


@mounts
@pytest.mark.slow
@pytest.mark.parametrize("kib", sample(range(400, 4900, 150), 15))
def test_disks_that_are_nearly_full(tmp_path: Path, kib: int) -> None:
    """A small site needs some two and a half megabytes: every size ends with the whole site or with
    none and one message."""
    project = make_plain_project(tmp_path / "project")
    replace(project.config, "site_dir: site", "site_dir: disk/site")
    (project.folder / "disk").mkdir()
    in_mount(project, f"mount -t tmpfs -o size={kib}k none disk", FULL.format(live="site"))
    said = (project.folder / "said").read_text(encoding="utf-8")
    assert "Traceback" not in said
    assert (project.folder / "empty").read_text() == ""
    whole = (project.folder / "whole.json").exists()
    if (project.folder / "code").read_text().strip() == "0":
        assert whole
    else:
        assert "[disk_full]" in said
        assert not whole


@mounts
@pytest.mark.parametrize(
    ("mount", "setting", "expected"),
    [
        ("mount -t tmpfs none site", "rename", "[site_is_mount]"),
        ("mount --bind other site", "rename", "[site_is_mount]"),
        ("mount -t tmpfs none site", "link", ""),
        ("mount --bind other site", "link", ""),
        ("mount --bind -o ro other above", "rename above", "[site_unwritable]"),
        ("mount --bind -o ro other site", "link", "[site_unwritable]"),
    ],
)
def test_places_where_people_deploy(
    small: Project, mount: str, setting: str, expected: str
) -> None:
    """Success, or one message before anything is built."""
    way, _, above = setting.partition(" ")
    small.set(f"swap: {way}")
    if above:
        replace(small.config, "site_dir: site", "site_dir: above/site")
    for name in ("site", "other", "above"):
        (small.folder / name).mkdir()
    done = in_mount(small, mount, "$BUILD build --strict && ls site/current/index.html")
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    assert (done.returncode == 0) is (expected == "")
    assert expected in said
    assert bool(expected) is ("Building documentation" not in said)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_nobody_may_write_to(small: Project) -> None:
    (small.folder / "above").mkdir(mode=0o555)
    replace(small.config, "site_dir: site", "site_dir: above/site")
    built = small.build()
    assert built.code == 1
    assert "[site_unwritable]" in built.said
    assert "Traceback" not in built.said
