"""Projects to build in: copies of the tree, built by the real command line."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

import forked
from evalpress.cache.cachefiles import write_whole
from evalpress.load import Loaded, load
from waiting import CEILING

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "hooks" / "evalpress"
GUIDE = PACKAGE / "templates" / "guide"
SMALL = ROOT / "tests" / "fixtures" / "small"
DEMONSTRATION = "yunze"  # the invented district whose reports this repository brings


@dataclass
class Built:
    """What a command left: exit code and everything that it printed."""

    code: int
    said: str


@dataclass
class Project:
    """A copy of the project's tree with data, settings and pages of its own."""

    folder: Path

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def config(self) -> Path:
        return self.folder / "mkdocs.yml"

    def report(self, name: str) -> Path:
        return self.folder / "data" / "reports" / f"{name}.yml"

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", *arguments]

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """Start a command in the project; its output goes to one pipe."""
        return subprocess.Popen(
            self.command(*arguments), cwd=self.folder, text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            **{**options, "env": {**environ(), **self.own, **options.get("env", {})}},
        )  # fmt: skip

    @property
    def own(self) -> dict[str, str]:
        """What makes a command use the program that lies in the project, if one does."""
        hooks = self.folder / "hooks"
        return {"PYTHONPATH": str(hooks)} if (hooks / "evalpress").is_dir() else {}

    def take_program(self) -> Path:
        """Give the project a program of its own, to spoil; gives its folder."""
        return Path(shutil.copytree(PACKAGE, self.folder / "hooks" / "evalpress"))

    def run(self, *arguments: str, **variables: str) -> Built:
        """Run a command to its end, with these variables in its environment."""
        alike = forked.begins_alike({**os.environ, **variables})
        if arguments[0] == "mkdocs" and not self.own and alike:
            return Built(*forked.run(arguments, self.folder, {**environ(), **variables}))
        process = self.start(*arguments, env=variables)
        said, _ = process.communicate(timeout=CEILING)
        return Built(process.returncode, said)

    def build(self, *options: str) -> Built:
        return self.run("mkdocs", "build", "--strict", *options)

    def set(self, *lines: str) -> None:
        """Add settings below `extra.evalpress`."""
        replace(self.config, "  evalpress:\n", "".join(["  evalpress:\n", *indented(lines)]))


def indented(lines: tuple[str, ...]) -> list[str]:
    return [f"    {line}\n" for line in lines]


def environ() -> dict[str, str]:
    """The environment of a command: Material's announcement would drown what the build says."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"}


def replace(path: Path, old: str, new: str) -> None:
    """Replace the one place in a file that reads `old`."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path}: {old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def make_project(folder: Path) -> Project:
    """The project itself: its settings, pages, data and the hook, as an owner has them."""
    for name in ("docs", "data"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "hooks").mkdir()
    for name in ("mkdocs.yml", "hooks/publish.py"):
        shutil.copyfile(ROOT / name, folder / name)
    return Project(folder)


def make_small_project(folder: Path) -> Project:
    """A project with five reports of an invented county, two of which are not public."""
    project = make_project(folder)
    shutil.rmtree(folder / "data")
    shutil.copytree(SMALL, folder / "data")
    return project


def make_plain_project(folder: Path) -> Project:
    """The small project without PDFs and guides."""
    project = make_small_project(folder)
    replace(project.config, "    guide: true\n", "")
    project.set("pdf: false")
    return project


ADDRESS = "https://a.invalid/ping/"
# Every duty of a government site; what is no example's own is plainly no real number.
IDENTITY = {
    "operator": "青禾县预算绩效中心",
    "support": "青禾县信息中心",
    "contact": "邮政信箱<七>号",
    "site_code": '"0000000000"',
    "icp": "X ICP备00000000号",
    "icp_url": "https://beian.invalid/",
    "police": "X公网安备00000000000000号",
    "police_url": "https://police.invalid/",
    "police_icon": "images/police.png",
    "agency_mark": "images/agency.png",
    "agency_mark_url": "https://agency.invalid/",
    "error_report_url": "https://wrong.invalid/?p={address}",
}


def make_configured_project(folder: Path) -> Project:
    """The small project at an address of its own, with all that a site can say of itself."""
    project = make_small_project(folder)
    replace(project.config, "# site_url: https://example.gov.cn/", f"site_url: {ADDRESS}")
    lines = "".join(f"      {name}: {said}\n" for name, said in IDENTITY.items())
    replace(project.config, "      organizer:", f"{lines}      organizer:")
    (folder / "docs" / "images").mkdir(exist_ok=True)
    for name in ("police", "agency"):
        Image.new("RGB", (40, 50), "navy").save(folder / "docs" / "images" / f"{name}.png")
    return project


@cache
def own_data() -> Loaded:
    """What data/ of this repository holds, read once for all tests of a process; a test that
    changes something of it takes a copy."""
    return load(ROOT / "data")


def without_reports() -> Loaded:
    """Its reference data alone, with the words of its forms."""
    return replace_fields(own_data(), reports=[])


def has_demonstration() -> bool:
    """Whether data/ holds the demonstration data, not those of a site of one's own."""
    return DEMONSTRATION in own_data().reference.regions


@dataclass
class Finished:
    """A finished site, built strictly, with what the build printed."""

    project: Project
    built: Built

    @property
    def site(self) -> Path:
        return self.project.site

    def copied(self, folder: Path) -> Project:
        """The project with its site and all that the build left, in another folder, to spoil."""
        shutil.copytree(self.project.folder, folder, symlinks=True, dirs_exist_ok=True)
        return Project(folder)


def finish(
    folder: Path, make: Callable[[Path], Project], pdf_cache: Path | None = None
) -> Finished:
    """Build a project in this folder, or take what another process of this run built there."""
    said = folder.with_suffix(".said")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            project = make(folder)
            if pdf_cache:
                link_cache(project, pdf_cache / folder.name)
            built = project.build()
            assert built.code == 0, built.said
            said.write_text(built.said, encoding="utf-8")
    return Finished(Project(folder), Built(0, said.read_text(encoding="utf-8")))


def take_printed(cache: Path) -> None:
    """Let this cache have what a site of this repository has printed: each file is named by a hash
    of all that shapes it."""
    for path in (ROOT / ".cache" / "evalpress" / "pdf").glob("*.pdf"):
        if not (cache / path.name).exists():
            write_whole(cache / path.name, path.read_bytes())


def link_cache(project: Project, cache: Path) -> None:
    cache.mkdir(exist_ok=True)
    folder = project.folder / ".cache" / "evalpress"
    folder.mkdir(parents=True)
    (folder / "pdf").symlink_to(cache)
