"""8 release: two finished folders -> what readers will see differently, page by page.

Of a report its exported data are compared, figure by figure; of any other page its text. A page of
which neither changed has only another frame: a new year beside it, another style.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from lxml import etree

from evalpress.release.hashes import Hashes
from evalpress.release.manifest import Entry, Manifest, read_manifest
from evalpress.release.verification import files_of

_LINES = 40  # of a page's text that are shown
_AROUND = frozenset({"format", "tables", "sections"})
_CONTAINERS = frozenset({"content", "rows", "amounts", "items", "list", "stages"})
_TEXT = "//article//text()[not(ancestor::script or ancestor::style or ancestor::svg)]"


class Kind(StrEnum):
    """What happens to a page; `framed` is one that says the same as before."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    FRAMED = "framed"


@dataclass(frozen=True)
class Change:
    """One figure or piece of text: its place in the report, empty for a line of text; what stands
    there before and after, empty where there is nothing."""

    place: str
    before: str
    after: str


@dataclass(frozen=True)
class PageChange:
    """A page that readers see differently; `year` is that of a report, `lost` the parts and
    sections of its data that are gone."""

    kind: Kind
    address: str
    title: str
    year: int | None = None
    changes: tuple[Change, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def says_else(self) -> bool:
        """Whether what was reported differs, not only what stands around it."""
        return self.kind in (Kind.NEW, Kind.GONE) or any(change.place for change in self.changes)


@dataclass(frozen=True)
class Difference:
    """All pages that differ, by address, and how many other files do."""

    pages: tuple[PageChange, ...]
    files: int = 0

    def of(self, kind: Kind) -> list[PageChange]:
        """The pages to which this happens."""
        return [page for page in self.pages if page.kind is kind]


def difference(before: Path, after: Path) -> Difference:
    """What differs between two folders, of which the first may be missing. Raises OSError."""
    old, new = _consists_of(before), _consists_of(after)
    had, has = old.pages, new.pages
    pages = {path for path in had.keys() | has.keys() if had.get(path) != has.get(path)}
    changed = tuple(_page(before, after, old, new, path) for path in sorted(pages))
    others = [
        path
        for path in (old.files.keys() | new.files.keys()) - pages
        if old.files.get(path) != new.files.get(path)
    ]
    return Difference(changed, len(others))


def _consists_of(folder: Path) -> Manifest:
    if not folder.is_dir():
        return Manifest({})
    if not (own := read_manifest(folder)):
        return Manifest(files_of(folder, Hashes(), mend=False))
    # What somebody took away is not there for readers either.
    return replace(own, files={p: e for p, e in own.files.items() if (folder / p).is_file()})


def _page(before: Path, after: Path, old: Manifest, new: Manifest, path: str) -> PageChange:
    address = path.removesuffix("index.html")
    if path not in new.files:
        return PageChange(Kind.GONE, address, _title(before / path), _year(before, old, path))
    title, year = _title(after / path), _year(after, new, path)
    if path not in old.files:
        return PageChange(Kind.NEW, address, title, year)
    found = tuple(_changes(before, after, old.files, new.files, path))
    lost = tuple(_lost(before, after, old.files, new.files, _data_path(path)))
    return PageChange(Kind.CHANGED if found else Kind.FRAMED, address, title, year, found, lost)


def _lost(
    before: Path, after: Path, old: Mapping[str, Entry], new: Mapping[str, Entry], data: str
) -> Iterator[str]:
    """The parts of a report, and the sections of its text, that it had and no longer has."""
    if data in old and data in new:
        had, has = _read(before / data), _read(after / data)
        for name, place in (("content", ""), ("sections", "body/")):
            gone = (key for key in had.get(name) or () if key not in (has.get(name) or ()))
            yield from (f"{place}{key}" for key in gone)


def _changes(
    before: Path, after: Path, old: Mapping[str, Entry], new: Mapping[str, Entry], path: str
) -> Iterator[Change]:
    data = _data_path(path)
    if data in old and data in new:
        figures = list(_figures(_read(before / data), _read(after / data)))
        if figures:
            yield from figures
            return
    yield from islice(_lines(_text(before / path), _text(after / path)), _LINES)


def _data_path(path: str) -> str:
    """The exported data beside a report's page."""
    folder = path.rpartition("/")[0]
    return f"{folder}/{folder.replace('/', '-')}.json"


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except ValueError:  # damaged
        return {}
    return found if isinstance(found, dict) else {}


def _year(folder: Path, own: Manifest, path: str) -> int | None:
    data = _data_path(path)
    return _read(folder / data).get("year") if data in own.files else None


def _figures(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    before, after = dict(_places(old)), dict(_places(new))
    for place in dict.fromkeys([*before, *after]):
        if before.get(place) != after.get(place):
            yield Change(place, before.get(place, ""), after.get(place, ""))


def _places(node: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Everything that a report's data say, each with its place, made of ids as clerks write it."""
    if isinstance(node, dict):
        parts = [(str(key), value) for key, value in node.items() if place or key not in _AROUND]
    elif isinstance(node, list):
        parts = [(_name(value) or str(at), value) for at, value in enumerate(node, 1)]
    else:
        yield place, "" if node is None else str(node)
        return
    for name, value in parts:
        below = place if name in _CONTAINERS else "/".join(filter(None, (place, name)))
        yield from _places(value, below)


def _name(value: Any) -> str:
    return str(value.get("id") or "") if isinstance(value, dict) else ""


def _tree(path: Path) -> Any:
    return etree.HTML(path.read_bytes(), etree.HTMLParser(encoding="utf-8"))


def _title(path: Path) -> str:
    """The page's heading; the title of one that has none."""
    tree = _tree(path)
    found = [] if tree is None else [tree.xpath(f"string(//{name})") for name in ("h1", "title")]
    return next((" ".join(text.split()) for text in found if text.strip()), "")


def _text(path: Path) -> list[str]:
    tree = _tree(path)
    found = [] if tree is None else tree.xpath(_TEXT)
    return [" ".join(text.split()) for text in found if text.strip()]


def _lines(old: list[str], new: list[str]) -> Iterator[Change]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, one, two, three, four in matcher.get_opcodes():
        if tag != "equal":
            yield Change("", " ".join(old[one:two]), " ".join(new[three:four]))
