"""A Ledger -> every file that was ever issued, by its hash: what somebody who holds one may ask."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
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
    """What a file was issued as; a `cover` is the program's sheet for an original, a `list` or a
    `chart` what a page shows as a file, an `interface` a file for programs about all reports, a
    `static` file one that is no report's, such as an example of the guide."""

    PDF = "pdf"
    COVER = "cover"
    DATA = "data"
    ATTACHMENT = "attachment"
    ORIGINAL = "original"
    BOOK = "book"
    COLLECTION = "collection"
    LIST = "list"
    CHART = "chart"
    FEED = "feed"
    INTERFACE = "interface"
    STATIC = "static"


# What was taken from pages: it says what they said, and little of each report.
OF_PAGES = frozenset({FileKind.LIST, FileKind.CHART, FileKind.FEED, FileKind.INTERFACE})
# What belongs to no report alone.
VOLUMES = frozenset({FileKind.BOOK, FileKind.COLLECTION, FileKind.STATIC, *OF_PAGES})


_OF_ENDINGS = {"csv": FileKind.LIST, "svg": FileKind.CHART, "xml": FileKind.FEED}


def kind_of(address: str) -> FileKind | None:
    """What a file at this address of the site is, if it is one that pages show; None for others."""
    is_told = address.startswith("api/") and address.endswith(".json")
    return FileKind.INTERFACE if is_told else _OF_ENDINGS.get(address.rpartition(".")[2])


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
    """A file of many reports as it once was: its hash, its address, what it is, the moments from
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
    """Every file of many reports that was ever issued."""
    for address, volume in ledger.volumes.items():
        for (since, sha256), (until, _) in pairwise([*volume.issued.items(), ("", "")]):
            if sha256:
                yield KnownVolume(sha256, address, volume, since, until)


def departments_of(ledger: Ledger) -> frozenset[str]:
    """The ids that departments with reports have or once had."""
    known = (a for address, e in ledger.reports.items() for a in (address, *e.former))
    return frozenset(address.partition("/")[0] for address in known)


def held_in(
    one: KnownVolume, reports: Mapping[str, ReportEntry], departments: Collection[str]
) -> Iterator[tuple[str, Edition]]:
    """The editions of these reports that it may have held: those that readers had when it came out.
    `departments` are all that the ledger knows."""
    day = one.since[:10]
    whose = _Share.of(one.volume, departments)
    for address, entry in reports.items():
        was_gone = entry.withdrawn is not None and entry.withdrawn.date < day
        if whose.belongs({address, *entry.former}) and not was_gone:
            for edition in entry.editions:
                until = edition.superseded
                if edition.went_live <= one.since and (not until or one.since < until):
                    yield address, edition


@dataclass(frozen=True)
class _Share:
    """Which reports have a share in a file: those that it names, else all of the departments or the
    year that its page is about, else all."""

    named: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    year: str = ""

    @classmethod
    def of(cls, volume: Volume, departments: Collection[str]) -> _Share:
        if volume.reports:
            return cls(frozenset(volume.reports))
        first, *more = volume.page.strip("/").split("/")
        if first == "years" and more:
            return cls(year=more[0])
        return cls(departments=frozenset({first, *more}.intersection(departments)))

    def belongs(self, addresses: Collection[str]) -> bool:
        """Whether a report that has or had these addresses is among them."""
        if self.named:
            return not self.named.isdisjoint(addresses)
        parts = [address.split("/") for address in addresses]
        if self.year:
            return any(part[1] == self.year for part in parts)
        return not self.departments or any(part[0] in self.departments for part in parts)
