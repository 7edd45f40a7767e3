"""The ledger and the files of the site that is being built -> an answer for every issued file.

The ledger is written when a site goes live; what the new site itself changes, a new edition or a
new print, is therefore taken from its own files. Nothing that was removed from an edition is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from evalpress.ledger import Known, Ledger, ReportEntry, Standing, known_files
from evalpress.ledger.known import FileKind

# What a holder wants to hear first, where the same bytes were issued more than once.
_ORDER = list(Standing)


@dataclass(frozen=True)
class Current:
    """A file that the site being built issues: its hash, what it is, and which edition of the
    report at this address; `sealed` where it bears a signature or a seal of its own."""

    sha256: str
    kind: FileKind
    name: str
    address: str
    title: str
    edition: int = 1
    sealed: bool = False


@dataclass(frozen=True)
class Answer:
    """What is known of a file: how it stands, what it is, its report, its edition and the report's
    `latest` one; `on` is the day (ISO 8601) from which it was superseded or withdrawn."""

    standing: Standing
    kind: FileKind
    title: str
    address: str
    edition: int = 1
    latest: int = 1
    name: str = ""
    on: str = ""
    reason: str = ""
    office: str = ""
    sealed: bool = False

    def as_data(self) -> dict[str, Any]:
        """The answer as JSON has it, without what says nothing."""
        return {key: value for key, value in self.__dict__.items() if value not in ("", False)}

    @classmethod
    def from_data(cls, found: Mapping[str, Any]) -> Answer:
        """From JSON. Raises KeyError, TypeError or ValueError for what is no answer."""
        kinds = {"standing": Standing(found["standing"]), "kind": FileKind(found["kind"])}
        return cls(**{**found, **kinds})


def answers_of(
    ledger: Ledger,
    current: Iterable[Current],
    as_of: str = "",
    redacted: Mapping[str, tuple[str, str]] | None = None,
) -> dict[str, list[Answer]]:
    """Every answer by hash, the best first. `current` are all files of the site that is being built
    for the day `as_of`; without any, the ledger's own word holds. `redacted` are the reports from
    whose earlier editions the new site removes something, with day and reason."""
    here = list(current)
    latest = {one.address: one.edition for one in here}
    found: defaultdict[str, dict[Answer, None]] = defaultdict(dict)
    for one in here:
        found[one.sha256][_of_current(one)] = None
    issued = {(one.sha256, one.address) for one in here}
    for known in known_files(ledger):
        if (known.sha256, known.address) not in issued:
            entry = ledger.reports[known.address]
            answer = _of_known(known, entry)
            if here:
                answer = _as_of(answer, latest, as_of, redacted or {})
            found[known.sha256][answer] = None
    return {sha: sorted(answers, key=_weight) for sha, answers in found.items()}


def _weight(answer: Answer) -> tuple[int, str, int]:
    return _ORDER.index(answer.standing), answer.address, -answer.edition


def _of_current(one: Current) -> Answer:
    return Answer(
        Standing.CURRENT, one.kind, one.title, one.address, one.edition, one.edition, one.name,
        sealed=one.sealed,
    )  # fmt: skip


def _of_known(known: Known, entry: ReportEntry) -> Answer:
    edition = entry.edition(known.edition)
    answer = Answer(
        known.standing, known.kind, known.title, known.address, known.edition,
        entry.latest.number, known.name,
    )  # fmt: skip
    if gone := entry.withdrawn:
        return replace(
            answer, standing=Standing.WITHDRAWN, name="", on=gone.date, reason=gone.reason,
            office=gone.office,
        )  # fmt: skip
    if known.standing is Standing.REDACTED and edition:
        last = edition.redacted[-1]
        return replace(answer, name="", on=last.date, reason=last.reason)
    if known.standing is Standing.SUPERSEDED and edition:
        return replace(answer, on=edition.superseded[:10])
    return answer


def _as_of(
    answer: Answer, latest: Mapping[str, int], as_of: str, redacted: Mapping[str, tuple[str, str]]
) -> Answer:
    """The answer in the light of the new site, which does not issue this file."""
    if answer.standing not in (Standing.CURRENT, Standing.REPRINTED, Standing.SUPERSEDED):
        return answer
    if answer.address not in latest:
        return replace(answer, standing=Standing.WITHDRAWN, name="", on=answer.on or as_of)
    now = latest[answer.address]
    if answer.edition < now:
        if removed := redacted.get(answer.address):
            on, reason = removed
            gone = Standing.REDACTED
            return replace(answer, standing=gone, latest=now, name="", on=on, reason=reason)
        on = answer.on or as_of
        return replace(answer, standing=Standing.SUPERSEDED, latest=now, on=on)
    printed = answer.kind in (FileKind.PDF, FileKind.COVER)
    known = Standing.REPRINTED if printed else Standing.REPLACED
    return replace(answer, standing=known, latest=now)


def listed(answers: Mapping[str, list[Answer]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every hash with its answers as JSON has them, in the order of hashes."""
    for sha in sorted(answers):
        yield sha, [answer.as_data() for answer in answers[sha]]
