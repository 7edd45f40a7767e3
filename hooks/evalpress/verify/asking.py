"""A file or a hash -> its answers: from a site's folder, a site's address, or the ledger alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from evalpress.verify.answers import Answer
from evalpress.verify.fetching import fetch, within
from evalpress.verify.shards import INDEX, NoShards, read_index, read_shard, shard_path

Ask = Callable[[str], list[Answer]]
"""Gives the answers for a hash, best first; none for a file that was never issued."""

_SHA = re.compile("[0-9a-f]{64}")
_SHARD_BYTES = 20_000_000


def ask_folder(site: Path) -> Ask:
    """Answers from a site's own files. Raises NoShards for a folder that has none."""
    return _asking(lambda path: _read(site / path))


def ask_address(site: str) -> Ask:
    """Answers from a site by its address. Raises Unreachable, NoShards."""
    return _asking(lambda path: fetch(within(site, path), _SHARD_BYTES))


def ask_answers(answers: Mapping[str, list[Answer]]) -> Ask:
    """Answers that are known already."""
    return lambda sha: answers.get(sha, [])


def _asking(read: Callable[[str], bytes]) -> Ask:
    digits, load = read_index(read(INDEX)), cache(read)
    return lambda sha: read_shard(load(shard_path(digits, sha)), sha)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise NoShards from None


def as_hash(text: str) -> str | None:
    """The hash that somebody typed, as programs print it; None for anything else."""
    plain = "".join(text.split()).lower()
    return plain if _SHA.fullmatch(plain) else None


def hash_of(path: Path) -> str:
    """The SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
