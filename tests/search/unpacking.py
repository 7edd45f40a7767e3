"""What the files of the index hold, without their compression; read apart from the program."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def about(site: Path) -> Any:
    """What the list of names says of the index."""
    return json.loads((site / "search/names.json").read_text(encoding="utf-8"))["index"]


def segments(path: Path, parts: int) -> tuple[int, list[bytes]]:
    """The edition of a file of words, and what each part has in it, unpacked."""
    content = path.read_bytes()
    heads = 4 * (1 + parts)
    edition, *lengths = (int.from_bytes(content[n : n + 4], "little") for n in range(0, heads, 4))
    place, found = heads, []
    for length in lengths:
        found.append(zlib.decompress(content[place : place + length]) if length else b"")
        place += length
    assert place == len(content)
    return edition, found


def rows(segment: bytes, pages: int) -> Iterator[tuple[str, list[int]]]:
    """Every word of a segment with its weight for each page of the part."""
    if not segment:
        return
    head, _, body = segment.partition(b"\0")
    words = head.decode().split("\n")
    assert len(body) == len(words) * pages
    for place, word in enumerate(words):
        yield word, list(body[place * pages : (place + 1) * pages])


def text(site: Path, path: Path) -> str:
    """All text that a file of the index holds: sections of a page, search words, readings."""
    if path.name in ("text.bin", "signs.bin"):
        return zlib.decompress(path.read_bytes()).decode()
    _, found = segments(path, len(about(site)["parts"]))
    return "\n".join(segment.partition(b"\0")[0].decode() for segment in found)
