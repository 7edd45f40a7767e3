"""7 index: a built site and its Catalogue in; a list of names and an index of the text out.

`search/names.json` answers names and titles at once and holds the order of all pages;
`search/words/` tells which of them hold a search word, `search/texts/` what each says, and
`search/signs.bin` how characters are read and simplified.

names.py    the list of names
signs.py    readings and simplified forms of characters
tokens.py   text -> search words
pages.py    a built page -> its text by sections
entries.py  that -> the page's entry, which can be kept: what a word counts for
parts.py    entries -> files that tell where a word stands
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from evalpress.assess import Catalogue
from evalpress.cache.kept import Kept
from evalpress.cache.outputs import Outputs
from evalpress.cache.store import digest, program
from evalpress.search.entries import Entry, entry_of
from evalpress.search.names import grouped_addresses, names, written_names
from evalpress.search.parts import Part, bucket_count, cut, edition_of, index_part, join, pack
from evalpress.search.signs import joined, made_by, odd_readings, table
from evalpress.wording import word

__all__ = [
    "Entry", "SearchError", "bucket_count", "cut", "entry_of", "index", "index_part", "join",
    "text_file", "text_path",
]  # fmt: skip

NAMES = "search/names.json"
WORDS = "search/words"
TEXTS = "search/texts"
SIGNS = "search/signs.bin"


class SearchError(Exception):
    """The index could not be made."""


def index(
    site_dir: Path,
    catalogue: Catalogue,
    kept: Kept | None = None,
    outputs: Outputs | None = None,
    others: Iterable[str] | None = None,
) -> int:
    """Make everything that the search needs in a built site. What `kept` holds is not made again;
    `outputs` takes the files. `others` are the addresses of pages beside reports and departments
    that may ask to be found; without them every page of the site is asked.

    Returns the number of pages in the index; the same pages give the same bytes. Raises
    SearchError when no page asks to be found.
    """
    _clear(site_dir)
    kept, outputs = kept or Kept(None), outputs or Outputs(site_dir)
    reader = _Reader(site_dir, kept, outputs)
    groups = grouped_addresses(catalogue)
    own = [address for group in groups for address in group]
    asked = set(_all_addresses(site_dir) if others is None else others) - set(own)
    found = reader.findable(sorted(asked))
    order = [*own, *(address for address, _, _ in found)]
    counts = [*cut(map(len, groups)), *cut([len(found)])]
    reader.read(order)
    parts = [reader.part(a, bucket_count(len(order))) for a in _slices(order, counts)]
    indexed = sum(len(part.found) for part in parts)
    if not indexed:
        raise SearchError(word("search", "no_pages").format(site_dir))
    edition = edition_of(order, counts)
    for bucket, content in enumerate(join([part.buckets for part in parts], edition)):
        _write(site_dir / WORDS / f"{bucket}.bin", content)
    about = {
        "edition": edition, "buckets": bucket_count(len(order)), "parts": counts, "others": found,
    }  # fmt: skip
    listed = names(catalogue) | {"readings": _readings(catalogue, kept), "index": about}
    _write(site_dir / NAMES, _json(listed))
    kept.use(("signs", made_by()))
    outputs.put(SIGNS, made_by(), lambda: kept.get(("signs", made_by()), table))
    return indexed


def _readings(catalogue: Catalogue, kept: Kept) -> dict[str, str]:
    """How names are read where that is not the usual way; what is kept of a department's names is
    not made again."""
    groups = written_names(catalogue)
    made = (kept.get(("readings", made_by(), *group), partial(_odd, group)) for group in groups)
    return joined(map(json.loads, made))


def _odd(names: Iterable[str]) -> bytes:
    return _json(odd_readings(names))


def text_path(address: str) -> str:
    """Where the text of the page at this address lies, from the site's root."""
    return f"{TEXTS}/{address}text.bin"


def text_file(entry: Entry) -> bytes:
    """The text of a page as the browser shows pieces of it: its sections, packed."""
    return pack(_json(entry.sections))


def _all_addresses(site_dir: Path) -> Iterator[str]:
    for path in site_dir.rglob("*.html"):
        yield path.relative_to(site_dir).as_posix().removesuffix("index.html")


class _Reader:
    """Reads the pages of a built site, or takes what is kept of them."""

    def __init__(self, site_dir: Path, kept: Kept, outputs: Outputs) -> None:
        self.site_dir = site_dir
        self.kept = kept
        self.outputs = outputs

    def findable(self, addresses: Sequence[str]) -> list[list[str]]:
        """Address, title and kind of those pages among these that ask to be found."""
        entries = map(self.entry, addresses)
        found = self._kept("findable", addresses, lambda: _json([_about(e) for e in entries if e]))
        made: list[list[str]] = json.loads(found)
        return made

    def read(self, addresses: Iterable[str]) -> None:
        """Read the pages at these addresses of which nothing is kept."""
        self.kept.get_ahead((self._parts_of(a), partial(self._entry, a)) for a in addresses)

    def part(self, addresses: Sequence[str], buckets: int) -> Part:
        """The index of these pages, and the text of each in its place."""
        make = partial(self._part, addresses, buckets)
        part = Part.from_bytes(self._kept(f"part {buckets}", addresses, make))
        for address in part.found:
            text = partial(self._text, address)
            self.outputs.put(text_path(address), digest(*self._parts_of(address)), text)
        return part

    def _part(self, addresses: Sequence[str], buckets: int) -> bytes:
        entries = map(self.entry, addresses)
        found: list[str] = []
        return Part(index_part(_noted(entries, found), len(addresses), buckets), found).to_bytes()

    def _text(self, address: str) -> bytes:
        entry = self.entry(address)
        return text_file(entry) if entry else b""

    def _kept(self, name: str, addresses: Sequence[str], make: Any) -> bytes:
        """What is kept of these pages together; of each alone its entry is kept as well."""
        each = [self._parts_of(address) for address in addresses]
        for parts in each:
            self.kept.use(parts)
        return self.kept.get((name, *(digest(*parts) for parts in each)), make)

    def entry(self, address: str) -> Entry | None:
        """The entry of the page at this address; None where there is none to be found."""
        found = self.kept.get(self._parts_of(address), partial(self._entry, address))
        return Entry.from_bytes(found) if found else None

    def _parts_of(self, address: str) -> tuple[str, ...]:
        """What the entry of a page follows from: what the page does, or else its content."""
        name = _file_of(address)
        follows = self.outputs.follows.get(name)
        if follows is None:
            path = self.site_dir / name
            follows = digest(path.read_bytes()) if path.is_file() else ""
        return ("entry", program(), address, follows)

    def _entry(self, address: str) -> bytes:
        path = self.site_dir / _file_of(address)
        entry = entry_of(path.read_text(encoding="utf-8"), address) if path.is_file() else None
        return entry.to_bytes() if entry else b""


def _file_of(address: str) -> str:
    return address if address.endswith(".html") else f"{address}index.html"


def _about(entry: Entry) -> list[str]:
    return [entry.address, entry.title, entry.kind]


def _noted(entries: Iterable[Entry | None], found: list[str]) -> Iterator[Entry | None]:
    """The entries as they come, the addresses of those that are there added to `found`."""
    for entry in entries:
        if entry:
            found.append(entry.address)
        yield entry


def _slices(order: list[str], counts: Iterable[int]) -> Iterator[list[str]]:
    start = 0
    for count in counts:
        yield order[start : start + count]
        start += count


def _clear(site_dir: Path) -> None:
    """Nothing of an older index stays."""
    for name in (WORDS, TEXTS):
        shutil.rmtree(site_dir / name, ignore_errors=True)


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
