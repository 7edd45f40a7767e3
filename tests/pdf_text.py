"""Reads a tagged PDF the way a screen reader does: the text of its structure tree, in its order.

Reading what is painted would mix page numbers in and scramble rows that a page's end cuts in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

Marked = dict[tuple[int, int], str]


def structure_text(path: Path) -> str:
    """The text of all structure elements, without white space."""
    with PdfReader(path) as reader:
        root = reader.trailer["/Root"]["/StructTreeRoot"].get_object()
        return squeeze("".join(_texts(dict(_marked(reader)), root)))


def page_texts(path: Path) -> list[str]:
    """The text that is painted on each page, page numbers and all, without white space."""
    with PdfReader(path) as reader:
        return [squeeze(page.extract_text()) for page in reader.pages]


def tags(path: Path) -> list[str]:
    """The types of all structure elements, in order."""
    with PdfReader(path) as reader:
        root = reader.trailer["/Root"]["/StructTreeRoot"].get_object()
        return [str(element["/S"]) for element in _elements(root)]


def is_ours(path: Path) -> bool:
    """Whether this program printed a file now; originals of departments and editions of the past
    lie beside, and pages at the addresses that files had once."""
    if path.is_dir():
        return False
    with PdfReader(path) as reader:
        made = str((reader.metadata or {}).get("/Creator", "")) == "evalpress"
    return made and "editions" not in path.parts


def out_of_order(path: Path) -> list[int]:
    """The numbers of the pages whose content is painted in another order than the structure tree
    reads it: what is copied from them would be in that other order."""
    with PdfReader(path) as reader:
        root = reader.trailer["/Root"]["/StructTreeRoot"].get_object()
        read: dict[int, list[int]] = {}
        for page, number in _places(root):
            read.setdefault(page, []).append(number)
        return [
            at
            for at, page in enumerate(reader.pages, 1)
            if page.indirect_reference
            and read.get(page.indirect_reference.idnum, []) != _painted(page, reader)
        ]


def heads_said(path: Path) -> dict[str, list[str]]:
    """What each cell that names its heads says before its own text, by that text."""
    with PdfReader(path) as reader:
        root = reader.trailer["/Root"]["/StructTreeRoot"].get_object()
        if "/IDTree" not in root:
            return {}
        marked = dict(_marked(reader))
        pairs = list(root["/IDTree"]["/Names"])
        heads = zip(pairs[::2], pairs[1::2], strict=True)
        named = {name: _said(marked, head) for name, head in heads}
        return {
            _said(marked, cell): [named[head] for head in cell["/A"]["/Headers"]]
            for cell in _elements(root)
            if "/Headers" in cell.get("/A", {})
        }


def _said(marked: Marked, element: Any) -> str:
    return squeeze("".join(_texts(marked, element.get_object())))


def _elements(node: Any) -> Iterator[Any]:
    if isinstance(node, ArrayObject):
        for child in node:
            yield from _elements(child.get_object())
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node["/K"].get_object())


def _painted(page: Any, reader: PdfReader) -> list[int]:
    """The numbers of a page's marked content as they are painted."""
    operations = ContentStream(page.get_contents(), reader).operations
    return [
        int(operands[1]["/MCID"])
        for operands, operator in operations
        if operator == b"BDC" and "/MCID" in operands[1]
    ]


def squeeze(text: str) -> str:
    return re.sub(r"[\s\u200b\u00ad]", "", text)


def _texts(marked: Marked, node: Any) -> Iterator[str]:
    for place in _places(node):
        yield marked.get(place, "")


def _places(node: Any, page: int = 0) -> Iterator[tuple[int, int]]:
    """Page object and number of every piece of marked content, as the structure tree reads it."""
    if isinstance(node, int):
        yield page, int(node)
    elif isinstance(node, ArrayObject):
        for child in node:
            yield from _places(child.get_object(), page)
    elif isinstance(node, DictionaryObject):
        own = node.raw_get("/Pg").idnum if "/Pg" in node else page
        for key in ("/MCID", "/K"):
            if key in node:
                yield from _places(node[key].get_object(), own)


def _marked(reader: PdfReader) -> Iterator[tuple[tuple[int, int], str]]:
    """The text of every piece of marked content, by page object and number."""
    for page in reader.pages:
        assert page.indirect_reference
        fonts = {
            name: _unicode_map(font.get_object())
            for name, font in page["/Resources"].get("/Font", {}).items()
        }
        for number, text in _pieces(ContentStream(page.get_contents(), reader), fonts):
            yield (page.indirect_reference.idnum, number), text


def _pieces(content: ContentStream, fonts: dict[str, dict[int, str]]) -> Iterator[tuple[int, str]]:
    numbers: list[int | None] = []
    found: dict[int, list[str]] = {}
    font: dict[int, str] = {}
    for operands, operator in content.operations:
        if operator == b"BDC":
            numbers.append(operands[1].get("/MCID") if hasattr(operands[1], "get") else None)
        elif operator == b"BMC":
            numbers.append(None)
        elif operator == b"EMC":
            numbers.pop()
        elif operator == b"Tf":
            font = fonts[operands[0]]
        elif operator in (b"Tj", b"TJ"):
            number = next((n for n in reversed(numbers) if n is not None), None)
            if number is not None:
                found.setdefault(int(number), []).append(_decode(operands[0], font))
    for number, texts in found.items():
        yield number, "".join(texts)


def _decode(shown: Any, font: dict[int, str]) -> str:
    if isinstance(shown, ArrayObject):
        return "".join(_decode(part, font) for part in shown if not isinstance(part, int | float))
    code = shown.original_bytes
    pairs = zip(code[::2], code[1::2], strict=True)
    return "".join(font[high << 8 | low] for high, low in pairs)


def _unicode_map(font: Any) -> dict[int, str]:
    """A font's ToUnicode table, as WeasyPrint writes it: only single characters."""
    table = font["/ToUnicode"].get_data().decode("ascii")
    found = re.findall(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>", table)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in found}
