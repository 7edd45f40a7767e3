"""`evalpress setup`: an installed package -> its fonts in place, and what the machine lacks."""

from __future__ import annotations

import argparse
from pathlib import Path

from evalpress.setup.installed import prepare_installed
from evalpress.setup.prepare import problems_text
from evalpress.setup.system import is_root
from evalpress.wording import word, words


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where the fonts come from."""
    said = words("commands", "setup")
    parser.add_argument("--fonts", type=Path, metavar="FOLDER", help=said["fonts"])


def run(options: argparse.Namespace) -> int:
    """Put the fonts in place and name what the administrator has to add; 1 where something is."""
    problems = prepare_installed(fonts=options.fonts)
    print(problems_text(problems, is_root()) if problems else word("commands", "setup", "ready"))
    return 1 if problems else 0
