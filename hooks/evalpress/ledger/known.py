"""A Ledger -> every file that was ever issued, by its hash: what somebody who holds one may ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from evalpress.ledger.recorded import Edition, Ledger, ReportEntry, Volume


class Standing(StrEnum):
    """How an issued file stands to what readers have now.

    `reprinted` is an earlier print of the present edition, `replaced` an attachment or a file of
    many reports in whose place another lies, `redacted` one of an edition from which something was
    removed.
    """

    CURRENT = "current"
    REPRINTED = "reprinted"
    SUPERSEDED = "superseded"
    REPLACED = "replaced"
    REDACTED = "redacted"
    WITHDRAWN = "withdrawn"


class FileKind(StrEnum):
    """What a file was issued as; a `cover` is the program's sheet for an original."""

    PDF = "pdf"
    COVER = "cover"
    DATA = "data"
    ATTACHMENT = "attachment"
    ORIGINAL = "original"
    BOOK = "book"
    COLLECTION = "collection"


@dataclass(frozen=True)
class Known:
    """A file that was issued: its hash and name, the report's address and title, which edition it
    is or lay beside, and how it stands; `data` is the hash of that edition's public data."""

    sha256: str
    name: str
    address: str
    title: str
    edition: int
    kind: FileKind
    standing: Standing
    data: str = ""


def known_files(ledger: Ledger) -> Iterator[Known]:
    """Every file of every edition, in the order of addresses and editions; a file that lay beside
    several editions comes once for each of them."""
    for address, entry in ledger.reports.items():
        for edition in entry.editions:
            yield from _pdfs(address, entry, edition)
            yield from _attachments(address, entry, edition)
            yield from _data_files(address, entry, edition)


def _pdfs(address: str, entry: ReportEntry, edition: Edition) -> Iterator[Known]:
    for printed, files in ((FileKind.PDF, edition.pdfs), (FileKind.COVER, edition.covers)):
        for issued in files:
            standing = _standing(entry, edition)
            if standing is Standing.CURRENT and issued.sha256 != files[-1].sha256:
                standing = Standing.REPRINTED
            kind = FileKind.ORIGINAL if edition.is_original(issued) else printed
            yield Known(
                issued.sha256, issued.name, address, entry.title, edition.number, kind, standing,
                edition.data,
            )  # fmt: skip


def _attachments(address: str, entry: ReportEntry, edition: Edition) -> Iterator[Known]:
    present, told = entry.latest.attachments, {issued.sha256 for issued in edition.pdfs}
    for file, sha256 in edition.attachments.items():
        if sha256 in told:
            continue
        standing = _standing(entry, edition)
        if standing is Standing.SUPERSEDED and present.get(file) == sha256:
            standing = Standing.CURRENT
        yield Known(
            sha256, file.rpartition("/")[2], address, entry.title, edition.number,
            FileKind.ATTACHMENT, standing, edition.data,
        )  # fmt: skip
    for file, sha256 in entry.replaced.items() if edition is entry.latest else ():
        yield Known(
            sha256, file.rpartition("/")[2], address, entry.title, edition.number,
            FileKind.ATTACHMENT, Standing.REPLACED, edition.data,
        )  # fmt: skip


def _data_files(address: str, entry: ReportEntry, edition: Edition) -> Iterator[Known]:
    last = {name: sha256 for sha256, name in edition.data_files.items()}
    for sha256, name in edition.data_files.items():
        standing = _standing(entry, edition)
        if standing is Standing.CURRENT and last[name] != sha256:
            standing = Standing.REPRINTED
        yield Known(
            sha256, name, address, entry.title, edition.number, FileKind.DATA, standing,
            edition.data,
        )  # fmt: skip


def _standing(entry: ReportEntry, edition: Edition) -> Standing:
    if entry.withdrawn:
        return Standing.WITHDRAWN
    if edition.redacted:
        return Standing.REDACTED
    return Standing.CURRENT if edition is entry.latest else Standing.SUPERSEDED


_REMOVED = (Standing.REDACTED, Standing.WITHDRAWN)


def removed_files(ledger: Ledger) -> dict[str, Known]:
    """The files that hold what nobody shall have any more, by hash: those that no edition has which
    is still whole."""
    known = list(known_files(ledger))
    whole = {one.sha256 for one in known if one.standing not in _REMOVED}
    return {one.sha256: one for one in known if one.sha256 not in whole}


# --- files of many reports ----------------------------------------------------------------------


@dataclass(frozen=True)
class KnownVolume:
    """A book or a set of data as it once was: its hash, its address, what it is, the moments from
    which it was and was no longer there; "" for one that still is."""

    sha256: str
    address: str
    volume: Volume
    since: str
    until: str = ""

    @property
    def name(self) -> str:
        """The file's name."""
        return self.address.rpartition("/")[2]


def known_volumes(ledger: Ledger) -> Iterator[KnownVolume]:
    """Every book and set of data that was ever issued."""
    for address, volume in ledger.volumes.items():
        for (since, sha256), (until, _) in pairwise([*volume.issued.items(), ("", "")]):
            if sha256:
                yield KnownVolume(sha256, address, volume, since, until)


def held_in(one: KnownVolume, reports: Mapping[str, ReportEntry]) -> Iterator[tuple[str, Edition]]:
    """The editions of these reports that it held: those that readers had when it came out."""
    day = one.since[:10]
    for address, entry in reports.items():
        was_gone = entry.withdrawn is not None and entry.withdrawn.date < day
        if _belongs(address, entry, one.volume) and not was_gone:
            for edition in entry.editions:
                until = edition.superseded
                if edition.went_live <= one.since and (not until or one.since < until):
                    yield address, edition


def _belongs(address: str, entry: ReportEntry, volume: Volume) -> bool:
    known = {address, *entry.former}
    if volume.reports:
        return not known.isdisjoint(volume.reports)
    above, _, whose = volume.page.strip("/").rpartition("/")
    return not whose or any(one.split("/")[above == "years"] == whose for one in known)
