"""The finished sites, projects to spoil, and a browser; each is made once and only if asked for."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from subprocess import CompletedProcess
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

import forked
import sampling
from evalpress import pdf
from evalpress import site as sites
from evalpress.commands import _releasing
from evalpress.pdf.pool import make_pool
from evalpress.settings import Settings
from evalpress.setup import browser as browsers
from evalpress.typefaces import private
from projects import (
    DEMONSTRATION,
    Finished,
    Project,
    finish,
    has_demonstration,
    make_configured_project,
    make_plain_project,
    make_project,
    make_small_project,
    take_printed,
)
from serving import serving
from visits import Visit
from waiting import CEILING

SITE = "finished"  # the fixture that takes longest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line(f"{sampling.VARIABLE}={sampling.NAME}")


def pytest_xdist_auto_num_workers() -> int:
    """One more than cores: a third of the time a worker waits for a page, a build or another."""
    return len(os.sched_getaffinity(0)) + 1


def pytest_collection() -> None:
    gc.disable()


def pytest_collection_finish() -> None:
    """What was collected stays to the end, and rubbish is looked for in what came later."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(tryfirst=True)  # before -m looks at the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, those about the finished site and those with slow tests,
    so that no process ends long after the others; in each file, let the quick tests speak first."""
    of_site = {item.path for item in items if _asks_for_site(item)}
    slow = {item.path for item in items if _is_slow(item)}
    items.sort(key=lambda i: (i.path not in of_site, i.path not in slow, i.path, _is_slow(i)))
    _mark_demonstration(items)


def _mark_demonstration(items: list[pytest.Item]) -> None:
    """What is about the demonstration data has nothing to say where data/ holds others."""
    absent = not has_demonstration()
    skipped = pytest.mark.skip(reason=f"data/regions.yml has no region {DEMONSTRATION}")
    for item in items:
        if _asks_for_site(item):
            item.add_marker("demonstration")
        if absent and item.get_closest_marker("demonstration"):
            item.add_marker(skipped)


def _asks_for_site(item: pytest.Item) -> bool:
    return SITE in getattr(item, "fixturenames", ())


def _is_slow(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is not None


# --- finished sites ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def pdf_cache(request: pytest.FixtureRequest) -> Path:
    """Printed reports of earlier runs: each is named by a hash of all that shapes it."""
    cache = request.config.cache
    assert cache is not None
    return Path(cache.mkdir("evalpress-pdf"))


@pytest.fixture(scope="session")
def finished(shared: Path, pdf_cache: Path) -> Finished:
    """The site of the demonstration data; who asks for it is marked as being about them."""
    take_printed(pdf_cache / "project")
    return finish(shared / "project", make_project, pdf_cache)


@pytest.fixture(scope="session")
def finished_small(shared: Path, pdf_cache: Path) -> Finished:
    return finish(shared / "small", make_small_project, pdf_cache)


@pytest.fixture(scope="session")
def configured(shared: Path, pdf_cache: Path) -> Finished:
    """A site that says all of itself that one can, at an address of its own."""
    return finish(shared / "configured", make_configured_project, pdf_cache)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder of this run that all its processes share."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture
def small(tmp_path: Path) -> Project:
    """A small project without PDFs, to spoil."""
    return make_plain_project(tmp_path)


@pytest.fixture(scope="session")
def finished_plain(shared: Path) -> Finished:
    return finish(shared / "plain", make_plain_project)


@pytest.fixture
def small_with_site(finished_plain: Finished, tmp_path: Path) -> Project:
    """The same with its site and all that the build left, in a folder of its own, to spoil."""
    return finished_plain.copied(tmp_path)


@pytest.fixture
def forked_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The builds of verbs that publish are forked as well; `test_sealing.py` runs real ones."""

    def run(command: list[str], env: dict[str, str], check: bool) -> CompletedProcess[str]:
        assert command[:2] == [sys.executable, "-m"] and not check
        code, said = forked.run(tuple(command[2:]), Path.cwd(), env)
        print(said, file=sys.stderr)
        return CompletedProcess(command, code)

    monkeypatch.setattr(_releasing, "subprocess", SimpleNamespace(run=run))


@pytest.fixture(scope="session")
def pool() -> Iterator[Executor]:
    """One worker process that prints."""
    with make_pool(1) as one:
        yield one


@pytest.fixture
def one_pool(pool: Executor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this process prints, that one worker prints."""
    monkeypatch.setattr(pdf.Press, "_pool", lambda press, most: pool)


# --- the browser --------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def address(finished: Finished) -> Iterator[str]:
    """The address at which the finished site is served."""
    with serving(finished.site) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium with the private fonts, so that widths are the same everywhere."""
    program = browsers.find_chromium()
    assert program, "没有找到 Chromium，请运行 make test"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-background-networking", "--no-first-run"],
            env={**os.environ, "FONTCONFIG_FILE": str(private.fontconfig_file())},
        )
        _be_patient(running)
        yield running
        running.close()


def _be_patient(browser: Browser) -> None:
    """Playwright's own limits are for quick machines; here one ceiling holds for every wait."""
    expect.set_options(timeout=CEILING * 1000)

    def patient(open_one: Callable[..., Any]) -> Callable[..., Any]:
        def opened(**options: Any) -> Any:
            one = open_one(**options)
            one.set_default_timeout(CEILING * 1000)
            return one

        return opened

    browser.new_context = patient(browser.new_context)  # type: ignore[method-assign]
    browser.new_page = patient(browser.new_page)  # type: ignore[method-assign]


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


@pytest.fixture(scope="session")
def pages_made(finished: Finished) -> sites.Site:
    """The finished site as its pages were written and its files exported."""
    folder = finished.project.folder
    made = sites.make(Settings(), folder, folder / "docs")
    made.export()
    return made


@pytest.fixture(scope="session")
def jobs(pages_made: sites.Site) -> dict[str, pdf.PrintJob]:
    """What the build printed, by the report's name."""
    return {p.report.key.name: pages_made._job(p, "") for p in pages_made.pages if p.report}
