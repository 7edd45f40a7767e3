"""The search indexes of several districts -> one, for the same scripts.

A district's parts stay parts: what each of them has in a bucket is told apart by the joint number
of buckets, and nothing of its pages is read again. The texts that are shown of a result stay below
the district's own prefix. An index of which nothing changed is taken as it was kept.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from evalpress.cache.kept import Kept
from evalpress.cache.store import digest, program
from evalpress.release.manifest import Manifest
from evalpress.search import NAMES, SIGNS, WORDS, Entry, index_part, text_file, text_path
from evalpress.search.parts import Part, bucket_count, edition_of, join, pack
from evalpress.search.signs import joined, made_by, table
from evalpress.search.tokens import bucket_of

_NUMBER = 4  # bytes of a number at the beginning of a bucket's file


class NotJoinable(Exception):
    """An index is not as this program writes it: what is wrong with it."""


@dataclass(frozen=True)
class OwnIndex:
    """A district's index: its folder, its list of names, how many of its parts hold departments and
    reports, and a hash of the files of its words."""

    folder: Path
    names: Mapping[str, Any]
    leading: int
    follows: str

    @property
    def buckets(self) -> int:
        """Into how many buckets it is cut."""
        return int(self.names["index"]["buckets"])

    @property
    def parts(self) -> list[int]:
        """The number of pages in each part."""
        return list(self.names["index"]["parts"])

    @property
    def others(self) -> list[list[str]]:
        """Address, title and kind of the pages beside departments and reports."""
        return list(self.names["index"]["others"])


def read_index_of(folder: Path, names: Mapping[str, Any], manifest: Manifest) -> OwnIndex:
    """The index of a district from its files. Raises NotJoinable."""
    try:
        about = names["index"]
        own = sum(1 + sum(len(one[3]) for one in row[5]) for row in names["departments"])
        ends = [0, *accumulate(about["parts"])]
        whole = ends[-1] == own + len(about["others"]) and about["buckets"].bit_count() == 1
        leading = ends.index(own)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise NotJoinable(f"{NAMES}: {error}") from None
    if not whole:
        raise NotJoinable(NAMES)
    paths = [f"{WORDS}/{number}.bin" for number in range(about["buckets"])]
    if missing := [path for path in paths if path not in manifest.files]:
        raise NotJoinable(missing[0])
    index = OwnIndex(folder, names, leading, digest(*(manifest.files[p][1] for p in paths)))
    for path in paths:
        _ends(folder / path, index)
    return index


def joint_search(
    districts: Sequence[tuple[str, str, OwnIndex]], kept: Kept, own: Sequence[Entry] = ()
) -> dict[str, bytes]:
    """The files of the joint search by their addresses, from prefix, name and index of each
    district, and the entries of the joint site's `own` pages, which come last. The same districts
    give the same bytes. Raises NotJoinable for a damaged index."""
    indexes = [index for _, _, index in districts]
    pages = sum(sum(index.parts) for index in indexes) + len(own)
    buckets = max(bucket_count(pages), *(index.buckets for index in indexes))
    split = [_parts(index, buckets, kept) for index in indexes]
    parts = [part for one, i in zip(split, indexes, strict=True) for part in one[: i.leading]]
    parts += [part for one, i in zip(split, indexes, strict=True) for part in one[i.leading :]]
    counts = [count for i in indexes for count in i.parts[: i.leading]]
    counts += [count for i in indexes for count in i.parts[i.leading :]]
    if own:
        parts.append(Part(index_part(own, len(own), buckets), []))
        counts.append(len(own))
    order = [f"{prefix} {index.names['index']['edition']}" for prefix, _, index in districts]
    order += [entry.address for entry in own]
    edition = edition_of(order, counts)
    files = {
        f"{WORDS}/{number}.bin": content
        for number, content in enumerate(join([part.buckets for part in parts], edition))
    }
    others = [*_others(districts), *([one.address, one.title, one.kind] for one in own)]
    about = {"edition": edition, "buckets": buckets, "parts": counts, "others": others}
    files |= {text_path(one.address): text_file(one) for one in own}
    files[NAMES] = _json({**_names(districts), "index": about})
    files[SIGNS] = kept.get(("signs", made_by()), table)
    return files


# --- words --------------------------------------------------------------------------------------


def _parts(index: OwnIndex, buckets: int, kept: Kept) -> list[Part]:
    """The parts of a district, cut into so many buckets."""
    make = partial(_split_index, index, buckets)
    held = kept.get(("joint parts", program(), index.follows, str(buckets)), make)
    head, _, content = held.partition(b"\n")
    lengths = json.loads(head)
    ends = list(accumulate(lengths))
    cut = (content[e - n : e] for e, n in zip(ends, lengths, strict=True))
    return [Part.from_bytes(one) for one in cut]


def _split_index(index: OwnIndex, buckets: int) -> bytes:
    made: list[list[bytes]] = [[b""] * buckets for _ in index.parts]
    for number in range(index.buckets):
        path = index.folder / WORDS / f"{number}.bin"
        content, ends = path.read_bytes(), _ends(path, index)
        pieces = (content[start:end] for start, end in pairwise(ends))
        for own, piece in zip(made, pieces, strict=True):
            for at, split in _split(piece, number, index.buckets, buckets):
                own[at] = split
    each = [Part(own, []).to_bytes() for own in made]
    return json.dumps([*map(len, each)]).encode() + b"\n" + b"".join(each)


def _ends(path: Path, index: OwnIndex) -> list[int]:
    """Where in a bucket's file its head ends, and what each part has, as `search.parts.join` writes
    it. Raises NotJoinable for a file that is not of this index, or not whole."""
    count = len(index.parts)
    head = _NUMBER * (1 + count)
    try:
        with path.open("rb") as file:
            edition, *lengths = struct.unpack(f"<{1 + count}I", file.read(head))
        ends = list(accumulate(lengths, initial=head))
        if edition == index.names["index"]["edition"] and ends[-1] == path.stat().st_size:
            return ends
    except (OSError, struct.error):
        pass
    raise NotJoinable(f"{WORDS}/{path.name}")


def _split(piece: bytes, number: int, own: int, buckets: int) -> Iterator[tuple[int, bytes]]:
    """A bucket's words and rows told apart into those of more buckets; every number is a power of
    two, so that as many buckets stay as they are."""
    if not piece or own == buckets:
        if piece:
            yield number, piece
        return
    words, rows, pages = _unpacked(piece)
    held: dict[int, list[int]] = {}
    for at, word in enumerate(words):
        held.setdefault(bucket_of(word, buckets), []).append(at)
    for bucket, places in held.items():
        said = "\n".join(words[at] for at in places).encode()
        chosen = b"".join(rows[at * pages : (at + 1) * pages] for at in places)
        yield bucket, pack(said + b"\0" + chosen)


def _unpacked(piece: bytes) -> tuple[list[str], bytes, int]:
    try:
        head, _, rows = zlib.decompress(piece).partition(b"\0")
        words = head.decode().split("\n")
    except (zlib.error, UnicodeDecodeError):
        raise NotJoinable(WORDS) from None
    if len(rows) % len(words):
        raise NotJoinable(WORDS)
    return words, rows, len(rows) // len(words)


# --- names --------------------------------------------------------------------------------------


def _names(districts: Sequence[tuple[str, str, OwnIndex]]) -> dict[str, Any]:
    """One list of names: the departments of all districts, their ids with the prefix before them,
    and what they name by its place named by that in the joint lists."""
    lists = [index.names for _, _, index in districts]
    kinds = _merged(tuple(kind) for names in lists for kind in names["kinds"])
    groups = _merged(group for names in lists for group in names["groups"])
    grades = _JointGrades(names["grades"] for names in lists)
    departments: list[Any] = []
    gaps: list[Any] = []
    for number, (prefix, _, index) in enumerate(districts):
        names, start = index.names, len(departments)
        gaps += [[start + place, found] for place, found in names["gaps"]]
        for name, group, short, dated, others, series in names["departments"]:
            rows = [_series(row, names, kinds, grades) for row in series]
            place = groups[names["groups"][group]]
            departments.append([f"{prefix}/{name}", place, short, dated, others, rows, number])
    return {
        "districts": [[prefix, name] for prefix, name, _ in districts],
        "kinds": [list(kind) for kind in kinds], "grades": grades.groups, "groups": list(groups),
        "gaps": gaps, "departments": departments,
        "readings": joined(names["readings"] for names in lists),
    }  # fmt: skip


def _merged(found: Iterable[Any]) -> dict[Any, int]:
    """Each with its place among those that differ."""
    return {one: place for place, one in enumerate(dict.fromkeys(found))}


def _series(
    row: Sequence[Any], names: Mapping[str, Any], kinds: Mapping[Any, int], grades: _JointGrades
) -> list[Any]:
    slug, kind, project, years, scores, places, *titles = row
    own = [grades.place(names["grades"], place) for place in places]
    return [slug, kinds[tuple(names["kinds"][kind])], project, years, scores, own, *titles]


class _JointGrades:
    """Grade words by what they mean, from several such lists; a meaning goes by its first word."""

    def __init__(self, lists: Iterable[Sequence[Sequence[str]]]) -> None:
        meanings: dict[str, dict[str, None]] = {}
        for groups in lists:
            for group in groups:
                meanings.setdefault(group[0], {}).update(dict.fromkeys(group))
        self.groups = [list(written) for written in meanings.values()]
        self._places = _merged((g, w) for g, held in meanings.items() for w in held)

    def place(self, own: Sequence[Sequence[str]], place: int) -> int:
        """Where a word stands that has this place in a district's own list; -1 for none."""
        pairs = [(group[0], written) for group in own for written in group]
        return self._places[pairs[place]] if place >= 0 else -1


def _others(districts: Sequence[tuple[str, str, OwnIndex]]) -> list[list[str]]:
    return [
        [f"{prefix}/{address}", title, kind]
        for prefix, _, index in districts
        for address, title, kind in index.others
    ]


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
