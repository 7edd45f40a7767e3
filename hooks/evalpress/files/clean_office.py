"""A DOCX or XLSX -> the same without metadata. Every part that holds none keeps its bytes;
comments, revisions and hidden sheets stay: whether they may go is for people to decide."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress

from evalpress.files.clean_pictures import clean_picture
from evalpress.files.scan.office import (
    APP_KEPT,
    CORE_KEPT,
    STANDARD_TEMPLATES,
    holds_own_data,
    is_xml,
    names_printer,
    without_disk_paths,
)
from evalpress.files.scan.packages import Package, is_links, owner_of
from evalpress.files.scan.picture_parts import Damaged


class Sealed(Exception):
    """A file with a digital signature, which would break."""


def clean_office(content: bytes) -> bytes:
    """The package without what tells about people, devices and disks. Raises Sealed, and Unreadable
    for one that cannot be unpacked."""
    package = Package(content)
    if has_signature(package):
        raise Sealed
    dropped = _dropped(package)
    cleaned = io.BytesIO()
    with zipfile.ZipFile(cleaned, "w") as new:
        for key, part in package.every.items():
            if key in dropped or (is_links(key) and owner_of(key) in dropped):
                continue
            copy = zipfile.ZipInfo(part.name, (1980, 1, 1, 0, 0, 0))
            copy.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(copy, _cleaned(package, key, dropped))
    return cleaned.getvalue()


def has_signature(package: Package) -> bool:
    """True for a package with a digital signature."""
    return bool(package.used_as("origin", "signature"))


def _dropped(package: Package) -> set[str]:
    """The parts that go as a whole: labels of an office's own system, data that no control shows,
    printers in a network."""
    bound = any(
        b"dataBinding" in package.content(name)
        for name, part in package.parts.items()
        if is_xml(part.kind, name)
    )
    data = () if bound else package.used_as("customXml")
    own = {name for name in data if holds_own_data(package, name)}
    about = {link.target for name in own for link in package.links(name)}
    printers = {name for name in package.used_as("printerSettings") if names_printer(package, name)}
    return own | about | printers | set(package.used_as("classificationlabels"))


def _cleaned(package: Package, key: str, dropped: set[str]) -> bytes:
    content = package.content(key)
    if is_links(key):
        return _without_links(package, key, content, dropped)
    if key not in package.parts:
        return _without_types(content, dropped)
    for use in sorted(package.parts[key].uses):
        content = _CLEANERS.get(use, _same)(package, content)
    if is_xml(package.parts[key].kind, key):
        content = _XML_COMMENT.sub(b"", without_disk_paths(content))
        if any(name.endswith(_PRINTER) for name in dropped):
            content = _PRINTER_USE.sub(rb"\1", content)
    return content


_XML_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_PRINTER = (".bin",)
_PRINTER_USE = re.compile(rb'(<(?:\w+:)?pageSetup\b[^>]*?)\s\w+:id="[^"]*"')
_LINK = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*?(?:/>|>\s*</(?:\w+:)?Relationship>)")
_TEMPLATE_USE = re.compile(rb"<w:attachedTemplate\s[^>]*/>")
_VARIABLES = re.compile(rb"<w:docVars>.*?</w:docVars>", re.DOTALL)
_SHARING = re.compile(rb'(<(?:\w+:)?fileSharing\b[^>]*?\buserName=")[^"]*')
_REFRESHED = re.compile(rb'(\brefreshedBy=")[^"]*')
_PEOPLE = re.compile(rb"(<(\w+:)?(people|personList)\b[^>]*?)(?:/>|>.*</(?:\w+:)?\3>)", re.DOTALL)
_LEAF = re.compile(rb"<((?:\w+:)?(\w+))(\s[^>]*)?>([^<]+)</\1>")
_CUSTOM = re.compile(rb"(<(?:\w+:)?Properties\b[^>]*?)(?:/>|>.*</(?:\w+:)?Properties>)", re.DOTALL)


def _same(package: Package, content: bytes) -> bytes:
    return content


def _without_links(package: Package, key: str, content: bytes, dropped: set[str]) -> bytes:
    """The relationships but for the way to a template, and to parts that are gone."""
    gone = {
        link.id.encode()
        for link in package.links(owner_of(key))
        if link.use == "attachedTemplate" or (not link.external and link.target in dropped)
    }

    def kept(found: re.Match[bytes]) -> bytes:
        own = re.search(rb'\bId="([^"]*)"', found[0])
        return b"" if own and own[1] in gone else found[0]

    return _LINK.sub(kept, content) if gone else content


def _without_types(content: bytes, dropped: set[str]) -> bytes:
    def kept(found: re.Match[bytes]) -> bytes:
        name = found[1].decode("utf-8", "replace").lstrip("/").lower()
        return b"" if name in dropped else found[0]

    return re.sub(rb'<(?:\w+:)?Override\s[^>]*?PartName="([^"]*)"[^>]*?/>', kept, content)


def _only(allowed: Callable[[str, str], bool]) -> Callable[[Package, bytes], bytes]:
    """Every other element stays, empty: <dc:creator>张三</dc:creator> loses its text."""

    def clean(package: Package, content: bytes) -> bytes:
        def kept(found: re.Match[bytes]) -> bytes:
            if allowed(found[2].decode(), found[4].decode("utf-8", "replace")):
                return found[0]
            return b"<" + found[1] + (found[3] or b"") + b"></" + found[1] + b">"

        return _LEAF.sub(kept, content)

    return clean


def _is_app_kept(name: str, value: str) -> bool:
    return name in APP_KEPT or (name == "Template" and bool(STANDARD_TEMPLATES.match(value)))


def _without_custom(package: Package, content: bytes) -> bytes:
    return _CUSTOM.sub(rb"\1/>", content)


def _clean_settings(package: Package, content: bytes) -> bytes:
    return _VARIABLES.sub(b"", _TEMPLATE_USE.sub(b"", content))


def _clean_people(package: Package, content: bytes) -> bytes:
    """People go where no comment needs them."""
    if package.used_as("comments", "threadedComment"):
        return content
    return _PEOPLE.sub(rb"\1/>", content)


def _clean_media(package: Package, content: bytes) -> bytes:
    with suppress(LookupError, Damaged, OSError):
        return clean_picture(content)
    return content


_CLEANERS: dict[str, Callable[[Package, bytes], bytes]] = {
    "core-properties": _only(lambda name, _: name in CORE_KEPT),
    "extended-properties": _only(_is_app_kept),
    "custom-properties": _without_custom,
    "settings": _clean_settings,
    "officeDocument": lambda package, content: _SHARING.sub(rb"\1", content),
    "pivotCacheDefinition": lambda package, content: _REFRESHED.sub(rb"\1", content),
    "people": _clean_people,
    "person": _clean_people,
    "image": _clean_media,
    "thumbnail": _clean_media,
}
