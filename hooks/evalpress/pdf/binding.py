"""5 print: the finished PDFs of reports -> one book: cover, contents, the reports as they are.

Nothing is laid out again but cover and contents. Page numbers run through, from the cover on, so
that the number on a page, in the contents and in the reader's viewer is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from evalpress.pdf.finish import packed
from evalpress.pdf.inside import name_tree, rename_target
from evalpress.pdf.job import BOOK_TEMPLATE, BookJob
from evalpress.pdf.layout import lay_out
from evalpress.pdf.sharing import SharedFonts
from evalpress.pdf.stamps import number_pages, renumber
from evalpress.pdf.titles import set_lines
from evalpress.text.markup import render

# Entries of the contents on a page, for a first guess of how many pages they take.
_ENTRIES = 16
_COVER_ROOM = 17.0  # characters of a cover's heading (26 pt) in the width of the text area
# Links of the contents go to an address of this kind until the pages are there.
_PART = "part:"
_CONTENTS_ROLES = {"/L": Name.TOC, "/LI": Name.TOCI, "/LBody": Name.Reference}


def bind(job: BookJob, files: Sequence[Path]) -> bytes:
    """The bytes of a book of these PDFs, one for each of the job's parts, in their order. Raises
    ValueError where files and parts differ in number, SignsMissing like `layout.lay_out`."""
    fonts, counts = SharedFonts(), []
    for file in files:
        with Pdf.open(file) as opened:
            fonts.add(opened)
            counts.append(len(opened.pages))
    binding = _Binding(_front(job, counts), fonts)
    for part, file in zip(job.parts, files, strict=True):
        binding.add(Pdf.open(file), part.name, part.title)
    binding.finish()
    return packed(binding.book)


def _front(job: BookJob, counts: Sequence[int]) -> Pdf:
    """Cover and contents. The contents' numbers depend on how many pages they take themselves."""
    pages, guess = 1 + -(-len(counts) // _ENTRIES), 0
    while pages != guess:
        guess = pages
        starts = list(accumulate(counts[:-1], initial=guess + 1))
        heading = [line for text in job.heading for line in set_lines(text, _COVER_ROOM)]
        html = str(render(BOOK_TEMPLATE.name, job=job, heading=heading, starts=starts, link=_PART))
        front = Pdf.open(BytesIO(lay_out(html)))
        pages = len(front.pages)
    number_pages(front, covers=1)
    return front


class _Binding:
    """A book in the making: cover and contents, then part after part."""

    def __init__(self, front: Pdf, fonts: SharedFonts) -> None:
        self.book, self.fonts = front, fonts
        fonts.add(front)
        fonts.embed(front)
        fonts.settle(front.pages[0], fonts.lift(fonts.parts - 1, front))
        self.tree = front.Root.StructTreeRoot
        self.document = next(_kids(self.tree))
        self.numbers: list[Any] = list(self.tree.ParentTree.Nums)
        self.bookmarks = list(_bookmarks(front.Root.Outlines))
        self.names: dict[str, Object] = {}
        self.data: dict[str, Object] = {}
        self.heads: dict[str, Object] = {}
        self.starts: list[int] = []
        for element in _elements(self.document):
            _tag_contents(element)

    def add(self, part: Pdf, name: str, title: str) -> None:
        """Add the pages of a part with its structure, bookmarks and destinations."""
        start, first_key, names = len(self.book.pages), self._next_key(), _take_names(part)
        listed = self._listed(part, name)
        lifted = self.fonts.lift(len(self.starts), part)
        for number, page in enumerate(part.pages, start + 1):
            renumber(part, page, number)
            page.StructParents += first_key
            for annotation in page.get("/Annots", ()):
                _move_link(annotation, names, first_key)
                rename_target(annotation, listed)
        self.starts.append(start)
        self.book.pages.extend(part.pages)
        self.fonts.settle(self.book.pages[start], lifted)
        self._add_structure(part, title, first_key)
        self._add_bookmarks(part, title, start)
        self._add_names(self.book.copy_foreign(part.make_indirect(Array(names))), name)
        self._add_data(part, listed)

    def _next_key(self) -> int:
        return int(self.numbers[-2]) + 1

    def _add_structure(self, part: Pdf, title: str, first_key: int) -> None:
        tree = self.book.copy_foreign(part.Root.StructTreeRoot)
        for element in _kids(tree):
            element.S, element.T, element.P = Name.Part, String(title), self.document
            self.document.K.append(element)
        self.heads |= _pairs(tree.IDTree) if "/IDTree" in tree else {}
        found = list(tree.ParentTree.Nums)
        for key, owners in zip(found[::2], found[1::2], strict=True):
            self.numbers.extend([int(key) + first_key, owners])

    def _add_bookmarks(self, part: Pdf, title: str, start: int) -> None:
        """Every bookmark of a part below one with its title."""
        found = list(_bookmarks(self.book.copy_foreign(part.Root.Outlines)))
        if len(found) != 1:
            place = Array([self.book.pages[start].obj, Name.Fit])
            above = Dictionary(Title=String(title), Dest=place)
            found = [_with_bookmarks(self.book.make_indirect(above), found)]
        found[0].Count = -abs(int(found[0].get("/Count", 0)))
        self.bookmarks += found

    def _add_names(self, names: Object, name: str) -> None:
        """Every destination within a part, under a name that no other part has."""
        found = _pairs(Dictionary(Names=names))
        self.names |= {f"{name}/{key}": place for key, place in found.items()}

    def _listed(self, part: Pdf, name: str) -> dict[str, str]:
        """How the files that travel inside a part are listed in the book, by their own names: where
        an earlier part has a file of that name, with the part's."""
        own = [str(file.UF) for file in part.Root.get("/AF", ())]
        return {file: f"{name}-{file}" if file in self.data else file for file in own}

    def _add_data(self, part: Pdf, listed: Mapping[str, str]) -> None:
        """The files that travel inside a part: its pages say that they do."""
        for file in part.Root.get("/AF", ()):
            self.data[listed[str(file.UF)]] = self.book.copy_foreign(file)

    def finish(self) -> None:
        """Join what the parts brought."""
        root, book = self.book.Root, self.book
        for page in book.pages[: self.starts[0]]:
            for annotation in page.get("/Annots", ()):
                self._point_to_part(annotation)
        self.tree.ParentTree = book.make_indirect(Dictionary(Nums=Array(self.numbers)))
        self.tree.ParentTreeNextKey = self._next_key()
        if self.heads:
            self.tree.IDTree = book.make_indirect(name_tree(self.heads))
        root.Names = Dictionary(Dests=book.make_indirect(name_tree(self.names)))
        if self.data:
            root.Names.EmbeddedFiles = book.make_indirect(name_tree(self.data))
            root.AF = Array(self.data[name] for name in sorted(self.data))
        root.Outlines = _with_bookmarks(book.make_indirect(Dictionary()), self.bookmarks)
        root.PageMode = Name.UseOutlines

    def _point_to_part(self, annotation: Object) -> None:
        """Let a line of the contents lead to its part."""
        target = str(annotation.A.URI) if "/A" in annotation else ""
        if target.startswith(_PART):
            start = self.starts[int(target.removeprefix(_PART))]
            del annotation.A
            annotation.Dest = Array([self.book.pages[start].obj, Name.Fit])


def _take_names(part: Pdf) -> list[Object]:
    """Take the named destinations out of a part: names and places by turns."""
    names = list(part.Root.Names.Dests.Names) if "/Dests" in part.Root.get("/Names", {}) else []
    if names:
        del part.Root.Names.Dests
    return names


def _move_link(annotation: Object, names: Sequence[Object], first_key: int) -> None:
    """Fit a link into a book that holds other parts' keys and names."""
    annotation.StructParent += first_key
    target = annotation.get("/Dest")
    if isinstance(target, String):
        annotation.Dest = names[names.index(target) + 1]


def _pairs(tree: Object) -> dict[str, Object]:
    """The names of a tree of one level, with what each stands for."""
    entries = list(tree.Names)
    return {str(name): place for name, place in zip(entries[::2], entries[1::2], strict=True)}


def _kids(element: Object) -> Iterator[Object]:
    """The elements directly below one."""
    below = element.get("/K")
    for kid in below if isinstance(below, Array) else [below]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid


def _elements(element: Object) -> Iterator[Object]:
    yield element
    for kid in _kids(element):
        yield from _elements(kid)


def _tag_contents(element: Object) -> None:
    """The list of contents is a table of contents to a screen reader."""
    role = _CONTENTS_ROLES.get(str(element.S))
    if role:
        element.S = role
        if "/A" in element:
            del element.A


def _bookmarks(above: Object) -> Iterator[Object]:
    """The bookmarks directly below another or below the root."""
    found = above.get("/First")
    while found is not None:
        yield found
        found = found.get("/Next")


def _with_bookmarks(above: Object, below: Sequence[Object]) -> Object:
    """Hang bookmarks below another or below the root."""
    for at, bookmark in enumerate(below):
        bookmark.Parent = above
        for key, beside in (("/Prev", at - 1), ("/Next", at + 1)):
            if 0 <= beside < len(below):
                bookmark[key] = below[beside]
            elif key in bookmark:
                del bookmark[key]
    if below:
        above.First, above.Last = below[0], below[-1]
        above.Count = sum(1 + max(0, int(found.get("/Count", 0))) for found in below)
    return above
