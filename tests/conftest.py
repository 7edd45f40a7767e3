"""Projects to build in, the finished site, and a browser; each is made once and only if asked for.

`Project` is a copy of the whole tree in a temporary folder, built by the real command line.
"""

from __future__ import annotations

import fcntl
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from visits import Visit

from evalpress import environment
from evalpress.pdf import fonts
from evalpress.pdf.pool import make_pool

ROOT = Path(__file__).parent.parent
SMALL = ROOT / "tests" / "fixtures" / "small"
REFERENCE = ("schemes.yml", "tables.yml", "outlines.yml")
TIME_LIMIT = 300
SITE = "finished"  # the fixture that takes longest
REFRESH = bool(os.environ.get("EVALPRESS_REFRESH_GOLDEN"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, those about the finished site; in each file, let the
    quick tests speak first."""
    files = {item.path for item in items if SITE in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: (item.path not in files, item.path, _is_slow(item)))


def _is_slow(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is not None


# --- projects -----------------------------------------------------------------------------------


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
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environ(), **options,
        )  # fmt: skip

    def run(self, *arguments: str) -> Built:
        process = self.start(*arguments)
        said, _ = process.communicate(timeout=TIME_LIMIT)
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
    """The project itself: its settings, pages, data and hooks."""
    for name in ("docs", "data", "hooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    return Project(folder)


def make_small_project(folder: Path) -> Project:
    """A project with five reports of an invented county, two of which are not public."""
    project = make_project(folder)
    shutil.rmtree(folder / "data")
    shutil.copytree(SMALL, folder / "data")
    for name in REFERENCE:
        text = (ROOT / "data" / name).read_text(encoding="utf-8")
        # The county is another region than the one that these schemes belong to.
        (folder / "data" / name).write_text(text.replace("    region: yunze\n", ""), "utf-8")
    return project


@pytest.fixture(scope="session")
def pdf_cache(request: pytest.FixtureRequest) -> Path:
    """Printed reports of earlier runs: each is named by a hash of all that shapes it."""
    cache = request.config.cache
    assert cache is not None
    return Path(cache.mkdir("evalpress-pdf"))


@dataclass
class Finished:
    """The project's own site, built strictly, with what the build printed."""

    project: Project
    built: Built

    @property
    def site(self) -> Path:
        return self.project.site


@pytest.fixture(scope="session")
def finished(shared: Path, pdf_cache: Path) -> Finished:
    return finish(shared / "project", make_project, pdf_cache)


@pytest.fixture(scope="session")
def finished_small(shared: Path, pdf_cache: Path) -> Finished:
    return finish(shared / "small", make_small_project, pdf_cache)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder of this run that all its processes share."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


def finish(folder: Path, make: Callable[[Path], Project], pdf_cache: Path) -> Finished:
    """Build a project in this folder, or take what another process of this run built there."""
    said = folder.with_suffix(".said")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            project = make(folder)
            link_cache(project, pdf_cache / folder.name)
            built = project.build()
            assert built.code == 0, built.said
            said.write_text(built.said, encoding="utf-8")
    return Finished(Project(folder), Built(0, said.read_text(encoding="utf-8")))


def link_cache(project: Project, cache: Path) -> None:
    cache.mkdir(exist_ok=True)
    folder = project.folder / ".cache" / "evalpress"
    folder.mkdir(parents=True)
    (folder / "pdf").symlink_to(cache)


@pytest.fixture
def small(tmp_path: Path) -> Project:
    """A small project without PDFs, to spoil."""
    project = make_small_project(tmp_path)
    project.set("pdf: false")
    return project


@pytest.fixture
def small_with_site(small: Project) -> Project:
    built = small.build()
    assert built.code == 0, built.said
    return small


@pytest.fixture(scope="session")
def pool() -> Iterator[Executor]:
    """One worker process that prints."""
    with make_pool(1) as one:
        yield one


# --- the browser --------------------------------------------------------------------------------


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as a web server would, with the site's own page for what is not there."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        content = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="session")
def address(finished: Finished) -> Iterator[str]:
    """The address at which the finished site is served."""
    with serving(finished.site) as found:
        yield found


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Serve a folder; gives its address."""
    handler = functools.partial(_Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium with the private fonts, so that widths are the same everywhere."""
    program = environment.find_chromium()
    assert program, "没有找到 Chromium，请运行 make test"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-background-networking", "--no-first-run"],
            env={**os.environ, "FONTCONFIG_FILE": str(fonts.fontconfig_file())},
        )
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Opens pages in a context of their own; no visit may leave the site or complain."""
    visits: list[Visit] = []

    def start(**options: Any) -> Visit:
        visits.append(Visit(browser.new_context(**options).new_page(), address))
        return visits[-1]

    yield start
    for one in visits:
        one.page.context.close()
        assert not one.foreign
        assert not one.complaints
