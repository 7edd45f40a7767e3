"""`evalpress init`: four answers -> the folder of a new site, which builds at once."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path

from evalpress.bureau.founding import Answers, found
from evalpress.clock import now
from evalpress.findings import Mistaken
from evalpress.wording import word, words


def add_options(parser: argparse.ArgumentParser) -> None:
    """The folder, and the answers of those who do not want to be asked."""
    said = words("commands", "init")
    parser.add_argument("folder", type=Path, help=said["folder"])
    for name in ("region", "name", "address", "organiser"):
        parser.add_argument(f"--{name}", metavar="TEXT", help=said[name])
    parser.add_argument("--year", type=int, help=said["year"])


def run(options: argparse.Namespace) -> int:
    """Ask for what was not given, if there is somebody to ask; write the site and say what next."""
    said = words("commands", "init")
    region = _answer(options.region, said["region"], "")
    if not region:
        raise Mistaken(said["no_region"])
    answers = Answers(
        region=region,
        name=_answer(options.name, said["name"], said["default_name"].format(region)),
        address=_answer(options.address, said["address"], ""),
        organiser=_answer(
            options.organiser, said["organiser"], said["default_organiser"].format(region)
        ),
        year=options.year or now().year - 1,
    )
    files = found(options.folder, answers)
    first = next(path for path in files if "reports" in path.parts)
    place = {"folder": options.folder, "quoted": shlex.quote(str(options.folder))}
    print(said["made"].format(count=len(files), draft=first, **place))
    return 0


def _answer(given: str | None, question: str, default: str) -> str:
    """What was given, else what the person at the keyboard says, else the default."""
    if given is not None or not sys.stdin.isatty():
        return (given or "").strip() or default
    asked = word("commands", "init", "ask_default" if default else "ask").format(question, default)
    return input(asked).strip() or default
