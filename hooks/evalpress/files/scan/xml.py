"""XML inside files -> events; no entity is resolved, no document type accepted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from evalpress.files.scan.found import Gathered, Unreadable

MAX_XML = 25_000_000


Event = tuple[str, str, dict[str, str]]


def read_xml(stream: BinaryIO, limit: int = MAX_XML) -> Iterator[Event]:
    """The events of an XML file: ("<", name, attributes), (">", name, {}), ("", text, {}).

    Names are without namespaces. A document type is refused: no office file has one, and entities
    need one.
    """
    pending: list[Event] = []
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, found: pending.append(
        ("<", _local(name), {_local(key): value for key, value in found.items()})
    )
    parser.EndElementHandler = lambda name: pending.append((">", _local(name), {}))
    parser.CharacterDataHandler = lambda text: pending.append(("", text, {}))
    parser.StartDoctypeDeclHandler = _refuse_doctype
    read = 0
    while chunk := stream.read(65536):
        read += len(chunk)
        if read > limit:
            raise Unreadable("too_large")
        parser.Parse(chunk, False)
        yield from pending
        pending.clear()
    parser.Parse(b"", True)
    yield from pending


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _refuse_doctype(*_: object) -> None:
    raise Unreadable("damaged", "DOCTYPE")


def leaves(events: Iterator[Event]) -> Iterator[tuple[str, str]]:
    """Element and text, for every element with text of its own."""
    open_elements: list[str] = []
    for event, name, _ in events:
        if event == "<":
            open_elements.append(name)
        elif event == ">":
            open_elements.pop()
        elif open_elements and name.strip():
            yield open_elements[-1], name


_XMP_PEOPLE = {"creator": "author", "Author": "author", "Manager": "manager", "Company": "company",
               "LastModifiedBy": "last_modified_by", "AuthorsPosition": "author",
               "CaptionWriter": "author", "rightsOwner": "author", "OwnerName": "author",
               "SerialNumber": "serial", "GPSLatitude": "gps", "DocumentAncestors": ""}  # fmt: skip


def read_xmp(content: bytes, into: Gathered) -> None:
    """People in an XMP packet, whether they stand in elements or in attributes."""
    people: list[str] = []
    for event, name, attributes in read_xml(io.BytesIO(content.strip(b"\0 \r\n\t"))):
        if event == "<":
            people.append(_XMP_PEOPLE.get(name) or (people[-1] if people else ""))
            for key, value in attributes.items():
                if _XMP_PEOPLE.get(key):
                    into.tell(_XMP_PEOPLE[key], value)
        elif event == ">":
            people.pop()
        elif people and people[-1]:
            into.tell(people[-1], name)
