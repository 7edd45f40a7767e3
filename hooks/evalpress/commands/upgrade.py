"""`evalpress upgrade`: a site of an earlier version -> one of this version, and back."""

from __future__ import annotations

import argparse

from evalpress.bureau.upgrading import apply, changes, undo, version
from evalpress.cache.inputs import PACKAGE
from evalpress.commands._options import add_config
from evalpress.load import VERSION
from evalpress.mkdocs_yml import Configuration
from evalpress.release.manifest import NAME
from evalpress.wording import word, words

# What a site had of the program while it was a copy of its repository.
_COPIED = (
    "Makefile", "pyproject.toml", ".ci", "tests", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE",
)  # fmt: skip


def add_options(parser: argparse.ArgumentParser) -> None:
    """Only look, or go back."""
    said = words("commands", "upgrade")
    parser.add_argument("--show", action="store_true", help=said["show"])
    parser.add_argument("--undo", action="store_true", help=said["undo"])
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Show every difference, then make it; 0 in any case but a refusal."""
    said, site = words("commands", "upgrade"), Configuration(options.config)
    if options.undo:
        print(said["undone"].format(len(undo(site.root))))
        return 0
    data = site.data_dir.relative_to(site.root).as_posix()
    before, found = version(site.root, data), changes(site.root, data)
    for change in found:
        shown = [change.name] if "/schemas/" in change.name else change.lines()
        print("\n".join(shown))
    if not found:
        print(said["current"].format(VERSION))
    elif options.show:
        print(said["would"].format(len(found)))
    else:
        kept = apply(site.root, found).relative_to(site.root)
        print(said["done"].format(before=before, after=VERSION, count=len(found), kept=kept))
        _tell_left(site)
    _tell_old_site(site)
    return 0


def _tell_left(site: Configuration) -> None:
    left = [name for name in _COPIED if (site.root / name).exists()]
    if left and (site.root / "pyproject.toml").is_file() and not PACKAGE.is_relative_to(site.root):
        print(word("commands", "upgrade", "left").format("、".join(left)))


def _tell_old_site(site: Configuration) -> None:
    """A site of a version that wrote no manifest is one that the next build refuses to replace."""
    live = site.site_dir
    if not (live / "index.html").is_file() or (live / NAME).is_file() or site.settings.take_over:
        return
    print(word("commands", "upgrade", "old_site").format(live, NAME, live.name))
