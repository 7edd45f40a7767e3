"""The browser of the tests: which is taken, and what is said where none is."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.setup import browser
from setup.machines import which_knows


@pytest.mark.parametrize("name", [browser.SHELL, *browser.WINDOWED])
def test_every_usual_browser_name_is_found(name: str) -> None:
    assert browser.find_chromium({}, which_knows(f"/usr/bin/{name}")) == f"/usr/bin/{name}"


def test_browser_fetched_by_playwright_is_found(tmp_path: Path) -> None:
    chrome = tmp_path / ".cache/ms-playwright/chromium-1200/chrome-linux64/chrome"
    chrome.parent.mkdir(parents=True)
    chrome.touch()
    which = which_knows(str(chrome))
    assert browser.find_chromium({"HOME": str(tmp_path)}, which) == str(chrome)


def test_the_headless_shell_stands_before_browsers_with_windows(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path)}
    every = which_knows(*(f"/usr/bin/{name}" for name in (browser.SHELL, *browser.WINDOWED)))
    assert browser.find_chromium(home, every) == f"/usr/bin/{browser.SHELL}"
    fetched = tmp_path / ".cache/ms-playwright/chromium_headless_shell-1200"
    shell = fetched / "chrome-headless-shell-linux64/chrome-headless-shell"
    shell.parent.mkdir(parents=True)
    shell.touch()
    assert browser.find_chromium(home, which_knows(str(shell), "/usr/bin/chromium")) == str(shell)


@pytest.mark.parametrize(
    ("distribution", "root", "there", "asked"),
    [
        ("debian", True, ["chromium"], True),
        ("debian", True, ["chromium-headless-shell"], False),
        ("debian", False, ["chromium"], False),
        ("ubuntu", True, ["chromium"], False),
    ],
)
def test_only_root_on_debian_adds_the_shell_to_a_browser(
    monkeypatch: pytest.MonkeyPatch, distribution: str, root: bool, there: list[str], asked: bool
) -> None:
    added: list[str] = []
    which = which_knows(*(f"/usr/bin/{name}" for name in there))
    monkeypatch.delenv("EVALPRESS_CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "distribution_id", lambda: distribution)
    monkeypatch.setattr(browser, "is_root", lambda: root)
    monkeypatch.setattr(browser.shutil, "which", which)
    monkeypatch.setattr(browser, "find_chromium", lambda: which(there[0]))
    monkeypatch.setattr(
        browser, "add_system_parts", lambda needs, folder: added.extend(n.package for n in needs)
    )
    browser.add_browser(Path("/nowhere"))
    assert added == [browser.SHELL] * asked


def test_chosen_browser_stands_before_the_others() -> None:
    which = which_knows("/opt/chrome", "/usr/bin/chromium")
    assert browser.find_chromium({"EVALPRESS_CHROMIUM": "/opt/chrome"}, which) == "/opt/chrome"


def test_wrongly_chosen_browser_is_not_replaced_by_another() -> None:
    environ = {"EVALPRESS_CHROMIUM": "/opt/gone"}
    (need,) = browser.missing_chromium("debian", environ, which_knows("/usr/bin/chromium"))
    assert "/opt/gone" in need.what
    assert need.packages() == []


def test_missing_browser_is_a_package_on_debian_and_a_download_on_ubuntu() -> None:
    (debian,) = browser.missing_chromium("debian", {}, which_knows())
    (ubuntu,) = browser.missing_chromium("ubuntu", {}, which_knows())
    assert debian.package == browser.SHELL
    assert ubuntu.package == ""
    assert "playwright install --with-deps chromium" in ubuntu.what
