"""What the districts say of the files that they ever issued -> the same for the joint site: one
list of hashes in as small files as a district's own, so that a browser loads two of them.

A district's answers are taken as they are, with its name and its prefix before them; the joint
site's own files are known while they are there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from evalpress.cache.kept import Kept
from evalpress.cache.store import digest, program
from evalpress.districts.taking_in import Part
from evalpress.ledger import Ledger, Standing
from evalpress.ledger.known import kind_of
from evalpress.pages.frame import Page
from evalpress.verify import Current, answers_of
from evalpress.verify.answers import listed
from evalpress.verify.shards import INDEX, NoShards, Told, read_told, told_files
from evalpress.wording import word

_FOLDER = INDEX.rpartition("/")[0]


def joint_answers(
    parts: Sequence[Part], own: Mapping[str, list[dict[str, Any]]], kept: Kept
) -> dict[str, bytes]:
    """The files by address; `own` are the answers for the joint site's own files, by hash."""
    found: dict[str, list[dict[str, Any]]] = {sha: [*told] for sha, told in own.items()}
    for part in parts:
        for sha, told in _of_district(part, kept).items():
            found.setdefault(sha, []).extend(told)
    return dict(told_files({sha: sorted(told, key=_weight) for sha, told in found.items()}))


_ORDER = [str(standing) for standing in Standing]


def _weight(told: Mapping[str, Any]) -> int:
    return _ORDER.index(told["standing"]) if told.get("standing") in _ORDER else len(_ORDER)


def answers_for(part: Part) -> bool:
    """Whether a district's site has such answers at all."""
    return INDEX in part.manifest.files


def _of_district(part: Part, kept: Kept) -> Told:
    """What a district says, under the joint site's addresses. Nothing where it has no such
    answers."""
    if not answers_for(part):
        return {}
    files = sorted(p for p in part.manifest.files if p.startswith(f"{_FOLDER}/"))
    follows = digest(*(part.manifest.files[path][1] for path in files))
    own = part.district
    name = ("joint answers", program(), own.prefix, own.name, follows)
    made: Told = json.loads(kept.get(name, partial(_made, part)))
    return made


def _made(part: Part) -> bytes:
    below, name = part.district.below, part.district.name
    titled = word("joint", "of_district")
    found = {
        sha: [
            {**one, "address": f"{below}{one.get('address', '')}",
             "title": titled.format(name, one.get("title", ""))}
            for one in told
        ]
        for sha, told in told_in(part.folder).items()
    }  # fmt: skip
    return json.dumps(found, ensure_ascii=False).encode()


def told_in(folder: Path) -> Told:
    """What the site in a folder says of files; nothing where it has no such answers."""
    try:
        return read_told(folder)
    except (NoShards, OSError):
        return {}


def own_answers(
    files: Mapping[str, bytes], pages: Sequence[Page], shown: str
) -> dict[str, list[dict[str, Any]]]:
    """The answers for those of the joint site's own files that readers may keep; `shown` is the
    page that leads to those that lie beside none."""
    titles = {page.address: page.title for page in pages}
    current = []
    for address, content in files.items():
        kind, beside = kind_of(address), address.rpartition("/")[0]
        page = f"{beside}/".lstrip("/")
        page = page if page in titles else shown
        if kind:
            sha, name = hashlib.sha256(content).hexdigest(), address.rpartition("/")[2]
            current.append(Current(sha, kind, name, page, titles[page]))
    return dict(listed(answers_of(Ledger(), current)))
