"""The browser of the tests: where it is, and how it comes to a machine that has none."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from evalpress.setup.needs import Need, say
from evalpress.setup.system import distribution_id, is_root

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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
    downloaded = map(str, sorted(home.glob(DOWNLOADED_BROWSER), reverse=True))
    return next(filter(None, map(which, BROWSERS)), None) or next(downloaded, None)


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
    return [Need("Chromium 浏览器（只有测试用到）", "chromium")]


def add_ubuntu_browser(root: Path) -> None:
    """As root on Ubuntu, let Playwright fetch the Chromium that is still missing."""
    if is_root() and distribution_id() == "ubuntu" and not find_chromium():
        say(shlex.join(UBUNTU_BROWSER))
        subprocess.run(UBUNTU_BROWSER, cwd=root)
