"""`evalpress rollback`: an earlier release -> the live site, in one step.

The ledger keeps all that was public, says what came back, and the page for verifying of the release
that came back knows what was issued after it.
"""

from __future__ import annotations

import argparse

from evalpress.clock import now
from evalpress.commands._options import add_config
from evalpress.commands._releasing import (
    keep_seals_of,
    layout_of,
    log_live,
    prove_log,
    seal_for,
)
from evalpress.findings import Place, Refused, find
from evalpress.ledger import Ledger, read_ledger, removed_files
from evalpress.mkdocs_yml import Configuration
from evalpress.release import stage
from evalpress.release.continuity import keep_latest
from evalpress.release.history import Kept, find_release
from evalpress.release.manifest import read_manifest
from evalpress.verify.returning import answers_again
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
        kept, moment = find_release(layout, options.number), now()
        ledger = _ledger(site)
        _refuse_removed(ledger, kept)
        anew = answers_again(kept.folder, ledger, f"{moment:%Y-%m-%d}") if ledger else {}
        own = staged.bring_back(kept, anew)
        seal_for(site, staged.folder)
        prove_log(site)
        keep_latest(ledger, site.data_dir, layout.live, own)
        again = kept.record.number
        record = staged.go_live(moment, site.settings.releases_kept, again)
        log_live(site, layout, record)
        keep_seals_of(site, layout, record)
    print(word("commands", "rollback", "done").format(again=again, number=record.number))
    return 0


def _ledger(site: Configuration) -> Ledger:
    """What was ever public. Raises Refused where that cannot be read."""
    ledger, mistakes = read_ledger(site.data_dir, named=site.settings.data_dir)
    if mistakes:
        raise Refused(mistakes)
    return ledger


def _refuse_removed(ledger: Ledger, kept: Kept) -> None:
    """Refuse a release that holds what was removed since. Raises Refused."""
    gone, own = removed_files(ledger), read_manifest(kept.folder)
    held = {sha for _, sha in own.files.values()} & gone.keys() if own else set()
    found = sorted({(gone[sha].address, gone[sha].title) for sha in held})
    where = Place(str(kept.folder))
    if found:
        raise Refused(
            [find("release_holds_removed", where, found=a, title=title) for a, title in found]
        )
