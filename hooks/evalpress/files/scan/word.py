"""A DOCX -> its lines, comments, revisions and hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalpress.files.scan.found import Gathered
from evalpress.files.scan.office import Package, read_package, refuse_pictures
from evalpress.files.scan.readers import reader
from evalpress.files.scan.xml import Event

_REVISIONS = frozenset(
    ["ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "tcPrChange",
     "trPrChange", "sectPrChange", "cellIns", "cellDel"]
)  # fmt: skip
_WORD_PARTS = r"word/(?:[^/]+|charts/[^/]+|diagrams/data[^/]*|glossary/document)\.xml"
_NO_WORD_TEXT = re.compile(r"word/(?:styles|settings|fontTable|webSettings|numbering|theme).*")


@reader("docx")
def _read_docx(content: bytes, into: Gathered) -> None:
    package = Package(content)
    read_package(package, into)
    for name in package.matching(_WORD_PARTS):
        if not _NO_WORD_TEXT.match(name):
            part = "comment" if re.match(r"word/comments\w*\.xml", name) else "text"
            _WordText(into, part).read(package.xml(name))
    refuse_pictures(into)


class _WordText:
    """Reads the text of one part: a line for each paragraph or table row, cells between tabs."""

    def __init__(self, into: Gathered, part: str) -> None:
        self.into, self.part = into, part
        self.line: list[str] = []
        self.cells = self.fallbacks = self.number = 0
        self.taking = self.vanished = False

    def read(self, events: Iterator[Event]) -> None:
        for event, name, attributes in events:
            if event == "<":
                self._start(name, attributes)
            elif event == ">":
                self._end(name)
            elif self.taking and not self.fallbacks:
                self.line.append(name)
                if self.vanished and name.strip():
                    self.into.hide("hidden_text", name)
        self._break()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.taking = name in ("t", "delText", "v")
        if name in ("tab", "br", "cr"):
            self.line.append("\t" if name == "tab" else " ")
        elif name == "tc":
            self.cells += 1
        elif name == "Fallback":
            self.fallbacks += 1
        elif name == "r":
            self.vanished = False
        elif name == "vanish":
            self.vanished = attributes.get("val", "1") not in ("0", "false", "off")
        elif name == "comment":
            self.into.hide("comments", attributes.get("author", ""))
        elif name in _REVISIONS and "author" in attributes:
            self.into.hide("revisions", attributes["author"])

    def _end(self, name: str) -> None:
        self.taking = False
        if name == "tc":
            self.cells -= 1
            self.line.append("\t")
        elif name == "Fallback":
            self.fallbacks -= 1
        elif name == "r":
            self.vanished = False
        elif name == "p" and self.cells:
            self.line.append(" ")
        elif name in ("p", "tr", "v") and not self.cells:
            self._break()

    def _break(self) -> None:
        self.number += 1
        self.into.say(self.part, "".join(self.line), number=self.number)
        self.line.clear()
