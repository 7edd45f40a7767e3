"""An XLSX -> its rows as Excel shows them, in the workbook's order; comments, and what is hidden:
sheets, rows, columns, cells below others, texts in the colour of their ground."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from xml.etree.ElementTree import Element

from openpyxl.utils.cell import range_boundaries

from evalpress.files.excel_values import plain, shown
from evalpress.files.scan.cell_styles import CellStyles
from evalpress.files.scan.found import Gathered
from evalpress.files.scan.office import (
    read_parts,
    read_shapes,
    refuse_pictures,
    say_texts,
    shown_name,
)
from evalpress.files.scan.packages import Package
from evalpress.files.scan.readers import reader
from evalpress.files.scan.xml import Event

MAX_MISSING = 200  # empty cells before one of a sheet

_LOW_ROW, _NARROW_COLUMN = 1.5, 0.4  # points; characters
_LONG = 7  # digits; a shorter number is nobody's telephone
_TYPED = 8  # digits; more are what a program computed
_FEW = 3  # digits; fewer say nothing by themselves

_HEADERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_SHEETS = ("worksheet", "chartsheet", "dialogsheet")


@reader("xlsx")
def _read_xlsx(content: bytes, into: Gathered) -> None:
    package = Package(content)
    main = package.main
    styles = _cell_styles(package, main)
    book = _Book(package.tree(main), into)
    shared = _Strings(package, main, into)
    done = {main, *_sheets(package, main, book, into, shared, styles)}
    shared.say_unused()
    read_parts(package, _READERS, into, done)
    refuse_pictures(into)


class _Book:
    """The workbook itself: its sheets in order, and what it says about people and places."""

    def __init__(self, root: Element, into: Gathered) -> None:
        properties = root.find("workbookPr")
        self.date_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self.sheets: list[tuple[str, str]] = []
        for element in root.iter():
            self._read(element, into)

    def _read(self, element: Element, into: Gathered) -> None:
        name, title = element.tag, element.get("name", "")
        if name == "sheet":
            self.sheets.append((element.get("id", ""), title))
            into.say("internal", title if _TELLS_MORE.search(title) else "")
            if element.get("state") in ("hidden", "veryHidden"):
                into.hide("hidden_sheet", title)
        elif name == "definedName":
            into.say("defined_name", f"{title}\t{element.text or ''}", title)
            into.say("internal", element.get("comment", ""))
        elif name in ("fileSharing", "customWorkbookView"):
            into.tell("author", element.get("userName") or title)


# The name of a sheet that may be more than one: “王伟13812345678”, “支出19.84万元” match; “Sheet1”
# does not.
_TELLS_MORE = re.compile(r"\d{7}|\d[.,]\d|\d[万亿元%]|人[：:]?|姓名")


def _cell_styles(package: Package, main: str) -> CellStyles:
    names = package.used_as("styles", by=main)
    return CellStyles(package.tree(names[0]) if names else None)


def _sheets(
    package: Package, main: str, book: _Book, into: Gathered, shared: _Strings, styles: CellStyles
) -> Iterator[str]:
    """Read the sheets in the workbook's order; a sheet that it does not list is hidden."""
    targets = {link.id: link.target for link in package.links(main)}
    listed = [(targets.get(id_, ""), name) for id_, name in book.sheets]
    own = package.used_as(*_SHEETS)
    lost = [(part, shown_name(package, part)) for part in own if part not in dict(listed)]
    for _, name in lost:
        into.hide("hidden_sheet", name)
    for part, name in [*listed, *lost]:
        if part in own:
            _Sheet(into, name, shared, styles, book.date_1904).read(package.events(part))
            yield part
        else:
            into.miss(name)


class _Strings:
    """The texts that cells share, without phonetic guides."""

    def __init__(self, package: Package, main: str, into: Gathered) -> None:
        self.into, self.texts = into, list[list[str]]()
        self.used: set[int] = set()
        for part in package.used_as("sharedStrings", by=main):
            self._read(package.events(part))

    def _read(self, events: Iterator[Event]) -> None:
        taking = phonetic = False
        for event, name, _ in events:
            if event == "<":
                taking = name == "t"
                phonetic = phonetic or name == "rPh"
                if name == "si":
                    self.texts.append([])
            elif event == ">":
                taking = False
                phonetic = phonetic and name != "rPh"
            elif phonetic or not taking:
                self.into.say("internal", name)
            elif self.texts:
                self.texts[-1].append(name)

    def take(self, index: int) -> str:
        """The text with this number; "" where there is none."""
        self.used.add(index)
        return "".join(self.texts[index]) if index < len(self.texts) else ""

    def say_unused(self) -> None:
        """Texts that no cell shows any more are still in the file."""
        for index, parts in enumerate(self.texts):
            if index not in self.used:
                self.into.say("internal", "".join(parts))


class _Sheet:
    """Reads one sheet: a passage for each row, cells between tabs."""

    def __init__(
        self, into: Gathered, name: str, shared: _Strings, styles: CellStyles, date_1904: bool
    ) -> None:
        self.into, self.name, self.shared = into, name, shared
        self.styles, self.date_1904 = styles, date_1904
        self.row: list[str] = []
        self.exact: list[str] = []
        self.number = self.column = self.style = 0
        self.kind = self.element = ""
        self.is_phonetic = False
        self.formatted = ""  # the cells that conditional formats are about
        self.value: list[str] = []
        self.filled: dict[int, list[int]] = {}

    def read(self, events: Iterator[Event]) -> None:
        for event, name, attributes in events:
            if event == "<":
                self._start(name, attributes)
            elif event == ">":
                self._end(name)
            elif self.element in ("v", "t"):
                if self.is_phonetic:
                    self.into.say("internal", name)
                else:
                    self.value.append(name)
            elif self.element in _HEADERS:
                self.into.say("header", name, self.name)
            elif name.strip():
                self._aside(name)

    def _aside(self, text: str) -> None:
        """Formulas and the lists of permitted values: what stands in quotes is a text, and what was
        typed in is a number."""
        if self.element in ("f", "formula", "formula1", "formula2"):
            for quoted in re.findall(r'"([^"]{2,})"', text):
                self.into.say("formula", quoted, self.name)
            for typed in _IN_FORMULA.findall(text) if self.element == "f" else ():
                self.into.say("formula", typed if _significant(typed) >= _FEW else "", self.name)
        else:
            self.into.say("internal", text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.element = name
        if name == "c":
            self.kind, self.value = attributes.get("t", "n"), []
            self.style = _whole(attributes.get("s", ""))
            self._leave_out(attributes.get("r", ""))
        elif name == "row":
            self._start_row(attributes)
        elif name == "rPh":
            self.is_phonetic = True
        elif handle := _ASIDES.get(name):
            handle(self, attributes)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.row, self.exact = [], []
        self.number = _whole(attributes.get("r", "")) or self.number + 1
        if _is_on(attributes, "hidden") or _decimal(attributes.get("ht", "99")) < _LOW_ROW:
            self.into.hide("hidden_row", self.name)

    def _columns(self, attributes: dict[str, str]) -> None:
        if _is_on(attributes, "hidden") or _decimal(attributes.get("width", "9")) < _NARROW_COLUMN:
            self.into.hide("hidden_column", self.name)

    def _defaults(self, attributes: dict[str, str]) -> None:
        if _is_on(attributes, "zeroHeight"):
            self.into.hide("hidden_row", self.name)

    def _merged(self, attributes: dict[str, str]) -> None:
        """Of merged cells the first is shown; the others may still hold something."""
        try:
            bounds = range_boundaries(attributes.get("ref", ""))
            left, top, right, bottom = (bound or 0 for bound in bounds)
        except ValueError:
            return
        rows = range(top, bottom + 1) if bottom - top < len(self.filled) else list(self.filled)
        self.into.weigh(len(rows))
        if any(
            left <= column <= right and (row, column) != (top, left)
            for row in rows
            for column in (self.filled.get(row, ()) if top <= row <= bottom else ())
        ):
            self.into.hide("hidden_text", f"{self.name} {attributes['ref']}")

    def _conditional(self, attributes: dict[str, str]) -> None:
        self.formatted = attributes.get("sqref", "")

    def _condition(self, attributes: dict[str, str]) -> None:
        if self.styles.hides(attributes.get("dxfId", "")):
            self.into.hide("conditional_format", f"{self.name} {self.formatted}")

    def _drawn_value(self, attributes: dict[str, str]) -> None:
        """Bars and signs in cells, which may stand there instead of the value."""
        if attributes.get("showValue") in ("0", "false"):
            self.into.hide("conditional_format", f"{self.name} {self.formatted}")

    def _validation(self, attributes: dict[str, str]) -> None:
        for key in ("promptTitle", "prompt", "errorTitle", "error"):
            self.into.say("internal", attributes.get(key, ""))

    def _scenario(self, attributes: dict[str, str]) -> None:
        self.into.hide("hidden_text", attributes.get("name", ""))
        self.into.tell("author", attributes.get("user", ""))
        self.into.say("internal", attributes.get("comment", ""))

    def _scenario_value(self, attributes: dict[str, str]) -> None:
        self.into.say("internal", attributes.get("val", ""))

    def _property(self, attributes: dict[str, str]) -> None:
        self.into.hide("custom_xml", attributes.get("name", ""))

    def _name(self, attributes: dict[str, str]) -> None:
        """Names that only the lists of Excel show."""
        for key in ("codeName", "name"):
            self.into.say("internal", attributes.get(key, ""))

    def _hyperlink(self, attributes: dict[str, str]) -> None:
        for key in ("location", "tooltip", "display"):
            self.into.say("link", attributes.get(key, ""))

    def _leave_out(self, cell: str) -> None:
        """Empty cells may be left out of the file; each still has its column."""
        missing = _column(cell) - 1 - len(self.row)
        if 0 < missing <= MAX_MISSING:
            self.row += [""] * missing
        self.column = _column(cell) or len(self.row) + 1

    def _end(self, name: str) -> None:
        self.element = ""
        if name == "c":
            self._end_cell()
        elif name == "row":
            self.into.say("row", "\t".join(self.row), self.name, self.number)
            self.into.say("value", "\t".join(self.exact), self.name, self.number)
        elif name == "rPh":
            self.is_phonetic = False

    def _end_cell(self) -> None:
        text = re.sub(r"\s+", " ", self._shown("".join(self.value)))
        self.into.weigh(len(text))
        self.row.append(text)
        if self.value:
            self.filled.setdefault(self.number, []).append(self.column)
        if text.strip() and self.styles.is_hidden(self.style):
            self.into.hide("hidden_text", f"{self.name} {text}")

    def _shown(self, value: str) -> str:
        number_format = self.styles.number_format(self.style)
        if self.kind == "s":
            value = self.shared.take(_whole(value))
        if self.kind == "b":
            return shown(value in ("1", "true"))
        if self.kind in ("n", "d") and value:
            return self._shown_number(value, number_format)
        text = _unescaped(value)
        if number_format == "General" or not text.strip():
            return text
        seen = _text(text, number_format)
        if not seen.strip():
            self.into.hide("hidden_text", f"{self.name} {text}")
            self.into.say("internal", text, self.name)
        return seen

    def _shown_number(self, value: str, number_format: str) -> str:
        text = _number(value, number_format, self.date_1904)
        exact = _exact(value)
        digits = re.sub(r"\D", "", text)
        whole = exact.partition(".")[0]
        if (len(whole) >= _LONG and whole not in digits) or _shows_less(text, digits, exact):
            self.exact.append(exact)
        if not text.strip() and exact.strip("0."):
            self.into.hide("hidden_text", f"{self.name} {exact}")
        return text


# A number in a formula: “=241.75*2” matches; “=B241”, “=LOG10(2)” do not.
_IN_FORMULA = re.compile(r"(?<![A-Za-z$\d.!_])\d+(?:\.\d+)?(?![\d.A-Za-z(!:_])")
# A day or a time of the day: “2025/3/20” matches; “241.75” does not.
_DAY = re.compile(r"\d[-/:年月日时]")


def _shows_less(text: str, digits: str, exact: str) -> bool:
    """True where a format shows less of a number than somebody typed in: 241.75 as 242, or not at
    all. Days are numbers too; a day shows all of a whole one."""
    if "." not in exact and _DAY.search(text):
        return False
    return _FEW <= _significant(exact) <= _TYPED and _digits(exact) not in digits


def _digits(number: str) -> str:
    return number.lstrip("-").replace(".", "").strip("0")


def _significant(number: str) -> int:
    return len(_digits(number))


_ASIDES = {
    "col": _Sheet._columns, "sheetFormatPr": _Sheet._defaults, "mergeCell": _Sheet._merged,
    "conditionalFormatting": _Sheet._conditional, "cfRule": _Sheet._condition,
    "dataBar": _Sheet._drawn_value, "iconSet": _Sheet._drawn_value,
    "dataValidation": _Sheet._validation, "scenario": _Sheet._scenario,
    "inputCells": _Sheet._scenario_value, "customPr": _Sheet._property,
    "hyperlink": _Sheet._hyperlink, "sheetPr": _Sheet._name, "protectedRange": _Sheet._name,
}  # fmt: skip


@lru_cache(maxsize=20_000)
def _number(value: str, number_format: str, date_1904: bool) -> str:
    try:
        return shown(Decimal(value), number_format, date_1904)
    except InvalidOperation:
        return value


@lru_cache(maxsize=20_000)
def _exact(value: str) -> str:
    try:
        return plain(value)
    except ValueError:
        return value


@lru_cache(maxsize=20_000)
def _text(value: str, number_format: str) -> str:
    return shown(value, number_format)


def _unescaped(value: str) -> str:
    """`_x000D_` is how the format writes a sign that XML cannot hold."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), value)


def _is_on(attributes: dict[str, str], name: str) -> bool:
    return attributes.get(name) in ("1", "true")


def _decimal(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 99.0


def _column(cell: str) -> int:
    """The number of a cell's column from 1: 28 for AB5; 0 where it has no name."""
    number = 0
    for letter in cell.rstrip("0123456789")[:3]:
        number = number * 26 + ord(letter.upper()) - 64
    return number


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


# --- other parts --------------------------------------------------------------------------------


def _read_cell_comments(package: Package, name: str, into: Gathered) -> None:
    root = package.tree(name)
    for author in root.iter("author"):
        into.say("comment", author.text or "")
    for comment in (*root.iter("comment"), *root.iter("threadedComment")):
        into.say("comment", "".join(comment.itertext()))
        into.hide("comments")


def _read_pivot(package: Package, name: str, into: Gathered) -> None:
    """A pivot table keeps a copy of its source, even of a source that has been deleted."""
    into.hide("pivot_data", shown_name(package, name))
    root = package.tree(name)
    into.say("pivot", "\n".join(found.get("v", "") for found in root.iter() if "v" in found.attrib))
    into.tell("author", root.get("refreshedBy", ""))


def _read_names(package: Package, name: str, into: Gathered) -> None:
    """Tables, slicers and the like repeat names that the sheet shows."""
    root = package.tree(name)
    say_texts(root, into)
    keys = ("name", "displayName", "caption", "cap", "comment", "totalsRowLabel")
    for element in root.iter():
        into.say("internal", " ".join(element.get(key, "") for key in keys))


def _read_connections(package: Package, name: str, into: Gathered) -> None:
    root = package.tree(name)
    values = [value for element in root.iter() for value in element.attrib.values()]
    into.say("internal", " ".join(values))
    say_texts(root, into)
    names = [element.get("name", "") for element in root.iter() if element.get("name")]
    into.hide("connection", "、".join(names))


def _read_external(package: Package, name: str, into: Gathered) -> None:
    """A copy of what another workbook said."""
    root = package.tree(name)
    say_texts(root, into, "drawing")
    names = [element.get("val", "") for element in root.iter("sheetName")]
    into.say("internal", " ".join(names))
    targets = [link.target for link in package.links(name) if link.external]
    if not targets:
        into.hide("external_link", shown_name(package, name))


def _read_log(package: Package, name: str, into: Gathered) -> None:
    """The history of a shared workbook: who changed which cell, from what."""
    root = package.tree(name)
    people = [e.get("userName") or e.get("name") or "" for e in root.iter() if e.tag in
              ("header", "userInfo", "rcmt")]  # fmt: skip
    for person in filter(None, people):
        into.tell("author", person)
    say_texts(root, into)
    into.hide("revisions", "、".join(dict.fromkeys(people)))


def _read_cell_styles(package: Package, name: str, into: Gathered) -> None:
    root = package.tree(name)
    for element in root.iter():
        if element.tag in ("numFmt", "cellStyle", "tableStyle"):
            into.say("internal", element.get("formatCode", "") or element.get("name", ""))


def _read_strings(package: Package, name: str, into: Gathered) -> None:
    """The shared texts, which the sheets have read."""


def _read_sheet_drawing(package: Package, name: str, into: Gathered) -> None:
    root = package.tree(name)
    say_texts(root, into, "drawing")
    read_shapes(root, into)
    for shape in root.iter("sp"):
        if _covers_cells(shape):
            named = next(shape.iter("cNvPr"), None)
            into.hide("covering_shape", named.get("name", "") if named is not None else "")


def _covers_cells(shape: Element) -> bool:
    """True for a filled shape without a text of its own."""
    properties = shape.find("spPr")
    says = any((found.text or "").strip() for found in shape.iter("t"))
    if properties is None or says or properties.find("noFill") is not None:
        return False
    by_style = shape.find("style/fillRef")
    by_theme = by_style is not None and by_style.get("idx", "0") != "0"
    return properties.find("solidFill") is not None or by_theme


_READERS = {
    "comments": _read_cell_comments, "threadedComment": _read_cell_comments,
    "pivotCacheRecords": _read_pivot, "pivotCacheDefinition": _read_pivot,
    "pivotTable": _read_names, "table": _read_names, "slicer": _read_names,
    "slicerCache": _read_names, "timeline": _read_names, "timelineCache": _read_names,
    "tableSingleCells": _read_names, "namedSheetView": _read_names, "rdRichValue": _read_names,
    "connections": _read_connections, "queryTable": _read_connections, "xmlMaps": _read_connections,
    "volatileDependencies": _read_connections, "externalLink": _read_external,
    "revisionHeaders": _read_log, "revisionLog": _read_log, "usernames": _read_log,
    "styles": _read_cell_styles, "sharedStrings": _read_strings, "drawing": _read_sheet_drawing,
}  # fmt: skip
