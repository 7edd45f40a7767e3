"""The structure tree of a tagged PDF -> its paragraphs and rows of cells as they were written; the
lines of pages do not tell: a cell is torn into lines, and those of its neighbours stand between.

Source: ISO 32000-1, 14.7 and 14.8.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

ObjectNumber = tuple[int, int]

MAX_ELEMENTS = 200_000
MAX_DEPTH = 100
# So much of what pages show may be untagged before the tree says less than the pages.
_UNTAGGED = 0.01
_CELLS = frozenset(["TD", "TH"])
_BLOCKS = frozenset(["P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "Caption", "TR", "Note",
                     "BlockQuote", "Formula", "TOCI", "Title"])  # fmt: skip


@dataclass
class MarkedPage:
    """The signs of a page by the number of the piece that they are marked as, those that frame the
    page left out, and how many signs have no number."""

    pieces: dict[int, str] = field(default_factory=dict)
    untagged: int = 0


def paragraphs_of(pdf: pikepdf.Pdf, pages: Mapping[ObjectNumber, MarkedPage]) -> tuple[str, ...]:
    """The paragraphs in reading order, a row of a table as its cells between tabs; () for a file
    without a tree, and for one whose tree leaves out much of what the pages show."""
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, pikepdf.Dictionary):
        return ()
    tree = _Tree(pages, root.get("/RoleMap"))
    found = tuple(" ".join(text.split(" ")) for text in tree.blocks(root, None, 0) if text.strip())
    left = {(at, n) for at, page in pages.items() for n in page.pieces} - tree.taken
    lost = sum(len(pages[at].pieces[n]) for at, n in left) + sum(p.untagged for p in pages.values())
    whole = sum(len(text) for page in pages.values() for text in page.pieces.values())
    return found if tree.is_whole and lost <= whole * _UNTAGGED else ()


class _Tree:
    """Walks over the elements; `taken` are the pieces of pages that they name."""

    def __init__(self, pages: Mapping[ObjectNumber, MarkedPage], roles: Any) -> None:
        self.pages, self.roles = pages, roles
        self.taken: set[tuple[ObjectNumber, int]] = set()
        self.elements = 0
        self.is_whole = True

    def blocks(self, element: Any, page: Any, depth: int) -> Iterator[str]:
        """The paragraphs and rows below an element."""
        loose = ""
        for kid, at in self._kids(element, page, depth):
            kind = self._kind(kid)
            if kind == "TR":
                yield loose
                loose = ""
                cells = [self._text(cell, own, depth + 2) for cell, own in
                         self._kids(kid, at, depth + 1) if self._kind(cell) in _CELLS]  # fmt: skip
                yield "\t".join(" ".join(cell.split()) for cell in cells)
            elif kind in _BLOCKS:
                yield loose
                loose = ""
                yield self._text(kid, at, depth + 1)
            elif kind and self._has_blocks(kid, depth + 1):
                yield loose
                loose = ""
                yield from self.blocks(kid, at, depth + 1)
            else:
                loose += self._text(kid, at, depth + 1)
        yield loose

    def _has_blocks(self, element: Any, depth: int) -> bool:
        if depth > MAX_DEPTH:
            return False
        return any(
            self._kind(kid) in _BLOCKS or (self._kind(kid) and self._has_blocks(kid, depth + 1))
            for kid, _ in self._kids(element, None, depth)
        )

    def _text(self, kid: Any, page: Any, depth: int) -> str:
        """All that an element, or a piece of a page, shows."""
        if self._kind(kid):
            texts = (
                self._text(k, at, depth + 1) + " " * (self._kind(k) in _BLOCKS)
                for k, at in self._kids(kid, page, depth)
            )
            return "".join(texts)
        number = kid.get("/MCID") if isinstance(kid, pikepdf.Dictionary) else kid
        at = getattr(page, "objgen", None)
        if not isinstance(number, int) or at is None or at not in self.pages:
            return ""
        self.taken.add((at, int(number)))
        return self.pages[at].pieces.get(int(number), "")

    def _kids(self, element: Any, page: Any, depth: int) -> Iterator[tuple[Any, Any]]:
        """What an element is made of, each with the page that it is on."""
        kids = element.get("/K") if isinstance(element, pikepdf.Dictionary) else None
        if kids is None:
            return
        page = element.get("/Pg", page)
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            self.elements += 1
            if self.elements > MAX_ELEMENTS or depth > MAX_DEPTH:
                self.is_whole = False
                return
            own = kid.get("/Pg", page) if isinstance(kid, pikepdf.Dictionary) else page
            yield kid, own

    def _kind(self, kid: Any) -> str:
        """What an element is, by its standard name; "" for a piece of a page."""
        name = kid.get("/S") if isinstance(kid, pikepdf.Dictionary) else None
        for _ in range(8):
            if name is None or self.roles is None or str(name) not in self.roles:
                break
            if self.roles[str(name)] == name:
                break
            name = self.roles[str(name)]
        return str(name).removeprefix("/") if name is not None else ""
