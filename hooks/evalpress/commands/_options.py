"""Options that several verbs take."""

from __future__ import annotations

import argparse
from pathlib import Path

from evalpress.wording import word


def add_config(parser: argparse.ArgumentParser) -> None:
    """`--config`: the site's mkdocs.yml, by default the one of this folder."""
    parser.add_argument(
        "--config", type=Path, default=Path("mkdocs.yml"), help=word("commands", "config")
    )


def add_report(parser: argparse.ArgumentParser, slug: str) -> None:
    """`department year [slug]`: which report; `slug` explains the last one."""
    for name in ("department", "year"):
        parser.add_argument(name, help=word("commands", "new", name))
    parser.add_argument("slug", nargs="?", default="", help=slug)
