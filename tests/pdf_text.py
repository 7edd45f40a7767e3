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
        return list(_types(root))


def squeeze(text: str) -> str:
    return re.sub(r"[\s\u200b\u00ad]", "", text)


def _types(node: Any) -> Iterator[str]:
    if isinstance(node, ArrayObject):
        for child in node:
            yield from _types(child.get_object())
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from _types(node["/K"].get_object())


def _texts(marked: Marked, node: Any, page: int = 0) -> Iterator[str]:
    if isinstance(node, int):
        yield marked.get((page, node), "")
    elif isinstance(node, ArrayObject):
        for child in node:
            yield from _texts(marked, child.get_object(), page)
    elif isinstance(node, DictionaryObject):
        own = node.raw_get("/Pg").idnum if "/Pg" in node else page
        for key in ("/MCID", "/K"):
            if key in node:
                yield from _texts(marked, node[key].get_object(), own)


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
