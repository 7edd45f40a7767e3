"""Answers <-> the files that a browser loads to verify one file: `verify/index.json` says how many
first digits of a hash name the file below `verify/hashes/` that holds it.

Every such file is there, even an empty one: what is missing is then a fault, never an answer.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

from evalpress.cache.cachefiles import sweep, write_whole
from evalpress.cache.store import digest
from evalpress.verify.answers import Answer, listed

INDEX = "verify/index.json"
FORMAT = "evalpress-hashes/1"
_DIGITS = "0123456789abcdef"
_MOST = 512  # hashes of a file on average; more, and they are told apart by one more digit


Told = dict[str, list[dict[str, Any]]]
"""Answers by hash, the best first, as JSON has them."""


class NoShards(Exception):
    """What was read is none of the files of this room."""


def digits_for(count: int) -> int:
    """How many digits tell the files apart, for so many hashes."""
    digits = 1
    while count > _MOST * 16**digits:
        digits += 1
    return digits


def shard_path(digits: int, sha: str) -> str:
    """Where the answers for a hash lie, from the site's root."""
    return f"verify/hashes/{sha[:digits]}.json"


def shard_files(
    answers: Mapping[str, list[Answer]], digits: int = 0
) -> Iterator[tuple[str, bytes]]:
    """Every file with its path; the same answers give the same bytes. Unless so many `digits` are
    asked for, they follow from the number of hashes."""
    yield from told_files(dict(listed(answers)), digits)


def told_files(told: Told, digits: int = 0) -> Iterator[tuple[str, bytes]]:
    """The same of answers as JSON has them."""
    digits = digits or digits_for(len(told))
    yield INDEX, _json({"format": FORMAT, "digits": digits, "hashes": len(told)})
    parts: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for sha in sorted(told):
        parts[sha[:digits]][sha] = told[sha]
    for prefix in map("".join, product(_DIGITS, repeat=digits)):
        yield shard_path(digits, prefix), _json({"format": FORMAT, "hashes": parts[prefix]})


def keep_shards(folder: Path, answers: Mapping[str, list[Answer]]) -> dict[str, Path]:
    """Write these files into a cache folder of their own; gives them by their paths on the site.
    One that is there already stays. Raises OSError where they can't be written."""
    kept = {}
    for path, content in shard_files(answers):
        kept[path] = folder / f"{digest(content)}-{path.rpartition('/')[2]}"
        if not kept[path].exists():
            write_whole(kept[path], content)
    sweep(folder, kept.values())
    return kept


def read_index(content: bytes) -> int:
    """The number of digits that an index names. Raises NoShards."""
    digits = _read(content).get("digits")
    if not isinstance(digits, int) or not 1 <= digits <= 8:
        raise NoShards
    return digits


def read_shard(content: bytes, sha: str) -> list[Answer]:
    """The answers for a hash in the file that holds it; none for one that was never issued. Raises
    NoShards."""
    hashes = _read(content).get("hashes")
    if not isinstance(hashes, dict):
        raise NoShards
    return _answers(hashes.get(sha, []))


def _answers(told: Any) -> list[Answer]:
    try:
        return [Answer.from_data(one) for one in told]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise NoShards from None


def read_answers(site: Path) -> dict[str, list[Answer]]:
    """Every answer of a finished site, by hash. Raises NoShards, OSError."""
    return {sha: _answers(told) for sha, told in read_told(site).items()}


def read_told(site: Path) -> Told:
    """The same as JSON has it. Raises NoShards, OSError."""
    digits = read_index((site / INDEX).read_bytes())
    found: Told = {}
    for prefix in map("".join, product(_DIGITS, repeat=digits)):
        hashes = _read((site / shard_path(digits, prefix)).read_bytes()).get("hashes")
        if not isinstance(hashes, dict):
            raise NoShards
        found |= hashes
    return found


def _read(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        raise NoShards from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise NoShards
    return found


def _json(content: Any) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode()
