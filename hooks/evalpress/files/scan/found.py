"""What a file holds, and how it is gathered while the file is read, within limits."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_TEXT = 20_000_000
MAX_UNPACKED = 80_000_000
PICTURE_PIXELS = 300_000  # what can hold a page of text
FEW_SIGNS = 10
DRAWN_BYTES = 20_000
# A file on somebody's own computer or in an office's network, in the ways that systems write it.
DISK_PATH = re.compile(
    r"\b[a-z]:\\+[^\s\\]|\bfile:/|\\\\[\w.-]+\\|(?<![\w.])/(?:Users|home)/\w", re.IGNORECASE
)


@dataclass(frozen=True)
class Passage:
    """Text of one part of a file: a page, a row of the sheet `name`, a comment, a property;
    `inside` names the file in this one that it comes from, if it comes from one."""

    part: str
    text: str
    name: str = ""
    number: int = 0
    inside: str = ""


@dataclass(frozen=True)
class Property:
    """Metadata that tell about a person, a device or a place; `evalpress clean` removes them."""

    name: str
    value: str


@dataclass(frozen=True)
class Hidden:
    """What readers may not see at once and people must decide about: comments, hidden sheets."""

    kind: str
    names: tuple[str, ...] = ()
    count: int = 1


@dataclass(frozen=True)
class Scan:
    """What a file holds; `reason` and `detail` say why it could not be read. `paragraphs` are those
    of a tagged PDF, whose pages are torn into lines."""

    kind: str
    texts: tuple[Passage, ...] = ()
    properties: tuple[Property, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    readable: bool = True
    reason: str = ""
    detail: str = ""
    paragraphs: tuple[str, ...] = ()


class Unreadable(Exception):
    """Why a file cannot be read: damaged, encrypted, format, too_large, pictures, unread_parts."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


class Gathered:
    """What has been found in a file so far."""

    def __init__(self, kind: str, depth: int) -> None:
        self.kind, self.depth = kind, depth
        self.texts: list[Passage] = []
        self.properties: dict[Property, None] = {}
        self.hidden: dict[str, list[str]] = {}
        self.unread: list[str] = []
        self.paragraphs: tuple[str, ...] = ()
        self.length = self.inner = 0

    def weigh(self, length: int) -> None:
        """Count text; a small file can refer to the same text a million times."""
        self.length += length
        if self.length > MAX_TEXT:
            raise Unreadable("too_large")

    def say(self, part: str, text: str, name: str = "", number: int = 0) -> None:
        """Take a text of a part (`page`, `row`, `comment` …); one without signs is left out. Raises
        Unreadable when the file has more text than any honest one."""
        self.weigh(len(text))
        if text.strip():
            self.texts.append(Passage(part, text, name, number))

    def tell(self, name: str, value: str) -> None:
        """Take a property about a person, device or place, at most 200 characters of it."""
        if value.strip():
            self.properties[Property(name, value.strip()[:200])] = None

    def hide(self, kind: str, name: str = "") -> None:
        """Take something that readers do not see at once, under its kind; `name` says which."""
        self.hidden.setdefault(kind, []).append(name.strip()[:200])

    def miss(self, name: str) -> None:
        """Note a part, stream or font that was not understood: the file counts as unchecked."""
        if name not in self.unread:
            self.unread.append(name[:60])

    def add(self, other: Scan, name: str) -> None:
        """Take over what a file inside this one holds."""
        self.weigh(sum(len(t.text) for t in other.texts))
        self.texts += (
            Passage(t.part, t.text, t.name or name, t.number, t.inside or name or t.name)
            for t in other.texts
        )
        self.properties.update(dict.fromkeys(other.properties))
        for hidden in other.hidden:
            self.hidden.setdefault(hidden.kind, []).extend(hidden.names or ("",))
        if not other.readable:
            self.hide("unread_part", name)

    def scan(self, refusal: Unreadable | None = None) -> Scan:
        """What was gathered, as a Scan; with a refusal, or where a part was missed, one that says
        why the rest could not be read."""
        if not refusal and self.unread:
            more = "……" if len(self.unread) > 5 else ""
            refusal = Unreadable("unread_parts", "、".join(self.unread[:5]) + more)
        hidden = tuple(
            Hidden(kind, tuple(dict.fromkeys(filter(None, names))), len(names))
            for kind, names in self.hidden.items()
        )
        found = (self.kind, tuple(self.texts), tuple(self.properties), hidden)
        if refusal:
            return Scan(*found, False, refusal.reason, refusal.detail, self.paragraphs)
        return Scan(*found, paragraphs=self.paragraphs)
