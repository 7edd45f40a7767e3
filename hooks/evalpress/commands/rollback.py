"""`evalpress rollback`: an earlier release -> the live site, in one step."""

from __future__ import annotations

import argparse

from evalpress.clock import now
from evalpress.commands._options import add_config
from evalpress.commands._releasing import keep_seals_of, layout_of, seal_for
from evalpress.configuration import Configuration
from evalpress.findings import Place, Refused, find
from evalpress.ledger import Standing, known_files, read_ledger
from evalpress.release import stage
from evalpress.release.history import Kept, find_release
from evalpress.release.manifest import read_manifest
from evalpress.wording import word


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which release."""
    help_ = word("commands", "rollback", "number")
    parser.add_argument("number", nargs="?", type=int, help=help_)
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Prove that the release is whole, and let it go live; 1 where there is none."""
    site = Configuration(options.config)
    layout = layout_of(site)
    with stage(layout) as staged:
        kept = find_release(layout, options.number)
        _refuse_removed(site, kept)
        staged.bring_back(kept)
        seal_for(site, staged.folder)
        again = kept.record.number
        record = staged.go_live(now(), site.settings.releases_kept, again)
        keep_seals_of(site, layout, record)
    print(word("commands", "rollback", "done").format(again=again, number=record.number))
    return 0


def _refuse_removed(site: Configuration, kept: Kept) -> None:
    """Refuse a release that holds what was removed since. Raises Refused."""
    ledger, mistakes = read_ledger(site.data_dir, named=site.settings.data_dir)
    gone = {
        known.sha256: known
        for known in known_files(ledger)
        if known.standing in (Standing.REDACTED, Standing.WITHDRAWN)
    }
    own = read_manifest(kept.folder)
    held = {sha for _, sha in own.files.values()} & gone.keys() if own else set()
    found = sorted({(gone[sha].address, gone[sha].title) for sha in held})
    where = Place(str(kept.folder))
    removed = [find("release_holds_removed", where, found=a, title=title) for a, title in found]
    if mistakes or removed:
        raise Refused([*mistakes, *removed])
