"""`evalpress pdf`: one report -> its PDF, drafts too."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evalpress.authoring.review import refuse_public
from evalpress.authoring.single import print_single
from evalpress.commands._options import add_config, add_report
from evalpress.mkdocs_yml import Configuration
from evalpress.pdf import PrintFailed
from evalpress.wording import word


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which report, and where its PDF goes."""
    add_report(parser, word("commands", "pdf", "slug"))
    output = word("commands", "pdf", "output")
    parser.add_argument("--output", type=Path, metavar="PATH", help=output)
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Print one report, and say where the file is; 1 where the report cannot be printed."""
    site = Configuration(options.config)
    wanted = (options.department, options.year, options.slug)
    try:
        made = print_single(site.settings, site.root, site.site_url, *wanted)
    except PrintFailed as failed:
        if failed.__cause__:
            raise
        print(failed, file=sys.stderr)
        return 1
    target = options.output or Path(made.name.rpartition("-")[0] + ".pdf")
    refuse_public(target, site.public_folders)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(made.read_bytes())
    print(word("commands", "pdf", "made").format(target))
    return 0
