"""7 index: a built site and its Catalogue in; a list of names and an index of the text out.

`search/names.json` answers names and titles at once and holds the order of all pages;
`search/words/` tells which of them hold a search word, and `search/texts/` what each says.

names.py    the list of names
tokens.py   text -> search words
pages.py    a built page -> its text by sections
entries.py  that -> the page's entry, which can be kept: what a word counts for
parts.py    entries -> files that tell where a word stands
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from evalpress.assess import Catalogue
from evalpress.cache.kept import Kept
from evalpress.cache.store import program
from evalpress.search.entries import Entry, entry_of
from evalpress.search.names import grouped_addresses, names
from evalpress.search.parts import bucket_count, cut, edition_of, index_part, join, pack

__all__ = ["Entry", "SearchError", "bucket_count", "cut", "entry_of", "index", "index_part", "join"]

Writer = Callable[[str, bytes], None]

NAMES = "search/names.json"
WORDS = "search/words"
TEXTS = "search/texts"


class SearchError(Exception):
    """The index could not be made."""


def index(
    site_dir: Path,
    catalogue: Catalogue,
    kept: Kept | None = None,
    write: Writer | None = None,
) -> int:
    """Make everything that the search needs in a built site; a page that `kept` knows is not read
    again. `write` puts a file, by its path from the site's root, into the site.

    Returns the number of pages in the index; the same pages give the same bytes. Raises
    SearchError when no page asks to be found.
    """
    groups = grouped_addresses(catalogue)
    own = [address for group in groups for address in group]
    reader = _Reader(site_dir, kept or Kept(None), write or partial(_write, site_dir))
    others = _other_entries(reader, set(own))
    order = [*own, *others]
    counts = [*cut(map(len, groups)), *cut([len(others)])]
    _clear(site_dir)
    entries = _Entries(reader, others)
    parts = [
        index_part(entries.of(addresses), len(addresses), bucket_count(len(order)))
        for addresses in _slices(order, counts)
    ]
    if not entries.count:
        raise SearchError(f"没有可供搜索的网页：{site_dir}")
    edition = edition_of(order, counts)
    for bucket, content in enumerate(join(parts, edition)):
        reader.write(f"{WORDS}/{bucket}.bin", content)
    about = {
        "edition": edition, "buckets": bucket_count(len(order)), "parts": counts,
        "others": [[entry.address, entry.title, entry.kind] for entry in others.values()],
    }  # fmt: skip
    reader.write(NAMES, _json(names(catalogue) | {"index": about}))
    return entries.count


class _Entries:
    """The entries of a site's pages, read one by one; each one's text is written on the way."""

    def __init__(self, reader: _Reader, known: dict[str, Entry]) -> None:
        self.reader = reader
        self.known = known
        self.count = 0

    def of(self, addresses: Iterable[str]) -> Iterator[Entry | None]:
        for address in addresses:
            entry = self.known.get(address) or self.reader.entry(address)
            if entry:
                self.count += 1
                self.reader.write(text_path(address), text_file(entry))
            yield entry


def text_path(address: str) -> str:
    """Where the text of the page at this address lies, from the site's root."""
    return f"{TEXTS}/{address}text.bin"


def text_file(entry: Entry) -> bytes:
    """The text of a page as the browser shows pieces of it: its sections, packed."""
    return pack(_json(entry.sections))


def _other_entries(reader: _Reader, own: set[str]) -> dict[str, Entry]:
    """The pages beside departments and reports that ask to be found, by address."""
    site_dir = reader.site_dir
    paths = (path.relative_to(site_dir).as_posix() for path in site_dir.rglob("*.html"))
    addresses = {path.removesuffix("index.html") for path in paths}
    read = (reader.entry(address) for address in sorted(addresses - own))
    return {entry.address: entry for entry in read if entry}


class _Reader:
    """Reads the pages of a built site, or takes what is kept of them."""

    def __init__(self, site_dir: Path, kept: Kept, write: Writer) -> None:
        self.site_dir = site_dir
        self.kept = kept
        self.write = write

    def entry(self, address: str) -> Entry | None:
        """The entry of the page at this address; None where there is none to be found."""
        path = self.site_dir / (address if address.endswith(".html") else f"{address}index.html")
        if not path.is_file():
            return None
        source = path.read_bytes()
        parts = ("entry", program(), address, source)
        found = self.kept.get(parts, partial(_entry_bytes, source, address))
        return Entry.from_bytes(found) if found else None


def _entry_bytes(source: bytes, address: str) -> bytes:
    entry = entry_of(source.decode(), address)
    return entry.to_bytes() if entry else b""


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


def _write(site_dir: Path, name: str, content: bytes) -> None:
    path = site_dir / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
