"""`evalpress ledger begin`: a site that is live already, or a copy of it -> the first ledger."""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from pathlib import Path

from evalpress.checks.examining import read
from evalpress.commands._options import add_config
from evalpress.findings import Mistaken, Refused
from evalpress.ledger import FOLDER, Ledger, read_ledger, write_ledger
from evalpress.ledger.beginning import is_recorded, live_reports
from evalpress.ledger.editions import Editions
from evalpress.ledger.recording import record
from evalpress.mkdocs_yml import Configuration
from evalpress.release.manifest import NAME, parse_manifest, read_manifest
from evalpress.verify.fetching import Unreachable, fetch, is_web, within
from evalpress.wording import word, words


def add_options(parser: argparse.ArgumentParser) -> None:
    """What to do, and from which folder or address."""
    said = words("commands", "ledger")
    parser.add_argument("what", choices=["begin"], help=said["what"])
    parser.add_argument("source", nargs="?", help=said["source"])
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Begin the ledger; 1 where a report of the site could not be read, and then nothing is
    written. Raises Mistaken where there is a ledger already, or no such site."""
    site, said = Configuration(options.config), words("commands", "ledger")
    if read_ledger(site.data_dir)[0]:
        raise Mistaken(said["begun"].format(f"{site.settings.data_dir}/{FOLDER}"))
    source = options.source or str(site.site_dir)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(source)
        if is_web(source):
            folder = Path(temporary)
            _load(source, folder)
        return _begin(site, folder)


def _load(address: str, folder: Path) -> None:
    """Load what the ledger needs of a live site, each file as the manifest tells it. Raises
    Mistaken where the site does not answer, bears no manifest or gives other bytes."""
    said = words("commands", "ledger")
    try:
        content = fetch(within(address, NAME))
        manifest = parse_manifest(content)
        if manifest is None:
            raise Mistaken(said["no_manifest"].format(address))
        _put(folder / NAME, content)
        for path in filter(is_recorded, manifest.files):
            content = fetch(within(address, path))
            if hashlib.sha256(content).hexdigest() != manifest.files[path][1]:
                raise Mistaken(said["other_bytes"].format(within(address, path)))
            _put(folder / path, content)
    except Unreachable as error:
        why = word("verify", "unreachable", error.reason)
        raise Mistaken(why.format(address=error.address, detail=error.detail)) from None


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _begin(site: Configuration, folder: Path) -> int:
    said = words("commands", "ledger")
    if folder.is_dir():
        reference = read(site.settings, site.root)[0].reference
        live, wrong = live_reports(folder, reference)
    elif folder != site.site_dir:
        raise Mistaken(said["no_site"].format(folder))
    else:
        live, wrong = {}, []
    if wrong:
        raise Refused(wrong)
    manifest = read_manifest(folder)
    if manifest is None and live:
        raise Mistaken(said["no_manifest"].format(folder))
    ledger = record(Ledger(), live, manifest.as_of if manifest else "")
    editions = Editions(site.data_dir)
    for address, report in live.items():
        editions.write(address, report.number, report.public)
    write_ledger(ledger, site.data_dir)
    (site.data_dir / FOLDER).mkdir(exist_ok=True)
    print(said["done"].format(len(live), f"{site.settings.data_dir}/{FOLDER}"))
    return 0
