"""An HTML file, such as office systems hand out under the names .xls and .doc -> its paragraphs and
tables as a browser shows them.

A cell says what is shown, so that no number format has to be known. Nothing is loaded or run; what
the page hides is told.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from itertools import count, repeat
from typing import Any

from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list
from lxml import html
from tinycss2 import parse_stylesheet, serialize

from evalpress.files.scan.kinds import decoded
from evalpress.importing.besides import suffix_of
from evalpress.importing.intake import reads
from evalpress.importing.neutral import Cell, Document, Grid, Line, Part, Picture, Refusal, Told
from evalpress.importing.raised import raised
from evalpress.importing.spreadsheet import ERRORS, MAX_CELLS, Box, Spot, name_of, rectangle
from evalpress.text.line_ends import one_line

MAX_TAGS = 150_000
MAX_LINES = 400_000  # of a web archive
MAX_ARCHIVED = 2_000  # parts of one
MAX_STYLE = 500_000  # characters of style sheets that hide something
MAX_SELECTORS = 500  # that hide something
_SILENT = frozenset(["script", "style", "head", "title", "template", "noscript", "xml", "object"])
_BLOCKS = frozenset(
    ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "pre",
     "blockquote", "center", "section", "article", "header", "footer", "main", "form", "fieldset",
     "caption", "legend", "hr", "body", "tr", "td", "th", "tbody"]
)  # fmt: skip
_STRUCK = frozenset(["s", "strike", "del"])
_FRAMES = frozenset(["frame", "iframe", "frameset"])
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_WIDER = dict.fromkeys(["gb2312", "gbk"], "gb18030")  # more signs, the others where they were
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_HIDES = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_STRIKES = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)
_DATA = re.compile(r"data:image/[\w.+-]+;base64,(.*)", re.DOTALL)
_ORDER = {"thead": 0, "tfoot": 2}
_WIDEST = 1_000  # columns that a cell may say to cover
_TALLEST = 5_000
_TICKS = {True: "☑", False: "□"}


@reads("html")
def read_html(name: str, content: bytes) -> Document:
    """Paragraphs and tables in their order, with what the page hides. Raises Refusal for a page
    whose content lies in other files, and one beyond all forms."""
    text = _text_of(content)
    if text.count("<") > MAX_TAGS:
        raise Refusal("too_large")
    parser = html.HTMLParser()
    root = html.document_fromstring(text, parser=parser)
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise Refusal("too_large")  # what is too deep or too long is cut off
    walk = _Walk(_Look.of(root))
    walk.blocks(root)
    walk.flush()
    if not walk.parts and any(node.tag in _FRAMES for node in root.iter()):
        raise Refusal("frames")
    return Document(name, tuple(walk.parts), tuple(walk.told))


@reads("mht")
def read_mht(name: str, content: bytes) -> Document:
    """The page in a web archive. Raises Refusal where there is none."""
    if content.count(b"\n") > MAX_LINES or content.count(b"Content-Type:") > MAX_ARCHIVED:
        raise Refusal("too_large")
    message = message_from_bytes(content, policy=policy.default)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if len(pages) > 1:
        raise Refusal("frames")
    if not pages:
        raise Refusal("damaged")
    page = pages[0].get_payload(decode=True)
    return read_html(name, page if isinstance(page, bytes) else b"")


def _text_of(content: bytes) -> str:
    """The page as text: in the encoding that it names, else in one that fits."""
    said = None if content.startswith(_WIDE_MARKS) else _CHARSET.search(content[:4096])
    if said:
        named = said[1].decode().lower()
        with suppress(UnicodeDecodeError, LookupError):
            return content.decode(_WIDER.get(named, named)).lstrip("\ufeff")
    text = decoded(content)
    if text is None:
        raise Refusal("damaged")
    return text


@dataclass(frozen=True)
class _Look:
    """The elements that the page's own style sheets hide, or strike through, with what is below."""

    hidden: frozenset[Any]
    struck: frozenset[Any]

    @classmethod
    def of(cls, root: Any) -> _Look:
        """What the rules of a page do. Raises Refusal for a style sheet beyond all forms."""
        sheet = "\n".join(style.text or "" for style in root.iter("style"))
        return cls(*(_styled(root, sheet, said) for said in (_HIDES, _STRIKES)))

    def hides(self, node: Any) -> bool:
        """Whether an element is not shown."""
        own = _HIDES.search(node.get("style") or "") or "hidden" in node.attrib
        return bool(own) or node in self.hidden

    def strikes(self, node: Any) -> bool:
        """Whether an element is struck through."""
        own = node.tag in _STRUCK or _STRIKES.search(node.get("style") or "")
        return bool(own) or node in self.struck


def _styled(root: Any, sheet: str, said: re.Pattern[str]) -> frozenset[Any]:
    """The elements for which a rule says this; rules for printers are none for the screen."""
    if not said.search(sheet):
        return frozenset()
    if len(sheet) > MAX_STYLE:
        raise Refusal("too_large")
    matcher = Matcher()
    for number, selector in enumerate(_selectors(sheet, said)):
        if number == MAX_SELECTORS:
            raise Refusal("too_large")
        matcher.add_selector(selector, None)
    elements = ElementWrapper.from_html_root(root).iter_subtree()
    return frozenset(element.etree_element for element in elements if matcher.match(element))


def _selectors(sheet: str, said: re.Pattern[str]) -> Iterator[Any]:
    for rule in parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule" and said.search(serialize(rule.content)):
            with suppress(SelectorError):  # a browser passes over what it does not know, too
                yield from compile_selector_list(rule.prelude)


@dataclass
class _Walk:
    """Walks over a page once."""

    look: _Look
    parts: list[Part] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    lines: int = 0
    tables: int = 0

    # --- paragraphs -----------------------------------------------------------------------------

    def flush(self) -> None:
        """End a paragraph."""
        text = _shown("".join(self.pieces))
        self.pieces = []
        if text:
            self.lines += 1
            self.parts.append(Line(text, self._here(0)))

    def _here(self, ahead: int = 1) -> str:
        return f"第{self.lines + ahead}段"

    def blocks(self, node: Any) -> None:
        """Everything below an element."""
        self.pieces.append(node.text or "")
        numbers = _numbers(node)
        for child in node:
            self._block(child, next(numbers) if child.tag == "li" else "")
            self.pieces.append(child.tail or "")

    def _block(self, node: Any, number: str) -> None:
        if not isinstance(node.tag, str) or node.tag in _SILENT:
            return
        if self.look.hides(node) or self.look.strikes(node):
            self._tell_unseen(node, self._here())
        elif node.tag == "table":
            self.flush()
            self._table(node)
        elif node.tag in _BLOCKS:
            self.flush()
            self.pieces.append(number)
            self.blocks(node)
            self.flush()
        elif node.tag in ("sup", "sub"):
            self.pieces.append(raised("".join(_all_text(node)).strip(), node.tag))
        elif not self._drawn(node, self._here(), self.pieces):
            self.blocks(node)

    def _tell_unseen(self, node: Any, source: str, hidden: str = "hidden_text") -> None:
        text = _shown("".join(_all_text(node)))
        if text:
            self.told.append(Told("struck" if self.look.strikes(node) else hidden, source, text))

    def _drawn(self, node: Any, source: str, pieces: list[str]) -> bool:
        """Line ends, pictures, fields and links; gives whether there is nothing below to read."""
        if node.tag == "br":
            pieces.append("\v")
        elif node.tag == "img":
            self.parts += self._picture(node, source)
        elif node.tag == "input":
            pieces.append(_field(node))
        elif node.tag == "select":
            chosen = [o for o in node.iter("option") if "selected" in o.attrib]
            pieces += [o.text or "" for o in chosen or list(node.iter("option"))[:1]]
        else:
            if node.tag == "a" and node.get("href"):
                self.told.append(Told("link", source, node.get("href")))
            return False
        return True

    def _picture(self, node: Any, source: str) -> Iterator[Picture]:
        """A picture that the page holds itself; one that it only names is told."""
        data, text = _DATA.match(node.get("src") or ""), node.get("alt") or ""
        try:
            content = base64.b64decode(data[1]) if data else b""
        except binascii.Error:
            content = b""
        if content:
            yield Picture(content, suffix_of(content), source, text)
        else:
            said = text or (node.get("src") or "").rpartition("/")[2][:80]
            self.told.append(Told("picture", source, said))

    # --- tables ---------------------------------------------------------------------------------

    def _table(self, table: Any) -> None:
        """A table as a grid, then those inside its cells; one that only frames the page is none."""
        rows = list(_rows(table))
        cells = [cell for row in rows for cell in row.iterchildren("td", "th")]
        if len(cells) == 1 and cells[0].find(".//table") is not None:
            self.blocks(cells[0])
            self.flush()
            return
        for caption in table.iterchildren("caption"):
            self.blocks(caption)
            self.flush()
        self.tables += 1
        grid, inner = self._grid(table, rows, f"表{self.tables}")
        self.parts += [grid] if grid.rows else []
        for source, nested in inner:
            self.told.append(Told("nested_table", source))
            self._table(nested)

    def _grid(self, table: Any, rows: list[Any], name: str) -> tuple[Grid, list[tuple[str, Any]]]:
        cells: dict[Spot, Cell] = {}
        merges: list[Box] = []
        hidden_rows: set[int] = set()
        inner: list[tuple[str, Any]] = []
        taken: dict[int, int] = {}  # columns -> the row before which a cell from above ends
        for at, row in enumerate(rows):
            if self.look.hides(row) or self.look.hides(row.getparent()):
                hidden_rows.add(at)
            column = 0
            for node in row.iterchildren("td", "th"):
                while taken.get(column, 0) > at:
                    column += 1
                if column > _WIDEST or len(cells) > MAX_CELLS:
                    raise Refusal("too_large")
                wide, tall = _span(node, "colspan", _WIDEST), _span(node, "rowspan", _TALLEST)
                tall = min(tall or len(rows), len(rows) - at)
                source = f"{name}!{name_of(at, column)}"
                found, nested = self._cell(node, source, (at, column))
                cells[at, column] = found
                inner += [(source, one) for one in nested]
                if wide > 1 or tall > 1:
                    merges.append((at, column, at + tall - 1, column + wide - 1))
                taken |= dict.fromkeys(range(column, column + wide), at + tall)
                column += wide
        grid, hidden = rectangle(name, cells, merges, hidden_rows, self._hidden_columns(table))
        self.told += hidden
        return grid, inner

    def _hidden_columns(self, table: Any) -> set[int]:
        found: set[int] = set()
        at = 0
        for node in table.iter("col"):
            wide = _span(node, "span", _WIDEST)
            found |= set(range(at, at + wide)) if self.look.hides(node) else set()
            at += wide
        return found

    def _cell(self, node: Any, source: str, spot: Spot) -> tuple[Cell, list[Any]]:
        if self.look.hides(node) or self.look.strikes(node):
            self._tell_unseen(node, source, "hidden_cell")
            return Cell("", source, *spot), []
        pieces: list[str] = []
        nested: list[Any] = []
        self._gather(node, source, pieces, nested)
        text = _shown("".join(pieces))
        found = Cell(text, source, *spot, stored=_stored(node, text))
        if text in ERRORS:
            return replace(found, fault="formula_error"), nested
        if text.startswith("=") and re.match(r"=\s*[A-Z$(@]", text, re.IGNORECASE):
            return replace(found, fault="formula_without_value"), nested
        return found, nested

    def _gather(self, node: Any, source: str, pieces: list[str], nested: list[Any]) -> None:
        """The text of a cell, a line for each of its paragraphs; tables in it stand apart."""
        pieces.append(node.text or "")
        numbers = _numbers(node)
        for child in node:
            if not isinstance(child.tag, str) or child.tag in _SILENT:
                pass
            elif self.look.hides(child) or self.look.strikes(child):
                self._tell_unseen(child, source)
            elif child.tag == "table":
                nested.append(child)
            elif child.tag in _BLOCKS:
                pieces.append(f"\v{next(numbers) if child.tag == 'li' else ''}")
                self._gather(child, source, pieces, nested)
                pieces.append("\v")
            elif child.tag in ("sup", "sub"):
                pieces.append(raised("".join(_all_text(child)).strip(), child.tag))
            elif not self._drawn(child, source, pieces):
                self._gather(child, source, pieces, nested)
            pieces.append(child.tail or "")


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table itself, the head before all others and the foot behind them, wherever
    the file has them."""
    for child in sorted(table, key=lambda child: _ORDER.get(child.tag, 1)):
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _span(node: Any, name: str, most: int) -> int:
    said = (node.get(name) or "").strip()
    return min(int(said), most) if said.isdecimal() and len(said) < 7 else 1


def _numbers(node: Any) -> Iterator[str]:
    """What a browser shows before the items of a list: numbers if it is a counted one."""
    if node.tag != "ol":
        return repeat("")
    start = node.get("start") or ""
    first = int(start) if start.isdecimal() and len(start) < 7 else 1
    return (f"{number}." for number in count(first))


def _field(node: Any) -> str:
    """What a field of a form shows."""
    kind = (node.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return _TICKS["checked" in node.attrib]
    return "" if kind in ("hidden", "button", "submit", "image") else node.get("value") or ""


def _stored(node: Any, text: str) -> str:
    """The number that Excel keeps behind what a cell shows."""
    said = node.get("x:num") or ""
    return said if said and said != text.replace(",", "") and not text.endswith("%") else ""


def _all_text(node: Any) -> Iterator[str]:
    return (str(piece) for piece in node.itertext())


def _shown(text: str) -> str:
    """A text as a browser sets it: blanks drawn together, no blank where the source was only broken
    between Chinese signs, line ends where it says so, no blanks round a line."""
    lines = (one_line(re.sub(r"\s*\n\s*", "\n", line, flags=re.ASCII)) for line in text.split("\v"))
    flat = (re.sub(r"[ \t\r\f\xa0]+", " ", line).strip(" \u3000") for line in lines)
    return "\n".join(line for line in flat if line)
