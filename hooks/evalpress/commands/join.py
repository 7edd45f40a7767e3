"""`evalpress join`: finished sites of several districts -> one site with all of them.

Meant for a timer: a district that cannot be taken keeps its last good site, which the exit code
tells.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evalpress.commands._releasing import release_line
from evalpress.districts.joining_up import Joined, bring_back, join
from evalpress.districts.joint_settings import Joint
from evalpress.districts.taking_in import Part
from evalpress.findings import report
from evalpress.release.history import kept_releases
from evalpress.wording import words


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which districts; what may go; an earlier release instead."""
    said = words("commands", "join")
    parser.add_argument(
        "settings", nargs="?", type=Path, default=Path("districts.yml"), help=said["settings"]
    )
    parser.add_argument(
        "--without", action="append", default=[], metavar="PREFIX", help=said["without"]
    )
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--rollback", nargs="?", type=int, const=0, metavar="NUMBER", help=said["rollback"]
    )
    instead.add_argument("--releases", action="store_true", help=said["releases"])


def run(options: argparse.Namespace) -> int:
    """Join; 1 where a district could not be taken as it is now, though the site went live."""
    joint, said = Joint(options.settings), words("commands", "join")
    if options.releases:
        found = kept_releases(joint.layout)
        print("\n".join(map(release_line, found)) or words("commands", "releases")["none"])
        return 0
    if options.rollback is not None:
        again, record = bring_back(joint, options.rollback or None)
        print(said["back"].format(again=again, number=record.number))
        return 0
    joined = join(joint, options.without)
    _tell(joined)
    return 0 if joined.is_whole else 1


def _tell(joined: Joined) -> None:
    said = words("commands", "join")
    if joined.findings:
        print(report(joined.findings), file=sys.stderr)
    for part in joined.parts:
        print(_line(part))
    if record := joined.record:
        when = record.went_live.replace("T", " ")[:19]
        print(said["done"].format(number=record.number, when=when))
    else:
        print(said["same"])
    for number in joined.dropped:
        print(said["dropped"].format(number))
    if not joined.is_whole:
        print(said["not_whole"], file=sys.stderr)


def _line(part: Part) -> str:
    said = words("commands", "join")
    return said["part"].format(
        mark=said["again" if part.again else "fresh"], prefix=part.district.prefix,
        name=part.district.name, day=part.account.day, reports=len(part.account.reports),
    )  # fmt: skip
