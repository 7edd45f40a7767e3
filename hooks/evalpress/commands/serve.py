"""`evalpress serve`: data/ -> a preview with drafts on this machine, renewed after every edit."""

from __future__ import annotations

import argparse

from evalpress.commands._host import become, serve_command
from evalpress.commands._options import add_config
from evalpress.mkdocs_yml import Configuration
from evalpress.wording import words


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which site, and where it is shown."""
    said = words("commands", "serve")
    parser.add_argument(
        "--address", metavar="HOST:PORT", default="127.0.0.1:8000", help=said["address"]
    )
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Show the site until Ctrl-C."""
    become(serve_command(Configuration(options.config), options.address))
