"""The ledger and the files of the site that is being built -> an answer for every issued file.

The ledger is written when a site goes live; what the new site itself changes, a new edition or a
new print, is therefore taken from its own files. Nothing that was removed from an edition is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evalpress.ledger import Edition, Known, Ledger, ReportEntry, Standing, known_files
from evalpress.ledger.known import (
    OF_PAGES,
    VOLUMES,
    FileKind,
    KnownVolume,
    departments_of,
    held_in,
    known_volumes,
)
from evalpress.wording import word

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
        said = self.__dict__.items()
        return {key: v for key, v in said if v not in ("", False) or key == "address"}

    @classmethod
    def from_data(cls, found: Mapping[str, Any]) -> Answer:
        """From JSON. Raises KeyError, TypeError or ValueError for what is no answer."""
        kinds = {"standing": Standing(found["standing"]), "kind": FileKind(found["kind"])}
        return cls(**{**found, **kinds})


Removed = Mapping[tuple[str, int], tuple[str, str]]
"""Day and reason of what is removed from an edition, by the report's address and its number."""


@dataclass(frozen=True)
class _Site:
    """The site in whose light the ledger is read: its day, the latest editions of its reports, what
    it removes from earlier ones; `back` where it is an earlier site that comes back."""

    as_of: str
    latest: Mapping[str, int]
    removed: Removed
    back: bool


def answers_of(
    ledger: Ledger,
    current: Iterable[Current],
    as_of: str = "",
    removed: Removed | None = None,
    back: bool = False,
) -> dict[str, list[Answer]]:
    """Every answer by hash, the best first. `current` are all files of the site that goes live on
    the day `as_of`; without any, the ledger's own word holds. `removed` is what that site removes
    from earlier editions; `back` says that it was live before and that the ledger knows more."""
    here = sorted(current, key=lambda one: one.edition)
    site = _Site(as_of, {one.address: one.edition for one in here}, removed or {}, back)
    found: defaultdict[str, dict[Answer, None]] = defaultdict(dict)
    for one in here:
        found[one.sha256][_of_current(one, site, ledger)] = None
    issued = {(one.sha256, one.address) for one in here}
    for known in known_files(ledger):
        if (known.sha256, known.address) not in issued:
            entry = ledger.reports[known.address]
            answer = _of_known(known, entry)
            found[known.sha256][_as_of(answer, site) if here else answer] = None
    for sha, answer in _of_volumes(ledger, here, site):
        found[sha][answer] = None
    return {sha: sorted(answers, key=_weight) for sha, answers in found.items()}


def _weight(answer: Answer) -> tuple[int, str, int]:
    return _ORDER.index(answer.standing), answer.address, -answer.edition


def _of_current(one: Current, site: _Site, ledger: Ledger) -> Answer:
    latest = site.latest[one.address]
    answer = Answer(
        Standing.CURRENT, one.kind, one.title, one.address, one.edition, latest, one.name,
        sealed=one.sealed,
    )  # fmt: skip
    if one.edition == latest:
        return answer
    entry = ledger.reports.get(one.address)
    edition = entry.edition(one.edition) if entry else None
    on = edition.superseded[:10] if edition else ""
    return replace(answer, standing=Standing.SUPERSEDED, on=on or site.as_of)


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


def what_of(answer: Answer) -> str:
    """The key of the wording that tells what a file is."""
    if answer.kind in VOLUMES:
        return "what_volume" if answer.name else "what_book"
    return "what_named" if answer.name else "what"


_OPEN = (Standing.CURRENT, Standing.REPRINTED, Standing.SUPERSEDED)
_PRINTED = (FileKind.PDF, FileKind.COVER, FileKind.DATA)


def _as_of(answer: Answer, site: _Site) -> Answer:
    """The answer in the light of a site that does not issue this file."""
    if answer.standing not in _OPEN:
        return answer
    now = site.latest.get(answer.address, 0)
    if site.back and now < answer.edition:
        reason = word("verify", "gone_back")
        return replace(answer, standing=Standing.REPLACED, latest=now, on=site.as_of, reason=reason)
    if not now:
        return replace(answer, standing=Standing.WITHDRAWN, name="", on=answer.on or site.as_of)
    if removed := site.removed.get((answer.address, answer.edition)):
        on, reason = removed
        gone = Standing.REDACTED
        return replace(answer, standing=gone, latest=now, name="", on=on, reason=reason)
    if answer.edition < now:
        on = answer.on or site.as_of
        return replace(answer, standing=Standing.SUPERSEDED, latest=now, on=on)
    known = Standing.REPRINTED if answer.kind in _PRINTED else Standing.REPLACED
    return replace(answer, standing=known, latest=now)


def _of_volumes(
    ledger: Ledger, here: Sequence[Current], site: _Site
) -> Iterator[tuple[str, Answer]]:
    """The files of many reports that the site does not issue, or not any more."""
    issued = {one.sha256 for one in here if one.kind in VOLUMES}
    departments = departments_of(ledger)
    now = {
        address: site.latest.get(address, 0) if here else 0 if e.withdrawn else e.latest.number
        for address, e in ledger.reports.items()
    }
    changed = {a: e for a, e in ledger.reports.items() if now[a] != 1 or len(e.editions) > 1}
    for one in known_volumes(ledger):
        if one.sha256 in issued:
            continue
        on = one.until[:10] or (site.as_of if here else "")
        held = list(held_in(one, changed, departments))
        removed = [found for a, e in held if (found := _removed_from(a, e, site))]
        outdated = any(edition.number != now[address] for address, edition in held)
        yield one.sha256, _of_volume(one, on, removed, outdated)


def _removed_from(address: str, edition: Edition, site: _Site) -> tuple[str, str] | None:
    if edition.redacted:
        return edition.redacted[-1].date, edition.redacted[-1].reason
    return site.removed.get((address, edition.number))


def _of_volume(
    one: KnownVolume, on: str, removed: Sequence[tuple[str, str]], outdated: bool
) -> Answer:
    volume, standing = one.volume, Standing.REPLACED if on else Standing.CURRENT
    kind = FileKind(volume.kind)
    answer = Answer(standing, kind, volume.title, volume.page, name=one.name, on=on)
    if removed and kind in OF_PAGES:
        return replace(answer, reason=word("verify", "page_removed") if on else "")
    if removed:
        day, reason = max(removed)
        return replace(answer, standing=Standing.REDACTED, name="", on=day, reason=reason)
    return replace(answer, reason=word("verify", "volume_corrected")) if outdated else answer


def listed(answers: Mapping[str, list[Answer]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every hash with its answers as JSON has them, in the order of hashes."""
    for sha in sorted(answers):
        yield sha, [answer.as_data() for answer in answers[sha]]
