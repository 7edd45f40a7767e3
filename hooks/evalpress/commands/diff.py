"""`evalpress diff`: data/ as it is now -> what readers would see differently; nothing goes live."""

from __future__ import annotations

import argparse
from pathlib import Path

from evalpress.commands._options import add_config
from evalpress.commands._releasing import build_for, layout_of, save_difference, tell
from evalpress.findings import Mistaken
from evalpress.mkdocs_yml import Configuration
from evalpress.release import Layout
from evalpress.release.difference import difference
from evalpress.release.history import find_release
from evalpress.release.locking import exclusive
from evalpress.release.swapping import clear
from evalpress.wording import words


def add_options(parser: argparse.ArgumentParser) -> None:
    """What to compare with, and a page to look at."""
    said = words("commands", "diff")
    parser.add_argument("against", nargs="?", help=said["against"])
    parser.add_argument("--html", type=Path, metavar="PATH", help=said["html"])
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Build without going live, and print the difference; 1 where the site could not be built."""
    site = Configuration(options.config)
    layout = layout_of(site)
    before = _folder(layout, options.against)
    if not build_for(site, site.settings.moment()):
        return 1
    with exclusive(layout):
        found = difference(before, layout.ready)
        clear(layout.ready)
    tell(found)
    if options.html:
        save_difference(found, options.html, site)
    return 0


def _folder(layout: Layout, against: str | None) -> Path:
    """The folder of a release, by its number, or any other; by default the live one. Raises Refused
    or Mistaken where there is none: all pages would seem new."""
    if against is None:
        return layout.live
    if against.isdecimal():
        return find_release(layout, int(against)).folder
    if not against or not Path(against).is_dir():
        raise Mistaken(words("commands", "diff")["no_folder"].format(against))
    return Path(against)
