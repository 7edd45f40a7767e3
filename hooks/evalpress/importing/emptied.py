"""Cells of a workbook that bear a link and no text, as is left when somebody deletes the text of a
link: openpyxl gives them the address for a text, and no look. Here they are empty again."""

from __future__ import annotations

import re
from typing import Any

from openpyxl.workbook import Workbook

from evalpress.files.scan.packages import Package

_FILLED = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=\"([A-Z]{1,3}\d{1,7})\"[^>]*(?<!/)>(?!\s*</)")


def sheets_of(package: Package) -> dict[str, str]:
    """The part of every sheet by its title, wherever it lies; there or not."""
    targets = {link.id: link.target for link in package.links(package.main)}
    sheets = package.tree(package.main).iter("sheet")
    return {sheet.get("name", ""): targets.get(sheet.get("id", ""), "") for sheet in sheets}


def filled_in(raw: bytes) -> set[str]:
    """The cells with contents in the XML of a sheet."""
    return {spot.decode() for spot in _FILLED.findall(raw)}


def forget_addresses(book: Workbook, content: bytes) -> None:
    """Take the texts away that openpyxl has given to cells which have none in the file."""
    linked: dict[str, list[Any]] = {
        sheet.title: [cell for cell in sheet._cells.values() if _shows_address(cell)]
        for sheet in book.worksheets
    }
    if not any(linked.values()):
        return
    package = Package(content)
    parts = sheets_of(package)
    for title, cells in linked.items():
        filled = filled_in(package.content(parts[title])) if cells else set()
        for cell in cells:
            if cell.coordinate not in filled:
                cell._value = None


def _shows_address(cell: Any) -> bool:
    link = cell.hyperlink
    return link is not None and cell.value in (link.target, link.location, f"#{link.location}")
