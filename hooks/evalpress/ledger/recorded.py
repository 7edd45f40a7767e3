"""The types of the ledger: reports that were ever public, their editions, the files issued with
them. Pure data; moments are texts of ISO 8601 in Beijing time, hashes are SHA-256 in hexadecimal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from evalpress.model.values import Frozen


class Issued(Frozen):
    """A file that readers could load: its name, and the hash of its bytes."""

    name: str
    sha256: str


class Withdrawn(Frozen):
    """When a report was taken back, why and by which office."""

    date: str
    reason: str
    office: str = ""


class Redaction(Frozen):
    """A correction that removed a value from this edition too: its id, its day, and the reason."""

    correction: str
    date: str = ""
    reason: str = ""


class Edition(Frozen):
    """One edition of a report.

    `data` is the hash of its public data in the `form` of that number, `went_live` the moment from
    which readers had it, `as_of` the one that it was built for; `pdfs` are all files that were ever
    issued as this edition, PDFs or an original that is the report, the last one last, `covers` the
    sheets that the program printed for an original, `attachments` the files that lay beside it, by
    address, `data_files` the names of all files with its data by their hash, those of today last:
    another version of the program may write the same data in another way. `superseded` is the
    moment from which a later edition stood in its place. `redacted` says what was removed from it
    later: `kept` is then the hash of what of its data is still kept.
    """

    number: int
    state: str
    went_live: str
    as_of: str = ""
    first_published: str = ""
    corrected: str = ""
    superseded: str = ""
    form: int = 1
    data: str = ""
    kept: str = ""
    redacted: tuple[Redaction, ...] = ()
    pdfs: tuple[Issued, ...] = ()
    covers: tuple[Issued, ...] = ()
    attachments: dict[str, str] = {}
    data_files: dict[str, str] = {}

    def is_original(self, issued: Issued) -> bool:
        """Whether a file that was issued as this edition is an original, which lies beside it."""
        return issued.sha256 in self.attachments.values()


class ReportEntry(Frozen):
    """A report that was ever public: `editions` from the first to the present one, `former` the
    addresses that it had before, `former_numbers` its earlier 索引号, `replaced` the addresses of
    files that others took the place of, with the hashes of these files."""

    title: str
    index_number: str = ""
    former_numbers: tuple[str, ...] = ()
    withdrawn: Withdrawn | None = None
    former: tuple[str, ...] = ()
    replaced: dict[str, str] = {}
    editions: tuple[Edition, ...]

    @property
    def latest(self) -> Edition:
        """The present edition: the one of the highest number."""
        return self.editions[-1]

    def edition(self, number: int) -> Edition | None:
        """The edition of this number; None where there is none."""
        return next((e for e in self.editions if e.number == number), None)


class Volume(Frozen):
    """A file of many reports (`kind`: a book, a set of data, a table of a page …), with the title
    and the address of its page: the hashes that it ever had, by the moment from which readers could
    load it, "" from when they could not any more. `reports` are the addresses of all that it ever
    held; where it names none, it held all that belong to its page."""

    kind: str
    title: str
    page: str = ""
    reports: tuple[str, ...] = ()
    issued: dict[str, str] = {}


@dataclass(frozen=True)
class Ledger:
    """Every report that was ever public, by its present address (`education/2024/`), and every file
    of many of them, by its address."""

    reports: Mapping[str, ReportEntry] = field(default_factory=dict)
    volumes: Mapping[str, Volume] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """False where nothing was ever recorded: then nothing can be held against it."""
        return bool(self.reports)

    def owner_of_former(self, address: str) -> str | None:
        """The present address of the report that once had this one."""
        return self._by_former.get(address)

    @cached_property
    def _by_former(self) -> dict[str, str]:
        return {old: now for now, entry in self.reports.items() for old in entry.former}
