"""`evalpress rollback`: an earlier release -> the live site, in one step."""

from __future__ import annotations

import argparse

from evalpress.clock import now
from evalpress.commands._options import add_config
from evalpress.commands._releasing import keep_seals_of, layout_of, seal_for
from evalpress.configuration import Configuration
from evalpress.release import stage
from evalpress.release.history import find_release
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
        staged.bring_back(kept)
        seal_for(site, staged.folder)
        again = kept.record.number
        record = staged.go_live(now(), site.settings.releases_kept, again)
        keep_seals_of(site, layout, record)
    print(word("commands", "rollback", "done").format(again=again, number=record.number))
    return 0
