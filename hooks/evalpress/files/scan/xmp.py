"""An XMP packet in a PDF or picture -> people, devices and places, and what somebody added."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from xml.parsers import expat

from evalpress.files.scan.found import DISK_PATH, Gathered, Unreadable

MAX_XMP = 4_000_000
MAX_XMP_DEPTH = 100

_PEOPLE = {
    "creator": "author", "Author": "author", "Manager": "manager", "Company": "company",
    "LastModifiedBy": "last_modified_by", "lastModifiedBy": "last_modified_by",
    "AuthorsPosition": "author", "CaptionWriter": "author", "rightsOwner": "author",
    "OwnerName": "author", "CameraOwnerName": "author", "Artist": "author",
    "contributor": "author", "publisher": "company", "Owner": "author",
    "SerialNumber": "serial", "BodySerialNumber": "serial", "LensSerialNumber": "serial",
    "Model": "device", "GPSLatitude": "gps", "GPSLongitude": "gps", "City": "gps",
    "Location": "gps", "filePath": "path", "PersonInImage": "author", "Source": "custom",
}  # fmt: skip
_SAID = frozenset(["title", "subject", "description", "Keywords", "Headline", "Subject", "rights"])
# What programs write by themselves: where the file comes from, how it is coded, when.
_HARMLESS_ORIGINS = re.compile(
    r"http://(?:www\.aiim\.org/|ns\.adobe\.com/(?:xap/1\.0/mm/|xap/1\.0/sType/|xap/1\.0/g/|xap/1\.0/t/"
    r"|tiff/1\.0/|exif/1\.0/|camera-raw-|crs|hdr|pdf/1\.3/|pdfx/1\.3/__never|illustrator/|"
    r"InDesign/|creatorAtom|xmp/note/)|cipa\.jp/exif|www\.npes\.org/|ns\.useplus\.org/never)"
)
_HARMLESS = frozenset(
    ["format", "language", "date", "type", "identifier", "CreatorTool", "CreateDate", "ModifyDate",
     "MetadataDate", "Rating", "Producer", "Trapped", "PDFVersion", "ColorMode", "ICCProfile",
     "GTS_PDFXVersion", "GTS_PDFXConformance", "DateCreated", "SourceModified", "relation",
     "History", "DocumentID", "InstanceID", "OriginalDocumentID", "DerivedFrom", "Marked",
     "KSOProductBuildVer", "ICV", "ContentTypeId", "Orientation", "XResolution", "YResolution",
     "LegacyIPTCDigest", "Thumbnails", "image", "xmptk", "about", "lang", "parseType"]
)  # fmt: skip
_RDF = "http://www.w3.org/"


def read_xmp(content: bytes, into: Gathered) -> None:
    """Tell who and what an XMP packet names; one that cannot be read is told as such."""
    try:
        for origin, name, value in _values(content):
            _take(origin, name, value, into)
    except (expat.ExpatError, Unreadable):
        into.tell("custom", "XMP")


def _values(content: bytes) -> Iterator[tuple[str, str, str]]:
    """Origin, name and text of every property; a list's entries under the list's name."""
    stack: list[tuple[str, str]] = []
    found: list[tuple[str, str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        origin, _, name = tag.rpartition("}")
        if len(stack) > MAX_XMP_DEPTH:
            raise Unreadable("too_large")
        outer = stack[-1] if stack else ("", "")
        stack.append(outer if origin.startswith(_RDF) else (origin, name))
        for key, value in attributes.items():
            own_origin, _, own = key.rpartition("}")
            if not own_origin.startswith((_RDF, "http://www.w3.org/XML")) and own != "xmptk":
                found.append((own_origin, own, value))

    def data(text: str) -> None:
        if stack and text.strip():
            found.append((*stack[-1], text.strip()))

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = data

    def refuse(*_: object) -> None:
        raise Unreadable("damaged")

    parser.StartDoctypeDeclHandler = refuse
    packet = content.strip(b"\0 \r\n\t")
    if len(packet) > MAX_XMP:
        raise Unreadable("too_large")
    parser.ParseFile(io.BytesIO(packet))
    yield from found


def _take(origin: str, name: str, value: str, into: Gathered) -> None:
    if name in _PEOPLE and not origin.startswith(_RDF):
        into.tell(_PEOPLE[name], value)
    elif name in _SAID:
        into.say("property", value, name.lower())
    elif DISK_PATH.search(value):
        into.tell("path", value)
    elif name not in _HARMLESS and not _HARMLESS_ORIGINS.match(origin):
        into.tell("custom", f"{name}={value}")
