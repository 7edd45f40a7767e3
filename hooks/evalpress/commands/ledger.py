"""`evalpress ledger begin`: a site that is live already, or a copy of it -> the first ledger."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from evalpress.checks.examining import read
from evalpress.commands._options import add_config
from evalpress.configuration import Configuration
from evalpress.findings import Mistaken, Refused
from evalpress.ledger import FOLDER, Ledger, read_ledger, write_ledger
from evalpress.ledger.beginning import fetch, live_reports, moment_of
from evalpress.ledger.editions import Editions
from evalpress.ledger.recording import record
from evalpress.text.links import is_address
from evalpress.wording import words


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
        if is_address(source) and source.startswith("http"):
            folder = _fetched(source, Path(temporary))
        else:
            folder = Path(source)
        return _begin(site, folder)


def _fetched(source: str, folder: Path) -> Path:
    try:
        return fetch(source, folder)
    except (OSError, ValueError, KeyError) as error:
        raise Mistaken(words("commands", "ledger")["no_answer"].format(error)) from None


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
    ledger = record(Ledger(), live, moment_of(folder))
    editions = Editions(site.data_dir)
    for address, report in live.items():
        editions.write(address, report.number, report.public)
    write_ledger(ledger, site.data_dir)
    (site.data_dir / FOLDER).mkdir(exist_ok=True)
    print(said["done"].format(len(live), f"{site.settings.data_dir}/{FOLDER}"))
    return 0
