"""An XLSX -> its rows, comments, hidden sheets, rows and columns."""

from __future__ import annotations

import contextlib
import posixpath
import re
from collections.abc import Iterator

from evalpress.files.scan.found import Gathered
from evalpress.files.scan.office import Package, read_package, refuse_pictures
from evalpress.files.scan.readers import reader
from evalpress.files.scan.xml import Event, leaves

MAX_MISSING = 200  # empty cells before one of a sheet


_DRAWN = r"xl/(?:drawings|charts|diagrams|externalLinks|ctrlProps)/[^/]+\.xml"
_HEADERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


@reader("xlsx")
def _read_xlsx(content: bytes, into: Gathered) -> None:
    package = Package(content)
    read_package(package, into)
    shared = _shared_strings(package)
    sheets = _sheets(package, into)
    for part in package.matching(r"xl/(?:worksheets|chartsheets|dialogsheets)/[^/]+\.xml"):
        _Sheet(into, sheets.get(part, posixpath.basename(part)), shared).read(package.xml(part))
    _read_cell_comments(package, into)
    for part in package.matching(_DRAWN):
        for element, value in leaves(package.xml(part)):
            if element in ("t", "v"):
                into.say("drawing", value)
    for part in package.matching(r"xl/pivotCache/[^/]+\.xml"):
        _read_pivot(package, part, into)
    refuse_pictures(into)


def _shared_strings(package: Package) -> list[str]:
    strings: list[list[str]] = []
    taking = phonetic = False
    for event, name, _ in package.xml("xl/sharedStrings.xml"):
        if event == "<":
            taking = name == "t"
            phonetic = phonetic or name == "rPh"
            if name == "si":
                strings.append([])
        elif event == ">":
            taking = False
            phonetic = phonetic and name != "rPh"
        elif taking and not phonetic and strings:
            strings[-1].append(name)
    return ["".join(parts) for parts in strings]


def _sheets(package: Package, into: Gathered) -> dict[str, str]:
    """The sheets' names by their parts; defined names and hidden sheets are gathered."""
    targets = {
        a.get("Id", ""): posixpath.normpath(posixpath.join("xl", a.get("Target", ""))).lstrip("/")
        for event, name, a in package.xml("xl/_rels/workbook.xml.rels")
        if event == "<" and name == "Relationship"
    }
    sheets: dict[str, str] = {}
    element = defined = ""
    for event, name, attributes in package.xml("xl/workbook.xml"):
        if event == "<":
            element, defined = name, attributes.get("name", "")
            if name == "sheet":
                sheets[targets.get(attributes.get("id", ""), "")] = defined
                if attributes.get("state") in ("hidden", "veryHidden"):
                    into.hide("hidden_sheet", defined)
        elif event == "" and element == "definedName":
            into.say("defined_name", f"{defined}\t{name}", defined)
    return sheets


class _Sheet:
    """Reads one sheet: a passage for each row, cells between tabs."""

    def __init__(self, into: Gathered, name: str, shared: list[str]) -> None:
        self.into, self.name, self.shared = into, name, shared
        self.row: list[str] = []
        self.number = 0
        self.kind = self.element = ""
        self.value: list[str] = []

    def read(self, events: Iterator[Event]) -> None:
        for event, name, attributes in events:
            if event == "<":
                self._start(name, attributes)
            elif event == ">":
                self._end(name)
            elif self.element in ("v", "t"):
                self.value.append(name)
            elif self.element in _HEADERS:
                self.into.say("header", name, self.name)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.element = name
        hidden = attributes.get("hidden") in ("1", "true")
        if name == "row":
            self.row = []
            self.number = _whole(attributes.get("r", "")) or self.number + 1
            if hidden:
                self.into.hide("hidden_row", self.name)
        elif name == "col" and hidden:
            self.into.hide("hidden_column", self.name)
        elif name == "c":
            self.kind, self.value = attributes.get("t", "n"), []
            self._leave_out(attributes.get("r", ""))

    def _leave_out(self, cell: str) -> None:
        """Empty cells may be left out of the file; each still has its column."""
        missing = _column(cell) - 1 - len(self.row)
        if 0 < missing <= MAX_MISSING:
            self.row += [""] * missing

    def _end(self, name: str) -> None:
        self.element = ""
        if name == "c":
            shown = self._shown()
            self.into.weigh(len(shown))
            self.row.append(re.sub(r"\s+", " ", shown))
        elif name == "row":
            self.into.say("row", "\t".join(self.row), self.name, self.number)

    def _shown(self) -> str:
        value = "".join(self.value)
        if self.kind == "s":
            index = _whole(value)
            return self.shared[index] if 0 <= index < len(self.shared) else ""
        return _plain_number(value) if self.kind == "n" else value


def _column(cell: str) -> int:
    """The number of a cell's column from 1: 28 for AB5; 0 where it has no name."""
    number = 0
    for letter in cell.rstrip("0123456789")[:3]:
        number = number * 26 + ord(letter.upper()) - 64
    return number


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _plain_number(value: str) -> str:
    """A whole number as people see it, even where the file has 1.3812345678E10."""
    if "E" in value or value.endswith(".0"):
        with contextlib.suppress(ValueError, OverflowError):
            number = float(value)
            return str(int(number)) if number.is_integer() and abs(number) < 1e19 else value
    return value


def _read_cell_comments(package: Package, into: Gathered) -> None:
    for part in package.matching(r"xl/(?:comments/?|threadedComments/)[^/]*\.xml"):
        text: list[str] = []
        for event, name, _ in package.xml(part):
            if event == "":
                text.append(name)
            elif event == ">" and name in ("comment", "threadedComment", "author"):
                into.say("comment", "".join(text))
                if name != "author":
                    into.hide("comments")
                text.clear()
    for part in package.matching(r"xl/persons/[^/]+\.xml"):
        for _, name, attributes in package.xml(part):
            if name == "person":
                into.tell("author", attributes.get("displayName", ""))


def _read_pivot(package: Package, part: str, into: Gathered) -> None:
    """A pivot table keeps a copy of its source, even of a source that has been deleted."""
    into.hide("pivot_data", posixpath.basename(part))
    values = [a["v"] for e, _, a in package.xml(part) if e == "<" and "v" in a]
    into.say("pivot", "\n".join(values))
