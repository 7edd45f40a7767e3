"""7 index: entries of pages -> the files that answer which pages hold a search word.

The pages stand in one order, cut into parts that are indexed apart, so that an edit makes one part
anew. A part holds for each of its words a row with one byte for each of its pages: the word's
weight there, 0 where it is missing. Rows are packed in buckets, by a hash of the word, and one file
joins what all parts have in a bucket: a word costs one request, however many parts there are.
`assets/search/words.js` reads these files.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from evalpress.search.entries import Entry
from evalpress.search.tokens import bucket_of

# Twice the pages in a part: an edit takes twice as long, an answer loads a tenth less.
PART = 512
# With fewer pages to a bucket there are more files, with more of them an answer loads more.
PAGES_PER_BUCKET = 5
_FEWEST_BUCKETS = 16
_LEVEL = 6


@dataclass(frozen=True)
class Part:
    """The index of the pages of one part: what each bucket holds of it, and the addresses of those
    pages that can be found."""

    buckets: list[bytes]
    found: list[str]

    def to_bytes(self) -> bytes:
        """The part in a form to be kept."""
        head = json.dumps([list(map(len, self.buckets)), self.found]).encode()
        return head + b"\n" + b"".join(self.buckets)

    @classmethod
    def from_bytes(cls, kept: bytes) -> Part:
        """The part that `to_bytes` wrote. Raises ValueError where these bytes are none."""
        head, _, content = kept.partition(b"\n")
        lengths, found = json.loads(head)
        ends = list(accumulate(lengths))
        return cls([content[e - n : e] for e, n in zip(ends, lengths, strict=True)], found)


def cut(groups: Iterable[int]) -> list[int]:
    """The numbers of pages in each part; `groups` are the numbers of pages that belong together.

    A part is complete with the group that brings it to PART pages, so that one page more seldom
    moves what follows; a group of more than twice as many is cut.
    """
    parts, own = [], 0
    for size in groups:
        own += size
        while own >= 2 * PART:
            parts.append(PART)
            own -= PART
        if own >= PART:
            parts.append(own)
            own = 0
    return [*parts, own] if own else parts


def bucket_count(pages: int) -> int:
    """Into how many buckets an index of so many pages is cut: a power of two."""
    wanted = -(-pages // PAGES_PER_BUCKET)
    return max(_FEWEST_BUCKETS, 1 << (wanted - 1).bit_length()) if wanted else _FEWEST_BUCKETS


def index_part(entries: Iterable[Entry | None], pages: int, buckets: int) -> list[bytes]:
    """What one part has in each bucket; b"" where it has none of a bucket's words.

    `entries` are those of the part's `pages` pages in their order, None for one that cannot be
    found. Only the rows are held, not the entries. The same entries give the same bytes.
    """
    rows: defaultdict[str, bytearray] = defaultdict(lambda: bytearray(pages))
    for place, entry in enumerate(entries):
        for weight, words in enumerate(entry.words if entry else (), start=1):
            for word in words.split():
                rows[word][place] = weight
    held: list[list[str]] = [[] for _ in range(buckets)]
    for word in sorted(rows):
        held[bucket_of(word, buckets)].append(word)
    return [_packed_rows(words, rows) for words in held]


def _packed_rows(words: list[str], rows: dict[str, bytearray]) -> bytes:
    """Words by lines, a zero, then their rows; compressed in a form that every browser unpacks."""
    if not words:
        return b""
    return pack("\n".join(words).encode() + b"\0" + b"".join(rows[word] for word in words))


def join(parts: Sequence[Sequence[bytes]], edition: int) -> Iterator[bytes]:
    """The file of each bucket: the edition, the length of what each part has, then all of it.

    `edition` is the 32-bit number of the order of pages that the rows belong to.
    """
    for held in zip(*parts, strict=True):
        head = struct.pack(f"<{1 + len(held)}I", edition, *map(len, held))
        yield head + b"".join(held)


def edition_of(addresses: Iterable[str], parts: Iterable[int]) -> int:
    """A number for an order of pages and its parts; rows belong to one such order only."""
    return zlib.crc32("\n".join([*addresses, *map(str, parts)]).encode())


def pack(content: bytes) -> bytes:
    """The content in zlib's format, which browsers call deflate."""
    return zlib.compress(content, _LEVEL)
