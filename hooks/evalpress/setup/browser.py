"""The browser of the tests: where it is, and how it comes to a machine that has none.

The headless shell stands first: the same engine without windows, for a quarter of the work.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from evalpress.setup.needs import Need, say
from evalpress.setup.system import add_system_parts, distribution_id, is_root

SHELL = "chromium-headless-shell"  # Debian's program and its package
WINDOWED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOADED_SHELL = ".cache/ms-playwright/chromium_headless_shell-*/chrome-*linux*/*headless*shell"
DOWNLOADED_BROWSER = ".cache/ms-playwright/chromium-*/chrome-linux*/chrome"
UBUNTU_BROWSER = (".venv/bin/playwright", "install", "--with-deps", "chromium")


def find_chromium(
    environ: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
) -> str | None:
    """Return the path of a Chromium or Chrome for the browser tests, or None.

    `EVALPRESS_CHROMIUM` stands before everything else and is never silently replaced.
    """
    if chosen := environ.get("EVALPRESS_CHROMIUM"):
        return which(chosen)
    home = Path(environ.get("HOME", "/nonexistent"))
    candidates = (
        SHELL, *_downloaded(home, DOWNLOADED_SHELL), *WINDOWED,
        *_downloaded(home, DOWNLOADED_BROWSER),
    )  # fmt: skip
    return next(filter(None, map(which, candidates)), None)


def _downloaded(home: Path, pattern: str) -> list[str]:
    """What Playwright has fetched, the newest first."""
    return sorted(map(str, home.glob(pattern)), reverse=True)


def missing_chromium(
    distribution: str,
    environ: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
) -> list[Need]:
    """Return what the browser tests lack; `distribution` is an os-release ID.

    Ubuntu's own package is a snap, which containers and build servers cannot start.
    """
    if find_chromium(environ, which):
        return []
    if chosen := environ.get("EVALPRESS_CHROMIUM"):
        return [Need(f"环境变量 EVALPRESS_CHROMIUM 所指的程序 {chosen}", "")]
    if distribution == "ubuntu":
        return [Need(f"Chromium 浏览器（只有测试用到；可运行 {shlex.join(UBUNTU_BROWSER)}）", "")]
    return [
        Need("Chromium 浏览器（只有测试用到）", SHELL if distribution == "debian" else "chromium")
    ]


def add_browser(root: Path) -> None:
    """As root, fetch what the tests run best in: on Debian the headless shell, though a browser
    with windows is there; on Ubuntu, by Playwright, a browser that is still missing."""
    if not is_root() or os.environ.get("EVALPRESS_CHROMIUM"):
        return
    if distribution_id() == "debian" and not shutil.which(SHELL):
        add_system_parts([Need(SHELL, SHELL)], root)
    if distribution_id() == "ubuntu" and not find_chromium():
        say(shlex.join(UBUNTU_BROWSER))
        subprocess.run(UBUNTU_BROWSER, cwd=root)
