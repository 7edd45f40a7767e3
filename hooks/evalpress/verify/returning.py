"""An earlier release that comes back -> the answers that its page for verifying gives from then on.

Its own do not know what was issued after it, which readers may hold all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from evalpress.ledger import Ledger, Standing
from evalpress.verify.answers import Answer, Current, answers_of
from evalpress.verify.shards import INDEX, NoShards, read_answers, read_index, shard_files


def answers_again(release: Path, ledger: Ledger, day: str) -> dict[str, bytes]:
    """The files with answers of a release that is live again from this day (ISO 8601) on, by their
    path on the site; none where it has no such page, or a page of another form."""
    try:
        before = read_answers(release)
    except (NoShards, OSError):
        return {}
    answers = answers_of(ledger, _current(before), day, back=True)
    lost = {sha: found for sha, found in before.items() if sha not in answers}
    digits = read_index((release / INDEX).read_bytes())
    return dict(shard_files({**answers, **lost}, digits))


def _current(answers: Mapping[str, list[Answer]]) -> Iterator[Current]:
    for sha, found in answers.items():
        for one in found:
            if one.standing is Standing.CURRENT:
                yield Current(
                    sha, one.kind, one.name, one.address, one.title, one.edition, one.sealed
                )
