"""The browser of the tests: which is taken, and what is said where none is."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.setup import browser
from setup.machines import which_knows


@pytest.mark.parametrize("name", browser.BROWSERS)
def test_every_usual_browser_name_is_found(name: str) -> None:
    assert browser.find_chromium({}, which_knows(f"/usr/bin/{name}")) == f"/usr/bin/{name}"


def test_browser_fetched_by_playwright_is_found(tmp_path: Path) -> None:
    chrome = tmp_path / ".cache/ms-playwright/chromium-1200/chrome-linux64/chrome"
    chrome.parent.mkdir(parents=True)
    chrome.touch()
    assert browser.find_chromium({"HOME": str(tmp_path)}, which_knows()) == str(chrome)


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
    assert debian.package == "chromium"
    assert ubuntu.package == ""
    assert "playwright install --with-deps chromium" in ubuntu.what
