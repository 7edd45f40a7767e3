"""An office file -> its parts, found as office programs find them: by content type and by
relationship, without regard to case. What a part is called and where it lies says nothing."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.etree.ElementTree import Element
from xml.parsers import expat

from evalpress.files.scan.found import MAX_UNPACKED, Unreadable
from evalpress.files.scan.xml import Event, Odd, read_tree, read_xml

MAX_PARTS = 5_000
MAX_ELEMENTS = 800_000  # of all trees of one file: each is walked, however small its part is
_TYPES = "[content_types].xml"
_DESCRIPTOR = 24  # bytes that may follow a part


@dataclass(frozen=True)
class Link:
    """A relationship: the last word of its type (`header`, `image`), and the part or address."""

    id: str
    use: str
    target: str
    external: bool


@dataclass
class Part:
    """A part of the file: its name as written, its content type, and how others use it."""

    name: str
    entry: zipfile.ZipInfo
    kind: str = ""
    uses: set[str] = field(default_factory=set)


class Package:
    """The parts of an office file by their names in lower case, unpacked within the limits. Raises
    Unreadable for a file that is too large, encrypted, or has two parts of one name."""

    def __init__(self, content: bytes) -> None:
        self.raw = content
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        entries = [entry for entry in self.archive.infolist() if not entry.is_dir()]
        if len(entries) > MAX_PARTS or sum(e.file_size for e in entries) > MAX_UNPACKED:
            raise Unreadable("too_large")
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable("encrypted")
        every = {_key(entry.filename): Part(entry.filename, entry) for entry in entries}
        if len(every) < len(entries):
            raise Unreadable("damaged", "duplicate")
        self.odd: dict[str, Odd] = {}
        self.elements = 0
        self.every = every
        self._read_types()
        self.parts = {
            key: part for key, part in every.items() if key != _TYPES and not is_links(key)
        }
        self._links: dict[str, list[Link]] = {}
        self._follow()

    def _read_types(self) -> None:
        defaults: dict[str, str] = {}
        if _TYPES not in self.every:
            return
        own: dict[str, str] = {}
        for element in self._tree(_TYPES).iter():
            kind = element.get("ContentType", "").lower()
            if element.tag == "Default":
                defaults[element.get("Extension", "").lower()] = kind
            elif element.tag == "Override":
                own[_key(element.get("PartName", ""))] = kind
        for key, part in self.every.items():
            part.kind = own.get(key, defaults.get(key.rpartition(".")[2], ""))

    def _follow(self) -> None:
        """Go from the file's own relationships to every part that is reached."""
        pending, seen = [""], {""}
        while pending:
            for link in self.links(pending.pop()):
                if link.external or link.target not in self.parts:
                    continue
                self.parts[link.target].uses.add(link.use)
                if link.target not in seen:
                    seen.add(link.target)
                    pending.append(link.target)

    @property
    def main(self) -> str:
        """The name of the document or workbook itself; "" where there is none."""
        found = (link.target for link in self.links("") if link.use == "officeDocument")
        return next((name for name in found if name in self.parts), "")

    def links(self, name: str) -> list[Link]:
        """The relationships of a part, or of the whole file for ""."""
        if name not in self._links:
            folder, _, own = name.rpartition("/")
            key = posixpath.join(folder, "_rels", f"{own}.rels")
            self._links[name] = list(self._read_links(key, folder)) if key in self.every else []
        return self._links[name]

    def _read_links(self, key: str, folder: str) -> Iterator[Link]:
        for element in self._tree(key).iter("Relationship"):
            target, external = element.get("Target", ""), element.get("TargetMode") == "External"
            if not external:
                target = _key(posixpath.join("/", folder, target))
            use = element.get("Type", "").rstrip("/").rpartition("/")[2]
            yield Link(element.get("Id", ""), use, target, external)

    def strays(self) -> Iterator[str]:
        """Relationships of parts that are not there."""
        for key, part in self.every.items():
            if is_links(key) and owner_of(key) not in ("", *self.parts):
                yield part.name

    def used_as(self, *uses: str, by: str | None = None) -> list[str]:
        """The names of the parts that the file, or one part of it, uses in one of these ways."""
        if by is not None:
            found = (link.target for link in self.links(by) if link.use in uses)
            return [name for name in dict.fromkeys(found) if name in self.parts]
        return [name for name, part in self.parts.items() if part.uses & set(uses)]

    def events(self, name: str) -> Iterator[Event]:
        """The events of an XML part. Raises as `read_xml` does."""
        with self.archive.open(self.every[name].entry) as stream:
            odd = self.odd.setdefault(name, Odd())
            yield from read_xml(stream, odd)  # type: ignore[arg-type]

    def tree(self, name: str) -> Element:
        """The tree of an XML part. Raises Unreadable for what is no XML."""
        try:
            return self._tree(name)
        except expat.ExpatError as error:
            raise Unreadable("damaged", str(error)) from None

    def _tree(self, key: str) -> Element:
        with self.archive.open(self.every[key].entry) as stream:
            odd = self.odd.setdefault(key, Odd())
            tree = read_tree(stream, odd)  # type: ignore[arg-type]
        self.elements += odd.elements
        if self.elements > MAX_ELEMENTS:
            raise Unreadable("too_large")
        return tree

    def content(self, name: str) -> bytes:
        """The bytes of a part, at most MAX_UNPACKED of them."""
        with self.archive.open(self.every[name].entry) as stream:
            return stream.read(MAX_UNPACKED)

    def holds_more(self) -> bool:
        """True where bytes lie in the file that belong to no part: before, between or after."""
        return bool(self.archive.comment) or any(self._gaps())

    def _gaps(self) -> Iterator[bool]:
        ends = 0
        for entry in sorted(self.archive.infolist(), key=lambda entry: entry.header_offset):
            at = entry.header_offset
            yield at - ends > _DESCRIPTOR
            name, extra = (
                int.from_bytes(self.raw[at + n : at + n + 2], "little") for n in (26, 28)
            )
            ends = at + 30 + name + extra + entry.compress_size
        yield self.archive.start_dir - ends > _DESCRIPTOR
        end = self.raw.rfind(b"PK\x05\x06")
        yield end >= 0 and len(self.raw) > end + 22 + len(self.archive.comment)


def _key(name: str) -> str:
    return posixpath.normpath(unquote(name).replace("\\", "/")).lstrip("/").lower()


def is_links(key: str) -> bool:
    """True for a part of relationships, by its name in lower case."""
    return key.endswith(".rels") and posixpath.basename(posixpath.dirname(key)) == "_rels"


def owner_of(key: str) -> str:
    """The part that a part of relationships belongs to."""
    folder, _, name = key.rpartition("/")
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))
