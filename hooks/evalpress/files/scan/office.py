"""Office files as packages of parts: what DOCX and XLSX have in common."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

from evalpress.files.scan.found import FEW_SIGNS, MAX_UNPACKED, Gathered, Unreadable
from evalpress.files.scan.pictures import is_large
from evalpress.files.scan.readers import MAX_DEPTH, read_inner, scan_content
from evalpress.files.scan.xml import Event, leaves, read_xml

MAX_PARTS = 5_000


class Package:
    """The parts of an office file, unpacked within the limits."""

    def __init__(self, content: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        entries = self.archive.infolist()
        if len(entries) > MAX_PARTS or sum(e.file_size for e in entries) > MAX_UNPACKED:
            raise Unreadable("too_large")
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable("encrypted")
        self.names = [entry.filename for entry in entries]

    def xml(self, name: str) -> Iterator[Event]:
        """The events of a part; none where there is no such part."""
        if name in self.names:
            with self.archive.open(name) as stream:
                yield from read_xml(stream)  # type: ignore[arg-type]

    def content(self, name: str) -> bytes:
        """The bytes of a part, at most MAX_UNPACKED of them. Raises KeyError where there is
        none."""
        with self.archive.open(name) as stream:
            return stream.read(MAX_UNPACKED)

    def matching(self, pattern: str) -> list[str]:
        """The names of the parts that a regular expression matches whole, in the file's order."""
        return [name for name in self.names if re.fullmatch(pattern, name)]


_CORE = {"creator": "author", "lastModifiedBy": "last_modified_by"}
_APP = {"Company": "company", "Manager": "manager", "HyperlinkBase": "path"}
_HARMLESS_CUSTOM = re.compile(r"KSOProductBuildVer|ICV|ContentTypeId|_dlc_|MSIP_Label.*Enabled")
_EMBEDDED = r"(?:word|xl|ppt)/embeddings/[^/]+"
_MEDIA = r"(?:word|xl|ppt)/media/[^/]+"


def read_package(package: Package, into: Gathered) -> None:
    """What office files have in common: properties, pictures, embedded files, links, macros."""
    _read_properties(package, into)
    for name in package.matching(_EMBEDDED):
        into.hide("embedded", posixpath.basename(name))
        read_inner(package.content(name), posixpath.basename(name), into)
    for name in package.matching(_MEDIA):
        _read_media(package.content(name), posixpath.basename(name), into)
    for name in package.matching(r"(?:word|xl|ppt)/vbaProject\.bin"):
        into.hide("macros", posixpath.basename(name))
    for name in package.matching(r".*\.rels"):
        _read_links(package, name, into)


def _read_media(content: bytes, name: str, into: Gathered) -> None:
    """A picture inside an office file; what stands in a large one cannot be read."""
    for found in scan_content(content, MAX_DEPTH).properties:
        into.tell(found.name, found.value)
    if is_large(content):
        into.hide("picture", name)


def refuse_pictures(into: Gathered) -> None:
    """An office file that shows pictures and says nothing is a scan."""
    if "picture" in into.hidden and sum(len(text.text) for text in into.texts) < FEW_SIGNS:
        raise Unreadable("pictures")


def _read_properties(package: Package, into: Gathered) -> None:
    for name, known in (("docProps/core.xml", _CORE), ("docProps/app.xml", _APP)):
        for element, value in leaves(package.xml(name)):
            if element in known:
                into.tell(known[element], value)
            elif element in ("title", "subject", "keywords", "description", "category"):
                into.say("property", value, element)
            elif element == "Template" and not value.startswith(("Normal", "WPS")):
                into.tell("template", value)
    property_name = ""
    for event, name, attributes in package.xml("docProps/custom.xml"):
        if event == "<" and name == "property":
            property_name = attributes.get("name", "")
        elif event == "" and not _HARMLESS_CUSTOM.match(property_name):
            into.tell("custom", f"{property_name}={name}")


def _read_links(package: Package, name: str, into: Gathered) -> None:
    """Links to files of somebody's own computer; addresses on the web are plain to see."""
    for event, element, attributes in package.xml(name):
        if event != "<" or element != "Relationship" or attributes.get("TargetMode") != "External":
            continue
        target, use = attributes.get("Target", ""), attributes.get("Type", "")
        if use.endswith("/attachedTemplate"):
            into.tell("template", target)
        elif re.match(r"file:|[A-Za-z]:|\\\\", target) or use.endswith("/externalLinkPath"):
            into.hide("external_link", target)
        elif target.startswith("mailto:"):
            into.say("link", target)
