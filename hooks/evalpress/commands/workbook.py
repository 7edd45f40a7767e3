"""`evalpress workbook`: a report, or what is owed of a year -> Excel forms to fill in."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from evalpress.authoring.review import refuse_public
from evalpress.authoring.scaffold import CannotScaffold
from evalpress.commands._options import add_config
from evalpress.findings import Mistaken
from evalpress.importing.workbook.issuing import Form, issue, owed
from evalpress.load import Loaded, load
from evalpress.mkdocs_yml import Configuration
from evalpress.wording import word


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which report, or a whole year into a folder."""
    for name in ("department", "year"):
        parser.add_argument(name, nargs="?", default="", help=word("commands", "new", name))
    parser.add_argument("slug", nargs="?", default="", help=word("commands", "new", "slug"))
    parser.add_argument(
        "--all", nargs=2, metavar=("YEAR", "FOLDER"), help=word("commands", "workbook", "all")
    )
    parser.add_argument(
        "--output", type=Path, metavar="PATH", help=word("commands", "workbook", "output")
    )
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Write the forms, never over one that is there, and say where they are; 1 where one of many
    could not be made."""
    site = Configuration(options.config)
    loaded = load(site.data_dir, site.root)
    if options.all:
        year, folder = options.all
        return _all(loaded, year, Path(folder), site.public_folders)
    if not options.department or not options.year:
        raise Mistaken(word("commands", "workbook", "nothing_asked"))
    form = issue(loaded, options.department, options.year, options.slug)
    target = options.output or Path(f"{form.key.name}.xlsx")
    refuse_public(target, site.public_folders)
    _save(form, target)
    print(_made(form, target))
    return 0


def _all(loaded: Loaded, year: str, folder: Path, public: Iterable[Path]) -> int:
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise CannotScaffold("bad_year", found=year)
    refuse_public(folder, public)
    failed = made = 0
    for key in owed(loaded, int(year)):
        target = folder / f"{key.name}.xlsx"
        try:
            _save(issue(loaded, key.department, year, key.slug), target)
            made += 1
        except Mistaken as told:
            failed += 1
            print(
                word("commands", "workbook", "not_made").format(target.name, told), file=sys.stderr
            )
    print(word("commands", "workbook", "all_made").format(made, folder))
    return 1 if failed else 0


def _save(form: Form, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("xb") as file:
            file.write(form.content)
    except FileExistsError:
        raise Mistaken(word("commands", "workbook", "exists").format(target)) from None


def _made(form: Form, target: Path) -> str:
    said = "made" if not form.is_new else "made_next" if form.source else "made_first"
    return word("commands", "workbook", said).format(path=target, source=form.source)
