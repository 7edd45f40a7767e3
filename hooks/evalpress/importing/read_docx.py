"""A DOCX -> its paragraphs with their automatic numbers, and its tables, as an accepted document
shows them: insertions are in, deletions are out and told.

Text boxes, content controls, footnotes and pictures are part of what it says; python-docx's own
lists of paragraphs leave them out, so the elements are walked here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from docx import Document as open_document
from docx.document import Document as Opened
from docx.oxml.parser import parse_xml

from evalpress.files.scan import scan_content
from evalpress.files.scan.fields import field_text, is_counted, is_drawn, sign_of
from evalpress.files.word_numbering import Numbering
from evalpress.files.word_symbols import in_font
from evalpress.importing.besides import hidden_in
from evalpress.importing.intake import exact_kind, read_content, reads
from evalpress.importing.neutral import Cell, Document, Line, Part, Picture, Refusal, Told
from evalpress.importing.raised import raised
from evalpress.importing.spreadsheet import MAX_CELLS, renumbered
from evalpress.importing.style_marks import FONT, Styled, is_struck
from evalpress.wording import word

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"
_ON = frozenset(["1", "true", "on"])
_GRAPHICS = {"chart": "chart", "diagram": "drawing"}
_PARTS = ("id", "dm")
_TICKS = {True: "☑", False: "□"}
_DELETED = frozenset([f"{_W}del", f"{_W}moveFrom"])
_INSERTED = frozenset([f"{_W}ins", f"{_W}moveTo"])
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_SKIPPED = frozenset([f"{_W}delText", f"{_MC}Fallback", f"{_W}txbxContent"])
_BESIDE = {"comment": "comment", "page_header": "header", "link": "link"}
# What the walk over the text has told where it stands.
_TOLD_BY_WALK = [
    word("hidden", kind, "name") for kind in ("revisions", "hidden_text", "hidden_row", "picture")
]
_FORMATS = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif"}


@reads("docx")
def read_docx(name: str, content: bytes) -> Document:
    """Paragraphs and tables in their order, with what else the file says."""
    document = open_document(io.BytesIO(content))
    walk = _Walk(document)
    prompts = list(_prompts(document.element.body))
    walk.body(document.element.body)
    forms = (Told("number_format", word("import", "of_text"), form)
             for form in sorted(walk.numbering.unknown))  # fmt: skip
    hidden = {said.text for said in walk.told if said.kind == "hidden_text"}
    told = [*prompts, *walk.told, *forms, *_notes(document), *_beside(content, hidden)]
    return Document(name, tuple(walk.parts), tuple(told))


def _prompts(body: Any) -> Iterator[Told]:
    """What content controls show as long as nobody has written in them; it is taken out."""
    for mark in list(body.iter(f"{_W}showingPlcHdr")):
        control = mark.getparent().getparent()
        texts = list(control.iter(f"{_W}t")) if mark.get(f"{_W}val", "1") in _ON else []
        if said := "".join(text.text or "" for text in texts).strip():
            yield Told("prompt", word("import", "of_text"), said)
        for text in texts:
            text.text = ""


def _beside(content: bytes, hidden: Collection[str]) -> Iterator[Told]:
    """Comments, headers and links, which are no part of the text, and what the file hides; the
    texts in white, tiny and covered ones, that the walk took for shown."""
    found = scan_content(content)
    unseen = (name for one in found.hidden if one.kind == "hidden_text" for name in one.names)
    for text in unseen:
        if not any(text in said or said in text for said in hidden):
            yield Told("unseen_text", word("import", "of_text"), text)
    for passage in found.texts:
        if passage.part in _BESIDE and re.search(r"\w", passage.text):
            yield Told(_BESIDE[passage.part], passage.name, passage.text)
    yield from (told for told in hidden_in(found) if told.source not in _TOLD_BY_WALK)


def _notes(document: Opened) -> Iterator[Told]:
    """Footnotes and endnotes."""
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind not in ("footnotes", "endnotes") or relation.is_external:
            continue
        yield from _notes_of(relation.target_part.blob, kind)


def _notes_of(blob: bytes, kind: str) -> Iterator[Told]:
    number = 0
    for note in parse_xml(blob):
        if note.get(f"{_W}type") in (None, "normal"):
            number += 1
            text = "".join(node.text or "" for node in note.iter(f"{_W}t"))
            yield Told(kind, str(number), text)


@dataclass
class _Text:
    """The text of a paragraph while it is gathered."""

    styled: Styled
    pieces: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    inserted: bool = False
    hidden: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    graphics: list[tuple[str, str]] = field(default_factory=list)  # kind, relation
    fields: list[list[str] | None] = field(
        default_factory=list
    )  # open ones: codes; None in results
    counted: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)  # drawn ones

    def say(self, text: str) -> None:
        """Take a text, unless it is a part of a field's code."""
        code = next((code for code in reversed(self.fields) if code is not None), None)
        (self.pieces if code is None else code).append(text)

    def sign_field(self, kind: str) -> None:
        """Begin a field, go on to its result, or end it: without a result Word makes one of the
        code whenever it shows the document."""
        if kind == "begin":
            self.fields.append([])
        elif kind == "separate" and self.fields:
            self.fields[-1] = None
        elif kind == "end" and self.fields and (code := self.fields.pop()) is not None:
            said = "".join(code)
            if is_counted(said):
                self.counted.append(said.strip())
            if is_drawn(said):
                self.formulas.append(said.strip())
            self.say(field_text(said))

    @property
    def text(self) -> str:
        return "".join(self.pieces)


class _Walk:
    """Walks over a document once, so that numbers are counted in its order."""

    def __init__(self, document: Opened) -> None:
        self.document = document
        self.numbering = Numbering.of(document)
        self.styled = Styled(document.styles.element)
        self.parts: list[Part] = []
        self.told: list[Told] = []
        self.held = ""  # a paragraph whose end was deleted: the next one goes on with it
        self.inner: list[tuple[str, Any]] = []  # tables in cells of the one that is read
        self.lines = self.tables = 0

    def body(self, parent: Any) -> None:
        """Paragraphs and tables below a body or a content control."""
        for element in _blocks(parent):
            if element.tag == f"{_W}tbl":
                self._table(element)
            elif element.tag == f"{_W}altChunk":
                self._chunk(element)
            else:
                self._paragraph(element)

    def _chunk(self, element: Any) -> None:
        """A page that a program has put in whole; any other file is told."""
        part = self.document.part.related_parts.get(element.get(f"{_R}id") or "")
        content = b"" if part is None else part.blob
        try:
            if exact_kind(content) not in ("html", "mht"):
                raise Refusal("format")
            found = read_content("", content)
        except Refusal:
            self.told.append(Told("chunk", "" if part is None else str(part.partname)))
            return
        self.parts += found.parts
        self.told += found.told

    # --- paragraphs -----------------------------------------------------------------------------

    def _paragraph(self, element: Any) -> None:
        found = self._read(element)
        text, number = _trimmed(found.text), self._number(element)
        if text:
            self.lines += 1
            source = f"第{self.lines}段"
            level, right, title = _style(self.document, element)
            self.parts.append(Line(text, source, number.strip(), level, right, title))
        source = f"第{self.lines}段"
        self._tell(found, source)
        self.parts += self._pictures(found, source)
        for box in found.boxes:
            self.told.append(Told("text_box", source))
            self.body(box)

    def _read(self, element: Any) -> _Text:
        found = _Text(self.styled, [self.held] if self.held else [])
        _gather(element, found)
        self.held = ""
        if _joins_next(element):
            self.held, found.pieces = found.text, []
        return found

    def _number(self, element: Any) -> str:
        """A paragraph's number; one whose end was deleted is none when that is accepted."""
        return "" if _joins_next(element) else self.numbering.number_of(element)

    def _tell(self, found: _Text, source: str) -> None:
        if found.inserted:
            self.told.append(Told("inserted", source))
        self.told += (Told("deleted", source, text) for text in found.deleted if text.strip())
        if struck := "".join(found.struck).strip():
            self.told.append(Told("struck", source, struck))
        self.told += (Told(kind, source, self._said_in(own)) for kind, own in found.graphics)
        self.told += (Told("ruby", source, text) for text in found.spoken if text.strip())
        self.told += (Told("formula", source, text) for text in found.formulas)
        self.told += (Told("counted", source, text) for text in found.counted)
        self.told += (Told("drawing", source, text) for text in found.words if text.strip())
        self.told += (Told("hidden_text", source, text) for text in found.hidden if text.strip())

    def _said_in(self, relation: str) -> str:
        """The texts of a chart or diagram."""
        part = self.document.part.related_parts.get(relation)
        texts = [] if part is None else [t.text for t in parse_xml(part.blob).iter(f"{_A}t")]
        return " ".join(filter(None, texts))

    def _pictures(self, found: _Text, source: str) -> Iterator[Picture]:
        for relation, text in found.pictures:
            part = self.document.part.related_parts.get(relation)
            if part is not None:
                suffix = _FORMATS.get(part.content_type, "")
                yield Picture(part.blob, suffix, source, text)

    # --- tables ---------------------------------------------------------------------------------

    def _table(self, element: Any) -> None:
        """A table as a grid, then those inside its cells."""
        if only := _only_cell(element):
            self.body(only[0])  # a frame round the page
            return
        self.tables += 1
        name = f"表{self.tables}"
        rows: list[list[Cell]] = []
        for row in _rows(element):
            if _is_deleted_row(row):
                text = " ".join(_trimmed(self._read(p).text) for p in row.iter(f"{_W}p"))
                self.told.append(Told("deleted", f"{name}第{len(rows) + 1}行", text))
                continue
            rows.append(self._row(row, name, rows))
        width = max(map(len, rows), default=0)
        if len(rows) * width > MAX_CELLS:
            raise Refusal("too_large")
        for at, cells in enumerate(rows):
            cells += [
                Cell("", f"{name}第{at + 1}行第{c + 1}列", at, c) for c in range(len(cells), width)
            ]
        self.parts.append(renumbered(name, rows))
        inner, self.inner = self.inner, []
        for source, table in inner:
            self.told.append(Told("nested_table", source))
            self._table(table)

    def _row(self, row: Any, name: str, above: list[list[Cell]]) -> list[Cell]:
        """The cells of a row by columns of the grid; one that goes on from above is that one."""
        cells: list[Cell] = []
        at = len(above)
        before = _count(row.find(f"{_W}trPr"), "gridBefore", 0)
        for column in range(before):
            cells.append(Cell("", f"{name}第{at + 1}行第{column + 1}列", at, column))
        for element in _cells(row):
            properties = element.find(f"{_W}tcPr")
            span = max(1, min(_count(properties, "gridSpan", 1), 200))
            start = len(cells)
            source = f"{name}第{at + 1}行第{start + 1}列"
            goes_on = above and start < len(above[-1]) and _continues(properties)
            self._tell_covered(element, properties, source, bool(goes_on))
            cell = above[-1][start] if goes_on else Cell(self._cell(element, source), source, at,
                                                         start)  # fmt: skip
            cells += [cell] * span
        return cells

    def _tell_covered(self, element: Any, properties: Any, source: str, merged: bool) -> None:
        """What a merged cell hides, and a cell that is to be deleted."""
        deleted = properties is not None and properties.find(f"{_W}cellDel") is not None
        text = "".join(t.text or "" for t in element.iter(f"{_W}t")) if merged or deleted else ""
        if text.strip():
            self.told.append(Told("cell_deleted" if deleted else "covered", source, text))

    def _cell(self, element: Any, source: str) -> str:
        """The text of a cell, a line for each paragraph; tables inside it stand apart."""
        lines: list[str] = []
        for block in _blocks(element):
            if block.tag == f"{_W}tbl":
                self.inner.append((source, block))
                continue
            if block.tag == f"{_W}altChunk":
                self.told.append(Told("chunk", source))
                continue
            found = self._read(block)
            number = self._number(block)
            if not _joins_next(block):
                lines.append(f"{number}{_trimmed(found.text)}")
            self._tell(found, source)
            self.parts += self._pictures(found, source)
            for box in found.boxes:
                self.told.append(Told("text_box", source))
                lines += (_trimmed(self._read(p).text) for p in box.iter(f"{_W}p"))
        return "\n".join(lines).strip("\n")


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables, also those in content controls and accepted insertions."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl", f"{_W}altChunk"):
            yield child
        elif child.tag == f"{_W}sdt":
            yield from (b for part in child.iterchildren(f"{_W}sdtContent") for b in _blocks(part))
        elif child.tag in _INSERTED or child.tag == f"{_W}customXml":
            yield from _blocks(child)


def _joins_next(paragraph: Any) -> bool:
    """Whether the end of a paragraph was deleted or never is shown, and another one follows; so
    does a large first letter stand apart."""
    following, properties = paragraph.getnext(), paragraph.find(f"{_W}pPr")
    if properties is None or following is None or following.tag != f"{_W}p":
        return False
    frame = properties.find(f"{_W}framePr")
    first = frame is not None and frame.get(f"{_W}dropCap") in ("drop", "margin")
    return first or any(
        properties.find(f"{_W}rPr/{_W}{name}") is not None for name in ("del", "specVanish")
    )


def _only_cell(table: Any) -> list[Any]:
    """The one cell of a table that has no other, and a table in it."""
    cells = [cell for row in _rows(table) for cell in _cells(row)]
    return cells if len(cells) == 1 and cells[0].find(f"{_W}tbl") is not None else []


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == f"{_W}tr":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}customXml", f"{_W}ins"):
            inner = child.find(f"{_W}sdtContent") if child.tag == f"{_W}sdt" else child
            yield from _rows(inner) if inner is not None else ()


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}customXml"):
            inner = child.find(f"{_W}sdtContent") if child.tag == f"{_W}sdt" else child
            yield from _cells(inner) if inner is not None else ()


def _gather(node: Any, found: _Text) -> None:
    """The text of a paragraph's parts as the accepted document shows it."""
    for child in node:
        tag = child.tag
        if tag in _DELETED:
            found.deleted.append("".join(t.text or "" for t in child.iter(f"{_W}delText")))
        elif tag == f"{_W}t":
            found.say(_set(child, found.styled))
        elif tag == f"{_W}instrText":
            found.say((child.text or "") if found.fields else "")
        elif tag == f"{_W}fldChar":
            found.say(_chosen(child))
            found.sign_field(child.get(f"{_W}fldCharType") or "")
        elif tag == f"{_W}rt":
            found.spoken.append("".join(t.text or "" for t in child.iter(f"{_W}t")))
        elif tag == f"{_M}oMath" and any(r.getparent() is not child for r in child.iter(f"{_M}r")):
            found.formulas.append(" ".join(t.text or "" for t in child.iter(f"{_M}t")))
        elif tag == f"{_M}t":
            found.pieces.append(child.text or "")
        elif tag in _BREAKS:
            found.say(_BREAKS[tag])
        elif tag == f"{_W}sym":
            code = child.get(f"{_W}char") or "0"
            found.say(sign_of(child.get(f"{_W}font") or "", int(code, 16)))
        elif tag == f"{_W}r" and (marks := found.styled.marks(child)).get("vanish"):
            found.hidden.append("".join(t.text or "" for t in child.iter(f"{_W}t")))
        elif tag == f"{_W}r" and is_struck(marks):
            found.struck.append("".join(t.text or "" for t in child.iter(f"{_W}t")))
        elif tag in (f"{_W}drawing", f"{_W}pict", f"{_W}object"):
            _draw(child, found)
        elif tag not in _SKIPPED and tag not in (f"{_W}pPr", f"{_W}rPr"):
            found.inserted = found.inserted or tag in _INSERTED
            _gather(child, found)


def _set(text: Any, styled: Styled) -> str:
    """A text as its run sets it: in a font of signs, raised, lowered."""
    properties = text.getparent().find(f"{_W}rPr")
    font = str(styled.marks(text.getparent()).get(FONT) or "")
    if properties is None:
        return in_font(text.text or "", font)
    aligned = properties.find(f"{_W}vertAlign")
    kind = _moved(properties) if aligned is None else aligned.get(f"{_W}val")
    return raised(in_font(text.text or "", font), kind)


def _moved(properties: Any) -> str | None:
    """What a run is that somebody has moved up or down by hand among others that stay."""
    moved = properties.find(f"{_W}position")
    text = "" if moved is None else moved.get(f"{_W}val") or ""
    if not re.fullmatch(r"-?[1-9]\d?", text):
        return None
    line = properties.getparent().getparent()
    stays = any(run.find(f"{_W}t") is not None and run.find(f"{_W}rPr/{_W}position") is None
                for run in line.iterchildren(f"{_W}r"))  # fmt: skip
    return ("subscript" if text.startswith("-") else "superscript") if stays else None


def _chosen(mark: Any) -> str:
    """What a field of an older form shows that no run says: a box, an entry of a list."""
    box, entries = mark.find(f"{_W}ffData/{_W}checkBox"), mark.find(f"{_W}ffData/{_W}ddList")
    if box is not None:
        said = box.find(f"{_W}checked")
        said = box.find(f"{_W}default") if said is None else said
        return _TICKS[said is not None and said.get(f"{_W}val", "1") not in ("0", "false", "off")]
    if entries is None or any(t.text for run in mark.getparent().itersiblings(f"{_W}r")
                              for t in run.iter(f"{_W}t")):  # fmt: skip
        return ""
    number = _count(entries, "result", _count(entries, "default", 0))
    words = [entry.get(f"{_W}val") or "" for entry in entries.iter(f"{_W}listEntry")]
    return words[number] if number < len(words) else ""


def _draw(node: Any, found: _Text) -> None:
    """Text boxes and pictures of a drawing."""
    found.boxes += [
        box for box in node.iter(f"{_W}txbxContent") if not any(
            above.tag == f"{_MC}Fallback" for above in box.iterancestors())
    ]  # fmt: skip
    described = next(node.iter(f"{_WP}docPr"), None)
    text = (described.get("descr") or "") if described is not None else ""
    for blip in node.iter(f"{_A}blip"):
        found.pictures.append((blip.get(f"{_R}embed") or "", text))
    for data in node.iter(f"{_A}graphicData"):
        if kind := _GRAPHICS.get((data.get("uri") or "").rpartition("/")[2]):
            found.graphics += [(kind, own) for child in data for key in _PARTS
                               if (own := child.get(f"{_R}{key}"))]  # fmt: skip
    found.words += (path.get("string") or "" for path in node.iter(f"{_V}textpath"))
    for image in node.iter(f"{_V}imagedata"):
        found.pictures.append((image.get(f"{_R}id") or "", text))


def _is_deleted_row(row: Any) -> bool:
    return row.find(f"{_W}trPr/{_W}del") is not None


def _continues(properties: Any) -> bool:
    mark = None if properties is None else properties.find(f"{_W}vMerge")
    return mark is not None and mark.get(f"{_W}val", "continue") != "restart"


def _count(properties: Any, name: str, default: int) -> int:
    mark = None if properties is None else properties.find(f"{_W}{name}")
    text = "" if mark is None else mark.get(f"{_W}val") or ""
    return int(text) if text.isdecimal() and len(text) < 5 else default


def _style(document: Opened, element: Any) -> tuple[int, bool, bool]:
    """Heading level by style or outline level, whether it stands right, whether it is a title."""
    properties = element.find(f"{_W}pPr")
    if properties is None:
        return 0, False, False
    aligned = properties.find(f"{_W}jc")
    where = "" if aligned is None else aligned.get(f"{_W}val") or ""
    own = properties.find(f"{_W}outlineLvl")
    level = 0 if own is None else int(own.get(f"{_W}val") or 9) + 1
    style = properties.find(f"{_W}pStyle")
    name = _style_name(document, "" if style is None else style.get(f"{_W}val") or "")
    match = re.fullmatch(r"heading (\d)", name)
    level = level or (int(match[1]) if match else 0)
    return (0 if level > 9 else level), where in ("right", "end"), name == "title" or (
        where == "center")  # fmt: skip


def _style_name(document: Opened, style_id: str) -> str:
    if not style_id:
        return ""
    for style in document.styles.element.style_lst:
        if style.styleId == style_id:
            return str(style.name_val or "").lower()
    return ""


def _trimmed(text: str) -> str:
    """Without what only indents."""
    return "\n".join(line.strip(" \t\u3000\xa0") for line in text.split("\n")).strip("\n")
