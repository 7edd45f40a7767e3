"""A file beside a report -> what it says and what it hides: text, authors, comments, revisions.

Nothing in a file is executed or fetched, and a file that is damaged, encrypted, only pictures, of
an unknown kind or beyond the limits gives a Scan with `readable=False` and the reason.
"""

from __future__ import annotations

import contextlib
import io
import logging
import posixpath
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers import expat

import pikepdf
import pypdf
from PIL import Image
from pypdf.errors import LimitReachedError

MAX_BYTES = 100_000_000
MAX_UNPACKED = 80_000_000
MAX_XML = 25_000_000
MAX_TEXT = 20_000_000
MAX_PARTS = 5_000
MAX_PAGES = 3_000
MAX_PAGE_CONTENT = 8_000_000
MAX_OPERATORS = 3_000_000
MAX_FORMS = 4_000
MAX_DEPTH = 2
MAX_INNER = 20
MAX_MISSING = 200  # empty cells before one of a sheet


@dataclass(frozen=True)
class Passage:
    """Text of one part of a file: a page, a row of the sheet `name`, a comment, a property."""

    part: str
    text: str
    name: str = ""
    number: int = 0


@dataclass(frozen=True)
class Property:
    """Metadata that tell about a person, a device or a place; `evalpress clean` removes them."""

    name: str
    value: str


@dataclass(frozen=True)
class Hidden:
    """What readers may not see at once and people must decide about: comments, hidden sheets."""

    kind: str
    names: tuple[str, ...] = ()
    count: int = 1


@dataclass(frozen=True)
class Scan:
    """What a file holds; `reason` and `detail` say why it could not be read."""

    kind: str
    texts: tuple[Passage, ...] = ()
    properties: tuple[Property, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    readable: bool = True
    reason: str = ""
    detail: str = ""


class Unreadable(Exception):
    """Why a file cannot be read: damaged, encrypted, format, too_large, pictures."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


def scan(path: Path) -> Scan:
    """Everything that a file holds; a file that cannot be read gives a Scan that says so."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return Scan("unknown", readable=False, reason="too_large")
        return scan_content(path.read_bytes())
    except OSError as error:
        return Scan("unknown", readable=False, reason="damaged", detail=str(error.strerror))


def scan_content(content: bytes, depth: int = 0) -> Scan:
    """The same for a file's content; `depth` counts the files around it."""
    kind = kind_of(content)
    if not content.strip():
        return Scan(kind, readable=False, reason="empty")
    reader = _READERS.get(kind)
    if reader is None:
        return Scan(kind, readable=False, reason="encrypted" if kind == "locked" else "format")
    gathered = _Gathered(kind, depth)
    try:
        reader(content, gathered)
    except Unreadable as refusal:
        return gathered.scan(refusal)
    except (MemoryError, LimitReachedError):
        return gathered.scan(Unreadable("too_large"))
    except Exception as error:  # a parser's own errors are no closed list
        return gathered.scan(Unreadable("damaged", type(error).__name__))
    return gathered.scan()


class _Gathered:
    """What has been found in a file so far."""

    def __init__(self, kind: str, depth: int) -> None:
        self.kind, self.depth = kind, depth
        self.texts: list[Passage] = []
        self.properties: dict[Property, None] = {}
        self.hidden: dict[str, list[str]] = {}
        self.length = self.inner = 0

    def weigh(self, length: int) -> None:
        """Count text; a small file can refer to the same text a million times."""
        self.length += length
        if self.length > MAX_TEXT:
            raise Unreadable("too_large")

    def say(self, part: str, text: str, name: str = "", number: int = 0) -> None:
        self.weigh(len(text))
        if text.strip():
            self.texts.append(Passage(part, text, name, number))

    def tell(self, name: str, value: str) -> None:
        if value.strip():
            self.properties[Property(name, value.strip()[:200])] = None

    def hide(self, kind: str, name: str = "") -> None:
        self.hidden.setdefault(kind, []).append(name.strip()[:200])

    def add(self, other: Scan, name: str) -> None:
        """Take over what a file inside this one holds."""
        self.weigh(sum(len(t.text) for t in other.texts))
        self.texts += (Passage(t.part, t.text, t.name or name, t.number) for t in other.texts)
        self.properties.update(dict.fromkeys(other.properties))
        for hidden in other.hidden:
            self.hidden.setdefault(hidden.kind, []).extend(hidden.names or ("",))
        if not other.readable:
            self.hide("unread_part", name)

    def scan(self, refusal: Unreadable | None = None) -> Scan:
        hidden = tuple(
            Hidden(kind, tuple(dict.fromkeys(filter(None, names))), len(names))
            for kind, names in self.hidden.items()
        )
        found = (self.kind, tuple(self.texts), tuple(self.properties), hidden)
        return Scan(*found, False, refusal.reason, refusal.detail) if refusal else Scan(*found)


# --- kinds --------------------------------------------------------------------------------------

_MAGIC = {
    b"%PDF-": "pdf",
    b"\xff\xd8\xff": "image",
    b"\x89PNG\r\n": "image",
    b"GIF8": "image",
    b"II*\0": "image",
    b"MM\0*": "image",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_NAME = "EncryptedPackage".encode("utf-16-le")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def kind_of(content: bytes) -> str:
    """What a file is by its content; its name may lie: pdf, docx, xlsx, image, text, ole …"""
    for magic, kind in _MAGIC.items():
        if content.startswith(magic):
            return kind
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image"
    if content.startswith(_OLE):
        return "locked" if _LOCKED_NAME in content else "ole"
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    return "text" if _decoded(content) is not None else "unknown"


def _kind_of_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "zip"
    known = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
    return next((kind for name, kind in known.items() if name in names), "zip")


def _decoded(content: bytes) -> str | None:
    """The text of a plain text file; None for anything else."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            return None if _CONTROL.search(text) else text
    return None


def _read_text(content: bytes, into: _Gathered) -> None:
    text = _decoded(content) or ""
    for number, line in enumerate(text.splitlines(), 1):
        into.say("line", line, number=number)


# --- XML ----------------------------------------------------------------------------------------

Event = tuple[str, str, dict[str, str]]


def read_xml(stream: BinaryIO, limit: int = MAX_XML) -> Iterator[Event]:
    """The events of an XML file: ("<", name, attributes), (">", name, {}), ("", text, {}).

    Names are without namespaces. A document type is refused: no office file has one, and entities
    need one.
    """
    pending: list[Event] = []
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, found: pending.append(
        ("<", _local(name), {_local(key): value for key, value in found.items()})
    )
    parser.EndElementHandler = lambda name: pending.append((">", _local(name), {}))
    parser.CharacterDataHandler = lambda text: pending.append(("", text, {}))
    parser.StartDoctypeDeclHandler = _refuse_doctype
    read = 0
    while chunk := stream.read(65536):
        read += len(chunk)
        if read > limit:
            raise Unreadable("too_large")
        parser.Parse(chunk, False)
        yield from pending
        pending.clear()
    parser.Parse(b"", True)
    yield from pending


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _refuse_doctype(*_: object) -> None:
    raise Unreadable("damaged", "DOCTYPE")


# --- office files -------------------------------------------------------------------------------


class _Package:
    """The parts of an office file, unpacked within the limits."""

    def __init__(self, content: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        entries = self.archive.infolist()
        if len(entries) > MAX_PARTS or sum(e.file_size for e in entries) > MAX_UNPACKED:
            raise Unreadable("too_large")
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable("encrypted")
        self.names = [entry.filename for entry in entries]

    def xml(self, name: str) -> Iterator[Event]:
        """The events of a part; none where there is no such part."""
        if name in self.names:
            with self.archive.open(name) as stream:
                yield from read_xml(stream)  # type: ignore[arg-type]

    def content(self, name: str) -> bytes:
        with self.archive.open(name) as stream:
            return stream.read(MAX_UNPACKED)

    def matching(self, pattern: str) -> list[str]:
        return [name for name in self.names if re.fullmatch(pattern, name)]


_CORE = {"creator": "author", "lastModifiedBy": "last_modified_by"}
_APP = {"Company": "company", "Manager": "manager", "HyperlinkBase": "path"}
_HARMLESS_CUSTOM = re.compile(r"KSOProductBuildVer|ICV|ContentTypeId|_dlc_|MSIP_Label.*Enabled")
_EMBEDDED = r"(?:word|xl|ppt)/embeddings/[^/]+"
_MEDIA = r"(?:word|xl|ppt)/media/[^/]+"


def _read_package(package: _Package, into: _Gathered) -> None:
    """What office files have in common: properties, pictures, embedded files, links, macros."""
    _read_properties(package, into)
    for name in package.matching(_EMBEDDED):
        into.hide("embedded", posixpath.basename(name))
        _read_inner(package.content(name), posixpath.basename(name), into)
    for name in package.matching(_MEDIA):
        _read_media(package.content(name), posixpath.basename(name), into)
    for name in package.matching(r"(?:word|xl|ppt)/vbaProject\.bin"):
        into.hide("macros", posixpath.basename(name))
    for name in package.matching(r".*\.rels"):
        _read_links(package, name, into)


def _read_media(content: bytes, name: str, into: _Gathered) -> None:
    """A picture inside an office file; what stands in a large one cannot be read."""
    for found in scan_content(content, MAX_DEPTH).properties:
        into.tell(found.name, found.value)
    if _is_large(content):
        into.hide("picture", name)


def _is_large(content: bytes) -> bool:
    """True for a picture that can hold text: by its pixels, or by its bytes where it is drawn."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content)) as picture:
                return picture.width * picture.height >= _PICTURE_PIXELS
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return len(content) > _DRAWN_BYTES


def _refuse_pictures(into: _Gathered) -> None:
    """An office file that shows pictures and says nothing is a scan."""
    if "picture" in into.hidden and sum(len(text.text) for text in into.texts) < _FEW_SIGNS:
        raise Unreadable("pictures")


def _read_inner(content: bytes, name: str, into: _Gathered) -> None:
    into.inner += 1
    if into.depth + 1 >= MAX_DEPTH or into.inner > MAX_INNER:
        into.hide("unread_part", name)
    else:
        into.add(scan_content(content, into.depth + 1), name)


def _read_properties(package: _Package, into: _Gathered) -> None:
    for name, known in (("docProps/core.xml", _CORE), ("docProps/app.xml", _APP)):
        for element, value in _leaves(package.xml(name)):
            if element in known:
                into.tell(known[element], value)
            elif element in ("title", "subject", "keywords", "description", "category"):
                into.say("property", value, element)
            elif element == "Template" and not value.startswith(("Normal", "WPS")):
                into.tell("template", value)
    property_name = ""
    for event, name, attributes in package.xml("docProps/custom.xml"):
        if event == "<" and name == "property":
            property_name = attributes.get("name", "")
        elif event == "" and not _HARMLESS_CUSTOM.match(property_name):
            into.tell("custom", f"{property_name}={name}")


def _leaves(events: Iterator[Event]) -> Iterator[tuple[str, str]]:
    """Element and text, for every element with text of its own."""
    open_elements: list[str] = []
    for event, name, _ in events:
        if event == "<":
            open_elements.append(name)
        elif event == ">":
            open_elements.pop()
        elif open_elements and name.strip():
            yield open_elements[-1], name


def _read_links(package: _Package, name: str, into: _Gathered) -> None:
    """Links to files of somebody's own computer; addresses on the web are plain to see."""
    for event, element, attributes in package.xml(name):
        if event != "<" or element != "Relationship" or attributes.get("TargetMode") != "External":
            continue
        target, use = attributes.get("Target", ""), attributes.get("Type", "")
        if use.endswith("/attachedTemplate"):
            into.tell("template", target)
        elif re.match(r"file:|[A-Za-z]:|\\\\", target) or use.endswith("/externalLinkPath"):
            into.hide("external_link", target)
        elif target.startswith("mailto:"):
            into.say("link", target)


# --- DOCX ---------------------------------------------------------------------------------------

_REVISIONS = frozenset(
    ["ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "tcPrChange",
     "trPrChange", "sectPrChange", "cellIns", "cellDel"]
)  # fmt: skip
_WORD_PARTS = r"word/(?:[^/]+|charts/[^/]+|diagrams/data[^/]*|glossary/document)\.xml"
_NO_WORD_TEXT = re.compile(r"word/(?:styles|settings|fontTable|webSettings|numbering|theme).*")


def _read_docx(content: bytes, into: _Gathered) -> None:
    package = _Package(content)
    _read_package(package, into)
    for name in package.matching(_WORD_PARTS):
        if not _NO_WORD_TEXT.match(name):
            part = "comment" if re.match(r"word/comments\w*\.xml", name) else "text"
            _WordText(into, part).read(package.xml(name))
    _refuse_pictures(into)


class _WordText:
    """Reads the text of one part: a line for each paragraph or table row, cells between tabs."""

    def __init__(self, into: _Gathered, part: str) -> None:
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


# --- XLSX ---------------------------------------------------------------------------------------

_DRAWN = r"xl/(?:drawings|charts|diagrams|externalLinks|ctrlProps)/[^/]+\.xml"
_HEADERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


def _read_xlsx(content: bytes, into: _Gathered) -> None:
    package = _Package(content)
    _read_package(package, into)
    shared = _shared_strings(package)
    sheets = _sheets(package, into)
    for part in package.matching(r"xl/(?:worksheets|chartsheets|dialogsheets)/[^/]+\.xml"):
        _Sheet(into, sheets.get(part, posixpath.basename(part)), shared).read(package.xml(part))
    _read_cell_comments(package, into)
    for part in package.matching(_DRAWN):
        for element, value in _leaves(package.xml(part)):
            if element in ("t", "v"):
                into.say("drawing", value)
    for part in package.matching(r"xl/pivotCache/[^/]+\.xml"):
        _read_pivot(package, part, into)
    _refuse_pictures(into)


def _shared_strings(package: _Package) -> list[str]:
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


def _sheets(package: _Package, into: _Gathered) -> dict[str, str]:
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

    def __init__(self, into: _Gathered, name: str, shared: list[str]) -> None:
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


def _read_cell_comments(package: _Package, into: _Gathered) -> None:
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


def _read_pivot(package: _Package, part: str, into: _Gathered) -> None:
    """A pivot table keeps a copy of its source, even of a source that has been deleted."""
    into.hide("pivot_data", posixpath.basename(part))
    values = [a["v"] for e, _, a in package.xml(part) if e == "<" and "v" in a]
    into.say("pivot", "\n".join(values))


# --- PDF ----------------------------------------------------------------------------------------

_PDF_PEOPLE = {"/Author": "author", "/Manager": "manager", "/Company": "company",
               "/LastModifiedBy": "last_modified_by", "/LastSavedBy": "last_modified_by",
               "/SourceModified": ""}  # fmt: skip
_XMP_PEOPLE = {"creator": "author", "Author": "author", "Manager": "manager", "Company": "company",
               "LastModifiedBy": "last_modified_by", "AuthorsPosition": "author",
               "CaptionWriter": "author", "rightsOwner": "author", "OwnerName": "author",
               "SerialNumber": "serial", "GPSLatitude": "gps", "DocumentAncestors": ""}  # fmt: skip
_PICTURE_PIXELS = 300_000
_FEW_SIGNS = 10
_DRAWN_BYTES = 20_000


def _read_pdf(content: bytes, into: _Gathered) -> None:
    reader = _open_pdf(content)
    if not reader.pages:
        raise Unreadable("damaged")
    if len(reader.pages) > MAX_PAGES:
        raise Unreadable("too_large")
    _read_document_info(reader, into)
    _read_catalog(reader, into)
    with _complaints() as complaints:
        budget = _Budget()
        pictures = [
            number
            for number, page in enumerate(reader.pages, 1)
            if _read_page(page, number, into, budget)
        ]
    if any("Impossible to decode" in complaint for complaint in complaints):
        raise Unreadable("damaged")
    if pictures or not any(text.part in ("page", "field") for text in into.texts):
        raise Unreadable("pictures", _number_list(pictures))


def _open_pdf(content: bytes) -> pypdf.PdfReader:
    """The file, repaired and freed of a restriction that needs no password to open."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            plain = io.BytesIO()
            pdf.save(plain, encryption=False)
    except pikepdf.PasswordError:
        raise Unreadable("encrypted") from None
    return pypdf.PdfReader(plain)


class _Budget:
    """Stops a file that would keep the reader busy for ever, or of which it would skip a part."""

    def __init__(self) -> None:
        self.operators = self.forms = 0

    def spend(self, operator: bytes, *_: object) -> None:
        self.operators += 1
        self.forms += operator == b"Do"
        if self.is_spent:
            raise Unreadable("too_large")

    @property
    def is_spent(self) -> bool:
        return self.operators > MAX_OPERATORS or self.forms > MAX_FORMS


@contextlib.contextmanager
def _complaints() -> Iterator[list[str]]:
    """What the reader says about parts that it passes over, instead of printing it."""
    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("pypdf")
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagated


def _read_document_info(reader: pypdf.PdfReader, into: _Gathered) -> None:
    for key, value in (reader.metadata or {}).items():
        name, text = _PDF_PEOPLE.get(key), str(value)
        if name:
            into.tell(name, text)
        elif key in ("/Title", "/Subject", "/Keywords"):
            into.say("property", text, key[1:].lower())
    metadata = reader.root_object.get("/Metadata")
    if metadata is not None:
        _read_xmp(metadata.get_object().get_data(), into)


def _read_xmp(content: bytes, into: _Gathered) -> None:
    """People in an XMP packet, whether they stand in elements or in attributes."""
    people: list[str] = []
    for event, name, attributes in read_xml(io.BytesIO(content.strip(b"\0 \r\n\t"))):
        if event == "<":
            people.append(_XMP_PEOPLE.get(name) or (people[-1] if people else ""))
            for key, value in attributes.items():
                if _XMP_PEOPLE.get(key):
                    into.tell(_XMP_PEOPLE[key], value)
        elif event == ">":
            people.pop()
        elif people and people[-1]:
            into.tell(people[-1], name)


def _read_catalog(reader: pypdf.PdfReader, into: _Gathered) -> None:
    """Scripts, embedded files, form fields and bookmarks."""
    for name in _scripts(reader):
        into.hide("scripts", name)
    for name, contents in reader.attachments.items():
        into.hide("embedded", name)
        for inner in contents:
            _read_inner(inner, name, into)
    for name, field in (reader.get_fields() or {}).items():
        into.say("field", f"{field.get('/V') or ''}", name)
    for title in _titles(reader.outline):
        into.say("bookmark", title)


def _scripts(reader: pypdf.PdfReader) -> Iterator[str]:
    """What runs by itself when the file is opened; going to a page does not count."""
    root = reader.root_object
    named = root.get("/Names")
    if named and "/JavaScript" in named.get_object():
        yield "JavaScript"
    action = root.get("/OpenAction")
    found = action.get_object() if action is not None else None
    if isinstance(found, dict) and found.get("/S") in ("/JavaScript", "/Launch", "/URI"):
        yield str(found["/S"]).lstrip("/")


def _titles(outline: Any) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _titles(entry)
        else:
            yield str(entry.title)


def _read_page(page: pypdf.PageObject, number: int, into: _Gathered, budget: _Budget) -> bool:
    """Gather a page's text and comments; True if the page is only a picture."""
    for annotation in page.get("/Annots") or ():
        _read_annotation(annotation.get_object(), number, into)
    contents = page.get_contents()
    length = len(contents.get_data()) if contents is not None else 0
    if length > MAX_PAGE_CONTENT:
        raise Unreadable("too_large", str(number))
    budget.forms = 0
    text = page.extract_text(visitor_operand_before=budget.spend)
    if budget.is_spent:
        raise Unreadable("too_large", str(number))
    into.say("page", text, number=number)
    return _is_picture(page, text, length, number, into)


def _is_picture(
    page: pypdf.PageObject, text: str, length: int, number: int, into: _Gathered
) -> bool:
    """True for a page that is a scan, or letters drawn as lines; a picture beside text is hidden
    from the reading."""
    signs = sum(c.isalnum() for c in text)
    unknown = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text)
    if unknown > signs:
        return True
    pictured = _has_large_picture(page)
    if signs >= _FEW_SIGNS and pictured:
        into.hide("picture", str(number))
    return signs < _FEW_SIGNS and (pictured or length > _DRAWN_BYTES)


def _read_annotation(annotation: Any, number: int, into: _Gathered) -> None:
    """A comment; links, form fields and the windows of comments are none."""
    kind = annotation.get("/Subtype")
    if kind in ("/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet"):
        return
    if kind == "/FileAttachment":
        into.hide("embedded", str(annotation.get("/Contents", "")))
    into.hide("comments", str(annotation.get("/T", "")))
    into.say("comment", str(annotation.get("/Contents", "")), number=number)


def _has_large_picture(page: pypdf.PageObject) -> bool:
    return any(_large_pictures(page.get("/Resources"), 0))


def _large_pictures(resources: Any, depth: int) -> Iterator[bool]:
    held = resources.get_object().get("/XObject") if resources and depth < 4 else None
    for entry in (held.get_object() if held else {}).values():
        drawn = entry.get_object()
        if drawn.get("/Subtype") == "/Image":
            yield int(drawn.get("/Width", 0)) * int(drawn.get("/Height", 0)) >= _PICTURE_PIXELS
        elif drawn.get("/Subtype") == "/Form":
            yield from _large_pictures(drawn.get("/Resources"), depth + 1)


def _number_list(numbers: list[int]) -> str:
    shown = "、".join(map(str, numbers[:10]))
    return f"{shown}…" if len(numbers) > 10 else shown


# --- pictures -----------------------------------------------------------------------------------

_EXIF = {0x013B: "author", 0x8298: "author", 0x9C9D: "author", 0x013C: "device"}
_EXIF_MORE = {0xA430: "author", 0xA431: "serial", 0xA435: "serial", 0xA420: "serial"}
_EXIF_TEXTS = (0x010E, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F)
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_PNG_PEOPLE = re.compile(r"author|artist|creator|copyright", re.IGNORECASE)


def _read_image(content: bytes, into: _Gathered) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(content)) as picture:
            _read_exif(picture.getexif(), into)
            _read_picture_info(picture.info, into)


def _read_exif(exif: Image.Exif, into: _Gathered) -> None:
    inner = exif.get_ifd(_EXIF_IFD)
    for known, values in ((_EXIF, exif), (_EXIF_MORE, inner)):
        for tag, name in known.items():
            into.tell(name, _exif_text(values.get(tag)))
    if exif.get_ifd(_GPS_IFD):
        into.tell("gps", "GPS")
    for tag in _EXIF_TEXTS:
        into.say("property", _exif_text(exif.get(tag)), "exif")


def _exif_text(value: Any) -> str:
    if isinstance(value, bytes):  # Windows writes its own tags in UTF-16
        value = value.decode("utf-16-le", "replace")
    return str(value or "").replace("\0", "").strip()


def _read_picture_info(info: dict[Any, Any], into: _Gathered) -> None:
    for key, value in info.items():
        if key in ("xmp", "XML:com.adobe.xmp"):
            with contextlib.suppress(expat.ExpatError, Unreadable):
                _read_xmp(value.encode() if isinstance(value, str) else bytes(value), into)
        elif key == "comment":
            into.say("property", value.decode("utf-8", "replace"), "comment")
        elif isinstance(value, str) and isinstance(key, str):
            if _PNG_PEOPLE.search(key):
                into.tell("author", value)
            else:
                into.say("property", value, key)


_READERS: dict[str, Callable[[bytes, _Gathered], None]] = {
    "pdf": _read_pdf,
    "docx": _read_docx,
    "xlsx": _read_xlsx,
    "image": _read_image,
    "text": _read_text,
}
