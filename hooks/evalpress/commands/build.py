"""`evalpress build`: data/ -> the site, put in place of the one that is there."""

from __future__ import annotations

import argparse

from evalpress.commands._host import become, build_command
from evalpress.commands._options import add_config
from evalpress.mkdocs_yml import Configuration


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which site."""
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Check, build and put in place; not 0 where something blocks, and the site stays as it was."""
    become(build_command(Configuration(options.config)))
