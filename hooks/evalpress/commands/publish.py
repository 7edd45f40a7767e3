"""`evalpress publish`: data/ -> the live site: check, build, verify, show the difference, swap.

With `--at` everything is done before, and only the swap waits for its second.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta

from evalpress.authoring.number_entry import write_number
from evalpress.checks.examining import open_store
from evalpress.clock import BEIJING, now
from evalpress.commands._options import add_config
from evalpress.commands._releasing import (
    build_for,
    keep_seals_of,
    layout_of,
    log_live,
    prove_log,
    seal_for,
    tell,
)
from evalpress.disclose.public import disclose
from evalpress.findings import Finding, Mistaken, Place, Refused, find
from evalpress.ledger import FOLDER, read_ledger
from evalpress.ledger.allotting import allot, known_numbers
from evalpress.ledger.ledgerfile import digest_of_ledger
from evalpress.ledger.pending import Pending, enter, keep_files, read_pending
from evalpress.load import load, load_reference
from evalpress.mkdocs_yml import Configuration
from evalpress.release import Layout, go_live
from evalpress.release.difference import Difference, Kind, difference
from evalpress.release.hashes import Hashes
from evalpress.release.history import forget, kept_releases
from evalpress.release.locking import exclusive
from evalpress.release.manifest import NAME, read_manifest
from evalpress.release.records import Record
from evalpress.release.sealing import seals_of
from evalpress.release.swapping import clear
from evalpress.wording import words

_NAP = 20.0  # seconds; a clock that is set meanwhile is noticed


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which year, when, and which pages may go."""
    said = words("commands", "publish")
    parser.add_argument("year", nargs="?", type=int, help=said["year"])
    parser.add_argument("--at", metavar="TIME", help=said["at"])
    parser.add_argument(
        "--without", action="append", default=[], metavar="ADDRESS", help=said["without"]
    )
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Publish; 1 where something blocks it, and then the live site is as it was."""
    site, said = Configuration(options.config), words("commands", "publish")
    moment = None if options.at is None else _moment(options.at)
    _refuse([*_before(site)])
    _number(site, moment or now())
    if not build_for(site, moment or now()):
        return 1
    layout = layout_of(site)
    with exclusive(layout), ExitStack() as at_last:
        at_last.callback(clear, layout.ready)
        _refuse(_not_ready(layout))
        found = difference(layout.live, layout.ready)
        tell(found)
        _refuse([*_blocking(found, options.year, options.without)])
        pending = _pending(site, layout)
        unsigned = bool(site.settings.sign_command) and not seals_of(layout.live)
        if not found.pages and not found.files and not unsigned:
            print(said["same"])
            _record(site, layout, pending, now())
            return 0
        prove_log(site)
        if pending:
            keep_files(pending)
        seal_for(site, layout.ready)
        record = _swap(site, layout, moment)
        when = record.went_live.replace("T", " ")[:19]
        print(said["done"].format(number=record.number, when=when))
        try:
            _record(site, layout, pending, datetime.fromisoformat(record.went_live))
            log_live(site, layout, record)
            keep_seals_of(site, layout, record)
        except OSError as error:
            told = said["unrecorded"].format(error.filename or site.data_dir, error.strerror)
            raise Mistaken(told) from None
        if any(not kept.is_live for kept in kept_releases(layout)):
            print(said["back"])
    return 0


def _pending(site: Configuration, layout: Layout) -> Pending | None:
    """What is to be recorded once the site is live; None where no ledger was ever begun. Raises
    Refused where a file of an earlier edition could not be found."""
    if not (site.data_dir / FOLDER).is_dir():
        print(words("commands", "publish")["no_ledger"])
        return None
    manifest = read_manifest(layout.ready)
    found = manifest and read_pending(site.root / site.settings.cache_dir, manifest.digest)
    if not found:
        raise Refused([find("not_ready", Place(str(layout.ready / NAME)))])
    if found.ledger != digest_of_ledger(site.data_dir):
        raise Refused([find("ledger_moved", Place(f"{site.settings.data_dir}/{FOLDER}"))])
    _refuse([find("edition_file_lost", Place(address), found=address) for address in found.lost])
    return found


def _record(
    site: Configuration, layout: Layout, pending: Pending | None, went_live: datetime
) -> None:
    """Write into the ledger what readers have now, and remove what they shall no longer have."""
    if pending is None:
        return
    said = words("commands", "publish")
    written = enter(site.data_dir, pending, went_live.isoformat(timespec="seconds"))
    for path in written.files:
        print(said["recorded"].format(path.relative_to(site.root).as_posix()))
    if written.redacted:
        for number in forget(layout, site.root / site.settings.cache_dir):
            print(said["dropped"].format(number))


def _moment(at: str) -> datetime:
    """The moment that is meant; a time alone is today's. Raises Mistaken for one that is past."""
    said = words("commands", "publish")
    today = f"{now():%Y-%m-%d}"
    try:
        moment = datetime.fromisoformat(f"{today} {at}" if len(at) < len(today) else at)
    except ValueError:
        raise Mistaken(said["not_a_time"].format(at)) from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)
    if moment <= now() - timedelta(seconds=1):
        raise Mistaken(said["past"].format(f"{moment:%Y-%m-%d %H:%M}"))
    return moment


def _refuse(findings: list[Finding]) -> None:
    if findings:
        raise Refused(findings)


def _before(site: Configuration) -> Iterator[Finding]:
    """What can be told without a build."""
    if site.settings.as_of:
        yield find("as_of_set", Place(site.file.name, field="extra.evalpress.as_of"))
    reports = site.data_dir / "reports"
    if not any(reports.rglob("*.y*ml")):
        yield find("no_reports", Place(str(reports)))


def _number(site: Configuration, moment: datetime) -> None:
    """Write a 索引号 into the reports that come out at this moment for the first time, where their
    region has a pattern. Without a ledger nothing would keep a number from being given twice."""
    reference = load_reference(site.data_dir, site.root)
    patterns = (d.index_number for region in reference.regions.values() for d in region.defaults)
    if not (site.data_dir / FOLDER).is_dir() or not any(patterns):
        return
    store = open_store(site.settings, site.root)
    loaded = load(site.data_dir, site.root, store)
    ledger, _ = read_ledger(site.data_dir, store, site.data_dir.name)
    public = disclose(loaded.reports, loaded.reference, moment)
    taken = known_numbers(ledger, loaded.reports)
    sources = {report.key: site.root / report.source for report in loaded.reports}
    said = words("commands", "publish")
    try:
        allotted = allot(public, loaded.reference, ledger, taken)
    except OverflowError as error:
        raise Mistaken(said["numbers_used_up"].format(error)) from None
    for key, number in allotted.items():
        write_number(sources[key], number)
        print(said["numbered"].format(number, sources[key].relative_to(site.root).as_posix()))


def _not_ready(layout: Layout) -> list[Finding]:
    """Whether somebody took or touched the site that waits."""
    own, hashes = read_manifest(layout.ready), Hashes()
    whole = own is not None and all(
        (layout.ready / path).is_file() and hashes.of(layout.ready / path) == entry
        for path, entry in own.files.items()
    )
    return [] if whole else [find("not_ready", Place(str(layout.ready / NAME)))]


def _blocking(found: Difference, year: int | None, without: Collection[str]) -> Iterator[Finding]:
    """Pages and parts of reports that would be lost, and reports of other years than the one that
    is meant."""
    allowed = {address.strip("/") for address in without}
    for page in found.of(Kind.GONE):
        if page.address.strip("/") not in allowed:
            yield find("pages_lost", Place(page.address), found=page.address)
    for page in found.pages:
        if page.lost and page.address.strip("/") not in allowed:
            lost = "、".join(page.lost)
            yield find("parts_lost", Place(page.address), found=lost, address=page.address)
    if year is not None:
        for page in found.pages:
            if page.year not in (None, year) and page.says_else:
                yield find("other_year", Place(page.address), found=page.title, year=year)


def _swap(site: Configuration, layout: Layout, moment: datetime | None) -> Record:
    """Swap now or, proved once more, on the second."""
    if moment:
        print(
            words("commands", "publish")["waits"].format(f"{moment:%Y-%m-%d %H:%M:%S}"), flush=True
        )
        _wait(moment - timedelta(seconds=_NAP))
        _refuse(_not_ready(layout))
        _wait(moment)
    return go_live(layout, layout.ready, now(), site.settings.releases_kept)


def _wait(moment: datetime) -> None:
    while (left := (moment - now()).total_seconds()) > 0:
        time.sleep(min(left, _NAP))
