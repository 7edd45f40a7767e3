"""5 print: links to the PDFs that travel inside a PDF.

While it is laid out such a link has an address of its own scheme; in the finished file it is an
action (GoToE, ISO 32000-1 12.6.4.4), which PDF/A-3 allows. Acrobat, Foxit and Firefox follow it. No
action opens an embedded file of another kind: readers take these from their list of attachments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

if TYPE_CHECKING:
    from evalpress.pdf.job import Data

_SCHEME = "inside:"


def links_inside(data: Iterable[Data]) -> dict[str, str]:
    """Addresses for the PDFs among these files, by the links of the page that lead to them."""
    named = ((each.link, each.name) for each in data if each.name.lower().endswith(".pdf"))
    return {link: _SCHEME + quote(name, safe="") for link, name in named if link}


def settle_inside(document: Pdf) -> None:
    """Put the files inside a document in the order of their names, and lead links to them."""
    if "/Names" not in document.Root or "/EmbeddedFiles" not in document.Root.Names:
        return
    pairs = list(document.Root.Names.EmbeddedFiles.Names)
    files = {str(file.UF): file for file in pairs[1::2]}
    document.Root.Names.EmbeddedFiles = document.make_indirect(name_tree(files))
    for annotation in _annotations(document):
        target = str(annotation.A.get("/URI", "")) if "/A" in annotation else ""
        if target.startswith(_SCHEME):
            annotation.A = _action(unquote(target.removeprefix(_SCHEME)))


def rename_target(annotation: Object, names: Mapping[str, str]) -> None:
    """Let a link to a file inside follow it where it is listed under another name."""
    if "/A" in annotation and annotation.A.get("/S") == Name.GoToE:
        own = str(annotation.A.T.N)
        annotation.A.T.N = String(names.get(own, own))


def name_tree(found: Mapping[str, Object]) -> Dictionary:
    """A tree of one level, in the order of the names' bytes."""
    ordered = sorted((String(name) for name in found), key=bytes)
    return Dictionary(Names=Array(e for name in ordered for e in (name, found[str(name)])))


def _annotations(document: Pdf) -> Iterator[Object]:
    for page in document.pages:
        yield from page.get("/Annots", ())


def _action(name: str) -> Dictionary:
    """Opens a PDF inside at its first page, in a window of its own."""
    target = Dictionary(R=Name.C, N=String(name))
    return Dictionary(
        Type=Name.Action, S=Name.GoToE, T=target, D=Array([0, Name.Fit]), NewWindow=True
    )
