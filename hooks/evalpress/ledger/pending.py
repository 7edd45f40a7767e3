"""What a site that waits to go live will have recorded: written by the build, entered by `publish`.

It lies in the cache, names the release that it is about by the hash of its manifest, and is nothing
to anybody else.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from evalpress.cache.cachefiles import read_plain, write_whole
from evalpress.ledger.editions import Editions
from evalpress.ledger.ledgerfile import files_for, read_ledger, write_ledger
from evalpress.ledger.publicform import Form, digest_of_form
from evalpress.ledger.recorded import Edition, Ledger, ReportEntry, Volume
from evalpress.ledger.recording import Live, record, with_volumes
from evalpress.model.values import Frozen

NAME = "pending.json"


class Pending(Frozen):
    """The reports of a release, and its `volumes`, by address, as far as they are news to the
    `ledger` of this hash; `taken` are files of earlier editions to keep with the ledger (target and
    source), `lost` what of them could not be found; `emptied` the data of those from which
    something was removed, by address and number."""

    manifest: str
    as_of: str
    ledger: str = ""
    reports: dict[str, Live]
    volumes: dict[str, Volume] = {}
    taken: tuple[tuple[str, str], ...] = ()
    lost: tuple[str, ...] = ()
    emptied: tuple[tuple[str, int, Form], ...] = ()

    def save(self, cache_dir: Path) -> None:
        """Write it into the cache folder. Raises OSError where it can't be written."""
        write_whole(cache_dir / NAME, self.model_dump_json(exclude_defaults=True).encode())


def read_pending(cache_dir: Path, manifest: str) -> Pending | None:
    """What the build of this release left; None where it left nothing."""
    try:
        found = Pending.model_validate(json.loads(read_plain(cache_dir / NAME)))
    except (OSError, ValueError, ValidationError):
        return None
    return found if found.manifest == manifest else None


def keep_files(pending: Pending) -> None:
    """Keep the files of editions that are about to be superseded, while the live site still has
    them. Raises OSError where one can't be copied."""
    for target, source in pending.taken:
        write_whole(Path(target), Path(source).read_bytes())
        Path(target).chmod(0o644)


@dataclass(frozen=True)
class Entered:
    """The files of the ledger that were written, and whether anything was removed from earlier
    editions with it."""

    files: list[Path]
    redacted: bool


def enter(data_dir: Path, pending: Pending, went_live: str) -> Entered:
    """Write down what went live at this moment: the ledger, the public data of every edition, and
    nothing more of what was removed. Raises OSError where a file can't be written."""
    concerned = files_for(_addresses(pending), pending.volumes)
    before, _ = read_ledger(data_dir, only=concerned)
    after, editions = record(before, pending.reports, went_live, pending.as_of), Editions(data_dir)
    _move(editions, before, after)
    for address, live in pending.reports.items():
        if live.is_new and not live.withdrawn:
            editions.write(address, live.number, live.public)
    reports = dict(after.reports)
    for address, number, form in pending.emptied:
        reports[address] = _emptied(editions, reports[address], address, number, form)
    written = with_volumes(replace(after, reports=reports), pending.volumes, went_live)
    files = write_ledger(written, data_dir, concerned)
    removed = _redactions(after) - _redactions(before)
    return Entered(files, bool(removed))


def _addresses(pending: Pending) -> Iterator[str]:
    """The present and former addresses of all reports that something is recorded of."""
    for address, live in pending.reports.items():
        yield from (address, *live.former)
    yield from (address for address, _, _ in pending.emptied)


def _redactions(ledger: Ledger) -> set[tuple[str, int, str]]:
    return {
        (address, edition.number, redaction.correction)
        for address, entry in ledger.reports.items()
        for edition in entry.editions
        for redaction in edition.redacted
    }


def _move(editions: Editions, before: Ledger, after: Ledger) -> None:
    """Let what is kept of a report follow it to its new address."""
    for address, entry in after.reports.items():
        for old in entry.former:
            source = editions.home(old)
            if old in before.reports and address not in before.reports and source.is_dir():
                target = editions.home(address)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(source, target)


def _emptied(
    editions: Editions, entry: ReportEntry, address: str, number: int, form: Form
) -> ReportEntry:
    """The entry once an edition is kept only without what was removed: no PDF, no file that the
    data do not name any more."""
    editions.write(address, number, form)
    folder, named = editions.folder(address, number), form.get("files", {})
    for path in folder.glob("*"):
        if path.name not in named:
            path.unlink()
    kept = {number: digest_of_form(form)}
    return entry.model_copy(update={"editions": tuple(_kept(e, kept) for e in entry.editions)})


def _kept(edition: Edition, kept: Mapping[int, str]) -> Edition:
    found = kept.get(edition.number)
    return edition.model_copy(update={"kept": found}) if found else edition
