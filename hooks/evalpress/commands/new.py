"""`evalpress new`: a department's last report -> the beginning of its next one."""

from __future__ import annotations

import argparse

from evalpress.authoring.scaffold import draft, save
from evalpress.commands._options import add_config, add_report
from evalpress.load import load
from evalpress.mkdocs_yml import Configuration
from evalpress.wording import word


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which report."""
    add_report(parser, word("commands", "new", "slug"))
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Write the new file, never over one that is there, and say where it is."""
    site = Configuration(options.config)
    made = draft(load(site.data_dir, site.root), options.department, options.year, options.slug)
    path = save(made, site.data_dir).relative_to(site.root).as_posix()
    if made.earlier:
        print(word("commands", "new", "made").format(path=path, earlier=made.earlier.source))
    else:
        print(word("commands", "new", "made_first").format(path=path))
    return 0
