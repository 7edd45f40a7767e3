"""XML inside files -> events or a tree; no entity is resolved, no document type accepted.

Names are without namespaces, so that both editions of the office formats read alike. What no
office program writes into a part, comments and elements of unknown origin, is told to the `Odd`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import BinaryIO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from evalpress.files.scan.found import Unreadable

MAX_XML = 25_000_000
MAX_ELEMENTS = 500_000  # of a tree
MAX_XML_DEPTH = 200

Event = tuple[str, str, dict[str, str]]

# Who defines the elements that office programs write.
_KNOWN_ORIGINS = re.compile(
    r"(?:https?://(?:schemas\.(?:openxmlformats|microsoft|apple)\.(?:org|com)|purl\.oclc\.org"
    r"|purl\.org/dc|www\.w3\.org|(?:www|web)\.wps\.cn|schemas\.wps\.cn|(?:www\.)?kingsoft\.com"
    r"|(?:\w+\.)?openoffice\.org|\w+\.libreoffice\.org|libreoffice\.org"
    r"|customooxmlschemas\.google\.com|ns\.adobe\.com)(?:[/:}]|$)"
    r"|urn:(?:schemas-microsoft-com|oasis:names:tc:opendocument|org:documentfoundation)|$)"
)


@dataclass
class Odd:
    """What office programs do not write: comments in XML, elements of unknown origin."""

    comments: list[str] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)
    elements: int = 0


class _Parser:
    """Expat within the limits; `depth` and `elements` count what has been seen."""

    def __init__(self, odd: Odd, most: int) -> None:
        self.odd, self.most, self.depth, self.elements = odd, most, 0, 0
        self.expat = expat.ParserCreate(namespace_separator="}")
        self.expat.buffer_text = True
        self.expat.StartDoctypeDeclHandler = _refuse_doctype
        self.expat.CommentHandler = odd.comments.append
        self.expat.ProcessingInstructionHandler = self._instruction

    def _instruction(self, target: str, data: str) -> None:
        if not target.startswith("mso-"):
            self.odd.comments.append(f"{target} {data}")

    def entered(self, name: str) -> str:
        """Count an element; gives its name without namespace."""
        self.depth += 1
        self.elements += 1
        if self.elements > self.most or self.depth > MAX_XML_DEPTH:
            raise Unreadable("too_large")
        origin, _, local = name.rpartition("}")
        if origin not in self.odd.origins and not _KNOWN_ORIGINS.match(origin):
            self.odd.origins.add(origin)
        return local

    def feed(self, stream: BinaryIO, limit: int) -> Iterator[None]:
        read = 0
        while chunk := stream.read(65536):
            read += len(chunk)
            if read > limit:
                raise Unreadable("too_large")
            self.expat.Parse(chunk, False)
            yield
        self.expat.Parse(b"", True)
        yield


def read_xml(stream: BinaryIO, odd: Odd | None = None, limit: int = MAX_XML) -> Iterator[Event]:
    """The events of an XML file: ("<", name, attributes), (">", name, {}), ("", text, {}).

    Raises Unreadable for a document type (no office file has one, and entities need one) and
    beyond the limits, expat.ExpatError for what is no XML."""
    pending: list[Event] = []
    parser = _Parser(odd or Odd(), MAX_XML)

    def start(name: str, found: dict[str, str]) -> None:
        pending.append(("<", parser.entered(name), _local_keys(found)))

    def end(name: str) -> None:
        parser.depth -= 1
        pending.append((">", _local(name), {}))

    parser.expat.StartElementHandler, parser.expat.EndElementHandler = start, end
    parser.expat.CharacterDataHandler = lambda text: pending.append(("", text, {}))
    for _ in parser.feed(stream, limit):
        yield from pending
        pending.clear()


def read_tree(stream: BinaryIO, odd: Odd | None = None, limit: int = MAX_XML) -> Element:
    """The same as a tree. Raises as `read_xml` does."""
    parser, builder = _Parser(odd or Odd(), MAX_ELEMENTS), TreeBuilder()

    def start(name: str, found: dict[str, str]) -> None:
        builder.start(parser.entered(name), _local_keys(found))

    def end(name: str) -> None:
        parser.depth -= 1
        builder.end(_local(name))

    parser.expat.StartElementHandler, parser.expat.EndElementHandler = start, end
    parser.expat.CharacterDataHandler = builder.data
    for _ in parser.feed(stream, limit):
        pass
    parser.odd.elements = parser.elements
    return builder.close()


def parse(content: bytes) -> Element:
    """The tree of XML that is at hand as bytes."""
    return read_tree(io.BytesIO(content))


@lru_cache(maxsize=2_048)
def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _local_keys(found: dict[str, str]) -> dict[str, str]:
    return {_local(key): value for key, value in found.items()}


def _refuse_doctype(*_: object) -> None:
    raise Unreadable("damaged", "DOCTYPE")


def texts_of(root: Element) -> Iterator[tuple[str, str]]:
    """Element and text, for every element with text of its own."""
    for element in root.iter():
        if element.text and element.text.strip():
            yield element.tag, element.text
        if element.tail and element.tail.strip():
            yield "", element.tail
