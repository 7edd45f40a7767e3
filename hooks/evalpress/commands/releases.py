"""`evalpress releases`: the releases that are kept -> a line for each, or what changed from each to
the next as JSON, or one of them removed."""

from __future__ import annotations

import argparse
import json

from evalpress.commands._options import add_config
from evalpress.commands._releasing import layout_of, release_line
from evalpress.mkdocs_yml import Configuration
from evalpress.release.history import drop, find_release, kept_releases
from evalpress.release.locking import exclusive
from evalpress.release.release_changes import release_changes
from evalpress.wording import word, words


def add_options(parser: argparse.ArgumentParser) -> None:
    """A release to remove; which site."""
    said = word("commands", "releases", "drop")
    parser.add_argument("--drop", type=int, metavar="NUMBER", help=said)
    parser.add_argument("--json", action="store_true", help=words("commands", "releases")["json"])
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Print the releases, newest first; always 0 unless there is none to drop."""
    layout, said = layout_of(Configuration(options.config)), words("commands", "releases")
    if options.drop is not None:
        with exclusive(layout):
            drop(layout, find_release(layout, options.drop).record.number)
        print(said["dropped"].format(options.drop))
        return 0
    found = kept_releases(layout)
    if options.json:
        told = {"version": 1, "releases": [*release_changes(found)]}
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    print("\n".join(map(release_line, found)) or said["none"])
    return 0
