"""An XLSX -> what it has besides its cells: pictures as parts of the document; text boxes, charts,
check boxes, comments, links, headers, names and what is hidden in the package, each told with the
cell or sheet where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from xml.etree.ElementTree import Element

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evalpress.files.scan import Scan, scan_content
from evalpress.files.scan.packages import Package, Part
from evalpress.importing.neutral import Picture, Told
from evalpress.importing.spreadsheet import OURS, name_of
from evalpress.wording import word

_ANCHORS = frozenset(["twoCellAnchor", "oneCellAnchor", "absoluteAnchor"])
_SUFFIXES = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"GIF8": ".gif"}
_HEADERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_PAGE = re.compile(r"第\s*页|共\s*页|\b(?:Page|of)\b", re.IGNORECASE)
_CODES = re.compile(r'&(?:"[^"]*"|\d+|\[[^\]]*\]|[A-Z])')
_TOLD_CELL_BY_CELL = frozenset(["hidden_sheet", "hidden_row", "hidden_column", "comments"])


def besides(
    book: Workbook, sheets: Sequence[Worksheet], package: Package
) -> Iterator[Picture | Told]:
    """Everything that is in no cell. `book` is the same file as openpyxl has it, `sheets` are
    those of them that are the sender's."""
    for sheet in sheets:
        yield from _at_cells(sheet)
        yield from _headers(sheet)
    drawn = list(_drawn(package))
    yield from drawn
    told = {found.content for found in drawn if isinstance(found, Picture)}
    yield from (found for found in _loose(package, sheets) if found.content not in told)
    yield from _names(book)
    yield from _conversations(package, book)
    yield from hidden_in(scan_content(package.raw))


def _conversations(package: Package, book: Workbook) -> Iterator[Told]:
    """Comments of Excel 365 with their answers, where no older note of a cell repeats them."""
    notes = [c.comment.text for s in book.worksheets for c in s._cells.values() if c.comment]
    targets = {link.id: link.target for link in package.links(package.main)}
    for sheet in package.tree(package.main).iter("sheet"):
        part, title = targets.get(sheet.get("id", ""), ""), sheet.get("name", "")
        for name in package.used_as("threadedComment", by=part):
            for comment in package.tree(name).iter("threadedComment"):
                text = "".join(comment.itertext()).strip()
                if text and not any(text in note for note in notes):
                    yield Told("comment", f"{title}!{comment.get('ref', '')}", text)


def hidden_in(found: Scan) -> Iterator[Told]:
    """What an office file hides that no cell and no paragraph says: macros, embedded files."""
    for hidden in found.hidden:
        if hidden.kind not in _TOLD_CELL_BY_CELL:
            name = word("hidden", hidden.kind, "name")
            yield Told("hidden_part", name, "、".join(hidden.names))


def suffix_of(content: bytes) -> str:
    """The suffix of a picture that pages can show; empty for others."""
    return next((s for magic, s in _SUFFIXES.items() if content.startswith(magic)), "")


def _at_cells(sheet: Worksheet) -> Iterator[Told]:
    """Comments and the addresses of links."""
    for cell in sheet._cells.values():
        source, note, link = f"{sheet.title}!{cell.coordinate}", cell.comment, cell.hyperlink
        if note and note.author not in OURS:
            yield Told("comment", source, note.text)
        if link:
            yield Told("link", source, link.target or link.location or "")


def _headers(sheet: Worksheet) -> Iterator[Told]:
    for name in _HEADERS:
        part = getattr(sheet, name)
        for side in (part.left, part.center, part.right):
            text = _CODES.sub("", side.text or "").strip()
            if re.search(r"\w", _PAGE.sub("", text)):
                yield Told("header", sheet.title, text)


def _names(book: Workbook) -> Iterator[Told]:
    own = chain(book.defined_names.items(), *(s.defined_names.items() for s in book.worksheets))
    found = [f"{name}＝{said.attr_text}" for name, said in own if not name.startswith("_xlnm")]
    if found:
        yield Told("defined_name", word("import", "of_book"), "；".join(dict.fromkeys(found)))


# --- drawings -----------------------------------------------------------------------------------


def _drawn(package: Package) -> Iterator[Picture | Told]:
    targets = {link.id: link.target for link in package.links(package.main)}
    for sheet in package.tree(package.main).iter("sheet"):
        part, title = targets.get(sheet.get("id", ""), ""), sheet.get("name", "")
        for name in package.used_as("drawing", by=part):
            for anchor in package.tree(name):
                if anchor.tag in _ANCHORS:
                    yield from _anchored(package, name, anchor, title)
        for name in package.used_as("vmlDrawing", by=part):
            yield from _controls(package.tree(name), title)


def _anchored(package: Package, name: str, anchor: Element, title: str) -> Iterator[Picture | Told]:
    start = anchor.find("from")
    spot = [start.findtext(side, "0") for side in ("row", "col")] if start is not None else []
    source = f"{title}!{name_of(int(spot[0]), int(spot[1]))}" if spot else title
    targets = {link.id: link.target for link in package.links(name)}
    for element in _shown(anchor):
        if element.tag == "pic":
            yield from _picture(package, targets, element, source)
        elif element.tag == "sp" and (text := _text(element)):
            yield Told("drawing", source, text)
        elif element.tag == "graphicFrame":
            charts = [targets.get(c.get("id", ""), "") for c in element.iter("chart")]
            trees = [package.tree(chart) for chart in charts if chart in package.parts]
            yield Told(
                "chart", source, "".join(_text(t) for tree in trees for t in tree.iter("title"))
            )


def _shown(element: Element) -> Iterator[Element]:
    """What is drawn: of two formats of one drawing the first."""
    for child in element:
        if child.tag != "Fallback":
            yield child
            yield from _shown(child)


def _text(element: Element) -> str:
    """The paragraphs of a shape, a line for each."""
    lines = ("".join(t.text or "" for t in p.iter("t")) for p in element.iter("p"))
    return "\n".join(lines).strip()


def _picture(
    package: Package, targets: dict[str, str], element: Element, source: str
) -> Iterator[Picture]:
    said = next(element.iter("cNvPr"), None)
    text = said.get("descr", "") if said is not None else ""
    for blip in element.iter("blip"):
        part = targets.get(blip.get("embed", ""), "")
        content = package.content(part) if part in package.parts else b""
        yield Picture(content, suffix_of(content), source, text)


def in_cell(value: object) -> str:
    """The name of the picture that WPS shows in place of a cell's text; empty for other cells."""
    match = _IN_CELL.match(value) if isinstance(value, str) else None
    return match[1] if match else ""


_IN_CELL = re.compile(r'=?(?:_xlfn\.)?DISPIMG\("([^"]+)"')


def _loose(package: Package, sheets: Sequence[Worksheet]) -> Iterator[Picture]:
    """Pictures that no drawing anchors: inside a cell, behind a sheet, in its head or foot."""
    spots = {
        in_cell(cell.value): f"{sheet.title}!{cell.coordinate}"
        for sheet in sheets
        for cell in sheet._cells.values()
        if in_cell(cell.value)
    }
    placed: dict[str, tuple[str, str]] = {}
    for name in (n for n, part in package.parts.items() if _shows_in_cells(part)):
        targets = {link.id: link.target for link in package.links(name)}
        for element in package.tree(name).iter("pic"):
            said, blip = next(element.iter("cNvPr"), None), next(element.iter("blip"), None)
            if said is not None and blip is not None:
                spot = spots.get(said.get("name", ""), "")
                placed[targets.get(blip.get("embed", ""), "")] = (spot, said.get("descr", ""))
    for name, part in package.parts.items():
        if part.kind.startswith("image/") and "thumbnail" not in part.uses:
            spot, text = placed.get(name, ("", ""))
            content = package.content(name)
            where = spot or word("import", "of_book")
            yield Picture(content, suffix_of(content), where, text)


def _shows_in_cells(part: Part) -> bool:
    return any(use.lower().startswith("cellimage") for use in part.uses)


def _controls(root: Element, title: str) -> Iterator[Told]:
    """Check boxes, buttons and the like, which older Excel draws; notes are told as comments."""
    for shape in root.iter("shape"):
        data = shape.find("ClientData")
        if data is None or data.get("ObjectType") == "Note":
            continue
        text = " ".join("".join(box.itertext()).strip() for box in shape.iter("textbox"))
        anchor = re.findall(r"\d+", data.findtext("Anchor", ""))
        source = f"{title}!{name_of(int(anchor[2]), int(anchor[0]))}" if len(anchor) > 2 else title
        ticked = word("import", "ticked") if data.findtext("Checked", "0").strip() == "1" else ""
        if text.strip() or ticked:
            yield Told("drawing", source, f"{text.strip()}{ticked}")
