"""The command line: `evalpress check` lists everything that is wrong with the data.

Exit codes: 0 nothing blocks, 1 something blocks, 2 the command itself was wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from evalpress.findings import Place, Refused, blocking, find, report
from evalpress.settings import read_settings
from evalpress.site import read
from evalpress.wording import word


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="evalpress", description=word("cli", "about"))
    commands = parser.add_subparsers(required=True, metavar=word("cli", "command"))
    checking = commands.add_parser("check", help=word("cli", "check"))
    checking.add_argument(
        "--config", type=Path, default=Path("mkdocs.yml"), help=word("cli", "config")
    )
    checking.set_defaults(run=check_data)
    return parser


def check_data(options: argparse.Namespace) -> int:
    """1 read and 2 check, and print every finding."""
    config: Path = options.config.resolve()
    if not config.is_file():
        print(word("cli", "no_config").format(options.config), file=sys.stderr)
        return 2
    settings = read_settings(_extra(config), config)
    loaded, examination = read(settings, config.parent)
    findings = examination.open
    if findings:
        print(report(findings))
    else:
        print(word("cli", "fine").format(len(loaded.reports)))
    return 1 if blocking(findings, settings.strict) else 0


def _extra(config: Path) -> object:
    """`extra.evalpress` of a MkDocs configuration, whose other parts may hold MkDocs' own tags."""

    class Loader(yaml.SafeLoader):
        """Reads any tag as nothing; only plain settings matter here."""

    Loader.add_multi_constructor("", lambda loader, suffix, node: None)
    try:
        found = yaml.load(config.read_text(encoding="utf-8"), Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = Place(config.name, mark.line + 1, mark.column + 1) if mark else Place(config.name)
        raise Refused([find("not_yaml", where, found=error.problem)]) from None
    extra = found.get("extra") if isinstance(found, dict) else None
    return extra.get("evalpress") if isinstance(extra, dict) else None


if __name__ == "__main__":
    sys.exit(main())
