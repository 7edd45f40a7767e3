"""5 print: the fonts of many PDFs -> one subset of each font that serves all of them.

WeasyPrint's subsets keep the glyph numbers of the whole font, so what a page shows stays right when
the font behind it has more glyphs.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from evalpress.pdf import embedded
from evalpress.pdf.layout import subset

# What differs from part to part in the dictionaries of one font.
_OWN = ("/FontFile2", "/FontFile3", "/W", "/FontDescriptor")


@dataclass
class Face:
    """A font in use: its dictionaries without what is a part's own, the glyphs of all parts."""

    family: str
    style: str
    descendant: bytes
    descriptor: bytes
    texts: dict[int, bytes] = field(default_factory=dict)
    widths: dict[int, bytes] = field(default_factory=dict)
    # Parts in which a glyph stands for another text than in those before.
    differing: set[int] = field(default_factory=set)

    def add(self, part: int, font: Object) -> None:
        """Add the glyphs that a part shows."""
        self.widths |= embedded.widths(font)
        for glyph, text in embedded.texts(font).items():
            if self.texts.setdefault(glyph, text) != text:
                self.differing.add(part)


class SharedFonts:
    """The fonts of a book: all parts are added, the fonts embedded, then the parts joined."""

    def __init__(self) -> None:
        self.faces: dict[str, Face] = {}
        self.parts = 0
        self.embedded: dict[str, Object] = {}

    def add(self, part: Pdf) -> None:
        """Note which glyphs a part shows; parts are numbered in the order in which they come."""
        for font in _fonts(part.pages[0]).as_dict().values():
            name = str(font.BaseFont)
            if name not in self.faces:
                self.faces[name] = _face(font)
            self.faces[name].add(self.parts, font)
        self.parts += 1

    def embed(self, book: Pdf) -> None:
        """Put one subset of each font into a book."""
        for name, face in self.faces.items():
            program = subset(name, face.family, face.style, face.texts)
            if program is not None:
                self.embedded[name] = _embed(book, name, face, program)

    def lift(self, number: int, part: Pdf) -> dict[str, str]:
        """Take out of a part, before it is copied, what the shared fonts replace: their names by
        the key that the part's pages use."""
        fonts = _fonts(part.pages[0])
        found = {key: str(font.BaseFont) for key, font in fonts.as_dict().items()}
        lifted = {key: name for key, name in found.items() if name in self.embedded}
        for key, name in lifted.items():
            if number in self.faces[name].differing:
                fonts[key].DescendantFonts = Array()
            else:
                del fonts[key]
        return lifted

    def settle(self, first: Page, lifted: dict[str, str]) -> None:
        """Put the shared fonts in their place; `first` is the part's first page in the book."""
        fonts = _fonts(first)
        for key, name in lifted.items():
            shared = self.embedded[name]
            if key in fonts:
                fonts[key].DescendantFonts = shared.DescendantFonts
            else:
                fonts[key] = shared


def _fonts(page: Page) -> Object:
    """The fonts of a document, which all its pages share."""
    return page.Resources.Font


def _face(font: Object) -> Face:
    descendant = Dictionary(dict(font.DescendantFonts[0].as_dict()))
    descriptor = Dictionary(dict(descendant.FontDescriptor.as_dict()))
    family = str(descriptor.FontFamily)
    style = str(font.BaseFont).partition("+")[2][len(family) :]
    for key in _OWN:
        for holder in (descendant, descriptor):
            if key in holder:
                del holder[key]
    return Face(family, style, descendant.unparse(), descriptor.unparse())


def _embed(book: Pdf, name: str, face: Face, program: bytes) -> Object:
    descriptor, descendant = Object.parse(face.descriptor), Object.parse(face.descendant)
    if program.startswith(b"OTTO"):
        descriptor.FontFile3 = book.make_stream(program, Subtype=Name.OpenType)
    else:
        descriptor.FontFile2 = book.make_stream(program, Length1=len(program))
    descendant.FontDescriptor = book.make_indirect(descriptor)
    descendant.W = embedded.widths_array(face.widths)
    return book.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name(name),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([book.make_indirect(descendant)]),
            ToUnicode=book.make_stream(embedded.texts_table(face.texts)),
        )
    )
