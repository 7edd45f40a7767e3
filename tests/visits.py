"""A visit to the finished site: a page in a browser that remembers what it asked and complained."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": STANDARDS, "resultTypes": ["violations"]}
# Every press of a finger or a mouse button is counted, from page to page.
COUNTED = """addEventListener("pointerdown", ({ isTrusted }) => {
  if (isTrusted) sessionStorage.setItem("taps", Number(sessionStorage.getItem("taps")) + 1);
}, true)"""
HEADER_BOX = "[data-ep-search] input"


@dataclass
class Visit:
    """A page in a browser with everything that it asked for and complained of."""

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda said: said.type == "error" and self._complain(said))
        self.page.add_init_script(COUNTED)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _complain(self, said: Any) -> None:
        """That the missing page is missing, or one above it, is no fault."""
        asked = said.location.get("url")
        if not asked or not self.page.url.startswith(asked):
            self.complaints.append(said.text)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    @property
    def taps(self) -> int:
        """How often the reader has tapped or clicked so far, on this page and those before it."""
        return int(self.page.evaluate("sessionStorage.getItem('taps')") or 0)

    @property
    def foreign(self) -> list[str]:
        local = (self.address, "data:", "blob:")
        return [url for url in self.asked if not url.startswith(local)]
