"""6 export: the tables that pages show -> the same as CSV, so that what stands there can be taken
along.

They are read from the finished page, so a file holds what its table shows and nothing else:
figures without what parts their thousands, a rise and a fall with their sign, nothing where there
is a dash.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

from evalpress.exports.csv_files import as_csv
from evalpress.wording import word

if TYPE_CHECKING:
    from lxml import html

# A table and the link below it, as pages/grids.py writes them.
_TABLE = re.compile(
    r'(<table(?: [^>]*)?>(?:(?!</table>).)*</table>)\n(?:<p class="ep-note">[^\n]*</p>\n)?</div>\n'
    r'<div class="ep-take ep-web" data-source="([^"]*)">\n<a href="([^"/]+)\.csv"',
    re.DOTALL,
)


def shown_tables(markdown: str) -> dict[str, bytes]:
    """Every table of a page that can be taken along, as CSV by the name of its file."""
    return {f"{name}.csv": _csv(table, source) for table, source, name in _TABLE.findall(markdown)}


def packed(markdown: str) -> bytes:
    """The same as JSON, to be kept."""
    return json.dumps(
        {n: c.decode("utf-8-sig") for n, c in shown_tables(markdown).items()}
    ).encode()


def unpacked(kept: bytes) -> dict[str, bytes]:
    """What was kept."""
    return {name: text.encode("utf-8-sig") for name, text in json.loads(kept).items()}


def _csv(table: str, source: str) -> bytes:
    from lxml import html

    tree = html.fragment_fromstring(table)
    said, caption = unescape(source), _words(tree.find("caption"))
    head = [word("charts", "columns", key) for key in ("source", "subject")]
    rows = ([said, caption, *_cells(row)] for row in tree.iterfind("tbody/tr"))
    return as_csv([*head, *_heads(tree)], rows)


def _heads(tree: html.HtmlElement) -> list[str]:
    """The name of every column, with that of its group before it."""
    *groups, last = tree.findall("thead/tr")
    above = [
        _words(cell) for row in groups for cell in row for _ in range(int(cell.get("colspan", 1)))
    ] or [""] * len(last)
    return [f"{group} {_words(cell)}".strip() for group, cell in zip(above, last, strict=True)]


def _cells(row: html.HtmlElement) -> Iterator[str]:
    """What each cell says; one wide cell is that of the first column."""
    for cell in row:
        styles = (cell.get("class") or "").split()
        said = "" if "ep-absent" in styles else _words(cell)
        yield said.replace(word("numbers", "thousands"), "") if "ep-number" in styles else said


def _words(node: html.HtmlElement) -> str:
    """What a reader sees of a node, in one line; ▲ and ▼ are signs of the number that follows."""
    return " ".join("".join(_texts(node)).split())


def _texts(node: html.HtmlElement) -> Iterator[str]:
    styles = (node.get("class") or "").split()
    if "ep-since" in styles:
        way = next((sign for style, sign in _WAYS.items() if style in styles), "")
        yield way + (node[-1].tail or "").strip()
        return
    if node.get("aria-hidden") == "true" or "ep-computed__mark" in styles:
        return
    yield node.text or ""
    for child in node:
        yield " " if child.tag == "br" else ""
        yield from _texts(child)
        yield child.tail or ""


_WAYS = {"ep-since--up": "+", "ep-since--down": "-", "ep-since--same": "0"}
